# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Words and names: comparing them as the platform does, finding what somebody probably meant, cutting what is long."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from enum import Enum
from typing import Any, Literal

_GUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\U000e0000-\U000e007f]"
)
_LONGEST_NORMALIZED = 2000
"""Characters."""

_WORD_BREAK = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def is_guid(value: object) -> bool:
    """Return whether the value is a GUID in its plain form (8-4-4-4-12 hexadecimal digits, no braces)."""
    return isinstance(value, str) and _GUID.fullmatch(value) is not None


def same_text(left: str | None, right: str | None) -> bool:
    """Equal as people read them, see :func:`fold`; ``None`` equals nothing. For GUIDs and names."""
    return left is not None and right is not None and fold(left) == fold(right)


def fold(value: str) -> str:
    """The form in which names and GUIDs are compared.

    Without regard to case, to blanks at the ends, to the kind and number of blanks, to characters that show nothing
    (zero width, soft hyphens, marks of direction), and to whether an accent is part of its letter.
    """
    text = value.casefold()
    if not text.isascii():
        text = "".join(character for character in text if not _shows_nothing(character))
        # Some capital letters get an accent of their own by casefold, and some letters change their case once composed
        text = normalized("NFKC", normalized("NFKC", text).casefold())
    return " ".join(text.split())


def normalized(form: Literal["NFC", "NFD", "NFKC", "NFKD"], text: str) -> str:
    """Return the text in this Unicode form, unless it is longer than any name or password.

    Sorting a long run of combining characters takes time that grows with the square of its length.
    """
    return unicodedata.normalize(form, text) if len(text) <= _LONGEST_NORMALIZED else text


def _shows_nothing(character: str) -> bool:
    """Format characters, and those that only choose between two shapes of the character before them."""
    return unicodedata.category(character) == "Cf" or "\ufe00" <= character <= "\ufe0f" or character == "\u034f"


def squeeze(value: str) -> str:
    """The form in which status words are compared: no case, blanks, dashes or underscores (API notes, section 4)."""
    return re.sub(r"[\s_-]+", "", value).casefold()


def snake_case(name: str) -> str:
    """``umpCustomerGuid`` and ``UmpCustomerGuid`` become ``ump_customer_guid``."""
    return _WORD_BREAK.sub("_", name).replace("-", "_").replace(" ", "_").lower()


def snake_keys(value: Any) -> Any:
    """The same structure with all keys in snake_case."""
    if isinstance(value, Mapping):
        return {snake_case(str(key)): snake_keys(item) for key, item in value.items()}
    if isinstance(value, list):
        return [snake_keys(item) for item in value]
    return value


def kind_of(value: object) -> str:
    """Return the kind of a value in the words of YAML; Ansible's own subclasses count as what they stand for."""
    kinds = (
        (type(None), "nothing (null)"),
        (bool, "a boolean"),
        (int, "a number"),
        (float, "a number"),
        (date, "a date"),
        (str, "a string"),
        (Mapping, "a dictionary"),
        ((list, tuple), "a list"),
    )
    return next((name for types, name in kinds if isinstance(value, types)), "another kind of value")


def place_of(text: str) -> tuple[int, ...]:
    """The numbers in square brackets at the beginning, to sort problems by the place that they speak of."""
    place = re.match(r"[^\[(:]*\[(\d+)\]", text)
    return (int(place.group(1)),) if place else ()


def printable(text: str) -> str:
    """The text as it may leave the collection: without what could steer a terminal, or cannot be written at all.

    That is the one rule for everything that leaves. Control characters (C0, C1 and DEL) but tabs and line ends,
    separators of lines and paragraphs, what overrides the direction of text, invisible tags, and half characters
    (lone surrogates) become U+FFFD. A line end of two characters becomes one.
    """
    return text if text.isprintable() else _STEERING.sub("\ufffd", text.replace("\r\n", "\n"))


def shorten(text: str, limit: int = 300) -> str:
    """One printable line of at most ``limit`` characters."""
    line = " ".join(printable(text).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def quoted(names: Iterable[object], limit: int = 10) -> str:
    """``'a', 'b' and 3 more``."""
    words = [f"'{name}'" for name in names]
    if len(words) > limit:
        return ", ".join(words[:limit]) + f" and {len(words) - limit} more"
    return ", ".join(words)


def nearest(name: str, names: Iterable[str | None], count: int = 3, cutoff: float = 0.6) -> list[str]:
    """The existing names that look most like ``name``, best first.

    :param cutoff: how much alike they must be at least, from 0 to 1.
    """
    by_fold = {fold(candidate): candidate for candidate in names if candidate}
    close = get_close_matches(fold(name), list(by_fold), n=count, cutoff=cutoff)
    return [by_fold[match] for match in close]


def did_you_mean(name: str, names: Iterable[str | None]) -> str:
    """Return what to say after 'unknown name': the nearest names, or all if there are few, or that there are none."""
    known = sorted({candidate for candidate in names if candidate})
    close = nearest(name, known)
    if close:
        return f"nearest: {quoted(close)}"
    return f"known: {quoted(known)}" if known else "the platform lists none"


LONGEST_TEXT = 1000
"""Characters."""

_END = 300
"""Characters of the end that are kept."""


def within_limit(text: str) -> str:
    """The text, or its beginning and end with the number of characters that there were."""
    if len(text) <= LONGEST_TEXT:
        return text
    note = f" … ({len(text)} characters in all; -vvv shows them) … "
    return text[: LONGEST_TEXT - _END - len(note)] + note + text[-_END:]


class StringEnum(str, Enum):
    """Members compare and print as their values, with every Python."""

    def __str__(self) -> str:
        return str(self.value)

    def __format__(self, form: str) -> str:
        return format(str(self.value), form)
