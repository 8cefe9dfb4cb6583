# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Telephone numbers that more than one customer of a list asks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

from .._core.number_ranges import Range
from .._resources.numbers.number_list import Item

_SHOWN = 5
"""Customers and ranges that a problem spells out."""


def shared_numbers(lists: Sequence[tuple[str, Iterable[Item]]]) -> list[str]:
    """Return a problem for each group of customers that ask for the same numbers.

    What a customer ignores, it does not ask for. The ranges are walked through once, from edge to edge, and never
    expanded.

    :param lists: the items of each customer, with its place.
    """
    edges = sorted(
        (number, owner, item.ignore, step)
        for owner, (_place, items) in enumerate(lists)
        for item in items
        for number, step in ((item.range.first, 1), (item.range.last + 1, -1))
    )
    found: dict[tuple[int, ...], list[Range]] = {}
    asked: Counter[int] = Counter()
    ignored: Counter[int] = Counter()
    holders: set[int] = set()
    start = 0
    for number, here in groupby(edges, key=lambda edge: edge[0]):
        if len(holders) > 1:
            found.setdefault(tuple(sorted(holders)), []).append(Range(start, number - 1))
        for _number, owner, is_ignored, step in here:
            (ignored if is_ignored else asked)[owner] += step
            if asked[owner] and not ignored[owner]:
                holders.add(owner)
            else:
                holders.discard(owner)
        start = number
    return [_problem([lists[owner][0] for owner in owners], ranges) for owners, ranges in found.items()]


def _problem(places: Sequence[str], ranges: Sequence[Range]) -> str:
    named = places if len(places) <= _SHOWN else [*places[: _SHOWN - 1], f"{len(places) - _SHOWN + 1} more"]
    numbers = ", ".join(map(str, ranges[:_SHOWN]))
    more = f" and {len(ranges) - _SHOWN} more ranges" if len(ranges) > _SHOWN else ""
    both = "both" if len(places) == 2 else "all"
    return f"{', '.join(named[:-1])} and {named[-1]} {both} name {numbers}{more}"
