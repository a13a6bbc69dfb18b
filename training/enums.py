"""Kinds of lesson."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LessonKind(TextChoices):
    TEXT = "text", _("Reading")
    VIDEO = "video", _("Video")
    QUIZ = "quiz", _("Practice quiz")
