# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Client assertions: what the authority looks at when an application logs in with a certificate."""

import base64
import hashlib
import json
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

_LONGEST = 24 * 3600
"""Seconds that an assertion may be valid for."""


class Refused(Exception):
    """An assertion that the authority does not take.

    :param code: number of the error.
    """

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text


class Assertions:
    """Judges assertions; each can be used once."""

    def __init__(self) -> None:
        self._used: set[str] = set()

    def judge(self, assertion: str, certificate: str, client_id: str, audience: str, now: float) -> None:
        """See that it is right.

        :param certificate: the one that is registered for the application, in PEM format.
        :param audience: URL that it was sent to.
        :raises Refused: it is not.
        """
        try:
            head, claims, signature = assertion.split(".")
            header, content = _json(head), _json(claims)
            signed = _bytes(signature)
        except ValueError:
            raise Refused(50027, "JWT token is invalid or malformed.") from None
        known = x509.load_pem_x509_certificate(certificate.encode()) if certificate else None
        thumbprint = hashlib.sha256(known.public_bytes(Encoding.DER)).digest() if known else b""
        if not known or header.get("alg") != "PS256" or _bytes(str(header.get("x5t#S256", ""))) != thumbprint:
            raise Refused(700027, "The certificate used to sign the client assertion is not registered.")
        key = known.public_key()
        assert isinstance(key, RSAPublicKey)
        salted = padding.PSS(mgf=padding.MGF1(SHA256()), salt_length=padding.PSS.DIGEST_LENGTH)
        try:
            key.verify(signed, f"{head}.{claims}".encode(), salted, SHA256())
        except InvalidSignature:
            raise Refused(700027, "Client assertion failed signature validation.") from None
        if content.get("aud") != audience:
            raise Refused(700023, "Client assertion audience claim does not match Realm issuer.")
        if content.get("iss") != client_id or content.get("sub") != client_id:
            raise Refused(700021, "Client assertion application identifier doesn't match 'client_id' parameter.")
        begins, ends = content.get("nbf"), content.get("exp")
        if not isinstance(begins, int) or not isinstance(ends, int) or not begins <= now < ends <= begins + _LONGEST:
            raise Refused(700024, "Client assertion is not within its valid time range.")
        if not content.get("jti") or content["jti"] in self._used:
            raise Refused(50027, "The client assertion was used before.")
        self._used.add(content["jti"])


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _json(text: str) -> dict[str, Any]:
    content = json.loads(_bytes(text))
    if not isinstance(content, dict):
        raise ValueError("not an object")
    return content
