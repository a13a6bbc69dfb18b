"""A roster from handing in to done: verdicts, decisions, workers that die, nobody twice."""
# ruff: noqa: F811  (fixtures are imported by name)

from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from accounts.actions import memberships, organisations, persons
from accounts.actions.memberships import OrganisationClosed
from accounts.actions.rosters import deciding, reading, taking
from accounts.enums import RealNameState, RosterMode, RosterState, Verdict
from accounts.models import Membership, Person, RosterImport, RosterLine
from accounts.queries import rosters as queries
from core.actions import retention
from core.enums import Deed
from core.models import AuditEntry
from core.sheets.faults import Unreadable
from tests.accounts.organisation_fixtures import company, hand_in, manager, media, stranger_company  # noqa: F401
from tests.accounts.roster_files import LI, TITLES, WANG, ZHAO, csv, xlsx
from tests.conftest import id_number

ROWS = [TITLES, (1, "王新", ZHAO, "13800138000", "电工"), (2, "李新", LI, "", "焊工")]


def verdicts(roster: RosterImport) -> list[tuple]:
    return [
        (line.number, line.verdict, *(reason["code"] for reason in line.reasons))
        for line in roster.lines.order_by("pk")
    ]


def run(roster: RosterImport, mode: RosterMode, at, clock: str = "10:00") -> RosterImport:
    deciding.confirm(roster_id=roster.pk, mode=mode, by=roster.uploaded_by, now=at(clock))
    taking.take_in(roster_id=roster.pk, clock=lambda: at(clock))
    return RosterImport.objects.get(pk=roster.pk)


def test_each_line_gets_its_verdict(hand_in, company, person, other_person, make_person, at):
    member, known, third = person, other_person, make_person(name="赵三")
    memberships.add(organisation=company, person=member, by=None, now=at("08:30"))
    rows = [
        TITLES,
        (1, "王新", ZHAO),
        (2, "李 大 安", id_number(2)),
        (3, "王小电", id_number(1)),
        (4, "王新", ZHAO.translate(str.maketrans("0123456789", "０１２３４５６７８９"))),
        (5, "王旧", ZHAO),
        (6, "赵四", id_number(3)),
        (7, "坏人", "123"),
    ]
    roster = hand_in(xlsx(rows))
    assert verdicts(roster) == [
        (2, "new"),
        (3, "known"),
        (4, "member"),
        (5, "repeated", "repeated"),
        (6, "bad", "repeated_other_name"),
        (7, "bad", "other_name"),
        (8, "bad", "number_length"),
    ]
    assert (roster.state, roster.total, roster.read) == (RosterState.READ, 7, 7)
    with override("en"):
        assert queries.shown(roster.lines.get(number=5)).reasons == ["The same person stands in line 2."]
    assert third.name not in str(list(roster.lines.filter(number=7).values("reasons", "cells")))
    assert known.name == "李大安"


def test_personal_data_is_sealed_in_file_and_lines_and_the_file_goes_once_read(hand_in, media):
    roster = hand_in(csv(ROWS), read=False)
    (stored,) = [path for path in media.rglob("*") if path.is_file()]
    assert "王新".encode() not in stored.read_bytes()
    assert ZHAO.encode() not in stored.read_bytes()
    assert deciding.opened(roster) == csv(ROWS)
    with connection.cursor() as cursor:
        reading.read(roster_id=roster.pk, clock=lambda: roster.uploaded_at)
        cursor.execute("SELECT cells, id_number, phone FROM accounts_rosterline")
        assert ZHAO not in str(cursor.fetchall())
    assert RosterImport.objects.get().file.name == ""


@pytest.mark.django_db(transaction=True)
def test_the_file_leaves_the_disk_once_it_is_read(hand_in, media):
    hand_in(csv(ROWS))
    assert [path for path in media.rglob("*") if path.is_file()] == []


def test_the_same_file_twice_while_unfinished_is_one_roster(hand_in):
    assert hand_in(xlsx(ROWS), read=False).pk
    data = csv(ROWS)
    assert hand_in(data, read=False).pk == hand_in(data, read=False, clock="09:30").pk


def test_good_lines_registers_and_joins_and_leaves_the_bad(hand_in, company, manager, at):
    roster = run(hand_in(xlsx([*ROWS, (3, "坏人", "123")])), RosterMode.GOOD_LINES, at)
    assert (roster.state, roster.done, roster.finished_at) == (RosterState.DONE, 2, at("10:00"))
    rows = list(Person.objects.order_by("pk").values_list("name", "id_kind", "born", "user", "real_name", "created_at"))
    day = [row[2].isoformat() for row in rows]
    assert [row[:2] + row[3:] for row in rows] == [
        (name, "resident", None, RealNameState.UNCHECKED, at("10:00")) for name in ("王新", "李新")
    ]
    assert day == ["2001-01-01", "1985-12-24"]
    assert [person.id_number for person in Person.objects.order_by("pk")] == [ZHAO, LI]
    joined = Membership.objects.order_by("pk").values_list("person__name", "job", "joined_at", "organisation")
    assert list(joined) == [("王新", "电工", at("10:00"), company.pk), ("李新", "焊工", at("10:00"), company.pk)]


