# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether the SIP connections of services are deployed, and waiting until they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..._api.services import Service
from ..._api.tasks import TaskState
from ..._core.errors import LivePlatformError
from ..._core.text import fold, same_text
from ..._reconcile.context import Tools
from ..._reconcile.outcome import Outcome
from ..._tasks.read_until import read_until
from .current_state import may_be_operator_connect
from .display_names import DisplayNames

PAUSE = 5.0
"""Seconds between two looks at the service list."""

PRESENT_OUTCOMES = frozenset(
    outcome.value for outcome in (Outcome.CREATED, Outcome.ADOPTED, Outcome.UNCHANGED, Outcome.UPDATED)
)
"""Outcomes after which a service has to be there."""

_KEPT = frozenset({Outcome.UNCHANGED.value, Outcome.UPDATED.value})
"""What was there before stays on the SBC that it was on."""

_PLANNED = frozenset({Outcome.WOULD_CREATE.value, Outcome.WOULD_UPDATE.value})
"""Outcomes of a dry run after which a service would be there."""

_GOES_ON = frozenset({TaskState.RUNNING.value, TaskState.UNKNOWN.value})

Record = Mapping[str, Any]


@dataclass(frozen=True)
class Deployment:
    """Hold the result of waiting for deployment.

    :param problems: one sentence for each SIP connection that is not as it should be.
    :param error: what hinders to look, as it was seen last.
    """

    problems: list[str]
    error: LivePlatformError | None = None


def deployment_problems(
    results: Sequence[Record], services: Sequence[Record] = (), names: DisplayNames | None = None
) -> list[str]:
    """Which SIP connections of onboarded services are not deployed, or not on the SBC that was asked for.

    :param results: of ``oc_services``.
    :param services: as ``oc_service_info`` returned them since, with details; they replace what the results show.
    :param names: of SBCs.
    """
    shown = names or DisplayNames()
    current = {fold(service["ms_tenant_id"]): service for service in services if service.get("ms_tenant_id")}
    problems: list[str] = []
    for result in results:
        if result["outcome"] in PRESENT_OUTCOMES:
            service = current.get(fold(result["ms_tenant_id"])) or result.get("service") or {}
            problems += _problems_of(result, service, shown)
    return problems


def is_ready(result: Record, is_verified: bool) -> bool:
    """Return whether a customer can get numbers: its service is there, and nothing of it goes on.

    :param result: of ``oc_services``.
    :param is_verified: its SIP connections were looked at, so each must be deployed.
    """
    if result["outcome"] in _PLANNED:
        return True
    is_there = result["outcome"] in PRESENT_OUTCOMES and bool((result.get("service") or {}).get("ump_customer_guid"))
    goes_on = (result.get("task") or {}).get("state") in _GOES_ON
    return is_there and not goes_on and not (is_verified and deployment_problems([result]))


def _problems_of(result: Record, service: Record, names: DisplayNames) -> Iterable[str]:
    label = result.get("short_name") or result["ms_tenant_id"]
    sites = service.get("site_locations") or []
    wanted = ((result.get("request") or {}).get("siteLocation") or {}) if result["outcome"] not in _KEPT else {}
    if not sites:
        yield f"{label}: the platform shows no SIP connection (yet)"
    for site in sites:
        asked = wanted.get("sbcId") if same_text(site.get("name"), wanted.get("siteLocationName")) else None
        if not site.get("deployed"):
            state = site.get("deployment_state") or "not known"
            yield f"{label}: SIP connection {site.get('name')} is not deployed, its state is '{state}'"
        elif asked not in (None, site.get("sbc_id")):
            there, right = (names.value("sbcId", number) for number in (site.get("sbc_id"), asked))
            yield f"{label}: SIP connection {site.get('name')} is on SBC {there}, not {right}"


def await_deployment(
    tools: Tools, results: Sequence[dict[str, Any]], names: DisplayNames, timeout: float
) -> Deployment:
    """Look until all SIP connections are deployed, or the time has passed. The results get what was seen last.

    :param results: of ``oc_services``.
    :param names: of SBCs.
    :param timeout: seconds.
    """

    seen = read_until(
        lambda: _refresh(results, tools.api.list_services(True), names),
        lambda: not deployment_problems(results, names=names),
        tools,
        timeout=timeout,
        pause=lambda age: PAUSE,
        known=True,
    )
    return Deployment(deployment_problems(results, names=names), seen.error)


def verified(result: Mapping[str, Any], tools: Tools, names: DisplayNames, timeout: float) -> dict[str, Any]:
    """Return what waiting for the deployment adds to the return values of ``oc_services``.

    After a failure, what is not deployed is returned, but not waited for.
    """
    has_failed = bool(result.get("failed"))
    seen = await_deployment(tools, result["results"], names, 0.0 if has_failed else timeout)
    added: dict[str, Any] = {"not_deployed": seen.problems}
    if seen.problems and not has_failed:
        error = _not_deployed(seen)
        added.update(failed=True, msg=error.sentence(), failure=error.to_dict())
    return added


def _not_deployed(seen: Deployment) -> LivePlatformError:
    """The failure of a run whose SIP connections were not deployed in time."""
    cause = seen.error
    message = "; ".join(seen.problems)
    if cause is not None:
        message = f"Whether all SIP connections are deployed could not be seen: {cause.message.rstrip('.')}. {message}"
    return LivePlatformError(
        message,
        operation=cause.operation if cause is not None else "GET /api/v3/customer",
        http_status=cause.http_status if cause is not None else None,
        attempts=cause.attempts if cause is not None else 0,
        hint="the services are there: run again, which waits again; if it stays so, look at the SBC in the portal",
    )


def _refresh(results: Sequence[dict[str, Any]], services: Sequence[Service], names: DisplayNames) -> None:
    """Put the services as they are now into the results."""
    there = {fold(each.ms_tenant_id): each for each in services if each.ms_tenant_id and may_be_operator_connect(each)}
    for result in results:
        service = there.get(fold(result["ms_tenant_id"]))
        if result["outcome"] in PRESENT_OUTCOMES and service is not None:
            result["service"] = names.service(service.to_dict())
