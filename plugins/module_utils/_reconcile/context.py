# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the work on one object needs, handed around as one value."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field, replace
from typing import Any, Generic

from .._api.client import LivePlatformApi
from .._core.clock import Clock
from .._core.errors import ApiError, ConflictError, LivePlatformError, UndecidedError
from .._core.masking import Secrets
from .._core.text import fold
from .._tasks.poll_schedule import PollSchedule
from .._tasks.poller import TaskWatcher, WaitPolicy
from .._tasks.progress import Progress
from .._tasks.work_queue import Steps
from .._tasks.worker_threads import Workers
from .entries import Entry, SubmissionStage
from .journal import Journal
from .outcome import Outcome
from .resource import ABSENT, PRESENT, ActualT, Resource, WantedT
from .result import Result

LISTED_WITHIN = 600.0
"""Seconds after a success that was seen, within which every place of the platform shows the object. Until then a place
that does not show it proves nothing."""

_SOON = 1.0
"""Seconds that are not worth a further look."""

_LOCK_PAUSE, _LONGEST_LOCK_PAUSE = 0.05, 1.0
"""Seconds between two tries to be the only one at work on an object."""


@dataclass(frozen=True)
class RunSettings:
    """Hold the settings of a run.

    :param check: decide and report only; nothing is written anywhere.
    :param wait: whether and how to wait for tasks.
    :param settle: seconds during which a run looks for the object of a submission without an answer; by default as
        long as it waits for a task.
    :param compare_in_full: existing objects are compared with details that cost a request each.
    """

    check: bool = False
    wait: WaitPolicy = field(default_factory=WaitPolicy)
    settle: float | None = None
    compare_in_full: bool = True

    @property
    def search(self) -> float:
        """Seconds after a submission without an answer, during which this run looks for the object."""
        return self.wait.timeout if self.settle is None else self.settle

    @property
    def patience(self) -> float:
        """Seconds after a submission of unknown fate, before which no run submits again. A creation may take as long as
        a task is waited for, so this is never less.
        """
        return max(self.search, self.wait.timeout)


@dataclass(frozen=True)
class Tools:
    """Hold what all objects of a run share. Safe to use from several threads.

    :param workers: makes the threads that send the requests, for a number of objects.
    :param uniform: a random number between two.
    :param approve: gets what would be done with an object, right before it is done; what it raises prevents that.
    """

    api: LivePlatformApi
    journal: Journal
    settings: RunSettings
    clock: Clock
    secrets: Secrets
    progress: Progress
    workers: Callable[[int], Workers]
    uniform: Callable[[float, float], float] = random.uniform
    approve: Callable[[Result[Any, Any]], None] = lambda result: None

    def looking(self) -> Tools:
        """For a look before the work: it changes nothing, and says nothing of how it goes."""
        return replace(self, settings=replace(self.settings, check=True), progress=Progress(self.clock))


def hold(
    journal: Journal, identity: str, clock: Clock, timeout: float, busy: LivePlatformError
) -> Steps[AbstractContextManager[object]]:
    """A context in which no other run holds the same object in the journal.

    :param timeout: seconds to wait for another run.
    :param busy: raised when that does not let go.
    """
    pause, end = _LOCK_PAUSE, clock.now() + timeout
    while True:
        held = ExitStack()
        try:
            held.enter_context(journal.hold(identity, 0.0))
            return held
        except TimeoutError:
            if clock.now() >= end:
                raise busy from None
        yield pause
        pause = min(2 * pause, _LONGEST_LOCK_PAUSE)


