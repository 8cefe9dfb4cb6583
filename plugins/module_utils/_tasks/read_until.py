# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reading from the platform until it shows what is waited for, where there is no task that would say so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from .._core.clock import Clock
from .._core.errors import ApiError
from .progress import Progress
from .work_queue import Steps, WorkQueue
from .worker_threads import Workers


class ReadTools(Protocol):
    """Hold what reading needs."""

    @property
    def clock(self) -> Clock:
        """The time."""

    @property
    def progress(self) -> Progress:
        """Is told how it goes."""

    @property
    def workers(self) -> Callable[[int], Workers]:
        """Makes the threads that read, for a number of them."""


@dataclass(frozen=True)
class WhatWasRead:
    """Hold how the reading has ended.

    :param error: the last read has failed with it; ``None`` after a signal.
    :param signal: name of the signal that has ended it early.
    """

    error: ApiError | None = None
    signal: str | None = None


def read_until(
    read: Callable[[], None],
    is_enough: Callable[[], bool],
    tools: ReadTools,
    *,
    timeout: float,
    pause: Callable[[float], float],
    known: bool = False,
    gives_up: Callable[[ApiError], bool] = lambda error: False,
) -> WhatWasRead:
    """Read until it is enough, or the time has passed; then once more. A read that fails is made again.

    :param is_enough: asked after each read.
    :param timeout: seconds.
    :param pause: seconds to the next read, after so many seconds.
    :param known: it was read a moment ago, so that the first question comes before the first read.
    :param gives_up: whether it is not read again after this error.
    :raises LivePlatformError: the platform lets nobody read, as without a login.
    """
    error: ApiError | None = None

    def look(key: str) -> Steps[None]:
        nonlocal error
        begun, is_read = tools.clock.now(), known
        while True:
            if not is_read:
                try:
                    read()
                    error = None
                except ApiError as caught:
                    error = caught
            is_read = False
            if is_enough() if error is None else gives_up(error):
                return
            age = tools.clock.now() - begun
            if age >= timeout:
                return
            yield min(pause(age), timeout - age)

    queue = WorkQueue[None](tools.clock, tools.workers(1), 1, ticker=tools.progress)
    queue.carry_out(["read"], look)
    return WhatWasRead(None if queue.interrupted else error, queue.interrupted)
