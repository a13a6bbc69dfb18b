"""A security key in software: what a browser and its authenticator answer (WebAuthn level 2, ES256, no attestation)."""

import hashlib
import json
import secrets

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class SoftKey:
    """Holds one credential."""

    def __init__(self, origin: str = "https://testserver"):
        self.origin = origin
        self.id = secrets.token_bytes(32)
        self.private = ec.generate_private_key(ec.SECP256R1())

    def create(self, options: dict) -> str:
        """Answer ``navigator.credentials.create`` as JSON."""
        public = options["publicKey"]
        data = self._client_data(CollectedClientData.TYPE.CREATE, public["challenge"])
        credential = AttestedCredentialData.create(
            b"\0" * 16, self.id, ES256.from_cryptography_key(self.private.public_key())
        )
        auth = AuthenticatorData.create(self._rp(public["rp"]["id"]), PRESENT | VERIFIED | ATTESTED, 0, credential)
        attestation = AttestationObject.create("none", auth, {})
        return self._answer(clientDataJSON=data, attestationObject=attestation)

    def get(self, options: dict) -> str:
        """Answer ``navigator.credentials.get`` as JSON."""
        public = options["publicKey"]
        data = self._client_data(CollectedClientData.TYPE.GET, public["challenge"])
        auth = AuthenticatorData.create(self._rp(public["rpId"]), PRESENT | VERIFIED, 1)
        signed = auth + hashlib.sha256(data).digest()
        signature = self.private.sign(signed, ec.ECDSA(hashes.SHA256()))
        return self._answer(clientDataJSON=data, authenticatorData=auth, signature=signature)

    def _client_data(self, kind, challenge) -> bytes:
        return CollectedClientData.create(kind, challenge, self.origin)

    @staticmethod
    def _rp(name: str) -> bytes:
        return hashlib.sha256(name.encode()).digest()

    def _answer(self, **response: bytes) -> str:
        name = websafe_encode(self.id)
        fields = {key: websafe_encode(value) for key, value in response.items()}
        return json.dumps(
            {"type": "public-key", "id": name, "rawId": name, "response": fields, "clientExtensionResults": {}}
        )
