"""A certificate as files: the signed PDF and its picture."""

import logging
from dataclasses import dataclass

from exams.models import Certificate
from exams.queries.certificates import issuing_body

from . import layout, signing
from .glyphs import GETA

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class CertificateFiles:
    """The signed PDF and the same page as a PNG."""

    pdf: bytes
    png: bytes


def certificate_files(certificate: Certificate) -> CertificateFiles:
    """Make both files of a certificate (one query; person, rule, operation, category and scheme must be loaded).

    A character that no font has is printed as 〓 and logged; the certificate is made all the same.

    :raises signing.NoSigner: there is no usable signer, see ``make_certificate_signer``.
    :raises layout.NoFonts: CERTIFICATE_FONTS has no fonts.
    """
    signer = signing.load_signer()
    printed = layout.render(layout.Face.of(certificate, issuer=issuing_body()))
    if printed.missing:
        points = " ".join(f"U+{ord(character):04X}" for character in printed.missing)
        log.warning("certificate %s: no glyph for %s, printed as %s", certificate.pk, points, GETA)
    return CertificateFiles(pdf=signing.sign(printed.pdf, signer=signer), png=printed.png)
