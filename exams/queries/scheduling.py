"""Sittings as their planners see them: seats, rooms, duties, who was absent."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet

from accounts.enums import OrganisationKind, Role
from accounts.models import Membership, Organisation, OrganisationManager, User
from exams.enums import AttemptStatus, SittingKind
from exams.models import Admission, Application, Room, Sitting, SittingDuty
from exams.rules.assignment import Invigilator, Watch

LIVE = Q(admissions__cancelled_at=None, admissions__isnull=False)


def overlapping(room: Room, opens_at: datetime, closes_at: datetime) -> QuerySet[Sitting]:
    """Return the room's sittings in that window (one query)."""
    return Sitting.objects.filter(room=room, opens_at__lt=closes_at, closes_at__gt=opens_at)


def with_seats() -> QuerySet[Sitting]:
    """Return sittings with ``taken`` and ``free`` seats, and how many ``watchers`` they have (one query)."""
    return (
        Sitting.objects.select_related("rule__operation", "room__point")
        .annotate(
            taken=Count("admissions", filter=LIVE, distinct=True),
            watchers=Count("duties", distinct=True),
        )
        .annotate(free=F("room__seats") - F("taken"))
    )


def bookable(application: Application, now: datetime) -> QuerySet[Sitting]:
    """Return the sittings that the application may book at ``now``, the next first, full ones too (one query)."""
    opened = Q(booking_opens_at=None) | Q(booking_opens_at__lte=now)
    not_closed = Q(booking_closes_at__gt=now) | Q(booking_closes_at=None, closes_at__gt=now)
    return (
        with_seats()
        .filter(opened, not_closed, kind=SittingKind.CERTIFYING, rule__operation=application.rule.operation_id)
        .order_by("opens_at", "room__point__name", "room__name")
    )


def upcoming(now: datetime) -> QuerySet[Sitting]:
    """Return the sittings not yet closed, the next first (one query)."""
    return with_seats().filter(closes_at__gt=now).exclude(kind=SittingKind.MOCK).order_by("opens_at", "room__name")


def candidates(sitting: Sitting) -> QuerySet[Admission]:
    """Return who sits there, by seat (one query)."""
    live = sitting.admissions.filter(cancelled_at=None)
    return live.select_related("person", "attempt", "application__training_organisation").order_by("seat", "pk")


def duties_of(sitting: Sitting) -> QuerySet[SittingDuty]:
    """Return who watches over the sitting (one query)."""
    return SittingDuty.objects.filter(sitting=sitting).select_related("user__person").order_by("user__username")


def absences() -> QuerySet[Admission]:
    """Return who had a seat and never came, the latest first (one query)."""
    return (
        Admission.objects.filter(cancelled_at=None, attempt__status=AttemptStatus.ABSENT)
        .select_related("person", "sitting__rule__operation", "sitting__room__point")
        .order_by("-sitting__opens_at", "seat")
    )


def watches(sittings: Sequence[Sitting], *, each: int) -> list[Watch]:
    """Return the sittings as the rule takes them, with their candidates and who trained them (five queries at most).

    A candidate's training organisation is the one their application names, and every institution they belong to; with
    it goes what stands below it.
    """
    live = Admission.objects.filter(sitting__in=sittings, cancelled_at=None)
    candidates: dict[int, set[int]] = defaultdict(set)
    for sitting, user in live.exclude(person__user=None).values_list("sitting", "person__user"):
        candidates[sitting].add(user)
    named = live.exclude(application__training_organisation=None)
    trained_by: dict[int, set[int]] = defaultdict(set)
    for sitting, organisation in named.values_list("sitting", "application__training_organisation"):
        trained_by[sitting].add(organisation)
    belonging = live.filter(
        person__memberships__left_at=None,
        person__memberships__organisation__kind=OrganisationKind.TRAINING_INSTITUTION,
    )
    for sitting, organisation in belonging.values_list("sitting", "person__memberships__organisation"):
        trained_by[sitting].add(organisation)
    below = _below({organisation for found in trained_by.values() for organisation in found})
    return [
        Watch(
            one.pk,
            one.opens_at,
            one.closes_at,
            each,
            frozenset().union(*(below[organisation] for organisation in trained_by[one.pk])),
            frozenset(candidates[one.pk]),
        )
        for one in sittings
    ]


def _below(organisations: set[int]) -> dict[int, frozenset[int]]:
    """Return each organisation with itself and all below it (two queries, none where there are none)."""
    paths = dict(Organisation.objects.filter(pk__in=organisations).values_list("pk", "path")) if organisations else {}
    found = Q(pk__in=())
    for path in paths.values():
        found |= Q(path__startswith=path)
    there = list(Organisation.objects.filter(found).values_list("pk", "path")) if paths else []
    return {top: frozenset(pk for pk, path in there if path.startswith(paths[top])) for top in organisations}


def invigilators(sittings: Sequence[Sitting]) -> list[Invigilator]:
    """Return who may watch, with their organisations and when they are taken elsewhere (six queries at most).

    Who manages an organisation manages all below it.
    """
    users = User.objects.filter(is_active=True, groups__name=Role.INVIGILATOR.value).order_by("pk")
    belongs: dict[int, set[int]] = defaultdict(set)
    member = Membership.objects.filter(person__user__in=users, left_at=None)
    for user, organisation in member.values_list("person__user", "organisation"):
        belongs[user].add(organisation)
    manages = list(OrganisationManager.objects.filter(user__in=users).values_list("user", "organisation"))
    below = _below({organisation for _user, organisation in manages})
    for user, organisation in manages:
        belongs[user] |= below[organisation]
    busy: dict[int, list] = defaultdict(list)
    elsewhere = SittingDuty.objects.filter(user__in=users).exclude(sitting__in=sittings)
    for user, opens, closes in elsewhere.values_list("user", "sitting__opens_at", "sitting__closes_at"):
        busy[user].append((opens, closes))
    return [Invigilator(user.pk, frozenset(belongs[user.pk]), tuple(busy[user.pk])) for user in users]
