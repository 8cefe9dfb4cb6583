# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What one job of a workflow hands to the next, and what the next makes of it.

A record is small, holds no secret, and is enough to go on with: tenant, short name, outcome, task id.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...module_utils._core.errors import InputError
from ...module_utils._core.text import fold, kind_of, shorten

Record = Mapping[str, Any]

_WRITES, _UPDATES = "would_create", "would_update"
_NOT_MADE = ("would_create", "would_update", "would_delete", "deleted", "skipped")
_ADVICE = {
    "succeeded": "nothing: the service is there",
    "running": "launch the workflow again when the task has ended, or relaunch the node that waits",
    "unknown": "look at the task in the portal; launch the workflow again when it has ended",
    "failed": "correct what the platform complains about, then launch the workflow again; what is there is not touched",
}


def outcome_records(results: Sequence[Record]) -> list[dict[str, Any]]:
    """What is handed on of the results of ``oc_services``."""
    return [
        {
            "ms_tenant_id": result["ms_tenant_id"],
            "short_name": result.get("short_name"),
            "outcome": result["outcome"],
            "task_id": (result.get("task") or {}).get("id"),
            "message": (result.get("failure") or {}).get("message"),
        }
        for result in results
    ]


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


def planned(results: Sequence[Record]) -> list[dict[str, Any]]:
    """What a dry run of ``oc_services`` has planned, for a run that shall do just that; holds no secret."""
    return [
        {
            "ms_tenant_id": result["ms_tenant_id"],
            "short_name": result.get("short_name"),
            "outcome": result["outcome"],
            "request": _request_planned(result),
        }
        for result in results
    ]


def _request_planned(result: Record) -> Any:
    """What would be sent: the request for a new service, or what an existing one would get, by option."""
    if result["outcome"] == _WRITES:
        return result.get("request")
    if result["outcome"] != _UPDATES:
        return None
    return {each["option"]: each["wanted"] for each in result["differences"] if each["action"] == _UPDATES}


def plan_differences(results: Sequence[Record], plan: Sequence[Record]) -> list[str]:
    """How a dry run that was made now differs from an earlier one; empty when the plan holds.

    :param results: of ``oc_services`` in check mode.
    :param plan: what :func:`planned` gave before.
    :raises InputError: the plan is none.
    """
    if not isinstance(plan, (list, tuple)) or not all(
        isinstance(item, Mapping) and item.get("ms_tenant_id") for item in plan
    ):
        raise InputError([f"live_platform_plan must be what a dry run has handed on, not {kind_of(plan)}"])
    before = {fold(item["ms_tenant_id"]): item for item in plan}
    now = {fold(item["ms_tenant_id"]): item for item in planned(results)}
    found = [f"{_name(item)}: is not in the plan" for tenant, item in now.items() if tenant not in before]
    for tenant, item in before.items():
        current = now.get(tenant)
        if current is None:
            found.append(f"{_name(item)}: is in the plan, but not in the list of services")
        elif current["outcome"] != item.get("outcome"):
            found.append(
                f"{_name(item)}: was planned as '{item.get('outcome')}', and would be '{current['outcome']}' now"
            )
        else:
            found += [f"{_name(item)}: {change}" for change in _changes(item.get("request"), current["request"])]
    return found


def _changes(before: Any, now: Any, path: str = "") -> list[str]:
    """What differs between two requests, by the paths of their members."""
    if isinstance(before, Mapping) and isinstance(now, Mapping):
        return [
            change
            for key in dict.fromkeys([*before, *now])
            for change in _changes(before.get(key), now.get(key), f"{path}.{key}" if path else str(key))
        ]
    return (
        [] if before == now else [f"{path or 'the request'} was planned as {_shown(before)}, and is {_shown(now)} now"]
    )


def _shown(value: Any) -> str:
    return "nothing" if value is None else f"'{shorten(str(value), 100)}'"


def _task_words(task: Record | None) -> tuple[str, str]:
    """The state of a task, and a clause about it."""
    if task is None:
        return "unknown", "no task is known for it"
    errors = [item["message"] for item in task.get("messages") or [] if item.get("level") == "Error"]
    said = f"task {task['id']} is {task['state']}, its status is '{task.get('status') or 'not known'}'"
    return str(task["state"]), said + (f": {'; '.join(errors)}" if errors else "")


def _name(outcome: Record) -> str:
    return str(outcome.get("short_name") or outcome["ms_tenant_id"])
