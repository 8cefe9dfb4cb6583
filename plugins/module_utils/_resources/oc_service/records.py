# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What one job hands to the next of its results: small records that hold no secret, and plans to compare with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..._core.errors import InputError
from ..._core.text import fold, shorten
from ..._reconcile.outcome import Outcome

Record = Mapping[str, Any]


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
    if result["outcome"] == Outcome.WOULD_CREATE:
        return result.get("request")
    if result["outcome"] != Outcome.WOULD_UPDATE:
        return None
    return {each["option"]: each["wanted"] for each in result["differences"] if each["action"] == Outcome.WOULD_UPDATE}


def plan_problems(plan: Sequence[Record]) -> list[str]:
    """What is wrong with a plan that a user gives."""
    good = all(item.get("ms_tenant_id") and item.get("outcome") for item in plan)
    return [] if good else ["plan must be what oc_services has returned as plan in check mode, in full"]


def keep_to(plan: Sequence[Record], results: Sequence[Record]) -> None:
    """Compare what would be done now with what was planned.

    :param plan: what :func:`planned` gave before.
    :param results: of ``oc_services`` in check mode.
    :raises InputError: it is not the same; the error names all differences.
    """
    changes = plan_differences(results, plan)
    if changes:
        raise InputError(
            ["what was planned cannot be done any more, so nothing is done; make the plan again", *changes]
        )


def plan_differences(results: Sequence[Record], plan: Sequence[Record]) -> list[str]:
    """How a dry run that was made now differs from an earlier one; empty when the plan holds.

    :param results: of ``oc_services`` in check mode.
    :param plan: what :func:`planned` gave before.
    """
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


def _name(outcome: Record) -> str:
    return str(outcome.get("short_name") or outcome["ms_tenant_id"])
