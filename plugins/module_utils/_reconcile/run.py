# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Bringing objects to their wanted state: read, decide, act, report. One object or many at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic

from .._core.errors import InterruptedRun, LivePlatformError, unexpected_error
from .._core.text import fold
from .._tasks.list_watcher import watch_list
from .._tasks.poll_schedule import MANY, PollSchedule
from .._tasks.work_queue import Steps, WorkQueue
from .context import Context, Tools
from .deletion import delete, deletion, nothing_to_delete, refuse_while_underway
from .entries import Entry, SubmissionStage
from .outcome import Outcome
from .plan import Action, decide
from .resource import ABSENT, PRESENT, ActualT, Observed, Resource, Seen, WantedT
from .result import Result
from .submission import Submission
from .updating import announced, bring, compared, settle

STOP, CONTINUE = "stop", "continue"

SLOWER = 5
"""A run that is not alone divides the number of objects that it works on at a time by this."""


@dataclass(frozen=True)
class Report(Generic[WantedT, ActualT]):
    """The results of a run, in the order of the input.

    :param duration: seconds.
    """

    outcomes: Sequence[Result[WantedT, ActualT]]
    requests: int
    logins: int
    duration: float

    @property
    def changed(self) -> bool:
        return any(result.changed for result in self.outcomes)

    def summary(self) -> dict[str, Any]:
        """Count per outcome, and what it took."""
        counts = Counter(result.outcome for result in self.outcomes)
        return {
            **{outcome.value: counts[outcome] for outcome in Outcome},
            "requests": self.requests,
            "logins": self.logins,
            "duration": round(self.duration, 3),
        }


