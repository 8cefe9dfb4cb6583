# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values of a task as a module gets them: nothing of what Ansible keeps with them, such as tags or a vault."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence, Set
from typing import Any


def plain(value: Any) -> Any:
    """Dictionaries, lists, strings, numbers, booleans and null, and nothing derived from them."""
    if value is None or _is_vaulted(value):
        return None if value is None else str(value)
    for kinds, convert in _CONVERSIONS:
        if isinstance(value, kinds):
            return convert(value)
    return str(value)


_CONVERSIONS: tuple[tuple[Any, Callable[[Any], Any]], ...] = (
    (bool, bool),
    (int, int),
    (float, float),
    (str, str),
    (Mapping, lambda value: {str(name): plain(each) for name, each in value.items()}),
    ((datetime.date, datetime.time), lambda value: value.isoformat()),
    ((bytes, bytearray), lambda value: bytes(value).decode("utf-8", "surrogateescape")),
    ((Sequence, Set), lambda value: [plain(each) for each in value]),
)


def _is_vaulted(value: Any) -> bool:
    """Return whether this is a vaulted string of ansible-core up to 2.18, which is a sequence, and no string."""
    return hasattr(value, "__ENCRYPTED__")
