# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Numbers in batches: what one request uploads, unassigns or releases, and how the journal keeps it."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Container, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from ..._api.client import LivePlatformApi
from ..._api.numbers import NumberRecord, NumberStatus
from ..._core.errors import LivePlatformError
from ..._core.number_ranges import as_texts, in_words, numbers_in, pieces, read_ranges, written
from ..._core.text import StringEnum
from ..._reconcile.entries import Entry, Kind, SubmissionStage
from ..._reconcile.resource import PRESENT, Observed, OnDifference, Resource, Seen
from .plan import NumberPlan, mismatch
from .terms import Terms

UPLOADING = "POST /api/v2/oc/numbers/action/upload"
RELEASING = "POST /api/v2/oc/numbers/action/release"
UNASSIGNING = "POST /api/v2/oc/numbers/action/unassign"


class Operation(StringEnum):
    """List what a batch can do with its numbers."""

    UPLOAD = "upload"
    UNASSIGN = "unassign"
    RELEASE = "release"


class NotSentAgain(LivePlatformError):
    """Nothing came of a batch of an earlier run. What is still to be done is planned anew."""


class Changed(LivePlatformError):
    """Some numbers of a batch may not be touched any more, as the list shows right before it would be sent."""


@dataclass(frozen=True)
class Batch:
    """Numbers that one request is about.

    :param index: from 1, among the batches of its run.
    :param slot: from 1; names its entry in the journal.
    :param numbers: in order; none: the entry of an earlier run does not tell them.
    :param terms: of an upload.
    :param new: of an upload: the numbers were not there, so that they are there with whatever terms the platform chose.
    :param earlier: how far an earlier run has come with it.
    """

    ms_tenant_id: str
    customer: str
    operation: Operation
    numbers: tuple[int, ...]
    index: int
    count: int
    slot: int
    terms: Terms = field(default_factory=Terms)
    new: bool = False
    earlier: SubmissionStage | None = None
    state: str = PRESENT
    task_id: str | None = None
    on_difference: OnDifference = OnDifference.REPORT

    @property
    def body(self) -> dict[str, Any]:
        return {"numbers": as_texts(self.numbers)}

    @property
    def texts(self) -> list[str]:
        return [written(number) for number in self.numbers]

    @property
    def label(self) -> str:
        """``Alder: upload of batch 3 of 10``"""
        return f"{self.customer}: {self.operation} of batch {self.index} of {self.count}"

    @property
    def about(self) -> str:
        return json.dumps(
            {
                "operation": str(self.operation),
                "numbers": as_texts(self.numbers),
                "terms": asdict(self.terms),
                "new": self.new,
            }
        )

    def taken(self, existing: Mapping[int, NumberRecord]) -> bool:
        """Return whether the platform shows of all its numbers that it has taken the request."""
        return all(self._taken_for(existing.get(number)) for number in self.numbers)

    def _taken_for(self, record: NumberRecord | None) -> bool:
        asked = record is not None and record.state is NumberStatus.RELEASE_REQUESTED
        return (asked and self.operation is Operation.RELEASE) or self.done_for(record)

    def done_for(self, record: NumberRecord | None) -> bool:
        """Return whether the platform shows what the batch was for, of one of its numbers.

        :param record: what the list shows of the number.
        """
        if self.operation is Operation.RELEASE:
            return record is None
        if self.operation is Operation.UNASSIGN:
            return record is None or not record.assigned
        if record is None or self.new:
            return record is not None
        return record.state is NumberStatus.ACTIVE and mismatch(self.terms, record) is None


def batches_of(
    first: Batch, plan: NumberPlan, existing: Container[int], size: int, slots: Iterable[int]
) -> list[Batch]:
    """Return the batches of a run, numbered through.

    :param first: what they have in common.
    :param existing: numbers that are there.
    :param size: numbers in one request at the most.
    :param slots: of the journal, that are free.
    """
    uploads: dict[tuple[Terms, bool], list[int]] = {}
    for number, terms in plan.upload.items():
        uploads.setdefault((terms, number not in existing), []).append(number)
    groups = [
        (replace(first, operation=Operation.UPLOAD, terms=terms, new=new), numbers)
        for (terms, new), numbers in uploads.items()
    ]
    groups.append((replace(first, operation=Operation.UNASSIGN), plan.unassign))
    groups.append((replace(first, operation=Operation.RELEASE), plan.release))
    cut = [replace(group, numbers=tuple(part)) for group, numbers in groups for part in pieces(numbers, size)]
    return [
        replace(batch, index=index, count=len(cut), slot=slot)
        for index, (batch, slot) in enumerate(zip(cut, slots, strict=False), 1)
    ]


