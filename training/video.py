"""Make a silent captioned film: one still frame a caption, H.264 in an MP4 that starts before it is all there."""

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from training.drawings import DRAWINGS, GROUND

SIZE = (854, 480)
INK, SOFT = "#ffffff", "#9db8d2"
FRAMES_PER_SECOND = 10
LINE_WIDTH = 780
ENCODER_SECONDS = 120


class CannotMakeVideo(Exception):
    """ffmpeg or the font is not on this machine, or ffmpeg failed."""


@dataclass(frozen=True)
class Caption:
    """A line of the film, for how long it stands, and the name of the drawing above it."""

    seconds: int
    text: str
    drawing: str


def make(*, captions: Sequence[Caption], path: Path, font: Path | None = None) -> Path:
    """Write the film to ``path`` and return it (854×480, yuv420p, well under 1 MB a minute).

    :raises CannotMakeVideo: the tools are missing or failed.
    """
    ffmpeg = shutil.which("ffmpeg")
    font = font or settings.CERTIFICATE_FONTS / "700Bold/NotoSansSC_700Bold.ttf"
    if ffmpeg is None or not font.is_file():
        raise CannotMakeVideo(f"ffmpeg: {ffmpeg}; font: {font}")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for number, caption in enumerate(captions):
            frame(caption, number=number, of=len(captions), font=font).save(folder / f"{number}.png")
        (folder / "list.txt").write_text(_concat_list(captions))
        _encode(ffmpeg, folder / "list.txt", path, seconds=sum(caption.seconds for caption in captions))
    return path


def frame(caption: Caption, *, number: int, of: int, font: Path) -> Image.Image:
    """Return the still of one caption: its drawing, its words, and how far the film is."""
    image = Image.new("RGB", SIZE, GROUND)
    draw = ImageDraw.Draw(image)
    width, height = SIZE
    DRAWINGS[caption.drawing](draw, INK, lambda size: ImageFont.truetype(font, size))
    size = min(50, LINE_WIDTH // max(len(caption.text), 1))
    draw.text((width / 2, 372), caption.text, font=ImageFont.truetype(font, size), fill=INK, anchor="mm")
    draw.text((width - 30, 36), f"{number + 1}/{of}", font=ImageFont.truetype(font, 24), fill=SOFT, anchor="rm")
    draw.rectangle((0, height - 8, width * (number + 1) / of, height), fill=SOFT)
    return image


def _concat_list(captions: Sequence[Caption]) -> str:
    lines = [f"file {number}.png\nduration {caption.seconds}" for number, caption in enumerate(captions)]
    return "\n".join([*lines, f"file {len(captions) - 1}.png\n"])  # old demuxers drop the last duration without this


def _encode(ffmpeg: str, listing: Path, path: Path, *, seconds: int) -> None:
    command = [ffmpeg, "-y", "-loglevel", "error", "-f", "concat", "-i", str(listing)]
    command += ["-vf", f"fps={FRAMES_PER_SECOND}", "-c:v", "libx264", "-preset", "medium", "-tune", "stillimage"]
    command += ["-crf", "23", "-pix_fmt", "yuv420p", "-g", str(FRAMES_PER_SECOND * 5), "-movflags", "+faststart"]
    command += ["-t", str(seconds)]  # new demuxers keep it twice
    try:
        subprocess.run([*command, str(path)], check=True, timeout=ENCODER_SECONDS, capture_output=True)  # noqa: S603
    except (OSError, subprocess.SubprocessError) as error:
        raise CannotMakeVideo(str(error)) from error
