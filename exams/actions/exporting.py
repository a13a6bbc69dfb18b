"""Questions leave the house as a file, keys and all: who took which is recorded."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from accounts.enums import Role
from accounts.models import User
from accounts.queries import has_any_role, has_role
from core.actions.auditing import record
from core.enums import Deed
from exams.enums import ExchangeFormat
from exams.exchange import aiken, formats
from exams.models import Question, QuestionVersion
from exams.queries.bank import Wanted, in_the_bank
from exams.queries.drafts import draft_of, whole
from exams.rules.items import Draft

MOST = 20_000
AT_ONCE = 500


class NotAllowed(Exception):
    """Only authors and exam officers take questions out."""


class TooMany(Exception):
    """More questions than one file takes."""


@dataclass(frozen=True)
class Exported:
    """A file of questions; ``left_out`` are those its format cannot hold."""

    content: bytes
    ending: str
    count: int
    left_out: int


def export(*, wanted: Wanted, format: ExchangeFormat, day: date, by: User, now: datetime) -> Exported:
    """Return the questions of a filter as a file, each in its approved version, else in its newest.

    Questions reserved for exams leave with an exam officer alone. Three queries for each 500 questions, and two.

    :raises NotAllowed: ``by`` lacks the roles.
    :raises TooMany: more than MOST questions.
    """
    if not has_any_role(by, (Role.QUESTION_AUTHOR, Role.EXAM_OFFICER)):
        raise NotAllowed
    questions = in_the_bank(wanted, day)
    if not has_role(by, Role.EXAM_OFFICER):
        questions = questions.filter(reserved=False)
    keys = list(questions.values_list("pk", flat=True)[: MOST + 1])
    if len(keys) > MOST:
        raise TooMany
    drafts = list(_drafts(keys, with_media=format not in (ExchangeFormat.XLSX, ExchangeFormat.CSV)))
    held = [draft for draft in drafts if format != ExchangeFormat.AIKEN or aiken.holds(draft)]
    content = formats.write(held, format)
    said = {name: value for name, value in asdict(wanted).items() if value not in ("", None)}
    with transaction.atomic():
        record(
            deed=Deed.EXPORTED,
            kind=Question._meta.label_lower,
            after={"questions": len(held), "format": str(format), **said},
            by=by,
            now=now,
        )
    return Exported(content, formats.ENDINGS[format], len(held), len(drafts) - len(held))


def _drafts(keys: list[int], *, with_media: bool) -> Iterator[Draft]:
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        chosen: dict[int, QuestionVersion] = {}
        for version in whole(QuestionVersion.objects.filter(question__in=some)).order_by("number"):
            current = version.question.current_id
            if current in (None, version.pk):
                chosen[version.question_id] = version
        yield from (draft_of(chosen[key], media=with_media) for key in some if key in chosen)
