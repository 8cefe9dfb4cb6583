# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tasks as the platform describes them, and what their words mean (API notes, section 4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .._core.text import StringEnum, snake_case, squeeze
from .json_reader import Reader, Requests, about, read_object, segment


class TaskState(StringEnum):
    """List what the status of a task can mean."""

    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    UNKNOWN = "unknown"


SUCCESS_WORD = "completedsuccess"

RUNNING_WORDS = frozenset(
    {
        "accepted",
        "active",
        "created",
        "executing",
        "inprogress",
        "new",
        "notstarted",
        "ongoing",
        "pending",
        "pendingupload",
        "processing",
        "queued",
        "running",
        "scheduled",
        "started",
        "starting",
        "waiting",
    }
)
FAILURE_WORDS = frozenset({"expired", "partialsuccess", "skipped"})
"""Words of Microsoft's jobs, which may show up in tasks about numbers (section 9)."""

FAILURE_PARTS = ("fail", "error", "cancel", "abort", "reject", "timeout", "timedout")
COMPLETED_PREFIX = "completed"


def read_state(status: str | None) -> TaskState:
    """Return what a status word means. Only the proven word is success; an unknown one stays unknown."""
    word = squeeze(status or "")
    if word == SUCCESS_WORD:
        return TaskState.SUCCEEDED
    if word in FAILURE_WORDS or word.startswith(COMPLETED_PREFIX) or any(part in word for part in FAILURE_PARTS):
        return TaskState.FAILED
    return TaskState.RUNNING if word in RUNNING_WORDS else TaskState.UNKNOWN


@dataclass(frozen=True)
class Message:
    """An execution message of a task."""

    level: str | None
    message: str


@dataclass(frozen=True)
class Task:
    """A task as the platform describes it, and how long it was watched (seconds)."""

    id: str
    status: str | None = None
    details: tuple[str, ...] = ()
    messages: tuple[Message, ...] = ()
    output_data: dict[str, Any] = field(default_factory=dict)
    ump_customer_guid: str | None = None
    create_time: str | None = None
    complete_time: str | None = None
    cancellation_requested: bool | None = None
    polls: int = 0
    duration: float = 0.0

    @classmethod
    def from_wire(cls, item: Reader, task_id: str, readable: Callable[[str], str] = str) -> Task:
        """:param readable: makes what the platform says at length fit to be shown."""
        output = item.raw("outputData")
        data = output if isinstance(output, dict) else {}
        if isinstance(output, list):  # one table calls it a list
            for part in output:
                data = {**data, **part} if isinstance(part, dict) else data
        return cls(
            id=task_id,
            status=item.text("status"),
            details=tuple(map(readable, item.texts("details"))),
            messages=tuple(
                Message(message.text("level"), readable(message.text("message") or ""))
                for message in item.records("executionMessages")
            ),
            output_data={str(key): value for key, value in data.items()},
            ump_customer_guid=Reader(data).guid("umpCustomerGuid") or item.guid("umpCustomerGuid"),
            create_time=item.moment("createTime"),
            complete_time=item.moment("completeTime"),
            cancellation_requested=item.flag("cancellationRequested"),
        )

    @property
    def state(self) -> TaskState:
        """``running`` also before the first poll."""
        return read_state(self.status) if self.polls or self.status else TaskState.RUNNING

    @property
    def errors(self) -> list[str]:
        """The messages of level Error."""
        return [message.message for message in self.messages if squeeze(message.level or "") == "error"]

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "status": self.status,
            "state": self.state.value,
            "details": list(self.details),
            "messages": [{"level": message.level, "message": message.message} for message in self.messages],
            "output_data": {snake_case(key): value for key, value in self.output_data.items()},
            "create_time": self.create_time,
            "complete_time": self.complete_time,
            "cancellation_requested": self.cancellation_requested,
            "polls": self.polls,
            "duration": round(self.duration, 3),
        }


class TaskRequests(Requests):
    """The requests about tasks (API notes, section 4)."""

    def get_task(self, task_id: str) -> Task:
        """The task as it is now (section 4). Sent once; a wait for the task asks again anyway."""
        content = self.client.request(
            "GET",
            f"/api/v2/task/{segment(task_id)}",
            route="/api/v2/task/{taskId}",
            attempts=1,
            about=about(task_id, "id", same=_same_task),
        )
        return Task.from_wire(read_object(content, "GET /api/v2/task/{taskId}"), task_id, self.client.readable)


def _same_task(named: str, task_id: str) -> bool:
    """Return whether an answer is about this task; the platform may leave the prefix of an id out."""
    first, second = named.strip().casefold(), task_id.strip().casefold()
    return first == second or first.endswith(f"_{second}") or second.endswith(f"_{first}")
