"""The question bank. A paper always holds a version; editing a question makes a new one."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.actions.tracking import AuditedModel
from exams.enums import QuestionKind

EASIEST, MIDDLE, HARDEST = 1, 3, 5
DIFFICULTY = [MinValueValidator(EASIEST), MaxValueValidator(HARDEST)]


class KnowledgePoint(AuditedModel):
    """A point of the outline (K11 … K43) of one operation, or a part of one."""

    operation = models.ForeignKey("exams.Operation", models.CASCADE, related_name="knowledge_points")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("part of")
    )
    code = models.CharField(_("code"), max_length=16)
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        verbose_name = _("knowledge point")
        verbose_name_plural = _("knowledge points")
        ordering = ["operation", "code"]
        constraints = [models.UniqueConstraint(fields=["operation", "code"], name="one_point_per_code")]

    def __str__(self):
        return f"{self.code} {self.name}"


class Case(AuditedModel):
    """A situation that several questions ask about; what it says is in its versions."""

    code = models.SlugField(_("code"), unique=True)
    point = models.ForeignKey(KnowledgePoint, models.PROTECT, related_name="cases", verbose_name=_("knowledge point"))

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["code"]

    def __str__(self):
        return self.code


class CaseVersion(AuditedModel):
    """The text of a case as printed on papers; never changed."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    stem = models.TextField(_("stem"))
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("case version")
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="one_case_version_per_number")]

    def __str__(self):
        return f"{self.case.code} v{self.number}"


class Question(AuditedModel):
    """An item of the bank; what it says is in its versions. A reserved one is never shown outside an exam."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    point = models.ForeignKey(
        KnowledgePoint, models.PROTECT, related_name="questions", verbose_name=_("knowledge point")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=QuestionKind)
    difficulty = models.PositiveSmallIntegerField(_("difficulty"), default=MIDDLE, validators=DIFFICULTY)
    reserved = models.BooleanField(_("reserved for exams"), default=False)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="questions")
    case_position = models.PositiveSmallIntegerField(null=True, blank=True)
    current = models.OneToOneField("exams.QuestionVersion", models.PROTECT, null=True, related_name="+", editable=False)
    times_drawn = models.PositiveIntegerField(_("times drawn"), default=0, editable=False)
    retired_at = models.DateTimeField(_("retired at"), null=True, blank=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(case=None, case_position=None)
                | models.Q(case__isnull=False, case_position__isnull=False),
                name="a_question_of_a_case_has_its_place",
            ),
            models.UniqueConstraint(fields=["case", "case_position"], name="one_question_per_place_in_a_case"),
            models.CheckConstraint(
                condition=models.Q(difficulty__range=(EASIEST, HARDEST)), name="difficulty_from_one_to_five"
            ),
        ]

    def __str__(self):
        return self.code


class QuestionVersion(AuditedModel):
    """The text of a question as printed on papers; never changed, and drawn only once another person approved it."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=200, blank=True)
    stem = models.TextField(_("stem"))
    case_version = models.ForeignKey(CaseVersion, models.PROTECT, null=True, blank=True, related_name="+")
    explanation = models.TextField(_("explanation"))
    source = models.CharField(_("source"), max_length=300)
    cites = models.ManyToManyField("exams.LegalSource", related_name="versions", blank=True, verbose_name=_("cites"))
    extras = models.JSONField(default=dict, blank=True)  # what an exchange format said beyond this model, given back
    reviewed = models.DateField(_("reviewed"))
    created_at = models.DateTimeField()
    written_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("written by")
    )
    approved_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("approved at"), null=True)
    returned_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("returned by")
    )
    returned_at = models.DateTimeField(_("returned at"), null=True)
    returned_because = models.CharField(_("returned because"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("question version")
        verbose_name_plural = _("question versions")
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="one_version_per_number"),
            models.CheckConstraint(
                condition=models.Q(approved_by=None)
                | models.Q(written_by=None)
                | ~models.Q(approved_by=models.F("written_by")),
                name="nobody_approves_their_own_question",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_at=None) | models.Q(returned_at=None),
                name="a_version_is_approved_or_returned",
            ),
        ]

    def __str__(self):
        return f"{self.question.code} v{self.number}"


class NearDuplicate(AuditedModel):
    """Two questions that say nearly the same; never together on a paper unless somebody found them ``different``."""

    first = models.ForeignKey(Question, models.CASCADE, related_name="+")
    second = models.ForeignKey(Question, models.CASCADE, related_name="+")
    likeness = models.FloatField(_("likeness"))  # 0 to 1
    different = models.BooleanField(_("found different"), null=True)  # None: nobody has looked yet
    found_at = models.DateTimeField()

    class Meta:
        verbose_name = _("near-duplicate")
        verbose_name_plural = _("near-duplicates")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_pair_of_near_duplicates"),
            models.CheckConstraint(condition=models.Q(first__lt=models.F("second")), name="a_pair_stands_in_order"),
        ]

    def __str__(self):
        return f"{self.first_id} ≈ {self.second_id}"


class Option(models.Model):
    """One part of a version; ``position`` is its place in the bank, a paper may show another order.

    Choice: ``text`` and whether it ``is_right``. Ordering: the steps in their right order. Matching: ``text`` on the
    left and its ``match`` on the right, or a ``match`` alone that belongs to nothing. Fill-in: an accepted spelling of
    ``blank`` (from 0); a number may be off by ``tolerance``. ``weight`` is the share in per cent that the weighted
    scoring gives.
    """

    version = models.ForeignKey(QuestionVersion, models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(_("text"), max_length=500, blank=True)
    is_right = models.BooleanField(_("right"), default=False)
    match = models.CharField(_("match"), max_length=500, blank=True)
    blank = models.PositiveSmallIntegerField(null=True, blank=True)
    tolerance = models.DecimalField(max_digits=12, decimal_places=6, null=True, blank=True)
    weight = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    feedback = models.TextField(_("feedback"), blank=True)

    class Meta:
        verbose_name = _("option")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "position"], name="one_option_per_position")]

    def __str__(self):
        return self.text or self.match
