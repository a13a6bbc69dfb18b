"""Photos of evidence and drawn signatures: what they become, who sees them, how long they are kept."""
# ruff: noqa: F811  (fixtures are imported by name)

import base64
import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from PIL import Image

from accounts.enums import Role
from accounts.rules.photo import NotAPhoto
from core.actions.retention import apply, ensure_rules
from exams.actions import practical_evidence as photos
from exams.actions import score_sheets
from exams.models import EvidencePhoto, Practical, ScoreSheet
from exams.queries.practicals import photo_for
from exams.rules.evidence import NotASignature, evidence, signature
from tests.exams.practical_fixtures import (  # noqa: F401
    GOOD,
    examiners,
    fill,
    hand_in,
    make_examiner,
    mark,
    open_session,
    passed,
    picture,
    session,
    sheet_at,
    tasks,
)

GPS = 0x8825


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def sheet(session):
    return sheet_at(session, 1)


def files(kind="*") -> int:
    return len(list(Path(settings.MEDIA_ROOT).glob(f"practicals/{kind}/*")))


def add(sheet, at, data=None, position=1):
    return photos.add_photo(
        sheet_id=sheet.pk, position=position, data=data or picture(), by=sheet.examiner, now=at("13:30")
    )


def test_a_photo_is_drawn_anew_without_place_and_time(sheet, at):
    exif = Image.Exif()
    exif.get_ifd(GPS)[1] = "N"
    exif[0x0132] = "2026:11:24 13:00:00"
    photo = add(sheet, at, picture((3000, 2000), exif=exif, comment=b"where it was"))
    kept = default_storage.open(photo.file.name).read()
    with Image.open(io.BytesIO(kept)) as image:
        assert (image.format, image.size, dict(image.getexif())) == ("JPEG", (1600, 1067), {})
    assert b"where it was" not in kept
    assert photo.file.name.startswith("practicals/evidence/")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_three_kinds_of_photo(kind):
    assert evidence(picture(kind=kind))[:3] == b"\xff\xd8\xff"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xff\xd8\xff" + b"\x00" * (5 * 1024 * 1024), "bytes"),
        (b"GIF89a", "kind"),
        (b"\xff\xd8\xffnonsense", "broken"),
        (b"<svg onload=alert(1)>", "kind"),
    ],
)
def test_what_is_no_photo_is_refused(data, reason):
    with pytest.raises(NotAPhoto) as refused:
        evidence(data)
    assert refused.value.reason == reason


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded():
    with pytest.raises(NotAPhoto) as refused:
        evidence(picture((4000, 3000), kind="PNG"))
    assert refused.value.reason == "pixels"


def test_the_same_picture_sent_again_is_one(sheet, at):
    assert add(sheet, at) == add(sheet, at)
    assert add(sheet, at, position=2).task.subject == "K2"
    assert files() == 2


def test_no_more_than_eight_of_a_task_and_none_of_no_task(sheet, at):
    for red in range(photos.MOST_PER_TASK):
        add(sheet, at, picture(colour=(red * 20, 0, 0)))
    with pytest.raises(photos.TooMany):
        add(sheet, at, picture(colour="blue"))
    with pytest.raises(photos.NoSuchTask):
        add(sheet, at, position=5)
    assert files() == photos.MOST_PER_TASK


def test_a_photo_is_taken_away_by_its_examiner_while_the_sheet_is_open(
    sheet, examiners, at, django_capture_on_commit_callbacks
):
    photo = add(sheet, at)
    photos.remove_photo(photo_id=photo.pk, by=examiners[1])
    assert files() == 1
    with django_capture_on_commit_callbacks(execute=True):
        photos.remove_photo(photo_id=photo.pk, by=examiners[0])
    photos.remove_photo(photo_id=photo.pk, by=examiners[0])
    assert (EvidencePhoto.objects.count(), files()) == (0, 0)
    kept = add(sheet, at)
    fill(sheet, GOOD, at)
    hand_in(sheet, at)
    with pytest.raises(score_sheets.SheetClosed):
        photos.remove_photo(photo_id=kept.pk, by=examiners[0])


def test_who_sees_a_photo(session, sheet, examiners, staff, person, at):
    photo = add(sheet, at)
    overseers = [staff(Role.EXAM_OFFICER), staff(Role.AUDITOR)]
    before = [photo_for(user, photo.pk) for user in (*examiners, *overseers, person.user)]
    assert before == [photo, None, None, photo, photo, None]
    mark(session, 2, at)
    assert photo_for(examiners[1], photo.pk) == photo
    assert photo_for(examiners[2], photo.pk) is None


def test_photos_and_signatures_go_after_their_time(session, sheet, at, django_capture_on_commit_callbacks):
    ensure_rules()
    add(sheet, at)
    fill(sheet, GOOD, at)
    hand_in(sheet, at, name="", png=b"png")
    mark(session, 2, at)
    with django_capture_on_commit_callbacks(execute=True):
        assert apply(now=at("14:00") + timedelta(days=2190))["practical_evidence"] == 1  # the photo is older
        assert apply(now=at("14:11") + timedelta(days=2190))["practical_evidence"] == 1
    assert files() == 0
    assert ScoreSheet.objects.get(pk=sheet.pk).total == 90
    assert Practical.objects.get().score == 90


@pytest.mark.parametrize(
    "url",
    [
        "",
        "data:image/jpeg;base64,AAAA",
        "data:image/png;base64,!!!!",
        "data:image/png;base64,",
        "data:image/png;base64," + "A" * 300_000,
        "data:image/png;base64,iVBORw0KGgo=",
    ],
)
def test_what_is_no_signature_is_refused(url):
    with pytest.raises(NotASignature):
        signature(url)


def test_an_empty_pad_is_no_signature():
    out = io.BytesIO()
    Image.new("RGBA", (600, 200), (0, 0, 0, 0)).save(out, "PNG")
    with pytest.raises(NotASignature):
        signature("data:image/png;base64," + base64.b64encode(out.getvalue()).decode())
