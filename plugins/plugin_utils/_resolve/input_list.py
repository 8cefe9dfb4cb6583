# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Variables as users set them: a list that is none, and names that nobody reads."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from ...module_utils._core.text import kind_of
from ...module_utils._input.service_list import WHERE

_ALIKE = 0.85

_PREFIXES = (
    *("onboard_services_", "onboard_service_", "onboard_leads_", "onboard_", "onboarding_"),
    *("offboard_services_", "offboard_service_", "offboard_", "service_status_"),
    *("customer_numbers_", "manage_numbers_"),
    *("lead_lookup_", "script_variables_", "sbc_onboarding_", "live_platform_"),
)
"""What the names of this collection's variables begin with; longer ones first."""

_COMMON = "live_platform_"
"""No role or playbook has outputs of this prefix, so whatever has it is an input."""


def list_problems(value: object, name: str = WHERE) -> list[str]:
    """Return what is wrong with a variable that must be a list of services; its items are looked at elsewhere."""
    right = "it must be a list of services, each with a '-' before it"
    if value is None or value == "":
        return [f"{name} is not set, or null; {right}"]
    if isinstance(value, (str, bytes)) or not isinstance(value, Sequence):
        return [f"{name} is {kind_of(value)}; {right}"]
    return [] if value else [f"{name} is empty; {right}"]


def misspelt_variables(names: Sequence[str], known: Sequence[str]) -> list[str]:
    """Names of variables that look like known ones but are none: misspelt, or with the prefix of another playbook.

    :param names: of the variables that are set.
    :param known: of those that are read.
    """
    prefixes = {_split(name)[0] for name in known} - {_COMMON}
    by_stem = {_split(name)[1]: name for name in known}
    found = []
    for name in names:
        prefix, stem = _split(name)
        if name in known:
            continue
        meant = by_stem.get(stem) if prefix not in prefixes else None
        nearest = get_close_matches(name, known, n=1, cutoff=_ALIKE)
        meant = nearest[0] if nearest else meant
        if meant:
            found.append(f"unknown variable '{name}'; nearest: '{meant}'")
    return found


def _split(name: str) -> tuple[str, str]:
    prefix = next((prefix for prefix in _PREFIXES if name.startswith(prefix)), "")
    return prefix, name.removeprefix(prefix)
