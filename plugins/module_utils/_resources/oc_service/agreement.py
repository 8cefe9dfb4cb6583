# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is given twice must agree: tenant, company, lead, short name and guid of one customer.

A copied id is the classic error of a spreadsheet: the name says one customer, the id another. Nothing is written then.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..._api.client import LivePlatformApi
from ..._api.leads import Lead
from ..._api.services import Service
from ..._core.errors import ApiError, ConflictError, LivePlatformError, LookupFailed
from ..._core.text import fold, quoted, same_text
from ..._reconcile.journal import Journal
from ..._reconcile.resource import ABSENT, OnDifference
from .current_state import CurrentState, Evidence, may_be_operator_connect
from .license_moves import move_problem
from .request import WantedService

_MOST_CHANNELS = 10
"""Number of names that an error shows."""

_OPERATIONS = {True: "DELETE /api/v2/customer/{guid}", False: "POST /api/v3/customer"}


def contradictions(
    item: Mapping[str, Any], tenant: str, leads: Sequence[Lead], services: Sequence[Service] = ()
) -> list[str]:
    """Return what of an item speaks of another customer than its tenant, one sentence each, with both values.

    :param item: may hold ``company_name``, ``lead_id``, ``short_name`` and ``ump_customer_guid``.
    :param leads: those that are known, of all tenants or of this one alone.
    :param services: those that are known, of any licence.
    """
    own_leads = [lead for lead in leads if same_text(lead.ms_tenant_id, tenant)]
    own_services = [service for service in services if same_text(service.ms_tenant_id, tenant)]
    who = _with_company(tenant, own_leads, own_services)
    return [
        *_company_problems(item.get("company_name"), tenant, who, leads, own_services),
        *_lead_problems(item.get("lead_id"), who, leads, own_leads),
        *_short_name_problems(item.get("short_name"), who, own_services),
        *_guid_problems(item.get("ump_customer_guid"), who, own_leads, services, own_services),
    ]


def company_of(leads: Sequence[Lead]) -> str | None:
    """The name of the company that a tenant's leads give it."""
    return next((lead.company_name for lead in leads if lead.company_name), None)


def refusal(wanted: WantedService, evidence: Evidence) -> ConflictError | None:
    """Return why a wanted service contradicts what exists; ``None`` when it does not."""
    try:
        evidence = refuse_several(wanted, evidence)
    except ConflictError as error:
        return error
    tenant, absent = wanted.ms_tenant_id, wanted.state == ABSENT
    # The service is the tenant's, even where the list does not say so.
    services = [evidence.service] if evidence.service is not None and (evidence.confirmed or not absent) else []
    who = _with_company(tenant, evidence.leads, services)
    found = [
        *_license_problems(wanted, who, services),
        *_lead_problems(wanted.options.get("lead_id"), who, evidence.leads, evidence.leads),
        *_short_name_problems(wanted.short_name, who, services),
        *_guid_problems(
            wanted.options.get("ump_customer_guid"), who, evidence.leads if services else (), services, services
        ),
    ]
    if not found:
        return None
    hint = "correct the item: all that it gives must speak of the same customer"
    if any("under the short name" in problem for problem in found):
        hint = (
            "correct short_name or ms_tenant_id; a tenant has one Operator Connect service, which keeps its short name"
        )
    elif all("license_type" in problem for problem in found):
        hint = "correct license_type, or omit it to keep the license that is there"
    end = "; it is not deleted" if absent else ". Nothing was changed"
    return ConflictError("; ".join(found) + end, operation=_OPERATIONS[absent], hint=hint)


def refuse_several(wanted: WantedService, evidence: Evidence) -> Evidence:
    """The evidence with one service: the only one, or the one that shall be deleted by its guid.

    :raises ConflictError: the tenant has several, and nobody has said which one is meant.
    """
    if not evidence.others:
        return evidence
    services = [service for service in (evidence.service, *evidence.others) if service is not None]
    meant = wanted.options.get("ump_customer_guid") if wanted.state == ABSENT else None
    chosen = [service for service in services if meant and same_text(service.ump_customer_guid, meant)]
    if len(chosen) == 1:
        return replace(evidence, service=chosen[0], others=())
    raise several(wanted, services)


def several(wanted: WantedService, services: Sequence[Service]) -> ConflictError:
    """The error for a tenant with more than one Operator Connect service."""
    names = ", ".join(f"'{each.short_name or 'without a short name'}' ({each.ump_customer_guid})" for each in services)
    return ConflictError(
        f"Tenant {wanted.ms_tenant_id} has {len(services)} Operator Connect services, where it can have one: {names}",
        operation="GET /api/v3/customer",
        hint="find out in the portal which of them is in use; delete the other with state absent and its "
        "ump_customer_guid, then run again",
    )


