"""50,000 people in one roster: read and taken in, with the memory it takes. DATABASE_URL chooses the database."""

from _machine import Watch, set_up

set_up()

import io
from datetime import date, timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone
from openpyxl import Workbook

from accounts.actions import organisations
from accounts.actions.rosters import deciding, reading, taking
from accounts.enums import OrganisationKind, RosterMode, RosterState
from accounts.models import Membership, Organisation, RosterImport, User
from accounts.rules.identity import check_digit

PEOPLE = 50_000
FIRST = date(1960, 1, 1)
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴", "安全生产应急救援平"


def number(serial: int, region: str) -> str:
    born = FIRST + timedelta(days=serial % 15_000)
    first17 = f"{region}{born:%Y%m%d}{serial // 15_000 + 1:03d}"
    return first17 + check_digit(first17)


def name(serial: int) -> str:
    return SURNAMES[serial % 10] + GIVEN[serial // 10 % 9] + GIVEN[serial // 90 % 9]


def roster(region: str) -> bytes:
    book = Workbook(write_only=True)
    book.create_sheet("说明").append(["请按要求填写"])
    sheet = book.create_sheet("花名册")
    sheet.append(["青岛某公司花名册"])
    sheet.append(["序号", "姓 名", "身份证号码", "手机号", "工种", "班组"])
    for serial in range(PEOPLE):
        phone = 13_000_000_000 + serial
        sheet.append([serial + 1, name(serial), number(serial, region), phone, "电工", f"{serial % 40}班"])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def run(mode: RosterMode, region: str) -> None:
    now = timezone.now()
    data = roster(region)
    by, _ = User.objects.get_or_create(username="bench")
    where = organisations.create(name=f"某公司{region}", kind=OrganisationKind.ENTERPRISE, by=by, now=now)
    made = deciding.upload(organisation=where, filename="花名册.xlsx", data=data, by=by, now=now)
    with Watch() as watch:
        reading.read(roster_id=made.pk, clock=timezone.now)
    made = RosterImport.objects.get(pk=made.pk)
    assert (made.state, made.read) == (RosterState.READ, PEOPLE), (made.state, made.fault, made.read)
    detail = f"{connection.vendor}, {len(data) / 1e6:.1f} MB XLSX"
    watch.tell(f"roster of {PEOPLE} read, {mode.value}", detail)
    deciding.confirm(roster_id=made.pk, mode=mode, by=by, now=timezone.now())
    with Watch() as watch:
        taking.take_in(roster_id=made.pk, clock=timezone.now)
    made = RosterImport.objects.get(pk=made.pk)
    assert (made.state, made.done) == (RosterState.DONE, PEOPLE), (made.state, made.done)
    assert Membership.objects.filter(organisation=where).count() == PEOPLE
    watch.tell(f"roster of {PEOPLE} taken in, {mode.value}", connection.vendor)


settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
assert not Organisation.objects.filter(name__startswith="某公司").exists(), "a fresh database is needed"
run(RosterMode.GOOD_LINES, "371002")
run(RosterMode.ALL_OR_NOTHING, "371082")
