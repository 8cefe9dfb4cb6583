# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Long-running work: a task is a stretch of time, and what it shows depends on how much of it has passed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from simulator.settings import Settings


@dataclass
class Message:
    """A message of a task, shown from a certain share of its time on."""

    share: float
    level: str
    text: str

    def wire(self) -> dict[str, str]:
        """The item of executionMessages."""
        return {"level": self.level, "message": self.text}


@dataclass
class Task:
    """One task. ``succeeds`` is decided when it is made; the control plane may change its mind."""

    id: str
    kind: str
    started: float
    seconds: float
    created_at: str
    succeeds: bool = True
    ms_tenant_id: str | None = None
    short_name: str | None = None
    ump_customer_guid: str | None = None
    messages: list[Message] = field(default_factory=list)
    details: list[str | None] = field(default_factory=list)
    output: dict[str, Any] = field(default_factory=dict)
    completed_at: str | None = None
    seen_at: float | None = None
    """When its end was first read, seconds since the epoch as in the log."""
    partial: bool = False
    """A success that is shown as partialSuccess, because a part has failed."""
    shown: dict[str, Any] = field(default_factory=dict)
    """Members that the control plane has put over the real ones."""
    when_done: Callable[["Task", float], None] | None = field(default=None, repr=False)

    @property
    def ends(self) -> float:
        """The moment at which it is done."""
        return self.started + self.seconds

    def share(self, now: float) -> float:
        """How much of it has passed, from 0 to 1."""
        if self.seconds <= 0 or now >= self.ends:
            return 1.0
        return max(0.0, (now - self.started) / self.seconds)

    def status(self, now: float, settings: Settings) -> str:
        """The literal that is shown."""
        share = self.share(now)
        if share >= 1 and self.partial and self.succeeds:
            return "partialSuccess"
        if share >= 1:
            return "CompletedSuccess" if self.succeeds else settings.status_failed
        return settings.status_queued if share < settings.queued_share else settings.status_running

    def found(self, now: float, settings: Settings) -> bool:
        """Whether the platform admits to knowing the task."""
        if now - self.started < settings.task_404_seconds:
            return False
        return settings.task_kept_seconds is None or now <= self.ends + settings.task_kept_seconds

    def wire(self, now: float, settings: Settings) -> dict[str, Any]:
        """The task as it is read."""
        share = self.share(now)
        done = share >= 1
        before: dict[str, list[Any] | None] = {"null_items": [None], "null": None, "empty": []}
        body: dict[str, Any] = {
            "id": self.id,
            "status": self.status(now, settings),
            "details": self.details if done and self.succeeds else before[settings.details_before_end],
            "executionMessages": [each.wire() for each in self.messages if each.share <= share],
            "outputData": self._output(settings) if done and self.succeeds else {},
        }
        if settings.task_extra_members:
            body["createTime"] = self.created_at
            body["completeTime"] = self.completed_at if done else "0001-01-01T00:00:00"
            body["cancellationRequested"] = False
            body["totalNumbersCount"] = 0
            body["umpCustomerGuid"] = self.ump_customer_guid if done else None
        return {**body, **self.shown}

    def _output(self, settings: Settings) -> dict[str, Any]:
        if self.kind != "create" or settings.output_guid == "none":
            return self.output
        name = "umpCustomerGuid" if settings.output_guid == "camel" else "UmpCustomerGuid"
        return {**self.output, name: self.ump_customer_guid}
