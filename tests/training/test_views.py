"""What visitors and learners see and may send."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from training.actions import enrolments
from training.enums import LessonKind
from training.models import Enrolment, LessonPage, LessonProgress

from .conftest import KEY, OTHER_KEY, study

# of these, the page's own are 5 and 3; the rest finds site, page and person and draws the frame
LIST_QUERIES = 17
COURSE_QUERIES = 17


@pytest.fixture
def learner(client, person) -> Client:
    client.force_login(person.user)
    return client


@pytest.fixture
def enrolment(course, person, at) -> Enrolment:
    return enrolments.enrol(course=course, by=person, now=at("09:00"))


@pytest.fixture
def quiz_lesson(make_course) -> LessonPage:
    return LessonPage.objects.child_of(make_course(LessonKind.QUIZ, slug="quiz-course")).get()


@pytest.fixture
def film_lesson(make_course) -> LessonPage:
    return LessonPage.objects.child_of(make_course(LessonKind.VIDEO, slug="film-course")).get()


def text(response) -> str:
    return response.content.decode()


def main_actions(response) -> list[str]:
    """Return the words of the main buttons inside the page's own content."""
    return re.findall(r'class="button button--main[^>]*>([^<]+)<', text(response).split("<main")[1])


def test_the_list_shows_courses_with_their_size(client, course):
    response = client.get("/courses/")
    assert "低压电工" in text(response)
    assert 'href="/courses/course/"' in text(response)
    assert response["Cache-Control"] == "private, no-store"


