# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What one job of a workflow hands to the next, and what the next makes of it.

A record is small, holds no secret, and is enough to go on with: tenant, short name, outcome, task id.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...module_utils._core.text import fold

Record = Mapping[str, Any]

_NOT_MADE = ("would_create", "would_update", "would_delete", "deleted", "skipped")
_ADVICE = {
    "succeeded": "nothing: the service is there",
    "running": "launch the workflow again when the task has ended, or relaunch the node that waits",
    "unknown": "look at the task in the portal; launch the workflow again when it has ended",
    "failed": "correct what the platform complains about, then launch the workflow again; what is there is not touched",
}


def unfinished(outcomes: Sequence[Record], tasks: Sequence[Record], services: Sequence[Record]) -> list[str]:
    """Why services that were submitted are not there, one sentence each; empty when all are.

    The platform's service list decides before the task does: a finished task may be forgotten after a while, and a
    relaunched job must not fail for it.

    :param outcomes: what :func:`outcome_records` gave.
    :param tasks: of ``task_info``, read since.
    :param services: of ``oc_service_info``, read since, Operator Connect ones only.
    """
    there = {fold(service["ms_tenant_id"]) for service in services if service.get("ms_tenant_id")}
    by_id = {task["id"]: task for task in tasks}
    problems = []
    for outcome in outcomes:
        if outcome["outcome"] in _NOT_MADE or fold(outcome["ms_tenant_id"]) in there:
            continue
        state, said = _task_words(by_id.get(outcome.get("task_id")))
        if outcome["outcome"] == "failed":
            problems.append(f"{_name(outcome)}: {outcome.get('message') or 'failed'}")
        elif state != "succeeded":
            problems.append(f"{_name(outcome)}: {said}")
    return problems


def advice_lines(
    outcomes: Sequence[Record], tasks: Sequence[Record] = (), services: Sequence[Record] = ()
) -> list[str]:
    """One line per service for whoever finds a workflow failed: what is known, and what to do.

    The parameters are those of :func:`unfinished`.
    """
    there = {fold(service["ms_tenant_id"]): service for service in services if service.get("ms_tenant_id")}
    by_id = {task["id"]: task for task in tasks}
    lines = []
    for outcome in outcomes:
        service = there.get(fold(outcome["ms_tenant_id"]))
        task = by_id.get(outcome.get("task_id"))
        if service is not None:
            sites = service.get("site_locations") or []
            if sites and all(site.get("deployed") for site in sites):
                said, todo = "the service is there and deployed", "nothing"
            else:
                said = "the service is there, but a SIP connection is not deployed"
                todo = "look at the SBC in the portal, then relaunch the node that verifies"
        elif outcome["outcome"] == "failed" and task is None:
            said, todo = outcome.get("message") or "failed", _ADVICE["failed"]
        else:
            state, said = _task_words(task)
            todo = _ADVICE.get(state, _ADVICE["unknown"])
        lines.append(f"{_name(outcome)}: {said.rstrip('. ')}. What to do: {todo}.")
    return lines


def _task_words(task: Record | None) -> tuple[str, str]:
    """The state of a task, and a clause about it."""
    if task is None:
        return "unknown", "no task is known for it"
    errors = [item["message"] for item in task.get("messages") or [] if item.get("level") == "Error"]
    said = f"task {task['id']} is {task['state']}, its status is '{task.get('status') or 'not known'}'"
    return str(task["state"]), said + (f": {'; '.join(errors)}" if errors else "")


def _name(outcome: Record) -> str:
    return str(outcome.get("short_name") or outcome["ms_tenant_id"])
