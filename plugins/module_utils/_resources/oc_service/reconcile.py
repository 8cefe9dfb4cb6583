# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Bringing services to their wanted state: look, decide, act, report. One service or many at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..._api.leads import Lead
from ..._core.errors import InterruptedRun, LivePlatformError, unforeseen
from ..._core.text import fold
from ..._reconcile.outcome import Outcome
from ..._tasks.poll_schedule import MANY, PollSchedule
from ..._tasks.work_queue import Steps, WorkQueue
from .agreement import Refusals, company_of, refuse_several, several
from .context import Context, Tools
from .current_state import CurrentState
from .existing import keep
from .list_watcher import watch_list
from .plan import Action, decide
from .removal import delete, nothing_to_remove, refuse_while_underway
from .request import PRESENT, WantedService
from .result import Result
from .submission import Submission

STOP, CONTINUE = "stop", "continue"

SLOWER = 5
"""A run that is not alone works on so many times fewer services at a time."""


@dataclass(frozen=True)
class Report:
    """The results of a run, in the order of the input.

    :param duration: seconds.
    """

    outcomes: Sequence[Result]
    requests: int
    logins: int
    duration: float

    @property
    def changed(self) -> bool:
        return any(outcome.changed for outcome in self.outcomes)

    def summary(self) -> dict[str, Any]:
        """Count per outcome, and what it took."""
        counts = Counter(outcome.outcome for outcome in self.outcomes)
        return {
            **{outcome.value: counts[outcome] for outcome in Outcome},
            "requests": self.requests,
            "logins": self.logins,
            "duration": round(self.duration, 3),
        }


