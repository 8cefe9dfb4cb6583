# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Filter: the status of customers."""

from __future__ import annotations

DOCUMENTATION = r"""
name: service_status
author:
  - AudioCodes Live Platform collection contributors (@audiocodes)
version_added: 1.0.0
short_description: Put services, SIP connections and leads together per customer
description:
  - Gives one record per customer with C(state), one of C(deployed), C(not_deployed), C(no_service), C(not_listed)
    (only the lead knows of a service) and C(unknown) (no customer of that name), and what is known of service, SIP
    connections and lead.
positional: leads, wanted, sbcs
options:
  _input:
    description: Services, as M(audiocodes.live_platform.oc_service_info) returns them with details.
    type: list
    elements: dict
    required: true
  leads:
    description: Leads, as M(audiocodes.live_platform.oc_lead_info) returns them.
    type: list
    elements: dict
    default: []
  wanted:
    description:
      - Only these customers, by C(ms_tenant_id) or C(company_name), one record for each, whether they have a service or
        not.
      - Without it, all customers with an Operator Connect service.
    type: list
    elements: dict
  sbcs:
    description: SBCs, as M(audiocodes.live_platform.sbc_info) returns them, for their names.
    type: list
    elements: dict
    default: []
    version_added: 2.0.0
"""

EXAMPLES = r"""
- name: Say which customers wait for their SIP connection
  ansible.builtin.debug:
    msg: >-
      {{ services.services | audiocodes.live_platform.service_status(leads.leads)
         | selectattr('state', 'equalto', 'not_deployed') | map(attribute='short_name') }}
"""

RETURN = r"""
_value:
  description: One record per customer.
  type: list
  elements: dict
"""

from ..plugin_utils._filters import offered


def service_status(services, leads=(), wanted=None, sbcs=()):
    """Status per customer."""
    from ..plugin_utils._report.overview import status_of

    return status_of(services, leads, wanted, sbcs)


class FilterModule:
    """The filter of this file."""

    def filters(self):
        """Name and function."""
        return {"service_status": offered(service_status, for_people=True)}
