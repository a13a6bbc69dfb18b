"""Officers change the tasks of practical exams; what was marked stays as it was."""

import pytest

from accounts.enums import Role
from core.models import AuditEntry
from exams.actions import practical_tasks
from exams.models import PracticalTask
from tests.exams.test_practical_seeding import row, seeding, write  # noqa: F401

ADDRESS = "/admin/practicals/tasks/"


@pytest.fixture
def task(write, at):  # noqa: F811
    seeding.load_practical(path=write(), now=at("08:00"))
    return PracticalTask.objects.get(code="lv-k2-1")


@pytest.fixture
def officer(staff):
    return staff(Role.EXAM_OFFICER)


@pytest.fixture
def typed(task):
    return {
        "title": "停电验电",
        "minutes": "15",
        "setup": "桌上有验电器",
        "brief": "请验电",
        "items": "先在有电处试验电器 20\n\n逐相验电 20",
        "veto": "不戴绝缘手套\n带电碰导体",
        "source": "标准",
        "reviewed": "2026-11-24",
    }


def test_the_changed_task_is_a_new_row_and_says_who_changed_it(client, officer, task, typed):
    client.force_login(officer)
    assert "lv-k2-1" in client.get(ADDRESS).text
    assert client.post(f"{ADDRESS}{task.pk}/", typed)["Location"] == ADDRESS
    old, new = PracticalTask.objects.filter(code="lv-k2-1").order_by("created_at")
    assert (old.retired_at is None, new.retired_at, new.changed_by) == (False, None, officer)
    assert list(new.items.values_list("text", "marks")) == [("先在有电处试验电器", 20), ("逐相验电", 20)]
    assert list(new.vetoes.values_list("text", flat=True)) == ["不戴绝缘手套", "带电碰导体"]
    assert list(old.items.values_list("text", "marks")) == [("第一步", 20), ("第二步", 20)]
    assert AuditEntry.objects.filter(object_id=str(new.pk), actor_id=officer.pk, kind="exams.practicaltask").exists()


@pytest.mark.parametrize(
    ("items", "told"),
    [
        ("验电 39", "40"),
        ("验电", "验电"),
        ("验电 0\n放电 40", "验电 0"),
        ("验电 ４０", "验电 ４０"),
    ],
)
def test_marks_that_do_not_fit_are_told_and_nothing_changes(client, officer, task, typed, items, told):
    client.force_login(officer)
    reply = client.post(f"{ADDRESS}{task.pk}/", typed | {"items": items})
    assert (reply.status_code, told in reply.text) == (400, True)
    assert PracticalTask.objects.filter(code="lv-k2-1").count() == 1


def test_the_same_content_changes_nothing(officer, task, at):
    same = row("K2", 1, 40)
    assert practical_tasks.change(task_id=task.pk, row=same, by=officer, now=at("09:00")) == task
    assert PracticalTask.objects.filter(code="lv-k2-1").count() == 1


def test_who_comes_second_is_told_that_it_was_replaced(officer, task, at):
    practical_tasks.change(task_id=task.pk, row=row("K2", 1, 40, title="一"), by=officer, now=at("09:00"))
    with pytest.raises(practical_tasks.Replaced):
        practical_tasks.change(task_id=task.pk, row=row("K2", 1, 40, title="二"), by=officer, now=at("09:01"))


def test_only_officers_change_tasks(staff, task, at):
    with pytest.raises(practical_tasks.NotAnOfficer):
        practical_tasks.change(task_id=task.pk, row=row("K2", 1, 40), by=staff(Role.EXAMINER), now=at("09:00"))
