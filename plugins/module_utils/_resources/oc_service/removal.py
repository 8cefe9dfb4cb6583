# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Deleting the service of a tenant."""

from __future__ import annotations

from dataclasses import replace

from ..._api.services import Service
from ..._api.tasks import TaskState
from ..._core.errors import ApiError, ConflictError
from ..._reconcile.journal import Entry, SubmissionStage
from ..._reconcile.outcome import Outcome
from ..._tasks.poller import TaskFailedError, TaskLost
from ..._tasks.work_queue import Steps
from .context import Context
from .request import ABSENT, PRESENT
from .result import Result


def nothing_to_remove(context: Context) -> Result:
    """The service is not there, and that is as it shall be."""
    return Result(context.wanted, Outcome.UNCHANGED, before={"state": ABSENT}, after={"state": ABSENT})


def delete(context: Context, service: Service, entry: Entry | None) -> Steps[Result]:
    """Delete the service, or say that it would be; found missing meanwhile, it is unchanged.

    :param entry: the journal's latest word on the tenant.
    :raises ConflictError: the service shows, but the task that creates it has not ended.
    """
    if entry is not None and entry.stage == SubmissionStage.SUBMITTED:
        refuse_while_underway(context, entry)
    guid = str(service.ump_customer_guid)
    if not service.site_locations:
        service = _with_sites(context, service)
    outcome = Result(
        context.wanted,
        Outcome.WOULD_DELETE,
        changed=True,
        service=service,
        before={"state": PRESENT, "service": service.to_dict()},
        after={"state": ABSENT},
    )
    numbers = context.tools.api.count_numbers(context.tenant)
    if service.active_users or numbers:
        held = [
            f"{count} {what}" for count, what in ((service.active_users, "active users"), (numbers, "numbers")) if count
        ]
        context.report(f"The service {service.short_name} has {' and '.join(held)}; deleting it ends their service")
    if context.tools.settings.check:
        return outcome
    with (yield from context.hold()):
        # Before the request, so that a run that is killed in it leaves word. That the service is gone is checked later.
        context.tools.journal.deleted(context.tenant, guid)
        was_there = context.tools.api.delete_service(guid)
    return replace(outcome, outcome=Outcome.DELETED) if was_there else nothing_to_remove(context)


def _with_sites(context: Context, service: Service) -> Service:
    """The service with the SIP connections that go with it, if they can be read; the deletion does not need them."""
    try:
        return context.tools.api.get_service(str(service.ump_customer_guid)) or service
    except ApiError as error:
        context.report(f"The SIP connections of the service cannot be read: {error.message}")
        return service


def refuse_while_underway(context: Context, entry: Entry) -> None:
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
        f"The creation of a service for tenant {context.tenant} may still be under way ({what}); nothing is "
        "deleted now",
        operation="DELETE /api/v2/customer/{guid}",
        hint="wait for its end (task_info), then run again",
    )
