# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A few threads that take over pieces of work, so that requests of many services share few connections."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Protocol

_LONGEST_WAIT = 1.0
"""Seconds; a signal that comes in the instant before a wait begins is seen after it."""

MOST_WORKERS = 16
"""Requests on their way at the same time, at the most; each worker keeps one connection."""

_GOODBYE = 1.0
"""Seconds to wait at the most for threads to end; one that waits for an answer ends when that has come."""

Work = Callable[[], None]


class Workers(Protocol):
    """Takes over pieces of work; as many at a time as its size says."""

    size: int

    def begin(self, work: Work) -> None:
        """Have the work done. It never raises."""

    def wait(self, seconds: float | None) -> None:
        """Come back when a piece of work has ended, :meth:`nudge` was called, or the time has passed; or earlier."""

    def nudge(self) -> None:
        """Let :meth:`wait` come back. A signal handler may call this."""

    def leave(self) -> None:
        """No more work is coming: end, as far as that is possible within a moment."""


class WorkerThreads:
    """Threads that begin when they are needed. They are daemons: a process that has to end does not wait for them.

    Where the process goes on with other tasks of Ansible, they have ended before it does.
    """

    def __init__(self, services: int) -> None:
        self.size = max(1, min(MOST_WORKERS, services))
        self._threads: list[threading.Thread] = []
        self._work: SimpleQueue[Work | None] = SimpleQueue()
        # Simple queues may be used in a signal handler, conditions and locks may not.
        self._ended: SimpleQueue[bool] = SimpleQueue()
        self._busy = 0

    def begin(self, work: Work) -> None:
        self._busy += 1
        if len(self._threads) < min(self._busy, self.size):
            name = f"requests-{len(self._threads) + 1}"
            thread = threading.Thread(target=self._serve, name=name, daemon=True)
            try:
                thread.start()
                self._threads.append(thread)
            except RuntimeError:  # the system has no more of them: those that there are do all
                if not self._threads:
                    raise
        self._work.put(work)

    def wait(self, seconds: float | None) -> None:
        try:
            self._busy -= self._ended.get(timeout=_LONGEST_WAIT if seconds is None else min(seconds, _LONGEST_WAIT))
            while True:
                self._busy -= self._ended.get_nowait()
        except Empty:
            return

    def nudge(self) -> None:
        self._ended.put(False)

    def leave(self) -> None:
        for _thread in self._threads:
            self._work.put(None)
        end = time.monotonic() + _GOODBYE
        for thread in self._threads:
            thread.join(max(0.0, end - time.monotonic()))

    def _serve(self) -> None:
        while (work := self._work.get()) is not None:
            work()
            self._ended.put(True)
