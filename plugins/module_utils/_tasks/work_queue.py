# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Carrying out many flows at once: those that have something to do share a few threads, the others cost none.

One heap holds when each flow wants to go on. A flow that waits for a task costs its place in the heap and nothing else.
"""

from __future__ import annotations

import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from heapq import heappop, heappush
from types import FrameType
from typing import Any, Generic

from .._core.clock import Clock
from .flow import Flow, Result
from .worker_threads import Crew

LAST_WORDS = 2.0
"""Seconds after a signal for what is being sent: an answer that still comes is written down."""

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_NEVER = float("inf")


class Ticker:
    """Something that is to be done now and then, whatever else happens; this one never."""

    def due(self) -> float:
        """When next, on the clock."""
        return _NEVER

    def tick(self) -> None:
        """Do it; quickly."""


@dataclass(eq=False)
class _Strand:
    """A flow with its state.

    :ivar beside: nobody waits for its end.
    :ivar takes_place: it counts among those in progress.
    :ivar resting: it stands in the heap.
    :ivar entry: number of its entry there; entries with another number are void.
    """

    key: str
    flow: Flow[Any]
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
            self.pause = next(self.flow)
        except StopIteration as end:
            self.over, self.result = True, end.value
        except BaseException as error:  # handed on to whoever carries out
            self.over, self.error = True, error


class Scheduler(Generic[Result]):
    """Carries out flows, once.

    :param at_once: how many are in progress at a time; one that calls :meth:`step_aside` no longer counts.
    :param stopped: asked before another one begins.
    :ivar interrupted: the name of the signal that has ended the work early.
    """

    def __init__(
        self,
        clock: Clock,
        crew: Crew,
        at_once: int,
        stopped: Callable[[], bool] = lambda: False,
        ticker: Ticker | None = None,
    ) -> None:
        self.interrupted: str | None = None
        self._clock = clock
        self._crew = crew
        self._at_once = at_once
        self._free = at_once
        self._stopped = stopped
        self._ticker = ticker or Ticker()
        self._strands: dict[str, _Strand] = {}
        self._results: dict[str, Result] = {}
        self._heap: list[tuple[float, int, _Strand]] = []
        self._entries = 0
        self._busy = 0
        # What other threads say; deques take and give in one step.
        self._rested: deque[_Strand] = deque()
        self._woken: deque[str] = deque()
        self._aside: deque[str] = deque()
        self._limits: deque[int] = deque()

    def carry_out(
        self, keys: Sequence[str], make: Callable[[str], Flow[Result]], beside: Sequence[Flow[None]] = ()
    ) -> list[Result | None]:
        """The results in the order of the keys; ``None`` for what was not begun or not finished.

        :param keys: each different; the flow for a key is made when its turn comes.
        :param beside: flows that go on as long as there is anything else to do.
        """
        waiting = deque(keys)
        try:
            with self._heeding_signals():
                for flow in beside:
                    self._enter(_Strand("", flow, beside=True, takes_place=False), 0.0)
                while not self.interrupted:
                    self._begin(waiting, make)
                    self._hand_out()
                    if not self._strands:
                        break
                    self._wait()
                self._hear_out()
        finally:
            self._crew.leave()
            self._close()
        return [self._results.get(key) for key in keys]

    def wake(self, key: str) -> None:
        """Let a flow that pauses go on soon. Any thread may call this."""
        self._woken.append(key)

    def step_aside(self, key: str) -> None:
        """What this flow still does is not in progress for others: one more may begin. Any thread may call this."""
        self._aside.append(key)
        self._crew.nudge()

    def slow_down(self, at_once: int) -> None:
        """From now on at most so many are in progress; those that are begun go on. Any thread may call this."""
        self._limits.append(at_once)
        self._crew.nudge()

    def _begin(self, waiting: deque[str], make: Callable[[str], Flow[Result]]) -> None:
        while waiting and self._free > 0 and not self._stopped():
            key = waiting.popleft()
            self._strands[key] = _Strand(key, make(key))
            self._free -= 1
            self._enter(self._strands[key], 0.0)

    def _enter(self, strand: _Strand, pause: float) -> None:
        self._entries += 1
        strand.entry, strand.resting = self._entries, True
        heappush(self._heap, (self._clock.now() + pause, strand.entry, strand))

    def _hand_out(self) -> None:
        """Give what is due to the crew, as far as it has hands."""
        now = self._clock.now()
        while self._heap and self._busy < self._crew.size:
            due, entry, strand = self._heap[0]
            if strand.entry == entry and due > now:
                return
            heappop(self._heap)
            if strand.entry != entry:
                continue
            if not strand.begun and not strand.beside and self._stopped():
                self._end(strand)
                continue
            strand.begun, strand.resting = True, False
            self._busy += 1
            self._crew.begin(self._piece(strand))

    def _piece(self, strand: _Strand) -> Callable[[], None]:
        def work() -> None:
            strand.go_on()
            self._rested.append(strand)

        return work

    def _wait(self) -> None:
        """Until something is due, or has happened."""
        until = self._ticker.due()
        if self._heap and self._busy < self._crew.size:
            until = min(until, self._heap[0][0])
        left = until - self._clock.now()
        if left > 0 and not self._rested:
            self._crew.wait(None if until == _NEVER else left)
        self._collect()
        if self._clock.now() >= self._ticker.due():
            self._ticker.tick()

    def _collect(self) -> None:
        while self._rested:
            strand = self._rested.popleft()
            self._busy -= 1
            if strand.error is not None:
                raise strand.error
            if not strand.over:
                self._enter(strand, strand.pause)
                continue
            if not strand.beside:
                self._results[strand.key] = strand.result
                self._end(strand)
        while self._limits:
            limit = min(self._limits.popleft(), self._at_once)
            self._free -= self._at_once - limit
            self._at_once = limit
        while self._aside:
            self._give_place(self._strands.get(self._aside.popleft()))
        while self._woken:
            woken = self._strands.get(self._woken.popleft())
            if woken is not None and woken.resting:
                self._enter(woken, 0.0)

    def _end(self, strand: _Strand) -> None:
        self._give_place(strand)
        self._strands.pop(strand.key, None)

    def _close(self) -> None:
        """Let go of what flows that are not over hold, such as locks."""
        for strand in (*self._strands.values(), *(strand for _due, _entry, strand in self._heap)):
            with suppress(ValueError):  # a thread is still in it, and the process will not wait for that
                strand.flow.close()

    def _give_place(self, strand: _Strand | None) -> None:
        if strand is not None and strand.takes_place:
            strand.takes_place = False
            self._free += 1

    def _hear_out(self) -> None:
        """After a signal: give what is on its way a moment to come to its next pause."""
        end = self._clock.now() + LAST_WORDS
        while self.interrupted and self._busy and (left := end - self._clock.now()) > 0:
            self._crew.wait(left)
            self._collect()

    @contextmanager
    def _heeding_signals(self) -> Iterator[None]:
        """The first signal lets what is on its way come to a pause; the second has its usual effect."""
        if threading.current_thread() is not threading.main_thread():
            yield  # signals are the main thread's
            return
        before = {number: signal.getsignal(number) for number in _SIGNALS}
        heeded = {number: handler for number, handler in before.items() if handler != signal.SIG_IGN}

        def heed(number: int, frame: FrameType | None) -> None:
            self.interrupted = signal.Signals(number).name
            restore()
            self._crew.nudge()

        def restore() -> None:
            for number, handler in heeded.items():
                signal.signal(number, handler)

        for number in heeded:
            signal.signal(number, heed)
        try:
            yield
        finally:
            restore()
