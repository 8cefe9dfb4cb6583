# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Telephone numbers in playbooks: from ranges to numbers, back, and numbers that are free."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...module_utils._core.errors import InputError
from ...module_utils._core.number_ranges import as_texts, numbers_in, read_ranges, written
from ...module_utils._core.text import kind_of


def expand_numbers(values: Any) -> list[str]:
    """Each number of a list of numbers and ranges, once, in the order of the list.

    :raises InputError: something in it is neither.
    """
    return [written(number) for number in dict.fromkeys(_numbers(values, "numbers"))]


def number_ranges(values: Any) -> list[str]:
    """As few ranges as possible, in order.

    :raises InputError: something in it is neither a number nor a range.
    """
    return as_texts(_numbers(values, "numbers"))


def free_numbers(pool: Any, used: Any, count: Any = 1) -> list[str]:
    """The first numbers of a pool that are not used: the same input gives the same numbers.

    :param used: numbers and ranges, or records of ``oc_number_info``.
    :raises InputError: there are not as many.
    """
    digits = count if not isinstance(count, str) else count.strip()
    if isinstance(digits, bool) or not str(digits).isdecimal():
        raise InputError([f"count must be a whole number from 0, not {count!r}"])
    taken = set(_numbers(used, "used"))
    free = [number for number in dict.fromkeys(_numbers(pool, "pool")) if number not in taken]
    if len(free) < int(digits):
        raise InputError([f"the pool has {len(free):,} free numbers, and {int(digits):,} are asked for"])
    return [written(number) for number in free[: int(digits)]]


def _numbers(values: Any, place: str) -> list[int]:
    if isinstance(values, Mapping):
        raise InputError([f"{place} must be a list of telephone numbers, not {kind_of(values)}"])
    if isinstance(values, (list, tuple)):
        values = [_text_of(each) for each in values]
    return list(numbers_in(read_ranges(values, place)))


def _text_of(item: Any) -> Any:
    """An item as a number or a range: that of a record, or of an item of ``oc_numbers``."""
    if not isinstance(item, Mapping):
        return item
    if item.get("number") is not None:
        return item["number"]
    if item.get("start") is not None and item.get("end") is not None:
        return f"{item['start']}-{item['end']}"
    return item
