# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Bringing an object that is there to what is wanted: compare, decide, change step by step, read back each step.

Every request but a submission says what shall be, so that sending it twice makes no difference and a run that was
killed needs no record: the next one compares again. What must be sent once only is a submission of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import replace
from typing import Any, Generic

from .._api.field import IMMUTABLE, UNREADABLE, UPDATE, UPDATED, WOULD_UPDATE, Difference
from .._api.tasks import Task, TaskState
from .._core.errors import ApiError, ConflictError, LivePlatformError, LookupFailed
from .._tasks.poller import TaskLost
from .._tasks.work_queue import Steps
from .context import Context
from .outcome import Outcome
from .read_back import READ_BACK_PATIENCE
from .resource import PRESENT, ActualT, OnDifference, Resource, UpdateStep, WantedT
from .result import Result
from .submission import Submission

_PAUSES = (0.5, 5.0)
"""Seconds: the first pause before reading back once more, and the longest."""


def compared(context: Context[WantedT, ActualT], result: Result[WantedT, ActualT]) -> Result[WantedT, ActualT]:
    """The result with how the object differs; the user is told what stays as it is. Nothing is changed.

    :raises ConflictError: it is another one than what is asked for, or differs in what must not differ.
    :raises LivePlatformError: it cannot be compared.
    """
    actual = result.actual
    if actual is None or context.wanted.state != PRESENT:
        return result
    resource, wanted = context.resource, context.wanted
    differences: Sequence[Difference] = ()
    if result.outcome is Outcome.CREATED:
        actual, differences = resource.compare_made(wanted, actual)
    elif result.confirmed:
        actual, differences = resource.compare(wanted, actual)
    if result.outcome is Outcome.UNCHANGED:
        for remark in resource.remarks(wanted, actual, result.confirmed):
            context.report(remark)
    refused = [each for each in differences if each["action"] == IMMUTABLE]
    if refused and wanted.on_difference is OnDifference.FAIL:
        raise ConflictError(
            f"The {resource.title} exists and differs in what cannot be changed: {_words(refused)}. "
            "Nothing was changed",
            operation=resource.creating,
            hint="correct the input, or set on_difference to 'update' or 'report' to leave this as it is",
        )
    _tell(context, differences)
    return replace(result, actual=actual, differences=differences)


def announced(context: Context[WantedT, ActualT], result: Result[WantedT, ActualT]) -> Result[WantedT, ActualT]:
    """The result of a dry run."""
    pending = _pending(context, result.differences)
    if not pending:
        return _as_it_is(result)
    return _changed(result, Outcome.WOULD_UPDATE, pending, WOULD_UPDATE)


def bring(context: Context[WantedT, ActualT], result: Result[WantedT, ActualT]) -> Steps[Result[WantedT, ActualT]]:
    """Change what differs and can be changed."""
    pending = _pending(context, result.differences)
    if not pending or result.actual is None:
        return _as_it_is(result)
    return (yield from _Update(context, result, result.actual, pending).run())


def settle(context: Context[WantedT, ActualT], result: Result[WantedT, ActualT]) -> Steps[Result[WantedT, ActualT]]:
    """Compare what a submission has come to, and change what is left to change."""
    try:
        result = compared(context, result)
    except ConflictError:
        raise
    except LivePlatformError as error:
        if result.outcome is Outcome.UNCHANGED:
            raise
        if result.outcome is Outcome.CREATED:
            return _half_done(context, result, error)
        context.report(f"The {context.resource.title} cannot be compared with the request: {error.message}")
        return result
    return (yield from bring(context, result))


