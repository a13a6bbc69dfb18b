"""Practising: boxes, the day's twenty, favourites, mock exams; never what is reserved."""

import json
from datetime import date, timedelta

import pytest
from django.utils import timezone

from exams.actions import practice as acts
from exams.enums import AttemptStatus, PracticeMode, QuestionKind
from exams.models import KnowledgePoint, PaperSlot, PracticeAnswer, PracticeItem, Question
from exams.queries import practice as reading
from exams.queries.practicals import awaiting_practical
from exams.rules import practice

DAY = date(2026, 11, 23)


@pytest.fixture
def operation(blueprint):
    return blueprint.operation


def give(question, person, now, *, right: bool, mode=PracticeMode.CHAPTER):
    """Answer a choice question in the bank's order."""
    keyed = question.current.options.get(is_right=True).position
    letter = "ABCD"[keyed if right else (keyed + 1) % question.current.options.count()]
    order = "".join(str(number) for number in range(question.current.options.count()))
    return acts.answer(version_id=question.current_id, order=order, response=letter, mode=mode, by=person, now=now)


@pytest.mark.parametrize(
    ("box", "right", "expected"),
    [
        (None, True, practice.OUT),
        (None, False, practice.Place(1, DAY)),
        (1, True, practice.Place(2, DAY + timedelta(days=2))),
        (4, True, practice.Place(5, DAY + timedelta(days=16))),
        (5, True, practice.OUT),
        (5, False, practice.Place(1, DAY)),
    ],
)
def test_a_question_moves_through_the_boxes(box, right, expected):
    assert practice.place_after(box=box, right=right, today=DAY) == expected


def test_the_days_twenty_begin_with_what_is_due_and_stay_the_same_all_day():
    given = {"person": 7, "today": DAY, "due": list(range(12)), "unseen": list(range(100, 150)), "seen": [10, 11, 50]}
    chosen = practice.daily(**given)
    assert chosen[:10] == list(range(10))
    assert all(one >= 100 for one in chosen[10:])
    assert (len(chosen), len(set(chosen)), chosen == practice.daily(**given)) == (20, 20, True)
    assert practice.daily(**given | {"person": 8}) != chosen


def test_the_days_list_falls_back_on_what_was_asked_longest_ago():
    chosen = practice.daily(person=1, today=DAY, due=[1], unseen=[2], seen=[1, 2, 3, 4], count=4)
    assert chosen == [1, 2, 3, 4]


def test_a_wrong_answer_enters_the_book_and_a_right_one_moves_it_on(operation, person, at):
    question = Question.objects.get(code="sc-0")
    given = give(question, person, at("10:00"), right=False)
    assert (given.answer.is_right, given.item.box, given.item.due_on) == (False, 1, DAY)
    assert reading.queue(person, operation, mode=PracticeMode.WRONG, point=None, now=at("10:01")) == [question.pk]
    given = give(question, person, at("10:05"), right=True)
    assert (given.item.box, given.item.due_on) == (2, DAY + timedelta(days=2))
    assert (given.item.times, given.item.times_right, given.item.last_right) == (2, 1, True)
    assert reading.queue(person, operation, mode=PracticeMode.WRONG, point=None, now=at("10:06")) == []


def test_what_is_reserved_is_never_practised(operation, person, at):
    Question.objects.update(reserved=True)
    question = Question.objects.first()
    assert not reading.practisable(operation).exists()
    assert reading.next_question(person, operation, mode="chapter", point=None, now=at("10:00")) is None
    with pytest.raises(acts.NotForPractice):
        give(question, person, at("10:00"), right=True)
    with pytest.raises(acts.NotForPractice):
        acts.keep_favourite(question_id=question.pk, favourite=True, by=person)
    assert PracticeItem.objects.count() == 0


@pytest.mark.parametrize(
    ("order", "response"), [("0123", "E"), ("012", "A"), ("0124", "A"), ("0123", "AB"), ("0122", "A")]
)
def test_an_answer_that_does_not_fit_is_refused(operation, person, at, order, response):
    question = Question.objects.get(code="sc-0")
    with pytest.raises(acts.BadPracticeAnswer):
        acts.answer(
            version_id=question.current_id, order=order, response=response, mode="daily", by=person, now=at("10:00")
        )
    assert PracticeAnswer.objects.count() == 0


