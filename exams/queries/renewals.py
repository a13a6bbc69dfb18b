"""Whose certificate ends soon, and when it may be renewed."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Least

from exams.models import Certificate, Scheme
from exams.rules.certificate_life import Window, renewal_window

# Not revoked, not replaced, whatever the day.
STANDS = Q(revoked_at=None, replaced_at=None)
LAST_DAY = Least("valid_until", Coalesce("lapses_on", "valid_until"))


def still_needed(*, day: date, until: date) -> QuerySet[Certificate]:
    """Return valid certificates whose last day lies between ``day`` and ``until``, and that no later one follows."""
    later = Certificate.objects.filter(
        STANDS,
        person=OuterRef("person"),
        rule__operation=OuterRef("rule__operation"),
        valid_until__gt=OuterRef("valid_until"),
    )
    return (
        Certificate.objects.filter(STANDS, suspended_at=None)
        .annotate(ends=LAST_DAY)
        .filter(ends__range=(day, until))
        .exclude(Exists(later))
        .order_by("ends", "pk")
    )


def rules_on(day: date) -> Scheme | None:
    """Return the scheme in force on ``day``, by which renewals are done (one query)."""
    in_force = Q(effective_to=None) | Q(effective_to__gte=day)
    return Scheme.objects.filter(in_force, effective_from__lte=day).order_by("-effective_from").first()


def window_of(certificate: Certificate, *, day: date) -> Window:
    """Return when the certificate may be renewed: by the rules in force on ``day``, else its own (one query)."""
    scheme = rules_on(day) or certificate.rule.scheme
    return renewal_window(last_day=certificate.last_day, opens_days=scheme.renewal_opens_days)
