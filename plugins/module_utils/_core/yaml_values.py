# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Values that YAML has read as something other than the text that was written.

YAML reads ``01234`` as 668, ``off`` as false, ``12:30`` as 750. What was written cannot be found again, so an option
that names something takes a string and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from .text import kind_of

NUMBER_IDS = frozenset(
    {
        "channel_id",
        "cleanup_script",
        "lc_customer_id",
        "onboarding_script",
        "release_number_script",
        "sbc",
        "site_location_id",
        "upload_number_script",
    }
)
"""Options that take an id which is a number on the platform; as a number it is as good as in quotes."""

ADVICE = "put quotes around it"


def string_problem(value: object, place: str, *, option: str | None = None, shown: bool = True) -> str | None:
    """Return what is wrong with a value where a string has to be; null is not given, so nothing is wrong with it.

    :param place: where it stands, for the error.
    :param option: the name of the option, when the place is not the name with the groups before it.
    :param shown: the value is no secret.
    """
    if value is None or not isinstance(value, (bool, int, float, date, Mapping, list, tuple)):
        return None
    name = place.rsplit(".", 1)[-1] if option is None else option
    if _takes_number(name) and isinstance(value, int) and not isinstance(value, bool):
        return None
    problem = f"{place} must be a string, not {kind_of(value)}"
    if isinstance(value, (Mapping, list, tuple)):
        return problem
    return f"{problem}: YAML reads it as {_written(value)}; {ADVICE}" if shown else f"{problem}: {ADVICE}"


def string_problems(values: Mapping[str, Any], options: Sequence[str]) -> list[str]:
    """Return what is wrong with those of the options that have to be strings."""
    return [problem for option in options if (problem := string_problem(values.get(option), option))]


def date_problems(value: object, place: str) -> list[str]:
    """Return what is wrong with the dates in a structure: no option takes one, whatever it names."""
    if isinstance(value, Mapping):
        return [found for key, item in value.items() for found in date_problems(item, f"{place}.{key}")]
    if isinstance(value, (list, tuple)):
        return [found for number, item in enumerate(value) for found in date_problems(item, f"{place}[{number}]")]
    problem = string_problem(value, place, shown=False) if isinstance(value, date) else None
    return [problem] if problem else []


def _takes_number(option: str) -> bool:
    """Return whether an option, or the variable of a playbook that ends like it, takes an id that is a number."""
    return option in NUMBER_IDS or option.endswith(tuple(f"_{each}" for each in NUMBER_IDS))


def _written(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else str(value)
