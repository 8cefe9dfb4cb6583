# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Time, as one object that tests can replace.

Everything that waits or measures asks a :class:`Clock`; nothing in the engine calls ``time`` itself.
"""

from __future__ import annotations

import time


class Clock:
    """The machine's own time. All values are seconds."""

    def now(self) -> float:
        """Monotonic seconds, for durations and deadlines."""
        return time.monotonic()

    def wall(self) -> float:
        """Seconds since the epoch, for what must be understood by another process."""
        return time.time()

    def sleep(self, seconds: float) -> None:
        """Pause; a negative value is no pause."""
        if seconds > 0:
            time.sleep(seconds)
