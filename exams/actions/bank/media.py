"""Files of stems: stored once each, under their digest."""

import hashlib
from collections.abc import Iterable, Sequence

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from core.actions.tracking import create_all
from exams.models import QuestionVersion, StemMedia
from exams.rules.items import Medium
from exams.rules.media import ENDINGS

FOLDER = "questions"


def digest_of(medium: Medium) -> str:
    """Return the SHA-256 of the file."""
    return hashlib.sha256(medium.content).hexdigest()


def store(of_versions: Iterable[tuple[QuestionVersion, Sequence[Medium]]], *, by) -> None:
    """Store the files of new versions.

    A file that stands there already is the same file: what an undone transaction left behind serves the next one.
    """
    rows = [
        StemMedia(
            version=version,
            position=position,
            file=_file(medium),
            name=medium.name[:120],
            content_type=medium.content_type,
            digest=digest_of(medium),
            alt=medium.alt[:200],
        )
        for version, media in of_versions
        for position, medium in enumerate(media)
    ]
    create_all(rows, by=by)


def _file(medium: Medium) -> str:
    name = f"{FOLDER}/{digest_of(medium)}{ENDINGS[medium.content_type]}"
    if default_storage.exists(name):
        if default_storage.size(name) == len(medium.content):
            return name
        default_storage.delete(name)  # cut short by a crash
    return default_storage.save(name, ContentFile(medium.content))
