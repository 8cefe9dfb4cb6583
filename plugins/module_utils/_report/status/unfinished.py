# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which services that were submitted are not there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..._api.services import Service
from ..._api.tasks import Task, TaskState
from ..._reconcile.outcome import Outcome
from .outcomes import NOT_MADE, outcome_words, services_by_tenant, tenant_key
from .record import Record
from .words import name_of


def unfinished(
    outcomes: Sequence[Record],
    tasks: Sequence[Task],
    services: Sequence[Service],
    late: Mapping[str, str] | None = None,
) -> list[str]:
    """Return why services that were submitted are not there, one sentence each; empty when all are.

    The list of services decides before the task does: the platform may forget a finished task after a while, and a
    job that is relaunched must not fail for it.

    :param outcomes: see :mod:`.outcomes`.
    :param tasks: read since.
    :param services: read since, Operator Connect ones only.
    :param late: a sentence for each task, by its id, whose end did not come in time. It is named in any case.
    """
    there = services_by_tenant(services)
    by_id = {task.id: task for task in tasks}
    problems = []
    for outcome in outcomes:
        task_id = str(outcome.get("task_id"))
        task = by_id.get(task_id)
        if late and task_id in late:
            problems.append(f"{name_of(outcome)}: {late[task_id]}")
        elif outcome["outcome"] in NOT_MADE or tenant_key(outcome) in there:
            continue
        elif outcome["outcome"] == Outcome.FAILED or task is None or task.state != TaskState.SUCCEEDED:
            problems.append(f"{name_of(outcome)}: {outcome_words(outcome, task)}")
    return problems
