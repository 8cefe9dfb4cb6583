# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Watching the ends of all tasks of a run: one look at a list shows which of many tasks are worth a poll.

What the list shows is a hint and never success: that is the task's own word alone.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

from .._core.clock import Clock
from .._core.errors import LivePlatformError
from .poll_schedule import PollSchedule
from .work_queue import Steps

_TICK = 0.25
_TICK_SHARE = 0.01
"""Seconds between two thoughts about it, or this share of the oldest task's age."""

_NEVER = float("-inf")


class WatchedList(Protocol):
    """A list that shows an object only when the task that creates it has ended, or soon will.

    :ivar listed_at: when it was read last, on the clock.
    :ivar cost: seconds that this took.
    """

    listed_at: float
    cost: float

    @property
    def keys(self) -> frozenset[str]:
        """The keys of those whose object it has shown when it was read last."""

    def look(self) -> None:
        """Read it.

        :raises ApiError: it cannot be read.
        """


def watch_list(listed: WatchedList, schedule: PollSchedule, clock: Clock, wake: Callable[[str], None]) -> Steps[None]:
    """Resumes the work on those tasks that have probably ended. Goes on for ever.

    :param wake: takes the key.
    """
    before, heard = frozenset[str](), listed.listed_at
    while True:
        waiting = schedule.waiting
        now = clock.now()
        yield max(_TICK, _TICK_SHARE * (now - waiting[0].since)) if waiting else _TICK
        if schedule.look_pays(clock.now(), listed.listed_at, listed.cost):
            with suppress(LivePlatformError):  # each task is still polled at its own schedule
                listed.look()
        if listed.listed_at > heard:
            now = clock.now()
            # What stood in the list from the beginning says nothing about a task.
            for key in listed.keys - before if before or heard > _NEVER else ():
                schedule.hint(key, now)
            before, heard = before | listed.keys, listed.listed_at
        for key in schedule.overdue(clock.now()):
            wake(key)
