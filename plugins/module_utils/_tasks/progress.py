# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a run is doing right now, in lines for people: nothing that is shown is asked for.

One line when something that was waited for has ended, and once in an interval what is still going on.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from .._api.tasks import Task
from .._core.clock import Clock
from .._core.regular_files import UnusableFile, append_to_file
from .._core.text import shorten
from .work_queue import Ticker

DEFAULT_INTERVAL = 60.0
"""Seconds after which something is said at the latest."""

_NAMED = 5
"""Number of waiting objects that are named in each interval, the slowest first; the others are counted."""

_LONGEST_LINE = 400


@dataclass(eq=False)
class InProgress:
    """Something that is being worked on.

    :param since: when that began, on the clock.
    :param waits: what is said of it while there is no task.
    :ivar task: as it was seen last; ``None``: there is none yet.
    :ivar told: how many of the task's messages were shown.
    """

    name: str
    since: float
    waits: str = "no task yet"
    task: Task | None = None
    told: int = 0


class Progress(Ticker):
    """Follows a run and says how it goes. Safe to use from several threads.

    :param say: gets each line; ``None``: nothing is said.
    :param interval: seconds.
    :param mask: takes the secrets out; before anything is shortened, since half a secret could not be told any more.
    :param flush: shows what was said by any thread; called by the one that carries out the work, again and again.
    """

    def __init__(
        self,
        clock: Clock,
        say: Callable[[str], None] | None = None,
        interval: float = DEFAULT_INTERVAL,
        mask: Callable[[str], str] = str,
        flush: Callable[[], None] = lambda: None,
    ) -> None:
        self._clock = clock
        self._say = say
        self._mask = mask
        self._flush = flush
        self._interval = interval
        self._lock = threading.Lock()
        self._began = clock.now()
        self._spoke = self._began
        self._total = 0
        self._underway: dict[str, InProgress] = {}
        self._ended: Counter[str] = Counter()

    def expect(self, count: int) -> None:
        """Say how many objects will be worked on."""
        self._total = count

    def begun(self, key: str, name: str, waits: str = "no task yet") -> None:
        """The work on something has begun; the parameters are those of :class:`InProgress`."""
        with self._lock:
            self._underway[key] = InProgress(name, self._clock.now(), waits)

    def saw(self, key: str, task: Task) -> None:
        """A task as it is now."""
        with self._lock:
            if key in self._underway:
                self._underway[key].task = task

    def ended(self, key: str, outcome: str, failure: str | None = None, line: str | None = None) -> None:
        """It is over. What had to be waited for, or has failed, gets a line.

        :param line: in its place.
        """
        with self._lock:
            one = self._underway.pop(key)
            self._ended[outcome] += 1
        if line is not None:
            self._tell(line)
        elif one.task is not None or failure is not None:
            task = f" (task {one.task.id})" if one.task is not None else ""
            count = f" [{sum(self._ended.values())} of {self._total}]" if self._total > 1 else ""
            text = f": {failure}" if failure else ""
            self._tell(f"{one.name}: {outcome} after {duration(self._clock.now() - one.since)}{task}{count}{text}")

    def underway(self, key: str) -> InProgress | None:
        """Return what is known of something that is not over."""
        return self._underway.get(key)

    def due(self) -> float:
        return self._spoke + self._interval if self._say is not None else super().due()

    def tick(self) -> None:
        """Say what is going on."""
        now = self._clock.now()
        with self._lock:
            slowest = sorted(self._underway.values(), key=lambda one: one.since)
            ended = sorted(self._ended.items())
        self._spoke = now
        if self._total > 1:
            done = ", ".join(f"{count} {outcome}" for outcome, count in ended) or "none is done yet"
            longest = f"; the slowest: {slowest[0].name}, {duration(now - slowest[0].since)}" if slowest else ""
            state = f"{done}; {len(slowest)} in progress, {self._total} in all"
            self._tell(f"{state}, after {duration(now - self._began)}{longest}")
        for one in slowest[:_NAMED]:
            self._tell(self._picture(one, now))

    def come_by(self) -> None:
        self._flush()

    def _tell(self, line: str) -> None:
        if self._say is not None:
            with self._lock:
                self._say(shorten(self._mask(line), _LONGEST_LINE))

    def _picture(self, one: InProgress, now: float) -> str:
        took = duration(now - one.since)
        if one.task is None:
            return f"{one.name}: in progress for {took}, {one.waits}"
        messages = [message.message for message in one.task.messages]
        fresh, one.told = messages[one.told :], len(messages)
        said = "; ".join(shorten(self._mask(text), 200).rstrip(".") for text in fresh)
        status = one.task.status or "not read yet"
        return f"{one.name}: task {one.task.id}: {status} after {took}" + (f": {said}" if said else "")


def duration(seconds: float) -> str:
    """``9.5 s``, ``2 min 5 s``, ``1 h 4 min``."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    return f"{minutes // 60} h {minutes % 60} min"


class LinesOfFile:
    """A file that grows by whole lines. A line that cannot be written is lost, and the work goes on."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def write(self, line: str) -> None:
        with suppress(UnusableFile):
            append_to_file(self._path, (line.replace("\n", " ") + "\n").encode("utf-8", "replace"))

    def flush(self) -> None:
        """The process that follows the file has seen the lines already."""
