"""Why a line cannot be taken in, and why a file cannot be read, in words; lines and files keep only the code."""

from django.utils.translation import gettext_lazy as _

LINE = {
    "name_missing": _("The name is missing."),
    "name_characters": _("This is not a name: it has digits, or no letter."),
    "number_missing": _("The identity number is missing."),
    "number_rounded": _(
        "The spreadsheet rounded the number and its last digits are lost. Format the column as text and type it again."
    ),
    "number_length": _("The identity number must have 18 characters (old ones 15)."),
    "number_characters": _("The identity number has characters that do not belong there."),
    "number_check_digit": _("The identity number is mistyped: its check digit does not fit."),
    "number_birth_date": _("The identity number has a date of birth that cannot be."),
    "kind_unknown": _("This kind of document cannot be used here: %(kind)s"),
    "other_name": _("The number is registered with a different name. Check both; if they are right, ask the bureau."),
    "repeated": _("The same person stands in line %(line)s."),
    "repeated_other_name": _("The same number stands in line %(line)s with a different name."),
    "phone": _("The phone number is no mobile number and was left out."),
}
FILE = {
    "empty": _("The file is empty."),
    "type": _("Only XLSX and CSV files can be read."),
    "old_excel": _("This is an old Excel file (.xls), or one with a password. Save it as XLSX without a password."),
    "encoding": _("The characters of this CSV file are neither UTF-8 nor GB 18030. Save it as XLSX."),
    "too_large": _("The file is larger than 10 MB."),
    "unpacked": _("Unpacked, this file is far too large for a roster."),
    "damaged": _("The file is damaged. Open it, save it as XLSX, and try again."),
    "no_header": _("No sheet has a row with the titles “Name” and “Identity number”."),
    "no_lines": _("Below the titles there is nobody."),
    "too_long": _("The file has more than 100,000 lines. Divide it."),
    "lost": _("The uploaded file is gone. Upload it again."),
}


def of_line(reason: dict) -> str:
    """Return one stored reason of a line in words."""
    return LINE[reason["code"]] % reason if reason["code"] in LINE else reason["code"]


def of_file(code: str) -> str:
    """Return what went wrong with a file in words."""
    return str(FILE.get(code, code))
