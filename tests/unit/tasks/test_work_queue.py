# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many flows in few threads."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.clock import Clock
from ansible_collections.audiocodes.live_platform.plugins.module_utils._tasks.work_queue import Steps, Ticker, WorkQueue
from ansible_collections.audiocodes.live_platform.plugins.module_utils._tasks.worker_threads import (
    MOST_WORKERS,
    WorkerThreads,
)
from harness.fakes import FakeClock, InlineWorkers

KEYS = [f"service {number}" for number in range(12)]


def _inline(clock: FakeClock, at_once: int, **how: object) -> WorkQueue[str]:
    return WorkQueue(clock, InlineWorkers(at_once, clock), at_once, **how)  # type: ignore[arg-type]


@pytest.mark.parametrize("at_once", [1, 3, 50])
def test_results_stand_in_the_order_of_the_keys_whatever_ends_first(clock: FakeClock, at_once: int) -> None:
    def flow(key: str) -> Steps[str]:
        yield 100.0 - KEYS.index(key)
        return key.upper()

    assert _inline(clock, at_once).carry_out(KEYS, flow) == [key.upper() for key in KEYS]


def test_as_many_are_in_progress_as_was_asked_and_no_more(clock: FakeClock) -> None:
    going, most = set[str](), [0]

    def flow(key: str) -> Steps[str]:
        going.add(key)
        most[0] = max(most[0], len(going))
        yield 10.0
        going.discard(key)
        return key

    _inline(clock, 4).carry_out(KEYS, flow)
    assert most == [4]
    assert clock.now() == pytest.approx(30, abs=0.1)


def test_one_that_steps_aside_makes_room(clock: FakeClock) -> None:
    queue = _inline(clock, 1)

    def flow(key: str) -> Steps[str]:
        yield 1.0
        queue.step_aside(key)
        yield 100.0
        return key

    assert queue.carry_out(KEYS, flow) == KEYS
    assert clock.now() == pytest.approx(112, abs=0.1)


def test_one_that_is_woken_goes_on_at_once_and_only_once(clock: FakeClock) -> None:
    queue = _inline(clock, 2)
    seen: list[float] = []

    def flow(key: str) -> Steps[str]:
        if key == "sleeper":
            yield 1000.0
            seen.append(clock.now())
            yield 50.0
        else:
            yield 10.0
            queue.wake("sleeper")
            queue.wake("nobody")
        return key

    assert queue.carry_out(["sleeper", "other"], flow) == ["sleeper", "other"]
    assert seen == [pytest.approx(10, abs=0.1)]
    assert clock.now() == pytest.approx(60, abs=0.1)


def test_after_a_stop_nothing_begins_and_what_runs_is_finished(clock: FakeClock) -> None:
    ended: list[str] = []

    def flow(key: str) -> Steps[str]:
        yield 5.0 + KEYS.index(key)
        ended.append(key)
        return key

    queue = _inline(clock, 3, stopped=lambda: bool(ended))
    assert queue.carry_out(KEYS, flow) == [*KEYS[:3], *[None] * 9]


def test_flows_beside_go_on_as_long_as_there_is_work(clock: FakeClock) -> None:
    ticks: list[float] = []
    closed: list[bool] = []

    def beside() -> Steps[None]:
        try:
            while True:
                yield 1.0
                ticks.append(clock.now())
        finally:
            closed.append(True)

    def flow(key: str) -> Steps[str]:
        yield 5.5
        return key

    _inline(clock, 1).carry_out(["one"], flow, [beside()])
    assert (len(ticks), closed) == (5, [True])


def test_the_ticker_ticks_whatever_happens(clock: FakeClock) -> None:
    class Every(Ticker):
        ticks = 0

        def due(self) -> float:
            return 10.0 * (self.ticks + 1)

        def tick(self) -> None:
            self.ticks += 1

    def flow(key: str) -> Steps[str]:
        yield 35.0
        return key

    ticker = Every()
    _inline(clock, 1, ticker=ticker).carry_out(["one"], flow)
    assert ticker.ticks == 3


