# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Filter: from customers to leads."""

from __future__ import annotations

DOCUMENTATION = r"""
name: resolve_leads
author:
  - AudioCodes Live Platform collection contributors (@audiocodes)
version_added: 2.0.0
short_description: Find the lead of every service in a list
description:
  - Puts C(ms_tenant_id) and C(lead_id) into every service of the list, and collects all problems of all services.
  - A service names its customer by C(ms_tenant_id), or by C(company_name) when that is unambiguous.
  - What is given twice must agree. An item with the C(ms_tenant_id) of one customer and the C(company_name) or
    C(lead_id) of another is a problem, and so is another short name than the one that the tenant's service has.
  - Of two leads of a tenant, the Active one is taken. A tenant that has its service already needs no Active lead.
  - The role C(audiocodes.live_platform.lead_lookup) is built on it.
positional: leads, existing, defaults
options:
  _input:
    description: Services, as in C(live_platform_services).
    type: list
    elements: dict
    required: true
  leads:
    description:
      - Leads, as M(audiocodes.live_platform.oc_lead_info) returns them.
      - With V(none), leads are not looked at, since the module that creates the service finds and checks its lead too.
    type: list
    elements: dict
    required: true
  existing:
    description:
      - Services, as M(audiocodes.live_platform.oc_service_info) returns them. Their tenants need no Active lead, and
        what the list says of them must agree with it.
    type: list
    elements: dict
    default: []
  defaults:
    description: What every service has that does not say otherwise. Mappings are put together.
    type: dict
  place:
    description:
      - What a problem calls the service when the list has one item that no user has written, such as the name of a
        host. Without it, the place in C(live_platform_services).
    type: str
    version_added: 2.0.0
"""

EXAMPLES = r"""
- name: Read all leads
  audiocodes.live_platform.oc_lead_info:
  register: leads

- name: Stop when a service has no usable lead
  ansible.builtin.assert:
    that: (live_platform_services | audiocodes.live_platform.resolve_leads(leads.leads)).problems | length == 0
"""

RETURN = r"""
_value:
  description: A dictionary with C(services), C(problems), C(warnings), and C(leads), the leads of these services.
  type: dict
"""

from ..plugin_utils._filters import offered


def resolve_leads(services, leads, existing=(), defaults=None, place=None):
    """Resolve the leads of services."""
    from ..module_utils._api.leads import Lead
    from ..module_utils._api.services import Service
    from ..module_utils._core.text import fold
    from ..module_utils._resources.names.resolve_leads import resolve_leads as resolve_names

    known = [Service.from_dict(service) for service in existing]
    looked_up = None if leads is None else [Lead.from_dict(lead) for lead in leads]
    found = resolve_names(services, looked_up, known, defaults)
    tenants = {fold(str(service.get("ms_tenant_id"))) for service in found.services}
    own = [lead for lead in leads or () if fold(str(lead.get("ms_tenant_id"))) in tenants]
    return {**found.placed(place).to_dict(), "leads": own}


class FilterModule:
    """The filter of this file."""

    def filters(self):
        """Name and function."""
        return {"resolve_leads": offered(resolve_leads)}