def test_chapters_ask_what_was_never_asked_first(operation, person, at):
    point = KnowledgePoint.objects.get()
    for minute in range(10):
        question = reading.next_question(person, operation, mode="chapter", point=point, now=at(f"10:{minute:02d}"))
        give(question, person, at(f"10:{minute:02d}"), right=True)
    assert PracticeItem.objects.filter(times=1).count() == 10
    again = reading.next_question(person, operation, mode="chapter", point=point, now=at("11:00"))
    assert again == PracticeItem.objects.order_by("last_at").first().question


def test_todays_twenty_end(operation, person, at, monkeypatch):
    monkeypatch.setattr(practice, "DAILY", 3)
    for minute in range(3):
        question = reading.next_question(person, operation, mode="daily", point=None, now=at(f"10:{minute:02d}"))
        give(question, person, at(f"10:{minute:02d}"), right=True, mode=PracticeMode.DAILY)
    assert reading.next_question(person, operation, mode="daily", point=None, now=at("10:10")) is None
    tomorrow = at("10:00") + timedelta(days=1)
    assert reading.next_question(person, operation, mode="daily", point=None, now=tomorrow) is not None


def test_the_overview_counts_what_is_known(operation, person, at, django_assert_num_queries):
    give(Question.objects.get(code="sc-0"), person, at("10:00"), right=True)
    give(Question.objects.get(code="sc-1"), person, at("10:01"), right=False)
    acts.keep_favourite(question_id=Question.objects.get(code="sc-2").pk, favourite=True, by=person)
    with django_assert_num_queries(3):
        state = reading.overview(person, operation, at("10:02"))
    assert (state.due, state.in_book, state.favourites, state.today, state.streak) == (1, 1, 1, 2, 1)
    (point,) = state.points
    assert (point.questions, point.answered, point.right, point.mastery) == (10, 2, 1, 10)


@pytest.mark.parametrize(
    ("days", "expected"),
    [(set(), 0), ({0}, 1), ({1}, 1), ({0, 1, 2}, 3), ({1, 2}, 2), ({2, 3}, 0), ({0, 2}, 1)],
)
def test_a_streak_waits_for_today(days, expected):
    assert reading.streak({DAY - timedelta(days=back) for back in days}, DAY) == expected


def test_a_mock_exam_is_a_real_attempt_without_reserved_questions(operation, person, at):
    Question.objects.filter(code__in=["sc-0", "sc-1", "tf-0", "tf-1", "tf-2"]).update(reserved=True)
    attempt = acts.begin_mock(operation=operation, by=person, now=at("10:00"))
    assert (attempt.status, attempt.deadline - attempt.started_at) == (
        AttemptStatus.IN_PROGRESS,
        timedelta(minutes=120),
    )
    drawn = PaperSlot.objects.filter(paper=attempt.paper)
    assert drawn.count() == 5
    assert not drawn.filter(version__question__reserved=True).exists()
    assert acts.begin_mock(operation=operation, by=person, now=at("10:05")) == attempt
    assert acts.begin_mock(operation=operation, by=person, now=at("13:05")) != attempt


def test_a_mock_exam_counts_for_nothing(operation, person, at):
    from exams.actions import answers, attempts, grading
    from exams.queries.papers import key_of

    attempt = acts.begin_mock(operation=operation, by=person, now=at("10:00"))
    lease = attempts.take_lease(attempt_id=attempt.pk, by=person)
    for slot, letter in key_of(attempt.paper_id).items():
        answers.save(
            attempt_id=attempt.pk, lease=lease, change=answers.Change(slot, letter, False, slot), now=at("10:10")
        )
    attempts.submit(attempt_id=attempt.pk, lease=lease, now=at("10:20"))
    assert grading.grade(attempt_id=attempt.pk, now=at("10:21")).passed is True
    assert list(awaiting_practical()) == []
    assert [one.pk for one in reading.mocks_of(person, operation)] == [attempt.pk]


def test_ten_mock_exams_a_day_are_enough(operation, person, at, monkeypatch):
    monkeypatch.setattr(acts, "MOCKS_A_DAY", 1)
    acts.begin_mock(operation=operation, by=person, now=at("10:00"))
    with pytest.raises(acts.EnoughForToday):
        acts.begin_mock(operation=operation, by=person, now=at("13:00"))


