# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""WaitingTask for the end of a task (API notes, section 4)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Any

from .._api.tasks import Task, TaskRequests, TaskState
from .._core.clock import Clock
from .._core.errors import ApiError, LivePlatformError
from .poll_schedule import FIRST_PAUSE, PollSchedule, WaitingTask
from .progress import Progress
from .work_queue import Steps, WorkQueue
from .worker_threads import Workers

OPERATION = "GET /api/v2/task/{taskId}"

FRESH_TASK = 60.0
"""Seconds during which a task that was just submitted may not be found yet."""

LONGEST_RETRY_AFTER = 60.0
"""Seconds that the platform may ask to wait between two polls, as for any other request."""


@dataclass(frozen=True)
class WaitPolicy:
    """Hold whether and how long to wait; seconds.

    :param timeout: for the whole task.
    :param longest_pause: between two polls.
    """

    wait: bool = True
    timeout: float = 1800.0
    longest_pause: float = 15.0

    def problems(self) -> list[str]:
        found = []
        if not 0 < self.timeout < inf:
            found.append(f"wait_timeout must be more than 0 seconds, not {self.timeout}")
        if not 0 < self.longest_pause < inf:
            found.append(f"wait_delay must be more than 0 seconds, not {self.longest_pause}")
        return found


@dataclass(frozen=True)
class WaitTools:
    """Hold what waiting for tasks needs.

    :param report: told what the user should know although nothing failed.
    :param workers: makes the threads that poll, for a number of tasks.
    """

    policy: WaitPolicy
    clock: Clock
    report: Callable[[str], None]
    progress: Progress
    workers: Callable[[int], Workers]


class TaskError(LivePlatformError):
    """Something about a task.

    :param seen: the task as it was seen last.
    """

    def __init__(self, message: str, seen: Task, **facts: Any) -> None:
        super().__init__(message, operation=OPERATION, attempts=seen.polls, task=seen.to_dict(), **facts)
        self.seen = seen


class TaskFailedError(TaskError):
    """The platform finished the task without success."""


class WaitTimeoutError(TaskError):
    """The task was still going on when the time to wait for it was over."""


class TaskLost(TaskError):
    """The platform does not know the task (any more): whether it succeeded has to be seen from its result.

    :ivar in_json: the platform itself says so, not a proxy.
    """

    in_json: bool = False


