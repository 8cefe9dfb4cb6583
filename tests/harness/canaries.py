# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looking for planted secrets in every byte, whole or in part, and in every form that they may have taken.

It shares nothing with the engine's masking: here, everything is decoded in every way, and then searched for pieces.
"""

from __future__ import annotations

import html
import re
from base64 import b64decode
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from urllib.parse import unquote_plus

PIECE = 10
"""Characters of a secret that are a finding."""

_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{16,}")
_HEX = re.compile(r"[0-9a-fA-F]{20,}")
_CHARACTER = r"(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([bfnrt])|([\"'\\/]))"
_ESCAPE = re.compile(r"\\" + _CHARACTER)
"""One level of escapes of JSON and Python."""
_ESCAPES = re.compile(r"\\+" + _CHARACTER)
"""The same, whatever the number of levels; a backslash that belongs to the text is taken for one of them."""
_CONTROLS = dict(zip("bfnrt", "\b\f\n\r\t", strict=True))
_LINE_END = re.compile(r"\\*(?:\\[rn]|\r\n|\r|\n)\s*")
_MOST_LEVELS = 3
"""Encodings one inside of another."""
_BETWEEN = "\0"
"""Two views; no piece of a secret holds it."""
_BLANKS = b"ICAg"
"""Three blanks, as Base64."""


class Canaries:
    """Planted secrets. Each should be such that no piece of it occurs elsewhere."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self._pieces = {secret: [piece.casefold().encode() for piece in _pieces(secret)] for secret in secrets}

    def search(self, places: Mapping[str, bytes]) -> list[tuple[str, str]]:
        """The place and the secret of every finding."""
        return [(place, secret) for place, content in places.items() for secret in self.find(content)]

    def find(self, content: bytes) -> list[str]:
        """The secrets that are in it."""
        views = _all_views(content)
        return [secret for secret, pieces in self._pieces.items() if any(piece in views for piece in pieces)]


def _pieces(secret: str) -> Iterator[str]:
    """Pieces so close together that every part of the secret of one and a half pieces' length holds one."""
    for text in dict.fromkeys((secret, _without_blanks(secret), _in_one_line(secret))):
        if len(text) <= PIECE:
            yield text
        last = max(0, len(text) - PIECE)
        for start in (*range(0, last, PIECE // 2), last):
            yield text[start : start + PIECE]


@lru_cache(maxsize=32)
def _all_views(content: bytes) -> bytes:
    """All views, one after the other, in one letter case; the same content is often searched several times in a row."""
    return _BETWEEN.join(_views(content)).casefold().encode("utf-8", "surrogatepass")


def _views(content: bytes) -> Iterator[str]:
    """The content as it is, and as it is when it is decoded, unescaped, or put together from several lines."""
    plain = content.decode("utf-8", "replace")
    yield from (views := _decoded(plain))
    for view in views:
        yield from {_in_one_line(view), _without_blanks(view), _LINE_END.sub("", view)}
    yield _from_hex(plain)
    yield from _from_base64(content)
    unescaped = plain.replace("\\/", "/").replace("\\n", "").encode()
    if unescaped != content:
        yield from _from_base64(unescaped)


def _decoded(text: str) -> list[str]:
    """The text and each way to undo a few encodings, whatever was put into what."""
    found = {text: None}
    fresh = [text]
    for _level in range(_MOST_LEVELS):
        fresh = [change(view) for view in fresh for change in (_unescaped, _unescaped_fully, _unquoted, html.unescape)]
        fresh = [view for view in dict.fromkeys(fresh) if view not in found]
        found |= dict.fromkeys(fresh)
    return list(found)


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(_character, text)


def _unescaped_fully(text: str) -> str:
    return _ESCAPES.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    number = match[1] or match[2]
    return chr(int(number, 16)) if number else _CONTROLS.get(match[3]) or match[4]


def _unquoted(text: str) -> str:
    return unquote_plus(text)


def _in_one_line(text: str) -> str:
    return _without_blanks(text.replace("\\n", ""))


def _without_blanks(text: str) -> str:
    return "".join(text.split())


def _from_hex(text: str) -> str:
    """Everything that may be hexadecimal."""
    return " ".join(bytes.fromhex(run[: len(run) // 2 * 2]).decode("utf-8", "replace") for run in _HEX.findall(text))


def _from_base64(content: bytes) -> Iterator[str]:
    """Everything that may be Base64, decoded from each of the places at which it may begin."""
    runs = [run.translate(bytes.maketrans(b"-_", b"+/")) for run in _BASE64.findall(content)]
    for offset in range(4):
        decoded = b64decode(_BLANKS.join(_whole(run[offset:]) for run in runs))
        if decoded:
            yield decoded.decode("utf-8", "replace")
            for start in range(2):
                yield decoded[start:].decode("utf-16-le", "replace")


def _whole(run: bytes) -> bytes:
    return run[: len(run) // 4 * 4]
