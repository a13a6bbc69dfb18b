"""The captioned film: what ships, and making one where the tools are there."""

import os
import shutil
from pathlib import Path

import cv2
import imageio_ffmpeg
import pytest
from django.conf import settings

from training import video
from training.drawings import DRAWINGS

SHIPPED = Path(video.__file__).parent / "content/low-voltage-theory/media/isolate-before-work.mp4"
FONT = settings.CERTIFICATE_FONTS / "700Bold/NotoSansSC_700Bold.ttf"
CAPTIONS = [video.Caption(1, "先断电", "open_switch"), video.Caption(2, "再验电", "tester")]


@pytest.fixture
def ffmpeg(tmp_path, monkeypatch):
    """An ffmpeg on the path: the machine's, or else the one in the wheel."""
    if shutil.which("ffmpeg") is None:
        (tmp_path / "bin").mkdir()
        (tmp_path / "bin/ffmpeg").symlink_to(imageio_ffmpeg.get_ffmpeg_exe())
        monkeypatch.setenv("PATH", str(tmp_path / "bin"), prepend=os.pathsep)


def test_the_shipped_film_is_small_and_starts_before_it_is_all_there():
    data = SHIPPED.read_bytes()
    assert len(data) < 400_000
    assert data[4:8] == b"ftyp"
    assert data.index(b"moov") < data.index(b"mdat")


@pytest.mark.parametrize("drawing", DRAWINGS)
def test_every_drawing_leaves_its_mark_above_the_words(drawing):
    still = video.frame(video.Caption(5, "", drawing), number=0, of=8, font=FONT)
    assert still.size == (854, 480)
    assert still.getpixel((0, 0)) == (11, 61, 110)
    left, top, right, bottom = still.crop((0, 40, 780, 330)).point(lambda value: value if value > 150 else 0).getbbox()
    assert (left >= 100, right <= 760, bottom - top > 60) == (True, True, True)


def test_a_long_caption_stays_inside_the_picture():
    still = video.frame(video.Caption(5, "停" * 22, "lock"), number=0, of=8, font=FONT)
    words = still.crop((0, 340, 854, 410)).point(lambda value: value if value > 200 else 0).getbbox()
    assert (words[0] >= 30, words[2] <= 824) == (True, True)


def test_a_film_is_made_in_the_form_that_phones_play(tmp_path, ffmpeg):
    path = video.make(captions=CAPTIONS, path=tmp_path / "film.mp4")
    data = path.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")
    film = cv2.VideoCapture(str(path))
    codec = int(film.get(cv2.CAP_PROP_FOURCC)).to_bytes(4, "little")
    size = (film.get(cv2.CAP_PROP_FRAME_WIDTH), film.get(cv2.CAP_PROP_FRAME_HEIGHT))
    seconds = film.get(cv2.CAP_PROP_FRAME_COUNT) / film.get(cv2.CAP_PROP_FPS)
    assert (codec, size, round(seconds)) == (b"h264", (854, 480), 3)


def test_without_ffmpeg_or_font_it_says_so(tmp_path, monkeypatch):
    with pytest.raises(video.CannotMakeVideo):
        video.make(captions=CAPTIONS, path=tmp_path / "film.mp4", font=tmp_path / "missing.ttf")
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(video.CannotMakeVideo):
        video.make(captions=CAPTIONS, path=tmp_path / "film.mp4")
    assert not (tmp_path / "film.mp4").exists()


def test_a_failing_encoder_is_reported(tmp_path, ffmpeg):
    with pytest.raises(video.CannotMakeVideo):
        video.make(captions=CAPTIONS, path=tmp_path / "no-such-folder/film.mp4")
