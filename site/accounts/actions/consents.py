"""Give and withdraw consent, and load the notices it is given to."""

from datetime import date, datetime
from pathlib import Path

import yaml
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Purpose
from accounts.models import Consent, Person, PrivacyNotice, User
from core.telling import moment, tell

from . import photos

CONTENT = Path(__file__).resolve().parent.parent / "content/privacy"


class NothingToWithdraw(Exception):
    """No consent of the user to that purpose stands."""


class InvalidNotice(Exception):
    """A file is not a notice; the message names the file and says why."""


def give(*, user: User, notice: PrivacyNotice, address: str, by: User, now: datetime) -> Consent:
    """Record that the user agrees to the notice; an older version's consent ends. Twice is once."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)  # two tabs: one consent
        standing = list(Consent.objects.filter(user=user, notice__purpose=notice.purpose, withdrawn_at=None))
        for consent in standing:
            if consent.notice_id == notice.pk:
                return consent
            _end(consent, now)
        return Consent.objects.create(user=user, notice=notice, given_at=now, address=address)


def withdraw(*, user: User, purpose: Purpose, by: User, now: datetime) -> list[Consent]:
    """End the user's consent to the purpose; without consent to the photo there is none (PIPL article 15, 47).

    What was done before stays lawful, and what a law makes us keep stays.

    :raises NothingToWithdraw: none stands.
    """
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        standing = list(Consent.objects.filter(user=user, notice__purpose=purpose, withdrawn_at=None))
        if not standing:
            raise NothingToWithdraw
        for consent in standing:
            _end(consent, now)
        person = Person.objects.filter(user=user).first()
        if purpose == Purpose.PHOTO and person:
            photos.remove(person=person, by=by, now=now)
        tell(
            user=user,
            kind="consent_withdrawn",
            key=f"{purpose} {now.isoformat()}",
            context={"when": moment(now), "purpose": Purpose(purpose).label},
            link=reverse("my_privacy"),
            by=by,
            now=now,
        )
    return standing


def _end(consent: Consent, now: datetime) -> None:
    consent.withdrawn_at = now
    consent.save(update_fields=["withdrawn_at"])


def load_notices(*, now: datetime, folder: Path = CONTENT) -> int:
    """Store each purpose's text; where it differs from the newest version, as a new one. Return how many are new.

    :raises InvalidNotice: a file is not a notice; nothing was written.
    """
    drafts = [_read(path) for path in sorted(folder.glob("*.md"))]
    with transaction.atomic():
        return sum(_load(*draft, day=timezone.localdate(now)) for draft in drafts)


def _read(path: Path) -> tuple[Purpose, str, str]:
    try:
        _, head, text = path.read_text(encoding="utf-8").split("---\n", 2)
        return Purpose(path.stem), str(yaml.safe_load(head)["title"]), text.strip()
    except (ValueError, KeyError, TypeError, yaml.YAMLError) as error:
        raise InvalidNotice(f"{path.name}: {error}") from error


def _load(purpose: Purpose, title: str, text: str, *, day: date) -> bool:
    newest = PrivacyNotice.objects.filter(purpose=purpose).order_by("-version").first()
    if newest and (newest.title, newest.text) == (title, text):
        return False
    version = newest.version + 1 if newest else 1
    PrivacyNotice.objects.create(purpose=purpose, version=version, title=title, text=text, effective_from=day)
    return True
