"""What this room holds about a user: what they learned, shown to them; training records, kept."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.queries import person_of
from accounts.rules.holds import Hold, years_after

from .models import Enrolment, LessonProgress

RECORDS_YEARS = 6  # training records of special operations; to confirm, see models/enrolments.py


LABELS = {
    "courses": gettext_lazy("courses"),
    "course__title": gettext_lazy("course"),
    "enrolled_at": gettext_lazy("enrolled at"),
    "completed_at": gettext_lazy("completed at"),
    "lessons": gettext_lazy("lessons"),
    "enrolment__course__title": gettext_lazy("course"),
    "lesson__title": gettext_lazy("lesson"),
    "required_seconds": gettext_lazy("required seconds"),
    "credited_seconds": gettext_lazy("credited seconds"),
    "quiz_passed_at": gettext_lazy("practice quiz passed at"),
}  # how tables and columns are called on the page to read


def rows(user: User) -> dict[str, list[dict]]:
    """Return the user's courses and the time in each lesson (three queries)."""
    person = person_of(user)
    if person is None:
        return {}
    enrolments = Enrolment.objects.filter(person=person).order_by("enrolled_at")
    progress = LessonProgress.objects.filter(enrolment__person=person).order_by("enrolment", "pk")
    return {
        "courses": list(enrolments.values("course__title", "enrolled_at", "completed_at")),
        "lessons": list(
            progress.values(
                "enrolment__course__title",
                "lesson__title",
                "required_seconds",
                "credited_seconds",
                "quiz_passed_at",
                "completed_at",
            )
        ),
    }


def holds(user: User) -> list[Hold]:
    """Return how long the training records of the user are kept (two queries)."""
    person = person_of(user)
    enrolments = Enrolment.objects.filter(person=person).select_related("course") if person else []
    return [
        Hold(
            what=_("Training record: %(course)s") % {"course": enrolment.course.title},
            reason=_("Who trained, when and for how long is proved by its record."),
            law="《安全生产法》第二十八条；《个人信息保护法》第四十七条第二款",
            until=years_after(timezone.localdate(enrolment.completed_at or enrolment.enrolled_at), RECORDS_YEARS),
        )
        for enrolment in enrolments
    ]
