# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The telephone numbers that a user asks for: items and files, checked as a whole before anything is sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ..._core.errors import InputError
from ..._core.number_ranges import MOST_NUMBERS, Range, numbers_in, read_ends, read_range
from ..._core.text import did_you_mean, kind_of, quoted
from .number_file import KEYS, read_items
from .terms import USAGES, Terms

_TERMS = ("calling_profile", "usage", "additional_usage", "capabilities")


@dataclass(frozen=True)
class Item:
    """One entry of the list.

    :param place: where it stands.
    :param ignore: these numbers are neither uploaded nor released.
    """

    place: str
    range: Range
    terms: Terms
    ignore: bool = False


@dataclass(frozen=True)
class WantedNumbers:
    """Hold the numbers that a list asks for.

    :param terms: of each number that is asked for.
    :param ignored: numbers that are left as they are.
    """

    terms: Mapping[int, Terms] = field(default_factory=dict)
    ignored: frozenset[int] = frozenset()

    def __len__(self) -> int:
        return len(self.terms)


def default_terms(options: Mapping[str, Any]) -> Terms:
    """Return what the options of the module say of all numbers."""
    return Terms(
        calling_profile=options.get("calling_profile"),
        usage=options.get("usage"),
        additional_usage=options.get("additional_usage"),
        capabilities=tuple(options.get("capabilities") or ()),
        usage_word=options.get("usage_word"),
    )


def read_wanted(options: Mapping[str, Any]) -> WantedNumbers:
    """The numbers of ``numbers`` and ``numbers_file``.

    :raises InputError: of everything that is wrong with them, each problem with its place.
    """
    problems: list[str] = []
    entries: list[tuple[str, Any]] = [
        (f"numbers[{index}]", each) for index, each in enumerate(options.get("numbers") or [])
    ]
    path = options.get("numbers_file")
    if path:
        try:
            entries += read_items(path)
        except InputError as error:
            problems += error.problems
    defaults = default_terms(options)
    items = [item for place, each in entries if (item := _item(place, each, defaults, problems)) is not None]
    problems += _conflicts(items)
    total = sum(item.range.size for item in items)
    if total > MOST_NUMBERS:
        problems.append(f"there are {total:,} numbers; {MOST_NUMBERS:,} are possible in one call")
    if problems:
        raise InputError(problems)
    ignored = frozenset(numbers_in(item.range for item in items if item.ignore))
    wanted = {
        number: item.terms
        for item in items
        if not item.ignore
        for number in item.range.numbers
        if number not in ignored
    }
    return WantedNumbers(wanted, ignored)


def with_profiles(wanted: WantedNumbers, ids: Mapping[str, str]) -> WantedNumbers:
    """The numbers with the ids of their calling profiles.

    :param ids: by what the user gave.
    """
    by_terms = {
        terms: terms if terms.calling_profile is None else replace(terms, calling_profile=ids[terms.calling_profile])
        for terms in set(wanted.terms.values())
    }
    return replace(wanted, terms={number: by_terms[terms] for number, terms in wanted.terms.items()})


def _item(place: str, value: Any, defaults: Terms, problems: list[str]) -> Item | None:
    """The item; ``None`` when something is wrong with it, which is noted."""
    if not isinstance(value, Mapping):
        try:
            return Item(place, read_range(value), defaults)
        except ValueError as error:
            problems.append(f"{place}: {error}")
            return None
    before = len(problems)
    unknown = [key for key in value if key not in KEYS]
    problems += [f"{place}: unknown key '{key}' ({did_you_mean(str(key), KEYS)})" for key in unknown]
    span = _span(place, value, problems)
    terms = _terms(place, value, defaults, problems)
    ignore = value.get("ignore")
    if ignore is not None and not isinstance(ignore, bool):
        problems.append(f"{place}: ignore must be true or false, not {kind_of(ignore)}")
    if ignore is True and (said := [name for name in _TERMS if value.get(name) is not None]):
        problems.append(f"{place}: {quoted(said)} means nothing for a number that is ignored")
    return None if span is None or len(problems) > before else Item(place, span, terms, ignore is True)


def _span(place: str, value: Mapping[str, Any], problems: list[str]) -> Range | None:
    given = {key for key in ("number", "start", "end") if value.get(key) is not None}
    try:
        if given == {"number"}:
            return read_range(value["number"])
        if given == {"start", "end"}:
            return read_ends(value["start"], value["end"])
    except ValueError as error:
        problems.append(f"{place}: {error}")
        return None
    problems.append(f"{place}: give either number, or start and end, not {quoted(sorted(given)) or 'none of them'}")
    return None


def _terms(place: str, value: Mapping[str, Any], defaults: Terms, problems: list[str]) -> Terms:
    given: dict[str, Any] = {name: value[name] for name in _TERMS if value.get(name) is not None}
    for name in ("usage", "additional_usage"):
        if name in given and given[name] not in USAGES:
            problems.append(f"{place}: {name} must be one of {quoted(USAGES)}, not '{given.pop(name)}'")
    profile = given.get("calling_profile")
    if profile is not None and (isinstance(profile, bool) or not isinstance(profile, (str, int))):
        del given["calling_profile"]
        problems.append(f"{place}: calling_profile must be a name or an id, not {kind_of(profile)}")
    elif profile is not None:
        given["calling_profile"] = str(profile)
    if "capabilities" in given:
        words = given["capabilities"]
        words = words.replace(";", ",").split(",") if isinstance(words, str) else words
        if isinstance(words, Sequence) and all(isinstance(each, str) for each in words):
            given["capabilities"] = tuple(word for each in words if (word := each.strip()))
        else:
            problems.append(f"{place}: capabilities must be a list of strings")
            del given["capabilities"]
    if "usage" in given and given["usage"] != defaults.usage:
        given["usage_word"] = None  # the other word is for the usage of the task
    return replace(defaults, **given)


def _conflicts(items: Iterable[Item]) -> list[str]:
    """Numbers that are named more than once. A number that is ignored may be part of a range."""
    found: list[str] = []
    widest: tuple[int, Item] | None = None
    numbered = [(place, item) for place, item in enumerate(items) if not item.ignore]
    for place, item in sorted(numbered, key=lambda each: (each[1].range, each[0])):
        if widest is not None and item.range.first <= widest[1].range.last:
            shared = Range(item.range.first, min(item.range.last, widest[1].range.last))
            first, second = sorted([widest, (place, item)], key=lambda each: each[0])
            found.append(f"{first[1].place} and {second[1].place} both name {shared}")
        if widest is None or item.range.last > widest[1].range.last:
            widest = place, item
    return found


def readable_items(numbers: Any) -> list[Item]:
    """Return the items of a list that can be read. :func:`read_wanted` says what is wrong with the others."""
    if not isinstance(numbers, (list, tuple)):
        return []
    said: list[str] = []
    found = (_item(f"numbers[{index}]", each, Terms(), said) for index, each in enumerate(numbers))
    return [item for item in found if item is not None]
