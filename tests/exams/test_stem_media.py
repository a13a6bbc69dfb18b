"""Pictures and films of stems: redrawn, stored once, and served to those who may see them."""

from io import BytesIO

import pytest
from PIL import Image

from accounts.enums import Role
from exams.actions import bank
from exams.enums import AttemptStatus, ReleasePolicy
from exams.models import Attempt, Question, Sitting, StemMedia
from exams.rules import media
from exams.rules.items import Medium

from .bank_fixtures import author, officer, picture, point, put  # noqa: F401  (fixtures)

FILM = b"\x00\x00\x00\x18ftypisom" + bytes(range(256)) * 4


@pytest.fixture
def stored(put, officer, at):  # noqa: F811
    """A picture in a question that is reserved for exams."""
    version = put(media=(Medium("灯.png", "image/png", picture(), "一盏灯"),))
    bank.edit(question_ids=[version.question_id], changes=bank.Changes(reserved=True), by=officer, now=at("09:40"))
    return version.media.get()


def address(medium) -> str:
    return f"/exams/media/{medium.pk}/"


def test_staff_of_the_bank_see_it_and_others_do_not(stored, officer, author, staff, person, client):  # noqa: F811
    assert client.get(address(stored)).status_code == 404
    for user in (officer, author):
        client.force_login(user)
        reply = client.get(address(stored))
        assert reply.content == picture()
        assert reply["Content-Type"] == "image/png"
        assert reply["X-Content-Type-Options"] == "nosniff"
        assert reply["Cache-Control"] == "private, max-age=3600"
    for user in (staff(Role.EXAMINER), person.user):
        client.force_login(user)
        assert client.get(address(stored)).status_code == 404
    assert client.get("/exams/media/999999/").status_code == 404
    assert client.get(f"/media/{stored.file.name}").status_code == 404


@pytest.fixture
def sat(attempt, stored):
    """An attempt whose paper holds the picture."""
    slot = attempt.paper.slots.first()
    slot.version = stored.version
    slot.save()
    return attempt


@pytest.mark.parametrize(
    ("status", "policy", "seen"),
    [
        (AttemptStatus.SCHEDULED, ReleasePolicy.AT_ONCE, 404),
        (AttemptStatus.IN_PROGRESS, ReleasePolicy.BY_OFFICER, 200),
        (AttemptStatus.GRADED, ReleasePolicy.BY_OFFICER, 404),
        (AttemptStatus.GRADED, ReleasePolicy.AT_ONCE, 200),
        (AttemptStatus.VOIDED, ReleasePolicy.AT_ONCE, 404),
    ],
)
def test_candidates_see_what_is_on_their_paper_while_they_may(
    sat, stored, person, other_person, client, at, status, policy, seen
):
    times = {"started_at": at("09:00"), "deadline": at("11:00"), "accepts_until": at("11:00")}
    Attempt.objects.filter(pk=sat.pk).update(status=status, submitted_at=at("10:00"), receipt="x", **times)
    Sitting.objects.update(release_policy=policy)
    client.force_login(person.user)
    assert client.get(address(stored)).status_code == seen
    client.force_login(other_person.user)
    assert client.get(address(stored)).status_code == 404


def test_what_practice_shows_is_no_secret_to_whoever_is_logged_in(stored, person, client):
    Question.objects.update(reserved=False)
    client.force_login(person.user)
    assert client.get(address(stored)).status_code == 200
    client.logout()
    assert client.get(address(stored)).status_code == 404


@pytest.mark.parametrize(
    ("asked", "status", "said", "content"),
    [
        ("bytes=0-3", 206, f"bytes 0-3/{len(FILM)}", FILM[:4]),
        ("bytes=1000-", 206, f"bytes 1000-{len(FILM) - 1}/{len(FILM)}", FILM[1000:]),
        ("bytes=-5", 206, f"bytes {len(FILM) - 5}-{len(FILM) - 1}/{len(FILM)}", FILM[-5:]),
        ("bytes=5-999999", 206, f"bytes 5-{len(FILM) - 1}/{len(FILM)}", FILM[5:]),
        ("bytes=999999-", 416, f"bytes */{len(FILM)}", b""),
        ("bytes=3-1", 416, f"bytes */{len(FILM)}", b""),
        ("bytes=0-1,4-5", 200, None, FILM),
        ("lines=1", 200, None, FILM),
    ],
)
def test_a_film_is_served_by_pieces(put, officer, client, asked, status, said, content):  # noqa: F811
    put(media=(Medium("a.mp4", "video/mp4", FILM, "一段录像"),))
    client.force_login(officer)
    reply = client.get(address(StemMedia.objects.get()), headers={"Range": asked})
    assert (reply.status_code, reply.headers.get("Content-Range"), reply.content) == (status, said, content)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_redrawn_without_what_else_it_held(kind):
    exif = Image.Exif()
    exif[0x010E] = "a secret place"
    content = picture(kind, (2000, 1000), exif=exif) + b"<script>alert(1)</script>"
    assert b"secret" in content
    said, redrawn = media.redrawn(content)
    assert said == f"image/{kind.lower()}"
    assert b"secret" not in redrawn
    assert b"script" not in redrawn
    assert Image.open(BytesIO(redrawn)).size == (1600, 800)
    assert media.redrawn(redrawn)[0] == said


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\xff\xd8\xff\xe0",
        b"RIFF\x00\x00\x00\x00WEBPVP8 ",
        b"\x00\x00\x00\x18ftypqt  ",
        b"\x00\x00\x00\x18ftypisom" + bytes(media.MOST_FILM_BYTES),
        picture(size=(2500, 2500)),
    ],
)
def test_what_is_no_picture_or_too_large_is_refused(content):
    with pytest.raises(media.BadMedium):
        media.redrawn(content)
