"""The photo of a person: uploaded with consent, shown to few, removed with its row."""

from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image

from accounts.actions import consents, photos
from accounts.enums import Purpose, Role

from .test_photo_rule import encoded, png_header

ADDRESS = "/accounts/photo/"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def stored(media) -> list[str]:
    return sorted(path.name for path in Path(media).rglob("*.jpg"))


def upload(content=None, name="me.jpg"):
    return SimpleUploadedFile(name, content or encoded(Image.new("RGB", (600, 900), "teal")))


@pytest.fixture
def me(client, person):
    client.force_login(person.user)
    return person


def agreed(notices):
    return {"agreed": "on", "notice": notices[Purpose.PHOTO].pk}


def test_a_photo_is_stored_with_the_consent_to_it(client, me, notices, media):
    assert client.post(ADDRESS, {"photo": upload(), **agreed(notices)}).headers["Location"] == ADDRESS
    me.refresh_from_db()
    assert stored(media) == [Path(me.photo.name).name]
    assert me.photo.name.startswith("photos/")
    assert "me" not in Path(me.photo.name).stem
    assert Image.open(me.photo.path).size == (295, 413)
    assert me.user.consents.get().notice == notices[Purpose.PHOTO]


def test_without_consent_nothing_is_stored(client, me, notices, media):
    reply = client.post(ADDRESS, {"photo": upload()}, headers={"accept-language": "en"})
    assert "Without your consent we may not go on." in reply.text
    assert stored(media) == []


def test_another_photo_removes_the_first_file(client, me, notices, media, django_capture_on_commit_callbacks):
    client.post(ADDRESS, {"photo": upload(), **agreed(notices)})
    first = stored(media)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(ADDRESS, {"photo": upload()})  # the consent stands
    assert len(stored(media)) == 1
    assert stored(media) != first


def test_a_rollback_keeps_the_old_file_and_leaves_no_new_one(me, notices, media, monkeypatch, at):
    consents.give(user=me.user, notice=notices[Purpose.PHOTO], address="", by=me.user, now=at("09:00"))
    photos.put(person=me, jpeg=b"first", by=me.user, now=at("09:00"))
    first = stored(media)

    def fail(*args, **kwargs):
        raise RuntimeError("the database is gone")

    monkeypatch.setattr("accounts.models.Person.save", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        photos.put(person=me, jpeg=b"second", by=me.user, now=at("09:01"))
    assert stored(media) == first


def test_the_old_file_goes_only_once_the_new_row_is_committed(me, notices, media, at):
    consents.give(user=me.user, notice=notices[Purpose.PHOTO], address="", by=me.user, now=at("09:00"))
    photos.put(person=me, jpeg=b"first", by=me.user, now=at("09:00"))
    first = stored(media)
    with pytest.raises(RuntimeError), transaction.atomic():
        photos.put(person=me, jpeg=b"second", by=me.user, now=at("09:01"))
        raise RuntimeError
    assert set(first) <= set(stored(media))


def test_a_withdrawal_while_the_file_is_on_its_way_wins(me, notices, media, at):
    with pytest.raises(photos.NoConsent):
        photos.put(person=me, jpeg=b"late", by=me.user, now=at("09:00"))
    assert stored(media) == []


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "Only JPEG, PNG and WebP"),
        (png_header(50_000, 50_000), "too many pixels"),
        (b"\xff\xd8\xff" + bytes(11 * 1024 * 1024), "larger than 10 MB"),
        (b"\xff\xd8\xff<?php", "cannot be read"),
    ],
    ids=["svg", "bomb", "large", "polyglot"],
)
def test_what_is_no_photo_is_refused_in_place(client, me, notices, media, content, error):
    reply = client.post(
        ADDRESS, {"photo": upload(content, "../../me.jpg"), **agreed(notices)}, headers={"accept-language": "en"}
    )
    assert (reply.status_code, error in reply.text) == (200, True)
    assert stored(media) == []


def test_a_name_with_dots_goes_nowhere_else(client, me, notices, media):
    client.post(ADDRESS, {"photo": upload(name="../../../etc/passwd.jpg"), **agreed(notices)})
    assert [path.parent.name for path in media.rglob("*") if path.is_file()] == ["photos"]


def test_the_owner_sees_it_uncached(client, me, notices):
    client.post(ADDRESS, {"photo": upload(), **agreed(notices)})
    reply = client.get(f"/accounts/photo/{me.pk}/")
    assert reply.headers["Content-Type"] == "image/jpeg"
    assert "no-store" in reply.headers["Cache-Control"]
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert b"".join(reply.streaming_content).startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.EXAM_OFFICER, 200),
        (Role.INVIGILATOR, 200),
        (Role.EXAMINER, 200),
        (Role.CERTIFIER, 200),
        (Role.ADMINISTRATOR, 200),
        (Role.EDITOR, 404),
        (Role.QUESTION_AUTHOR, 404),
        (Role.ORGANISATION_MANAGER, 404),
        (Role.AUDITOR, 404),
    ],
)
def test_only_roles_that_compare_faces_see_it(client, me, notices, staff, role, status):
    client.post(ADDRESS, {"photo": upload(), **agreed(notices)})
    client.force_login(staff(role))
    assert client.get(f"/accounts/photo/{me.pk}/").status_code == status


def test_others_and_strangers_do_not_see_it(client, me, other_person, notices):
    client.post(ADDRESS, {"photo": upload(), **agreed(notices)})
    me.refresh_from_db()
    client.force_login(other_person.user)
    assert client.get(f"/accounts/photo/{me.pk}/").status_code == 404
    assert client.get(f"/media/{me.photo.name}").status_code == 404
    client.logout()
    assert client.get(f"/accounts/photo/{me.pk}/").status_code == 302


def test_no_photo_and_a_lost_file_are_not_found(client, me, notices):
    assert client.get(f"/accounts/photo/{me.pk}/").status_code == 404
    client.post(ADDRESS, {"photo": upload(), **agreed(notices)})
    me.refresh_from_db()
    default_storage.delete(me.photo.name)
    assert client.get(f"/accounts/photo/{me.pk}/").status_code == 404


def test_withdrawing_the_consent_deletes_the_file(client, me, notices, media, django_capture_on_commit_callbacks):
    client.post(ADDRESS, {"photo": upload(), **agreed(notices)})
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/accounts/privacy/photo/withdraw/")
    me.refresh_from_db()
    assert (me.photo.name, stored(media)) == ("", [])
