# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A certificate in place of a client secret: a login proves with it that it has the private key.

The proof is a client assertion (RFC 7523): a JSON Web Token, signed with PS256, that names the certificate by its
SHA-256 thumbprint, as Microsoft Entra ID takes it. The Python package ``cryptography`` is imported when it is needed.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass, field
from datetime import timezone
from typing import Any
from uuid import uuid4

from ..._core.errors import InputError
from ..._core.regular_files import LARGEST_PEM, UnusableFile, read_file

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

_LIFETIME = 300
"""Seconds for which an assertion is valid."""

_SKEW = 60
"""Seconds by which this clock may be ahead of the authority's."""

_TAG = "-----BEGIN "


@dataclass(frozen=True)
class ClientCertificate:
    """A certificate and its private key.

    :param thumbprint: SHA-256 of the certificate, base64url.
    :param ends_at: when the certificate expires, seconds since the epoch.
    :param material: what only the owner of the key knows, to derive other keys from.
    """

    thumbprint: str
    ends_at: float
    key: Any = field(repr=False)
    material: str = field(repr=False)

    def proof(self, client_id: str, audience: str, now: float) -> dict[str, str]:
        """Return the members by which a login proves that it has the key."""
        return {"client_assertion_type": ASSERTION_TYPE, "client_assertion": self.assertion(client_id, audience, now)}

    def assertion(self, client_id: str, audience: str, now: float) -> str:
        """Return a client assertion.

        :param audience: URL that the login is sent to.
        :param now: seconds since the epoch.
        """
        from cryptography.hazmat.primitives.asymmetric import padding  # noqa: PLC0415
        from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415

        begins = int(now) - _SKEW
        head = {"alg": "PS256", "typ": "JWT", "x5t#S256": self.thumbprint}
        claims = {
            "aud": audience,
            "iss": client_id,
            "sub": client_id,
            "jti": str(uuid4()),
            "nbf": begins,
            "iat": begins,
            "exp": int(now) + _LIFETIME,
        }
        signed = ".".join(_encoded(json.dumps(part, separators=(",", ":")).encode()) for part in (head, claims))
        salted = padding.PSS(mgf=padding.MGF1(SHA256()), salt_length=padding.PSS.DIGEST_LENGTH)
        return f"{signed}.{_encoded(self.key.sign(signed.encode(), salted, SHA256()))}"


def load_certificate(
    certificate: str | None,
    certificate_path: str | None,
    key: str | None,
    key_path: str | None,
    password: str | None,
) -> ClientCertificate:
    """The certificate and the key that belongs to it, from PEM texts or files.

    :param key: may be missing when it stands in the same text or file as the certificate.
    :raises InputError: names everything that is wrong, and never quotes a value.
    """
    problems: list[str] = []
    options = ("client_certificate", certificate), ("client_certificate_path", certificate_path)
    shown, public = _content(options, "certificate", problems)
    options = ("client_key", key), ("client_key_path", key_path)
    hidden, private = _content(options, "key", problems) if key or key_path else (shown, public)
    if problems:
        raise InputError(problems)
    try:
        from cryptography import x509  # noqa: PLC0415
        from cryptography.hazmat.primitives import serialization  # noqa: PLC0415
        from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey  # noqa: PLC0415
    except ImportError:
        raise InputError(["client_certificate needs the Python package cryptography"]) from None
    read = secret = None
    try:
        read = x509.load_pem_x509_certificate(public)
    except ValueError:
        problems.append(f"{shown} holds no certificate in PEM format")
    try:
        secret = serialization.load_pem_private_key(private, password.encode() if password else None)
    except TypeError:
        wrong = "not encrypted; omit client_key_password" if password else "encrypted; give client_key_password"
        problems.append(f"the private key in {hidden} is {wrong}")
    except ValueError:
        said = "cannot be read with this client_key_password" if password else "is missing, or not in PEM format"
        problems.append(f"the private key in {hidden} {said}")
    if read is None or secret is None:
        raise InputError(problems)
    if not isinstance(secret, RSAPrivateKey):
        raise InputError([f"the private key in {hidden} must be an RSA key"])
    if secret.public_key() != read.public_key():
        raise InputError([f"the private key in {hidden} does not belong to the certificate in {shown}"])
    plain = secret.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    thumbprint = hashlib.sha256(read.public_bytes(serialization.Encoding.DER)).digest()
    return ClientCertificate(_encoded(thumbprint), _end_of(read), secret, hashlib.sha256(plain).hexdigest())


def _content(
    options: tuple[tuple[str, str | None], tuple[str, str | None]], what: str, problems: list[str]
) -> tuple[str, bytes]:
    """The option that gives the text, and the text."""
    (text_name, text), (path_name, path) = options
    if text and path:
        problems.append(f"give either {text_name} or {path_name}, not both")
    elif path:
        try:
            return path_name, read_file(path, LARGEST_PEM)
        except UnusableFile as error:
            problems.append(f"{path_name}: the file cannot be read ({error})")
    elif text and _TAG not in text:
        problems.append(f"{text_name} must be the {what} in PEM format, as text; {path_name} names a file")
    elif text:
        return text_name, text.encode()
    else:
        problems.append(f"{text_name} is missing: {path_name} or {text_name} gives the {what}")
    return text_name, b""


def _end_of(certificate: Any) -> float:
    # Older versions of cryptography know only a time without its zone, which is UTC
    end = getattr(certificate, "not_valid_after_utc", None) or certificate.not_valid_after.replace(tzinfo=timezone.utc)
    return float(end.timestamp())


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
