"""Why an item or a file cannot be read, or is to be looked at, in words; stored are the codes alone."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

ITEM = {
    "markup_lost": _("The layout has no plain form and was left out: %(elements)s"),
    "picture_missing": _("A picture is named, but it is not in the file."),
    "picture_outside_stem": _("There is a picture in an option or an explanation; only stems hold pictures."),
    "picture_not_read": _("A picture lies on the cells; pictures of tables cannot be read. Add it to the question."),
    "comment": _("A comment."),
    "description": _("A text without a question."),
    "essay": _("A question with a free text as its answer; the bank holds none."),
    "braces": _("A brace is missing."),
    "no_number": _("This is not a number with a tolerance."),
    "several_right": _("More than one option is right; it became a multiple choice."),
    "wildcard": _("An accepted answer has a *, which stands for itself here."),
    "partly_right": _("An accepted answer earns only a part; that counts where marks go by weights."),
    "units": _("The units of the numbers are left out."),
    "xml": _("This is no XML: it breaks in line %(line)s."),
    "xml_deep": _("The XML is nested too deeply in line %(line)s."),
    "xml_dtd": _("The XML brings a document type of its own, in line %(line)s."),
    "not_this_format": _("This is no item."),
    "kind_not_held": _("The bank holds no questions of the kind “%(kind)s”."),
    "cloze_not_simple": _("A text with other parts than blanks to fill in."),
    "not_true_false": _("Its answers are not true and false."),
    "no_fraction": _("The share of an answer is no number, in line %(line)s."),
    "rubric": _("Instructions beside the question are left out."),
    "processing": _("How it is marked is more than right or wrong; what is declared right counts."),
    "no_interaction": _("There is nothing to answer."),
    "several_interactions": _("It asks for several things at once."),
    "no_response": _("What is right is not declared."),
    "unknown_choice": _("The key names an option that is not there: %(choice)s"),
    "order_incomplete": _("The right order does not name each step once."),
    "match_incomplete": _("What belongs to what is not declared once for each left side."),
    "pair_weights": _("The pairs earn different shares; here each earns the same."),
    "too_many_blanks": _("There are too many blanks."),
    "no_item": _("Part of the package, no question: %(kind)s"),
    "file_missing": _("The package names a file that is not in it."),
    "no_answer": _("There is no answer."),
    "no_stem": _("There is no stem."),
    "no_options": _("There is no stem, or there are no options."),
    "key_unclear": _("The answer is neither letters of options nor their texts: %(answer)s"),
    "not_held": _("Questions to be answered in free text are not held: %(kind)s"),
    "kind_guessed": _("The kind was not given; it was taken for: %(kind)s"),
    "letter_for_truth": _("The key is a letter without options; A was taken for true, B for false."),
    "one_right": _("Called multiple choice, but only one option is right."),
    "difficulty_unclear": _("The difficulty was not understood: %(text)s"),
    "date_in_cell": _("The spreadsheet made a date of this: %(text)s"),
    "options_unclear": _("The options in one cell could not be told apart for sure."),
    "blanks_unclear": _("It is not sure which answers belong to which blank."),
    "hidden_sheet": _("A hidden sheet, not read."),
    "no_header": _("A sheet without the titles of a question table, not read."),
    "example_sheet": _("A sheet with examples or instructions, not read."),
    "empty_sheet": _("An empty sheet."),
    "too_many": _("The file has more than %(most)s questions; those behind are not read."),
}
FILE = {
    "empty": _("The file is empty."),
    "type": _("This is none of the formats that can be read."),
    "old_excel": _("This is an old Excel file (.xls), or one with a password. Save it as XLSX without a password."),
    "encoding": _("The characters of this file are neither UTF-8, UTF-16 nor GB 18030."),
    "too_large": _("The file is larger than %(most)s MB."),
    "unpacked": _("Unpacked, this file is far too large."),
    "damaged": _("The file is damaged."),
    "lost": _("The uploaded file is gone. Upload it again."),
    "nothing": _("There is no question in the file."),
    "no_header": _("No sheet has a row with the titles “题干” (stem) and “答案” (answer)."),
    "not_this_format": _("The file is not of the format that was chosen."),
    "qti_old": _("This is QTI 1.x, which is not read. Export it as QTI 2.1 or later."),
    "xml": ITEM["xml"],
    "xml_deep": ITEM["xml_deep"],
    "xml_dtd": ITEM["xml_dtd"],
}


def of_item(code: str, params: Mapping) -> str:
    """Return why an item is as it is, in words."""
    return _worded(ITEM, code, params)


def of_file(code: str, params: Mapping | None = None) -> str:
    """Return what is wrong with a file, in words."""
    return _worded(FILE, code, params or {})


def _worded(words: Mapping, code: str, params: Mapping) -> str:
    try:
        return str(words[code]) % dict(params) if code in words else code
    except (KeyError, ValueError, TypeError):
        return str(words[code])
