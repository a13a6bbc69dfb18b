"""Why a line of a register cannot be taken over, or what is to be looked at; lines keep only the code."""

from django.utils.translation import gettext_lazy as _

from accounts.rules.rosters import reasons

LINE = {
    **{code: reasons.LINE[code] for code in reasons.LINE if code.startswith(("name_", "number_", "other_name"))},
    "operation_missing": _("The operation is missing."),
    "operation_unknown": _("The catalogue has no such operation: %(operation)s"),
    "no_date": _("This is no date: %(text)s"),
    "dates_missing": _("There is no date from which the certificate counts."),
    "dates_order": _("The certificate would end before it begins."),
    "future": _("The certificate would begin in the future."),
    "no_scheme": _("No rules were in force on the day of issue."),
    "no_rule": _("This operation has no rules under “%(scheme)s” yet. Add them, then hand the file in again."),
    "other_dates": _("The register has this certificate with another last day."),
    "repeated": _("The same certificate stands in line %(line)s."),
    "day_missing": _("Only year and month are given; %(day)s was taken."),
    "begins_computed": _("The first day is missing; %(day)s was computed from the last one."),
    "until_computed": _("The last day is missing; %(day)s was computed from the first one."),
    "span": _("It would count for longer than the rules allow."),
    "number_from_id": _("The certificate number was made from the identity number."),
    "number_differs": _("The certificate number is not made from this identity number."),
    "review_missed": _("A review was due on %(day)s and is not noted as done: the certificate counts until then."),
    "reviews_unknown": _("The file says nothing about reviews."),
    "ended": _("It has ended already."),
}
DOUBTS = frozenset(
    {"day_missing", "begins_computed", "until_computed", "span", "number_differs", "review_missed"}
)  # to be looked at; other remarks are only said
FILE = {
    **reasons.FILE,
    "no_header": _(
        "No sheet has a row with the titles “Name”, “Operation”, an identity or certificate number, and a date."
    ),
    "no_lines": _("Below the titles there is no certificate."),
}


def of_line(reason: dict) -> str:
    """Return one stored reason of a line in words."""
    return LINE[reason["code"]] % reason if reason["code"] in LINE else reason["code"]


def of_file(code: str) -> str:
    """Return what went wrong with a file in words."""
    return str(FILE.get(code, code))
