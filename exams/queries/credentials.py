"""Which bits of the status lists are set."""

from django.db.models import Q

from exams.models import Credential

GONE = {
    "revocation": Q(certificate__revoked_at__isnull=False) | Q(certificate__replaced_at__isnull=False),
    "suspension": Q(certificate__suspended_at__isnull=False),
}


def set_bits(*, purpose: str, number: int) -> list[int] | None:
    """Return the indices of the list whose certificates are revoked (replaced counts) or suspended, in their order.

    None where there is no such list (one query, two where none is set).
    """
    if purpose not in GONE:
        return None
    of_list = Credential.objects.filter(list_number=number)
    found = list(of_list.filter(GONE[purpose]).order_by("index").values_list("index", flat=True))
    return found if found or of_list.exists() else None
