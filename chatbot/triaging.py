"""Rules by which editors say who is in danger, who is not, and what is not answered; a model of this room."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.actions.tracking import AuditedModel
from kb.models import Article

from .enums import Decides
from .rules import wording
from .rules.triage import Rule


def validate_words(value: str) -> None:
    """Refuse what is not one to five lines of words."""
    if not wording.are_groups(value):
        raise ValidationError(_("Write one to five lines of words of two signs or more, with commas between them."))


class TriageRule(AuditedModel):
    """What is decided on a question in which a word of each line stands."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    words = models.TextField(
        _("words"), max_length=1000, validators=[validate_words],
        help_text=_("Commas between words of which any one will do; each line must have one in the question."),
    )  # fmt: skip
    decides = models.CharField(_("decides"), max_length=10, choices=Decides)
    article = models.SlugField(_("address of the article"), max_length=80, blank=True)
    call = models.CharField(_("number to call"), max_length=5, blank=True)
    active = models.BooleanField(_("in use"), default=True)
    changed_at = models.DateTimeField(auto_now=True, editable=False)

    unaudited = frozenset({"changed_at"})

    class Meta:
        verbose_name = _("triage rule")
        verbose_name_plural = _("triage rules")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(decides=Decides.PRESENT.value) | (~Q(article="") & ~Q(call="")),
                name="chatbot_rule_danger_has_article",
                violation_error_message=_("A danger needs an article and a number to call."),
            ),
            models.CheckConstraint(
                condition=~Q(decides=Decides.REFER.value) | ~Q(call=""),
                name="chatbot_rule_referral_has_number",
                violation_error_message=_("A referral needs a number to call."),
            ),
            models.CheckConstraint(
                condition=Q(decides__in=[each.value for each in Decides]), name="chatbot_rule_decides"
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        if self.call and not self.call.isdecimal():
            raise ValidationError({"call": _("Write a number of 3 to 5 digits.")})
        if self.decides == Decides.PRESENT and self.article:
            live = Article.objects.filter(slug=self.article, live=True).first()
            if live is None or not live.danger:
                raise ValidationError({"article": _("No published article about a danger has this address.")})

    @property
    def rule(self) -> Rule:
        """The rule as triage reads it."""
        return Rule(wording.groups(self.words), Decides(self.decides), self.article, self.call)
