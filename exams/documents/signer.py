"""The key that seals certificates: made once, kept in one file that only its owner reads."""

import os
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID

COMMON_NAME = "学会应急 证书签章"
KEY_BITS = 3072
LIFETIME = timedelta(days=3653)  # ten years: longer than the six a certificate is valid
OTHER_USES = (
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


class SignerExists(Exception):
    """There is a signer at that path; replacing it would leave every certificate issued so far unverifiable."""


def make_signer(*, path: Path, passphrase: str, common_name: str, now: datetime) -> None:
    """Write a new self-signed RSA signer as PKCS#12, readable by its owner only.

    :raises SignerExists: the file is there already.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    content = _signer(passphrase, common_name, now)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise SignerExists(str(path)) from error
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)


def _signer(passphrase: str, common_name: str, now: datetime) -> bytes:
    key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    protection = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    certificate = _self_signed(key, common_name, now)
    return pkcs12.serialize_key_and_certificates(common_name.encode(), key, certificate, None, protection)


def _self_signed(key: rsa.RSAPrivateKey, common_name: str, now: datetime) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])
    usage = dict.fromkeys(OTHER_USES, False) | {"digital_signature": True, "content_commitment": True}
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))  # machines' clocks differ
        .not_valid_after(now + LIFETIME)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
