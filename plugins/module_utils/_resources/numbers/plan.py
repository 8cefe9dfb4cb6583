# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What has to be done with the telephone numbers of a tenant: a pure decision from what is wanted and what is there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from ..._api.numbers import NumberRecord, NumberStatus, Source
from ..._core.errors import ConflictError
from ..._core.number_ranges import in_words
from ..._core.text import StringEnum
from .number_list import WantedNumbers
from .terms import Terms


class OnAssigned(StringEnum):
    """List what can be done with a number that is to be released and is assigned."""

    FAIL = "fail"
    SKIP = "skip"
    UNASSIGN = "unassign"


class OnMismatch(StringEnum):
    """List what can be done with a present number that has another calling profile or usage."""

    FAIL = "fail"
    SKIP = "skip"
    REUPLOAD = "reupload"


@dataclass(frozen=True)
class Policy:
    """Limit what a run may do with numbers.

    :param release: what is listed goes, instead of coming.
    :param prune: what is not listed goes.
    :param prune_sources: only what came from there, see :class:`Source`.
    :param max_prune: numbers; of more, none goes.
    :param allow_empty: an empty list may let all go.
    """

    release: bool = False
    prune: bool = False
    prune_sources: Collection[str] = (Source.WEBAPI, Source.WEBUI)
    max_prune: int = 100
    allow_empty: bool = False
    on_assigned: OnAssigned = OnAssigned.FAIL
    on_mismatch: OnMismatch = OnMismatch.SKIP


@dataclass
class NumberPlan:
    """Hold what is done with each number; the numbers of each list in order.

    :ivar going: their release was asked for before, and is waited for.
    :ivar failed: why a number that is asked for may not be touched.
    :ivar skipped: why a number is left as it is.
    """

    upload: dict[int, Terms] = field(default_factory=dict)
    release: list[int] = field(default_factory=list)
    unassign: list[int] = field(default_factory=list)
    unchanged: list[int] = field(default_factory=list)
    going: list[int] = field(default_factory=list)
    failed: dict[int, str] = field(default_factory=dict)
    skipped: dict[int, str] = field(default_factory=dict)

    def leave_alone(self, blocked: Mapping[int, str], *, as_failures: bool, if_unchanged: bool = False) -> None:
        """Do nothing with these numbers, for the reason that is given for each.

        :param if_unchanged: also those with which nothing is done anyway.
        """
        touched = {*blocked} if if_unchanged else {*self.upload, *self.release} & blocked.keys()
        for decided in (self.upload, self.failed, self.skipped):
            for number in touched & decided.keys():
                del decided[number]
        for listed in (self.release, self.unassign, self.unchanged, self.going):
            listed[:] = [number for number in listed if number not in touched]
        reasons = self.failed if as_failures else self.skipped
        reasons.update((number, blocked[number]) for number in sorted(touched))

    @property
    def writes(self) -> bool:
        """Return whether anything has to be sent."""
        return bool(self.upload or self.release)


Approve = Callable[[NumberPlan, Mapping[int, NumberRecord]], None]
"""Gets what is planned and what is there, before anything is sent; what it raises ends the run."""

READING = "GET /api/v3/oc/numbers"

GONE_AT_MICROSOFT = "Microsoft no longer has the number, says the platform; see oc_number_removal"

_NOT_WANTED: Mapping[NumberStatus, str] = {
    NumberStatus.RELEASE_REQUESTED: "its release was asked for; run again when it has gone",
    NumberStatus.MARKED: GONE_AT_MICROSOFT,
    NumberStatus.READY: GONE_AT_MICROSOFT,
}


def _unusable(record: NumberRecord) -> str:
    """Return why a number that is not active may not be touched."""
    return _NOT_WANTED.get(record.state, f"its status '{record.status}' is not known")


def plan_numbers(wanted: WantedNumbers, existing: Mapping[int, NumberRecord], policy: Policy) -> NumberPlan:
    """The plan.

    :raises ConflictError: more would be released than is allowed.
    """
    plan = NumberPlan()
    for number, terms in sorted(wanted.terms.items(), key=lambda each: each[0]):
        record = existing.get(number)
        if policy.release:
            _let_go(plan, number, record, policy.on_assigned)
        else:
            _let_come(plan, number, terms, record, policy.on_mismatch)
    if policy.prune:
        _prune(plan, wanted, existing, policy)
    return plan


