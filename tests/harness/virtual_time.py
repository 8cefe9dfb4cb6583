# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Virtual time: threads of which one runs at a time, on a clock that moves only when all of them wait.

So a schedule with minutes of waiting takes milliseconds, many workers and many runs can be interleaved in any order
that is asked for, and the same choices give the same history again.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timezone
from types import SimpleNamespace
from typing import Any, Protocol
from unittest import mock

from ansible_collections.audiocodes.live_platform.plugins.module_utils._core import private_files
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.clock import Clock as EngineClock
from ansible_collections.audiocodes.live_platform.plugins.module_utils._http._auth import client_credentials
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.oc_service import (
    agreement,
    current_state,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._tasks.worker_threads import MOST_WORKERS
from simulator.clock import Clock as PlatformClock

EPOCH = float(int(time.time()))
"""When virtual time begins: near the truth, since files carry the machine's own time."""

NEVER = float("inf")

MOST_STEPS = 200_000
"""Steps in one schedule after which it counts as endless."""


class Time(Protocol):
    """What the seconds pass on: a stage, or a clock of its own."""

    elapsed: float

    def sleep(self, seconds: float) -> None: ...


class Killed(BaseException):
    """The end of a process, as far as the engine can see it: SIGKILL, without a chance to do anything more."""


@dataclass
class Process:
    """What dies together.

    :param dies_at: the step (request or pause) at which it is killed; ``None``: never.
    """

    name: str
    dies_at: int | None = None
    steps: int = 0
    dead: bool = False

    def step(self) -> None:
        """A point at which the process can die.

        :raises Killed: it does.
        """
        self.steps += 1
        if self.dies_at is not None and self.steps >= self.dies_at:
            self.dead = True
        if self.dead:
            raise Killed


def _held_lock() -> threading.Lock:
    lock = threading.Lock()
    lock.acquire()
    return lock


@dataclass(eq=False)
class Actor:
    """A thread on the stage."""

    process: Process | None
    wakes: float = 0.0
    order: int = 0
    ready: Callable[[], bool] | None = None
    ended: bool = False
    error: BaseException | None = None
    turn: threading.Lock = field(default_factory=_held_lock)
    """Released by whoever lets it go on."""


class Stage:
    """Actors, and the time that they share.

    :param choose: which of so many actors that could go on does; by default the one that waits longest.
    """

    def __init__(self, choose: Callable[[int], int] = lambda count: 0) -> None:
        self.elapsed = 0.0
        self._choose = choose
        self._steps = 0
        self._orders = 0
        self._own = threading.local()
        self._own.actor = Actor(None)
        self._actors = [self._own.actor]

    @contextmanager
    def process(self, process: Process) -> Iterator[None]:
        """What the calling thread does inside is done by this process."""
        actor = self._own.actor
        before, actor.process = actor.process, process
        try:
            yield
        finally:
            actor.process = before

    def current_process(self) -> Process | None:
        process: Process | None = self._own.actor.process
        return process

    def sleep(self, seconds: float) -> None:
        """Let others go on, and come back when the time has passed."""
        self._pause(self._own.actor, self.elapsed + max(0.0, seconds), None)

    def wait(self, ready: Callable[[], bool], seconds: float | None = None) -> None:
        """Let others go on until this holds, or the time has passed."""
        if not ready():
            until = NEVER if seconds is None else self.elapsed + max(0.0, seconds)
            self._pause(self._own.actor, until, ready)

    def perform(self, parts: Iterable[Callable[[], None]], processes: Iterable[Process | None] = ()) -> list[Any]:
        """Run these at the same time, each as an actor; what each one raised (``None`` if nothing), in order."""
        given = list(processes)
        me = self._own.actor
        actors = [self.begin(part, given[number] if given else me.process) for number, part in enumerate(parts)]
        self.see_off(actors)
        return [actor.error for actor in actors]

    def begin(self, part: Callable[[], None], process: Process | None = None) -> Actor:
        """Run this as an actor, of the caller's process unless it is told another."""
        actor = Actor(process or self._own.actor.process, self.elapsed, self._next_order())
        self._actors.append(actor)
        threading.Thread(target=self._act, args=(actor, part), daemon=True).start()
        return actor

    def see_off(self, actors: Sequence[Actor]) -> None:
        """Wait for the end of these, whatever happens to the caller's process."""
        while not all(actor.ended for actor in actors):
            self._pause(self._own.actor, NEVER, lambda: all(actor.ended for actor in actors), dying=False)

    def lock(self) -> StageLock:
        return StageLock(self)

    def _act(self, actor: Actor, part: Callable[[], None]) -> None:
        self._own.actor = actor
        actor.turn.acquire()
        try:
            part()
        except BaseException as error:
            actor.error = error
        actor.ended = True
        self._actors.remove(actor)
        self._next().turn.release()

    def _pause(self, me: Actor, wakes: float, ready: Callable[[], bool] | None, *, dying: bool = True) -> None:
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise AssertionError("the schedule does not come to an end")
        me.wakes, me.ready, me.order = wakes, ready, self._next_order()
        chosen = self._next()
        if chosen is not me:
            chosen.turn.release()
            me.turn.acquire()
        if dying and me.process is not None:
            me.process.step()

    def _next(self) -> Actor:
        """Who goes on; time moves when nobody can now."""
        due = [(self._due(actor), actor.order, actor) for actor in self._actors]
        self.elapsed = max(self.elapsed, min(wakes for wakes, _order, _actor in due))
        if self.elapsed == NEVER:
            raise AssertionError("all actors wait for one another")
        now = [actor for _wakes, _order, actor in sorted(each for each in due if each[0] <= self.elapsed)]
        return now[self._choose(len(now)) if len(now) > 1 else 0]

    def _due(self, actor: Actor) -> float:
        return min(actor.wakes, self.elapsed) if actor.ready is not None and actor.ready() else actor.wakes

    def _next_order(self) -> int:
        self._orders += 1
        return self._orders

    @contextmanager
    def engine(self) -> Iterator[None]:
        """Inside, locks that are held during requests are the stage's, and files are not flushed to the disk."""
        namespace = SimpleNamespace(Lock=self.lock)
        with (
            mock.patch.object(agreement, "threading", namespace),
            mock.patch.object(current_state, "threading", namespace),
            mock.patch.object(client_credentials, "threading", namespace),
            mock.patch.object(private_files.os, "fsync", _forget),
        ):
            yield


def _forget(_file: int) -> None:
    """In place of flushing a file to the disk."""


class StageLock:
    """A lock between actors."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._held = False

    def __enter__(self) -> None:
        while self._held:
            self._stage.wait(lambda: not self._held)
        self._held = True

    def __exit__(self, *details: object) -> None:
        self._held = False


class StageWorkers:
    """A workers whose workers are actors: a new one for each piece of work.

    :param services: that it is made for.
    """

    def __init__(self, stage: Stage, services: int) -> None:
        self.size = max(1, min(MOST_WORKERS, services))
        self._stage = stage
        self._actors: list[Actor] = []
        self._ended = 0
        self._seen = 0

    def begin(self, work: Callable[[], None]) -> None:
        def part() -> None:
            try:
                work()
            finally:
                self._ended += 1

        self._actors = [actor for actor in self._actors if not actor.ended]
        self._actors.append(self._stage.begin(part))

    def wait(self, seconds: float | None) -> None:
        self._stage.wait(lambda: self._ended > self._seen, seconds)
        self._seen = self._ended

    def nudge(self) -> None:
        self._ended += 1

    def leave(self) -> None:
        """What is still at work ends: by itself, or because its process was killed."""
        self._stage.see_off(self._actors)


class VirtualEngineClock(EngineClock):
    """The engine's clock on a stage; time passes by a microsecond whenever somebody looks.

    :param boot_id: what tells this start of its machine from others.
    :ivar set_by: seconds by which somebody has set the machine's clock.
    """

    def __init__(self, stage: Stage, boot_id: str = "a machine") -> None:
        self._stage = stage
        self.boot_id = boot_id
        self.set_by = 0.0

    def now(self) -> float:
        self._stage.elapsed += 1e-6
        return self._stage.elapsed

    def wall(self) -> float:
        return EPOCH + self._stage.elapsed + self.set_by

    def boot(self) -> str:
        return self.boot_id

    def sleep(self, seconds: float) -> None:
        self._stage.sleep(seconds)


class Pause:
    """What a request that takes its time hands to whoever drives it."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def __await__(self) -> Generator[Pause, None, None]:
        yield self


class VirtualPlatformClock(PlatformClock):
    """The simulator's clock: the time of whoever uses it now."""

    def __init__(self) -> None:
        super().__init__()
        self.time: Time = Stage()

    def now(self) -> float:
        return self.time.elapsed

    def advance(self, seconds: float) -> None:
        self.time.elapsed += seconds

    def date(self) -> datetime:
        return datetime.fromtimestamp(EPOCH + self.time.elapsed, timezone.utc)

    async def sleep(self, seconds: float) -> None:
        await Pause(seconds)