class _Update(Generic[WantedT, ActualT]):
    """The way of one object to what is wanted.

    :param result: so far.
    :param pending: what is to be changed.
    """

    def __init__(
        self,
        context: Context[WantedT, ActualT],
        result: Result[WantedT, ActualT],
        actual: ActualT,
        pending: list[Difference],
    ) -> None:
        self._context = context
        self._resource = context.resource
        self._result = result
        self._actual = actual
        self._pending = pending
        self._done: dict[str, Difference] = {}
        self._task: Task | None = None

    def run(self) -> Steps[Result[WantedT, ActualT]]:
        try:
            while self._pending:
                step = self._resource.next_step(self._context.wanted, self._actual, self._pending)
                yield from self._carry_out(step)
        except LivePlatformError as error:
            return self._failed(error)
        return self._ended()

    def _carry_out(self, step: UpdateStep) -> Steps[None]:
        lost, running = None, None
        if step.submission is not None:
            running = yield from self._submit(*step.submission)
        else:
            try:
                task_id = step.send() if step.send is not None else None
            except ApiError as error:
                lost, task_id = error, None
            if task_id is not None:
                running = yield from self._follow(task_id)
        if lost is not None and any(each.get("blind") for each in self._pending if each["option"] in step.options):
            raise lost  # reading back cannot tell whether it was taken
        if running is None:
            yield from self._read_back(step, lost)
        else:
            self._leave(step, running)

    def _submit(self, resource: Resource[Any, Any], wanted: Any) -> Steps[Task | None]:
        """Submit what must be sent once only.

        :returns: its task, when it is still going on.
        """
        result = yield from Submission(self._context.within(resource, wanted), existed=False).run()
        self._task = result.task or self._task
        if result.task is not None and result.task.state in (TaskState.RUNNING, TaskState.UNKNOWN):
            return result.task
        return None

    def _follow(self, task_id: str) -> Steps[Task | None]:
        """Wait for a task that came with an answer, where none is documented; ``None`` when it is over."""
        context = self._context
        if not context.tools.settings.wait.wait:
            return Task(task_id)
        context.tools.progress.saw(context.key, Task(task_id))
        try:
            self._task = yield from context.watcher().watch(task_id, key=context.key, fresh=True)
        except TaskLost as error:  # reading back tells what came of it
            context.report(error.message)
        return None

    def _read_back(self, step: UpdateStep, lost: ApiError | None) -> Steps[None]:
        """Look until the platform shows what was asked for.

        :param lost: why the request has no good answer, be it lost or a refusal; then one look has to do.
        :raises LivePlatformError: it does not, or cannot be seen.
        """
        clock, (pause, longest) = self._context.tools.clock, _PAUSES
        end = clock.now() + (0.0 if lost is not None else READ_BACK_PATIENCE)
        while True:
            left = self._look(step, lost, final=clock.now() >= end)
            if left is not None and not left:
                break
            if clock.now() >= end:
                raise lost or self._not_as_wanted(step, left or [])
            yield pause
            pause = min(2 * pause, longest)
        if lost is not None:
            said = "The answer to a change was lost" if lost.transient else "The platform refused a change"
            self._context.report(f"{said}, and the {self._resource.title} is as requested. {lost.message}")
        self._finish(step)

    def _look(self, step: UpdateStep, lost: ApiError | None, final: bool) -> list[Difference] | None:
        """Which of the step's differences are still there; ``None`` when that cannot be seen.

        :raises LivePlatformError: it cannot be seen, and this was the last look.
        """
        context = self._context
        try:
            actual = self._resource.refreshed(context.wanted, self._actual, step)
        except ApiError as error:
            if not final and error.transient:
                return None
            raise lost or LookupFailed(
                f"The change was sent, but cannot be read back: {error.message}",
                operation=error.operation,
                http_status=error.http_status,
                attempts=error.attempts,
                hint="run again: the next run compares, and changes what is still different",
            ) from None
        if actual is None:
            if not final:  # it was there a moment ago
                return None
            raise LookupFailed(
                f"The {self._resource.title} of {context.subject} is not there any more",
                operation=step.operation,
                hint="somebody has deleted it meanwhile; run again to create it",
            )
        self._actual = actual
        left = self._left((UPDATE, IMMUTABLE))
        return [each for each in left if each["option"] in step.options and not each.get("blind")]

    def _left(self, actions: Collection[str] = (UPDATE,)) -> list[Difference]:
        """Return what is still different. What the platform does not show is not asked for twice."""
        changes = self._resource.changes(self._context.wanted, self._actual)
        sent = {option for option, each in self._done.items() if each.get("blind")}
        return [each for each in changes if each["action"] in actions and each["option"] not in sent]

    def _finish(self, step: UpdateStep) -> None:
        """Note what is no longer pending as done, also where a request brought more than it was asked for."""
        before = self._pending
        self._note_done(before, step.options)
        self._pending = self._left()
        self._note_done(before, {each["option"] for each in before} - {each["option"] for each in self._pending})

    def _note_done(self, pending: Iterable[Difference], options: Set[str]) -> None:
        self._done.update({each["option"]: each for each in pending if each["option"] in options})

    def _leave(self, step: UpdateStep, task: Task) -> None:
        """A task goes on, and the user does not wait for it: what follows it is the next run's work."""
        self._task = task
        self._note_done(self._pending, step.options)
        rest = [each for each in self._pending if each["option"] not in step.options]
        self._pending = []
        if rest:
            self._context.report(
                f"Task {task.id} goes on; the next run changes the rest: {_words(rest)}",
            )

    def _not_as_wanted(self, step: UpdateStep, left: Sequence[Difference]) -> LivePlatformError:
        before = {each["option"]: each["existing"] for each in self._pending}
        moved = [each for each in left if each["existing"] != before.get(each["option"])]
        if moved:
            return ConflictError(
                f"The {self._resource.title} of {self._context.subject} is now another one than before the change, and "
                f"not as requested: {_words(moved)}",
                operation=step.operation,
                hint="an earlier run or somebody else has changed it meanwhile; correct the request, or run again: the "
                "next run compares anew",
            )
        return LivePlatformError(
            f"The platform took the change of the {self._resource.title} of {self._context.subject}, and does not show "
            f"it after {READ_BACK_PATIENCE:g} seconds: {_words(left)}",
            operation=step.operation,
            hint="the platform ignores it, or shows it late: run again, and if it stays so, change it in the portal",
        )

    def _ended(self) -> Result[WantedT, ActualT]:
        return self._with_task(
            _changed(self._result, Outcome.UPDATED, list(self._done.values()), UPDATED, self._actual)
        )

    def _failed(self, error: LivePlatformError) -> Result[WantedT, ActualT]:
        """Part of the way may have been gone."""
        so_far = self._with_task(
            _changed(self._result, Outcome.FAILED, list(self._done.values()), UPDATED, self._actual)
            if self._done
            else replace(self._result, differences=_marked(self._result.differences, (), WOULD_UPDATE))
        )
        return _half_done(self._context, so_far, error)

    def _with_task(self, result: Result[WantedT, ActualT]) -> Result[WantedT, ActualT]:
        return replace(result, task=self._task or result.task)


