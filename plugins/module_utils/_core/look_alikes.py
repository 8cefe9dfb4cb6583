# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Names that look the same and are not: what nobody sees is said.

Letters of other scripts, dashes and quotation marks are kept apart when names are compared, since they may tell two
customers apart. When a name is unknown for such a reason alone, its message says which character it is.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from .errors import LookupFailed
from .text import did_you_mean, fold, quoted

NamesOf = Mapping[str, Callable[[Any], Iterable[object]]]
"""For each filter, what of an item it is compared with."""

_LETTERS = {
    # Cyrillic and Greek small letters, and the Latin ones that they look like, at least as capitals
    "\u0430\u0432\u0435\u043a\u043c\u043d\u043e\u0440\u0441\u0442\u0443\u0445": "abekmhopctyx",
    "\u0456\u0458\u0455\u0501": "ijsd",
    "\u03b1\u03b2\u03b5\u03b6\u03b7\u03b9\u03ba\u03bc\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7": "abezhikmnoptyx",
    # Single and double quotation marks
    "\u2018\u2019\u201a\u201b\u02bc\u2032`\u00b4": "'" * 8,
    "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb": '"' * 7,
    "\u0131": "i",
}
_LIKE = {ord(letters[place]): likes[place] for letters, likes in _LETTERS.items() for place in range(len(letters))}


def unknown_name(kind: str, name: object, names: Iterable[str | None]) -> str:
    """``unknown SBC 'NL-SBC5'; nearest: 'NL-SBC05'``."""
    return f"unknown {kind} '{name}'; {nearest_names(str(name), names)}"


def nearest_names(name: str, names: Iterable[str | None]) -> str:
    """The nearest names, or the known ones, and how the nearest differs when that cannot be seen."""
    known = [each for each in names if each]
    alike = next((each for each in known if _shape(each) == _shape(name)), None)
    hidden = hidden_difference(name, alike) if alike is not None else None
    return f"nearest: '{alike}', but {hidden}" if hidden else did_you_mean(name, known)


def hidden_difference(name: str, other: str) -> str | None:
    """Return what tells two names apart that look the same; ``None`` when they are equal or anybody sees it."""
    if name == other or _shape(name) != _shape(other):
        return None
    for number, (mine, theirs) in enumerate(zip(name, other, strict=False), 1):
        if mine.casefold() != theirs.casefold():
            return f"character {number} is {_called(mine)} here and {_called(theirs)} there"
    longer, place = (name, "here") if len(name) > len(other) else (other, "there")
    if len(name) != len(other):
        return f"{place}, character {min(len(name), len(other)) + 1} is {_called(longer[min(len(name), len(other))])}"
    return "they differ in letter case alone"


def unlike(names: Iterable[str | None]) -> str:
    """Return how the first two of these names differ although they count as the same, to be added to a message."""
    different = list(dict.fromkeys(name for name in names if name))
    hidden = hidden_difference(*different[:2]) if len(different) > 1 else None
    return f" (the names are written in different ways: {hidden})" if hidden else ""


def nothing_found(kind: str, params: Mapping[str, Any], names: NamesOf, items: Sequence[Any]) -> LookupFailed:
    """Return the error of a look-up that has to find something, with what comes near.

    :param params: the filters, among other options.
    :param items: all that there are.
    """
    given = {option: params[option] for option in names if params.get(option) not in (None, [])}
    asked = " and ".join(f"{option} {as_asked(value)}" for option, value in given.items())
    near = []
    for option, value in given.items():
        known = {fold(str(name)): str(name) for item in items for name in names[option](item) if name is not None}
        wanted = [str(one) for one in value] if isinstance(value, list) else [str(value)]
        if not any(fold(one) in known for one in wanted):
            near.append(f"{option}: {nearest_names(wanted[0], known.values())}")
    if not near:
        near = ["there are some that fit one option, but none that fits all"] if items else ["there are none at all"]
    return LookupFailed(f"no {kind} with {asked}; {'; '.join(near)}" if asked else f"no {kind} was found; {near[0]}")


def as_asked(value: object) -> str:
    """Return the value of a filter as an error shows it."""
    return quoted(value) if isinstance(value, list) else f"'{value}'"


def _shape(text: str) -> str:
    """Return what a reader sees, roughly."""
    like = fold(text).translate(_LIKE)
    return "".join("-" if unicodedata.category(character) == "Pd" else character for character in like)


def _called(character: str) -> str:
    """``U+043E (CYRILLIC SMALL LETTER O)``."""
    return f"U+{ord(character):04X} ({unicodedata.name(character, 'without a name')})"
