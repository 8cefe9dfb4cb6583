# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What users are told when the platform limits the rate of requests (429)."""

from __future__ import annotations

from collections.abc import Callable

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
        """What to say in the end; ``None`` when there was no limit."""
        if not self.times:
            return None
        return (
            f"the platform limited the rate of requests (429) {_times(self.times)}; this run waited "
            f"{self.seconds:.0f} s for it. Use a smaller max_concurrency, or max_requests_per_minute, to send fewer"
        )


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
