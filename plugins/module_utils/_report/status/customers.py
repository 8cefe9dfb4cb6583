# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One record for each customer that is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..._api.leads import Lead
from ..._api.services import Service
from ..._core.errors import LookupFailed
from ..._core.text import fold
from ..._input.known import Known
from ..._input.resolve_leads import tenant_of
from ..._resources.oc_service.display_names import DisplayNames
from .record import CustomerState, Record, customer_record

NAMING_KEYS = ("ms_tenant_id", "company_name", "short_name", "lead_id", "ump_customer_guid")
"""What an item says of its customer; other keys are not read."""


def status_of(
    services: Sequence[Service],
    leads: Sequence[Lead],
    wanted: Sequence[Record] | None = None,
    names: DisplayNames | None = None,
) -> list[dict[str, Any]]:
    """Return what there is of service, SIP connections and lead, customer by customer.

    :param services: with their SIP connections.
    :param leads: of all customers.
    :param wanted: only these customers, by ``ms_tenant_id`` or ``company_name``, one record for each, in their order;
        what else an item says of its customer must agree. Without it, everybody with an Operator Connect service.
    :param names: of SBCs.
    """
    by_tenant: dict[str, Service] = {}
    for service in services:
        if service.ms_tenant_id and service.is_operator_connect:
            by_tenant.setdefault(fold(service.ms_tenant_id), service)
    known = Known(leads, services)
    if wanted is None:
        return [customer_record(service, known.leads_of(tenant), None, names) for tenant, service in by_tenant.items()]
    return [_record_of(item, by_tenant, known, names) for item in wanted]


def _record_of(item: Record, by_tenant: dict[str, Service], known: Known, names: DisplayNames | None) -> dict[str, Any]:
    try:
        tenant = _tenant_of(item, known)
    except LookupFailed as error:
        return {**customer_record(None, (), item), "state": CustomerState.UNKNOWN.value, "problem": error.message}
    service = by_tenant.get(fold(tenant))
    record = customer_record(service, known.leads_of(tenant), {**item, "ms_tenant_id": tenant}, names)
    wrong = known.contradictions(item, tenant)
    if wrong:
        record.update(state=CustomerState.CONTRADICTORY.value, problem="; ".join(wrong))
    return record


def _tenant_of(item: Record, known: Known) -> str:
    """The tenant of a customer.

    :raises LookupFailed: the item names none, or its company has none or several.
    """
    tenant, company = item.get("ms_tenant_id"), item.get("company_name")
    if tenant is not None:
        return str(tenant)
    if company is None:
        raise LookupFailed("the item names no customer: give ms_tenant_id or company_name")
    return tenant_of(str(company), known)
