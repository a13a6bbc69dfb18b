"""What of schemes and rules decided past results, and is therefore never edited once there are any. Pure."""

from collections.abc import Iterable

FROZEN = {
    "scheme": (
        "code",
        "name",
        "effective_from",
        "validity_years",
        "review_every_years",
        "theory_attempts",
        "practical_attempts",
        "minimum_age",
        "part_valid_months",
        "anywhere",
        "skill_level_waives_training",
        "number_pattern",
    ),
    "operationrule": (
        "scheme",
        "operation",
        "theory_minutes",
        "theory_pass_mark",
        "practical_minutes",
        "practical_pass_mark",
        "training_hours",
        "education",
        "examiners",
        "difference_limit",
    ),
    "practicalsubject": ("rule", "code", "name", "marks"),
    "operation": ("category", "name"),
    "category": ("certifies", "name"),
}


def frozen(model_name: str, changed: Iterable[str]) -> list[str]:
    """Return which of the ``changed`` fields decided past results, in the order of the model."""
    changed = set(changed)
    return [field for field in FROZEN[model_name] if field in changed]
