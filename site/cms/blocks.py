"""The StreamField blocks that any page may use."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

CELL = "|"


class TextBlock(blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "cms/blocks/text.html"


class PictureBlock(blocks.StructBlock):
    image = ImageBlock(label=_("Image"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=120)
    credit = blocks.CharBlock(label=_("Source of the picture"), required=False, max_length=80)

    class Meta:
        icon = "image"
        label = _("Image")
        template = "cms/blocks/picture.html"


class VideoBlock(blocks.StructBlock):
    """An MP4 from the document library, played in place and never by itself."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    video = DocumentChooserBlock(label=_("Video (MP4)"))
    transcript = blocks.TextBlock(label=_("Transcript"), required=False)

    class Meta:
        icon = "media"
        label = _("Video")
        template = "cms/blocks/video.html"

    def clean(self, value):
        cleaned = super().clean(value)
        if not cleaned["video"].filename.lower().endswith(".mp4"):
            raise blocks.StructBlockValidationError({"video": ValidationError(_("Choose an MP4 file."))})
        return cleaned


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Text"), max_length=400)
    by = blocks.CharBlock(label=_("Source"), max_length=120)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "cms/blocks/quote.html"


class TimelineEntryBlock(blocks.StructBlock):
    date = blocks.CharBlock(label=_("Date"), max_length=20)
    text = blocks.TextBlock(label=_("Text"), max_length=400)

    class Meta:
        icon = "date"
        label = _("Entry")


class TimelineBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=80)
    items = blocks.ListBlock(TimelineEntryBlock(), label=_("Entries"), min_num=1)

    class Meta:
        icon = "list-ol"
        label = _("Timeline")
        template = "cms/blocks/timeline.html"


class TableBlock(blocks.TextBlock):
    """A small table, written one row a line; the first row is the head."""

    class Meta:
        icon = "table"
        label = _("Table")
        help_text = _("One row a line, cells parted by |. The first row is the head.")
        template = "cms/blocks/table.html"

    def clean(self, value):
        cleaned = super().clean(value)
        if len({len(row) for row in self.cells(cleaned)}) != 1:
            raise ValidationError(_("Every row needs the same number of cells."))
        return cleaned

    def get_context(self, value, parent_context=None):
        head, *rows = self.cells(value) or [[]]
        return {**super().get_context(value, parent_context), "head": head, "rows": rows}

    @staticmethod
    def cells(value: str) -> list[list[str]]:
        """Return the cells, row by row."""
        return [[cell.strip() for cell in line.split(CELL)] for line in value.splitlines() if line.strip()]


class WarningBlock(blocks.TextBlock):
    """What can cost a life, set apart."""

    class Meta:
        icon = "warning"
        label = _("Warning")
        template = "cms/blocks/warning.html"


class CallToActionBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Text"), max_length=20)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    path = blocks.CharBlock(label=_("Or a path on this site"), required=False, max_length=200)

    class Meta:
        icon = "pick"
        label = _("Call to action")
        template = "cms/blocks/call_to_action.html"

    def clean(self, value):
        cleaned = super().clean(value)
        path = cleaned["path"]
        if bool(cleaned["page"]) == bool(path):
            raise blocks.StructBlockValidationError({"path": ValidationError(_("Give a page or a path, not both."))})
        if path and (not path.startswith("/") or path.startswith("//")):
            raise blocks.StructBlockValidationError({"path": ValidationError(_("A path begins with one slash."))})
        return cleaned


COMMON_BLOCKS = [
    ("text", TextBlock()),
    ("image", PictureBlock()),
    ("video", VideoBlock()),
    ("quote", QuoteBlock()),
    ("timeline", TimelineBlock()),
    ("table", TableBlock()),
    ("warning", WarningBlock()),
    ("call_to_action", CallToActionBlock()),
]