class Refusals:
    """The services of a run that contradict what exists; all are found before the first write.

    What was read for it is kept by the current_state, so that it costs nothing but where something is wrong.
    """

    def __init__(
        self, journal: Journal, current_state: CurrentState, wanted: Sequence[WantedService], api: LivePlatformApi
    ) -> None:
        self._api = api
        self._journal = journal
        self._current_state = current_state
        self._wanted = wanted
        self._lock = threading.Lock()
        self._found: dict[str, LivePlatformError] | None = None

    def all(self) -> Mapping[str, LivePlatformError]:
        """Return why services are refused, by their keys.

        :raises LivePlatformError: what exists cannot be read.
        """
        with self._lock:
            if self._found is None:
                self._found = {
                    **self._without_channel(),
                    **{fold(service.ms_tenant_id): error for service in self._wanted if (error := self._look(service))},
                }
            return self._found

    def _without_channel(self) -> dict[str, LivePlatformError]:
        """The services that shall be attached to a channel which does not exist."""
        asked: dict[str, list[WantedService]] = {}
        for service in self._wanted:
            channel = service.options.get("channel_id")
            reports = service.on_difference is OnDifference.REPORT
            shown = {lead.channel for lead in self._current_state.leads_of(service.ms_tenant_id)} if channel else set()
            if channel and service.state != ABSENT and not reports and str(channel) not in shown:
                asked.setdefault(str(channel), []).append(service)
        return {
            fold(service.ms_tenant_id): LookupFailed(
                f"channel_id: the platform has no channel {channel}; it has {there}",
                operation="GET /api/ovoc/v1/topology/channels/{id}",
                hint="channel_info lists the channels; nothing was changed",
            )
            for channel, services in asked.items()
            if (there := self._channels_but(channel)) is not None
            for service in services
        }

    def _channels_but(self, channel: str) -> str | None:
        """The channels that there are, when this one is none; ``None``: it is one, or nobody can tell."""
        try:
            if self._api.get_channel(channel) is not None:
                return None
            there = self._api.list_channels()
        except ApiError:
            return None
        if any(same_text(each.id, channel) for each in there):
            return None
        return ", ".join(f"{each.id} ({each.name})" for each in there[:_MOST_CHANNELS]) or "none"

    def _look(self, wanted: WantedService) -> ConflictError | None:
        tenant = wanted.ms_tenant_id
        leads = self._current_state.leads_of(tenant)
        there = self._current_state.listed_services(tenant)
        listed = Evidence(there[0] if there else None, leads, others=tuple(there[1:]))
        of_lead = not there and any(lead.ump_customer_guid for lead in leads)
        if not of_lead and refusal(wanted, listed) is None:
            return None
        # A list may still show what was deleted, and a lead may know of what the list does not show.
        entry = self._journal.read(tenant)
        return refusal(wanted, self._current_state.evidence(tenant, entry.gone if entry is not None else None))


def _with_company(tenant: str, leads: Sequence[Lead], services: Sequence[Service]) -> str:
    name = company_of(leads) or next((service.full_name for service in services if service.full_name), None)
    return f"tenant {tenant} ({name})" if name else f"tenant {tenant}"


def _company_problems(
    company: object, tenant: str, who: str, leads: Sequence[Lead], own_services: Sequence[Service]
) -> list[str]:
    if company is None:
        return []
    own = [lead.company_name for lead in leads if same_text(lead.ms_tenant_id, tenant) and lead.company_name]
    names = own or [service.full_name for service in own_services if service.full_name]
    if any(same_text(name, str(company)) for name in names):
        return []
    others = {
        fold(lead.ms_tenant_id): lead.ms_tenant_id
        for lead in leads
        if lead.ms_tenant_id and same_text(lead.company_name, str(company))
    }
    whose = (
        f"; '{company}' is {'tenant' if len(others) == 1 else 'tenants'} {quoted(others.values())}" if others else ""
    )
    if not names and not others:
        return [f"company_name '{company}' cannot be checked: no lead names the company of {who}; omit company_name"]
    return [f"company_name '{company}' and ms_tenant_id contradict each other: ms_tenant_id is {who}{whose}"]


def _license_problems(wanted: WantedService, who: str, own: Sequence[Service]) -> list[str]:
    asked = wanted.options.get("license_type")
    if asked is None or wanted.state == ABSENT or wanted.on_difference is OnDifference.REPORT:
        return []
    problems = [
        move_problem(service.license_type, asked, wanted.allow_downgrade) for service in own if service.license_type
    ]
    return [f"the service of {who}: {problem}" for problem in problems if problem]


def _lead_problems(lead_id: object, who: str, leads: Sequence[Lead], own: Sequence[Lead]) -> list[str]:
    if lead_id is None or any(same_text(lead.id, str(lead_id)) for lead in own):
        return []
    other = next((lead for lead in leads if same_text(lead.id, str(lead_id)) and lead.ms_tenant_id), None)
    if other is not None:
        whose = _with_company(str(other.ms_tenant_id), [other], [])
        return [
            f"lead_id '{lead_id}' and ms_tenant_id contradict each other: the lead is that of {whose}, not of {who}"
        ]
    if not own:
        return []  # that there is no lead is another matter
    return [f"{who} has no lead with the id '{lead_id}'; it has {quoted(lead.id for lead in own)}"]


def _short_name_problems(short_name: object, who: str, own: Sequence[Service]) -> list[str]:
    names = [service.short_name for service in own if may_be_operator_connect(service) and service.short_name]
    if short_name is None or not names or any(same_text(name, str(short_name)) for name in names):
        return []
    return [f"{who} has its one Operator Connect service under the short name '{names[0]}', not '{short_name}'"]


def _guid_problems(
    guid: object, who: str, own_leads: Sequence[Lead], services: Sequence[Service], own: Sequence[Service]
) -> list[str]:
    if guid is None or any(same_text(service.ump_customer_guid, str(guid)) for service in own):
        return []
    for service in services:
        if same_text(service.ump_customer_guid, str(guid)) and service.ms_tenant_id and service not in own:
            return [
                f"ump_customer_guid '{guid}' and ms_tenant_id contradict each other: the guid is that of service "
                f"{service.short_name} of tenant {service.ms_tenant_id}, not of {who}"
            ]
    known = [service.ump_customer_guid for service in own if may_be_operator_connect(service)]
    known += [lead.ump_customer_guid for lead in own_leads]
    there = {fold(each): each for each in known if each}
    if not there or fold(str(guid)) in there:
        return []
    return [f"the service of {who} has the ump_customer_guid {quoted(there.values())}, not '{guid}'"]
