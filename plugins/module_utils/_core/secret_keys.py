# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which names say that what stands under them is a secret: password, PIN, auth key and their like, also with a typo."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache

from .text import squeeze

_WORDS = frozenset(
    {
        *("password", "passwd", "passphrase", "passcode", "passwort", "kennwort", "pwd", "pass", "pin", "psk"),
        *("secret", "token", "credential", "authorization"),
    }
)
"""A name whose last word is one of these is secret; numbers after it, and the words below, do not count."""

_KEYS = frozenset({"api", "auth", "private", "secret", "shared", "encryption", "access"})
"""``key`` after one of these is secret."""

_TRAILERS = frozenset({"hash", "value", "text", "string"})

_ENDINGS = (
    *("password", "passwd", "passphrase", "passcode", "passwort", "kennwort", "pwd", "secret", "credential"),
    *("apikey", "privatekey", "authkey", "sharedkey", "accesstoken", "authtoken"),
)
"""For names that are written in one word."""

_SETTINGS = frozenset({"update", "no", "use", "has", "hide", "show"})
"""A name that begins with one of these is a setting about a secret, not the secret."""

_TYPO = 0.85
"""Likeness from which on a word is taken for one of the above with a typo."""

_SHORTEST_TYPO = 5
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+|[^\W\d_]+")


@lru_cache(maxsize=4096)
def is_secret_key(key: object) -> bool:
    """Whether a value under this key is a secret by its name (API notes, sections 3 and 8)."""
    words = [word.casefold() for word in _WORD.findall(str(key))]
    while len(words) > 1 and words[-1] in _TRAILERS:
        words.pop()
    if not words or words[0] in _SETTINGS:
        return False
    last = words[-1].rstrip("s") if words[-1] not in ("pass",) else words[-1]
    if last in _WORDS or (last == "key" and len(words) > 1 and words[-2] in _KEYS):
        return True
    whole = squeeze(str(key)).rstrip("0123456789")
    if whole.endswith(_ENDINGS):
        return True
    return len(last) >= _SHORTEST_TYPO and bool(get_close_matches(last, _WORDS, n=1, cutoff=_TYPO))


_IN_JSON = (b"pass", b"pwd", b"secr", b"token", b"credential", b"kennwort", b"authorization", b"psk", b"pin", b"key")
"""A text of JSON without any of these has no key whose value is a secret, but for one with a typo in these letters."""


def may_have_secret_keys(content: bytes) -> bool:
    """Return whether a text of JSON may have a key under which a secret stands; much cheaper than to read all keys."""
    small = content.lower()
    return any(word in small for word in _IN_JSON)
