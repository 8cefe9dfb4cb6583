# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Bringing the telephone numbers of a tenant to what is wanted: read once, plan, send in batches, read back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from contextlib import ExitStack
from dataclasses import replace

from ..._api.numbers import NumberRecord
from ..._core.errors import ApiError, LivePlatformError
from ..._core.number_ranges import pieces, written
from ..._reconcile.context import Context, Tools
from ..._reconcile.outcome import Outcome
from ..._reconcile.result import Result
from ..._reconcile.run import reconcile
from ..._tasks.poll_schedule import PollSchedule
from ..._tasks.read_until import read_until
from ..._tasks.work_queue import Steps, WorkQueue
from .batch_results import BatchResult, promised_by, unsettled, words_of
from .batches import Batch, Changed, NotSentAgain, NumberBatches, Operation, batches_of
from .earlier_runs import PAST, EarlierRuns
from .number_list import WantedNumbers
from .plan import NumberPlan, plan_numbers, release_now
from .report import HowNumbers, NumberReport

AT_ONCE = 4
"""Batches at a time."""

_SHORTEST_PAUSE, _LONGEST_PAUSE = 1.0, 15.0
"""Seconds: a pause before reading back once more is as long as all before it, within these."""

_FRESH = 1.0
"""Seconds for which a list that was read serves others that look for their batch."""

_STILL_ASSIGNED = "the list shows right before the release that somebody uses it, so it was not released"


