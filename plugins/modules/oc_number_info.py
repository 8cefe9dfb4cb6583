#!/usr/bin/python
# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ansible module: look up the telephone numbers of a tenant."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: oc_number_info
short_description: Look up the telephone numbers of a tenant
version_added: 2.0.0
description:
  - Returns the telephone numbers of a tenant that match all given options, as records, as ranges, and as counts.
author:
  - AudioCodes Live Platform collection contributors (@audiocodes)
extends_documentation_fragment:
  - audiocodes.live_platform.connection
  - audiocodes.live_platform.attributes
  - audiocodes.live_platform.attributes.info
options:
  ms_tenant_id:
    description: Microsoft tenant of the customer.
    type: str
    required: true
  numbers:
    description: Only these numbers, as numbers in E.164 form or ranges such as V(+97239764660-+97239764670).
    type: list
    elements: raw
  statuses:
    description:
      - Only numbers with one of these statuses, such as V(Active), V(ReleaseRequested), V(MarkedForRemoval) or
        V(ReadyForRemoval). Letter case and spaces are ignored.
    type: list
    elements: str
  assignments:
    description: Only numbers with one of these assignments, such as V(Unassigned), V(UserAssigned) or V(VoiceApp).
    type: list
    elements: str
  sources:
    description: Only numbers from one of these sources, V(webapi), V(webui) or V(ocsync).
    type: list
    elements: str
  required:
    description:
      - Whether it is an error if no number matches.
    type: bool
    default: false
seealso:
  - module: audiocodes.live_platform.oc_numbers
"""

EXAMPLES = r"""
- name: Find the numbers that nobody uses
  audiocodes.live_platform.oc_number_info:
    ms_tenant_id: f9f53ee0-56e1-43f6-8fe3-5fb322986657
    assignments: [Unassigned]
  register: unused

- name: Show them as ranges
  ansible.builtin.debug:
    var: unused.ranges
"""

RETURN = r"""
numbers:
  description: The numbers, in order.
  returned: success
  type: list
  elements: dict
  contains:
    number:
      description: The number in E.164 form.
      type: str
      returned: always
    status:
      description: Status as the platform writes it.
      type: str
      returned: always
    assignment:
      description: Assignment as the platform writes it.
      type: str
      returned: always
    source:
      description: Where the number came from, null or V(ocsync) for a synchronisation.
      type: str
      returned: always
    calling_profile_id:
      description: Its calling profile.
      type: str
      returned: always
    capabilities:
      description: What it may be used for.
      type: list
      elements: str
      returned: always
    country:
      description: Its country, as a code of two letters.
      type: str
      returned: always
    sip_connection:
      description: Name of its SIP connection.
      type: str
      returned: always
    ump_customer_guid:
      description: Guid of its service.
      type: str
      returned: always
  sample:
    - number: "+31201000000"
      status: Active
      assignment: Unassigned
      source: webapi
      calling_profile_id: cp-benelux
ranges:
  description: The same numbers as ranges.
  returned: success
  type: list
  elements: str
  sample: ["+31201000000-+31201000099"]
counts:
  description: How many there are in all, and by status, assignment, calling profile and country.
  returned: success
  type: dict
  sample:
    total: 100
    status:
      Active: 100
    assignment:
      Unassigned: 100
    profile:
      cp-benelux: 100
    country:
      NL: 100
failure:
  description: What went wrong, and what to do next, see RV(audiocodes.live_platform.oc_service#module:failure).
  returned: failure
  type: dict
"""

from ..module_utils._api.numbers import NumberRequests, Source, find_numbers, required_numbers
from ..module_utils._core.text import squeeze
from ..module_utils._input.number_options import range_problems, tenant_problems, unknown_words
from ..module_utils._module.arguments import REQUIRED_SPEC
from ..module_utils._module.definition import Definition
from ..module_utils._module.module import LivePlatformModule
from ..module_utils._module.sent import SentModule
from ..module_utils._report.number_info import number_info

OPTIONS = {
    "ms_tenant_id": {"type": "str", "required": True},
    "numbers": {"type": "list", "elements": "raw"},
    "statuses": {"type": "list", "elements": "str"},
    "assignments": {"type": "list", "elements": "str"},
    "sources": {"type": "list", "elements": "str"},
    **REQUIRED_SPEC,
}

FILTERS = ["numbers", "statuses", "assignments", "sources"]


def problems(params):
    """Say what is wrong with the options."""
    found = tenant_problems(params["ms_tenant_id"])
    found += unknown_words("sources", map(squeeze, params["sources"] or []), [str(each) for each in Source])
    return [*found, *range_problems(params["numbers"] or [])]


def work(module, api):
    """Return the numbers that fit."""
    tenant, filters = module.params["ms_tenant_id"], {name: module.params[name] for name in FILTERS}
    found = find_numbers(api, tenant, **filters)
    if module.params["required"] and not found:
        raise required_numbers(tenant, filters)
    return number_info(found)


MODULE = Definition(OPTIONS, work, LivePlatformModule.carry_out, NumberRequests, problems=problems)


def main():
    """Run the module."""
    SentModule(MODULE).run()


if __name__ == "__main__":
    main()
