"""Old registers as offices keep them, and the rules they were issued under."""

from datetime import date

import pytest

from accounts.enums import Role
from exams.actions.registers import deciding, reading, taking
from exams.enums import ImportMode
from exams.models import Category, CertificateImport, Operation, OperationRule, Scheme
from tests.accounts.roster_files import xlsx
from tests.conftest import id_number

TITLES = (
    "序号",
    "姓名",
    "身份证号",
    "操作证号",
    "作业类别",
    "准操项目",
    "初领日期",
    "有效期限",
    "应复审日期",
    "实际复审日期",
)


WANG, LI = id_number(501), id_number(502, "19851224")
ROW = (
    1,
    "王老电",
    WANG,
    f"T{WANG}",
    "电工作业",
    "低压电工作业",
    "2021.3.5",
    "2021.3.5-2027.3.4",
    "2024.3.5",
    "2024.2.20",
)


def row(**changes):
    """Return ROW with cells changed, by their titles."""
    return tuple(changes.get(title, cell) for title, cell in zip(TITLES, ROW, strict=True))


def scheme(code: str, **fields) -> Scheme:
    values = {
        "name": code, "validity_years": 6, "minimum_age": 18, "part_valid_months": 12, "anywhere": False,
        "skill_level_waives_training": False, "source": code, **fields,
    }  # fmt: skip
    return Scheme.objects.create(code=code, **values)


@pytest.fixture
def rulebook(db):
    """Orders 30 and 19 with two operations; the second has no rules under Order 30."""
    old = scheme("order-30", effective_from=date(2010, 7, 1), effective_to=date(2026, 5, 31), review_every_years=3)
    new = scheme("order-19", effective_from=date(2026, 6, 1))
    category = Category.objects.create(number=1, name="电工作业")
    low, high = (
        Operation.objects.create(category=category, number=number, name=name)
        for number, name in ((2, "低压电工作业"), (1, "高压电工作业"))
    )
    values = {
        "theory_minutes": 120, "theory_pass_mark": 80, "practical_minutes": 60, "practical_pass_mark": 80,
        "confirmed": False, "source": "?",
    }  # fmt: skip
    for one, operation in ((old, low), (new, low), (new, high)):
        OperationRule.objects.create(scheme=one, operation=operation, **values)
    return old, new


@pytest.fixture
def certifier(staff):
    return staff(Role.CERTIFIER)


@pytest.fixture
def hand_in(rulebook, certifier, settings, tmp_path, at):
    """Return a function that hands rows in below TITLES, or a whole file, and has it read."""
    settings.MEDIA_ROOT = tmp_path / "media"

    def work(*rows, titles=TITLES, data: bytes | None = None, merged=()) -> CertificateImport:
        content = xlsx([titles, *rows], merged=merged) if data is None else data
        batch = deciding.upload(
            filename="2019年台账.xlsx", data=content, source="市局台账，截至2026年5月", by=certifier, now=at("08:00")
        )
        reading.read(import_id=batch.pk, clock=lambda: at("08:01"))
        return CertificateImport.objects.get(pk=batch.pk)

    return work


@pytest.fixture
def take_over(certifier, at):
    """Return a function that confirms an import and has it taken over."""

    def work(batch: CertificateImport, mode=ImportMode.ALL_GOOD) -> CertificateImport:
        deciding.confirm(import_id=batch.pk, mode=mode, by=certifier, now=at("08:02"))
        taking.take_over(import_id=batch.pk, clock=lambda: at("08:03"))
        return CertificateImport.objects.get(pk=batch.pk)

    return work


def verdicts(batch: CertificateImport) -> list[tuple[str, list[str]]]:
    """Return each line's verdict and the codes of its reasons."""
    return [(line.verdict, [reason["code"] for reason in line.reasons]) for line in batch.lines.all()]