def test_without_a_blueprint_there_is_no_mock_exam(rule, person, at):
    with pytest.raises(acts.NoMockExam):
        acts.begin_mock(operation=rule.operation, by=person, now=at("10:00"))


@pytest.fixture
def browser(client, person):
    client.force_login(person.user)
    return client


def test_a_question_is_answered_and_explained(browser, operation, person):
    page = browser.get(f"/exams/practice/{operation.pk}/daily/")
    sheet = page.context["sheet"]
    assert "why " not in page.content.decode()
    reply = browser.post(
        f"/exams/practice/{operation.pk}/daily/", {"version": sheet.version_id, "order": sheet.order, "letter": "A"}
    )
    given = PracticeAnswer.objects.get()
    assert (reply.status_code, reply.headers["Location"]) == (302, f"/exams/practice/answers/{given.pk}/")
    shown = browser.get(reply.headers["Location"])
    assert given.version.explanation in shown.content.decode()
    assert given.version.source in shown.content.decode()


@pytest.mark.parametrize("kind", [QuestionKind.FILL_IN, QuestionKind.ORDERING, QuestionKind.MATCHING])
def test_every_kind_can_be_practised_without_a_script(browser, make_question, person, kind):
    question = make_question("odd", kind, ["甲", "乙", "丙"], 0)
    options = list(question.current.options.all())
    for number, option in enumerate(options):
        option.blank, option.match = (0, "") if kind == QuestionKind.FILL_IN else (None, f"配{number}")
        option.save()
    url = f"/exams/practice/{question.point.operation_id}/chapter/"
    sheet = browser.get(url).context["sheet"]
    texts = {option.text: option.letter for option in sheet.item.options}
    fields = {
        QuestionKind.FILL_IN: {"blank0": "乙"},
        QuestionKind.ORDERING: {f"step{texts.get(one.text)}": number for number, one in enumerate(options, 1)},
        QuestionKind.MATCHING: {f"left{number}": texts.get(f"配{number}") for number in range(3)},
    }[kind]
    browser.post(url, {"version": sheet.version_id, "order": sheet.order, **fields})
    given = PracticeAnswer.objects.get()
    assert (given.is_right, PracticeItem.objects.get().box) == (True, None)
    if kind == QuestionKind.FILL_IN:
        assert json.loads(given.response) == ["乙"]
    assert browser.get(f"/exams/practice/answers/{given.pk}/").status_code == 200


def test_somebody_elses_answer_is_not_found(browser, operation, other_person, at):
    given = give(Question.objects.first(), other_person, at("10:00"), right=True).answer
    assert browser.get(f"/exams/practice/answers/{given.pk}/").status_code == 404


def test_the_overview_page_draws_the_radar_and_the_table(browser, operation, person):
    for code in ("K12", "K13"):
        KnowledgePoint.objects.create(operation=operation, code=code, name=code)
    Question.objects.filter(code="sc-0").update(point=KnowledgePoint.objects.get(code="K12"))
    Question.objects.filter(code="sc-1").update(point=KnowledgePoint.objects.get(code="K13"))
    page = browser.get(f"/exams/practice/{operation.pk}/").content.decode()
    assert page.count("radar__ring") == 4
    assert page.count("<tr>") == 4
    assert browser.get("/exams/practice/").content.decode().count(f"/exams/practice/{operation.pk}/") == 1


def test_a_favourite_is_kept_and_given_up(browser, operation, person):
    question = Question.objects.first()
    browser.post(f"/exams/practice/favourites/{question.pk}/", {"keep": "1"})
    assert PracticeItem.objects.get().favourite is True
    browser.post(f"/exams/practice/favourites/{question.pk}/", {"keep": "0"})
    assert PracticeItem.objects.get().favourite is False
    assert browser.post("/exams/practice/favourites/999999/", {"keep": "1"}).status_code == 404


def test_the_mock_button_leads_to_the_runner(browser, operation, person):
    reply = browser.post(f"/exams/practice/{operation.pk}/mock/")
    (attempt,) = reading.mocks_of(person, operation)
    assert reply.headers["Location"] == f"/exams/attempts/{attempt.pk}/"
    assert attempt.started_at <= timezone.now()
