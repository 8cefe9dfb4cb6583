# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Waiting until the SIP connections of customers are deployed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ..._core.errors import ApiError
from ..._tasks.poller import WaitTools
from ..._tasks.progress import duration
from ..._tasks.read_until import read_until
from .record import CustomerState, Record
from .words import name_of

_SHORTEST_PAUSE = 1.0
"""Seconds between two looks at the list of services, at the least."""

_PAUSE_SHARE = 0.1
"""A pause is this share of the time that was waited, so that the end is noticed within a tenth of it."""

_SETTLED = frozenset({CustomerState.DEPLOYED.value, CustomerState.UNKNOWN.value})
"""States that no wait changes."""

Records = list[dict[str, Any]]


@dataclass(frozen=True)
class DeploymentSeen:
    """Hold what was seen while waiting.

    :param records: as they were read last; ``None``: they never were.
    :param error: the last look has failed with it.
    :param signal: name of the signal that has ended the wait early.
    """

    records: Records | None = None
    error: ApiError | None = None
    signal: str | None = None


def await_deployment(
    read: Callable[[], Records], awaited: Callable[[Records], Sequence[Record]], tools: WaitTools
) -> DeploymentSeen:
    """Read until every customer is deployed, or the timeout of the policy has passed.

    The services are read once at least, and once more when the time is over.

    :param read: the records as they are now.
    :param awaited: those of them that are waited for, always the same customers in the same order.
    :raises LivePlatformError: the platform lets nobody look, as without a login.
    """
    told, policy = _Told(tools), tools.policy
    records: Records | None = None

    def read_records() -> None:
        nonlocal records
        records = read()

    def are_deployed() -> bool:
        now = awaited(records or [])
        told.saw(now)
        return not any(_is_waited_for(record) for record in now)

    seen = read_until(
        read_records,
        are_deployed,
        tools,
        timeout=policy.timeout,
        pause=lambda age: min(max(_SHORTEST_PAUSE, _PAUSE_SHARE * age), policy.longest_pause),
    )
    return DeploymentSeen(records, seen.error, seen.signal)


def _is_waited_for(record: Record) -> bool:
    return record["state"] not in _SETTLED


class _Told:
    """Tells which customers are waited for, and which are deployed by now."""

    def __init__(self, tools: WaitTools) -> None:
        self._clock = tools.clock
        self._progress = tools.progress
        self._waiting: dict[int, float] | None = None

    def saw(self, records: Sequence[Record]) -> None:
        """The records as they were read now."""
        if self._waiting is None:
            self._waiting = {place: self._clock.now() for place, each in enumerate(records) if _is_waited_for(each)}
            self._progress.expect(len(self._waiting))
            for place in self._waiting:
                self._progress.begun(str(place), name_of(records[place]), "not deployed yet")
        for place in [place for place in self._waiting if not _is_waited_for(records[place])]:
            took = duration(self._clock.now() - self._waiting.pop(place))
            self._progress.ended(str(place), "deployed", line=f"{name_of(records[place])}: deployed after {took}")
