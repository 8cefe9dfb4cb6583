# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""When to look at which task: what the tasks of a run that have ended tell about the others."""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from .._core.private_files import PRIVATE, Access, Unreadable, read_trusted, write_private

FIRST_PAUSE = 0.3
"""Seconds to the first poll, and the shortest pause between two."""

PAUSE_SHARE = 0.08
"""A pause is this share of the time that the task has run, so its end is noticed within a tenth of its duration."""

MANY = 8
"""Number of waiting tasks from which on one look at the service list is cheaper than a poll of each."""

_SCOUTS = 1
"""Of many tasks whose duration is not known yet, this number (the oldest) is polled as if they were alone."""

_LOOK_SHARE = 0.03
_SHORTEST_LOOK = 0.5
_LOOK_COST = 10
"""Pauses between looks at the service list: this share of the tasks' age, at least these seconds, and this many times
what the last look took.
"""

_UNWATCHED = 30.0
_UNWATCHED_TIMES = 3
"""Seconds after which a task of many is polled whatever the others and the service list say; then this many times its
age later, and so on.
"""

_WIDE_SHARE = 0.25
"""Share of the age for pauses of many tasks when the service list does not tell of their ends."""

_SHARP = 0.05
"""An end that was noticed later than this share of the duration is taken to have been just before."""

_CLOSE_SHARE = 0.03
_CLOSEST = 0.15
"""Once the usual duration has nearly passed, pauses are this share of it, and at least these seconds."""

_LATE_SHARE = 0.1
_EARLY_SHARE = 0.7
"""A task of many that is later than the usual duration by this share, or that the service list will show, is left to
that; one that was polled before this share of it is polled again when it has passed.
"""

LAG, LAG_SHARE = 4.5, 0.095
"""Any end, good or bad, is noticed after these seconds or this share of the task's duration, whichever is more: a
failure shows in no list, so every task is polled as often as that. A little less than the 5 s and the tenth that are
promised, for the time that a poll takes.
"""

POLLS_PER_SECOND = 20.0
"""Of all tasks together. Where more than 90 wait at a time, each is polled less often."""

_LONGEST_DOUBLING = 10
"""After so many failed polls of a task, the pause does not grow any more."""

_SETBACK_LASTS = 60.0
"""Seconds for which the pause after a failed poll is allowed for in the pauses between all polls."""

_TRUST = 3
"""Wrong hints after which, without a right one, the service list is no longer believed."""


@dataclass(eq=False)
class WaitingTask:
    """A task that is waited for.

    :param since: when it was submitted, on the clock.
    :ivar polled: its age when it was polled last, with an answer that tells its status.
    :ivar failures: polls since then.
    :ivar rests: its age up to which it is left alone after a poll that failed.
    :ivar hinted: when the service list has shown its service, until it was polled after that.
    """

    key: str
    since: float
    polled: float = 0.0
    hinted: float | None = None
    failures: int = 0
    rests: float = 0.0


