# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is to happen later: tasks that end, lists that catch up.

Nothing runs in the background. Before each request is handled, everything that has become due is carried out, in
order, each with the moment at which it was due. So the state is the same however often somebody looks.
"""

import heapq
from collections.abc import Callable

from simulator.clock import Clock

Action = Callable[[float], None]


class Agenda:
    """Actions by due time."""

    def __init__(self, clock: Clock, carried_out: Action = lambda due: None) -> None:
        self._carried_out = carried_out
        self._clock = clock
        self._entries: list[tuple[float, int, Action]] = []
        self._count = 0

    def at(self, due: float, action: Action) -> None:
        """Carry out ``action(due)`` once the clock has reached ``due``."""
        self._count += 1
        heapq.heappush(self._entries, (due, self._count, action))

    def settle(self) -> None:
        """Carry out all that is due; actions may add others, which are carried out too when they are due."""
        now = self._clock.now()
        while self._entries and self._entries[0][0] <= now:
            due, _order, action = heapq.heappop(self._entries)
            action(due)
            self._carried_out(due)

    def clear(self) -> None:
        """Forget everything."""
        self._entries.clear()
