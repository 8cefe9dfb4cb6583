# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The licence types and their codes (API notes, section 8)."""

from __future__ import annotations

from collections.abc import Mapping

from .._core.text import squeeze

LICENSE_CODES: Mapping[str, int] = {
    "hosted_essentials": 0,
    "hosted_essentials_plus": 1,
    "hosted_pro": 2,
    "oc_essential": 3,
    "oc_essentials_plus": 4,
    "oc_pro": 5,
}
LICENSE_NAMES: Mapping[int, str] = {code: name for name, code in LICENSE_CODES.items()}

OPERATOR_CONNECT: Mapping[str, int] = {name: code for name, code in LICENSE_CODES.items() if name.startswith("oc_")}
"""A Microsoft tenant has at most one service with one of these."""

_BY_WORD = {squeeze(name): code for name, code in LICENSE_CODES.items()} | {"ocessentials": 3, "ocessentialplus": 4}


def license_code(value: object) -> int | None:
    """The code from a number, its digits, or the licence's name in any spelling; ``None`` when it is none of them."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str):
        word = squeeze(value)
        return int(word) if word.isdecimal() else _BY_WORD.get(word)
    return None


def license_name(code: int | None) -> str | None:
    """The name of a code; an unknown code is named by its number."""
    return None if code is None else LICENSE_NAMES.get(code, f"unknown_{code}")
