# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Filter: from customers to the services to delete."""

from __future__ import annotations

DOCUMENTATION = r"""
name: resolve_removals
author:
  - AudioCodes Live Platform collection contributors (@audiocodes)
version_added: 2.0.0
short_description: Find what to delete for every service in a list
description:
  - Gives for every service of the list the options with which M(audiocodes.live_platform.oc_services) deletes it,
    tenant and short name, and collects all problems of all services.
  - The playbook C(audiocodes.live_platform.offboard_services) is built on it.
positional: leads, existing
options:
  _input:
    description: Services, as in C(live_platform_services). What is not needed is left out.
    type: list
    elements: dict
    required: true
  leads:
    description:
      - Leads, as M(audiocodes.live_platform.oc_lead_info) returns them, for services with a C(company_name) or
        C(lead_id).
      - Without them, names that are given besides C(ms_tenant_id) are not compared with it.
    type: list
    elements: dict
  existing:
    description:
      - Services, as M(audiocodes.live_platform.oc_service_info) returns them. A service with another short name or guid
        than the list says is a problem.
    type: list
    elements: dict
    default: []
    version_added: 2.0.0
"""

EXAMPLES = r"""
- name: Delete the services of a list
  audiocodes.live_platform.oc_services:
    services: "{{ (live_platform_services | audiocodes.live_platform.resolve_removals).services }}"
"""

RETURN = r"""
_value:
  description: A dictionary with C(services), C(problems) and C(warnings).
  type: dict
"""

from ..plugin_utils._filters import offered


def resolve_removals(services, leads=None, existing=()):
    """Resolve the services to delete."""
    from ..module_utils._api.leads import Lead
    from ..module_utils._api.services import Service
    from ..module_utils._resources.names.resolve_leads import resolve_removals as resolve_names

    looked_up = None if leads is None else [Lead.from_dict(lead) for lead in leads]
    return resolve_names(services, looked_up, [Service.from_dict(service) for service in existing]).to_dict()


class FilterModule:
    """The filter of this file."""

    def filters(self):
        """Name and function."""
        return {"resolve_removals": offered(resolve_removals)}
