# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the playbooks tell in the end: which services are there, in which state, and what is not as it should be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...module_utils._api.leads import Lead
from ...module_utils._api.licenses import OPERATOR_CONNECT
from ...module_utils._api.services import Service
from ...module_utils._core.errors import LookupFailed
from ...module_utils._core.text import fold
from ...module_utils._resources.names.known import Known
from ...module_utils._resources.names.resolve_leads import tenant_of
from ...module_utils._resources.oc_service import deployment
from ...module_utils._resources.oc_service.display_names import SBCS, DisplayNames

Record = Mapping[str, Any]

CONTRADICTORY = "contradictory"
"""The state of a customer whose item names two."""


def deployment_problems(
    results: Sequence[Record], services: Sequence[Record] = (), sbcs: Sequence[Record] = ()
) -> list[str]:
    """Which SIP connections of onboarded services are not deployed, or not on the SBC that was asked for.

    :param sbcs: as ``sbc_info`` returned them, for their names.
    """
    return deployment.deployment_problems(results, services, _names_of(sbcs))


def _names_of(sbcs: Sequence[Record]) -> DisplayNames:
    return DisplayNames.from_options({SBCS: {sbc["sbc_id"]: sbc.get("name") for sbc in sbcs}})


def status_of(
    services: Sequence[Record],
    leads: Sequence[Record],
    wanted: Sequence[Record] | None = None,
    sbcs: Sequence[Record] = (),
) -> list[dict[str, Any]]:
    """One record per customer: what there is of service, SIP connections and lead.

    :param services: of ``oc_service_info`` with details.
    :param leads: of ``oc_lead_info``.
    :param wanted: only these customers, by ``ms_tenant_id`` or ``company_name``, one record for each; without,
        everybody who has an Operator Connect service.
    :param sbcs: of ``sbc_info``, for their names.
    """
    names = _names_of(sbcs)
    services = [names.service(service) for service in services] if sbcs else services
    by_tenant: dict[str, Record] = {}
    for service in services:
        if service.get("ms_tenant_id") and service.get("license_type") in OPERATOR_CONNECT:
            by_tenant.setdefault(fold(service["ms_tenant_id"]), service)
    leads_of: dict[str, list[Record]] = {}
    for lead in leads:
        if lead.get("ms_tenant_id"):
            leads_of.setdefault(fold(lead["ms_tenant_id"]), []).append(lead)
    if wanted is None:
        return [_status(service, leads_of.get(key, []), {}) for key, service in by_tenant.items()]
    known = Known([Lead.from_dict(lead) for lead in leads], [Service.from_dict(service) for service in services])
    records = []
    for item in wanted:
        tenant = item.get("ms_tenant_id")
        try:
            if tenant is None:
                tenant = tenant_of(str(item.get("company_name")), known)
        except LookupFailed as error:
            records.append({**_status(None, [], item), "state": "unknown", "problem": error.message})
            continue
        key = fold(str(tenant))
        record = _status(by_tenant.get(key), leads_of.get(key, []), {**item, "ms_tenant_id": tenant})
        wrong = known.contradictions(item, str(tenant))
        records.append({**record, "state": CONTRADICTORY, "problem": "; ".join(wrong)} if wrong else record)
    return records


def status_lines(records: Sequence[Record]) -> list[str]:
    """One line per customer, for people."""
    return [
        f"{record['short_name'] or record['ms_tenant_id'] or '-':<15} {record['state']:<12} "
        f"{record['license_type'] or '-':<18} lead {record['lead_status'] or '-':<10} "
        + (
            record["problem"]
            or ", ".join(_site_words(site) for site in record["site_locations"])
            or "no SIP connection"
        )
        for record in records
    ]


def _status(service: Record | None, leads: Sequence[Record], asked: Record) -> dict[str, Any]:
    sites = list((service or {}).get("site_locations") or [])
    lead: Record = min(leads, key=lambda item: not item.get("active"), default={})
    if service is None:
        # A lead may know of a service that the list does not show yet.
        state = "not_listed" if any(item.get("ump_customer_guid") for item in leads) else "no_service"
    elif sites and all(site.get("deployed") for site in sites):
        state = "deployed"
    else:
        state = "not_deployed"
    source = service or {}
    return {
        "ms_tenant_id": source.get("ms_tenant_id") or asked.get("ms_tenant_id") or lead.get("ms_tenant_id"),
        "short_name": source.get("short_name") or asked.get("short_name"),
        "full_name": source.get("full_name") or lead.get("company_name"),
        "state": state,
        "license_type": source.get("license_type"),
        "licensed_users": source.get("licensed_users"),
        "ump_customer_guid": source.get("ump_customer_guid") or lead.get("ump_customer_guid"),
        "lead_id": lead.get("id"),
        "lead_status": lead.get("status"),
        "site_locations": sites,
        "problem": None,
    }


def _site_words(site: Record) -> str:
    state = "deployed" if site.get("deployed") else f"'{site.get('deployment_state') or 'not known'}'"
    number, name = site.get("sbc_id"), site.get("sbc_name")
    return f"SIP connection {site.get('name')} {state} on SBC {_sbc_words(number, name)}"


def _sbc_words(number: Any, name: Any) -> str:
    return f"{name} (id {number})" if name else str(number)