class NumberRun:
    """One run for one tenant.

    :param report: told what the user should know although nothing failed.
    """

    def __init__(
        self,
        tools: Tools,
        ms_tenant_id: str,
        wanted: WantedNumbers,
        how: HowNumbers,
        report: Callable[[str], None],
    ) -> None:
        self._tools, self._api, self._clock = tools, tools.api, tools.clock
        self._tenant, self._wanted, self._how, self._tell = ms_tenant_id, wanted, how, report
        self._first = Batch(ms_tenant_id, how.customer, Operation.UPLOAD, (), 1, 1, 1)
        self._earlier = EarlierRuns(tools, self._first)
        self._schedule = PollSchedule(tools.settings.wait.longest_pause, tools.journal.durations)
        self._list: Mapping[int, NumberRecord] = {}
        self._read_at = float("-inf")
        self._out = NumberReport()
        self._results: list[BatchResult] = []
        self._blocked: dict[int, str] = {}
        self._blocked_by_errors: dict[int, str] = {}
        self._interrupted: str | None = None
        self._resource = NumberBatches(
            self._api, lambda: self._list, self._read_shared, self._nothing_left, self._withdrawn
        )

    def run(self) -> NumberReport:
        """Do it.

        :raises LivePlatformError: nothing could be done at all.
        """
        if self._tools.settings.check:
            self._read()
            self._earlier.read()
            self._say_what_is_underway()
            self._plan()
            self._announce()
            return self._out
        with ExitStack() as held:
            held.enter_context(self._earlier.alone())
            self._read()
            self._take_up()
            self._plan()
            self._carry_out()
        self._schedule.keep()
        return self._out

    # Reading and planning

    def _read(self) -> None:
        self._list = self._api.list_numbers(self._tenant)
        self._read_at = self._clock.now()

    def _read_shared(self) -> Mapping[int, NumberRecord]:
        """The list, read by one of several that look for their batch at the same moment."""
        if self._clock.now() - self._read_at >= _FRESH:
            self._read()
        return self._list

    def _nothing_left(self, existing: Mapping[int, NumberRecord]) -> bool:
        plan = plan_numbers(self._wanted, existing, self._how.policy)
        return not plan.writes

    def _plan(self) -> None:
        plan = plan_numbers(self._wanted, self._list, self._how.policy)
        plan.leave_alone(self._blocked, as_failures=False)
        plan.leave_alone(self._blocked_by_errors, as_failures=True)
        plan.leave_alone(self._denied(), as_failures=not self._tools.settings.check, if_unchanged=True)
        self._how.approve(plan, self._list)
        if plan.upload and self._how.validate:
            self._validate(plan)
        self._out.plan, self._out.existing, self._out.after = plan, self._list, self._list
        for number, reason in plan.failed.items():
            goes = self._how.policy.release or number not in self._wanted.terms
            self._out.fail(number, Operation.RELEASE if goes else Operation.UPLOAD, reason, None)

    def _denied(self) -> Mapping[int, str]:
        """Numbers that the list shows otherwise than an earlier success has left them, and why they are left alone."""
        wanted, prunes = self._wanted, self._how.policy.prune
        return self._earlier.denied_by(
            self._list, lambda number: number in wanted.terms or (prunes and number not in wanted.ignored)
        )

    def _validate(self, plan: NumberPlan) -> None:
        """Ask the platform about the numbers; what it does not accept fails alone."""
        for part in pieces(list(plan.upload), self._how.batch_size):
            try:
                refused = self._api.validate_numbers(self._tenant, [written(number) for number in part])
            except ApiError as error:
                self._tell(f"The numbers could not be validated before the upload: {error.message}")
                return
            for number, reason in refused.items():
                if plan.upload.pop(number, None) is not None:
                    plan.failed[number] = reason

    def _announce(self) -> None:
        plan, out = self._out.plan, self._out
        out.uploaded, out.released, out.unassigned = sorted(plan.upload), list(plan.release), list(plan.unassign)
        out.batches = len(self._batches())

    def _batches(self) -> list[Batch]:
        slots = self._earlier.free_slots()
        return batches_of(self._first, self._out.plan, self._out.existing, self._how.batch_size, slots)

    # What an earlier run has left

    def _say_what_is_underway(self) -> None:
        for batch in self._earlier.under_way:
            self._tell(
                f"The {batch.operation} of {len(batch.numbers):,} numbers by an earlier run may still be under way; a "
                "run follows it first"
            )

    def _take_up(self) -> None:
        """Follow the batches of an earlier run to their end, and read the list until it shows what was seen to succeed.

        What cannot be settled is not touched by this run.
        """
        self._earlier.read()
        results = self._work(self._earlier.under_way) if self._earlier.under_way else []
        for result in results:
            batch, failure = result.wanted, result.failure
            reason = unsettled(result)
            if reason is not None:
                is_failure = failure is not None or self._interrupted is not None
                blocked = self._blocked_by_errors if is_failure else self._blocked
                blocked.update(dict.fromkeys(batch.numbers or self._wanted.terms, reason))
            elif failure is not None and not isinstance(failure, NotSentAgain):
                self._tell(f"The {batch.operation} of an earlier run has failed: {failure.message}")
        if results:
            self._read()
            self._remember(results)
        if self._denied() and self._interrupted is None:
            error = self._read_until(lambda: not self._denied(), known=True)
            if error is not None:
                raise error

    def _remember(self, results: Iterable[BatchResult]) -> None:
        """Keep what was seen to succeed, and forget what has failed, by the list as it is now.

        What is under way is left to the next run; so is all when this one is interrupted, since it has seen too little.
        """
        for result in results:
            batch, said = result.wanted, self._api.client.readable
            if self._interrupted is None and unsettled(result) is None:
                promised = {*promised_by(result, said)}
                kept = [one for one in batch.numbers if one in promised or batch.done_for(self._list.get(one))]
                self._earlier.settle(replace(batch, numbers=tuple(kept)))

    # Sending

    def _carry_out(self) -> None:
        batches = self._batches()
        self._out.batches = len(batches)
        if batches:
            self._earlier.intend(batches)
        for operation in Operation:
            phase = [batch for batch in batches if batch.operation is operation]
            if operation is Operation.RELEASE:
                phase = _without(self._still_assigned, phase)
                if phase and self._interrupted is None:
                    self._see_unassigned()
            if self._interrupted is not None:
                self._results += [Result(batch, Outcome.SKIPPED) for batch in phase]
            elif phase:
                self._results += self._work(phase)
        self._out.cause = next((result.failure for result in self._results if result.failure is not None), None)
        self._out.tasks = [result.task for result in self._results if result.task is not None]
        self._settle()
        self._remember(self._results)
        self._earlier.close()

    def _see_unassigned(self) -> None:
        """Read the list until it shows nobody as the user of what was unassigned."""
        freed = {
            number
            for result in self._results
            if result.wanted.operation is Operation.UNASSIGN
            for number in result.wanted.numbers
        } - self._still_assigned
        if freed and self._how.verify:
            self._read_until(lambda: not any(one in self._list and self._list[one].assigned for one in freed))

    @property
    def _still_assigned(self) -> set[int]:
        """Numbers that were not, or not yet, taken from their users, so that they cannot be released."""
        return {
            number
            for result in self._results
            if result.wanted.operation is Operation.UNASSIGN
            and (result.outcome is Outcome.FAILED or unsettled(result) is not None)
            for number in result.wanted.numbers
        }

    def _work(self, batches: Sequence[Batch]) -> list[BatchResult]:
        """Submit the batches, or take them up, and follow their tasks."""
        by_key = {self._resource.identity(batch): batch for batch in batches}
        progress, wanted = self._tools.progress, sum(len(batch.numbers) for batch in batches)
        queue: WorkQueue[BatchResult] = WorkQueue(self._clock, self._tools.workers(AT_ONCE), AT_ONCE, ticker=progress)
        done = [0]

        def work(key: str) -> Steps[BatchResult]:
            batch = by_key[key]
            context = Context(
                self._tools, self._resource, batch, self._tell, self._schedule, lambda: queue.step_aside(key)
            )
            progress.begun(context.key, batch.label)
            result = yield from reconcile(context)
            while isinstance(result.failure, Changed):
                left = self._without_withdrawn(result.wanted)
                if not left.numbers:
                    result = Result(left, Outcome.UNCHANGED)
                    break
                result = yield from reconcile(replace(context, wanted=left))
            line = None
            if result.failure is None:
                done[0] += len(result.wanted.numbers)
                line = (
                    f"{batch.customer}: {done[0]:,} of {wanted:,} {PAST[batch.operation]}, batch {batch.index} of "
                    f"{batch.count}"
                )
            failure = None if result.failure is None else result.failure.message
            progress.ended(context.key, result.outcome, failure, line)
            return result

        progress.expect(len(batches))
        found = queue.carry_out(list(by_key), work)
        self._interrupted = self._interrupted or queue.interrupted
        return [result or Result(batch, Outcome.SKIPPED) for batch, result in zip(by_key.values(), found, strict=True)]

    def _withdrawn(self, batch: Batch) -> set[int]:
        """Numbers that this batch may not touch any more."""
        now = self._look(batch)
        return {*batch.numbers}.difference(now.upload, now.unassign, now.release)

    def _look(self, batch: Batch) -> NumberPlan:
        """Return what may be done now with the numbers of a batch; the list is read for what goes.

        :raises ApiError: it cannot be read, so nothing is sent.
        """
        if batch.operation is Operation.UPLOAD:
            return NumberPlan(upload=dict.fromkeys(batch.numbers, batch.terms))
        now = release_now(batch.numbers, self._read_shared(), self._how.policy)
        denied = self._denied()
        now.leave_alone(
            {one: denied[one] for one in batch.numbers if one in denied}, as_failures=True, if_unchanged=True
        )
        if batch.operation is Operation.UNASSIGN:
            now.release = []
        else:
            now.leave_alone(dict.fromkeys(now.unassign, _STILL_ASSIGNED), as_failures=True)
        return now

    def _without_withdrawn(self, batch: Batch) -> Batch:
        """The batch without them. What is free already needs no unassigning, and what has gone needs no release."""
        now = self._look(batch)
        self._out.plan.skipped.update(now.skipped)
        for number, reason in now.failed.items():
            self._out.fail(number, batch.operation, reason, batch.index)
        left = {*now.upload, *now.unassign, *now.release}
        return replace(batch, numbers=tuple(number for number in batch.numbers if number in left))

    # Reading back

    def _settle(self) -> None:
        """Return what became of each number, by what the list shows."""
        said = self._api.client.readable
        words = words_of(self._results, said)
        expected = {number: result.wanted for result in self._results for number in promised_by(result, said)}
        going = self._out.plan.going
        if self._how.verify and self._interrupted is None and (self._results or going):
            self._verify(expected, going if self._tools.settings.wait.wait else [])
        for result in self._results:
            self._judge(result, words)
        for number in going:
            if number in self._out.after and self._how.verify:
                self._out.fail(number, Operation.RELEASE, "its release was asked for, and it is still listed", None)

    def _verify(self, expected: Mapping[int, Batch], going: Sequence[int]) -> None:
        """Read the list until it shows what the batches were for, or the time has passed."""

        def all_there() -> bool:
            self._out.after = self._list
            return not any(number in self._list for number in going) and all(
                batch.done_for(self._list.get(number)) for number, batch in expected.items()
            )

        self._out.error = self._read_until(all_there)

    def _read_until(self, is_enough: Callable[[], bool], known: bool = False) -> LivePlatformError | None:
        """Read the list until it is as it should be, or ``verify_timeout`` has passed.

        :param known: it was read a moment ago.
        :returns: why it cannot be read.
        """
        seen = read_until(
            self._read,
            is_enough,
            self._tools,
            timeout=self._how.verify_timeout,
            pause=lambda age: min(max(age, _SHORTEST_PAUSE), _LONGEST_PAUSE),
            known=known,
            gives_up=lambda error: not error.transient,
        )
        self._interrupted = self._interrupted or seen.signal
        return seen.error

    def _judge(self, result: BatchResult, words: Mapping[int, str]) -> None:
        """Return what became of each number of a batch.

        :param words: what the platform said against single numbers.
        """
        batch, verify, failure = result.wanted, self._how.verify, result.failure
        reached = {
            Operation.UPLOAD: self._out.uploaded,
            Operation.UNASSIGN: self._out.unassigned,
            Operation.RELEASE: self._out.released,
        }[batch.operation]
        open_for = unsettled(result)
        if result.outcome is Outcome.SKIPPED:
            for number in batch.numbers:
                self._out.fail(number, batch.operation, f"the run was interrupted ({self._interrupted})", batch.index)
            return
        if open_for is not None and failure is None:
            self._out.pending += batch.numbers
            reached += batch.numbers
            return
        reason = failure.message if failure is not None else self._not_shown(result)
        for number in batch.numbers:
            seen = open_for is None and batch.done_for(self._out.after.get(number))
            if seen if verify else failure is None and number not in words:
                reached.append(number)
            else:
                self._out.fail(number, batch.operation, words.get(number, reason), batch.index)

    def _not_shown(self, result: BatchResult) -> str:
        what = f"task {result.task.id} has succeeded" if result.task is not None else "the request was taken"
        shown = "still lists it as it was" if result.wanted.operation is not Operation.UPLOAD else "does not list it"
        if self._out.error is not None:
            return f"{what}, and the list cannot be read: {self._out.error.message}"
        if self._interrupted is not None:
            return f"{what}, and the run was interrupted ({self._interrupted}) before the platform has shown it"
        return f"{what}, but the platform {shown} after {self._how.verify_timeout:g} seconds"


def _without(numbers: Set[int], batches: Iterable[Batch]) -> list[Batch]:
    """The batches without these numbers, as far as any are left."""
    left = [replace(each, numbers=tuple(one for one in each.numbers if one not in numbers)) for each in batches]
    return [batch for batch in left if batch.numbers]
