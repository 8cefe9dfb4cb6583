# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How long tasks of one kind took in earlier runs. It says when a poll is worthwhile, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from .._core.private_files import PRIVATE, Access, Unreadable, read_trusted, write_private

REMEMBERED = 5
"""Number of durations that are kept, the latest ones."""

SUFFIX = ".durations"
"""Of the files that hold them."""

_LONGEST = 7 * 24 * 3600.0
"""Seconds. What is longer is no duration."""

_NEWS = 0.1
"""The usual duration is not written again for an end that differs from it by less than this share."""

_LIKE = 0.25
"""Durations are alike when four of five lie within this share of the usual one."""


def usual_duration(durations: Sequence[float]) -> float | None:
    """The usual one of these, in seconds; ``None``: there is none, or they are too different."""
    if not durations:
        return None
    ends = sorted(durations)
    tenth = len(ends) // 10
    usual = ends[2 * len(ends) // 3]
    return usual if ends[-1 - tenth] - ends[tenth] <= _LIKE * usual else None


class KnownDurations:
    """The durations that are kept in a file.

    :param path: the file; ``None``: nothing is kept.
    :param access: who may read and write it.
    """

    def __init__(self, path: Path | None = None, access: Access = PRIVATE) -> None:
        self._path = path
        self._access = access

    @property
    def usual(self) -> float | None:
        """The usual one, in seconds; ``None``: it is not known."""
        return usual_duration(self._read())

    def add(self, durations: Sequence[float]) -> None:
        """Keep what this run has seen, the latest one last. Failing to is no error."""
        if self._path is None or not durations:
            return
        kept = self._read()
        usual = usual_duration(kept)
        latest = durations[-REMEMBERED:]
        if usual is not None and all(abs(each - usual) <= _NEWS * usual for each in latest):
            return
        with suppress(OSError):
            write_private(self._path, json.dumps([*kept, *latest][-REMEMBERED:]).encode(), self._access)

    def _read(self) -> list[float]:
        if self._path is None:
            return []
        try:
            found = read_trusted(self._path, self._access)
            durations = json.loads(found[0]) if found is not None else []
        except (Unreadable, OSError, ValueError, RecursionError):
            return []
        if not isinstance(durations, list) or not all(_is_duration(each) for each in durations):
            return []
        return [float(each) for each in durations[-REMEMBERED:]]


def _is_duration(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value <= _LONGEST
