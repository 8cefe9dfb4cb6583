# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What one job hands to the next of its results: small records of words, numbers and ids, and plans."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .._api.field import WOULD_UPDATE
from .._api.services import Service
from .._core.handed_on import bare_leaves, id_or_none
from .._reconcile.outcome import Outcome
from .._reconcile.result import Result
from .._resources.oc_service.request import WantedService
from .approved_plan import Link, plan_item

Record = Mapping[str, Any]


def outcome_records(results: Sequence[Record], report: Callable[[str], None]) -> list[dict[str, Any]]:
    """Return what is handed on of the results of ``oc_services``: no text of the platform.

    :param report: told which tasks cannot be handed on.
    """
    return [_outcome_record(result, report) for result in results]


def _outcome_record(result: Record, report: Callable[[str], None]) -> dict[str, Any]:
    task_id, failure = (result.get("task") or {}).get("id"), result.get("failure") or {}
    if task_id is not None and id_or_none(task_id) is None:
        name = result.get("short_name") or result["ms_tenant_id"]
        report(
            f"The id of the task of {name} does not have the form of an id, so it is not passed to the next job, "
            "which looks for the service alone"
        )
    return {
        "ms_tenant_id": result["ms_tenant_id"],
        "short_name": id_or_none(result.get("short_name")),
        "outcome": result["outcome"],
        "task_id": id_or_none(task_id),
        "message": _message(failure) if failure else None,
    }


def _message(failure: Record) -> str:
    """Return that a service has failed. What the platform says about it is shown by the job that has failed."""
    status = failure.get("http_status")
    return f"failed with HTTP status {status}" if isinstance(status, int) else "failed"


def planned(result: Result[WantedService, Service], mask: Callable[[Any], Any]) -> dict[str, Any]:
    """Return what a dry run has planned for a service, for a run that shall do just that.

    :param mask: masks the secrets of the run; those of the service itself are masked here.
    """
    wanted, own = result.wanted, result.wanted.secrets.mask
    starts_from, changes = _PLANNED.get(result.outcome, _nothing)(result)
    name = wanted.short_name or (result.actual.short_name if result.actual is not None else None)
    before, after = (bare_leaves(mask(own(part))) for part in (starts_from, changes))
    return plan_item(wanted.ms_tenant_id, name, Link.SERVICE, result.outcome, starts_from=before, request=after)


_Parts = tuple[Record, Record]
"""What a change starts from, and what it comes to."""


def _nothing(result: Result[WantedService, Service]) -> _Parts:
    return {}, {}


def _creation(result: Result[WantedService, Service]) -> _Parts:
    """All that is asked for: what the request that creates the service cannot hold is changed after it."""
    wanted = result.wanted
    how = {
        "task_id": wanted.task_id,
        "on_difference": str(wanted.on_difference),
        "allow_downgrade": wanted.allow_downgrade,
        "update_secret": str(wanted.update_secret),
    }
    return {}, {**wanted.options, **how}


def _update(result: Result[WantedService, Service]) -> _Parts:
    changed = [each for each in result.differences if each["action"] == WOULD_UPDATE]
    guid = result.actual.ump_customer_guid if result.actual is not None else None
    starts_from = {each["option"]: each["existing"] for each in changed}
    return {"ump_customer_guid": guid, **starts_from}, {each["option"]: each["wanted"] for each in changed}


def _deletion(result: Result[WantedService, Service]) -> _Parts:
    return (result.actual.to_dict() if result.actual is not None else {}), {}


_PLANNED: Mapping[Outcome, Callable[[Result[WantedService, Service]], _Parts]] = {
    Outcome.WOULD_CREATE: _creation,
    Outcome.ADOPTED: _creation,
    Outcome.WOULD_UPDATE: _update,
    Outcome.WOULD_DELETE: _deletion,
}
