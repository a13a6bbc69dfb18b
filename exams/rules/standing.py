"""Everything that stands for or against an application, predicate by predicate, each with its reason. Pure."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.rules.identity import age_on
from exams.enums import DocumentKind, Education, Post

from . import eligibility, retirement


@dataclass(frozen=True)
class Facts:
    """What is known of one person, one rule and, if begun, one application on ``day``; hours are credit hours."""

    day: date
    kind: str
    born: date | None
    sex: str | None
    minimum_age: int
    post: str = Post.WORKER
    education_needed: str = Education.NONE
    education: str = ""
    hours_needed: int | None = None
    hours_earned: float = 0
    trained: bool = False
    record_given: bool = False
    waiver_possible: bool = False
    waiver_claimed: bool = False
    health_declared: bool = False
    attempts_used: int = 0
    attempts_allowed: int | None = None
    theory_counts_until: date | None = None
    running: bool = False
    held_until: date | None = None
    holds_another: bool = False
    renewal_opens_days: int | None = None

    @property
    def waived(self) -> bool:
        """Say whether a skill-level certificate is put forward where the rules take one."""
        return self.waiver_claimed and self.waiver_possible

    @property
    def training_shown(self) -> bool:
        """Say whether the training is done, proved by a record, or waived; a renewal without hours asks for none."""
        return self.trained or self.record_given or self.waived or self.hours_needed == 0


@dataclass(frozen=True)
class Check:
    """One predicate: ``reason`` says what stands against it, None that nothing does; ``note`` what it was judged by.

    ``step`` names the step of the application that mends it; without one nothing in the application can.
    """

    name: Any
    reason: Any
    note: Any = ""
    step: str = ""

    @property
    def met(self) -> bool:
        return self.reason is None


def checks(facts: Facts) -> tuple[Check, ...]:
    """Return every predicate in the order in which people read them."""
    return (
        _young(facts),
        _old(facts),
        Check(_("Certificates held"), _certificates(facts)),
        Check(_("Other applications"), eligibility.already_running(running=facts.running)),
        Check(_("Parts passed before"), eligibility.part_still_counts(until=facts.theory_counts_until)),
        _attempts(facts),
        _education(facts),
        _training(facts),
        _health(facts),
    )


def obstacles(facts: Facts) -> list[Check]:
    """Return what stands against the application and cannot be mended in it."""
    return [check for check in checks(facts) if not check.met and not check.step]


def _young(facts: Facts) -> Check:
    reason = eligibility.too_young(born=facts.born, minimum_age=facts.minimum_age, day=facts.day)
    if facts.born is None:
        return Check(_("Age"), reason, _("Your document tells no date of birth; staff look at it."))
    age = age_on(facts.born, facts.day)
    note = _("%(age)s years; at least %(least)s") % {"age": age, "least": facts.minimum_age}
    return Check(_("Age"), reason, note)


def _old(facts: Facts) -> Check:
    who = {"born": facts.born, "sex": facts.sex, "post": facts.post}
    reason = eligibility.too_old(**who, day=facts.day)
    step = "details" if reason and facts.sex == retirement.FEMALE and facts.post == Post.WORKER else ""
    if facts.born is None or facts.sex is None:
        return Check(_("Retirement age"), reason, _("Your document tells no date of birth; staff look at it."))
    years, months = retirement.statutory_age(**who)
    words = {"years": years, "months": months, "day": f"{retirement.retires_on(**who):%Y-%m-%d}"}
    return Check(_("Retirement age"), reason, _("%(years)s years %(months)s months, on %(day)s") % words, step)


def _certificates(facts: Facts):
    return eligibility.certificate_in_the_way(
        kind=facts.kind, held_until=facts.held_until, holds_another=facts.holds_another
    ) or eligibility.renewal_too_early(
        kind=facts.kind, held_until=facts.held_until, opens_days=facts.renewal_opens_days, day=facts.day
    )


def _attempts(facts: Facts) -> Check:
    reason = eligibility.attempts_used_up(used=facts.attempts_used, allowed=facts.attempts_allowed)
    if facts.attempts_allowed is None:
        note = _("%(used)s used; the rules set no limit") % {"used": facts.attempts_used}
    else:
        note = _("%(used)s of %(allowed)s used") % {"used": facts.attempts_used, "allowed": facts.attempts_allowed}
    return Check(_("Theory attempts"), reason, note)


def _education(facts: Facts) -> Check:
    if facts.education_needed == Education.NONE:
        return Check(_("Education"), None, _("Nothing is asked for."))
    reason = eligibility.schooling_too_low(has=facts.education, needs=facts.education_needed)
    note = Education(facts.education).label if facts.education else ""
    return Check(_("Education"), reason, note, "details")


def _training(facts: Facts) -> Check:
    reason = eligibility.training_missing(completed=facts.training_shown, waived=facts.waived)
    return Check(_("Training"), reason, _training_note(facts), "details")


def _training_note(facts: Facts):
    if facts.hours_needed == 0:
        return _("Nothing is asked for.")
    if facts.waived:
        return _("A skill-level certificate stands for it, once staff accept it.")
    if facts.trained:
        return _("The course is completed.")
    if facts.record_given:
        return _("Staff check the record you handed in.")
    if facts.hours_needed:
        words = {"earned": f"{facts.hours_earned:.1f}", "needed": facts.hours_needed}
        return _("%(earned)s credit hours here; the rules ask for %(needed)s") % words
    return ""


def _health(facts: Facts) -> Check:
    reason = None if facts.health_declared else _("Sign the health declaration.")
    return Check(_("Health"), reason, "", "health")


def documents_needed(facts: Facts) -> tuple[str, ...]:
    """Return the kinds of documents without which the application is not submitted."""
    needed = [DocumentKind.PHOTO, DocumentKind.IDENTITY]
    if facts.education_needed != Education.NONE:
        needed.append(DocumentKind.EDUCATION)
    if facts.waived:
        needed.append(DocumentKind.SKILL_CERTIFICATE)
    elif not facts.trained and facts.hours_needed != 0:
        needed.append(DocumentKind.TRAINING)
    return tuple(needed)
