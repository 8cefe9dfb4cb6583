# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which ways lead from one license to another (API notes, section 8)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

ESSENTIAL, PLUS, PRO = "oc_essential", "oc_essentials_plus", "oc_pro"


class Move(Enum):
    """List the ways to change a license."""

    UPGRADE = "a task"
    CHANGE = "a change at once"
    DOWNGRADE = "a change at once that takes something away"


_MOVES: Mapping[tuple[str, str], Move] = {
    (ESSENTIAL, PLUS): Move.UPGRADE,
    (ESSENTIAL, PRO): Move.UPGRADE,
    (PLUS, PRO): Move.CHANGE,
    (PRO, PLUS): Move.DOWNGRADE,
}


def move_of(existing: str, wanted: str) -> Move | None:
    """Return how to get from one license to another; ``None``: there is no way."""
    return _MOVES.get((existing, wanted))


def move_problem(existing: str, wanted: str, allow_downgrade: bool) -> str | None:
    """Return why a license is not changed; ``None`` when it is, or when it is the right one already."""
    if existing == wanted:
        return None
    move = move_of(existing, wanted)
    if move is Move.DOWNGRADE and not allow_downgrade:
        return f"license_type goes down from '{existing}' to '{wanted}' only with allow_downgrade: true"
    if move is None:
        ways = [target for (source, target) in _MOVES if source == existing]
        there = " or ".join(f"'{target}'" for target in ways) or "no other one"
        return f"license_type cannot change from '{existing}' to '{wanted}'; from '{existing}' it can change to {there}"
    return None
