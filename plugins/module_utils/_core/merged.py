# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Warnings about many services: what is said of several in the same words is said once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from .text import quoted

_PLACED = re.compile(r"(?P<who>live_platform_services\[\d+\](?: \([^()]*\))?|host [^:]+): (?P<text>.*)", re.DOTALL)

_NAMES_SHOWN = 5


def merge(said: Iterable[tuple[str, str]]) -> list[str]:
    """One warning for each text: ``Brad01: …``, or ``25 services ('Brad01', … and 20 more): …``.

    :param said: of whom, and what; without a name, it concerns no service.
    """
    by_text: dict[str, list[str]] = {}
    for who, text in said:
        by_text.setdefault(text, []).append(who)
    merged = []
    for text, names in by_text.items():
        named = list(dict.fromkeys(name for name in names if name))
        if len(named) > 1:
            merged.append(f"{len(named)} services ({quoted(named, _NAMES_SHOWN)}): {text}")
        else:
            merged.append(f"{named[0]}: {text}" if named else text)
    return merged


def merge_placed(warnings: Sequence[str]) -> list[str]:
    """The same for warnings that begin with the place of a service in the list."""
    return merge(
        (match["who"], match["text"]) if (match := _PLACED.fullmatch(text)) else ("", text) for text in warnings
    )