class PollSchedule:
    """The waiting tasks of one run. Safe to use from several threads.

    :param longest: pause between two polls, seconds; where the usual duration is known, that decides.
    :param known: how long the tasks of earlier runs took. That is believed until the first task of this run has ended,
        and only where few are waited for: many soon know better.
    """

    def __init__(self, longest: float, known: KnownDurations | None = None) -> None:
        self._longest = longest
        self._known = known or KnownDurations()
        self._expected = self._known.usual
        self._lock = threading.Lock()
        self._waiting: dict[str, WaitingTask] = {}
        self._ends: deque[float] = deque(maxlen=32)
        self._typical: float | None = None
        self._setback, self._setback_ends = 0.0, float("-inf")
        self._right = 0
        self._wrong = 0

    def begin(self, key: str, since: float) -> WaitingTask:
        one = WaitingTask(key, since)
        with self._lock:
            self._waiting[key] = one
        return one

    def end(self, one: WaitingTask) -> None:
        with self._lock:
            self._waiting.pop(one.key, None)

    def succeeded(self, one: WaitingTask, before: float) -> None:
        """A task has ended well, somewhere between the age at which it was polled before and its age now."""
        with self._lock:
            self._ends.append(one.polled - min(one.polled - before, _SHARP * one.polled) / 2)
            self._typical = usual_duration(self._ends)

    def judge(self, one: WaitingTask, ended: bool) -> None:
        """Return whether the service list was right about a task."""
        with self._lock:
            if one.hinted is not None and (ended or one.since + one.polled >= one.hinted):
                one.hinted = None
                self._right += ended
                self._wrong += not ended

    def keep(self) -> None:
        """Let later runs know how long the tasks of this one took that ended well."""
        with self._lock:
            ends = list(self._ends)
        self._known.add(ends)

    @property
    def hints(self) -> bool:
        """Return whether the service list is believed when it shows the service of a task."""
        return self._right > 0 or self._wrong < _TRUST

    @property
    def waiting(self) -> list[WaitingTask]:
        """The tasks that are waited for, the oldest first."""
        with self._lock:
            return list(self._waiting.values())

    def hint(self, key: str, now: float) -> None:
        """The service list shows the service of a task."""
        with self._lock:
            one = self._waiting.get(key)
            if one is not None:
                one.hinted = now

    def pause(self, one: WaitingTask, now: float) -> float:
        """Seconds to the next poll of the task."""
        return min(self._wanted(one, now), self._longest_lag(now - one.since, now))

    def pause_after_failure(self, one: WaitingTask, now: float, asked: float) -> float:
        """Return the seconds to the next poll of a task whose poll has failed: soon, and later each time.

        :param asked: seconds that the platform asks for.
        """
        one.failures += 1
        again = FIRST_PAUSE * 2.0 ** min(one.failures, _LONGEST_DOUBLING)
        pause = max(asked, min(self.pause(one, now), again))
        one.rests = now - one.since + pause
        with self._lock:
            self._setback, self._setback_ends = min(pause, LAG / 2), now + _SETBACK_LASTS
        return pause

    def _longest_lag(self, age: float, now: float) -> float:
        """Return the longest pause; where polls fail, there is time left to make one again."""
        with self._lock:
            waiting = len(self._waiting)
            setback = self._setback if now < self._setback_ends else 0.0
        return max(max(LAG, LAG_SHARE * age) - setback, waiting / POLLS_PER_SECOND)

    def _wanted(self, one: WaitingTask, now: float) -> float:
        """Return what would do if nothing ever failed early."""
        age = now - one.since
        growing = min(max(FIRST_PAUSE, PAUSE_SHARE * age), self._longest)
        with self._lock:
            many = len(self._waiting) >= MANY
            usual = self._typical if self._ends or many else self._expected
            scout = one.key in islice(self._waiting, _SCOUTS)
        if usual is not None:
            if age < usual:
                half = usual / 2
                return max(_CLOSEST, (half if half > _UNWATCHED > age else usual) - age)
            if not many or (not self._right and age < (1 + _LATE_SHARE) * usual):
                return min(max(_CLOSEST, _CLOSE_SHARE * usual, _WIDE_SHARE * (age - usual)), self._longest)
        if many and not scout:
            if not self.hints or usual is not None:
                return min(max(FIRST_PAUSE, 2 * _WIDE_SHARE * age), self._longest)
            return _UNWATCHED - age if age < _UNWATCHED - FIRST_PAUSE else _UNWATCHED_TIMES * age
        return growing

    def overdue(self, now: float) -> list[str]:
        """Tasks that pause for longer than what is known by now allows."""
        with self._lock:
            covered = len(self._waiting) >= MANY and self.hints
            return [one.key for one in self._waiting.values() if self._is_overdue(one, now - one.since, covered)]

    def _is_overdue(self, one: WaitingTask, age: float, covered: bool) -> bool:
        """:param covered: the service list tells of the ends."""
        usual = self._typical
        if age < one.rests:
            return False
        if one.hinted is not None and one.since + one.polled < one.hinted:
            return True  # a poll that was on its way at that moment may have come too early
        if usual is not None and age < usual:
            return False
        if usual is not None and one.polled < _EARLY_SHARE * usual:
            return True
        return not covered and age - one.polled > min(max(FIRST_PAUSE, _WIDE_SHARE * age), self._longest)

    def look_pays(self, now: float, listed_at: float, cost: float) -> bool:
        """Return whether a look at the service list now is cheaper than polling those tasks that may have ended.

        :param listed_at: when it was read last.
        :param cost: seconds that this took.
        """
        with self._lock:
            ages = sorted(now - one.since for one in self._waiting.values())
            usual = self._typical
        able = [age for age in ages if usual is None or age >= 0.95 * usual]
        if len(able) < MANY or not self.hints:
            return False
        return now - listed_at >= max(_SHORTEST_LOOK, _LOOK_SHARE * able[len(able) // 2], _LOOK_COST * cost)


REMEMBERED = 5
"""Number of durations that are kept, the latest ones."""

SUFFIX = ".durations"
"""Of the files that hold them."""

_LONGEST = 7 * 24 * 3600.0
"""Seconds. What is longer is no duration."""

_NEWS = 0.1
"""The usual duration is not written again for an end that differs from it by less than this share."""

_LIKE = 0.25
"""Durations are alike when four of five lie within this share of the usual one."""


def usual_duration(durations: Sequence[float]) -> float | None:
    """The usual one of these, in seconds; ``None``: there is none, or they are too different."""
    if not durations:
        return None
    ends = sorted(durations)
    tenth = len(ends) // 10
    usual = ends[2 * len(ends) // 3]
    return usual if ends[-1 - tenth] - ends[tenth] <= _LIKE * usual else None


class KnownDurations:
    """The durations that are kept in a file.

    :param path: the file; ``None``: nothing is kept.
    :param access: who may read and write it.
    """

    def __init__(self, path: Path | None = None, access: Access = PRIVATE) -> None:
        self._path = path
        self._access = access

    @property
    def usual(self) -> float | None:
        """The usual one, in seconds; ``None``: it is not known."""
        return usual_duration(self._read())

    def add(self, durations: Sequence[float]) -> None:
        """Keep what this run has seen, the latest one last. Failing to is no error."""
        if self._path is None or not durations:
            return
        kept = self._read()
        usual = usual_duration(kept)
        latest = durations[-REMEMBERED:]
        if usual is not None and all(abs(each - usual) <= _NEWS * usual for each in latest):
            return
        with suppress(OSError):
            write_private(self._path, json.dumps([*kept, *latest][-REMEMBERED:]).encode(), self._access)

    def _read(self) -> list[float]:
        if self._path is None:
            return []
        try:
            found = read_trusted(self._path, self._access)
            durations = json.loads(found[0]) if found is not None else []
        except (Unreadable, OSError, ValueError, RecursionError):
            return []
        if not isinstance(durations, list) or not all(_is_duration(each) for each in durations):
            return []
        return [float(each) for each in durations[-REMEMBERED:]]


def _is_duration(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value <= _LONGEST
