# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Leads and services that were looked up once, found by tenant, name and id without a search through all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from .._api.leads import Lead
from .._api.services import Service
from .._core.text import fold
from .._resources.oc_service.agreement import contradictions

Found = TypeVar("Found", Lead, Service)


class _Index(Generic[Found]):
    """Records by several of their members.

    :param members: names of the members.
    """

    def __init__(self, records: Sequence[Found], members: Sequence[str]) -> None:
        self._records: Sequence[Found] = records
        self._places: dict[tuple[str, str], list[int]] = {}
        for place, record in enumerate(records):
            for member in members:
                value = getattr(record, member)
                if value:
                    self._places.setdefault((member, fold(value)), []).append(place)

    def find(self, **wanted: object) -> list[Found]:
        """The records of which any member has the wanted value, in their order; ``None`` is not looked for."""
        places = {
            place
            for member, value in wanted.items()
            if value is not None
            for place in self._places.get((member, fold(str(value))), ())
        }
        return [self._records[place] for place in sorted(places)]


class Known:
    """Hold what was looked up.

    :param leads: of all customers.
    :param services: of any licence.
    """

    def __init__(self, leads: Iterable[Lead], services: Iterable[Service] = ()) -> None:
        self.leads = list(leads)
        self._leads = _Index(self.leads, ("ms_tenant_id", "company_name", "id"))
        self._services = _Index(list(services), ("ms_tenant_id", "ump_customer_guid"))

    def leads_of(self, tenant: str) -> list[Lead]:
        """The leads of a tenant."""
        return self._leads.find(ms_tenant_id=tenant)

    def leads_named(self, company: str) -> list[Lead]:
        """The leads with a company name."""
        return self._leads.find(company_name=company)

    def contradictions(self, item: Mapping[str, Any], tenant: str) -> list[str]:
        """Return what of an item speaks of another customer than its tenant: only those that it names can tell."""
        leads = self._leads.find(ms_tenant_id=tenant, company_name=item.get("company_name"), id=item.get("lead_id"))
        services = self._services.find(ms_tenant_id=tenant, ump_customer_guid=item.get("ump_customer_guid"))
        return contradictions(item, tenant, leads, services)