def run_all(
    tools: Tools,
    resource: Resource[WantedT, ActualT],
    wanted: Sequence[WantedT],
    *,
    max_concurrency: int = 1,
    on_error: str = CONTINUE,
    shuffle: Callable[[list[str]], None] = lambda keys: None,
) -> Report[WantedT, ActualT]:
    """Bring every object to its wanted state, at most ``max_concurrency`` at a time.

    :param on_error: ``continue`` with the others when one fails, or ``stop``: what runs is finished, the rest skipped.
        An object that contradicts what exists is found before the first write, so that ``stop`` then writes nothing.
    :param shuffle: brings the objects into an order of this run's own, so that runs on several machines with the same
        list seldom come to the same one at the same moment. With ``stop``, the order is that of the input.
    """
    started = tools.clock.now()
    schedule = PollSchedule(tools.settings.wait.longest_pause, tools.journal.durations)
    failures: list[str] = []
    queue: WorkQueue[Result[WantedT, ActualT]] = WorkQueue(
        tools.clock,
        tools.workers(min(max_concurrency, len(wanted))),
        max_concurrency,
        lambda: bool(failures) and on_error == STOP,
        tools.progress,
    )
    resource.on_others(lambda: queue.slow_down(max(1, max_concurrency // SLOWER)))
    by_key = {fold(resource.identity(each)): each for each in wanted}

    def work(key: str) -> Steps[Result[WantedT, ActualT]]:
        one = by_key[key]
        tools.progress.begun(key, resource.name(one) or resource.identity(one))
        warnings: list[str] = []
        context = Context(tools, resource, one, warnings.append, schedule, lambda: queue.step_aside(key))
        result = yield from reconcile(context, on_error == STOP)
        if result.outcome is Outcome.FAILED:
            failures.append(key)
        result = replace(result, warnings=[*warnings, *result.warnings])
        tools.progress.ended(key, result.outcome, result.failure.message if result.failure else None)
        return result

    tools.progress.expect(len(wanted))
    listed = resource.watched_list if min(len(wanted), max_concurrency) >= MANY else None
    beside = [watch_list(listed, schedule, tools.clock, queue.wake)] if listed is not None else []
    order = list(by_key)
    if on_error == CONTINUE:
        shuffle(order)
    carried_out = dict(zip(order, queue.carry_out(order, work, beside), strict=True))
    schedule.keep()
    signal = queue.interrupted
    results = [
        carried_out[fold(resource.identity(each))] or _unfinished(tools, resource, each, signal) for each in wanted
    ]
    if signal is None:
        second = resource.second_looks(wanted)
        results = [_alone(result, second.get(fold(resource.identity(result.wanted)))) for result in results]
    client = tools.api.client
    return Report(results, sum(client.requests.values()), client.logins, tools.clock.now() - started)


def _alone(result: Result[WantedT, ActualT], error: LivePlatformError | None) -> Result[WantedT, ActualT]:
    """The result, unless there are two now: somebody else has made one meanwhile."""
    if error is None or result.outcome is Outcome.FAILED:
        return result
    return replace(result, outcome=Outcome.FAILED, failure=error)


def reconcile(context: Context[WantedT, ActualT], stop: bool = False) -> Steps[Result[WantedT, ActualT]]:
    """Bring one object to its wanted state. What goes wrong with it is in the result, never raised.

    :param stop: nothing is done when any object of the run is refused.
    """
    started = context.tools.clock.now()

    def failed(error: LivePlatformError) -> Result[WantedT, ActualT]:
        return _failed(context.wanted, error, context.tools.clock.now() - started)

    try:
        refused: Mapping[str, LivePlatformError] = context.resource.refusals()
        if context.key in refused:
            return failed(refused[context.key])
        if refused and stop:
            return Result(context.wanted, Outcome.SKIPPED)
        result = yield from _carry_out(context)
        if result.failure is not None:
            result.failure.elapsed = context.tools.clock.now() - started
        return result
    except LivePlatformError as error:
        return failed(error)
    except Exception as error:  # one object must not cost the results of the others
        return failed(unexpected_error(error))


def _unfinished(
    tools: Tools, resource: Resource[WantedT, ActualT], wanted: WantedT, signal: str | None
) -> Result[WantedT, ActualT]:
    """Return the result of an object whose work did not end: skipped, or cut off by a signal, with how it goes on."""
    underway = tools.progress.underway(fold(resource.identity(wanted)))
    if signal is None or underway is None:
        return Result(wanted, Outcome.SKIPPED)
    task = underway.task
    what = f"task {task.id} goes on at the platform" if task is not None else "its task was not known yet"
    hint = "run again: the next run takes it up, and submits only what was not submitted"
    if not tools.journal.remembers:
        hint = f"no journal was kept, so wait until the platform lists the {resource.title} before the next run" + (
            f", or give task_id '{task.id}'" if task is not None else ""
        )
    failure = InterruptedRun(
        f"The run was interrupted ({signal}) while the {resource.title} was being worked on; {what}",
        task=task.to_dict() if task is not None else None,
        hint=hint,
    )
    return replace(_failed(wanted, failure, tools.clock.now() - underway.since), task=task)


def _failed(wanted: WantedT, error: LivePlatformError, elapsed: float) -> Result[WantedT, Any]:
    error.elapsed = elapsed
    request = wanted.body if wanted.state == PRESENT else None
    return Result(wanted, Outcome.FAILED, request=request, failure=error)


def _carry_out(context: Context[WantedT, ActualT]) -> Steps[Result[WantedT, ActualT]]:
    resource, wanted = context.resource, context.wanted
    entry = context.tools.journal.read(context.identity)
    observed = resource.read(wanted, entry.gone if entry is not None else None)
    unseen = observed.actual is None or not observed.confirmed
    if unseen and (wanted.state == ABSENT or context.tools.settings.check):
        promised = yield from context.seek_promised(entry)
        observed = observed if promised is None else Seen(promised)
    action = decide(resource, wanted, observed, entry, context.is_promised(entry))
    actual = _with_details(context, action, observed, entry)
    kept = None
    if action is Action.KEEP and actual is not None:
        kept = compared(context, context.keep(actual, observed.confirmed))
    if action in (Action.NOTHING, Action.NOTHING_YET):
        return nothing_to_delete(context)
    planned = _announced(context, action, actual, entry) if kept is None else announced(context, kept)
    if context.tools.settings.check:  # nothing below runs in check mode
        return planned
    context.tools.approve(planned)
    if kept is not None:
        return (yield from bring(context, kept))
    if action is Action.DELETE and actual is not None:
        return (yield from delete(context, actual))
    submission = Submission(context, existed=actual is not None)
    if action is Action.ADOPT:
        made = yield from submission.adopt(str(wanted.task_id))
    else:
        made = yield from submission.run()
    return (yield from settle(context, made))


def _with_details(
    context: Context[WantedT, ActualT], action: Action, observed: Observed[ActualT], entry: Entry | None
) -> ActualT | None:
    """The object as the action needs it.

    :raises ConflictError: a deletion would meet a creation that may still be going on.
    """
    underway = entry is not None and entry.stage == SubmissionStage.SUBMITTED
    if entry is not None and (action is Action.NOTHING_YET or (action is Action.DELETE and underway)):
        refuse_while_underway(context, entry)
    actual = observed.actual
    if action is Action.DELETE and actual is not None:
        actual, remarks = context.resource.before_deletion(context.wanted, actual)
        for remark in remarks:
            context.report(remark)
    return actual


def _announced(
    context: Context[WantedT, ActualT], action: Action, actual: ActualT | None, entry: Entry | None
) -> Result[WantedT, ActualT]:
    """Return what would be done."""
    if action is Action.DELETE and actual is not None:
        return deletion(context, actual, Outcome.WOULD_DELETE)
    if action is Action.CREATE and context.is_promised(entry):
        if context.tools.settings.check:
            context.report(
                f"An earlier run has made the {context.resource.title} of {context.subject}, which the platform does "
                "not show yet; a run that is no check waits for it"
            )
        return context.creation(Outcome.UNCHANGED, changed=False)
    creates = action is Action.CREATE
    return context.creation(Outcome.WOULD_CREATE if creates else Outcome.ADOPTED, changed=creates)
