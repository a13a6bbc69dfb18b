"""Seal a PDF with the house's signer, and tell whether a seal is ours and unbroken. Never asks the network.

The seal is PAdES baseline B-B (ETSI EN 319 142-1): /ETSI.CAdES.detached, the signing certificate signed along and
embedded, the time in /M and not in the signature. What it appends to a PDF/A file leaves it one: no metadata is
rewritten, the field has no appearance to draw.
"""

import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.asyncio import async_unsafe

FIELD = "CertificateSeal"


class NoSigner(ImproperlyConfigured):
    """CERTIFICATE_SIGNER is not there or does not open with its passphrase."""


@dataclass(frozen=True)
class Verified:
    """``intact``: not a byte was changed; ``valid``: intact, and the seal is ours; ``signer``: its common name."""

    valid: bool
    intact: bool
    signer: str


def load_signer():
    """Return pyHanko's signer of the file at CERTIFICATE_SIGNER; opened once a process, again when the file changes.

    :raises NoSigner: there is none, or the passphrase is wrong.
    """
    path = Path(settings.CERTIFICATE_SIGNER)
    try:
        found = path.stat()
        return _opened(path, settings.CERTIFICATE_SIGNER_PASSPHRASE, found.st_mtime_ns, found.st_ino)
    except OSError as error:
        raise NoSigner(
            f"CERTIFICATE_SIGNER: cannot read {path}. "
            "Put the bureau's PKCS#12 file there, or make one with manage.py make_certificate_signer."
        ) from error
    except ValueError as error:
        raise NoSigner(
            f"CERTIFICATE_SIGNER: {path} does not open with CERTIFICATE_SIGNER_PASSPHRASE, or is no PKCS#12 file."
        ) from error


@cache
def _opened(path: Path, passphrase: str, changed: int, inode: int):
    """Open the signer; a RSA key is proved once here and not again for each file, which took 200 ms each time."""
    from cryptography.hazmat.primitives.asymmetric import padding, rsa
    from cryptography.hazmat.primitives.serialization import load_der_private_key
    from pyhanko.sign.general import get_pyca_cryptography_hash
    from pyhanko.sign.signers import SimpleSigner

    class Signer(SimpleSigner):
        key = None

        def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
            mechanism = self.get_signature_mechanism_for_digest(digest_algorithm).signature_algo
            if mechanism != "rsassa_pkcs1v15" or not isinstance(self.key, rsa.RSAPrivateKey):
                return super().sign_raw(data, digest_algorithm)
            return self.key.sign(data, padding.PKCS1v15(), get_pyca_cryptography_hash(digest_algorithm))

    found = SimpleSigner.load_pkcs12_data(path.read_bytes(), (), passphrase.encode() if passphrase else None)
    signer = Signer(found.signing_cert, found.signing_key, found.cert_registry)
    signer.key = load_der_private_key(found.signing_key.dump(), None)
    return signer


def sign(pdf: bytes, *, signer) -> bytes:
    """Return ``pdf`` certified by ``signer``: any later change, even an appended one, breaks the seal."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, sign_pdf

    class Writer(IncrementalPdfFileWriter):
        def _update_meta(self):
            """Leave the metadata as they are: written anew, their PDF/A extension schemas would be another's work."""

    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    return sign_pdf(Writer(io.BytesIO(pdf)), metadata, signer).getvalue()


@async_unsafe("verify() runs an event loop of its own; call it from a thread.")
def verify(pdf: bytes) -> Verified:
    """Say whether ``pdf`` carries one unbroken seal of our own signer; nothing a stranger sends makes it raise.

    :raises NoSigner: there is no signer to compare with.
    :raises SynchronousOnlyOperation: called from an event loop, where every file would look broken.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    ours = ValidationContext(trust_roots=[load_signer().signing_cert], allow_fetching=False)
    try:
        (seal,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
        status = validate_pdf_signature(seal, ours)
        name = str(status.signing_cert.subject.native.get("common_name", ""))
        intact = (
            status.intact
            and status.coverage == SignatureCoverageLevel.ENTIRE_FILE
            and _own_place_is_untouched(pdf, seal)
        )
    except Exception:  # a broken file breaks the parser in many ways; each of them means that it is not our file
        return Verified(valid=False, intact=False, signer="")
    return Verified(valid=intact and status.bottom_line, intact=intact, signer=name)


def _own_place_is_untouched(pdf: bytes, seal) -> bool:
    """Say whether the stretch that a seal cannot cover, its own place, is as ``sign`` left it.

    RFC 5652 leaves the versions and the outer list of digests unsigned, and behind the seal stand zeros.
    """
    from asn1crypto.cms import ContentInfo, DigestAlgorithms

    _, before, after, _ = (int(part) for part in seal.byte_range)
    content = bytes(seal.pkcs7_content)
    envelope = ContentInfo.load(content)
    data = envelope["content"]
    (info,) = data["signer_infos"]
    digests = DigestAlgorithms([info["digest_algorithm"]])
    as_signed = (
        data["version"].native == info["version"].native == "v1"
        and data["digest_algorithms"].dump() == digests.dump()
    )  # fmt: skip
    filled = envelope.dump().ljust(len(content), b"\0")
    return as_signed and pdf[before:after] == b"<" + filled.hex().upper().encode() + b">"
