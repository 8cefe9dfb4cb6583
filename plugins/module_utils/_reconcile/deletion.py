# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Deleting one object."""

from __future__ import annotations

from .._api.tasks import TaskState
from .._core.errors import ConflictError, UndecidedError
from .._tasks.poller import TaskFailedError, TaskLost
from .._tasks.work_queue import Steps
from .context import LISTED_WITHIN, Context
from .entries import Entry, SubmissionStage
from .outcome import Outcome
from .resource import ABSENT, PRESENT, ActualT, WantedT
from .result import Result


def nothing_to_delete(context: Context[WantedT, ActualT]) -> Result[WantedT, ActualT]:
    """The object is not there, and that is as requested."""
    return Result(context.wanted, Outcome.UNCHANGED, before={"state": ABSENT}, after={"state": ABSENT})


def deletion(context: Context[WantedT, ActualT], actual: ActualT, outcome: Outcome) -> Result[WantedT, ActualT]:
    """The object is deleted, or would be."""
    return Result(
        context.wanted,
        outcome,
        changed=True,
        actual=actual,
        before={"state": PRESENT, context.resource.title: context.resource.picture(actual)},
        after={"state": ABSENT},
    )


def delete(context: Context[WantedT, ActualT], actual: ActualT) -> Steps[Result[WantedT, ActualT]]:
    """Delete the object; found missing meanwhile, it is unchanged.

    :raises UndecidedError: it is shown, whatever the platform answers.
    """
    with (yield from context.hold()):
        was_there = yield from _deleted(context, actual)
        # After the answer: what was refused or not answered may be there still, whatever one look shows.
        object_id = context.resource.id_of(actual)
        if was_there and object_id is not None:
            context.tools.journal.deleted(context.identity, object_id)
    return deletion(context, actual, Outcome.DELETED) if was_there else nothing_to_delete(context)


def _deleted(context: Context[WantedT, ActualT], actual: ActualT) -> Steps[bool]:
    """Delete the object until the platform says that it has done so, or shows it nowhere.

    :returns: whether it was there.
    """
    resource, settings, clock, pause = context.resource, context.tools.settings, context.tools.clock, 1.0
    end = clock.now() + min(LISTED_WITHIN, settings.search)
    was_there = False
    while True:
        taken = resource.delete(context.wanted, actual)
        if taken:
            return True
        was_there |= taken is None
        shown = resource.read(context.wanted, newer_than=float("inf"))
        if shown.actual is None or not shown.confirmed or resource.id_of(shown.actual) != resource.id_of(actual):
            return was_there
        if clock.now() >= end:
            raise UndecidedError(
                f"The {resource.title} of {context.subject} is still shown, although the platform answers its deletion "
                "as if there were none",
                operation=resource.deleting,
                hint="run again later; if it stays so, delete it in the portal",
            )
        yield min(pause, end - clock.now())
        pause = min(pause * 1.5, settings.wait.longest_pause)


def refuse_while_underway(context: Context[WantedT, ActualT], entry: Entry) -> None:
    """A creation that may still be going on would outlive the deletion.

    :raises ConflictError: it may.
    """
    patience = context.tools.settings.patience
    if entry.stage == SubmissionStage.INTENT and context.tools.clock.wall() > entry.intended_at + patience:
        return
    if entry.task_id:
        try:
            task = context.watcher().look(entry.task_id, patience)
        except (TaskLost, TaskFailedError):
            return
        if task.state not in (TaskState.RUNNING, TaskState.UNKNOWN):
            return
    what = f"task {entry.task_id}" if entry.task_id else "its answer was lost"
    raise ConflictError(
        f"The creation of a {context.resource.title} for {context.subject} may still be under way ({what}); nothing is "
        "deleted now",
        operation=context.resource.deleting,
        hint="wait for its end (task_info), then run again",
    )
