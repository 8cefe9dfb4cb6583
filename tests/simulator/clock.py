# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Time as the simulator sees it: the real clock, plus a push forward that tests may give."""

import asyncio
import time
from datetime import datetime, timedelta, timezone


class Clock:
    """Seconds that only grow, and the matching date. ``advance`` saves tests from sleeping."""

    def __init__(self) -> None:
        self._pushed = 0.0

    def now(self) -> float:
        """Seconds since an arbitrary start."""
        return time.monotonic() + self._pushed

    def advance(self, seconds: float) -> None:
        """Jump forward. Going back would break everything that is already scheduled."""
        if seconds < 0:
            raise ValueError("time only moves forward")
        self._pushed += seconds

    async def sleep(self, seconds: float) -> None:
        """Let time pass."""
        await asyncio.sleep(seconds)

    def date(self) -> datetime:
        """The UTC date that belongs to :meth:`now`."""
        return datetime.now(timezone.utc) + timedelta(seconds=self._pushed)

    def stamp(self) -> str:
        """The date in the platform's notation."""
        return stamp(self.date())


def stamp(date: datetime) -> str:
    """Seven digits after the point, as .NET prints a round-trip date."""
    return date.strftime("%Y-%m-%dT%H:%M:%S.%f") + "7Z"
