"""The form of one question of any kind: what it says, its parts as rows, its files."""

from dataclasses import replace

from django import forms
from django.utils.translation import gettext_lazy as _

from .enums import QuestionKind
from .models import KnowledgePoint
from .models.bank import EASIEST, HARDEST
from .rules import media
from .rules.items import TRUE_FALSE, Draft, Medium
from .rules.scoring import Part

MOST_ROWS = 40
SPARE_ROWS = {QuestionKind.TRUE_FALSE: 0}
FIRST_ROWS = {QuestionKind.TRUE_FALSE: 2}
LEVELS = [(level, str(level)) for level in range(EASIEST, HARDEST + 1)]


class QuestionForm(forms.Form):
    """What a question says; a known one keeps its code and its point."""

    code = forms.SlugField(label=_("Question code"), max_length=60, required=False, help_text=_("Empty: given by us."))
    point = forms.ModelChoiceField(
        KnowledgePoint.objects.select_related("operation").order_by("operation", "code"), label=_("Knowledge point")
    )
    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    difficulty = forms.TypedChoiceField(label=_("Difficulty"), choices=LEVELS, coerce=int, initial=3)
    case = forms.SlugField(label=_("Case code"), max_length=50, required=False)
    case_stem = forms.CharField(
        label=_("Case"),
        widget=forms.Textarea({"rows": 4}),
        required=False,
        max_length=10_000,
        help_text=_("A changed case gives all its questions a new version."),
    )
    stem = forms.CharField(label=_("Stem"), widget=forms.Textarea({"rows": 3}), max_length=10_000)
    explanation = forms.CharField(label=_("Explanation"), widget=forms.Textarea({"rows": 3}), max_length=10_000)
    source = forms.CharField(label=_("Source"), max_length=300)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)  # the version that the author started from

    def __init__(self, *args, question=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.question = question
        if question is not None:
            for name in ("code", "point"):
                del self.fields[name]
            self.fields["case"].disabled = True
            if not question.case_id:
                for name in ("case", "case_stem"):
                    del self.fields[name]
        if question is None or question.kind == QuestionKind.FILL_IN:
            self.fields["stem"].help_text = _("A blank to fill in is written as ____.")

    def clean(self):
        data = super().clean()
        if data.get("case_stem") and not data.get("case"):
            self.add_error("case", _("A case has a code."))
        return data


class PartRow(forms.Form):
    """One option, spelling, step or pair; a row without text is none."""

    text = forms.CharField(label=_("Text"), max_length=500, required=False, widget=forms.Textarea({"rows": 2}))
    match = forms.CharField(label=_("belongs to"), max_length=500, required=False, widget=forms.Textarea({"rows": 2}))
    is_right = forms.BooleanField(label=_("right"), required=False)
    blank = forms.IntegerField(label=_("blank"), min_value=1, max_value=12, required=False)
    place = forms.IntegerField(label=_("place"), min_value=1, max_value=12, required=False)
    tolerance = forms.DecimalField(label=_("± tolerance"), min_value=0, decimal_places=6, required=False)
    weight = forms.DecimalField(label=_("share in %"), min_value=-100, max_value=100, decimal_places=5, required=False)
    feedback = forms.CharField(label=_("feedback"), required=False, max_length=2000)

    KEPT = {
        QuestionKind.TRUE_FALSE: ("text", "is_right", "feedback"),
        QuestionKind.SINGLE_CHOICE: ("text", "is_right", "weight", "feedback"),
        QuestionKind.MULTIPLE_CHOICE: ("text", "is_right", "weight", "feedback"),
        QuestionKind.FILL_IN: ("blank", "text", "tolerance", "weight", "feedback"),
        QuestionKind.ORDERING: ("place", "text", "feedback"),
        QuestionKind.MATCHING: ("text", "match", "feedback"),
    }

    def __init__(self, *args, kind: str, **kwargs):
        super().__init__(*args, **kwargs)
        kept = self.KEPT[kind]
        self.fields = {name: self.fields[name] for name in kept}
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = field.label


class BasePartRows(forms.BaseFormSet):
    """The rows of one question; ``parts`` is what they say."""

    @property
    def parts(self) -> tuple[Part, ...]:
        """Return the parts, numbered as they stand (steps: by their places)."""
        rows = [
            form.cleaned_data for form in self.forms if form.cleaned_data.get("text") or form.cleaned_data.get("match")
        ]
        last = len(rows) + 1
        rows.sort(
            key=lambda row: row.get("place") or (last if "place" in row else 0)
        )  # stable: the rest keep their order
        return tuple(
            Part(
                place,
                row["text"],
                is_right=row.get("is_right", False),
                match=row.get("match", ""),
                blank=(row.get("blank") or 1) - 1 if "blank" in row else None,
                tolerance=row.get("tolerance"),
                weight=row.get("weight"),
                feedback=row["feedback"],
            )
            for place, row in enumerate(rows)
        )

    @property
    def labels(self) -> list:
        """What the columns are called."""
        return [field.label for field in self.forms[0].fields.values()] if self.forms else []


def part_rows(kind: str, parts: tuple[Part, ...] = (), data=None) -> BasePartRows:
    """Return rows for a question of that kind: filled with ``parts``, and some to spare."""
    if data is not None and "more" in data:
        data = data.copy()
        data["parts-TOTAL_FORMS"] = min(MOST_ROWS, int(data["parts-TOTAL_FORMS"]) + 4)
    if kind == QuestionKind.TRUE_FALSE and not parts:
        parts = tuple(Part(place, text) for place, text in enumerate(TRUE_FALSE))
    first = FIRST_ROWS.get(kind, 4)
    extra = max(first - len(parts), SPARE_ROWS.get(kind, 2))
    rows = forms.formset_factory(PartRow, BasePartRows, extra=extra, absolute_max=MOST_ROWS, max_num=MOST_ROWS)
    initial = [_row(part) for part in parts] if data is None else None  # a row left as it was still counts
    return rows(data, initial=initial, prefix="parts", form_kwargs={"kind": kind})


def _row(part: Part) -> dict:
    said = {name: getattr(part, name) for name in ("text", "match", "is_right", "feedback")}
    numbers = {"tolerance": _plain(part.tolerance), "weight": _plain(part.weight)}
    return {**said, **numbers, "place": part.position + 1, "blank": None if part.blank is None else part.blank + 1}


def _plain(number):
    return None if number is None else f"{number.normalize():f}"


class MediumRow(forms.Form):
    """A picture or film: one that stands there (``place``), or a new ``file``."""

    place = forms.IntegerField(required=False, widget=forms.HiddenInput)
    file = forms.FileField(label=_("File"), required=False)
    alt = forms.CharField(
        label=_("What it shows"), max_length=200, required=False, help_text=_("Read to those who cannot see it.")
    )
    leave_out = forms.BooleanField(label=_("Leave out"), required=False)

    def clean(self):
        data = super().clean()
        upload = data.get("file")
        if upload and upload.size > media.MOST_FILM_BYTES:
            self.add_error("file", _("A film has at most 20 MB."))
        elif upload:
            try:
                data["content_type"], data["content"] = media.redrawn(upload.read())
            except media.BadMedium as bad:
                self.add_error("file", bad.args[0])
        if (upload or data.get("place") is not None) and not data.get("leave_out") and not data.get("alt"):
            self.add_error("alt", _("Say what it shows."))
        return data


class BaseMediumRows(forms.BaseFormSet):
    """The files of one question, in their order."""

    def media_of(self, base: Draft | None) -> tuple[Medium, ...]:
        """Return the files: those of ``base`` that stay, and the new ones."""
        there = base.media if base else ()
        found = []
        for form in self.forms:
            row = form.cleaned_data
            if not row or row["leave_out"]:
                continue
            if "content" in row:
                found.append(Medium(row["file"].name[-120:], row["content_type"], row["content"], row["alt"]))
            elif row["place"] is not None and 0 <= row["place"] < len(there):
                found.append(replace(there[row["place"]], alt=row["alt"]))
        return tuple(found)


def medium_rows(there=(), data=None, files=None) -> BaseMediumRows:
    """Return a row for each file that stands there, and two for new ones."""
    rows = forms.formset_factory(MediumRow, BaseMediumRows, extra=2, absolute_max=12, max_num=12)
    initial = [{"place": place, "alt": medium.alt} for place, medium in enumerate(there)] if data is None else None
    return rows(data, files, initial=initial, prefix="media")


def draft_from(
    form: QuestionForm, parts: BasePartRows, files: BaseMediumRows, *, kind: str, base: Draft | None
) -> Draft:
    """Return what was typed, once all three are valid; what the form does not show stays as ``base`` has it."""
    data = {name: value for name, value in form.cleaned_data.items() if name not in ("point", "seen", "code")}
    if base is None:
        start = Draft(kind, "", (), code=form.cleaned_data["code"], point=form.cleaned_data["point"].code)
    else:
        start = base
    return replace(start, parts=parts.parts, media=files.media_of(base), **data)