def batch_from(entry: Entry, first: Batch, slot: int, count: int) -> Batch:
    """The batch that an entry of the journal speaks of."""
    common = replace(first, index=slot, count=count, slot=slot, earlier=entry.stage, numbers=())
    try:
        about = json.loads(entry.about or "")
        terms = {**about["terms"], "capabilities": tuple(about["terms"]["capabilities"])}
        return replace(
            common,
            operation=Operation(about["operation"]),
            numbers=tuple(numbers_in(read_ranges(about["numbers"], "numbers"))),
            terms=Terms(**terms),
            new=bool(about["new"]),
        )
    except (ValueError, TypeError, KeyError, LivePlatformError):
        return common  # another version has written it


class NumberBatches(Resource[Batch, Batch]):
    """A batch, as the reconciliation sees it: it is there when the list shows what it was for.

    :param existing: the list as it was read last.
    :param read_again: reads it.
    :param nothing_left: whether a list leaves nothing to be done.
    :param withdrawn: the numbers of a batch that may not be touched any more, by the list as it is now.
    """

    kind = Kind("number batch", "tenant")
    fields = ()
    creating = UPLOADING
    deleting = RELEASING
    places = "the list of numbers does not show"
    identity_option = "ms_tenant_id"

    def __init__(
        self,
        api: LivePlatformApi,
        existing: Callable[[], Mapping[int, NumberRecord]],
        read_again: Callable[[], Mapping[int, NumberRecord]],
        nothing_left: Callable[[Mapping[int, NumberRecord]], bool],
        withdrawn: Callable[[Batch], Collection[int]],
    ) -> None:
        self._api = api
        self._existing = existing
        self._read_again = read_again
        self._nothing_left = nothing_left
        self._withdrawn = withdrawn

    def identity(self, wanted: Batch) -> str:
        return identity(wanted.ms_tenant_id, wanted.slot)

    def name(self, wanted: Batch) -> str | None:
        return wanted.customer

    def about(self, wanted: Batch) -> str | None:
        return wanted.about

    def subject(self, wanted: Batch) -> str:
        return f"tenant {wanted.ms_tenant_id} ({in_words(wanted.numbers, 3)})"

    def picture(self, actual: Batch) -> Mapping[str, Any]:
        return actual.body

    def read(self, wanted: Batch, gone: str | None = None, newer_than: float | None = None) -> Seen[Batch]:
        """From the list that was read at the beginning: nobody else on this machine works on the tenant."""
        return Seen(self._shown(wanted, self._existing()))

    def allow_creation(self, wanted: Batch, observed: Observed[Batch]) -> None:
        """Return what is taken from somebody is looked at right before.

        :raises Changed: some numbers may not be touched any more.
        """
        if wanted.earlier is None and (left := self._withdrawn(wanted)):
            raise Changed(f"{len(left):,} numbers have changed")

    def find(self, wanted: Batch) -> Batch | None:
        return self._shown(wanted, self._read_again())

    def known(self, wanted: Batch, object_id: str | None) -> Batch | None:
        """All batches are read back together."""
        return wanted

    def _shown(self, wanted: Batch, existing: Mapping[int, NumberRecord]) -> Batch | None:
        taken = wanted.taken(existing) if wanted.numbers else self._nothing_left(existing)
        return wanted if taken else None

    def create(self, wanted: Batch, before_sending: Callable[[], None]) -> str:
        if wanted.earlier is not None:
            raise NotSentAgain(f"Nothing came of the {wanted.operation} of an earlier run")
        tenant, numbers = wanted.ms_tenant_id, wanted.texts
        if wanted.operation is Operation.UPLOAD:
            return self._api.upload_numbers(tenant, wanted.terms.body(numbers), before_sending)
        if wanted.operation is Operation.UNASSIGN:
            return self._api.unassign_numbers(tenant, numbers, before_sending)
        return self._api.release_numbers(tenant, numbers, before_sending)


def identity(ms_tenant_id: str, slot: int) -> str:
    """Return what tells a batch from others, for its entry in the journal."""
    return f"{ms_tenant_id} {slot}"
