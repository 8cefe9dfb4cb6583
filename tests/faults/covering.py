# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small selection out of many combinations that still shows everything that was asked for."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

Combination = TypeVar("Combination")


def covering_selection(
    combinations: Sequence[Combination], demands: Callable[[Combination], Iterable[Hashable]]
) -> list[Combination]:
    """Combinations that together meet every demand, in their order; the same input gives the same selection.

    Those that meet the most demands that are still open are taken first.

    :param demands: what a combination shows.
    """
    shown = [set(demands(each)) for each in combinations]
    missing = set().union(*shown)
    chosen: list[int] = []
    for most in range(max(map(len, shown), default=0), 0, -1):
        for number, shows in enumerate(shown):
            if len(shows & missing) >= most:
                chosen.append(number)
                missing -= shows
    return [combinations[number] for number in sorted(chosen)]