@dataclass(frozen=True)
class Context(Generic[WantedT, ActualT]):
    """One object to work on.

    :param report: told what the user should know although nothing failed.
    :param schedule: of the tasks of all objects.
    :param step_aside: what is still to be done burdens the platform no more than a look-up: another one may begin.
    :param part_of: the key of the object that this one is worked on for.
    """

    tools: Tools
    resource: Resource[WantedT, ActualT]
    wanted: WantedT
    report: Callable[[str], None]
    schedule: PollSchedule
    step_aside: Callable[[], None]
    part_of: str | None = None

    @property
    def identity(self) -> str:
        return self.resource.identity(self.wanted)

    @property
    def subject(self) -> str:
        """Return what errors call the object's owner, or the object."""
        return self.resource.subject(self.wanted)

    @property
    def key(self) -> str:
        """Return what tells it from the others of its run."""
        return self.part_of or fold(self.identity)

    def watcher(self) -> TaskWatcher:
        tools = self.tools
        return TaskWatcher(
            tools.api.get_task,
            tools.settings.wait,
            tools.clock,
            self.report,
            schedule=self.schedule,
            seen=lambda task: tools.progress.saw(self.key, task),
        )

    def hold(self) -> Steps[AbstractContextManager[object]]:
        """A context in which nobody else on this machine looks and submits for the same object.

        :raises ConflictError: somebody else does not let go.
        """
        resource, tools = self.resource, self.tools
        busy = ConflictError(
            f"Another run on this machine is working on {self.subject}",
            operation=resource.creating if self.wanted.state == PRESENT else resource.deleting,
            hint="wait for its end, run again",
        )
        return (yield from hold(tools.journal, self.identity, tools.clock, tools.settings.wait.timeout, busy))

    def promised_until(self, entry: Entry | None) -> float | None:
        """Until when the success that the journal tells of outweighs a look that does not show the object."""
        if entry is None or entry.stage != SubmissionStage.DONE:
            return None
        return entry.changed_at + LISTED_WITHIN

    def is_promised(self, entry: Entry | None) -> bool:
        """Return whether the success that the journal tells of still outweighs a look that does not show the object."""
        until = self.promised_until(entry)
        return until is not None and self.tools.clock.wall() < until

    def seek_promised(self, entry: Entry | None) -> Steps[ActualT | None]:
        """The object that a success was seen of, wherever it is shown; a check looks once.

        :returns: ``None``: nothing was promised, or it is not there any more.
        :raises UndecidedError: this run cannot wait until that is sure.
        """
        until, settings, clock = self.promised_until(entry), self.tools.settings, self.tools.clock
        if entry is None or until is None:
            return None
        patience = 0.0 if settings.check else settings.patience
        actual = yield from self.seek(min(until, clock.wall() + patience), entry.object_id)
        left = until - clock.wall()
        if actual is None and left > _SOON and not settings.check:
            title = self.resource.title
            raise UndecidedError(
                f"The {title} of {self.subject} was made {LISTED_WITHIN - left:.0f} seconds ago, and is not shown: "
                "either not yet, or it is not there any more. Nothing was sent",
                operation=self.resource.creating if self.wanted.state == PRESENT else self.resource.deleting,
                hint=f"run again in {left:.0f} seconds: what the platform shows then is believed",
            )
        return actual

    def seek(self, until: float, object_id: str | None = None) -> Steps[ActualT | None]:
        """Look for the object with growing pauses.

        :param until: seconds since the epoch; it is looked for once at least.
        :param object_id: of the object, if that is known; each place that may show it is asked.
        :returns: ``None`` when the last look has shown that it is not there.
        :raises ApiError: it could not be looked for.
        """
        clock, pause = self.tools.clock, 1.0
        end = clock.now() + (until - clock.wall())  # a clock that is set meanwhile does not prolong the search
        while True:
            left = end - clock.now()
            try:
                actual = self.resource.fetch(object_id) if object_id is not None else None
                if actual is None:
                    actual = self.resource.find(self.wanted)
            except ApiError as error:
                if not error.transient or left <= 0:
                    raise
            else:
                if actual is not None or left <= 0:
                    return actual
            yield min(pause, left)
            pause = min(pause * 1.5, self.tools.settings.wait.longest_pause)

    def creation(self, outcome: Outcome, changed: bool, **facts: Any) -> Result[WantedT, ActualT]:
        """A result with the object there in the end; check mode and the real run give the same picture."""
        body = self.wanted.body
        before: Mapping[str, Any] = {"state": ABSENT if changed else PRESENT}
        after = {"state": PRESENT, "request": body} if changed else {"state": PRESENT}
        return Result(self.wanted, outcome, changed=changed, request=body, before=before, after=after, **facts)

    def keep(self, actual: ActualT, confirmed: bool = True) -> Result[WantedT, ActualT]:
        """The object is there; how it differs is another matter.

        :param confirmed: the platform itself shows it.
        """
        return self.creation(Outcome.UNCHANGED, changed=False, actual=actual, confirmed=confirmed)

    def within(self, resource: Resource[Any, Any], wanted: Any) -> Context[Any, Any]:
        """The context for an object of another kind that the work on this one needs."""
        journal = self.tools.journal.for_kind(resource.kind)
        return Context(
            replace(self.tools, journal=journal),
            resource,
            wanted,
            self.report,
            self.schedule,
            self.step_aside,
            self.key,
        )
