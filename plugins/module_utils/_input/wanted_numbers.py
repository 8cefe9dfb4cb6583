# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Telephone numbers in a list of services: what concerns more than one item, or the platform's calling profiles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .._core.errors import LookupFailed
from .._resources.numbers.number_list import readable_items
from .profiles import Named, profile_id
from .service_list import DEFAULTS, label_of
from .shared_numbers import shared_numbers


def double_numbers(services: Sequence[Any]) -> list[str]:
    """Return a problem for each group of customers that ask for the same numbers.

    :param services: items as the user wrote them, of any type.
    """
    return shared_numbers([(label, readable_items(item["numbers"])) for label, item in _with_numbers(services)])


def named_profiles(services: Sequence[Any], defaults: Any) -> list[tuple[str, str]]:
    """Return the calling profiles that customers with numbers name, each with the place where it is named."""
    common = defaults.get("calling_profile") if isinstance(defaults, Mapping) else None
    found: list[tuple[str, Any]] = []
    for label, item in _with_numbers(services):
        own = item.get("calling_profile")
        found.append((DEFAULTS, common) if own is None else (label, own))
        numbers = item["numbers"] if isinstance(item["numbers"], (list, tuple)) else ()
        found += [(label, each.get("calling_profile")) for each in numbers if isinstance(each, Mapping)]
    return list(dict.fromkeys((place, str(name)) for place, name in found if name is not None))


def profile_problems(named: Sequence[tuple[str, str]], profiles: Sequence[Named]) -> list[str]:
    """Return a problem for each calling profile that does not exist, or is ambiguous."""
    problems = []
    for place, name in named:
        try:
            profile_id(profiles, name)
        except LookupFailed as error:
            problems.append(f"{place}: {error.message}")
    return problems


def _with_numbers(services: Sequence[Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for index, item in enumerate(services):
        if isinstance(item, Mapping) and item.get("numbers") is not None:
            yield label_of(index, item), item