def _half_done(
    context: Context[WantedT, ActualT], result: Result[WantedT, ActualT], error: LivePlatformError
) -> Result[WantedT, ActualT]:
    """Return a failure that keeps what was done."""
    if result.outcome is Outcome.CREATED:
        error.message = (
            f"The {context.resource.title} was created, but not all that was asked for was done. {error.message}"
        )
    return replace(result, outcome=Outcome.FAILED, failure=error)


def _pending(context: Context[WantedT, ActualT], differences: Iterable[Difference]) -> list[Difference]:
    if context.wanted.on_difference is OnDifference.REPORT:
        return []
    return [each for each in differences if each["action"] == UPDATE]


def _changed(
    result: Result[WantedT, ActualT],
    outcome: Outcome,
    changes: Sequence[Difference],
    action: str,
    actual: ActualT | None = None,
) -> Result[WantedT, ActualT]:
    """The result with what was or would be changed. What was created or adopted is called so all the same."""
    own = result.outcome in (Outcome.CREATED, Outcome.ADOPTED) and outcome is not Outcome.FAILED
    made = result.outcome is Outcome.CREATED
    known = {each["option"] for each in result.differences}
    differences = [*result.differences, *(each for each in changes if each["option"] not in known)]
    return replace(
        result,
        outcome=result.outcome if own else outcome,
        changed=True,
        actual=actual if actual is not None else result.actual,
        differences=() if made else _marked(differences, changes, action),
        before=result.before if made else {"state": PRESENT, **_picture(changes, "existing")},
        after=result.after if made else {"state": PRESENT, **_picture(changes, "wanted")},
    )


def _as_it_is(result: Result[WantedT, ActualT]) -> Result[WantedT, ActualT]:
    return replace(result, differences=_marked(result.differences, (), WOULD_UPDATE))


def _marked(differences: Iterable[Difference], changes: Iterable[Difference], action: str) -> list[Difference]:
    """Differences with what has become of each.

    :param changes: to which ``action`` applies; what could have been changed besides would have been.
    """
    done = {each["option"] for each in changes}
    return [
        {**each, "action": action if each["option"] in done else WOULD_UPDATE}
        if each["action"] == UPDATE or each["option"] in done
        else each
        for each in differences
    ]


def _picture(changes: Iterable[Difference], side: str) -> Mapping[str, Any]:
    return {each["option"]: each[side] for each in changes}


def _words(differences: Iterable[Difference]) -> str:
    return "; ".join(str(each["description"]) for each in differences)


def _tell(context: Context[WantedT, ActualT], differences: Sequence[Difference]) -> None:
    """Warn of what stays as it is."""
    title, reports = context.resource.title, context.wanted.on_difference is OnDifference.REPORT
    unseen = [each for each in differences if each["action"] == UNREADABLE]
    stays = [each for each in differences if each["action"] == IMMUTABLE or (reports and each["action"] == UPDATE)]
    if stays and reports:
        context.report(f"The {title} exists and differs from the request; nothing was changed: {_words(stays)}")
    elif stays:
        context.report(f"The {title} exists and differs in what cannot be changed: {_words(stays)}")
    if unseen:
        context.report(f"The platform does not show what the {title} has, so nothing was changed: {_words(unseen)}")
