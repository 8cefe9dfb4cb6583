# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Copies of the platform that are behind: any read of services, leads and numbers may be answered by one, each on its
own.

So one place may show what another does not show yet, in either direction, and a place may stop to show what it has
shown. Nothing is older than the lag that the switches say.
"""

import pickle
import re
from collections.abc import Iterator
from contextlib import contextmanager
from zlib import crc32

from simulator.clock import Clock
from simulator.settings import Settings
from simulator.store import Store

_COPIED = ("leads", "leads_by_tenant", "services", "services_by_tenant", "listed", "numbers")
_READ = re.compile(
    r"/tenantui(/api/v3/customer(/[^/]+)?|/api/v2/oc/lead|/api/v[23]/oc/numbers(/[^/]+)?)/?", re.IGNORECASE
)
_EVER = float("-inf")


class Replicas:
    """What was there when, as long as the switches ask for it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._past: list[tuple[float, bytes]] = []
        self._reads = 0

    @property
    def begun(self) -> bool:
        """Whether anything is known of the past."""
        return bool(self._past)

    def clear(self) -> None:
        """Forget everything."""
        self._past.clear()
        self._reads = 0

    def keep(self, store: Store, settings: Settings, since: float | None = None) -> None:
        """Something may have changed, at this moment or at a given one."""
        if settings.replica_lag_seconds <= 0:
            return
        at = _EVER if not self._past else self._clock.now() if since is None else since
        state = pickle.dumps({name: getattr(store, name) for name in _COPIED})
        if not self._past or self._past[-1][1] != state:
            self._past.append((at, state))

    @contextmanager
    def reading(self, store: Store, settings: Settings, method: str, path: str) -> Iterator[bool]:
        """A context for one request, in which the store is perhaps an older one."""
        lag = self._lag(settings) if method == "GET" and _READ.fullmatch(path) else 0.0
        if lag <= 0 or not self._past:
            yield False
            return
        moment = self._clock.now() - lag
        then = next(state for at, state in reversed(self._past) if at <= moment)
        now = {name: getattr(store, name) for name in _COPIED}
        vars(store).update(pickle.loads(then))
        try:
            yield True
        finally:
            vars(store).update(now)

    def _lag(self, settings: Settings) -> float:
        """By how much this read is behind: not at all, or by a quarter, a half, three quarters or all of the lag."""
        if settings.replica_lag_seconds <= 0:
            return 0.0
        self._reads += 1
        chance = crc32(f"{settings.replica_seed} {self._reads}".encode())
        return settings.replica_lag_seconds * (1 + chance % 4) / 4 if (chance >> 8) % 2 else 0.0
