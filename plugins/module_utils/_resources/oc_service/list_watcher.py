# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A look-out for all tasks of a run: one look at the service list shows which of many tasks are worth a poll.

What the list shows is a hint and never success: that is the task's own word alone.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from ..._core.clock import Clock
from ..._core.errors import LivePlatformError
from ..._tasks.poll_schedule import PollSchedule
from ..._tasks.work_queue import Steps
from .current_state import CurrentState

_TICK = 0.25
_TICK_SHARE = 0.01
"""Seconds between two thoughts about it, or this share of the oldest task's age."""

_NEVER = float("-inf")


def watch_list(
    current_state: CurrentState, schedule: PollSchedule, clock: Clock, wake: Callable[[str], None]
) -> Steps[None]:
    """Wakes the flows of those tasks that have probably ended. Goes on for ever.

    :param wake: takes the tenant's key.
    """
    before, heard = frozenset[str](), current_state.listed_at
    while True:
        waiting = schedule.waiting
        now = clock.now()
        yield max(_TICK, _TICK_SHARE * (now - waiting[0].since)) if waiting else _TICK
        if schedule.look_pays(clock.now(), current_state.listed_at, current_state.cost):
            with suppress(LivePlatformError):  # each task is still polled at its own schedule
                current_state.look()
        if current_state.listed_at > heard:
            now = clock.now()
            # What stood in the list from the beginning says nothing about a task.
            for key in current_state.keys - before if before or heard > _NEVER else ():
                schedule.hint(key, now)
            before, heard = before | current_state.keys, current_state.listed_at
        for key in schedule.overdue(clock.now()):
            wake(key)
