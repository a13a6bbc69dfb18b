"""The paper that a running exam fetches is the paper that is printed."""

from dataclasses import asdict
from decimal import Decimal

from exams.enums import QuestionKind
from exams.models import Case, CaseVersion, Option, PaperSlot, StemMedia
from exams.queries.papers import printed
from exams.queries.sheets import sheet


def test_the_sheet_is_what_is_printed(attempt, make_question, at, django_assert_num_queries):
    matching = make_question("match", QuestionKind.MATCHING, ["红", "黄", ""], 0).current
    for option, match in zip(matching.options.all(), ("禁止", "警告", "提示"), strict=True):
        Option.objects.filter(pk=option.pk).update(match=match)
    blanks = make_question("blank", QuestionKind.FILL_IN, ["10", "十"], 0).current
    case = Case.objects.create(code="c1", point=matching.question.point)
    blanks.case_version = CaseVersion.objects.create(case=case, number=1, stem="某车间……", created_at=at("08:00"))
    blanks.save()
    medium = {"position": 0, "name": "a.png", "content_type": "image/png", "digest": "0" * 64, "alt": "一张图"}
    picture = StemMedia.objects.create(version=blanks, file="questions/a.png", **medium)
    add = {"paper_id": attempt.paper_id, "marks": Decimal("2.50")}
    PaperSlot.objects.create(number=6, version=matching, kind=QuestionKind.MATCHING, order="201", width=2, **add)
    PaperSlot.objects.create(number=7, version=blanks, kind=QuestionKind.FILL_IN, width=1, **add)
    with django_assert_num_queries(4):
        found = sheet(attempt.paper_id)
    assert found == [asdict(item) for item in printed(attempt.paper_id)]
    assert (found[5]["lefts"], [one["text"] for one in found[5]["options"]]) == (["红", "黄"], ["提示", "禁止", "警告"])
    assert (found[6]["case"], found[6]["marks"], found[6]["options"]) == ("某车间……", "2.5", [])
    assert found[6]["media"] == [{"id": picture.pk, "film": False, "alt": "一张图"}]
