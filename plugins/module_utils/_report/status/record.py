# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What there is of one customer, as one record: service, SIP connections and lead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..._api.leads import Lead
from ..._api.services import Service
from ..._core.text import StringEnum
from ..._resources.oc_service.display_names import DisplayNames

Record = Mapping[str, Any]


class CustomerState(StringEnum):
    """List the states of a customer, in one word each."""

    DEPLOYED = "deployed"
    NOT_DEPLOYED = "not_deployed"
    NO_SERVICE = "no_service"
    NOT_LISTED = "not_listed"
    """The lead knows of a service that the list of services does not show."""
    UNKNOWN = "unknown"
    """There is no customer of this name, or more than one."""
    CONTRADICTORY = "contradictory"
    """The item names two customers."""


def customer_record(
    service: Service | None,
    leads: Sequence[Lead] = (),
    asked: Record | None = None,
    names: DisplayNames | None = None,
) -> dict[str, Any]:
    """The record of one customer.

    :param service: its Operator Connect service; ``None``: it has none, or the list does not show it.
    :param leads: of its tenant. An active one goes before others.
    :param asked: the item that names the customer.
    :param names: of SBCs.
    """
    lead = min(leads, key=lambda each: not each.active, default=None)
    item = asked or {}
    found = service or Service(None)
    shown = (names or DisplayNames()).service(found.to_dict())
    return {
        "ms_tenant_id": found.ms_tenant_id or item.get("ms_tenant_id") or (lead.ms_tenant_id if lead else None),
        "short_name": found.short_name or item.get("short_name"),
        "full_name": found.full_name or (lead.company_name if lead else None),
        "state": _state(service, leads).value,
        "license_type": found.license_type,
        "licensed_users": found.licensed_users,
        "ump_customer_guid": found.ump_customer_guid or (lead.ump_customer_guid if lead else None),
        "lead_id": lead.id if lead else None,
        "lead_status": lead.status if lead else None,
        "site_locations": shown["site_locations"],
        "problem": None,
    }


def is_deployed(service: Service) -> bool:
    """Return whether the service has SIP connections, and all of them are deployed."""
    return bool(service.site_locations) and all(site.deployed for site in service.site_locations)


def _state(service: Service | None, leads: Sequence[Lead]) -> CustomerState:
    if service is None:
        listed_by_lead = any(lead.ump_customer_guid for lead in leads)
        return CustomerState.NOT_LISTED if listed_by_lead else CustomerState.NO_SERVICE
    return CustomerState.DEPLOYED if is_deployed(service) else CustomerState.NOT_DEPLOYED
