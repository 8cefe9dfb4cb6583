# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages of a list, with the ways in which versions of the platform differ."""

from collections.abc import Sequence
from typing import TypeVar

from simulator.answers import Refusal, validation
from simulator.reading import Query

Item = TypeVar("Item")


def page_of(
    items: Sequence[Item], query: Query, *, base: int, default_size: int, largest: int, reject_zero: bool = True
) -> Sequence[Item]:
    """The page that PageNumber and PageSize ask for; empty behind the end."""
    size = query.integer("PageSize")
    number = query.integer("PageNumber")
    if size is not None and size < 1:
        raise Refusal(validation({"PageSize": ["PageSize must be at least 1."]}))
    if number is None or (number == 0 and not reject_zero):
        number = max(base, number or 0)
    if number < base:
        raise Refusal(validation({"PageNumber": [f"PageNumber must be at least {base}."]}))
    size = min(size or default_size, largest)
    start = (number - base) * size
    return items[start : start + size]
