# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The rate of requests that all requests of a run share, so that what the platform asks of one holds for all."""

from __future__ import annotations

import threading
from collections.abc import Callable

from .._core.clock import Clock

MINUTE = 60.0
_BURST = 10
"""One request in this number may come without a pause after the last; the others are spread over the time."""


class RateLimit:
    """Lets requests through as fast as is allowed. Safe to use from several threads.

    :param most: requests in any period of that length, at the most; ``None``: no limit.
    :param seconds: by default a minute.
    """

    def __init__(self, clock: Clock, most: int | None = None, seconds: float = MINUTE) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._opens = 0.0
        # Some at once and then the others evenly: together never more than is allowed in that time.
        self._burst = max(1, most // _BURST) if most else 0
        self._spacing = seconds / (most - self._burst + 1) if most else 0.0
        self._next = float("-inf")

    def close(self, seconds: float) -> float:
        """Let nobody through for so long.

        :returns: by how many seconds this is longer than it was closed already.
        """
        with self._lock:
            now = self._clock.now()
            before = max(self._opens, now)
            self._opens = max(before, now + seconds)
            return self._opens - before

    def enter(self) -> None:
        """Wait until the request may be sent."""
        while (pause := self._claim()) > 0:
            self._clock.sleep(pause)

    def _claim(self) -> float:
        """Seconds to come again after; 0 when the request may go."""
        with self._lock:
            now = self._clock.now()
            if now < self._opens:
                return self._opens - now
            earliest = self._next - (self._burst - 1) * self._spacing
            if self._spacing and now < earliest:
                return earliest - now
            self._next = max(self._next, now) + self._spacing
            return 0.0


_FEW_SECONDS = 1.0
"""A pause that is longer is worth a line of its own."""


class RateLimitNotice:
    """Adds up how long all requests had to wait.

    :param say: gets a line for each pause, while it begins.
    """

    def __init__(self, say: Callable[[str], None] | None = None) -> None:
        self._say = say
        self.times = 0
        self.seconds = 0.0

    def __call__(self, seconds: float) -> None:
        """The platform has answered 429, and requests wait so much longer."""
        self.times += 1
        self.seconds += seconds
        if self._say is not None and seconds >= _FEW_SECONDS:
            self._say(f"the platform limits the rate of requests (429): waiting {seconds:.0f} s")

    @property
    def warning(self) -> str | None:
        """Return what to say in the end; ``None`` when there was no limit."""
        if not self.times:
            return None
        return (
            f"the platform limited the rate of requests (429) {_times(self.times)}; this run waited "
            f"{self.seconds:.0f} s for it. Use a smaller max_concurrency, or max_requests_per_minute, to send fewer"
        )


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
