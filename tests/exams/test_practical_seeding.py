"""Tasks of practical exams from their files."""

from datetime import date

import pytest
import yaml

from accounts.enums import Role
from exams.actions import practical_seeding as seeding
from exams.actions import practical_tasks
from exams.actions import seeding as bank
from exams.models import ChecklistItem, OperationRule, PracticalSubject, PracticalTask, VetoItem

FULL = {"K1": 20, "K2": 40, "K3": 20, "K4": 20}


def row(subject, number, marks, **changes):
    return {
        "code": f"lv-{subject.lower()}-{number}",
        "title": f"任务 {number}",
        "minutes": 10,
        "setup": "桌上有……\n",
        "brief": "请……",
        "items": [{"text": "第一步", "marks": marks // 2}, {"text": "第二步", "marks": marks - marks // 2}],
        "veto": ["碰了端子"],
        "source": "标准",
        "reviewed": date(2026, 11, 24),
    } | changes


@pytest.fixture
def write(tmp_path, rule):
    """Return a function that writes the file: one task a subject, with changes to the first."""

    def write(*more, operation="低压电工作业", **changes):
        subjects = {subject: [row(subject, 1, marks)] for subject, marks in FULL.items()}
        subjects["K1"][0] |= changes
        for subject, task in more:
            subjects.setdefault(subject, []).append(task)
        path = tmp_path / "low-voltage-practical.yaml"
        path.write_text(yaml.safe_dump({"operation": operation, "subjects": subjects}, allow_unicode=True))
        return path

    return write


def test_tasks_are_stored_with_items_and_vetoes_once(write, at):
    path = write()
    for hour in ("08:00", "09:00"):
        assert seeding.load_practical(path=path, now=at(hour)) == 4
    task = PracticalTask.objects.get(code="lv-k2-1")
    assert (task.subject, task.setup, task.minutes, task.created_at) == ("K2", "桌上有……", 10, at("08:00"))
    assert list(task.items.values_list("position", "text", "marks")) == [(1, "第一步", 20), (2, "第二步", 20)]
    assert (ChecklistItem.objects.count(), VetoItem.objects.count()) == (8, 4)


@pytest.mark.parametrize(
    "change",
    [
        {"title": "another"},
        {"minutes": 11},
        {"veto": []},
        {"items": [{"text": "all of it", "marks": 20}]},
        {"reviewed": date(2026, 12, 1)},
    ],
)
def test_a_changed_task_is_a_new_row_and_the_old_one_keeps_its_own(write, at, change):
    seeding.load_practical(path=write(), now=at("08:00"))
    seeding.load_practical(path=write(**change), now=at("09:00"))
    old, new = PracticalTask.objects.filter(code="lv-k1-1").order_by("created_at")
    assert (old.retired_at, new.retired_at) == (at("09:00"), None)
    assert (old.items.count(), old.vetoes.count()) == (2, 1)
    assert PracticalTask.objects.filter(retired_at=None).count() == 4


def test_a_task_that_left_the_file_is_retired_and_may_come_back(write, at):
    seeding.load_practical(path=write(("K4", row("K4", 2, 20))), now=at("08:00"))
    assert seeding.load_practical(path=write(), now=at("09:00")) == 4
    assert PracticalTask.objects.get(code="lv-k4-2").retired_at == at("09:00")
    assert seeding.load_practical(path=write(("K4", row("K4", 2, 20))), now=at("10:00")) == 5


def test_what_an_officer_changed_is_not_loaded_over(write, at, staff):
    seeding.load_practical(path=write(), now=at("08:00"))
    task = PracticalTask.objects.get(code="lv-k1-1")
    practical_tasks.change(
        task_id=task.pk, row=row("K1", 1, 20, title="改过的"), by=staff(Role.EXAM_OFFICER), now=at("09:00")
    )
    for changes in ({}, {"title": "文件里的新题目"}):
        seeding.load_practical(path=write(**changes), now=at("10:00"))
        assert PracticalTask.objects.get(code="lv-k1-1", retired_at=None).title == "改过的"


@pytest.mark.parametrize(
    ("more", "changes"),
    [
        ((), {"items": [{"text": "x", "marks": 19}]}),
        ((("K5", row("K5", 1, 20)),), {}),
        ((("K4", row("K4", 1, 20)),), {}),
        ((), {"operation": "没有的作业"}),
    ],
)
def test_a_bad_file_stores_nothing(write, at, more, changes):
    with pytest.raises(seeding.BadTask):
        seeding.load_practical(path=write(*more, **changes), now=at("08:00"))
    assert not PracticalTask.objects.exists()


def test_every_file_of_a_folder_is_loaded(write, at):
    assert seeding.load_practicals(folder=write().parent, now=at("08:00")) == 4


def test_what_ships_fits_the_subjects_and_the_time_of_the_exam(db, at):
    bank.load_schemes()
    bank.load_operations()
    bank.load_operation(folder="low-voltage", now=at("08:00"))
    count = seeding.load_practicals(now=at("08:00"))
    assert PracticalTask.objects.filter(retired_at=None).count() == count
    assert not PracticalTask.objects.filter(source="").exists()
    for rule in OperationRule.objects.all():
        tasks = PracticalTask.objects.filter(operation=rule.operation)
        most = [
            max(tasks.filter(subject=code).values_list("minutes", flat=True), default=0)
            for code in PracticalSubject.objects.filter(rule=rule).values_list("code", flat=True)
        ]
        assert sum(most) <= rule.practical_minutes
