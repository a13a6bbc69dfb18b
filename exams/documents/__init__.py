"""A certificate as files: the signed PDF and its picture."""

import logging
from dataclasses import dataclass

from exams.credentials import badge
from exams.models import Certificate, Credential
from exams.queries.certificates import issuing_body

from . import layout, signing
from .glyphs import GETA

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class CertificateFiles:
    """The signed PDF and the same page as a PNG."""

    pdf: bytes
    png: bytes


def certificate_files(certificate: Certificate, *, place: Credential) -> CertificateFiles:
    """Make both files of a certificate (one query; person, rule, operation, category and scheme must be loaded).

    The same certificate as a signed credential is attached to the PDF.

    A character that no font has is printed as 〓 and logged; the certificate is made all the same.

    :raises signing.NoSigner: there is no usable signer, see ``make_certificate_signer``.
    :raises NoCredentialKey: there is no key for credentials, see ``make_credential_key``.
    :raises layout.NoFonts: CERTIFICATE_FONTS has no fonts.
    """
    signer = signing.load_signer()
    body = issuing_body()
    credential = badge.token(certificate, place=place, issued_by=body)
    printed = layout.render(layout.Face.of(certificate, issuer=body, credential=credential))
    if printed.missing:
        points = " ".join(f"U+{ord(character):04X}" for character in printed.missing)
        log.warning("certificate %s: no glyph for %s, printed as %s", certificate.pk, points, GETA)
    return CertificateFiles(pdf=signing.sign(printed.pdf, signer=signer), png=printed.png)