def _let_come(
    plan: NumberPlan, number: int, terms: Terms, record: NumberRecord | None, on_mismatch: OnMismatch
) -> None:
    if record is None:
        plan.upload[number] = terms
        return
    if record.state is not NumberStatus.ACTIVE:
        plan.failed[number] = _unusable(record)
        return
    reason = mismatch(terms, record)
    if reason is None:
        plan.unchanged.append(number)
    elif on_mismatch is OnMismatch.REUPLOAD:
        plan.upload[number] = terms
    elif on_mismatch is OnMismatch.FAIL:
        plan.failed[number] = reason
    else:
        plan.skipped[number] = reason


def mismatch(terms: Terms, record: NumberRecord) -> str | None:
    """Return how a number that is there differs from what is asked for, as far as the platform shows it."""
    found = []
    if terms.calling_profile is not None and record.has_profile(terms.calling_profile) is False:
        found.append(f"its calling profile is '{record.calling_profile_id}', not '{terms.calling_profile}'")
    if terms.usage_shown_by(record.capabilities) is False:
        found.append(f"its usage is not '{terms.usage}', its capabilities are {', '.join(record.capabilities)}")
    return "; ".join(found) or None


def _let_go(plan: NumberPlan, number: int, record: NumberRecord | None, on_assigned: OnAssigned) -> None:
    if record is None:
        plan.unchanged.append(number)
    elif record.state is NumberStatus.RELEASE_REQUESTED:
        plan.going.append(number)
    elif record.state is not NumberStatus.ACTIVE:
        plan.failed[number] = _unusable(record)
    elif not record.assigned:
        plan.release.append(number)
    elif on_assigned is OnAssigned.UNASSIGN:
        plan.unassign.append(number)
        plan.release.append(number)
    else:
        reasons = plan.failed if on_assigned is OnAssigned.FAIL else plan.skipped
        unknown = "the platform does not say whether somebody uses it"
        reasons[number] = f"somebody uses it ({record.assignment})" if record.assignment else unknown


def release_now(numbers: Collection[int], existing: Mapping[int, NumberRecord], policy: Policy) -> NumberPlan:
    """The plan for numbers that shall go, by a list that was read right now."""
    plan = NumberPlan()
    for number in numbers:
        _let_go(plan, number, existing.get(number), policy.on_assigned)
    return plan


def _prune(plan: NumberPlan, wanted: WantedNumbers, existing: Mapping[int, NumberRecord], policy: Policy) -> None:
    rest = [number for number in sorted(existing) if number not in wanted.terms and number not in wanted.ignored]
    sources = set(map(str, policy.prune_sources))
    chosen = [number for number in rest if existing[number].origin in sources]
    for number in rest:
        if existing[number].origin not in sources:
            source = existing[number].source or "not said"
            plan.skipped[number] = f"it is not listed, and its source ({source}) is not in prune_sources"
    if chosen and not wanted.terms and not policy.allow_empty:
        raise ConflictError(
            f"prune would release all {len(chosen):,} numbers, since the list is empty: {in_words(chosen)}",
            operation=READING,
            hint="allow_empty: true lets an empty list do that; nothing was changed",
        )
    releases = [number for number in chosen if existing[number].state is NumberStatus.ACTIVE]
    if len(releases) > policy.max_prune:
        raise ConflictError(
            f"prune would release {len(releases):,} numbers, and max_prune allows {policy.max_prune:,}: "
            f"{in_words(releases)}",
            operation=READING,
            hint="check the list; a larger max_prune allows it; nothing was changed",
        )
    for number in chosen:
        if existing[number].state in (NumberStatus.MARKED, NumberStatus.READY, NumberStatus.UNKNOWN):
            plan.skipped[number] = _unusable(existing[number])
        else:
            _let_go(plan, number, existing[number], policy.on_assigned)
