"""What the list of 50,000 people costs: its first page, a search, a filter, the last page, the export.

Embedded by default; on PostgreSQL when DATABASE_URL names an empty database. PEOPLE changes how many.
"""

import os
import time
from datetime import UTC, datetime, timedelta

from _machine import measure, set_up

set_up()

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actions import roles
from accounts.enums import IdKind, Role
from accounts.models import District, Membership, Organisation, Person, User
from accounts.rules.identity import check_digit
from core.encryption import blind_index

PEOPLE = int(os.environ.get("PEOPLE", "50000"))
BATCH = 5000
FAMILY, GIVEN = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平"
START = datetime(2026, 1, 1, tzinfo=UTC)
PAGE_MS = 150


def number_of(serial: int) -> str:
    born = datetime(1960, 1, 1, tzinfo=UTC) + timedelta(days=serial % 16_000)
    first17 = f"3702{serial % 10:02d}{born:%Y%m%d}{serial // 16_000 * 7 + serial % 7:03d}"
    return first17 + check_digit(first17)


def fill() -> None:
    """Store the people in bulk, each with a login and a phone number, in twenty organisations of ten districts."""
    districts = list(District.objects.all()) or [
        District.objects.create(code=f"3702{n:02d}", name=f"区{n}", position=n) for n in range(10)
    ]
    organisations = [
        Organisation.add_root(name=f"公司{n:02d}", kind="enterprise", district=districts[n % len(districts)])
        for n in range(20)
    ]
    for start in range(0, PEOPLE, BATCH):
        serials = range(start, min(start + BATCH, PEOPLE))
        users = User.objects.bulk_create(
            User(
                username=f"user{serial:06d}",
                password="!",
                phone=f"+86138{serial:08d}",
                phone_digest=blind_index(f"+86138{serial:08d}"),
            )
            for serial in serials
        )
        persons = Person.objects.bulk_create(
            Person(
                user=user,
                name=FAMILY[serial % 20] + GIVEN[serial // 20 % 20] + GIVEN[serial // 400 % 20],
                id_kind=IdKind.RESIDENT,
                id_number=number_of(serial),
                id_digest=blind_index(f"{serial}"),
                born=START.date(),
                created_at=START + timedelta(minutes=serial),
            )
            for serial, user in zip(serials, users, strict=True)
        )
        Person.objects.filter(pk=persons[0].pk).update(id_digest=blind_index(number_of(serials[0])))
        Membership.objects.bulk_create(
            Membership(person=person, organisation=organisations[person.pk % 20], joined_at=START) for person in persons
        )


began = time.perf_counter()
fill()
with connection.cursor() as cursor:
    cursor.execute("ANALYZE")
filled = time.perf_counter() - began
roles.ensure_roles()
officer = User.objects.create_user("officer")
roles.grant(user=officer, role=Role.ADMINISTRATOR, by=None, now=timezone.now())
client = Client()
client.force_login(officer)
district = District.objects.first()
PAGES = {
    "first page": {},
    "search by whole number": {"q": number_of(0)},
    "search by phone": {"q": "13800012345"},
    "search by name prefix": {"q": "王伟"},
    "search that finds nobody": {"q": "欧阳"},
    "filter by district": {"district": district.pk},
    "filter by organisation and check": {"organisation": "公司07", "real_name": "unchecked"},
    "last page reached": {"p": 10_000},
}
detail = f"{Person.objects.count()} people on {connection.vendor}, filled in {filled:.0f} s"
seen = set()
for name, query in PAGES.items():
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/admin/persons/", query).status_code == 200
    seen.add(len(captured))
    measure(f"people: {name}", lambda _, query=query: client.get("/admin/persons/", query), rounds=40, detail=detail)

for kind in ("csv", "xlsx"):
    begun = time.perf_counter()
    size = len(b"".join(client.post("/admin/persons/export/", {"format": kind}).streaming_content))
    print(f"export of all as {kind}: {time.perf_counter() - begun:.1f} s, {size / 1e6:.1f} MB; queries a page {seen}")
