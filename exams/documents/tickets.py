"""The admission ticket as PDF and PNG: printed when it is asked for, so that it shows the seat once it is drawn."""

import json
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from exams.models import Admission
from exams.queries.certificates import issuing_body

from . import layout
from .glyphs import printable

TEMPLATE = Path(__file__).with_name("ticket.typ")
TITLE = "准考证"  # the document is Chinese in every language of the interface
SEAT_LATER = "考前抽签确定"
BRING = (
    "请携带本准考证和有效身份证件原件，提前30分钟到场核验身份、拍照比对。",
    "手机、手表、书籍和资料不得带入考场；考场提供考试用机。",
    "开考后凭监考员宣读的口令进入考试；服从监考员安排。",
    "不能参加的，请在报名截止前在网上改期或者退座。",
)


def ticket_pdf(admission: Admission) -> bytes:
    """Return the ticket as PDF (one query; person, sitting with room and rule, and application must be loaded).

    :raises layout.NoFonts: CERTIFICATE_FONTS has no fonts.
    """
    return _compiled(admission, format="pdf")


def ticket_png(admission: Admission) -> bytes:
    """Return the same page as a picture.

    :raises layout.NoFonts: CERTIFICATE_FONTS has no fonts.
    """
    return _compiled(admission, format="png", ppi=layout.DOTS_PER_INCH)


def face_of(admission: Admission) -> dict[str, str]:
    """Return what is printed: the holder's own copy, nothing masked; the code in the QR is the ticket's number."""
    sitting, person = admission.sitting, admission.person
    opens, closes = (timezone.localtime(moment) for moment in (sitting.opens_at, sitting.closes_at))
    ends = f"{closes:%H:%M}" if opens.date() == closes.date() else f"{closes:%Y年%-m月%-d日 %H:%M}"
    return {
        "title": TITLE,
        "name": person.name,
        "number": person.id_number,
        "category": sitting.rule.operation.category.name,
        "operation": sitting.rule.operation.name,
        "exam": sitting.title,
        "when": f"{opens:%Y年%-m月%-d日 %H:%M} – {ends}",
        "minutes": f"{sitting.minutes}分钟",
        "point": sitting.room.point.name,
        "address": sitting.room.point.address,
        "room": sitting.room.name,
        "seat": f"{admission.shown_seat}号" if admission.shown_seat else SEAT_LATER,
        "ticket": admission.ticket,
        "issuer": issuing_body(),
    }


def _compiled(admission: Admission, **how) -> bytes:
    import typst

    folder = Path(settings.CERTIFICATE_FONTS)
    face = {name: printable(text, font=folder / layout.BOLD)[0] for name, text in face_of(admission).items()}
    data = face | {"qr": layout.qr(admission.ticket), "bring": list(BRING), "photo": _photo(admission)}
    return typst.Compiler(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=layout.fonts_in(folder),
        ignore_system_fonts=True,
        sys_inputs={"face": json.dumps(data)},
    ).compile(**how)


def _photo(admission: Admission) -> list[int]:
    """Return the bytes of the photo that the application was checked with, else of the person's, or none."""
    checked = admission.application and admission.application.documents.filter(kind="photo").first()
    photo = checked.file if checked else admission.person.photo
    if not photo:
        return []
    try:
        with photo.open("rb") as file:
            return list(file.read())
    except FileNotFoundError:
        return []
