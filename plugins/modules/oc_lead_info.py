#!/usr/bin/python
# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ansible module: look up Operator Connect leads."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: oc_lead_info
short_description: Look up Operator Connect leads
version_added: 1.0.0
description:
  - Returns the leads of the platform that match all given options; without any option, all leads.
  - A tenant may have two leads, a consentless and a consented one. A service needs one whose status is C(Active).
author:
  - AudioCodes Live Platform collection contributors (@audiocodes)
extends_documentation_fragment:
  - audiocodes.live_platform.connection
  - audiocodes.live_platform.attributes
  - audiocodes.live_platform.attributes.info
options:
  ms_tenant_id:
    description: Only leads of this Microsoft tenant. The platform returns only these leads, so this is fast.
    type: str
  lead_id:
    description: Only the lead with this id.
    type: str
  company_name:
    description: Only leads of the company with this name, ignoring case.
    type: str
  status:
    description: Only leads with this status, ignoring case, for example V(Active).
    type: str
  without_service:
    description: Only leads from which no service has been created yet. The platform may show a new service late.
    type: bool
    default: false
  check_online:
    description: Whether the platform asks Microsoft for leads that it has not stored.
    type: bool
  required:
    description:
      - Whether it is an error if no lead matches. The error lists similar ones.
    type: bool
    default: false
    version_added: 2.0.0
seealso:
  - module: audiocodes.live_platform.oc_service
"""

EXAMPLES = r"""
- name: Find the lead of a tenant
  audiocodes.live_platform.oc_lead_info:
    ms_tenant_id: f9f53ee0-56e1-43f6-8fe3-5fb322986657
  register: lead

- name: List all active leads that have no service yet
  audiocodes.live_platform.oc_lead_info:
    status: Active
    without_service: true
  register: candidates
"""

RETURN = r"""
leads:
  description: The leads.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: Id of the lead, as O(audiocodes.live_platform.oc_service#module:lead_id) takes it.
      type: str
      returned: always
    ms_tenant_id:
      description: Microsoft tenant of the lead.
      type: str
      returned: always
    status:
      description: Status as the platform writes it.
      type: str
      returned: always
    active:
      description: Whether a service can be created from it.
      type: bool
      returned: always
    company_name:
      description: Name of the company.
      type: str
      returned: always
    ump_customer_guid:
      description: Guid of the service that was created from it, null when there is none, or not yet known.
      type: str
      returned: always
    is_direct_lead:
      description: Whether the lead is consentless.
      type: bool
      returned: always
    channel_id:
      description: Channel of the lead.
      type: str
      returned: always
    consented_on:
      description: When the customer gave the consent.
      type: str
      returned: always
    contact_details:
      description: Contact of the customer.
      type: dict
      returned: always
  sample:
    - id: 6f2c8f0e-8c53-4d8c-9d2c-3f0a2f9f7d11
      ms_tenant_id: f9f53ee0-56e1-43f6-8fe3-5fb322986657
      status: Active
      active: true
      company_name: Brad Telecom
      ump_customer_guid: null
failure:
  description: What went wrong, and what to do next, see RV(audiocodes.live_platform.oc_service#module:failure).
  returned: failure
  type: dict
"""

from ..module_utils._api.leads import LeadRequests, find_leads, required_leads
from ..module_utils._module.arguments import REQUIRED_SPEC
from ..module_utils._module.definition import Definition
from ..module_utils._module.module import LivePlatformModule
from ..module_utils._module.sent import SentModule

OPTIONS = {
    "ms_tenant_id": {"type": "str"},
    "lead_id": {"type": "str"},
    "company_name": {"type": "str"},
    "status": {"type": "str"},
    "without_service": {"type": "bool", "default": False},
    "check_online": {"type": "bool"},
}

FILTERS = list(OPTIONS)
OPTIONS.update(REQUIRED_SPEC)


def work(module, api):
    """Return the leads that fit."""
    leads = find_leads(api, **{name: module.params[name] for name in FILTERS})
    if module.params["required"] and not leads:
        raise required_leads(api, module.params)
    return {"leads": [lead.to_dict() for lead in leads]}


MODULE = Definition(OPTIONS, work, LivePlatformModule.carry_out, LeadRequests)


def main():
    """Run the module."""
    SentModule(MODULE).run()


if __name__ == "__main__":
    main()
