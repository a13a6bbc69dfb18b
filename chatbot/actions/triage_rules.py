"""Triage rules: those of a new site, and what a change would lose."""

from pathlib import Path

import yaml
from django.core.exceptions import ValidationError
from django.db import transaction

from chatbot import answering
from chatbot.models import TriageRule
from chatbot.queries import triage_rules
from chatbot.rules.normalising import normalise
from chatbot.rules.triage import Rule
from kb.evaluation import questions
from kb.evaluation.questions import Kind
from kb.followups import with_earlier

CONTENT = Path(__file__).parent.parent / "content" / "triage.yaml"


class InvalidRules(Exception):
    """The file does not list triage rules; the message says why."""


def load_rules(*, path: Path = CONTENT) -> int:
    """Add the rules whose name is not there yet; return how many. What editors made of the others stays.

    :raises InvalidRules: a rule is wrong; nothing was written.
    """
    rules = read_rules(path)
    with transaction.atomic():
        known = set(TriageRule.objects.values_list("name", flat=True))
        new = [rule for rule in rules if rule.name not in known]
        for rule in new:
            rule.save()
    return len(new)


def read_rules(path: Path = CONTENT) -> list[TriageRule]:
    """Return the unsaved rules that the file lists.

    :raises InvalidRules: a rule is wrong.
    """
    try:
        listed = yaml.safe_load(path.read_text(encoding="utf-8"))["rules"]
        rules = [TriageRule(**fields | {"words": "\n".join(map("、".join, fields["words"]))}) for fields in listed]
        for rule in rules:
            rule.clean_fields()
    except (ValueError, TypeError, KeyError, yaml.YAMLError, ValidationError) as error:
        raise InvalidRules(f"{path.name}: {error}") from error
    return rules


def lost_without(*, rule: TriageRule) -> list[str]:
    """Return the development questions of somebody in danger who would be told nothing first if ``rule`` was gone."""
    return _lost([row.rule for row in triage_rules.read() if row.pk != rule.pk])


def lost_with(*, rule: TriageRule) -> list[str]:
    """Return the same if ``rule``, changed and not saved yet, was in use as it is now."""
    others = [row for row in triage_rules.read() if row.pk != rule.pk]
    return _lost([row.rule for row in sorted([*others, *([rule] if rule.active else [])], key=lambda row: row.name)])


def _lost(rules: list[Rule]) -> list[str]:
    asked = [each for each in questions.load("development") if each.kind is Kind.DANGER]
    helped = [each for each in asked if _is_helped(each)]
    with triage_rules.trying(tuple(rules)):
        return [each.question for each in helped if not _is_helped(each)]


def _is_helped(asked: questions.Labelled) -> bool:
    text = " ".join(map(normalise, with_earlier(asked.question, asked.history)))
    return bool(answering.answer_to(text, own=normalise(asked.question)).urgent)
