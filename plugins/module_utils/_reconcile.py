# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Bringing services to their wanted state: look, decide, act, report. One service or many at once."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

from ._census import Census
from ._errors import LivePlatformError, unforeseen
from ._existing import keep
from ._job import Job, Tools
from ._lead import Lead
from ._outcome import ADOPTED, FAILED, OUTCOMES, SKIPPED, WOULD_CREATE, Outcome
from ._plan import Action, decide
from ._removal import nothing_to_remove, refuse_while_underway, remove
from ._request import PRESENT, WantedService
from ._submission import Submission

STOP, CONTINUE = "stop", "continue"


@dataclass(frozen=True)
class Report:
    """The results of a run, in the order of the input.

    :param duration: seconds.
    """

    outcomes: Sequence[Outcome]
    requests: int
    logins: int
    duration: float

    @property
    def changed(self) -> bool:
        return any(outcome.changed for outcome in self.outcomes)

    @property
    def failed(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.outcome == FAILED]

    def summary(self) -> dict[str, Any]:
        """Count per outcome, and what it took."""
        counts = Counter(outcome.outcome for outcome in self.outcomes)
        return {
            **{outcome: counts[outcome] for outcome in OUTCOMES},
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
    leads: Sequence[Lead] | None = None,
    report: Callable[[str], None] = lambda message: None,
) -> Report:
    """Bring every service to its wanted state, at most ``max_concurrency`` at a time.

    :param on_error: ``continue`` with the others when one fails, or ``stop``: what runs is finished, the rest skipped.
    :param leads: leads that were looked up already.
    :param report: told what concerns the run as a whole.
    """
    started = tools.clock.now()
    census = Census(tools.api, [service.ms_tenant_id for service in wanted], tools.clock, report, leads)
    stopped = threading.Event()

    def work(service: WantedService) -> Outcome:
        if stopped.is_set():
            return Outcome(service, SKIPPED)
        outcome = reconcile(tools, service, census)
        if outcome.outcome == FAILED and on_error == STOP:
            stopped.set()
        return outcome

    if len(wanted) == 1:
        outcomes = [work(wanted[0])]
    else:
        with ThreadPoolExecutor(max_workers=max_concurrency) as pool:
            outcomes = list(pool.map(work, wanted))
    client = tools.api.client
    return Report(outcomes, sum(client.requests.values()), client.logins, tools.clock.now() - started)


def reconcile(tools: Tools, wanted: WantedService, census: Census) -> Outcome:
    """Bring one service to its wanted state. What goes wrong with it is in the outcome, never raised."""
    warnings: list[str] = []
    job = Job(tools, wanted, census, warnings.append)
    started = tools.clock.now()
    try:
        outcome = _carry_out(job)
    except LivePlatformError as error:
        outcome = _failed(wanted, error, tools.clock.now() - started)
    except Exception as error:  # one service must not cost the results of the others
        outcome = _failed(wanted, unforeseen(error), tools.clock.now() - started)
    return replace(outcome, warnings=[*warnings, *outcome.warnings])


def _failed(wanted: WantedService, error: LivePlatformError, elapsed: float) -> Outcome:
    error.elapsed = elapsed
    request = wanted.body if wanted.state == PRESENT else None
    return Outcome(wanted, FAILED, request=request, failure=error)


def _carry_out(job: Job) -> Outcome:
    entry = job.tools.journal.read(job.tenant)
    evidence = job.census.evidence(job.tenant, entry.gone if entry is not None else None)
    action = decide(job.wanted, evidence, entry)
    service = evidence.service
    if action is Action.KEEP and service is not None:
        return keep(job, service, evidence.confirmed)
    if action is Action.DELETE and service is not None:
        return remove(job, service, entry)
    if action is Action.NOTHING_YET and entry is not None:
        refuse_while_underway(job, entry)
    if action in (Action.NOTHING, Action.NOTHING_YET):
        return nothing_to_remove(job)
    if job.tools.conduct.check:
        kind = WOULD_CREATE if action is Action.CREATE else ADOPTED
        return job.creation(kind, changed=service is None)
    submission = Submission(job, existed=service is not None)
    if action is Action.ADOPT:
        return submission.adopt(str(job.wanted.task_id))
    return submission.run()
