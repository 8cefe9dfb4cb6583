# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Bringing the telephone numbers of a tenant to what is wanted: read once, plan, send in batches, read back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field, replace

from ..._api.number_results import said_in_failure, words_per_number
from ..._api.numbers import NumberRecord
from ..._api.tasks import Task, TaskState
from ..._core.errors import ApiError, ConflictError, LivePlatformError, UndecidedError
from ..._core.number_ranges import in_words, pieces, written
from ..._reconcile.context import Context, Tools, hold
from ..._reconcile.entries import Kind, SubmissionStage
from ..._reconcile.outcome import Outcome
from ..._reconcile.result import Result
from ..._reconcile.run import reconcile
from ..._tasks.poll_schedule import PollSchedule
from ..._tasks.poller import WaitTimeoutError
from ..._tasks.read_until import read_until
from ..._tasks.work_queue import Steps, WorkQueue
from .batches import Batch, Changed, NotSentAgain, NumberBatches, Operation, batch_from, batches_of, identity
from .number_list import WantedNumbers
from .plan import READING, Approve, NumberPlan, OnAssigned, Policy, plan_numbers, release_now

AT_ONCE = 4
"""Batches at a time."""

_TENANT = Kind("numbers", "tenant")
"""Of the entry that says how many batches there are, and of the lock of a tenant."""

_UNCOUNTED = 200
"""Entries that are looked for when nobody can tell how many there are."""

_SHORTEST_PAUSE, _LONGEST_PAUSE = 1.0, 15.0
"""Seconds: a pause before reading back once more is as long as all before it, within these."""

_FRESH = 1.0
"""Seconds for which a list that was read serves others that look for their batch."""

_GOES_ON = (TaskState.RUNNING.value, TaskState.UNKNOWN.value)

_PAST = {Operation.UPLOAD: "uploaded", Operation.UNASSIGN: "unassigned", Operation.RELEASE: "released"}

_STILL_ASSIGNED = "the list shows right before the release that somebody uses it, so it was not released"

BatchResult = Result[Batch, Batch]


@dataclass(frozen=True)
class HowNumbers:
    """How a run goes about it.

    :param policy: what it may do.
    :param customer: what users call the tenant.
    :param batch_size: numbers in one request at the most.
    :param validate: ask the platform about numbers before they are uploaded.
    :param verify: read the list back.
    :param verify_timeout: seconds for that.
    :param approve: gets what is planned before anything is sent; what it raises ends the run.
    """

    policy: Policy
    customer: str
    batch_size: int = 500
    validate: bool = True
    verify: bool = True
    verify_timeout: float = 300.0
    approve: Approve = lambda plan, existing: None