def reconcile_all(
    tools: Tools,
    wanted: Sequence[WantedService],
    *,
    max_concurrency: int = 1,
    on_error: str = CONTINUE,
    shuffle: Callable[[list[str]], None] = lambda keys: None,
    leads: Sequence[Lead] | None = None,
    report: Callable[[str], None] = lambda message: None,
) -> Report:
    """Bring every service to its wanted state, at most ``max_concurrency`` at a time.

    :param on_error: ``continue`` with the others when one fails, or ``stop``: what runs is finished, the rest skipped.
        A service that contradicts what exists is found before the first write, so that ``stop`` then writes nothing.
    :param shuffle: brings the services into an order of this run's own, so that runs on several machines with the same
        list seldom come to the same tenant at the same moment. With ``stop``, the order is that of the input.
    :param leads: leads that were looked up already.
    :param report: told what concerns the run as a whole.
    """
    started = tools.clock.now()
    tenants = [service.ms_tenant_id for service in wanted]
    current_state = CurrentState(
        tools.api,
        tenants,
        tools.clock,
        report,
        leads,
        in_company=lambda: queue.slow_down(max(1, max_concurrency // SLOWER)),
    )
    schedule = PollSchedule(tools.settings.wait.longest_pause)
    failures: list[str] = []
    queue: WorkQueue[Result] = WorkQueue(
        tools.clock,
        tools.workers(min(max_concurrency, len(wanted))),
        max_concurrency,
        lambda: bool(failures) and on_error == STOP,
        tools.progress,
    )
    services = {fold(service.ms_tenant_id): service for service in wanted}
    refusals = Refusals(tools, current_state, wanted)

    def work(key: str) -> Steps[Result]:
        service = services[key]
        tools.progress.begun(key, service.short_name or service.ms_tenant_id)
        warnings: list[str] = []
        context = Context(tools, service, current_state, warnings.append, schedule, lambda: queue.step_aside(key))
        outcome = yield from reconcile(context, refusals, on_error == STOP)
        if outcome.outcome == Outcome.FAILED:
            failures.append(key)
        company = company_of(current_state.known_leads(service.ms_tenant_id))
        outcome = replace(outcome, warnings=[*warnings, *outcome.warnings], company=company)
        tools.progress.ended(key, outcome.outcome, outcome.failure.message if outcome.failure else None)
        return outcome

    tools.progress.expect(len(wanted))
    beside = (
        [watch_list(current_state, schedule, tools.clock, queue.wake)]
        if min(len(wanted), max_concurrency) >= MANY
        else []
    )
    order = list(services)
    if on_error == CONTINUE:
        shuffle(order)
    carried_out = dict(zip(order, queue.carry_out(order, work, beside), strict=True))
    signal = queue.interrupted
    outcomes = [carried_out[fold(each.ms_tenant_id)] or _unfinished(tools, each, signal) for each in wanted]
    if signal is None:
        outcomes = _look_at_the_end(tools, current_state, outcomes, report)
    client = tools.api.client
    return Report(outcomes, sum(client.requests.values()), client.logins, tools.clock.now() - started)


def _look_at_the_end(
    tools: Tools, current_state: CurrentState, outcomes: list[Result], report: Callable[[str], None]
) -> list[Result]:
    """What was submitted, with failures where the tenant has two services now: somebody else has made one meanwhile."""
    made = [outcome for outcome in outcomes if current_state.has_submitted(outcome.wanted.ms_tenant_id)]
    if not made:
        return outcomes
    try:
        current_state.listed_services(made[0].wanted.ms_tenant_id, newer_than=tools.clock.now())
    except LivePlatformError as error:
        report(f"Whether a tenant has two services now could not be seen at the end: {error.message}")
        return outcomes
    return [_alone(outcome, current_state) if outcome in made else outcome for outcome in outcomes]


def _alone(outcome: Result, current_state: CurrentState) -> Result:
    services = current_state.listed_services(outcome.wanted.ms_tenant_id)
    if len(services) <= 1 or outcome.outcome == Outcome.FAILED:
        return outcome
    return replace(outcome, outcome=Outcome.FAILED, failure=several(outcome.wanted, services))


def reconcile(context: Context, refusals: Refusals, stop: bool = False) -> Steps[Result]:
    """Bring one service to its wanted state. What goes wrong with it is in the outcome, never raised.

    :param refusals: of all services of the run.
    :param stop: nothing is done when any of them is refused.
    """
    started = context.tools.clock.now()
    try:
        refused = refusals.all()
        if context.key in refused:
            return _failed(context.wanted, refused[context.key], context.tools.clock.now() - started)
        if refused and stop:
            return Result(context.wanted, Outcome.SKIPPED)
        return (yield from _carry_out(context))
    except LivePlatformError as error:
        return _failed(context.wanted, error, context.tools.clock.now() - started)
    except Exception as error:  # one service must not cost the results of the others
        return _failed(context.wanted, unforeseen(error), context.tools.clock.now() - started)


def _unfinished(tools: Tools, wanted: WantedService, signal: str | None) -> Result:
    """What was not begun is skipped; what a signal has cut off has failed, and the user is told how it goes on."""
    underway = tools.progress.underway(fold(wanted.ms_tenant_id))
    if signal is None or underway is None:
        return Result(wanted, Outcome.SKIPPED)
    task = underway.task
    what = f"task {task.id} goes on at the platform" if task is not None else "its task was not known yet"
    hint = "run again: the next run takes it up, and submits only what was not submitted"
    if not tools.journal.remembers:
        hint = "no journal was kept, so wait until the platform lists the service before the next run" + (
            f", or give task_id '{task.id}'" if task is not None else ""
        )
    failure = InterruptedRun(
        f"The run was interrupted ({signal}) while the service was being worked on; {what}",
        task=task.to_dict() if task is not None else None,
        hint=hint,
    )
    return replace(_failed(wanted, failure, tools.clock.now() - underway.since), task=task)


def _failed(wanted: WantedService, error: LivePlatformError, elapsed: float) -> Result:
    error.elapsed = elapsed
    request = wanted.body if wanted.state == PRESENT else None
    return Result(wanted, Outcome.FAILED, request=request, failure=error)


def _carry_out(context: Context) -> Steps[Result]:
    entry = context.tools.journal.read(context.tenant)
    evidence = refuse_several(
        context.wanted, context.current_state.evidence(context.tenant, entry.gone if entry is not None else None)
    )
    action = decide(context.wanted, evidence, entry)
    service = evidence.service
    if action is Action.KEEP and service is not None:
        return keep(context, service, evidence.confirmed)
    if action is Action.DELETE and service is not None:
        return (yield from delete(context, service, entry))
    if action is Action.NOTHING_YET and entry is not None:
        refuse_while_underway(context, entry)
    if action in (Action.NOTHING, Action.NOTHING_YET):
        return nothing_to_remove(context)
    if context.tools.settings.check:
        kind = Outcome.WOULD_CREATE if action is Action.CREATE else Outcome.ADOPTED
        return context.creation(kind, changed=action is Action.CREATE)
    submission = Submission(context, existed=service is not None)
    if action is Action.ADOPT:
        return (yield from submission.adopt(str(context.wanted.task_id)))
    return (yield from submission.run())
