"""The face of a certificate: what is printed on it, and typst that prints it."""

import io
import json
import threading
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from exams.models import Certificate
from exams.queries.certificates import grouped_code

from .glyphs import printable

TEMPLATE = Path(__file__).with_name("certificate.typ")
REGULAR = Path("400Regular/NotoSansSC_400Regular.ttf")
BOLD = Path("700Bold/NotoSansSC_700Bold.ttf")
TITLE = "特种作业操作证"  # the document is Chinese in every language of the interface
PDF_STANDARD = "a-3b"
DOTS_PER_INCH = 200
QR_COLOUR = "#0b3d6e"


_threads = threading.local()


class NoFonts(ImproperlyConfigured):
    """CERTIFICATE_FONTS does not hold Noto Sans SC."""


@dataclass(frozen=True)
class Face:
    """What is printed on one certificate."""

    name: str
    number: str
    category: str
    operation: str
    scheme: str
    issuer: str
    issued_on: date
    valid_until: date
    code: str
    credential: str = ""  # the same as a signed JWT, attached to the PDF for machines

    @classmethod
    def of(cls, certificate: Certificate, *, issuer: str, credential: str = "") -> "Face":
        """Return the face of a certificate: the holder's own copy, nothing masked."""
        operation = certificate.rule.operation
        return cls(
            name=certificate.person.name,
            number=certificate.number,
            category=operation.category.name,
            operation=operation.name,
            scheme=certificate.rule.scheme.name,
            issuer=issuer,
            issued_on=certificate.first_day,
            valid_until=certificate.valid_until,
            code=certificate.code,
            credential=credential,
        )


@dataclass(frozen=True)
class Printed:
    """The unsigned PDF, the picture of its page, and the characters that no font has."""

    pdf: bytes
    png: bytes
    missing: tuple[str, ...]


def render(face: Face) -> Printed:
    """Print ``face`` on one A5 page, as PDF/A-3b (ISO 19005-3: a file may be attached) and as a picture.

    :raises NoFonts: CERTIFICATE_FONTS has no fonts.
    """
    folder = Path(settings.CERTIFICATE_FONTS)
    compiler = _compiler(folder)
    texts, missing = {}, []
    for field, value in asdict(face).items():
        if field == "credential":  # attached, not printed
            texts[field] = value
            continue
        texts[field], lacking = printable(str(value), font=folder / BOLD)
        missing += lacking
    url = f"{settings.BASE_URL}/verify/{face.code}/"
    data = texts | {
        "title": TITLE,
        "code_shown": grouped_code(face.code),
        "url": url,
        "verify_url": f"{settings.BASE_URL}/verify/",
        "qr": qr(url),
        "missing": bool(missing),
    }
    inputs = {"face": json.dumps(data)}
    pdf = compiler.compile(format="pdf", pdf_standards=PDF_STANDARD, sys_inputs=inputs)
    png = compiler.compile(format="png", ppi=DOTS_PER_INCH, sys_inputs=inputs)
    return Printed(pdf=pdf, png=png, missing=tuple(missing))


def _compiler(folder: Path):
    """Return this thread's compiler, made once: the fonts are read once, and pages are laid out five times as fast."""
    import typst

    made = _threads.__dict__.setdefault("compilers", {})
    if folder not in made:
        made[folder] = typst.Compiler(
            TEMPLATE, root=TEMPLATE.parent, font_paths=fonts_in(folder), ignore_system_fonts=True
        )
    return made[folder]


@cache
def fonts_in(folder: Path):
    """The two weights the template uses, and no system font: the page is the same on every machine."""
    import typst

    for weight in (REGULAR, BOLD):
        if not (folder / weight).is_file():
            raise NoFonts(f"CERTIFICATE_FONTS: there is no {weight} in {folder}; run npm ci in site/frontend.")
    paths = [str((folder / weight).parent) for weight in (REGULAR, BOLD)]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=paths)


def qr(text: str) -> str:
    """Return the QR code of ``text`` as SVG."""
    import segno

    svg = io.BytesIO()
    segno.make(text, error="m", micro=False).save(svg, kind="svg", border=2, dark=QR_COLOUR)
    return svg.getvalue().decode()