class TaskWatcher:
    """Polls tasks. Safe to use from several threads.

    :param get_task: the request; sent once per poll.
    :param report: told what the user should know although nothing failed.
    :param schedule: says when to poll, and learns from each end.
    :param seen: told the task after each poll.
    """

    def __init__(
        self,
        get_task: Callable[[str], Task],
        policy: WaitPolicy,
        clock: Clock,
        report: Callable[[str], None],
        *,
        schedule: PollSchedule | None = None,
        seen: Callable[[Task], None] = lambda task: None,
    ) -> None:
        self._get_task = get_task
        self._policy = policy
        self._clock = clock
        self._report = report
        self._schedule = schedule or PollSchedule(policy.longest_pause)
        self._seen = seen

    def watch(
        self,
        task_id: str,
        age: float = 0.0,
        grace: float = FRESH_TASK,
        *,
        key: str | None = None,
        fresh: bool = False,
        since: float | None = None,
    ) -> Steps[Task]:
        """Wait until the task has succeeded.

        :param age: seconds since the submission.
        :param grace: seconds since the submission, up to which the task need not be found yet.
        :param key: what it is resumed by; by default its id.
        :param fresh: it was submitted a moment ago, so there is no hurry to look at it.
        :param since: on the clock, when the waiting began and the age was taken; by default now.
        :raises TaskFailedError: it ended without success; the task's messages are in the error.
        :raises WaitTimeoutError: it was still going on when the time was over.
        :raises TaskLost: the platform does not know it.
        :raises ApiError, LoginError: polling is not possible at all; the error carries the task.
        """
        started = self._clock.now() if since is None else since
        waiting = self._schedule.begin(key or task_id, started - age)
        try:
            return (yield from self._watch(Task(task_id), waiting, started, grace, fresh))
        finally:
            self._schedule.end(waiting)

    def _watch(self, task: Task, waiting: WaitingTask, started: float, grace: float, fresh: bool) -> Steps[Task]:
        age = started - waiting.since
        told: set[str | None] = set()
        pause = self._schedule.pause(waiting, started) if fresh else FIRST_PAUSE
        while True:
            left = self._policy.timeout - (self._clock.now() - started)
            if left <= 0:
                raise self._timed_out(task)
            yield min(pause, left)
            elapsed = self._clock.now() - started
            waiting.polled, before = age + elapsed, waiting.polled
            try:
                seen = self._get_task(task.id)
            except ApiError as error:
                asked = self._endure(error, task, age + elapsed <= grace, elapsed)
                waiting.polled = before  # it has shown nothing
                pause = self._schedule.pause_after_failure(waiting, self._clock.now(), asked)
                task = replace(task, polls=task.polls + 1, duration=elapsed)
                continue
            except LivePlatformError as error:
                error.task = task.to_dict()
                raise
            waiting.failures = 0
            pause = self._schedule.pause(waiting, started + elapsed)
            task = replace(seen, polls=task.polls + 1, duration=self._clock.now() - started)
            self._seen(task)
            self._schedule.judge(waiting, task.state in (TaskState.SUCCEEDED, TaskState.FAILED))
            if task.state == TaskState.UNKNOWN and task.status not in told:
                told.add(task.status)
                self._report(
                    f"Task {task.id} has the status '{task.status}', which is not known to mean success or failure; "
                    "it is waited on"
                )
            if self._ended(task):
                if before > age or age < FIRST_PAUSE:  # of an old task's first poll nobody knows how late it comes
                    self._schedule.succeeded(waiting, before)
                return task

    def look(self, task_id: str, age: float) -> Task:
        """The task as it is now.

        :raises TaskFailedError, TaskLost, ApiError, LoginError: as :meth:`watch` does.
        """
        task = Task(task_id)
        try:
            task = replace(self._get_task(task_id), polls=1)
        except ApiError as error:
            self._endure(error, task, age <= FRESH_TASK, 0.0)
            return replace(task, polls=1)
        self._ended(task)
        return task

    def _endure(self, error: ApiError, task: Task, fresh: bool, elapsed: float) -> float:
        """Decide on a poll that failed: go on (with which pause), or raise."""
        known = task.status is not None
        if error.http_status == 404:
            if known or not fresh:
                seen = replace(task, polls=task.polls + 1, duration=elapsed)
                lost = TaskLost(f"Task {task.id} is not known to the platform (any more)", seen, http_status=404)
                lost.in_json = error.in_json
                raise lost
            return 0.0
        if not error.transient:
            error.task = task.to_dict()
            error.hint = (
                f"{error.hint or 'the task cannot be followed'}; the task goes on: run again, which takes it up"
            )
            raise error
        return min(error.retry_after or 0.0, LONGEST_RETRY_AFTER)

    def _ended(self, task: Task) -> bool:
        """Return whether the task is over with success.

        :raises TaskFailedError: it is over without.
        """
        if task.state == TaskState.SUCCEEDED:
            for text in task.errors:
                self._report(f"Task {task.id} succeeded, but says: {text}")
            return True
        if task.state == TaskState.FAILED:
            raise failed(task)
        return False

    def _timed_out(self, task: Task) -> WaitTimeoutError:
        if task.polls and task.status is None:
            return WaitTimeoutError(
                f"Task {task.id} could not be read within {self._policy.timeout:g} seconds",
                task,
                hint="check the task's id; a task that was submitted a moment ago may not be readable yet",
            )
        return WaitTimeoutError(
            f"Task {task.id} did not end within {self._policy.timeout:g} seconds; its last status is "
            f"'{task.status or 'not known'}'",
            task,
            hint=f"the task goes on at the platform: run again, which takes it up, give task_id '{task.id}', or "
            "increase wait_timeout",
        )


def failed(task: Task) -> TaskFailedError:
    """The error for a task that ended without success, with what it says about it."""
    reasons = task.errors or [message.message for message in task.messages] or list(task.details)
    said = "; ".join(words for reason in reasons if (words := reason.rstrip(". "))) or "it gives no reason"
    return TaskFailedError(
        f"Task {task.id} ended with the status '{task.status}': {said}",
        task,
        hint="correct what the task names and run again; a run after a failed task submits again",
    )


def find_tasks(
    api: TaskRequests, task_ids: Sequence[str], tools: WaitTools
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
