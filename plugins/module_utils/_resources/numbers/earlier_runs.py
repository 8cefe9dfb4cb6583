# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the journal tells of earlier runs for a tenant: batches that may be under way, and successes that were seen.

A success outweighs a list that does not show it for the promised time. Of several for the same number, the latest one
counts. Only uploads and releases are kept: to take a number from its user once more does no harm.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from itertools import count

from ..._api.numbers import NumberRecord
from ..._core.errors import ConflictError
from ..._reconcile.context import LISTED_WITHIN, Tools, hold
from ..._reconcile.entries import Entry, Kind, SubmissionStage
from .batches import Batch, NumberBatches, Operation, batch_from, identity
from .plan import READING

_TENANT = Kind("numbers", "tenant")
"""Of the entry that says how many entries of batches there are, and of the lock of a tenant."""

_UNCOUNTED = 200
"""Entries that are looked for when nobody can tell how many there are."""

PAST = {Operation.UPLOAD: "uploaded", Operation.UNASSIGN: "unassigned", Operation.RELEASE: "released"}


@dataclass(frozen=True)
class _Success:
    """A batch that has done what it was for.

    :param at: when, seconds since the epoch.
    """

    batch: Batch
    at: float

    def denied(self, now: float) -> str:
        """Return what users are told when the list does not show it."""
        age = now - self.at
        return (
            f"it was {PAST[self.batch.operation]} {age:.0f} seconds ago, and the list does not show that: either not "
            f"yet, or somebody has changed it since. Nothing was sent; run again in {LISTED_WITHIN - age:.0f} seconds: "
            "what the list shows then is believed"
        )


class EarlierRuns:
    """The entries for a tenant. Nothing is known before :meth:`read`.

    :param first: what all batches have in common.
    :ivar under_way: batches that were not seen to their end.
    """

    def __init__(self, tools: Tools, first: Batch) -> None:
        self._tools, self._clock, self._first = tools, tools.clock, first
        self._tenant, self._journal = first.ms_tenant_id, tools.journal
        self._tenants = tools.journal.for_kind(_TENANT)
        self._used: set[int] = set()
        self._successes: dict[int, _Success] = {}
        self.under_way: list[Batch] = []

    def alone(self) -> AbstractContextManager[object]:
        """A context in which nobody else on this machine works on the numbers of the tenant."""
        busy = ConflictError(
            f"Another run on this machine is working on the numbers of tenant {self._tenant}",
            operation=READING,
            hint="wait for its end, run again",
        )
        waiting = hold(self._tenants, self._tenant, self._clock, self._tools.settings.wait.timeout, busy)
        while True:
            try:
                self._clock.sleep(next(waiting))
            except StopIteration as end:
                held: AbstractContextManager[object] = end.value
                return held

    def read(self) -> None:
        """Read the entries. A success whose promised time is over says nothing any more."""
        done: list[_Success] = []
        for batch, entry in self._entries():
            if entry.stage != SubmissionStage.DONE:
                self.under_way.append(batch)
            elif self._clock.wall() < self._succeeded_at(entry) + LISTED_WITHIN:
                done.append(_Success(batch, self._succeeded_at(entry)))
            elif not self._tools.settings.check:
                self._forget(batch)
        for success in sorted(done, key=lambda each: each.at):
            self._promise(success)

    def _entries(self) -> Iterator[tuple[Batch, Entry]]:
        tenant = self._tenants.read(self._tenant)
        if tenant is None:
            return
        try:
            slots = int(json.loads(tenant.about or "")["batches"])
        except (ValueError, TypeError, KeyError):
            slots = _UNCOUNTED
        for slot in range(1, slots + 1):
            entry = self._journal.read(identity(self._tenant, slot))
            if entry is not None and entry.stage != SubmissionStage.DELETED:
                self._used.add(slot)
                yield batch_from(entry, self._first, slot, slots), entry

    def denied_by(self, existing: Mapping[int, NumberRecord], concerns: Callable[[int], bool]) -> dict[int, str]:
        """Return the numbers of which the list denies, within the promised time, what was seen, and what to say of it.

        :param concerns: whether a run cares about a number.
        """
        now, said = self._clock.wall(), {}
        reasons: dict[int, str] = {}
        for number, success in self._successes.items():
            if now >= success.at + LISTED_WITHIN or success.batch.done_for(existing.get(number)):
                continue
            if concerns(number):
                slot = success.batch.slot
                reasons.setdefault(slot, success.denied(now))
                said[number] = reasons[slot]
        return said

    def free_slots(self) -> Iterator[int]:
        """Return the slots that no entry has."""
        return (slot for slot in count(1) if slot not in self._used)

    def intend(self, batches: list[Batch]) -> None:
        """Let the next run know how many entries to look for, before any of these batches is sent."""
        self._used.update(batch.slot for batch in batches)
        self._tenants.intend(self._tenant, self._first.customer, about=json.dumps({"batches": max(self._used)}))

    def settle(self, batch: Batch) -> None:
        """Keep what the numbers of a batch have become; without numbers, nothing came of it.

        The time of a success that was written down before remains.
        """
        if not batch.numbers or batch.operation is Operation.UNASSIGN:
            self._forget(batch)
            return
        key, now = identity(self._tenant, batch.slot), self._clock.wall()
        entry = self._journal.read(key)
        if entry is None:
            platform, kind = self._tools.api.client.platform, NumberBatches.kind.name
            entry = Entry(platform, key, batch.customer, SubmissionStage.INTENT, now, now, kind=kind)
        if entry.stage != SubmissionStage.DONE or entry.about != batch.about:
            entry = replace(entry, stage=SubmissionStage.DONE, changed_at=now, about=batch.about)
            self._journal.done(entry, None)
        self._promise(_Success(batch, self._succeeded_at(entry)))

    def _succeeded_at(self, entry: Entry) -> float:
        """Return when a batch has succeeded at the latest: it may have been seen long after."""
        return min(entry.changed_at, entry.intended_at + self._tools.settings.patience)

    def close(self) -> None:
        """Let the next run look for nothing when there is nothing."""
        if not self._used:
            self._tenants.forget(self._tenant)

    def _promise(self, success: _Success) -> None:
        self._successes.update(dict.fromkeys(success.batch.numbers, success))

    def _forget(self, batch: Batch) -> None:
        self._journal.forget(identity(self._tenant, batch.slot))
        self._used.discard(batch.slot)
