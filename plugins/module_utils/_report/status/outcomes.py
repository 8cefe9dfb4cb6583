# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What ``onboard_services`` has handed on of each service that it was asked for.

A record has ``ms_tenant_id``, ``short_name``, ``outcome``, ``task_id`` and ``message``, which holds words of this
collection only: what the platform says is read again.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..._api.services import Service
from ..._api.tasks import Task
from ..._core.text import fold
from ..._reconcile.outcome import Outcome
from .record import Record

NOT_MADE = frozenset(
    outcome.value
    for outcome in (
        Outcome.WOULD_CREATE,
        Outcome.WOULD_UPDATE,
        Outcome.WOULD_DELETE,
        Outcome.DELETED,
        Outcome.SKIPPED,
    )
)
"""Outcomes after which no service has to be there."""

_NEEDED = ("ms_tenant_id", "outcome")


def outcome_problems(outcomes: object) -> list[str]:
    """Return what is wrong with the option ``outcomes``, whatever was given; one sentence each."""
    if not isinstance(outcomes, (list, tuple)):
        return []
    return [
        f"outcomes[{number}] has no {name}; outcomes are what onboard_services has handed on as live_platform_outcomes"
        for number, item in enumerate(outcomes)
        if isinstance(item, dict)
        for name in _NEEDED
        if not (isinstance(item.get(name), str) and item[name])
    ]


def task_ids(outcomes: Sequence[Record]) -> list[str]:
    """The ids of the tasks that were submitted, in their order."""
    return [str(outcome["task_id"]) for outcome in outcomes if outcome.get("task_id")]


def services_by_tenant(services: Sequence[Service]) -> dict[str, Service]:
    """Services by their tenants, as these are compared."""
    return {fold(service.ms_tenant_id): service for service in services if service.ms_tenant_id}


def tenant_key(outcome: Record) -> str:
    """The tenant of an outcome, as tenants are compared."""
    return fold(str(outcome["ms_tenant_id"]))


def outcome_words(outcome: Record, task: Task | None) -> str:
    """Return a clause about a service that is not there."""
    if task is not None or outcome["outcome"] != Outcome.FAILED:
        return task_words(task)
    return f"{outcome.get('message') or 'failed'}; the output of the job that submitted it says why"


def task_words(task: Task | None) -> str:
    """A clause about the state of a task."""
    if task is None:
        return "no task is known for it"
    said = f"task {task.id} is {task.state}, its status is '{task.status or 'not known'}'"
    return said + (f": {'; '.join(task.errors)}" if task.errors else "")
