"""Study: heartbeats, practice quizzes, and what they complete. The only writer of progress."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import DateTimeField, Exists, F, Max, OuterRef, QuerySet, Value
from django.db.models.functions import Greatest

from accounts.models import Person
from training.enums import LessonKind
from training.models import Enrolment, LessonPage, LessonProgress
from training.rules import practice, study_time


class NotEnrolled(Exception):
    """The person's enrolment does not require this lesson, or there is none: nothing is credited."""


@dataclass(frozen=True)
class Progress:
    """Where a learner stands in a lesson, in whole seconds."""

    credited: int
    required: int
    completed: bool


def beat(*, lesson: LessonPage, by: Person, now: datetime, scale: float) -> Progress:
    """Credit the time since the learner's last heartbeat anywhere to ``lesson``.

    :raises NotEnrolled: the lesson earns this person nothing.
    """
    with transaction.atomic():
        progress = _locked(lesson, by)
        if not progress.time_done:
            last = LessonProgress.objects.filter(enrolment__person=by).aggregate(last=Max("last_beat_at"))["last"]
            progress.credited_seconds = study_time.credit(
                credited=progress.credited_seconds,
                required=progress.required_seconds,
                last_beat=last,
                now=now,
                scale=scale,
            )
            progress.last_beat_at = max(now, last or now)  # a clock that steps back must not open time a second time
            progress.save(update_fields=["credited_seconds", "last_beat_at"])
            _complete_if_due(progress, lesson, now)
    return Progress(progress.credited, progress.required_seconds, progress.completed_at is not None)


def pass_quiz(*, lesson: LessonPage, answers: Mapping[str, str], by: Person | None, now: datetime) -> practice.Marks:
    """Mark a practice quiz and remember a pass; anyone may practise, again and again, only the enrolled get credit.

    ``answers``: the option's index as text by question key.
    """
    marks = practice.mark(lesson.questions, answers)
    if marks.passed and by:
        with transaction.atomic():
            try:
                progress = _locked(lesson, by)
            except NotEnrolled:
                return marks
            if progress.quiz_passed_at is None:
                progress.quiz_passed_at = now
                progress.save(update_fields=["quiz_passed_at"])
                _complete_if_due(progress, lesson, now)
    return marks


def withdraw(*, lesson: LessonPage, now: datetime) -> int:
    """Complete the enrolments that waited only for this lesson, which is no longer published; return how many."""
    with transaction.atomic():
        return _complete_finished(Enrolment.objects.filter(progress__lesson=lesson), now)


def _locked(lesson: LessonPage, by: Person) -> LessonProgress:
    """Lock all enrolments of the person, in one order: heartbeats of two devices queue here, whatever they study."""
    list(Enrolment.objects.select_for_update().filter(person=by).order_by("pk").values_list("pk"))
    progress = LessonProgress.objects.filter(enrolment__person=by, lesson=lesson).first()
    if progress is None:
        raise NotEnrolled
    return progress


def _complete_if_due(progress: LessonProgress, lesson: LessonPage, now: datetime) -> None:
    quiz_due = lesson.kind == LessonKind.QUIZ and progress.quiz_passed_at is None
    if progress.completed_at or quiz_due or not progress.time_done:
        return
    progress.completed_at = now
    progress.save(update_fields=["completed_at"])
    _complete_finished(Enrolment.objects.filter(pk=progress.enrolment_id), now)


def _complete_finished(enrolments: QuerySet, now: datetime) -> int:
    """Complete those of ``enrolments`` that have something completed and nothing published left to do."""
    rows = LessonProgress.objects.filter(enrolment=OuterRef("pk"))
    finished = Enrolment.objects.filter(
        Exists(rows.exclude(completed_at=None)),
        ~Exists(rows.filter(completed_at=None, lesson__live=True)),
        pk__in=enrolments.values("pk"),
        completed_at=None,
    )
    # a clock that stepped back since the enrolment must not block completion
    return finished.update(completed_at=Greatest(Value(now, output_field=DateTimeField()), F("enrolled_at")))
