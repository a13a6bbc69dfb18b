"""Applications for tests: a person with a photo, papers, a draft ready to hand in, an accepted one."""

import io

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from accounts.enums import Role
from exams import declarations
from exams.actions.applications import deciding, documents, filling
from exams.enums import ApplicationStatus, DocumentKind, DocumentVerdict, Education, Post


def picture(kind: str = "JPEG", size: tuple[int, int] = (300, 420)) -> bytes:
    """Return a picture's bytes."""
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, kind)
    return out.getvalue()


@pytest.fixture
def officer(staff):
    return staff(Role.EXAM_OFFICER)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """A folder of its own for every test's files."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def fill_in(rule, at):
    """Return a function that begins and fills in a person's application, with a training record."""

    def fill(person, *, clock: str = "08:10", organisation=None, claims_waiver: bool = False):
        person.photo.save("photo.jpg", ContentFile(picture()))
        by, now = person.user, at(clock)
        application = filling.begin(operation=rule.operation, person=person, by=by, now=now)
        filling.describe(
            application_id=application.pk,
            education=Education.SENIOR_SECONDARY,
            post=Post.WORKER,
            training_organisation=organisation,
            claims_waiver=claims_waiver,
            by=by,
            now=now,
        )
        proof = DocumentKind.SKILL_CERTIFICATE if claims_waiver else DocumentKind.TRAINING
        for kind in (DocumentKind.IDENTITY, proof):
            documents.hand_in(application_id=application.pk, kind=kind, data=picture(), by=by, now=now)
        version = declarations.current().version
        return filling.declare_health(application_id=application.pk, version=version, by=by, now=now)

    return fill


@pytest.fixture
def hand_in(fill_in, at):
    """Return a function that fills in a person's application and hands it in."""

    def submit(person, **how):
        application = fill_in(person, **how)
        return filling.submit(application_id=application.pk, by=person.user, now=at("08:15"))

    return submit


@pytest.fixture
def accept(hand_in, officer, at):
    """Return a function that brings a person's application to where a seat is booked."""

    def accepted(person, **how):
        application = hand_in(person, **how)
        for document in application.documents.all():
            documents.judge(
                document_id=document.pk, verdict=DocumentVerdict.ACCEPTED, note="", by=officer, now=at("08:20")
            )
        return deciding.decide(
            application_id=application.pk, decision=ApplicationStatus.ACCEPTED, reason="", by=officer, now=at("08:21")
        )

    return accepted
