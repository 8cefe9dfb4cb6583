# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the modules for telephone numbers check about their options."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .._core.errors import InputError
from .._core.number_ranges import read_ranges
from .._core.text import is_guid, quoted


def tenant_problems(ms_tenant_id: Any) -> list[str]:
    """Return what is wrong with the tenant."""
    return (
        [] if is_guid(ms_tenant_id) else [f"ms_tenant_id must be the GUID of a Microsoft tenant, not '{ms_tenant_id}'"]
    )


def range_problems(numbers: Any) -> list[str]:
    """Return what is wrong with numbers and ranges."""
    try:
        read_ranges(numbers, "numbers")
    except InputError as error:
        return error.problems
    return []


def unknown_words(option: str, given: Iterable[str], known: Iterable[str]) -> list[str]:
    """Words that the platform uses nowhere."""
    known = list(known)
    wrong = [each for each in given if each not in known]
    return [f"{option} must be some of {quoted(known)}, not {quoted(wrong)}"] if wrong else []
