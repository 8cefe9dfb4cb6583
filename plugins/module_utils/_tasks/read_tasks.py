# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Looking at tasks, or waiting for their ends: what ``task_info`` answers."""

from __future__ import annotations

from collections.abc import Sequence

from .._api.client import LivePlatformApi
from .._api.tasks import Task
from .poll_schedule import PollSchedule
from .poller import TaskFailedError, TaskLost, TaskWatcher, WaitTimeoutError, WaitTools
from .work_queue import Steps, WorkQueue


def find_tasks(
    api: LivePlatformApi, task_ids: Sequence[str], tools: WaitTools
) -> tuple[list[Task], list[WaitTimeoutError], str | None]:
    """The tasks as they are now or, when waited for, at their end; those whose end did not come in time; and the
    signal that has ended the wait early.
    """
    policy, clock, progress = tools.policy, tools.clock, tools.progress
    late: list[WaitTimeoutError] = []
    schedule = PollSchedule(policy.longest_pause)

    def find(task_id: str) -> Steps[Task]:
        progress.begun(task_id, f"Task {task_id}")
        watcher = TaskWatcher(
            api.get_task, policy, clock, tools.report, schedule=schedule, seen=lambda task: progress.saw(task_id, task)
        )
        try:
            task = (yield from watcher.watch(task_id)) if policy.wait else watcher.look(task_id, 0.0)
        except WaitTimeoutError as error:
            late.append(error)
            task = error.seen
        except (TaskFailedError, TaskLost) as error:
            task = error.seen
        progress.ended(task_id, task.state)
        return task

    wanted = list(dict.fromkeys(task_ids))
    progress.expect(len(wanted))
    queue: WorkQueue[Task] = WorkQueue(clock, tools.workers(len(wanted)), max(1, len(wanted)), ticker=progress)
    found = dict(zip(wanted, queue.carry_out(wanted, find), strict=True))
    unfinished = {task_id: underway.task for task_id in wanted if (underway := progress.underway(task_id))}
    tasks = [found[task_id] or unfinished.get(task_id) or Task(task_id) for task_id in task_ids]
    return tasks, late, queue.interrupted
