"""Papers on paper: what is printed, in what order, and that the key is nowhere but in the key."""

import io
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image
from pypdf import PdfReader

from accounts.enums import Role
from core.models import AuditEntry
from exams.actions.admissions import admit
from exams.actions.papers import draw_many
from exams.documents import sheets as printing
from exams.enums import QuestionKind
from exams.models import Attempt, Case, CaseVersion, Option, PaperSlot, StemMedia
from exams.queries.papers import key_of, keys_of, printed, printed_many
from exams.queries.printing import key_sheets, on_seats, sheets


@pytest.fixture
def officer(staff):
    return staff(Role.EXAM_OFFICER)


@pytest.fixture
def browser(officer):
    client = Client(headers={"accept-language": "en"})
    client.force_login(officer)
    return client


@pytest.fixture
def room(sitting, make_person, at) -> list[Attempt]:
    """Three candidates; those on seats 1 and 2 came the other way round."""
    sitting.room.seats = 3
    sitting.room.save()
    admitted = [admit(sitting=sitting, person=make_person(), by=None, now=at("08:30")) for _ in range(3)]
    for admission, seat in zip(admitted, (20, 1, 3), strict=True):
        admission.seat = seat
        admission.save()
    return [admission.attempt for admission in admitted]


def pages(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def test_a_paper_has_its_head_its_questions_its_answer_sheet_and_no_key(attempt):
    sitting = attempt.admission.sitting
    pdf = pages(printing.papers_pdf(sitting, sheets([attempt])))
    first, answers = pdf[0], pdf[-1]
    for said in ("理论考试", "王小电", attempt.admission.ticket, "共 5 题", "满分 5 分", "低压电工作业", "120 分钟"):
        assert said in first
    assert "一、判断题（共 3 题，每题 1 分）" in first
    assert "二、单项选择题（共 2 题，每题 1 分）" in first
    for item in printed(attempt.paper_id):
        assert item.stem in first
        assert all(f"{option.letter}. {option.text}" in first for option in item.options)
    assert "答题纸" in answers
    assert "第 1–5 题（写字母）" in answers
    assert "收卷回执" in answers
    assert "why" not in "".join(pdf)


def test_the_room_is_printed_in_the_order_of_seats_each_paper_on_a_leaf_of_its_own(room, sitting):
    attempts = list(on_seats(sitting))
    assert [attempt.admission.seat for attempt in attempts] == [1, 3, 20]
    pdf = pages(printing.papers_pdf(sitting, sheets(attempts)))
    begins = [number for number, text in enumerate(pdf) if "请把答案写在答题纸上" in text]
    assert [re.search(r"座位号　(\d+)", pdf[number])[1] for number in begins] == ["1", "3", "20"]
    assert all(number % 2 == 0 for number in begins)
    for begin in begins:
        numbered = [re.search(r"第 (\d+) 页　共 (\d+) 页", text) for text in pdf[begin : begin + 3]]
        assert [found.groups() for found in numbered if found] == [("1", "3"), ("2", "3"), ("3", "3")] or [
            found.groups() for found in numbered if found
        ] == [("1", "3"), ("3", "3")]


def test_the_keys_are_those_of_each_candidates_own_paper(room, sitting):
    attempts = list(on_seats(sitting))
    text = "\n".join(pages(printing.keys_pdf(sitting, key_sheets(attempts))))
    assert "仅供考务人员" in text
    for attempt in attempts:
        block = text.split(f"准考证号 {attempt.admission.ticket}")[1].split("座位号")[0]
        found = dict(re.findall(r"(?<!\d)([1-5]) ([A-D])", block))
        assert found == {str(slot): said for slot, said in key_of(attempt.paper_id).items()}
    assert "stem of" not in text


@pytest.fixture
def all_kinds(attempt, make_question, at, settings, tmp_path):
    """The paper with a case, a picture, a film, a match, an order and blanks beside its five questions."""
    settings.MEDIA_ROOT = tmp_path
    matching = make_question("match", QuestionKind.MATCHING, ["红", "黄"], 0).current
    for option, match in zip(matching.options.all(), ("禁止", "警告"), strict=True):
        Option.objects.filter(pk=option.pk).update(match=match)
    order = make_question("order", QuestionKind.ORDERING, ["停电", "验电", "接地"], 0).current
    blanks = make_question("blanks", QuestionKind.FILL_IN, ["36", "50"], 0).current
    for position, option in enumerate(blanks.options.all()):
        Option.objects.filter(pk=option.pk).update(blank=position)
    blanks.stem = "特低电压 ____ V，频率 ____ Hz。\n另一行：龘𪚥"
    case = Case.objects.create(code="c1", point=matching.question.point)
    blanks.case_version = CaseVersion.objects.create(
        case=case, number=1, stem="某车间停电检修。", created_at=at("08:00")
    )
    blanks.save()
    picture = io.BytesIO()
    Image.new("RGB", (3000, 1000), "red").save(picture, "JPEG")
    for position, (name, kind, content) in enumerate(
        [
            ("sign.jpg", "image/jpeg", picture.getvalue()),
            ("film.mp4", "video/mp4", b"\0" * 16),
            ("bad.png", "image/png", b"no picture"),
        ]
    ):
        StemMedia.objects.create(
            version=order,
            position=position,
            file=ContentFile(content, name),
            name=name,
            content_type=kind,
            digest="0" * 64,
            alt=f"甲{position}乙",
        )
    for number, (version, shown, width) in enumerate([(matching, "10", 2), (order, "201", 3), (blanks, "", 2)], 6):
        PaperSlot.objects.create(
            paper=attempt.paper, number=number, version=version, kind=version.question.kind, order=shown, width=width
        )
    return attempt


def test_every_kind_is_printed_and_a_picture_that_is_none_is_named(all_kinds, caplog):
    pdf = printing.papers_pdf(all_kinds.admission.sitting, sheets([all_kinds]))
    text = "".join("".join(pages(pdf)).splitlines())  # wherever a line ends
    for said in ("某车间停电检修。", "案例题", "1. 红", "A. 警告", "A. 接地", "另一行", "第 8 题（写文字或数字）"):
        assert said in text
    assert "（本题的影像请向监考员索取：甲 1 乙）" in text
    assert "（本题的图片无法印出：甲 2 乙）" in text
    assert "cannot be printed" in caplog.text
    images = [image for page in PdfReader(io.BytesIO(pdf)).pages for image in page.images]
    assert [image.image.size for image in images] == [(1600, 533)]
    assert ("〓" in text) == ("no glyph" in caplog.text)


def test_words_stand_in_the_key_as_words(all_kinds):
    text = "\n".join(pages(printing.keys_pdf(all_kinds.admission.sitting, key_sheets([all_kinds]))))
    assert "36；50" in text
    assert re.search(r"7 BCA", text)


def test_many_papers_read_as_one_by_one(all_kinds, blueprint, at):
    drawn = draw_many(blueprint=blueprint, seeds=[1, 2], now=at("08:00"))
    ids = [all_kinds.paper_id, *(paper.pk for paper in drawn)]
    assert printed_many(ids) == {paper: printed(paper) for paper in ids}
    assert keys_of(ids) == {paper: key_of(paper) for paper in ids}


def test_many_papers_cost_the_same_queries_as_one(room, django_assert_num_queries):
    for attempts in (room[:1], room):
        with django_assert_num_queries(6):
            sheets(attempts)
        with django_assert_num_queries(5):
            key_sheets(attempts)


@pytest.mark.parametrize(("address", "what"), [("papers", "papers"), ("keys", "keys")])
def test_a_print_of_the_room_is_a_private_pdf_and_recorded(room, sitting, browser, officer, address, what):
    reply = browser.get(f"/admin/papers/sittings/{sitting.pk}/{address}.pdf")
    assert reply.content[:5] == b"%PDF-"
    assert (reply["Content-Type"], reply["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert "no-store" in reply["Cache-Control"]
    entry = AuditEntry.objects.filter(deed="exported").get()
    assert (entry.actor_id, entry.object_id, entry.after) == (
        officer.pk,
        str(sitting.pk),
        {"printed": what, "papers": 3},
    )


def test_one_paper_and_its_key_are_printed(attempt, browser):
    paper = browser.get(f"/admin/papers/{attempt.pk}/paper.pdf")
    key = browser.get(f"/admin/papers/{attempt.pk}/key.pdf")
    assert "stem of" in "".join(pages(paper.content))
    assert "参考答案" in "".join(pages(key.content))
    assert AuditEntry.objects.filter(deed="exported", kind="exams.attempt").count() == 2


@pytest.mark.parametrize("role", [Role.INVIGILATOR, Role.EXAMINER, Role.QUESTION_AUTHOR, Role.CERTIFIER])
def test_nobody_but_officers_prints_anything(attempt, staff, client, role):
    client.force_login(staff(role))
    for name in ("paper.pdf", "key.pdf"):
        assert client.get(f"/admin/papers/{attempt.pk}/{name}").status_code in (302, 403)
    assert not AuditEntry.objects.filter(deed="exported").exists()


def test_cancelled_seats_are_neither_printed_nor_found(attempt, browser, at):
    attempt.admission.cancelled_at = at("08:50")
    attempt.admission.save()
    assert list(on_seats(attempt.admission.sitting)) == []
    assert browser.get(f"/admin/papers/{attempt.pk}/paper.pdf").status_code == 404


def test_a_machine_without_the_fonts_says_so_and_records_nothing(attempt, browser, settings, tmp_path):
    settings.CERTIFICATE_FONTS = tmp_path
    reply = browser.get(f"/admin/papers/{attempt.pk}/paper.pdf", follow=True)
    assert "This could not be printed" in reply.text or "无法打印" in reply.text
    assert not AuditEntry.objects.filter(deed="exported").exists()


def test_a_press_that_fails_is_told_apart(attempt, monkeypatch, tmp_path):
    broken = tmp_path / "sheets.typ"
    broken.write_text("#nothing-of-the-kind")
    monkeypatch.setattr(printing, "PAPERS", broken)
    with pytest.raises(printing.NotPrinted, match="unknown variable"):
        printing.papers_pdf(attempt.admission.sitting, sheets([attempt]))


def test_the_fonts_are_those_of_the_certificate():
    assert all(Path(folder).is_dir() for folder in printing._fonts(Path(settings.CERTIFICATE_FONTS)))
