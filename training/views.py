"""Enrol, study, practise, watch. Courses and lessons themselves are Wagtail pages."""

from dataclasses import asdict

from django.conf import settings
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.decorators import person_required
from training import film_stream
from training.actions import enrolments, progress
from training.models import CoursePage, LessonPage

FILM_AGE = 24 * 3600
QUESTION_PREFIX = "q-"


def _open_page(request, model, pk: int):
    """Return the published page if this visitor may see it; else 404."""
    page = get_object_or_404(model.objects.live(), pk=pk)
    if not all(restriction.accept_request(request) for restriction in page.get_view_restrictions()):
        raise Http404
    return page


@require_POST
@person_required
def enrol(request, course_id: int):
    course = _open_page(request, CoursePage, course_id)
    enrolments.enrol(course=course, by=request.person, now=request.now)
    return redirect(course.get_url(request))


@require_POST
@cache_control(private=True, no_store=True)
def beat(request, lesson_id: int):
    if not request.person:
        return JsonResponse({"reason": "login"}, status=403)
    lesson = _open_page(request, LessonPage, lesson_id)
    try:
        now_at = progress.beat(lesson=lesson, by=request.person, now=request.now, scale=settings.STUDY_TIME_SCALE)
    except progress.NotEnrolled:
        return JsonResponse({"reason": "not_enrolled"}, status=409)
    return JsonResponse(asdict(now_at))


@require_http_methods(["GET", "POST"])
def quiz(request, lesson_id: int):
    lesson = _open_page(request, LessonPage, lesson_id)
    if request.method == "GET":
        return redirect(lesson.get_url(request))
    answers = {
        name.removeprefix(QUESTION_PREFIX): value
        for name, value in request.POST.items()
        if name.startswith(QUESTION_PREFIX)
    }
    marks = progress.pass_quiz(lesson=lesson, answers=answers, by=request.person, now=request.now)
    return lesson.serve(request, marks=marks)


@require_GET
@cache_control(private=True, max_age=FILM_AGE)
def film(request, lesson_id: int):
    video = _open_page(request, LessonPage, lesson_id).video
    if video is None:
        raise Http404
    file = video.file.open("rb")
    return film_stream.respond(file=file, size=video.file.size, header=request.headers.get("Range", ""))
