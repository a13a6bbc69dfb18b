"""Create, change, move and close organisations; the only writer of the tree."""

from datetime import datetime

from django.db import transaction

from accounts.enums import OrganisationKind
from accounts.models import District, Organisation, User
from accounts.rules import credit_codes
from core.actions.auditing import record
from core.enums import Deed

CHANGEABLE = ("name", "kind", "credit_code", "district", "address")


class CreditCodeTaken(Exception):
    """Another organisation has this unified social credit code."""


class InsideItself(Exception):
    """An organisation cannot be moved below itself."""


class ParentClosed(Exception):
    """Nothing is put below a closed organisation."""


class StillOpenBelow(Exception):
    """An organisation is closed after those below it."""


def create(
    *,
    name: str,
    kind: OrganisationKind,
    parent: Organisation | None = None,
    credit_code: str = "",
    district: District | None = None,
    address: str = "",
    by: User | None,
    now: datetime,
) -> Organisation:
    """Put a new organisation into the tree, at the top or below ``parent``.

    :raises credit_codes.InvalidCreditCode: the code cannot be any organisation's.
    :raises CreditCodeTaken: another one has it.
    :raises ParentClosed: ``parent`` is closed.
    """
    new = Organisation(name=name.strip(), kind=kind, district=district, address=address.strip())
    new.credit_code = _free_code(credit_code, except_for=None)
    with transaction.atomic():
        _lock_tree()
        if parent is None:
            return Organisation.add_root(instance=new)
        return _open(parent).add_child(instance=new)


def change(*, organisation: Organisation, by: User | None, now: datetime, **values) -> Organisation:
    """Rename it or correct what is known about it; ``values`` are some of CHANGEABLE.

    :raises credit_codes.InvalidCreditCode: the code cannot be any organisation's.
    :raises CreditCodeTaken: another one has it.
    """
    if unknown := values.keys() - set(CHANGEABLE):
        raise TypeError(f"not to be changed: {sorted(unknown)}")
    if "credit_code" in values:
        values["credit_code"] = _free_code(values["credit_code"] or "", except_for=organisation)
    with transaction.atomic():
        _lock_tree()
        kept = Organisation.objects.get(pk=organisation.pk)
        renamed = values.get("name", kept.name) != kept.name
        for name, value in values.items():
            setattr(kept, name, value)
        kept.save()
        sibling = kept.get_siblings().exclude(pk=kept.pk).first()
        if renamed and sibling:  # siblings stand by name
            kept.move(sibling, "sorted-sibling")
    return Organisation.objects.get(pk=organisation.pk)


def move(*, organisation: Organisation, parent: Organisation | None, by: User | None, now: datetime) -> Organisation:
    """Put it, with all below, under another parent or at the top.

    :raises InsideItself: ``parent`` is it or stands below it.
    :raises ParentClosed: ``parent`` is closed.
    """
    with transaction.atomic():
        _lock_tree()
        moved = Organisation.objects.get(pk=organisation.pk)
        before = moved.get_parent()
        if parent is None:
            if before:
                moved.move(Organisation.get_first_root_node(), "sorted-sibling")
        else:
            target = _open(parent)
            if target.pk == moved.pk or target.is_descendant_of(moved):
                raise InsideItself
            moved.move(target, "sorted-child")
        record(
            deed=Deed.CHANGED,
            target=organisation,
            before={"parent": str(before or "")},
            after={"parent": str(parent or "")},
            by=by,
            now=now,
        )
    return Organisation.objects.get(pk=organisation.pk)


def close(*, organisation: Organisation, by: User | None, now: datetime) -> Organisation:
    """Close it: it takes in nobody any more, its records stay; again is harmless.

    :raises StillOpenBelow: one below it is open.
    """
    with transaction.atomic():
        _lock_tree()
        closed = Organisation.objects.get(pk=organisation.pk)
        if closed.closed_at:
            return closed
        if closed.get_descendants().filter(closed_at=None).exists():
            raise StillOpenBelow
        closed.closed_at = now
        closed.save(update_fields=["closed_at"])
    return closed


def _lock_tree() -> None:
    """Let changes of the tree follow one another: two at once could give one place away twice."""
    list(Organisation.objects.select_for_update().filter(depth=1).values_list("pk"))


def _open(parent: Organisation) -> Organisation:
    fresh = Organisation.objects.get(pk=parent.pk)
    if fresh.closed_at:
        raise ParentClosed
    return fresh


def _free_code(raw: str, *, except_for: Organisation | None) -> str | None:
    if not raw.strip():
        return None
    code = credit_codes.parse(raw)
    if Organisation.objects.filter(credit_code=code).exclude(pk=except_for and except_for.pk).exists():
        raise CreditCodeTaken
    return code