@dataclass
class NumberReport:
    """What became of each number.

    :ivar existing: the numbers as they were before.
    :ivar after: as they were read last.
    :ivar failed: number to operation, reason and index of the batch.
    :ivar pending: numbers whose task goes on, since nobody waits for it.
    :ivar error: why the list could not be read back.
    :ivar cause: the first error of a batch.
    """

    plan: NumberPlan = field(default_factory=NumberPlan)
    existing: Mapping[int, NumberRecord] = field(default_factory=dict)
    after: Mapping[int, NumberRecord] = field(default_factory=dict)
    uploaded: list[int] = field(default_factory=list)
    released: list[int] = field(default_factory=list)
    unassigned: list[int] = field(default_factory=list)
    failed: dict[int, tuple[str, str, int | None]] = field(default_factory=dict)
    pending: list[int] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    batches: int = 0
    error: LivePlatformError | None = None
    cause: LivePlatformError | None = None


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
        self._journal = tools.journal
        self._tenants = tools.journal.for_kind(_TENANT)
        self._schedule = PollSchedule(tools.settings.wait.longest_pause, tools.journal.durations)
        self._list: Mapping[int, NumberRecord] = {}
        self._read_at = float("-inf")
        self._out = NumberReport()
        self._results: list[BatchResult] = []
        self._blocked: dict[int, str] = {}
        self._blocked_by_errors: dict[int, str] = {}
        self._open: set[int] = set()
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
            self._say_what_is_underway()
            self._plan()
            self._announce()
            return self._out
        with ExitStack() as held:
            held.enter_context(self._alone())
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
        self._how.approve(plan, self._list)
        if plan.upload and self._how.validate:
            self._validate(plan)
        self._out.plan, self._out.existing, self._out.after = plan, self._list, self._list
        for number, reason in plan.failed.items():
            goes = self._how.policy.release or number not in self._wanted.terms
            self._out.failed[number] = (str(Operation.RELEASE if goes else Operation.UPLOAD), reason, None)

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
        out.batches = len(self._batches(0))

    def _batches(self, kept: int) -> list[Batch]:
        plan = self._out.plan
        others = [(Operation.UNASSIGN, plan.unassign), (Operation.RELEASE, plan.release)]
        return batches_of(self._first(kept + 1), plan.upload, others, self._how.batch_size)

    def _first(self, index: int) -> Batch:
        return Batch(self._tenant, self._how.customer, Operation.UPLOAD, (), index, index)

    # What an earlier run has left

    def _alone(self) -> AbstractContextManager[object]:
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

    def _earlier(self) -> list[Batch]:
        """The batches of an earlier run that were not seen to their end."""
        entry = self._tenants.read(self._tenant)
        if entry is None:
            return []
        try:
            count = int(json.loads(entry.about or "")["batches"])
        except (ValueError, TypeError, KeyError):
            count = _UNCOUNTED
        found = []
        for index in range(1, count + 1):
            left = self._journal.read(identity(self._tenant, index))
            if left is not None and left.stage != SubmissionStage.DELETED:
                found.append(batch_from(left, self._first(index), index, count))
        return found

    def _say_what_is_underway(self) -> None:
        for batch in self._earlier():
            self._tell(
                f"The {batch.operation} of {len(batch.numbers):,} numbers by an earlier run may still be under way; a "
                "run follows it first"
            )

    def _take_up(self) -> None:
        """Follow the batches of an earlier run to their end. What cannot be settled is not touched by this run."""
        earlier = self._earlier()
        if not earlier:
            return
        results = self._work(earlier)
        ended: list[int] = []
        for result in results:
            batch, failure = result.wanted, result.failure
            reason = self._unsettled(result)
            if reason is None:
                ended.append(batch.index)
                if failure is not None and not isinstance(failure, NotSentAgain):
                    self._tell(f"The {batch.operation} of an earlier run has failed: {failure.message}")
                continue
            self._open.add(batch.index)
            is_failure = failure is not None or self._interrupted is not None
            blocked = self._blocked_by_errors if is_failure else self._blocked
            blocked.update(dict.fromkeys(batch.numbers or self._wanted.terms, reason))
        self._see_earlier(results)
        # Not before the list was read: a run that ends meanwhile leaves them to the next one.
        if self._interrupted is not None:
            self._open.update(ended)
            return
        for index in ended:
            self._journal.forget(identity(self._tenant, index))

    def _see_earlier(self, results: Sequence[BatchResult]) -> None:
        """Read the list until it shows what the batches of an earlier run were for.

        What it does not show in time counts as not done, as it does for batches of this run.
        """
        awaited = self._awaited(results, self._words(results))

        def missing() -> list[int]:
            return [one for one, batch in awaited.items() if not batch.done_for(one, self._list.get(one))]

        error = self._read_until(lambda: not missing())
        if error is not None:
            raise error
        if left := missing():
            self._tell(
                f"An earlier run has sent {len(left):,} numbers that the platform does not show as they were sent "
                f"after {self._how.verify_timeout:g} seconds: {in_words(left)}"
            )

    def _unsettled(self, result: BatchResult) -> str | None:
        """Why a batch may still be under way; ``None`` when it is at its end."""
        failure, task = result.failure, result.task
        if result.outcome is Outcome.SKIPPED:
            return "the run was interrupted"
        if isinstance(failure, (WaitTimeoutError, UndecidedError)):
            return failure.message
        if failure is not None and failure.task and failure.task.get("state") in _GOES_ON:
            return failure.message
        if task is not None and failure is None and task.state in (TaskState.RUNNING, TaskState.UNKNOWN):
            return f"task {task.id} goes on"
        return None

    # Sending

    def _carry_out(self) -> None:
        batches = self._batches(max(self._open, default=0))
        self._out.batches = len(batches)
        if batches:
            count = max(batch.index for batch in batches)
            self._tenants.intend(self._tenant, self._how.customer, about=json.dumps({"batches": count}))
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
        self._clean_up()

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
            and (result.outcome is Outcome.FAILED or self._unsettled(result) is not None)
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
                    f"{batch.customer}: {done[0]:,} of {wanted:,} {_PAST[batch.operation]}, batch {batch.index} of "
                    f"{batch.count}"
                )
            failure = None if result.failure is None else result.failure.message
            progress.ended(context.key, result.outcome, failure, line)
            return result

        progress.expect(len(batches))
        found = queue.carry_out(list(by_key), work)
        self._interrupted = self._interrupted or queue.interrupted
        return [result or Result(batch, Outcome.SKIPPED) for batch, result in zip(by_key.values(), found, strict=True)]

    def _withdrawn(self, batch: Batch) -> Mapping[int, str]:
        """Numbers that this batch may not touch any more, and why; the list is read for it.

        :raises ApiError: it cannot be read, so nothing is sent.
        """
        if batch.operation is Operation.UPLOAD:
            return {}
        now = release_now(batch.numbers, self._read_shared(), self._how.policy)
        allowed = {*(now.unassign if batch.operation is Operation.UNASSIGN else set(now.release) - {*now.unassign})}
        reasons = {**now.failed, **now.skipped, **dict.fromkeys(now.unassign, _STILL_ASSIGNED)}
        return {number: reasons.get(number, "") for number in batch.numbers if number not in allowed}

    def _without_withdrawn(self, batch: Batch) -> Batch:
        """The batch without them. What is free already needs no unassigning, and what has gone needs no release."""
        withdrawn = self._withdrawn(batch)
        for number, reason in withdrawn.items():
            if reason and self._how.policy.on_assigned is OnAssigned.SKIP and reason != _STILL_ASSIGNED:
                self._out.plan.skipped[number] = reason
            elif reason:
                self._fail(number, batch.operation, reason, batch.index)
        return next(iter(_without(withdrawn.keys(), [batch])), replace(batch, numbers=()))

    # Reading back

    def _settle(self) -> None:
        """What became of each number, by what the list shows."""
        words = self._words(self._results)
        expected = self._awaited(self._results, words)
        going = self._out.plan.going
        if self._how.verify and self._interrupted is None and (self._results or going):
            self._verify(expected, going if self._tools.settings.wait.wait else [])
        for result in self._results:
            self._judge(result, words)
        for number in going:
            if number in self._out.after and self._how.verify:
                self._fail(number, Operation.RELEASE, "its release was asked for, and it is still listed", None)

    def _awaited(self, results: Iterable[BatchResult], words: Mapping[int, str]) -> dict[int, Batch]:
        """The numbers that the list is to show: all that nothing was said against, unless the whole batch has failed.

        :param words: what the platform said against single numbers.
        """
        found: dict[int, Batch] = {}
        for result in results:
            batch = result.wanted
            whole = result.outcome is Outcome.FAILED and not batch.was_done and words.keys().isdisjoint(batch.numbers)
            if not whole and self._unsettled(result) is None:
                found.update((number, batch) for number in batch.numbers if number not in words)
        return found

    def _words(self, results: Iterable[BatchResult]) -> dict[int, str]:
        """What the platform said against single numbers."""
        return {number: reason for result in results for number, reason in self._words_of(result).items()}

    def _words_of(self, result: BatchResult) -> dict[int, str]:
        task = result.task
        said = words_per_number(task.output_data, self._api.client.readable) if task is not None else {}
        failed = (result.failure.task or {}) if result.failure is not None else {}
        texts = [each["message"] for each in failed.get("messages", [])] + list(failed.get("details", []))
        for text in texts:
            said = {**said_in_failure(str(text), self._api.client.readable), **said}
        numbers = set(result.wanted.numbers)
        return {number: reason for number, reason in said.items() if number in numbers}

    def _verify(self, expected: Mapping[int, Batch], going: Sequence[int]) -> None:
        """Read the list until it shows what the batches were for, or the time has passed."""

        def all_there() -> bool:
            self._out.after = self._list
            return not any(number in self._list for number in going) and all(
                self._is_done(batch, number) for number, batch in expected.items()
            )

        self._out.error = self._read_until(all_there)

    def _read_until(self, is_enough: Callable[[], bool]) -> LivePlatformError | None:
        """Read the list until it is as it should be, or ``verify_timeout`` has passed.

        :returns: why it cannot be read.
        """
        seen = read_until(
            self._read,
            is_enough,
            self._tools,
            timeout=self._how.verify_timeout,
            pause=lambda age: min(max(age, _SHORTEST_PAUSE), _LONGEST_PAUSE),
            gives_up=lambda error: not error.transient,
        )
        self._interrupted = self._interrupted or seen.signal
        return seen.error

    def _is_done(self, batch: Batch, number: int) -> bool:
        record = self._out.after.get(number)
        if batch.operation is Operation.RELEASE:
            return record is None
        if batch.operation is Operation.UPLOAD and number not in self._out.existing:
            return record is not None
        return batch.done_for(number, record)

    def _judge(self, result: BatchResult, words: Mapping[int, str]) -> None:
        """What became of each number of a batch.

        :param words: what the platform said against single numbers.
        """
        batch, verify, failure = result.wanted, self._how.verify, result.failure
        reached = {
            Operation.UPLOAD: self._out.uploaded,
            Operation.UNASSIGN: self._out.unassigned,
            Operation.RELEASE: self._out.released,
        }[batch.operation]
        unsettled = self._unsettled(result)
        if result.outcome is Outcome.SKIPPED:
            for number in batch.numbers:
                self._fail(number, batch.operation, f"the run was interrupted ({self._interrupted})", batch.index)
            return
        if unsettled is not None and failure is None:
            self._out.pending += batch.numbers
            reached += batch.numbers
            return
        reason = failure.message if failure is not None else self._not_shown(result)
        for number in batch.numbers:
            seen = unsettled is None and self._is_done(batch, number)
            if seen if verify else failure is None and number not in words:
                reached.append(number)
            else:
                self._fail(number, batch.operation, words.get(number, reason), batch.index)

    def _not_shown(self, result: BatchResult) -> str:
        what = f"task {result.task.id} has succeeded" if result.task is not None else "the request was taken"
        shown = "still lists it as it was" if result.wanted.operation is not Operation.UPLOAD else "does not list it"
        if self._out.error is not None:
            return f"{what}, and the list cannot be read: {self._out.error.message}"
        if self._interrupted is not None:
            return f"{what}, and the run was interrupted ({self._interrupted}) before the platform has shown it"
        return f"{what}, but the platform {shown} after {self._how.verify_timeout:g} seconds"

    def _fail(self, number: int, operation: Operation, reason: str, index: int | None) -> None:
        self._out.failed.setdefault(number, (str(operation), reason, index))

    def _clean_up(self) -> None:
        """Forget what was seen to its end; the next run takes up the rest."""
        for result in self._results:
            index = result.wanted.index
            unseen = not self._how.verify and result.outcome is not Outcome.FAILED
            if unseen or self._unsettled(result) is not None or self._interrupted is not None:
                self._open.add(index)
            else:
                self._journal.forget(identity(self._tenant, index))
        if not self._open:
            self._tenants.forget(self._tenant)


def _without(numbers: Set[int], batches: Iterable[Batch]) -> list[Batch]:
    """The batches without these numbers, as far as any are left."""
    left = [replace(each, numbers=tuple(one for one in each.numbers if one not in numbers)) for each in batches]
    return [batch for batch in left if batch.numbers]
