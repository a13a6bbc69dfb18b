"""What the notices say now, and what a user agreed to."""

from dataclasses import dataclass
from datetime import date

from accounts.enums import Purpose
from accounts.models import Consent, PrivacyNotice, User


@dataclass(frozen=True)
class Standing:
    """One purpose, its notice in force, and the user's consents to it, newest first; ``given`` still stands."""

    purpose: Purpose
    notice: PrivacyNotice | None
    given: Consent | None
    history: list[Consent]

    @property
    def outdated(self) -> bool:
        """Whether what was agreed to has been replaced by newer words."""
        return bool(self.given and self.notice and self.given.notice_id != self.notice.pk)


def current_notice(purpose: Purpose, *, day: date) -> PrivacyNotice | None:
    """Return the notice in force on ``day``, or None before there is one (one query)."""
    return PrivacyNotice.objects.filter(purpose=purpose, effective_from__lte=day).order_by("-version").first()


def current_notices(*, day: date) -> list[PrivacyNotice]:
    """Return the notice in force of each purpose, in the order of the purposes (one query)."""
    newest: dict[str, PrivacyNotice] = {}
    for notice in PrivacyNotice.objects.filter(effective_from__lte=day).order_by("version"):
        newest[notice.purpose] = notice
    return [newest[purpose] for purpose in Purpose if purpose in newest]


def consents_of(user: User, *, day: date) -> list[Standing]:
    """Return how the user stands to each purpose (two queries)."""
    current = {notice.purpose: notice for notice in current_notices(day=day)}
    given = list(Consent.objects.filter(user=user).select_related("notice").order_by("-given_at", "-pk"))
    return [_standing(purpose, current.get(purpose), given) for purpose in Purpose]


def _standing(purpose: Purpose, notice: PrivacyNotice | None, given: list[Consent]) -> Standing:
    history = [consent for consent in given if consent.notice.purpose == purpose]
    return Standing(purpose, notice, next((row for row in history if row.withdrawn_at is None), None), history)


def has_consented(user: User, purpose: Purpose) -> bool:
    """Say whether a consent of the user to the purpose stands, in whichever version (one query)."""
    return Consent.objects.filter(user=user, notice__purpose=purpose, withdrawn_at=None).exists()
