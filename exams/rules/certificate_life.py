"""What may be done with a certificate in which state, when its renewal opens, and what its reviews mean. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from exams.enums import CertificateEventKind, CertificateStatus, ReviewState

STEPS = (90, 60, 30, 7)  # days before the last one at which people are reminded
SOON = STEPS[0]
WAYS = {
    CertificateEventKind.SUSPENDED: {CertificateStatus.VALID},
    CertificateEventKind.REINSTATED: {CertificateStatus.SUSPENDED},
    # An expired one too: it may have been got by fraud (Administrative Licence Law art. 69).
    CertificateEventKind.REVOKED: {CertificateStatus.VALID, CertificateStatus.SUSPENDED, CertificateStatus.EXPIRED},
    CertificateEventKind.REPLACED: {CertificateStatus.VALID},
}


def may(kind: CertificateEventKind, status: CertificateStatus) -> bool:
    """Say whether this may happen to a certificate of that status."""
    return status in WAYS.get(kind, ())


@dataclass(frozen=True)
class Window:
    """When a certificate may be renewed; ``opens_on`` is None while the rules do not say."""

    opens_on: date | None
    closes_on: date

    def is_open_on(self, day: date) -> bool:
        """Say whether it may be renewed on ``day``; unknown is not open."""
        return self.opens_on is not None and self.opens_on <= day <= self.closes_on


def renewal_window(*, last_day: date, opens_days: int | None) -> Window:
    """Return the window that ends with the last valid day; ``opens_days`` is the scheme's, None is to be confirmed."""
    return Window(None if opens_days is None else last_day - timedelta(days=opens_days), last_day)


def step_on(*, last_day: date, day: date) -> int | None:
    """Return the reminder that is due on ``day``: the smallest step not yet passed, or None while it is too early.

    On a day that nothing ran, the next one makes up for it: 89 days before is still the step of 90.
    """
    left = (last_day - day).days
    return min((step for step in STEPS if step >= left), default=None) if left >= 0 else None


def review_state(*, due_on: date, done_on: date | None, asked_until: date | None, day: date) -> ReviewState:
    """Return how a review stands on ``day``; ``asked_until`` is the last day of the scheme that asks for it.

    A review that falls due after that is not done (Order 19, from 2026-06-01).
    """
    if done_on:
        return ReviewState.DONE
    if asked_until and due_on > asked_until:
        return ReviewState.DROPPED
    return ReviewState.DUE if day <= due_on else ReviewState.MISSED


def lapses_on(reviews: Iterable[tuple[date, date | None]], *, asked_until: date | None) -> date | None:
    """Return the last day a certificate counts because of its reviews (due, done), or None.

    It is the day of the first review that was asked for and never done: a certificate that was not reviewed in time
    is void (Order 30 art. 26).
    """
    open_ones = [due for due, done in reviews if done is None and not (asked_until and due > asked_until)]
    return min(open_ones, default=None)
