"""The score sheets of a practical exam as one PDF for the archive. The document is Chinese in every language."""

import json
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone

from exams.enums import SignedAs
from exams.queries.certificates import issuing_body
from exams.queries.side_by_side import Compared, Examined, TaskBlock

from .glyphs import printable
from .layout import BOLD, fonts_in

TEMPLATE = Path(__file__).with_name("score_sheets.typ")
TITLE = "特种作业实际操作考试评分表"


def score_sheets_pdf(compared: Compared) -> bytes:
    """Return the sheets, signatures and outcome of a decided exam as a PDF (three queries).

    :raises layout.NoFonts: CERTIFICATE_FONTS has no fonts.
    """
    import typst

    folder = Path(settings.CERTIFICATE_FONTS)
    fonts = fonts_in(folder)
    compiler = typst.Compiler(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=fonts,
        ignore_system_fonts=True,
        sys_inputs={"sheets": json.dumps(_printable(_data(compared), folder / BOLD))},
    )
    return compiler.compile(format="pdf")


def _printable(value, font: Path):
    """Replace what the font cannot print, in every text."""
    if isinstance(value, str):
        return printable(value, font=font)[0]
    if isinstance(value, dict):
        return {key: _printable(one, font) for key, one in value.items()}
    if isinstance(value, list) and not (value and isinstance(value[0], int)):
        return [_printable(one, font) for one in value]
    return value


def _data(compared: Compared) -> dict:
    session, outcome = compared.session, compared.outcome
    marks = [] if outcome is None else list(outcome.marks.select_related("subject").order_by("subject__code"))
    return {
        "title": TITLE,
        "number": str(session.pk),
        "issuer": issuing_body(),
        "facts": [
            ["姓名", session.person.name],
            ["证件号码", session.person.masked_id_number],
            ["操作项目", session.rule.operation.name],
            ["考核依据", session.rule.scheme.name],
            ["第几次", str(session.number)],
            ["开考时间", _moment(session.opened_at)],
            ["评定时间", _moment(session.decided_at)],
            ["抽题种子", str(session.seed)],
        ],
        "examiners": [_examiner(one) for one in compared.examiners],
        "blocks": [_block(block) for block in compared.blocks],
        "score": str(outcome.score) if outcome else "",
        "verdict": ("合格" if outcome.passed else "不合格") if outcome else "",
        "veto": (outcome.veto_reason if outcome else "") or "无",
        "subjects": [[mark.subject.code, f"{mark.marks}/{mark.subject.marks}"] for mark in marks],
        "photos": [[photo.task, one.name, photo.digest] for one in compared.examiners for photo in one.photos],
    }


def _examiner(one: Examined) -> dict:
    typed = f"{one.signed_name}（已核验身份，具名签署）"
    return {
        "name": f"{one.name}（第三考评员）" if one.place == 3 else one.name,
        "total": str(one.total),
        "time": f"{_moment(one.started_at)} – {timezone.localtime(one.finished_at):%H:%M}",
        "ink": _ink(one.signature),
        "signed": typed if one.signed_as == SignedAs.TYPED else "手写签名已按期限删除",
        "handed-in": f"提交于 {_moment(one.submitted_at)}",
    }


def _ink(name: str) -> list[int] | None:
    if not name or not default_storage.exists(name):
        return None
    with default_storage.open(name) as file:
        return list(file.read())


def _block(block: TaskBlock) -> dict:
    return {
        "title": f"{block.task.subject}　{block.task.title}（{block.task.code}，{block.task.minutes}分钟）",
        "source": block.task.source,
        "full": str(block.full),
        "items": [
            {"text": item.text, "full": str(item.full), "marks": [str(mark) for mark in item.marks]}
            for item in block.items
        ],
        "vetoes": [
            {
                "text": veto.text,
                "counts": "是" if veto.counts else "否",
                "seen": [note or "是" if seen else "—" for seen, note in veto.by_examiner],
            }
            for veto in block.vetoes
        ],
        "sums": [str(total) for total in block.sums],
    }


def _moment(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""
