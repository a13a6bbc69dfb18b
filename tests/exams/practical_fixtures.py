"""A small practical exam: two items and one veto a subject, a candidate with a passed theory, examiners with sheets."""

import io
from datetime import date

import pytest
from PIL import Image, ImageDraw

from accounts.actions import roles
from accounts.enums import Role
from accounts.models import User
from exams.actions import attempts, grading, practicals, score_sheets
from exams.actions.answers import Change, save
from exams.models import ChecklistItem, PracticalTask, ScoreSheet, VetoItem
from exams.queries.papers import key_of
from exams.queries.score_sheets import filled

FULL = {"K1": 20, "K2": 40, "K3": 20, "K4": 20}
GOOD = {"K1": 18, "K2": 36, "K3": 18, "K4": 18}  # 90


def make_task(rule, subject, number, at, *, marks=None, vetoes=1):
    """Return a task of ``subject`` with items that make its full marks."""
    task = PracticalTask.objects.create(
        operation=rule.operation,
        subject=subject,
        code=f"lv-{subject.lower()}-{number}",
        title=f"{subject} 任务{number}",
        minutes=10,
        setup="桌上有……",
        brief="请……",
        source="标准",
        reviewed=date(2026, 11, 1),
        created_at=at("08:00"),
    )
    half = (marks or FULL[subject]) // 2
    for position in (1, 2):
        ChecklistItem.objects.create(task=task, position=position, text=f"第{position}步", marks=half)
    for position in range(1, vetoes + 1):
        VetoItem.objects.create(task=task, position=position, text=f"{task.code} 否决{position}")
    return task


@pytest.fixture
def tasks(rule, at):
    """Two tasks a subject."""
    return [make_task(rule, subject, number, at) for subject in FULL for number in (1, 2)]


@pytest.fixture
def passed(running, at):
    """A theory with everything right, graded at 10:31 and released at once."""
    for slot, letter in key_of(running.paper_id).items():
        save(attempt_id=running.pk, lease=running.lease, change=Change(slot, letter, False, slot), now=at("10:00"))
    attempts.submit(attempt_id=running.pk, lease=running.lease, now=at("10:30"))
    grading.grade(attempt_id=running.pk, now=at("10:31"))
    running.refresh_from_db()
    return running


@pytest.fixture
def make_examiner(db, at):
    """Return a function that makes an examiner."""
    roles.ensure_roles()

    def make(username: str) -> User:
        user = User.objects.create_user(username=username)
        roles.grant(user=user, role=Role.EXAMINER, by=None, now=at("08:00"))
        return user

    return make


@pytest.fixture
def examiners(make_examiner):
    return [make_examiner("wang"), make_examiner("zhao"), make_examiner("sun")]


@pytest.fixture
def open_session(passed, tasks, examiners, at):
    """Return a function that opens a practical of the candidate at 13:00 with the first two examiners."""

    def open_(*, theory=None, by=None, chosen=None, now=None):
        return practicals.open_session(
            theory_id=(theory or passed).pk,
            examiners=[user.pk for user in (chosen or examiners[:2])],
            by=by or examiners[0],
            now=now or at("13:00"),
        )

    return open_


@pytest.fixture
def session(open_session):
    return open_session()


def sheet_at(session, place) -> ScoreSheet:
    return session.sheets.get(place=place, withdrawn_at=None)


def entries_for(sheet, marks, *, vetoes=(), seq=1) -> list[score_sheets.Entry]:
    """Return entries that give each subject its marks, filled from the first item on, and tick vetoes by subject."""
    made = []
    for task in filled(sheet).tasks:
        left = marks[task.task.subject]
        for item in task.items:
            given = min(left, item.item.marks)
            left -= given
            made.append(score_sheets.Entry(item.slot, str(given), False, seq + len(made)))
        for veto in task.vetoes:
            seen = task.task.subject in vetoes
            made.append(score_sheets.Entry(veto.slot, "看见了" if seen else "", seen, seq + len(made)))
    return made


def fill(sheet, marks, at, **how) -> None:
    entries = entries_for(sheet, marks, **how)
    score_sheets.save(sheet_id=sheet.pk, by=sheet.examiner, entries=entries, now=at("13:30"))


def hand_in(sheet, at, *, name="王考评", proved=True, png=b"", now="14:10", finished="14:00") -> ScoreSheet:
    return score_sheets.hand_in(
        sheet_id=sheet.pk,
        by=sheet.examiner,
        started=at("13:05"),
        finished=at(finished),
        signature=score_sheets.Signature(png=png, name=name, proved=proved),
        now=at(now),
    )


def mark(session, place, at, marks=GOOD, *, now="14:10", finished="14:00", **how) -> None:
    """Fill in and hand in the sheet at ``place``."""
    sheet = sheet_at(session, place)
    fill(sheet, marks, at, **how)
    hand_in(sheet, at, now=now, finished=finished)


def examine(session, at, marks=GOOD, **how):
    """Let both examiners give the same marks; return the outcome."""
    for place in (1, 2):
        mark(session, place, at, marks, **how)
    session.refresh_from_db()
    return session.practical


def picture(size=(640, 480), kind="JPEG", colour="red", **options) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind, **options)
    return out.getvalue()


def drawn_signature(size=(600, 200)) -> bytes:
    image = Image.new("RGBA", size, (0, 0, 0, 0))
    ImageDraw.Draw(image).line([(20, 100), (200, 40), (400, 160), (580, 60)], fill="black", width=6)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
