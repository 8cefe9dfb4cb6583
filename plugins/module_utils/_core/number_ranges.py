# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Telephone numbers in E.164 form, and ranges of them. A number is an integer: it never begins with 0."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeGuard

from .errors import InputError
from .text import kind_of, shorten

MOST_NUMBERS = 100_000
"""Numbers in one call at the most."""

_NUMBER = re.compile(r"\+[1-9][0-9]{3,14}")
_RANGE = re.compile(r"(\S+?)\s*-\s*(\S+)")
_DECORATION = re.compile(r"[\s().-]+")
_SHOWN = 80

RIGHT = "+ and 4 to 15 digits, the first not 0"


class Range(NamedTuple):
    """Numbers from one to another, both included."""

    first: int
    last: int

    @property
    def size(self) -> int:
        """Return how many numbers it has."""
        return self.last - self.first + 1

    def __str__(self) -> str:
        return written(self.first) if self.first == self.last else f"{written(self.first)}-{written(self.last)}"

    @property
    def numbers(self) -> range:
        return range(self.first, self.last + 1)


def written(number: int) -> str:
    """``+97239764660``"""
    return f"+{number}"


def is_number(value: object) -> TypeGuard[str]:
    """Return whether this is a telephone number in E.164 form."""
    return isinstance(value, str) and _NUMBER.fullmatch(value.strip()) is not None


def read_number(value: object) -> int:
    """:raises ValueError: this is no number in E.164 form; the words say what would be right."""
    if isinstance(value, int) and not isinstance(value, bool):
        raise ValueError(f"{value} is a number of YAML, which has lost its +: put quotes around it")
    if not isinstance(value, str):
        raise ValueError(f"a telephone number must be a string, not {kind_of(value)}")
    text = value.strip()
    if _NUMBER.fullmatch(text):
        return int(text)
    plain = _DECORATION.sub("", text)
    plain = f"+{plain[2:]}" if plain.startswith("00") else plain
    meant = f"; is it '{plain}'?" if _NUMBER.fullmatch(plain) else ""
    raise ValueError(f"'{shorten(text, _SHOWN)}' is no telephone number ({RIGHT}){meant}")


def read_ends(first: object, last: object) -> Range:
    """The range from one number to another.

    :raises ValueError: these are no two numbers, of different lengths, or not in order.
    """
    start, end = read_number(first), read_number(last)
    if len(str(start)) != len(str(end)):
        raise ValueError(f"{written(start)} and {written(end)} have different lengths: a range has ends of the same")
    if start > end:
        raise ValueError(f"{written(start)} comes after {written(end)}: a range begins with the lower number")
    return Range(start, end)


def read_range(value: object) -> Range:
    """The range in ``+97239764660-+97239764670``, or of one number.

    :raises ValueError: it is neither.
    """
    if isinstance(value, str) and not is_number(value):
        ends = _RANGE.fullmatch(value.strip())
        if ends is not None and ends[1].startswith("+") and ends[2].startswith("+"):
            return read_ends(ends[1], ends[2])
        if ends is not None and is_number(ends[1]) and is_number(f"+{ends[2]}"):
            raise ValueError(f"'{shorten(value, _SHOWN)}' is no range; is it '{ends[1]}-+{ends[2]}'?")
    number = read_number(value)
    return Range(number, number)


def read_ranges(values: object, place: str) -> list[Range]:
    """The ranges of a list of numbers and ranges.

    :param place: what errors call the list.
    :raises InputError: something in it is neither; every problem is named.
    """
    if isinstance(values, str):
        values = [values]
    if not isinstance(values, (list, tuple)):
        raise InputError([f"{place} must be a list of telephone numbers, not {kind_of(values)}"])
    found, problems = [], []
    for index, value in enumerate(values):
        try:
            found.append(read_range(value))
        except ValueError as error:
            problems.append(f"{place}[{index}]: {error}")
    if problems:
        raise InputError(problems)
    count = sum(each.size for each in found)
    if count > MOST_NUMBERS:
        raise InputError([f"{place} has {count:,} numbers; {MOST_NUMBERS:,} are possible at a time"])
    return found


def numbers_in(ranges: Iterable[Range]) -> Iterator[int]:
    """Each number of the ranges, in their order."""
    for each in ranges:
        yield from each.numbers


def ranges_of(numbers: Iterable[int]) -> list[Range]:
    """As few ranges as possible, in order. Neighbours of different lengths belong to different ranges."""
    found: list[Range] = []
    for number in sorted(set(numbers)):
        if found and number == found[-1].last + 1 and len(str(number)) == len(str(found[-1].first)):
            found[-1] = Range(found[-1].first, number)
        else:
            found.append(Range(number, number))
    return found


def pieces(numbers: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    """The numbers in parts of a size at the most."""
    for start in range(0, len(numbers), size):
        yield numbers[start : start + size]


def as_texts(numbers: Iterable[int]) -> list[str]:
    """The numbers as ranges, as they are returned."""
    return [str(each) for each in ranges_of(numbers)]


def in_words(numbers: Sequence[int], most: int = 5) -> str:
    """``+31201000000-+31201000009, +31201000020 and 3 more ranges``"""
    texts = as_texts(numbers)
    if len(texts) <= most:
        return ", ".join(texts)
    return f"{', '.join(texts[:most])} and {len(texts) - most} more ranges"
