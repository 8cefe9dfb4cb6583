# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The platform's memory, with the few indexes that keep each request cheap."""

import itertools
from collections import defaultdict

from simulator.number_index import Numbers
from simulator.records import CallingProfile, Channel, Lead, Sbc, Service, SiteLocation, Template
from simulator.tasks import Task


class Store:
    """Everything that a request can read or change. Only used from the event loop, so it needs no lock."""

    def __init__(self) -> None:
        self.leads: dict[str, Lead] = {}
        self.leads_by_tenant: dict[str, list[Lead]] = defaultdict(list)
        self.services: dict[str, Service] = {}
        self.services_by_tenant: dict[str, list[Service]] = defaultdict(list)
        self.listed: dict[str, Service] = {}
        """What the service list shows; lags behind ``services`` when asked to."""
        self.site_locations: dict[str, tuple[Service, SiteLocation]] = {}
        self.creating: dict[str, int] = defaultdict(int)
        """How many creations are running, by tenant."""
        self.tasks: dict[str, Task] = {}
        self.sbcs: dict[int, Sbc] = {}
        self.templates: dict[int, Template] = {}
        self.profiles: dict[str, CallingProfile] = {}
        self.channels: dict[int, Channel] = {}
        self.numbers = Numbers()
        self.ids = itertools.count(4100)
        self.task_numbers = itertools.count(185510)

    def add_lead(self, lead: Lead) -> None:
        """Add a lead, or replace the one with its id."""
        self.drop_lead(lead.id)
        lead.tenant_id = lead.tenant_id.lower()
        self.leads[lead.id] = lead
        self.leads_by_tenant[lead.tenant_id].append(lead)

    def drop_lead(self, lead_id: str) -> None:
        """Remove a lead, if it is there."""
        lead = self.leads.pop(lead_id, None)
        if lead is not None:
            self.leads_by_tenant[lead.tenant_id].remove(lead)

    def add_service(self, service: Service, listed: bool = True) -> None:
        """Add a service, or replace the one with its guid."""
        self.drop_service(service.ump_customer_guid)
        guid = service.ump_customer_guid
        self.services[guid] = service
        if service.ms_tenant_id:
            service.ms_tenant_id = service.ms_tenant_id.lower()
            self.services_by_tenant[service.ms_tenant_id].append(service)
        if service.ovoc_id is None:
            service.ovoc_id = next(self.ids)
        if service.lc_customer_id is None:
            service.lc_customer_id = next(self.ids)
        for site in service.site_location:
            self.site_locations[str(site.id)] = (service, site)
        if listed:
            self.listed[guid] = service

    def drop_service(self, guid: str, listed: bool = True) -> Service | None:
        """Remove a service, if it is there, from the list too unless that is to lag."""
        if listed:
            self.listed.pop(guid, None)
        service = self.services.pop(guid, None)
        if service is None:
            return None
        if service.ms_tenant_id:
            self.services_by_tenant[service.ms_tenant_id].remove(service)
        for site in service.site_location:
            self.site_locations.pop(str(site.id), None)
        return service

    def operator_connect_service(self, tenant_id: str) -> Service | None:
        """The tenant's OC service, as it is in truth, whatever the lists show."""
        return next((each for each in self.services_by_tenant.get(tenant_id, ()) if each.is_operator_connect), None)

    def lead_for(self, tenant_id: str | None, lead_id: str | None) -> Lead | None:
        """The lead that a creation means: by its id, otherwise the tenant's active one, otherwise any of the tenant."""
        if lead_id:
            lead = self.leads.get(lead_id)
            return lead if lead and tenant_id in (None, lead.tenant_id) else None
        candidates = [each for each in self.leads_by_tenant.get(tenant_id or "", ()) if not each.online_only]
        return next((each for each in candidates if each.status == "Active"), candidates[0] if candidates else None)

    def sbc_by_trunk(self, fqdn: str) -> Sbc | None:
        """The first SBC that serves a trunk."""
        for profile in self.profiles.values():
            for trunk in profile.trunks:
                if trunk.fqdn == fqdn and trunk.sbc_ids:
                    return self.sbcs.get(trunk.sbc_ids[0])
        return None
