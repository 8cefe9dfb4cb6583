# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The forms in which a secret may come back when all escapes are decoded: other Unicode forms, Base64, hexadecimal.

Escapes of JSON, HTML and URLs are not listed here; they are decoded where they stand, see ``_decoded_text``.
"""

from __future__ import annotations

import json
from base64 import b64encode
from contextlib import suppress
from typing import Literal

from .decoded_text import Decoded
from .text import normalized

SHORTEST_BASE64 = 8
"""Characters; a shorter piece may stand in any text by chance."""

_UNICODE_FORMS: tuple[Literal["NFC", "NFD", "NFKC", "NFKD"], ...] = ("NFC", "NFD", "NFKC", "NFKD")
_SYSTEM_TEXT_JSON = "\"'&<>+`"
"""Characters that the JSON encoder of .NET escapes besides the ones beyond ASCII."""


def encodings_of(secret: str) -> set[str]:
    """All forms of a secret that are looked for in decoded text, itself among them."""
    forms = {secret, *(normalized(form, secret) for form in _UNICODE_FORMS)}
    forms |= {" ".join(secret.split()), Decoded(secret).joined().text}  # without its line breaks
    plain = secret.encode("utf-8", "surrogatepass")
    for code in ("latin-1", "cp1252"):  # the bytes of UTF-8 taken for those of another code
        with suppress(UnicodeDecodeError):
            forms.add(plain.decode(code))
    forms.add("".join(_surrogates(character) for character in secret))
    forms |= {form.replace(" ", "+") for form in forms}  # as forms are sent
    wide = secret.encode("utf-16-le", "surrogatepass")
    escaped = (json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1], _system_text_json(secret))
    for content in {plain, wide, *(text.encode("utf-8", "surrogatepass") for text in escaped)}:
        forms |= inside_base64(content)
        forms |= {content.hex(), content.hex("-"), content.hex(":")}
    return {form for form in forms if form}


def _surrogates(character: str) -> str:
    """A character as the two halves that JSON escapes it by."""
    number = ord(character) - 0x10000
    return character if number < 0 else chr(0xD800 + (number >> 10)) + chr(0xDC00 + (number & 0x3FF))


def _system_text_json(text: str) -> str:
    return "".join(
        f"\\u{ord(character):04X}" if character in _SYSTEM_TEXT_JSON or not " " <= character <= "~" else character
        for character in text.replace("\\", "\\\\")
    )


def inside_base64(plain: bytes) -> set[str]:
    """What Base64 makes of the secret wherever it begins in a longer text, as in ``user:secret``."""
    found: set[str] = set()
    for before in range(3):
        encoded = b64encode(b"\0" * before + plain).decode()
        # The characters that depend on nothing but the secret
        piece = encoded[-(-before * 8 // 6) : (before + len(plain)) * 8 // 6]
        if len(piece) >= SHORTEST_BASE64:
            found |= {piece, piece.replace("+", "-").replace("/", "_")}
    return found
