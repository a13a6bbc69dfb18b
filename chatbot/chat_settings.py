"""What the house sets: when the desk is staffed, who may embed the chat, which questions are offered."""

from datetime import date, time

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from core.actions.tracking import AuditedModel

from .rules import origins
from .rules.office_hours import Hours
from .rules.seasons import MONTHS


def validate_origins(value: str) -> None:
    """Refuse lines that are not the origin of a website."""
    for line in value.split():
        if not origins.is_origin(line):
            raise ValidationError(
                _("“%(line)s” is no origin; write https://www.example.cn, without a path."), params={"line": line}
            )


def validate_days(value: str) -> None:
    """Refuse lines that are not dates."""
    for line in value.split():
        try:
            date.fromisoformat(line)
        except ValueError as error:
            raise ValidationError(_("“%(line)s” is no date; write 2026-10-01."), params={"line": line}) from error


def validate_months(value: list) -> None:
    """Refuse what is not a list of months."""
    if not isinstance(value, list) or set(value) - set(MONTHS):
        raise ValidationError(_("Months are numbers from 1 to 12."))


@register_setting(icon="comment")
class ChatSettings(AuditedModel, BaseGenericSetting):
    """The desk's hours and the websites that may show the chat."""

    opens = models.TimeField(_("desk opens"), default=time(9))
    closes = models.TimeField(_("desk closes"), default=time(17))
    weekends = models.BooleanField(_("staffed on Saturdays and Sundays"), default=False)
    closed_days = models.TextField(
        _("closed on"),
        blank=True,
        validators=[validate_days],
        help_text=_("One date on each line, such as 2026-10-01."),
    )
    staffed_days = models.TextField(
        _("staffed although it is a weekend"),
        blank=True,
        validators=[validate_days],
        help_text=_("One date on each line."),
    )
    embed_origins = models.TextField(
        _("websites that may show the chat"), blank=True, validators=[validate_origins],
        help_text=_("One origin on each line, such as https://www.example.cn."),
    )  # fmt: skip

    panels = [
        MultiFieldPanel(
            [FieldPanel(name) for name in ("opens", "closes", "weekends", "closed_days", "staffed_days")],
            heading=_("Staff desk"),
        ),
        FieldPanel("embed_origins"),
    ]

    class Meta:
        verbose_name = _("chat")

    def __str__(self):
        return str(_("chat"))

    def clean(self):
        if self.opens and self.closes and self.opens >= self.closes:
            raise ValidationError({"closes": _("The desk closes after it opens.")})

    @property
    def hours(self) -> Hours:
        """The desk's hours, as the rules take them."""
        days = (frozenset(map(date.fromisoformat, text.split())) for text in (self.closed_days, self.staffed_days))
        return Hours(self.opens, self.closes, self.weekends, *days)

    @property
    def origins(self) -> list[str]:
        """The origins that may frame the chat."""
        return self.embed_origins.split()


class QuickQuestion(AuditedModel):
    """A question that the chat offers: the whole year, in some months, or while a warning of its kind is in force."""

    text = models.CharField(_("question offered"), max_length=40, unique=True)
    months = models.JSONField(
        _("months"),
        default=list,
        blank=True,
        validators=[validate_months],
        help_text=_("Such as [6, 7, 8]; empty: the whole year."),
    )
    warning = models.CharField(
        _("word of a warning"),
        max_length=20,
        blank=True,
        help_text=_("Such as 台风: offered first while a warning names it."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=100)
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("question to offer")
        verbose_name_plural = _("questions to offer")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.text
