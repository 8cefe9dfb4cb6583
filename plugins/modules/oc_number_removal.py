#!/usr/bin/python
# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ansible module: confirm or clear the removal of numbers that Microsoft no longer has."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: oc_number_removal
short_description: Confirm or clear the removal of numbers that Microsoft no longer has
version_added: 2.0.0
description:
  - If a synchronisation no longer finds a number at Microsoft, the platform marks it for removal. This module confirms
    or clears the removal.
  - Numbers are sent in batches of 500. The platform processes the numbers one by one, so the list is read back, and
    there is a result for each number.
author:
  - AudioCodes Live Platform collection contributors (@audiocodes)
extends_documentation_fragment:
  - audiocodes.live_platform.connection
  - audiocodes.live_platform.attributes
  - audiocodes.live_platform.attributes.write
options:
  ms_tenant_id:
    description: Microsoft tenant of the customer.
    type: str
    required: true
  state:
    description:
      - V(confirmed) confirms the removal, which is final. The list is read right before each 500 numbers, so that a
        number that is no longer marked is not confirmed.
      - V(cleared) keeps the numbers.
    type: str
    choices: [confirmed, cleared]
    required: true
  numbers:
    description: The numbers, in E.164 form or as ranges such as V(+97239764660-+97239764670).
    type: list
    elements: raw
    required: true
seealso:
  - module: audiocodes.live_platform.oc_number_info
"""

EXAMPLES = r"""
- name: Find the numbers that Microsoft no longer has
  audiocodes.live_platform.oc_number_info:
    ms_tenant_id: f9f53ee0-56e1-43f6-8fe3-5fb322986657
    statuses: [MarkedForRemoval]
  register: marked

- name: Confirm their removal
  audiocodes.live_platform.oc_number_removal:
    ms_tenant_id: f9f53ee0-56e1-43f6-8fe3-5fb322986657
    state: confirmed
    numbers: "{{ marked.ranges }}"
  when: marked.ranges | length > 0

- name: Show what would be confirmed
  audiocodes.live_platform.oc_number_removal:
    ms_tenant_id: f9f53ee0-56e1-43f6-8fe3-5fb322986657
    state: confirmed
    numbers: ["+31201000000-+31201000009"]
  check_mode: true

- name: Confirm the removal of one number
  audiocodes.live_platform.oc_number_removal:
    ms_tenant_id: f9f53ee0-56e1-43f6-8fe3-5fb322986657
    state: confirmed
    numbers: ["+31201000042"]
"""

RETURN = r"""
results:
  description:
    - Each number with its RV(ignore:outcome) (V(confirmed), V(cleared), V(unchanged), V(failed), and in check mode
      V(would_be_confirmed) or V(would_be_cleared)), and the RV(ignore:reason) when it failed.
  returned: always, unless the input is wrong
  type: list
  elements: dict
  sample:
    - number: "+31201000098"
      outcome: confirmed
      reason: null
summary:
  description: How many numbers there were of each outcome.
  returned: always, unless the input is wrong
  type: dict
  sample:
    requested: 1
    confirmed: 1
    unchanged: 0
    failed: 0
failure:
  description: What went wrong, and what to do next, see RV(audiocodes.live_platform.oc_service#module:failure).
  returned: failure
  type: dict
"""

from ..module_utils._api.client import LivePlatformApi
from ..module_utils._core.number_ranges import numbers_in, read_ranges
from ..module_utils._input.number_options import range_problems, tenant_problems
from ..module_utils._module.definition import Definition
from ..module_utils._module.module import LivePlatformModule
from ..module_utils._module.sent import SentModule
from ..module_utils._resources.numbers.removal import Removal, settle_removal

OPTIONS = {
    "ms_tenant_id": {"type": "str", "required": True},
    "state": {"type": "str", "choices": [str(each) for each in Removal], "required": True},
    "numbers": {"type": "list", "elements": "raw", "required": True},
}


def problems(params):
    """Say what is wrong with the options."""
    empty = [] if params["numbers"] else ["numbers must not be empty"]
    return [*tenant_problems(params["ms_tenant_id"]), *range_problems(params["numbers"]), *empty]


def work(module, api):
    """Decide about the numbers."""
    params = module.params
    numbers = sorted(set(numbers_in(read_ranges(params["numbers"], "numbers"))))
    return settle_removal(api, params["ms_tenant_id"], numbers, Removal(params["state"]), module.check_mode)


MODULE = Definition(OPTIONS, work, LivePlatformModule.carry_out, LivePlatformApi, problems=problems)


def main():
    """Run the module."""
    SentModule(MODULE).run()


if __name__ == "__main__":
    main()
