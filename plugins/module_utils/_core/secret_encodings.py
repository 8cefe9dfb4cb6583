# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The forms in which a secret may come back: other Unicode forms, Base64, hexadecimal, and all of them with escapes.

Encoders differ in which characters they escape and how: JSON of several libraries, HTML, URLs, one inside of another.
So no escaped spellings of a secret are listed. A copy of the string is decoded, level by level, until nothing is left;
every character knows where it stood, and what is found in the copy is masked there.
"""

from __future__ import annotations

import json
import re
import sys
from base64 import b64encode
from collections.abc import Callable
from contextlib import suppress
from html.entities import html5
from typing import Literal

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
    """Return what Base64 makes of the secret wherever it begins in a longer text, as in ``user:secret``."""
    found: set[str] = set()
    for before in range(3):
        encoded = b64encode(b"\0" * before + plain).decode()
        # The characters that depend on nothing but the secret
        piece = encoded[-(-before * 8 // 6) : (before + len(plain)) * 8 // 6]
        if len(piece) >= SHORTEST_BASE64:
            found |= {piece, piece.replace("+", "-").replace("/", "_")}
    return found


MOST_READINGS = 40
"""Ways to read a string that are tried at the most; encodings inside of one another may be undone in any order."""

_JSON = re.compile(r"\\+u([0-9a-fA-F]{4})|\\+x([0-9a-fA-F]{2})|\\+([\"'/])|\\+([bfnrt])|\\+(\\)")
"""However often the backslash was escaped itself."""

_STRICT_JSON = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([\"'/])|([bfnrt])|(\\))")
"""One level of escapes, so that a backslash of the string itself is not taken for one of them."""

_HTML = re.compile(r"&#[xX]0*([0-9a-fA-F]{1,6});?|&#0*([0-9]{1,7});?|&([A-Za-z]{2,8});")
_URL = re.compile(r"%([0-9a-fA-F]{2})")
_LINE_BREAK = re.compile(r"(?<!\\)\\*(?:\r\n|\r|\n)[ \t]*")
_CONTROLS = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


def _from_json(match: re.Match[str]) -> str:
    number = match[1] or match[2]
    return chr(int(number, 16)) if number else match[3] or _CONTROLS.get(match[4]) or match[5]


def _from_html(match: re.Match[str]) -> str:
    if match[3]:
        return html5.get(f"{match[3]};", match[0])
    number = int(match[1], 16) if match[1] else int(match[2])
    return chr(number) if number <= sys.maxunicode else match[0]


def _from_url(match: re.Match[str]) -> str:
    return chr(int(match[1], 16))


_ENCODINGS: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    ("\\", _JSON, _from_json),
    ("\\", _STRICT_JSON, _from_json),
    ("&", _HTML, _from_html),
    ("%", _URL, _from_url),
)
"""A character without which there is nothing to decode, what is decoded, and into what."""


def has_escapes(text: str) -> bool:
    """Return whether there is anything to decode."""
    return any(sign in text and pattern.search(text) is not None for sign, pattern, _decode in _ENCODINGS)


class Decoded:
    """A string and, for each of its characters, the first and the last place in the original that it comes from."""

    def __init__(self, text: str, first: list[int] | None = None, after: list[int] | None = None) -> None:
        self.text = text
        self._first = first if first is not None else list(range(len(text)))
        self._after = after if after is not None else list(range(1, len(text) + 1))

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return where characters of this string stand in the original."""
        return self._first[start], self._after[end - 1]

    def readings(self) -> list[Decoded]:
        """The string decoded in every order of encodings, itself first; those that are decoded the most come last."""
        found = {self.text: self}
        for reading in (queue := [self]):
            for sign, pattern, decode in _ENCODINGS:
                if len(found) >= MOST_READINGS:
                    return queue
                if sign in reading.text:
                    further = reading._replaced(pattern, decode)
                    if further.text not in found:
                        found[further.text] = further
                        queue.append(further)
        return queue

    def joined(self) -> Decoded:
        """The string without line breaks, and what a line begins with."""
        return self._replaced(_LINE_BREAK, lambda match: "")

    def _replaced(self, pattern: re.Pattern[str], decode: Callable[[re.Match[str]], str]) -> Decoded:
        parts: list[str] = []
        first: list[int] = []
        after: list[int] = []
        done = 0
        for match in pattern.finditer(self.text):
            begin, end = match.span()
            character = decode(match)
            parts += [self.text[done:begin], character]
            first += self._first[done:begin] + [self._first[begin]] * len(character)
            after += self._after[done:begin] + [self._after[end - 1]] * len(character)
            done = end
        parts.append(self.text[done:])
        return Decoded("".join(parts), first + self._first[done:], after + self._after[done:])
