"""The StreamField blocks of lessons: practice questions beside what any page has."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks import COMMON_BLOCKS


class QuizQuestionBlock(blocks.StructBlock):
    """A practice question; editors count its options from one."""

    stem = blocks.TextBlock(label=_("Question"), max_length=400)
    options = blocks.ListBlock(blocks.CharBlock(label=_("Option"), max_length=200), label=_("Options"), min_num=2)
    answer = blocks.IntegerBlock(label=_("Number of the right option"), min_value=1)
    explanation = blocks.TextBlock(label=_("Explanation"), max_length=600)

    class Meta:
        icon = "help"
        label = _("Practice question")

    def clean(self, value):
        cleaned = super().clean(value)
        if cleaned["answer"] > len(cleaned["options"]):
            error = ValidationError(_("There is no option with this number."))
            raise blocks.StructBlockValidationError({"answer": error})
        return cleaned


LESSON_BLOCKS = [*COMMON_BLOCKS, ("quiz_question", QuizQuestionBlock())]
