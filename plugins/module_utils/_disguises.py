# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The forms in which a secret may come back: as it is, escaped for JSON, HTML or a URL, or inside of Base64."""

from __future__ import annotations

import json
from base64 import b64encode
from urllib.parse import quote, quote_plus

SHORTEST_BASE64 = 8
"""Characters; a shorter piece may stand in any text by chance."""


def disguises(secret: str) -> set[str]:
    """All forms of a secret that are looked for, itself among them."""
    plain = secret.encode("utf-8", "surrogatepass")
    percent = quote(plain, safe="")
    forms = {
        secret,
        json.dumps(secret)[1:-1],
        json.dumps(secret, ensure_ascii=False)[1:-1],
        repr(secret)[1:-1],
        _html(secret),
        percent,
        quote_plus(plain),
        quote(plain),
        _lower_escapes(percent),
        *_inside_base64(plain),
    }
    return {form for form in forms if form}


def _html(text: str) -> str:
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;")):
        text = text.replace(character, entity)
    return text


def _lower_escapes(percent: str) -> str:
    first, *rest = percent.split("%")
    return first + "".join(f"%{part[:2].lower()}{part[2:]}" for part in rest)


def _inside_base64(plain: bytes) -> set[str]:
    """What Base64 makes of the secret wherever it begins in a longer text, as in ``user:secret``."""
    found: set[str] = set()
    for before in range(3):
        encoded = b64encode(b"\0" * before + plain).decode()
        # The characters that depend on nothing but the secret
        piece = encoded[-(-before * 8 // 6) : (before + len(plain)) * 8 // 6]
        if len(piece) >= SHORTEST_BASE64:
            found |= {piece, piece.replace("+", "-").replace("/", "_")}
    return found
