# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Carrying out many pieces of work at once: those that have something to do share a few threads, the others cost none.

One heap holds when each wants to go on. What waits for a task costs its place in the heap and nothing else.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from heapq import heappop, heappush
from types import FrameType
from typing import Any, Generic, TypeVar

from .._core.clock import Clock
from .worker_threads import Workers

Result = TypeVar("Result")

Steps = Generator[float, None, Result]
"""Work that pauses without holding a thread: yields seconds in which it has nothing to do, and returns its result. It
may be resumed early.
"""

LAST_WORDS = 2.0
"""Seconds after a signal for what is being sent: an answer that still comes is written down."""

_NEVER = float("inf")


class Ticker:
    """Something that is to be done now and then, whatever else happens; this one never."""

    def due(self) -> float:
        """Return when next, on the clock."""
        return _NEVER

    def tick(self) -> None:
        """Do it; quickly."""

    def come_by(self) -> None:
        """The thread that carries out the work has a moment, again and again, and in the end."""


@dataclass(eq=False)
class _Item:
    """A piece of work with its state.

    :ivar beside: nobody waits for its end.
    :ivar takes_place: it counts among those in progress.
    :ivar resting: it stands in the heap.
    :ivar entry: number of its entry there; entries with another number are void.
    """

    key: str
    steps: Steps[Any]
    beside: bool = False
    takes_place: bool = True
    begun: bool = False
    over: bool = False
    result: Any = None
    error: BaseException | None = None
    pause: float = 0.0
    resting: bool = False
    entry: int = -1

    def go_on(self) -> None:
        """Up to its next pause."""
        try:
            self.pause = next(self.steps)
        except StopIteration as end:
            self.over, self.result = True, end.value
        except BaseException as error:  # raised again where the work was asked for
            self.over, self.error = True, error


class WorkQueue(Generic[Result]):
    """Carries out work, once.

    :param at_once: how many are in progress at a time; one that calls :meth:`step_aside` no longer counts.
    :param stopped: asked before another one begins.
    :ivar interrupted: the name of the signal that has ended the work early.
    """

    def __init__(
        self,
        clock: Clock,
        workers: Workers,
        at_once: int,
        stopped: Callable[[], bool] = lambda: False,
        ticker: Ticker | None = None,
    ) -> None:
        self.interrupted: str | None = None
        self._clock = clock
        self._workers = workers
        self._at_once = at_once
        self._free = at_once
        self._stopped = stopped
        self._ticker = ticker or Ticker()
        self._items: dict[str, _Item] = {}
        self._results: dict[str, Result] = {}
        self._heap: list[tuple[float, int, _Item]] = []
        self._entries = 0
        self._busy = 0
        # What other threads say; deques take and give in one step.
        self._rested: deque[_Item] = deque()
        self._woken: deque[str] = deque()
        self._aside: deque[str] = deque()
        self._limits: deque[int] = deque()

    def carry_out(
        self, keys: Sequence[str], make: Callable[[str], Steps[Result]], beside: Sequence[Steps[None]] = ()
    ) -> list[Result | None]:
        """The results in the order of the keys; ``None`` for what was not begun or not finished.

        :param keys: each different; the work for a key is begun when its turn comes.
        :param beside: work that goes on as long as there is anything else to do.
        """
        waiting = deque(keys)
        try:
            with postponed_signals(self._interrupt):
                for steps in beside:
                    self._enter(_Item("", steps, beside=True, takes_place=False), 0.0)
                while not self.interrupted:
                    self._begin(waiting, make)
                    self._hand_out()
                    if not self._items:
                        break
                    self._wait()
                self._hear_out()
        finally:
            self._workers.leave()
            self._close()
            self._ticker.come_by()
        return [self._results.get(key) for key in keys]

    def wake(self, key: str) -> None:
        """Resume work that pauses. Any thread may call this."""
        self._woken.append(key)

    def step_aside(self, key: str) -> None:
        """Count what is still done under this key no longer as in progress. Any thread may call this."""
        self._aside.append(key)
        self._workers.nudge()

    def slow_down(self, at_once: int) -> None:
        """Set how many may be in progress from now on; those that are begun go on. Any thread may call this."""
        self._limits.append(at_once)
        self._workers.nudge()

    def _begin(self, waiting: deque[str], make: Callable[[str], Steps[Result]]) -> None:
        while waiting and self._free > 0 and not self._stopped():
            key = waiting.popleft()
            self._items[key] = _Item(key, make(key))
            self._free -= 1
            self._enter(self._items[key], 0.0)

    def _enter(self, item: _Item, pause: float) -> None:
        self._entries += 1
        item.entry, item.resting = self._entries, True
        heappush(self._heap, (self._clock.now() + pause, item.entry, item))

    def _hand_out(self) -> None:
        """Give what is due to the workers, as far as it has hands."""
        now = self._clock.now()
        while self._heap and self._busy < self._workers.size:
            due, entry, item = self._heap[0]
            if item.entry == entry and due > now:
                return
            heappop(self._heap)
            if item.entry != entry:
                continue
            if not item.begun and not item.beside and self._stopped():
                self._end(item)
                continue
            item.begun, item.resting = True, False
            self._busy += 1
            self._workers.begin(self._piece(item))

    def _piece(self, item: _Item) -> Callable[[], None]:
        def work() -> None:
            item.go_on()
            self._rested.append(item)

        return work

    def _wait(self) -> None:
        """Until something is due, or has happened."""
        until = self._ticker.due()
        if self._heap and self._busy < self._workers.size:
            until = min(until, self._heap[0][0])
        left = until - self._clock.now()
        if left > 0 and not self._rested:
            self._workers.wait(None if until == _NEVER else left)
        self._collect()
        if self._clock.now() >= self._ticker.due():
            self._ticker.tick()
        self._ticker.come_by()

    def _collect(self) -> None:
        while self._rested:
            item = self._rested.popleft()
            self._busy -= 1
            if item.error is not None:
                raise item.error
            if not item.over:
                self._enter(item, item.pause)
                continue
            if not item.beside:
                self._results[item.key] = item.result
                self._end(item)
        while self._limits:
            limit = min(self._limits.popleft(), self._at_once)
            self._free -= self._at_once - limit
            self._at_once = limit
        while self._aside:
            self._give_place(self._items.get(self._aside.popleft()))
        while self._woken:
            woken = self._items.get(self._woken.popleft())
            if woken is not None and woken.resting:
                self._enter(woken, 0.0)

    def _end(self, item: _Item) -> None:
        self._give_place(item)
        self._items.pop(item.key, None)

    def _close(self) -> None:
        """Let go of what work that is not over holds, such as locks."""
        for item in (*self._items.values(), *(item for _due, _entry, item in self._heap)):
            with suppress(ValueError):  # a thread is still in it, and the process will not wait for that
                item.steps.close()

    def _give_place(self, item: _Item | None) -> None:
        if item is not None and item.takes_place:
            item.takes_place = False
            self._free += 1

    def _hear_out(self) -> None:
        """After a signal: give what is on its way a moment to come to its next pause."""
        end = self._clock.now() + LAST_WORDS
        while self.interrupted and self._busy and (left := end - self._clock.now()) > 0:
            self._workers.wait(left)
            self._collect()

    def _interrupt(self, name: str) -> None:
        self.interrupted = name
        self._workers.nudge()


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
