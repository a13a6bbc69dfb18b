"""The catalogue of special operations and the certification rules in force, as rows with their source."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.actions.tracking import AuditedModel
from exams.enums import Education
from exams.rules import numbers


def validate_number_pattern(pattern: str) -> None:
    """Refuse a pattern from which no numbers, or the same number twice, would be made."""
    if fault := numbers.fault_of(pattern):
        raise ValidationError(fault)


class Scheme(AuditedModel):
    """Certification rules in force from a day; an empty number means that the rules set no limit."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    effective_from = models.DateField(_("in force from"))
    effective_to = models.DateField(_("in force until"), null=True, blank=True)
    validity_years = models.PositiveSmallIntegerField(_("validity in years"))
    review_every_years = models.PositiveSmallIntegerField(_("review every … years"), null=True, blank=True)
    theory_attempts = models.PositiveSmallIntegerField(_("theory attempts"), null=True, blank=True)
    practical_attempts = models.PositiveSmallIntegerField(_("practical attempts"), null=True, blank=True)
    minimum_age = models.PositiveSmallIntegerField(_("minimum age"))
    part_valid_months = models.PositiveSmallIntegerField(_("a passed part counts for … months"))
    anywhere = models.BooleanField(_("any issuing authority in the country"))
    skill_level_waives_training = models.BooleanField(_("a skill-level certificate waives the training"))
    renewal_opens_days = models.PositiveSmallIntegerField(
        _("renewal opens … days before the last valid day"), null=True, blank=True
    )
    renewal_hours = models.PositiveSmallIntegerField(_("training hours before renewal"), null=True, blank=True)
    number_pattern = models.CharField(
        _("certificate number"),
        max_length=60,
        default="T{id_number}",
        validators=[validate_number_pattern],
        help_text=_("{id_number}, {year}, {serial} and {operation} are filled in."),
    )
    to_confirm = models.CharField(
        _("to confirm"), max_length=300, blank=True, help_text=_("Fields not yet checked against the published text.")
    )
    source = models.CharField(_("source"), max_length=300)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("scheme")
        verbose_name_plural = _("schemes")
        ordering = ["effective_from"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(effective_to=None) | models.Q(effective_to__gte=models.F("effective_from")),
                name="scheme_ends_after_it_begins",
            )
        ]

    def __str__(self):
        return self.name

    def in_force_on(self, day: date) -> bool:
        """Say whether these rules hold on ``day``."""
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)


class Category(AuditedModel):
    """作业类别; one that does not certify holds banks for training only."""

    certifies = models.BooleanField(_("leads to a certificate"), default=True)
    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    name = models.CharField(_("name"), max_length=60, unique=True)

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["number"]

    def __str__(self):
        return self.name


class Operation(AuditedModel):
    """准操项目; codes differ between sources, so the name is the key."""

    category = models.ForeignKey(Category, models.PROTECT, related_name="operations")
    number = models.PositiveSmallIntegerField(_("number in its category"))
    name = models.CharField(_("name"), max_length=60, unique=True)
    course = models.ForeignKey(
        "training.CoursePage", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("course")
    )

    class Meta:
        verbose_name = _("operation")
        verbose_name_plural = _("operations")
        ordering = ["category__number", "number"]
        constraints = [models.UniqueConstraint(fields=["category", "number"], name="one_operation_per_number")]

    def __str__(self):
        return self.name

    @property
    def digits(self) -> str:
        """Category and place in two digits each, as numbers of certificates carry them."""
        return f"{self.category.number:02}{self.number:02}"


class OperationRule(AuditedModel):
    """How one operation is examined under one scheme: times, marks, hours."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="operation_rules")
    operation = models.ForeignKey(Operation, models.PROTECT, related_name="rules")
    theory_minutes = models.PositiveSmallIntegerField(_("theory minutes"))
    theory_pass_mark = models.PositiveSmallIntegerField(_("theory pass mark"))
    practical_minutes = models.PositiveSmallIntegerField(_("practical minutes"))
    practical_pass_mark = models.PositiveSmallIntegerField(_("practical pass mark"))
    training_hours = models.PositiveSmallIntegerField(_("hours of first training"), null=True, blank=True)
    education = models.CharField(_("education"), max_length=20, choices=Education, default=Education.NONE)
    examiners = models.PositiveSmallIntegerField(_("examiners of a practical"), default=2)
    difference_limit = models.PositiveSmallIntegerField(
        _("a third examiner is called when two differ by more than … marks"), default=10
    )
    confirmed = models.BooleanField(_("confirmed against the published text"))
    source = models.CharField(_("source"), max_length=300)

    class Meta:
        verbose_name = _("operation rule")
        verbose_name_plural = _("operation rules")
        constraints = [
            models.UniqueConstraint(fields=["scheme", "operation"], name="one_rule_per_scheme_and_operation")
        ]

    def __str__(self):
        return f"{self.operation} ({self.scheme})"


class PracticalSubject(AuditedModel):
    """One subject of a practical exam (K1…K4) with its full marks."""

    rule = models.ForeignKey(OperationRule, models.CASCADE, related_name="subjects")
    code = models.CharField(_("code"), max_length=4)
    name = models.CharField(_("name"), max_length=60)
    marks = models.PositiveSmallIntegerField(_("full marks"))

    class Meta:
        verbose_name = _("practical subject")
        verbose_name_plural = _("practical subjects")
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["rule", "code"], name="one_subject_per_code")]

    def __str__(self):
        return f"{self.code} {self.name}"
