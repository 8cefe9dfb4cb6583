# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Waiting for the tasks of services that an earlier job has submitted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ..._api.client import LivePlatformApi
from ..._api.tasks import Task
from ..._tasks.poller import WaitTools, find_tasks
from ..._tasks.progress import Progress
from .evidence import read_services
from .outcomes import services_by_tenant, task_ids, tenant_key
from .record import Record


@dataclass(frozen=True)
class TasksSeen:
    """Hold what was seen of tasks.

    :param tasks: in the order of the outcomes.
    :param late: a sentence for each task, by its id, whose end did not come in time.
    :param signal: name of the signal that has ended the wait early.
    """

    tasks: list[Task] = field(default_factory=list)
    late: dict[str, str] = field(default_factory=dict)
    signal: str | None = None


def look_at_tasks(api: LivePlatformApi, ids: Sequence[str], tools: WaitTools) -> TasksSeen:
    """The tasks as they are now. One that the platform does not know has no status.

    :raises LivePlatformError: a task cannot be read.
    """
    if not ids:
        return TasksSeen()
    silent = replace(tools, policy=replace(tools.policy, wait=False), progress=Progress(tools.clock))
    tasks, _late, signal = find_tasks(api, ids, silent)
    return TasksSeen(tasks, signal=signal)


def await_tasks(api: LivePlatformApi, outcomes: Sequence[Record], tools: WaitTools) -> TasksSeen:
    """Wait for the tasks of services that were submitted.

    The platform may forget a finished task after a while. A task that it does not know any more is waited for only when
    the service is not there.

    :param outcomes: see :mod:`.outcomes`.
    :raises LivePlatformError: a task, or the services, cannot be read.
    """
    seen = look_at_tasks(api, task_ids(outcomes), tools)
    if seen.signal or not seen.tasks:
        return seen
    there = services_by_tenant(read_services(api))
    known = {task.id for task in seen.tasks if task.status}
    waited = [
        str(outcome["task_id"])
        for outcome in outcomes
        if outcome.get("task_id") and (str(outcome["task_id"]) in known or tenant_key(outcome) not in there)
    ]
    if not waited:
        return seen
    tasks, late, signal = find_tasks(api, waited, tools)
    ended = {task.id: task for task in tasks}
    return TasksSeen(
        [ended.get(task.id, task) for task in seen.tasks],
        {error.seen.id: error.sentence() for error in late},
        signal,
    )
