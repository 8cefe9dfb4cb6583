#!/usr/bin/python
# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ansible module: create or delete a consentless lead."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: oc_lead
short_description: Create or delete a consentless lead, and attach a lead to a channel
version_added: 2.0.0
description:
  - Ensures that a Microsoft tenant has a lead, or that it has no consentless lead.
  - A lead from the customer's consent in the Teams admin center is sufficient too, and is never deleted.
  - A request is never sent twice. If its answer is lost, the module checks the result in the list of leads.
author:
  - AudioCodes Live Platform collection contributors (@audiocodes)
extends_documentation_fragment:
  - audiocodes.live_platform.connection
  - audiocodes.live_platform.submission
  - audiocodes.live_platform.attributes
  - audiocodes.live_platform.attributes.write
options:
  state:
    description:
      - V(present) creates a consentless lead if the tenant has no lead.
      - V(absent) deletes the consentless lead. It fails if the lead has the consent of the customer, or has a service.
    type: str
    choices: [present, absent]
    default: present
  ms_tenant_id:
    description: Microsoft tenant of the customer.
    type: str
    required: true
  company_name:
    description:
      - Name of the company. No other lead may have it. It is required to create a lead, so you can omit it only with
        O(channel_id), for an existing lead.
      - The name of a lead cannot be changed afterwards. A difference is a warning.
    type: str
  channel_id:
    description:
      - Channel to attach the lead to, see M(audiocodes.live_platform.channel_info). An empty string detaches the lead
        from its channel. By default, the channel is not changed.
      - The platform attaches Active leads only.
    type: str
  settle_timeout:
    description:
      - If a request gets no answer, the number of seconds during which this run looks for the lead before it fails.
      - No run sends the request again before this time has passed.
    type: float
    default: 60
seealso:
  - module: audiocodes.live_platform.oc_lead_info
  - module: audiocodes.live_platform.oc_service
"""

EXAMPLES = r"""
- name: Make sure that a customer has a lead, with credentials from the environment
  audiocodes.live_platform.oc_lead:
    ms_tenant_id: 0d3c54a8-9f1e-4b7d-8a66-2c5e7f901b34
    company_name: Juniper Books
  register: juniper

- name: Create a service from it
  audiocodes.live_platform.oc_service:
    ms_tenant_id: "{{ juniper.lead.ms_tenant_id }}"
    lead_id: "{{ juniper.lead.id }}"
    short_name: Juniper
    site_location:
      name: Juniper
      sbc_id: 2
      onboarding_script: 7
  when: not ansible_check_mode

- name: Attach the lead to a channel
  audiocodes.live_platform.oc_lead:
    ms_tenant_id: 0d3c54a8-9f1e-4b7d-8a66-2c5e7f901b34
    company_name: Juniper Books
    channel_id: "1574"

- name: Delete the lead of a customer that decided otherwise
  audiocodes.live_platform.oc_lead:
    ms_tenant_id: 0d3c54a8-9f1e-4b7d-8a66-2c5e7f901b34
    state: absent

- name: Show what would be created
  audiocodes.live_platform.oc_lead:
    ms_tenant_id: 0d3c54a8-9f1e-4b7d-8a66-2c5e7f901b34
    company_name: Juniper Books
  check_mode: true
  diff: true
"""

RETURN = r"""
outcome:
  description:
    - V(created), V(updated), V(deleted), V(unchanged), V(adopted) or V(failed); V(would_create), V(would_update) and
      V(would_delete) in check mode.
    - V(adopted) means that an answer was lost, and the lead was found.
  returned: always, unless the input is wrong
  type: str
  sample: created
lead:
  description: The lead, null when there is none. What its members mean, see M(audiocodes.live_platform.oc_lead_info).
  returned: always, unless the input is wrong
  type: dict
  sample:
    id: 6f2c8f0e-8c53-4d8c-9d2c-3f0a2f9f7d11
    ms_tenant_id: 0d3c54a8-9f1e-4b7d-8a66-2c5e7f901b34
    company_name: Juniper Books
    status: Active
    active: true
    is_direct_lead: true
    ump_customer_guid: null
    channel: "1574"
request:
  description: Body of the request that was or would be sent, or that need not be sent; null for a deletion.
  returned: always, unless the input is wrong
  type: dict
differences:
  description:
    - How an existing lead differed, each with RV(ignore:option), RV(ignore:wanted), RV(ignore:existing) and
      RV(ignore:action), see RV(audiocodes.live_platform.oc_service#module:differences).
  returned: always, unless the input is wrong
  type: list
  elements: dict
failure:
  description: What went wrong, and what to do next, see RV(audiocodes.live_platform.oc_service#module:failure).
  returned: failure
  type: dict
"""

from functools import partial

from ..module_utils._api.client import LivePlatformApi
from ..module_utils._api.field import public_and_secret
from ..module_utils._api.fields import LEAD_FIELDS
from ..module_utils._module.definition import Definition
from ..module_utils._module.field_options import fields_spec
from ..module_utils._module.sent import SentModule
from ..module_utils._module.submitting_module import SUBMISSION_SPEC, SubmittingModule
from ..module_utils._reconcile.resource import ABSENT, PRESENT
from ..module_utils._reconcile.run import run_all
from ..module_utils._reconcile.wanted_object import WantedObject, object_result
from ..module_utils._resources.oc_lead import OcLead

OPTIONS = {
    "state": {"type": "str", "choices": [PRESENT, ABSENT], "default": PRESENT},
    **fields_spec(LEAD_FIELDS),
    **SUBMISSION_SPEC,
    "settle_timeout": {"type": "float", "default": 60.0},
}


def problems(params):
    """Say what is wrong with the options."""
    found = WantedObject(params, LEAD_FIELDS, params["state"]).problems()
    if params["state"] == PRESENT and not params["company_name"] and params["channel_id"] is None:
        found.append("company_name is required to create a lead")
    return found


def work(module, api):
    """Bring the lead to its wanted state."""
    resource = OcLead(api)
    wanted = WantedObject(module.params, LEAD_FIELDS, module.params["state"])
    (result,) = run_all(module.tools(api, kind=resource.kind), resource, [wanted]).outcomes
    return object_result(result, resource, module.report)


MODULE = Definition(
    OPTIONS,
    work,
    SubmittingModule.carry_out,
    LivePlatformApi,
    problems=problems,
    public_and_secret=partial(public_and_secret, fields=LEAD_FIELDS),
)


def main():
    """Run the module."""
    SentModule(MODULE).run()


if __name__ == "__main__":
    main()
