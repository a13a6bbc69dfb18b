"""What is said about files that were handed in: faults, what was lost, what to look at. Codes to words."""

from django.utils.translation import gettext_lazy as _

FAULTS = {
    "empty": _("The file is empty."),
    "too_large": _("The file is larger than 20 MB. Cut it, or leave its pictures out."),
    "old_office": _("This is a file of the old kind (.doc, .xls). Save it as .docx or .xlsx."),
    "old_excel": _("This is a file of the old kind (.doc, .xls). Save it as .docx or .xlsx."),
    "type": _("Only DOCX, PDF, HTML, Markdown, text, XLSX and CSV are read."),
    "encoding": _("The text is neither UTF-8 nor GB 18030. Save it again as UTF-8."),
    "unpacked": _("The file unpacks to far more than any text of ours; it was not opened."),
    "damaged": _("The file is damaged. Open it in its own program and save it again."),
    "locked": _("The file is protected by a password. Save it without one."),
    "scanned": _("The PDF holds only pictures of pages, no text. Have it recognised (OCR), or hand in the original."),
    "too_long": _("The file is too long. Hand it in by parts."),
    "too_many": _("The file would make more than 300 drafts. Hand it in by parts."),
    "no_header": _("No sheet has a column of questions (such as 问题) and one of answers (such as 答案)."),
    "no_lines": _("The table has no lines below its head."),
    "nothing": _("No text was found in the file."),
    "head": _("The YAML head of the text cannot be read."),
    "lost": _("The file is gone from the store. Hand it in again."),
    "too_hard": _("Reading the file failed several times. Save it in another format."),
}
LOST = {
    "pictures": _("pictures"),
    "films": _("films and sounds"),
    "boxes": _("text boxes"),
    "notes": _("footnotes"),
    "formulas": _("formulas"),
    "objects": _("embedded objects"),
    "pages": _("pages without text"),
    "sheets": _("sheets that are no list of questions"),
}
DOUBTS = {
    "no_title": _("No title was found."),
    "long_title": _("The title is longer than 120 characters; the whole of it stands at the end of the text."),
    "no_body": _("There is no text."),
    "no_steps": _("No numbered step was found."),
    "no_questions": _("No way of asking was found."),
    "long_questions": _("A question is longer than 120 characters; it stands at the end of the text."),
    "bad_source_date": _("The date of the source could not be read; the one from the form is taken."),
    "bad_calls": _("The numbers to call could not be read."),
}


def fault(code: str):
    """Return why a file was not read."""
    return FAULTS.get(code, FAULTS["damaged"])


def lost(one: dict) -> str:
    """Return what was not read, how often and where first."""
    place = f" ({one['place']})" if one.get("place") else ""
    return f"{LOST.get(one['code'], one['code'])}: {one['count']}{place}"


def doubts(codes: list[str]) -> list:
    """Return what to look at in a piece."""
    return [DOUBTS.get(code, code) for code in codes]
