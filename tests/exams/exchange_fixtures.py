"""Files of questions on their way: handed in, read, compared, taken in."""

import pytest
from django.utils import timezone

from exams.actions.importing import comparing, deciding, reading, taking
from exams.models import QuestionImport

TITLES = "编码,题型,题干,A,B,C,答案,解析,知识点,来源"
ONE = "x-1,单选题,停电之后首先应当（ ）。,挂牌,验电,接地,B,先验电。,K41,GB 26860"
TWO = ",多选题,下列属于安全用具的有（ ）。,绝缘手套,毛巾,验电器,AC,,,"
THREE = ",判断题,特种作业人员必须持证上岗。,,,,√,,技术措施,"
BAD = ",单选题,答案写错的题,甲,乙,丙,Z,,,"
FREE = ",简答题,谈谈安全。,,,,略,,,"


def table(*rows: str) -> bytes:
    """Return a table of these rows as a CSV file."""
    return "\n".join([TITLES, *rows]).encode()


@pytest.fixture
def brought(author, point, at, settings, tmp_path):
    """Return a function that hands a file in and lets a worker read it."""
    settings.MEDIA_ROOT = tmp_path

    def bring(*rows: str, data: bytes = b"", by=author, **said) -> QuestionImport:
        said = {"operation": point.operation, "filename": "题库.csv", "by": by, "now": at("09:00")} | said
        batch = deciding.upload(data=data or table(*rows), **said)
        reading.read(import_id=batch.pk, clock=timezone.now)
        batch.refresh_from_db()
        return batch

    return bring


@pytest.fixture
def taken(brought, author, point, at):
    """Return a function that hands a file in and takes all that is good into the bank."""

    def take(*rows: str, **said) -> QuestionImport:
        batch = brought(*rows, **said)
        comparing.compare(import_id=batch.pk, clock=timezone.now)
        deciding.confirm(
            import_id=batch.pk, doubtful=True, alike=True, point=point, source="大纲", by=author, now=at("09:10")
        )
        taking.take_in(import_id=batch.pk, clock=timezone.now)
        batch.refresh_from_db()
        return batch

    return take


def fates(batch: QuestionImport) -> list[tuple]:
    """Return line, verdict and fate of each item."""
    return [(item.first, item.verdict, item.fate) for item in batch.items.all()]
