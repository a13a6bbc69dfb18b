"""The audit trail: written with the change, chained, and found out when touched."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.enums import Role
from core.actions import auditing, retention
from core.actions.tracking import create_all
from core.actor import Actor, acting
from core.enums import Deed
from core.models import AppendOnly, AuditEntry, AuditLink, RetentionRule
from core.queries import audit
from exams.models import ExamPoint


@pytest.fixture
def trail(db):
    """Three linked entries: created, changed, deleted."""
    point = ExamPoint.objects.create(name="一号考点", address="香港中路")
    point.address = "山东路"
    point.save()
    point.delete()
    assert auditing.link_committed() == 3
    return list(AuditEntry.objects.order_by("pk"))


def faults(**known):
    return list(audit.faults(now=timezone.now(), **known))


def tamper(sql: str, *values) -> None:
    """Change the database as somebody with its password would: without its guards."""
    with connection.cursor() as cursor:
        for table in ("core_auditentry", "core_auditlink"):
            where = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_unchanged{where}")
        if connection.vendor == "postgresql":
            cursor.execute("DROP TRIGGER IF EXISTS core_auditentry_kept ON core_auditentry")
        cursor.execute(sql, values)


def test_entries_say_what_was_before_and_after(trail):
    created, changed, deleted = trail
    assert (created.deed, created.after) == (Deed.CREATED, {"name": "一号考点", "address": "香港中路"})
    assert (changed.before, changed.after) == ({"address": "香港中路"}, {"address": "山东路"})
    assert (deleted.deed, deleted.before) == (Deed.DELETED, {"name": "一号考点", "address": "山东路"})
    assert {entry.kind for entry in trail} == {"exams.exampoint"}


def test_saving_without_a_change_adds_nothing(trail):
    point = ExamPoint.objects.create(name="二号考点", address="x")
    count = AuditEntry.objects.count()
    ExamPoint.objects.get(pk=point.pk).save()
    assert AuditEntry.objects.count() == count


def test_rows_stored_in_bulk_leave_an_entry_each_and_the_trail_proves_whole(trail):
    points = create_all([ExamPoint(name=f"{number}号", address="路") for number in (4, 5)])
    assert auditing.link_committed() == 2
    assert faults() == []
    entries = AuditEntry.objects.order_by("pk")[3:]
    assert [(entry.deed, entry.object_id, entry.label, entry.after) for entry in entries] == [
        ("created", str(points[0].pk), "4号", {"name": "4号", "address": "路"}),
        ("created", str(points[1].pk), "5号", {"name": "5号", "address": "路"}),
    ]
    points[0].address = "街"
    points[0].save()
    assert AuditEntry.objects.first().before == {"address": "路"}
    assert create_all([]) == []


def test_an_undone_change_leaves_no_entry(trail):
    with pytest.raises(RuntimeError), transaction.atomic():
        ExamPoint.objects.create(name="三号考点", address="x")
        raise RuntimeError
    assert AuditEntry.objects.count() == 3


def test_the_entry_names_who_and_from_where(db):
    with acting(lambda: Actor(7, "wang", "192.0.2.7")):
        ExamPoint.objects.create(name="四号考点", address="x")
    entry = AuditEntry.objects.first()
    assert (entry.actor_id, entry.actor, entry.address) == (7, "wang", "192.0.2.7")


def test_a_request_is_recorded_with_its_user_and_address(staff, client):
    user = staff(Role.CERTIFIER)
    user.is_superuser = True
    user.save()
    client.force_login(user)
    client.post("/admin/exam_points/new/", {"name": "五号考点", "address": "y"}, REMOTE_ADDR="192.0.2.9")
    entry = AuditEntry.objects.filter(kind="exams.exampoint").get()
    assert (entry.actor, entry.actor_id, entry.address) == ("certifier", user.pk, "192.0.2.9")


def test_personal_data_is_masked_in_entries(make_person):
    person = make_person(name="王小电")
    text = "".join(f"{entry.label}{entry.before}{entry.after}" for entry in AuditEntry.objects.all())
    assert "王小电" not in text
    assert person.id_number not in text
    assert "**电" in text


def test_a_changed_password_is_recorded_without_its_value(person):
    person.user.set_password("a new password 123")
    person.user.save()
    entry = AuditEntry.objects.first()
    assert (entry.before, entry.after) == ({"password": "•••"}, {"password": "•••"})


def test_getting_and_losing_a_role_is_recorded(staff):
    user = staff(Role.EDITOR)
    user.groups.clear()
    granted = AuditEntry.objects.filter(kind="accounts.user", deed=Deed.GRANTED).get()
    lost = AuditEntry.objects.filter(kind="accounts.user", deed=Deed.WITHDRAWN).get()
    assert (granted.after, lost.before) == ({"role": "editor"}, {"role": "editor"})


def test_an_untouched_trail_is_whole(trail):
    assert faults() == []
    call_command("verify_audit")


def test_a_changed_entry_is_found(trail):
    tamper("UPDATE core_auditentry SET actor = 'somebody else' WHERE id = %s", trail[1].pk)
    assert faults() == [f"entry {trail[1].pk} at link 2 was changed"]
    with pytest.raises(CommandError, match="not whole: 1 faults"):
        call_command("verify_audit")


def test_a_missing_entry_is_found(trail):
    tamper("DELETE FROM core_auditlink WHERE position = 2")
    tamper("DELETE FROM core_auditentry WHERE id = %s", trail[1].pk)
    assert faults() == ["links 2 to 2 are missing"]


def test_a_hidden_gap_is_found(trail):
    """Somebody removes an entry and renumbers what follows."""
    tamper("DELETE FROM core_auditlink WHERE position = 2")
    tamper("DELETE FROM core_auditentry WHERE id = %s", trail[1].pk)
    tamper("UPDATE core_auditlink SET position = 2 WHERE position = 3")
    assert faults() == ["link 2 does not follow from the one before"]


def test_an_entry_put_in_without_the_key_is_found(trail):
    columns = "at, actor_id, actor, address, deed, kind, object_id, label, before, after, reason"
    tamper(
        f"INSERT INTO core_auditentry ({columns}, seal) SELECT {columns}, %s FROM core_auditentry WHERE id = %s",
        "0" * 64,
        trail[0].pk,
    )
    pk = AuditEntry.objects.latest("pk").pk
    assert faults() == [f"entry {pk}, not yet linked, was changed"]


def test_a_trail_cut_at_its_end_is_found_with_a_noted_head(trail):
    noted = audit.head()
    tamper("DELETE FROM core_auditlink WHERE position = 3")
    tamper("DELETE FROM core_auditentry WHERE id = %s", trail[2].pk)
    assert faults() == []
    assert faults(known=noted) == ["link 3 is not the one noted earlier"]
    with pytest.raises(CommandError):
        call_command("verify_audit", "--head", f"{noted.position}:{noted.digest}")


def test_an_entry_that_nobody_linked_for_long_is_told(trail):
    auditing.record(deed=Deed.EXPORTED, kind="accounts.person", now=timezone.now() - timedelta(minutes=11))
    assert len(faults()) == 1
    assert "is a worker running?" in faults()[0]


@pytest.mark.parametrize("table", ["core_auditentry", "core_auditlink"])
def test_the_database_refuses_to_change_a_row(trail, table):
    column = "reason" if table == "core_auditentry" else "digest"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = 'x'")


def test_the_models_refuse_to_change_or_remove(trail):
    for act in (trail[0].save, trail[0].delete, AuditEntry.objects.all().delete, AuditLink.objects.all().delete):
        with pytest.raises(AppendOnly):
            act()
    with pytest.raises(AppendOnly):
        AuditEntry.objects.update(actor="x")


def test_linking_again_adds_nothing(trail):
    assert auditing.link_committed() == 0
    assert AuditLink.objects.count() == 3


def test_retention_takes_the_oldest_and_the_chain_still_proves_whole(db):
    now = timezone.now()
    for day in range(4):
        auditing.record(deed=Deed.EXPORTED, kind="accounts.person", now=now - timedelta(days=2000 - 400 * day))
    auditing.link_committed()
    retention.ensure_rules()
    assert retention.apply(now=now)["audit"] == 3
    auditing.link_committed()
    assert [link.position for link in AuditLink.objects.order_by("position")] == [4, 5]
    assert faults() == []


def test_retention_never_goes_below_the_law(db):
    retention.ensure_rules()
    rule = RetentionRule.objects.get(kind="audit")
    assert (rule.days, rule.least_days) == (1095, 183)
    with pytest.raises(DatabaseError), transaction.atomic():
        RetentionRule.objects.filter(pk=rule.pk).update(days=182)