def test_an_empty_list_says_so(client, index):
    assert 'class="empty"' in text(client.get("/courses/"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_page_takes_the_same_queries_with_one_and_three(
    learner, make_course, person, at, count, django_assert_num_queries
):
    for number in range(count):
        page = make_course(LessonKind.TEXT, slug=f"course-{number}")
        enrolments.enrol(course=page, by=person, now=at("09:00"))
    learner.get("/courses/")
    with django_assert_num_queries(LIST_QUERIES):
        learner.get("/courses/")


@pytest.mark.parametrize("count", [1, 3])
def test_the_course_page_takes_the_same_queries_with_one_and_three(
    learner, make_course, person, at, count, django_assert_num_queries
):
    enrolments.enrol(course=make_course(*[LessonKind.TEXT] * count), by=person, now=at("09:00"))
    learner.get("/courses/course/")
    with django_assert_num_queries(COURSE_QUERIES):
        learner.get("/courses/course/")


def test_a_visitor_is_asked_to_log_in_and_comes_back(client, course):
    page = client.get("/courses/course/")
    assert main_actions(page) == ["Log in to enrol"]
    assert "?next=/courses/course/" in text(page)


def test_the_main_action_goes_from_enrolling_to_the_exam(learner, course, lessons, person):
    now = timezone.now()
    assert main_actions(learner.get("/courses/course/")) == ["Enrol"]
    assert learner.post(f"/study/enrol/{course.pk}/").url == "/courses/course/"
    assert main_actions(learner.get("/courses/course/")) == ["Start learning"]
    study(lessons[0], person, now + timedelta(minutes=1))
    page = learner.get("/courses/course/")
    assert main_actions(page) == ["Continue"]
    assert 'class="button button--main button--wide" href="/courses/course/lesson-2/"' in text(page)
    study(lessons[1], person, now + timedelta(minutes=5))
    page = learner.get("/courses/course/")
    assert main_actions(page) == ["Go to the exam"]
    assert 'href="/exams/"' in text(page).split("<main")[1]


def test_enrolling_without_a_login_leads_to_the_login(client, course):
    response = client.post(f"/study/enrol/{course.pk}/")
    assert (response.status_code, response.url.split("?")[0]) == (302, "/accounts/login/")
    assert Enrolment.objects.count() == 0


def test_enrolling_without_a_real_name_is_explained(client, course, django_user_model):
    client.force_login(django_user_model.objects.create_user("nameless"))
    assert client.post(f"/study/enrol/{course.pk}/").status_code == 403
    page = client.get("/courses/course/")
    assert main_actions(page) == ["Register my real name"]
    assert 'href="/accounts/real-name/"' in page.text


def test_only_published_courses_take_enrolments(learner, course):
    course.unpublish()
    assert learner.post(f"/study/enrol/{course.pk}/").status_code == 404
    assert learner.get(f"/study/enrol/{course.pk}/").status_code == 405


def test_anyone_may_read_a_lesson(client, lessons):
    page = client.get("/courses/course/lesson-1/")
    assert "先断电，再动手。" in text(page)
    assert "data-beat-url" not in text(page)
    assert page["Cache-Control"] == "private, no-store"


def test_an_enrolled_learner_gets_the_heartbeat_and_a_closed_next_button(learner, enrolment, lessons, person, at):
    page = text(learner.get("/courses/course/lesson-1/"))
    assert f'data-beat-url="/study/beat/{lessons[0].pk}/"' in page
    assert re.search(r'data-csrf="\w{64}"', page)
    assert re.search(r"data-next\s+disabled", page)
    study(lessons[0], person, at("10:00"))
    page = text(learner.get("/courses/course/lesson-1/"))
    assert "data-beat-url" not in page
    assert re.search(r"data-next>", page)


def test_a_lesson_added_later_is_shown_as_extra(learner, enrolment, course, add_lesson):
    add_lesson(course)
    assert "added after you enrolled" in text(learner.get("/courses/course/lesson-3/"))
    assert '<span class="tag">Extra</span>' in text(learner.get("/courses/course/"))


def test_a_heartbeat_answers_with_the_progress(learner, enrolment, lessons, settings):
    settings.STUDY_TIME_SCALE = 1_000_000
    url = f"/study/beat/{lessons[0].pk}/"
    first = learner.post(url)
    assert (first.json(), first["Cache-Control"]) == (
        {"credited": 0, "required": 60, "completed": False},
        "private, no-store",
    )
    assert learner.post(url).json() == {"credited": 60, "required": 60, "completed": True}


def test_a_heartbeat_needs_a_login_an_enrolment_and_a_published_lesson(client, lessons, person):
    url = f"/study/beat/{lessons[0].pk}/"
    assert [(r.status_code, r.json()) for r in [client.post(url)]] == [(403, {"reason": "login"})]
    client.force_login(person.user)
    assert [(r.status_code, r.json()) for r in [client.post(url)]] == [(409, {"reason": "not_enrolled"})]
    lessons[0].unpublish()
    assert client.post(url).status_code == 404
    assert client.get(url).status_code == 405


def test_a_heartbeat_without_its_token_is_refused(enrolment, lessons, person):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person.user)
    url = f"/study/beat/{lessons[0].pk}/"
    assert strict.post(url).status_code == 403
    token = re.search(r'data-csrf="(\w+)"', text(strict.get("/courses/course/lesson-1/")))[1]
    assert strict.post(url, headers={"x-csrftoken": token}).status_code == 200


def test_a_quiz_is_marked_on_the_page_with_the_answers_kept(learner, quiz_lesson, person, at):
    enrolments.enrol(course=quiz_lesson.get_parent().specific, by=person, now=at("09:00"))
    page = text(learner.post(f"/study/quiz/{quiz_lesson.pk}/", {f"q-{KEY}": "1", f"q-{OTHER_KEY}": "1"}))
    assert "1 of 2 right" in page
    assert re.search(rf'name="q-{KEY}" value="1" checked', page)
    assert page.count("没断电，救人的人也会触电。") == 1
    assert LessonProgress.objects.get().quiz_passed_at is None


def test_a_passed_quiz_is_remembered(learner, quiz_lesson, person, at):
    enrolments.enrol(course=quiz_lesson.get_parent().specific, by=person, now=at("09:00"))
    page = text(learner.post(f"/study/quiz/{quiz_lesson.pk}/", {f"q-{KEY}": "0", f"q-{OTHER_KEY}": "1"}))
    assert "notice--passed" in page
    assert "没断电" not in page
    assert LessonProgress.objects.get().quiz_passed_at is not None


def test_explanations_and_answers_wait_for_an_answer(client, quiz_lesson):
    assert "没断电" not in text(client.get(quiz_lesson.url))
    page = text(client.post(f"/study/quiz/{quiz_lesson.pk}/", {f"q-{KEY}": "0"}))
    assert "1 question is not answered yet" in page
    assert "没断电" not in page
    assert re.search(rf'name="q-{KEY}" value="0" checked', page)


def test_a_visitor_may_practise(client, quiz_lesson):
    page = client.post(f"/study/quiz/{quiz_lesson.pk}/", {f"q-{KEY}": "0", f"q-{OTHER_KEY}": "1"})
    assert ("notice--passed" in text(page), page["Cache-Control"]) == (True, "private, no-store")


def test_going_back_to_a_marked_quiz_leads_to_the_lesson(client, quiz_lesson):
    assert client.get(f"/study/quiz/{quiz_lesson.pk}/").url == quiz_lesson.url


def test_a_film_never_plays_by_itself_and_has_its_transcript(client, film_lesson):
    page = text(client.get(film_lesson.url))
    video = re.search(r"<video[^>]*>", page)[0]
    assert all(word in video for word in ("controls", " playsinline", "webkit-playsinline", "x5-playsinline"))
    assert 'preload="metadata"' in video
    assert "autoplay" not in video
    assert page.index("先断电，再动手。") > page.index("</video>")


def test_a_film_is_sent_in_ranges(client, film_lesson):
    response = client.get(f"/study/film/{film_lesson.pk}/", headers={"range": "bytes=0-3"})
    assert (response.status_code, b"".join(response.streaming_content)) == (206, b"0123")
    assert response["Content-Type"] == "video/mp4"


def test_a_lesson_without_a_film_has_none_to_send(client, lessons):
    assert client.get(f"/study/film/{lessons[0].pk}/").status_code == 404


def test_what_the_cms_keeps_private_stays_private(client, film_lesson, person):
    PageViewRestriction.objects.create(page=film_lesson.get_parent(), restriction_type=PageViewRestriction.LOGIN)
    assert client.get(f"/study/film/{film_lesson.pk}/").status_code == 404
    assert client.post(f"/study/quiz/{film_lesson.pk}/").status_code == 404
    client.force_login(person.user)
    response = client.get(f"/study/film/{film_lesson.pk}/")
    assert b"".join(response.streaming_content) == b"0123456789"


def test_markup_in_titles_and_questions_is_escaped(client, course, add_lesson):
    lesson = add_lesson(course, title="<img onerror=x>", body='[{"type": "table", "value": "<b>甲</b>", "id": "t"}]')
    page = text(client.get(lesson.url))
    assert "<img onerror" not in page
    assert "&lt;b&gt;甲&lt;/b&gt;" in page


def test_an_editor_may_preview_a_lesson_that_is_not_saved_yet(course):
    lesson = LessonPage(title="新课", slug="new", minutes=5)
    lesson.path, lesson.depth = course.path + "0009", course.depth + 1
    lesson.set_url_path(course)
    page = lesson.make_preview_request()
    assert "新课" in page.rendered_content