def test_what_is_registered_equals_what_the_action_for_one_registers(hand_in, at):
    run(hand_in(xlsx(ROWS)), RosterMode.GOOD_LINES, at)
    left = Person.objects.get(name="王新")
    Membership.objects.all().delete()
    RosterLine.objects.update(person=None)
    values = {field.name: getattr(left, field.name) for field in Person._meta.concrete_fields if field.name != "id"}
    Person.objects.filter(pk=left.pk).delete()
    single = persons.register(name="王新", id_number=ZHAO, user=None, by=None, now=at("10:00"))
    assert values == {name: getattr(Person.objects.get(pk=single.pk), name) for name in values}


def test_what_was_taken_in_is_in_the_audit_trail_without_names(hand_in, manager, at):
    roster = run(hand_in(xlsx(ROWS)), RosterMode.GOOD_LINES, at)
    batch, whole = AuditEntry.objects.filter(deed=Deed.IMPORTED).order_by("pk")
    pks = list(Person.objects.order_by("pk").values_list("pk", flat=True))
    assert batch.after == {
        "organisation": roster.organisation_id,
        "lines": "2–3",
        "members": 2,
        "new persons": 2,
        "persons": f"{pks[0]}–{pks[1]}",
    }
    assert whole.after == {"lines": 2, "members": 2, "mode": "good"}
    assert (batch.actor_id, batch.object_id) == (manager.pk, str(roster.pk))
    assert "王新" not in str(list(AuditEntry.objects.values()))


def test_the_same_people_again_make_nobody_twice(hand_in, at):
    run(hand_in(xlsx(ROWS)), RosterMode.GOOD_LINES, at)
    again = run(hand_in(csv(ROWS)), RosterMode.ALL_OR_NOTHING, at)
    assert [line[1] for line in verdicts(again)] == ["member", "member"]
    assert (again.done, Person.objects.count(), Membership.objects.count()) == (0, 2, 2)


def test_all_or_nothing_is_refused_while_a_line_is_bad(hand_in, manager, at):
    roster = hand_in(xlsx([*ROWS, (3, "坏人", "123")]))
    with pytest.raises(deciding.HasBadLines):
        run(roster, RosterMode.ALL_OR_NOTHING, at)
    assert (Person.objects.count(), RosterImport.objects.get().state) == (0, RosterState.READ)


def test_all_or_nothing_undoes_all_when_a_number_was_taken_meanwhile(hand_in, at, monkeypatch):
    monkeypatch.setattr(taking, "LINES_AT_ONCE", 1)
    roster = hand_in(xlsx(ROWS))
    persons.register(name="别人", id_number=LI, user=None, by=None, now=at("09:30"))
    roster = run(roster, RosterMode.ALL_OR_NOTHING, at)
    assert (roster.state, roster.mode, roster.done) == (RosterState.READ, "", 0)
    assert [line[1:] for line in verdicts(roster)] == [("new",), ("bad", "other_name")]
    assert (list(Person.objects.values_list("name", flat=True)), Membership.objects.count()) == (["别人"], 0)
    assert not AuditEntry.objects.filter(deed=Deed.IMPORTED).exists()
    assert run(roster, RosterMode.GOOD_LINES, at).done == 1


def test_good_lines_marks_what_went_bad_meanwhile_and_takes_the_rest(hand_in, at):
    roster = hand_in(xlsx(ROWS))
    persons.register(name="别人", id_number=LI, user=None, by=None, now=at("09:30"))
    roster = run(roster, RosterMode.GOOD_LINES, at)
    assert (roster.state, roster.done) == (RosterState.DONE, 1)
    _titles, rows = deciding.export_of_errors(roster=roster, by=roster.uploaded_by, now=at("11:00"))
    assert [row[:4] for row in rows] == [[3, "李新", LI, "焊工"]]
    assert list(Membership.objects.values_list("person__name", flat=True)) == ["王新"]


def test_a_merged_person_joins_as_the_one_that_was_kept(hand_in, person, at):
    old = persons.register(name="王旧", id_number=ZHAO, user=None, by=None, now=at("08:00"))
    Person.objects.filter(pk=old.pk).update(merged_into=person)
    roster = run(hand_in(xlsx([TITLES, (1, "王小电", ZHAO)])), RosterMode.GOOD_LINES, at)
    assert (Membership.objects.get().person, roster.lines.get().person) == (person, person)


def test_confirming_or_cancelling_follows_the_states(hand_in, manager, at):
    roster = hand_in(xlsx(ROWS), read=False)
    with pytest.raises(deciding.WrongState):
        deciding.confirm(roster_id=roster.pk, mode=RosterMode.GOOD_LINES, by=manager, now=at("09:00"))
    reading.read(roster_id=roster.pk, clock=lambda: at("09:00"))
    for _ in range(2):
        deciding.confirm(roster_id=roster.pk, mode=RosterMode.GOOD_LINES, by=manager, now=at("09:00"))
    with pytest.raises(deciding.WrongState):
        deciding.cancel(roster_id=roster.pk, by=manager, now=at("09:00"))
    taking.take_in(roster_id=roster.pk, clock=lambda: at("09:00"))
    with pytest.raises(deciding.WrongState):
        deciding.confirm(roster_id=roster.pk, mode=RosterMode.ALL_OR_NOTHING, by=manager, now=at("09:00"))


