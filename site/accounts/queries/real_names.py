"""Whom the register of identities is still to be asked about."""

from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accounts.enums import Purpose, RealNameState
from accounts.models import Consent, Person

ASK_AGAIN_AFTER = timedelta(days=1)  # where the register could not tell


def waiting(*, now: datetime) -> QuerySet[Person]:
    """Return who is unchecked and due, those never asked about first; not those who withdrew their consent.

    Whom an organisation registered agreed on paper: they have no consent here, and none withdrawn.
    """
    ever = Consent.objects.filter(user=OuterRef("user"), notice__purpose=Purpose.REAL_NAME)
    open_cases = Person.objects.filter(real_name=RealNameState.UNCHECKED, merged_into=None, erased_at=None)
    due = Q(checked_at=None) | Q(checked_at__lt=now - ASK_AGAIN_AFTER)
    agreed = Exists(ever.filter(withdrawn_at=None)) | ~Exists(ever)
    return open_cases.filter(due, agreed).order_by(F("checked_at").asc(nulls_first=True), "pk")
