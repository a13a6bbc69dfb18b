"""What the figures of a question or a test ask for, in words. Pure.

The limits follow Moodle's "Quiz statistics report" and common item analysis (Ebel 1972); discrimination is in per cent.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from .statistics import QuestionFigures, WholeTest

FEW = 30  # below so many candidates the figures say little
HARD, EASY = 0.2, 0.95
WEAK, NEGATIVE = 20.0, 0.0
CONSISTENT = 64.0


@dataclass(frozen=True)
class Advice:
    """``mark`` is the short word in the table, ``words`` what to do; ``serious`` ones come first."""

    mark: str
    words: str
    serious: bool = False


def on_question(figures: QuestionFigures) -> list[Advice]:
    """Return what to look at in a question, the gravest first."""
    found = []
    index = figures.discrimination_index
    if index is not None and index < NEGATIVE:
        found.append(Advice(_("reversed"), _("The weaker candidates did better: check the key first."), True))
    elif index is not None and index < WEAK:
        found.append(
            Advice(_("does not separate"), _("Strong and weak candidates did alike: look for ambiguous wording."))
        )
    if figures.facility < HARD:
        found.append(
            Advice(_("very hard"), _("Fewer than one in five marks were earned: check the key and the teaching."), True)
        )
    if figures.random_guess and figures.facility < figures.random_guess:
        found.append(Advice(_("below guessing"), _("Guessing would have earned more: an option misleads."), True))
    if figures.facility > EASY:
        found.append(Advice(_("very easy"), _("Nearly everybody has it: it tells little about anybody.")))
    if found and figures.attempts < FEW:
        few = _("Fewer than %(count)s candidates had it: wait for more before changing it.") % {"count": FEW}
        found.append(Advice(_("few"), few))
    return sorted(found, key=lambda advice: not advice.serious)


def on_test(figures: WholeTest) -> list[Advice]:
    """Return what to look at in the test as a whole."""
    found = []
    if figures.attempts < FEW:
        few = _("Only %(count)s results: the figures say little.") % {"count": figures.attempts}
        found.append(Advice(_("few"), few))
    if figures.cic is not None and figures.cic < CONSISTENT:
        words = _("The questions do not measure one thing: look at those that do not separate.")
        found.append(Advice(_("not consistent"), words, True))
    return found