def test_a_cancelled_roster_keeps_no_lines(hand_in, manager, at):
    roster = hand_in(xlsx(ROWS))
    for _ in range(2):
        roster = deciding.cancel(roster_id=roster.pk, by=manager, now=at("10:00"))
    assert (roster.state, RosterLine.objects.count()) == (RosterState.CANCELLED, 0)


def test_a_file_without_people_fails_with_its_reason(hand_in, at):
    roster = hand_in(xlsx([TITLES]))
    assert (roster.state, roster.fault, roster.finished_at) == (RosterState.FAILED, "no_lines", at("09:00"))


def test_a_file_that_is_gone_fails_with_its_reason(hand_in, media, at):
    roster = hand_in(xlsx(ROWS), read=False)
    roster.file.storage.delete(roster.file.name)
    reading.read(roster_id=roster.pk, clock=lambda: at("09:00"))
    assert RosterImport.objects.get().fault == "lost"


def test_what_is_no_roster_is_not_even_kept(hand_in):
    with pytest.raises(Unreadable):
        hand_in(b"%PDF-1.7\0\1")
    assert RosterImport.objects.count() == 0


def test_a_closed_organisation_takes_no_roster(hand_in, company, at):
    closed = organisations.close(organisation=company, by=None, now=at("08:30"))
    with pytest.raises(OrganisationClosed):
        hand_in(xlsx(ROWS), organisation=closed)


def test_bad_lines_are_exported_as_they_were_and_it_is_recorded(hand_in, manager, at):
    rows = [("姓名", "身份证号", "备用"), ("王新", ZHAO, "x"), ("坏人", "123", "=1+1"), ("", LI, None)]
    roster = hand_in(csv(rows))
    titles, found = deciding.export_of_errors(roster=roster, by=manager, now=at("10:00"))
    assert titles == ["姓名", "身份证号", "备用"]
    assert list(roster.lines.filter(cells="").values_list("number", flat=True)) == [2]
    assert [row[:-1] for row in found] == [[3, "坏人", "123", "=1+1"], [4, "", LI, ""]]
    entry = AuditEntry.objects.filter(deed=Deed.EXPORTED).get()
    assert (entry.after, entry.actor_id) == ({"lines": 2}, manager.pk)


def test_rosters_are_removed_after_thirty_days(hand_in, at, django_capture_on_commit_callbacks, media):
    with django_capture_on_commit_callbacks(execute=True):
        hand_in(xlsx(ROWS))
        hand_in(csv([*ROWS, (3, "赵新", WANG)]), read=False)
    young = hand_in(csv(ROWS), read=False)
    RosterImport.objects.filter(pk=young.pk).update(uploaded_at=at("09:00") + timedelta(days=1))
    retention.ensure_rules()
    with django_capture_on_commit_callbacks(execute=True):
        removed = retention.apply(now=at("09:00:01") + timedelta(days=30))
    assert removed["roster_imports"] == 2
    assert RosterImport.objects.get().pk == young.pk
    assert RosterLine.objects.count() == 0
    assert [path.name for path in media.rglob("*") if path.is_file()] == [f"{young.pk}.sealed"]


def test_uploaded_files_are_not_served(hand_in, client):
    roster = hand_in(xlsx(ROWS), read=False)
    assert client.get(f"{django_settings.MEDIA_URL}{roster.file.name}").status_code == 404


def test_reading_asks_the_database_as_often_for_many_lines_as_for_few(hand_in, at):
    def cost(people: int) -> int:
        rows = [TITLES, *((n, "王安", id_number(n, f"19{50 + people % 40}0101")) for n in range(1, people + 1))]
        roster = hand_in(xlsx(rows), read=False)
        with CaptureQueriesContext(connection) as asked:
            reading.read(roster_id=roster.pk, clock=lambda: at("09:00"))
        return len(asked)

    assert cost(3) == cost(40) == 27


def test_tallies_show_the_bad_first_and_no_zeros(hand_in):
    roster = hand_in(xlsx([*ROWS, (3, "坏人", "123")]))
    assert queries.tallies(roster) == [queries.Tally(Verdict.BAD, 1), queries.Tally(Verdict.NEW, 2)]


def test_a_file_that_waits_is_sealed_under_the_new_key_with_the_rest(
    hand_in, settings, django_capture_on_commit_callbacks
):
    roster = hand_in(xlsx(ROWS), read=False)
    first = settings.FIELD_ENCRYPTION_KEYS[0]
    settings.FIELD_ENCRYPTION_KEYS = [f"2:{first.partition(':')[2]}", first]
    with django_capture_on_commit_callbacks(execute=True):
        assert deciding.reseal() == 1
    roster.refresh_from_db()
    assert roster.file.open("rb").read().startswith(b"2:")
    assert deciding.opened(roster) == xlsx(ROWS)