def test_a_defect_in_a_flow_ends_the_work_and_lets_go_of_what_the_others_hold(clock: FakeClock) -> None:
    released: list[str] = []

    def flow(key: str) -> Steps[str]:
        if key == KEYS[1]:
            raise KeyError(key)
        try:
            yield 10.0
        finally:
            released.append(key)
        return key

    with pytest.raises(KeyError):
        _inline(clock, 2).carry_out(KEYS, flow)
    assert released == KEYS[:1]


# -- with real threads and real time -----------------------------------------------------------------------------


def test_hundreds_wait_in_few_threads() -> None:
    threads = set[str]()

    def flow(key: str) -> Steps[str]:
        for _step in range(3):
            threads.add(threading.current_thread().name)
            yield 0.2
        return key

    keys = [str(number) for number in range(500)]
    before = threading.active_count()
    began = time.monotonic()
    assert WorkQueue[str](Clock(), WorkerThreads(500), 500).carry_out(keys, flow) == keys
    assert time.monotonic() - began < 3
    assert 1 <= len(threads) <= MOST_WORKERS
    assert threading.active_count() <= before, "nothing is left for the next task of this process"


def test_a_signal_ends_it_soon_and_what_is_being_sent_is_heard_out(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    heard: list[str] = []

    def sending(key: str) -> Steps[str]:
        if key == "sender":
            os.kill(os.getpid(), number)
            time.sleep(0.5)
            heard.append("the answer")
            yield 100.0
        elif key == "done":
            return key
        yield 100.0
        return key

    queue = WorkQueue[str](Clock(), WorkerThreads(3), 3)
    began = time.monotonic()
    assert queue.carry_out(["done", "waits", "sender"], sending) == ["done", None, None]
    assert queue.interrupted == number.name
    assert heard == ["the answer"]
    assert time.monotonic() - began < 2
    assert signal.getsignal(number) == before


def test_one_that_does_not_answer_does_not_hold_up_the_end() -> None:
    release = threading.Event()

    def stuck(key: str) -> Steps[str]:
        os.kill(os.getpid(), signal.SIGTERM)
        release.wait(20)
        yield 1.0
        return key

    began = time.monotonic()
    try:
        assert WorkQueue[str](Clock(), WorkerThreads(1), 1).carry_out(["stuck"], stuck) == [None]
    finally:
        release.set()
    assert time.monotonic() - began < 5


def test_a_crew_comes_back_when_it_is_nudged() -> None:
    workers = WorkerThreads(1)
    nudge: Callable[[], None] = workers.nudge
    threading.Timer(0.1, nudge).start()
    began = time.monotonic()
    workers.wait(10)
    assert time.monotonic() - began < 0.9


def test_a_run_that_slows_down_begins_no_more_than_is_allowed_from_then_on(clock: FakeClock) -> None:
    queue = _inline(clock, 4)
    going, seen = set[str](), list[tuple[float, int]]()

    def flow(key: str) -> Steps[str]:
        going.add(key)
        seen.append((clock.now(), len(going)))
        if key == KEYS[0]:
            queue.slow_down(2)
        yield 10.0
        going.discard(key)
        return key

    assert queue.carry_out(KEYS, flow) == KEYS
    assert max(count for at, count in seen if at < 5) == 4
    assert max(count for at, count in seen if at > 5) == 2


def test_a_signal_that_the_process_ignores_is_not_heeded() -> None:
    """Runs in the background of a shell ignore SIGINT; that is not this run's to change."""

    def flow(key: str) -> Steps[str]:
        os.kill(os.getpid(), signal.SIGINT)
        yield 0.01
        return key

    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        queue: WorkQueue[str] = WorkQueue(Clock(), WorkerThreads(1), 1)
        assert queue.carry_out(KEYS[:2], flow) == KEYS[:2]
        assert queue.interrupted is None
        assert signal.getsignal(signal.SIGINT) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
