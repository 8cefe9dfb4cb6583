# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What has to be done for one object: a pure decision from what is wanted, what exists and what is under way."""

from __future__ import annotations

from enum import Enum

from .entries import Entry, SubmissionStage
from .resource import ABSENT, ActualT, Observed, Resource, WantedT


class Action(Enum):
    """List what can be done with an object."""

    ADOPT = "follow the task that the user names"
    RESUME = "follow the submission of an earlier run"
    KEEP = "create nothing; change what differs, where it can be changed"
    CREATE = "submit the request"
    NOTHING = "there is nothing to delete"
    NOTHING_YET = "there is nothing to delete, unless a submission is still under way"
    DELETE = "delete the object"


def decide(
    resource: Resource[WantedT, ActualT],
    wanted: WantedT,
    observed: Observed[ActualT],
    entry: Entry | None,
    promised: bool = False,
) -> Action:
    """Return the action for an object.

    :param entry: the journal's latest word on it.
    :param promised: its creation was seen to succeed a moment ago, so nothing is asked about another one.
    :raises LivePlatformError: the request contradicts what exists, or the object must not be created or deleted.
    """
    refused = resource.refusal(wanted, observed)
    if refused is not None:
        raise refused
    if wanted.state == ABSENT:
        return _decide_absent(resource, wanted, observed, entry)
    if wanted.task_id is not None:
        return Action.ADOPT
    if entry is not None and entry.stage == SubmissionStage.SUBMITTED:
        return Action.RESUME
    if observed.actual is not None:
        return Action.KEEP
    if not promised:
        resource.allow_creation(wanted, observed)
    return Action.CREATE


def _decide_absent(
    resource: Resource[WantedT, ActualT], wanted: WantedT, observed: Observed[ActualT], entry: Entry | None
) -> Action:
    if observed.actual is None or not observed.confirmed:
        underway = entry is not None and entry.stage in (SubmissionStage.INTENT, SubmissionStage.SUBMITTED)
        return Action.NOTHING_YET if underway else Action.NOTHING
    resource.allow_deletion(wanted, observed.actual)
    return Action.DELETE
