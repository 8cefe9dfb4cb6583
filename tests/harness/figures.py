# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The figures that count in the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Figures:
    """Counts over many schedules."""

    counts: Counter[str] = field(default_factory=Counter)

    def schedule(self) -> None:
        self.counts["schedules"] += 1

    def run(self, failures: Iterable[object]) -> None:
        """A run that has ended, with the failures of its services."""
        self.counts["runs"] += 1
        self.counts["failed"] += bool(list(failures))

    def killed(self) -> None:
        self.counts["runs"] += 1
        self.counts["killed"] += 1

    def requests(self, count: int) -> None:
        self.counts["requests"] += count

    def duplicate(self) -> None:
        self.counts["duplicates"] += 1

    def leak(self) -> None:
        self.counts["leaks"] += 1

    def __str__(self) -> str:
        counts = self.counts
        return (
            f"{counts['schedules']} schedules with {counts['runs']} runs and {counts['requests']} requests: "
            f"{counts['failed']} runs failed cleanly, {counts['killed']} were killed, "
            f"{counts['duplicates']} duplicates, {counts['leaks']} leaks"
        )
