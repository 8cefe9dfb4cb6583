# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Limits over all clients together, in a sliding stretch of time."""

from collections import deque
from datetime import timedelta
from email.utils import format_datetime
from math import ceil

from starlette.responses import Response

from simulator.answers import problem
from simulator.clock import Clock
from simulator.settings import Settings


class RateLimit:
    """Remembers when requests were let through."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self._clock = clock
        self._seconds = seconds
        self._passed: deque[float] = deque()

    def clear(self) -> None:
        """Forget the requests so far."""
        self._passed.clear()

    def refusal(self, most: int, settings: Settings) -> Response | None:
        """429 when there were so many requests already, 0 for no limit; otherwise the request counts."""
        if most <= 0:
            return None
        now = self._clock.now()
        while self._passed and self._passed[0] <= now - self._seconds:
            self._passed.popleft()
        if len(self._passed) < most:
            self._passed.append(now)
            return None
        response = problem(429)
        wait = max(1, ceil(self._passed[0] + self._seconds - now))
        if settings.retry_after == "seconds":
            response.headers["retry-after"] = str(wait)
        elif settings.retry_after == "date":
            response.headers["retry-after"] = format_datetime(self._clock.date() + timedelta(seconds=wait), usegmt=True)
        return response
