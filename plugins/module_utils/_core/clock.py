# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Time, as one object that tests can replace.

Everything that waits or measures asks a :class:`Clock`; nothing in the engine calls ``time`` itself. Within a run only
the monotonic clock counts: setting the machine's clock meanwhile prolongs and shortens nothing.
"""

from __future__ import annotations

import time
from functools import lru_cache
from pathlib import Path

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


class Clock:
    """The machine's own time. All values are seconds."""

    def __init__(self) -> None:
        self._epoch = time.time() - time.monotonic()

    def now(self) -> float:
        """Monotonic seconds, for durations and deadlines. Processes of the same :meth:`boot` share the scale."""
        return time.monotonic()

    def wall(self) -> float:
        """Seconds since the epoch, for what must be understood by another process.

        The machine's clock is asked once, when the run begins; from then on it goes as :meth:`now` does.
        """
        return self._epoch + self.now()

    def boot(self) -> str:
        """Return what tells this start of this machine from others; empty when the system does not say."""
        return _boot()

    def sleep(self, seconds: float) -> None:
        """Pause; a negative value is no pause."""
        if seconds > 0:
            time.sleep(seconds)


@lru_cache(maxsize=1)
def _boot() -> str:
    try:
        return _BOOT_ID.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""
