# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Keeping the access token between the tasks of a play, encrypted, so that a play logs in once.

The file can be read only with the client secret that the token was fetched with: its key is derived from that secret,
and the identity of the login is authenticated with it. A file that was tampered with, belongs to other credentials or
is readable for others is as good as none.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from .._core.clock import Clock
from .._core.private_files import locked, open_folder, read_private, sweep, write_private

_SALT, _NONCE = 16, 12
_LOGIN_PATIENCE = 60.0


@dataclass(frozen=True)
class Token:
    """An access token and when it ends (seconds since the epoch)."""

    value: str = field(repr=False)
    expires_at: float


class TokenCache:
    """The cached token of one set of credentials.

    :param former: the identity under which 1.0.0 has kept the token, which took URLs as they were typed.
    :raises UnsafePlace: the folder cannot be used safely.
    :raises ImportError: ``cryptography`` is not there.
    """

    def __init__(self, folder: Path, identity: str, secret: str, clock: Clock, former: str | None = None) -> None:
        open_folder(folder, private=True)
        # Imported only here: it costs time, and not everybody has or wants it.
        self._cipher: Any = import_module("cryptography.hazmat.primitives.ciphers.aead").AESGCM
        self._identity = identity.encode()
        self._identities = dict.fromkeys((self._identity, (former or identity).encode()))
        self._secret = secret.encode()
        self._clock = clock
        self._folder = folder
        self._path = self._path_of(self._identity)

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Only one process at a time looks for the token and, if need be, logs in."""
        with ExitStack() as held:
            # Better one login too many than a play that hangs behind a stuck one.
            with suppress(OSError):
                held.enter_context(locked(self._path.with_suffix(".lock"), self._clock, _LOGIN_PATIENCE))
            yield

    def load(self) -> Token | None:
        """The token if one is there, readable and ours; its expiry is the caller's to check."""
        found = (self._load(identity) for identity in self._identities)
        return next((token for token in found if token is not None), None)

    def _load(self, identity: bytes) -> Token | None:
        content = read_private(self._path_of(identity))
        if content is None or len(content) <= _SALT + _NONCE:
            return None
        salt, nonce, sealed = content[:_SALT], content[_SALT : _SALT + _NONCE], content[_SALT + _NONCE :]
        try:
            record = json.loads(self._cipher(self._key(salt)).decrypt(nonce, sealed, identity))
            return Token(str(record["value"]), float(record["expires_at"]))
        except Exception:  # InvalidTag, or a content that this version does not know: as good as no file
            return None

    def store(self, token: Token) -> None:
        """Keep the token; failing to is no error, the next task just logs in itself."""
        salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
        record = json.dumps({"value": token.value, "expires_at": token.expires_at}).encode()
        sealed = self._cipher(self._key(salt)).encrypt(nonce, record, self._identity)
        with suppress(OSError):
            write_private(self._path, salt + nonce + sealed)
        sweep(self._folder, self._clock.wall())

    def _path_of(self, identity: bytes) -> Path:
        return self._folder / f"{hashlib.sha256(identity).hexdigest()[:32]}.token"

    def _key(self, salt: bytes) -> bytes:
        """HKDF (RFC 5869) with SHA-256, one block."""
        extracted = hmac.new(salt, self._secret, hashlib.sha256).digest()
        return hmac.new(extracted, b"live_platform token cache\x01", hashlib.sha256).digest()
