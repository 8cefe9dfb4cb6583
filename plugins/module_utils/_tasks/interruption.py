# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Postpone the signals that end a process, until what is being sent has been written down.

The process belongs to somebody else where a module runs in it: a worker of Ansible goes on with the next item of a
loop, or tries again. So the signal is kept, and whoever runs the module there delivers it when the work has ended.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)

_received: deque[int] = deque()
"""Those that were postponed in this process and not delivered."""


@contextmanager
def postponed_signals(interrupt: Callable[[str], None]) -> Iterator[None]:
    """Postpone the first signal; the second has its usual effect.

    :param interrupt: called with the name of the signal, in the signal handler.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # signals are the main thread's
        return
    before = {number: signal.getsignal(number) for number in _SIGNALS}
    heeded = {number: handler for number, handler in before.items() if handler != signal.SIG_IGN}

    def heed(number: int, frame: FrameType | None) -> None:
        restore()
        _received.append(number)
        interrupt(signal.Signals(number).name)

    def restore() -> None:
        for number, handler in heeded.items():
            signal.signal(number, handler)

    for number in heeded:
        signal.signal(number, heed)
    try:
        yield
    finally:
        restore()


def take_signal() -> int | None:
    """Return the signal that was postponed since this was asked last, if there was one."""
    received = _received[0] if _received else None
    _received.clear()
    return received


def deliver(number: int) -> None:
    """Let a signal have its usual effect on this process."""
    os.kill(os.getpid(), number)
