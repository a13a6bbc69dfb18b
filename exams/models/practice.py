"""Practising: each answer given, and what one person knows about one question."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from exams.enums import PracticeMode


class PracticeAnswer(models.Model):
    """One answer given while practising; ``order`` is how the options were shown."""

    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="practice_answers")
    version = models.ForeignKey("exams.QuestionVersion", models.PROTECT, related_name="+")
    mode = models.CharField(_("way of practising"), max_length=20, choices=PracticeMode)
    order = models.CharField(max_length=12, blank=True)
    response = models.CharField(_("answer"), max_length=1000, blank=True)
    is_right = models.BooleanField(_("right"))
    given_at = models.DateTimeField(_("answered at"))

    class Meta:
        verbose_name = _("practice answer")
        verbose_name_plural = _("practice answers")
        indexes = [models.Index(fields=["person", "-given_at"], name="practice_newest_first")]

    def __str__(self):
        return f"{self.version_id}: {self.response}"


class PracticeItem(models.Model):
    """What one person knows about one question; with a ``box`` it stands in the wrong-question book."""

    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="practice_items")
    question = models.ForeignKey("exams.Question", models.CASCADE, related_name="+")
    times = models.PositiveIntegerField(default=0)
    times_right = models.PositiveIntegerField(default=0)
    last_right = models.BooleanField(null=True)
    last_at = models.DateTimeField(null=True)
    box = models.PositiveSmallIntegerField(_("box"), null=True)
    due_on = models.DateField(_("due on"), null=True)
    favourite = models.BooleanField(_("favourite"), default=False)

    class Meta:
        verbose_name = _("practised question")
        verbose_name_plural = _("practised questions")
        indexes = [models.Index(fields=["person", "due_on"], name="practice_due")]
        constraints = [
            models.UniqueConstraint(fields=["person", "question"], name="one_item_per_person_and_question"),
            models.CheckConstraint(
                condition=models.Q(box=None, due_on=None) | models.Q(box__range=(1, 5), due_on__isnull=False),
                name="what_stands_in_a_box_is_due",
            ),
            models.CheckConstraint(
                condition=models.Q(times_right__lte=models.F("times")), name="not_oftener_right_than_answered"
            ),
        ]

    def __str__(self):
        return f"{self.person_id}: {self.question_id}"
