#!/usr/bin/python
# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ansible module: look up what there is of customers."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: oc_status_info
short_description: Look up the status of customers, with services, SIP connections and leads
version_added: 2.0.0
description:
  - Returns one record and one line per customer, at once or, with O(wait_for), after waiting.
  - The module does not fail if the service of a customer does not exist or is not deployed. RV(problems) lists such
    customers.
  - It fails if required data cannot be read, or if it is interrupted.
author:
  - AudioCodes Live Platform collection contributors (@audiocodes)
extends_documentation_fragment:
  - audiocodes.live_platform.connection
  - audiocodes.live_platform.progress
  - audiocodes.live_platform.attributes
  - audiocodes.live_platform.attributes.info
options:
  customers:
    description:
      - Only these customers, one record for each, in this order. Each has C(ms_tenant_id) or C(company_name).
      - An item may have the other keys of C(live_platform_services) too. Of these, C(company_name), C(short_name),
        C(lead_id) and C(ump_customer_guid) must agree with what exists. The others are not read.
      - Without this option and without O(outcomes), all customers that have an Operator Connect service.
    type: list
    elements: dict
  outcomes:
    description:
      - The C(live_platform_outcomes) that C(onboard_services) has passed. The customers are those of the outcomes, and
        RV(advice) says what to do about each.
      - Each has C(ms_tenant_id), C(short_name), C(outcome), C(task_id) and C(message).
    type: list
    elements: dict
  wait_for:
    description:
      - With V(none), everything is returned as it is now.
      - With V(tasks), which needs O(outcomes), the module waits for the end of their tasks. If the platform no longer
        knows a task but the service exists, the module does not wait for this task.
      - With V(deployed), the services are read again until all SIP connections of every customer are deployed, or
        O(wait_timeout) has passed. With O(outcomes), only customers with the outcomes C(created), C(updated),
        C(adopted) and C(unchanged) are included. The module does not wait for a customer that cannot be found by its
        name.
    type: str
    choices: [none, tasks, deployed]
    default: none
  wait_timeout:
    description: Seconds to wait at most.
    type: float
    default: 300.0
  wait_delay:
    description:
      - Longest pause between two reads, in seconds. The first pauses are short, and they grow with the time waited.
    type: float
    default: 15.0
  show_sbc_names:
    description:
      - Whether SBCs are shown with their names. This reads the calling profiles. If they cannot be read, SBCs are shown
        with their ids.
    type: bool
    default: true
  show_leads:
    description:
      - Whether the records have what the leads say. With V(false), leads are only read for customers that are named by
        their company alone, and a service that a lead knows and the list does not show yet counts as C(no_service).
    type: bool
    default: true
seealso:
  - module: audiocodes.live_platform.oc_service_info
  - module: audiocodes.live_platform.oc_lead_info
  - module: audiocodes.live_platform.task_info
"""

EXAMPLES = r"""
- name: Look up two customers
  audiocodes.live_platform.oc_status_info:
    customers:
      - company_name: Brad Telecom
      - ms_tenant_id: 7f1d5c9a-3b0e-4a8e-9f55-1d2c3b4a5e6f
        short_name: Contoso
  register: found

- name: Show them
  ansible.builtin.debug:
    msg: "{{ found.lines }}"

- name: Wait until every SIP connection of everybody is deployed, for ten minutes at most
  audiocodes.live_platform.oc_status_info:
    wait_for: deployed
    wait_timeout: 600
  register: found

- name: Stop when one is not deployed
  ansible.builtin.fail:
    msg: "{{ found.problems | join('\n') }}"
  when: found.problems | length > 0

- name: Wait for the tasks of services that another job has submitted
  audiocodes.live_platform.oc_status_info:
    outcomes: "{{ live_platform_outcomes }}"
    wait_for: tasks
    wait_timeout: 1800
  register: found
"""

RETURN = r"""
services:
  description:
    - One record per customer, in the order of O(customers) or O(outcomes).
    - After an interruption, what was read until then.
  returned: success, and when the module was interrupted
  type: list
  elements: dict
  contains:
    ms_tenant_id:
      description: Microsoft tenant of the customer; null when it is not known.
      type: str
      returned: always
    short_name:
      description: Short name of the service, else the one that was asked for.
      type: str
      returned: always
    full_name:
      description: Full name of the service, else the company name of the lead.
      type: str
      returned: always
    state:
      description:
        - C(deployed), all SIP connections are deployed; C(not_deployed); C(no_service); C(not_listed), only the lead
          knows of a service; C(unknown), no customer has this name, or several have it; C(contradictory), the item
          names two customers.
      type: str
      returned: always
    license_type:
      description: Licence, see RV(audiocodes.live_platform.oc_service_info#module:services).
      type: str
      returned: always
    licensed_users:
      description: Number of licensed users.
      type: int
      returned: always
    ump_customer_guid:
      description: Guid of the service.
      type: str
      returned: always
    lead_id:
      description: Id of the lead; an active one goes before others.
      type: str
      returned: always
    lead_status:
      description: Status of this lead, as the platform writes it.
      type: str
      returned: always
    site_locations:
      description:
        - SIP connections, see RV(audiocodes.live_platform.oc_service_info#module:services). Each has C(sbc_name) too,
          null when it is not known.
      type: list
      elements: dict
      returned: always
    problem:
      description: Why the state is C(unknown) or C(contradictory); null otherwise.
      type: str
      returned: always
  sample:
    - ms_tenant_id: f9f53ee0-56e1-43f6-8fe3-5fb322986657
      short_name: Bradx35340067
      full_name: Brad Telecom
      state: deployed
      license_type: oc_essential
      lead_status: Active
lines:
  description: One line per customer, for people.
  returned: success, and when the module was interrupted
  type: list
  elements: str
  sample:
    - "Brad            deployed     oc_essential       lead Active     SIP connection Brad deployed on SBC 2"
report:
  description:
    - One line per customer, to pass to the next job with M(ansible.builtin.set_stats). It has the short name, the state
      and the license, and no other text of the platform, which a later job could take for a template. A name that has
      other characters than letters, digits, C(_) and C(-) is replaced by C(-).
  returned: success, and when the module was interrupted
  type: list
  elements: str
  sample: ["Brad deployed oc_essential"]
problems:
  description:
    - With O(wait_for=none), a sentence for each customer whose names contradict each other.
    - With O(wait_for=tasks), a sentence for each service that is not there, and for each task that did not end in time.
    - With O(wait_for=deployed), the line of each customer that was waited for and is not deployed.
    - Empty after an interruption.
  returned: success, and when the module was interrupted
  type: list
  elements: str
  sample: ["Alder: task wst_80b54f45-6643-4fdf-960a-638c18edb787 is running, its status is 'InProgress'"]
advice:
  description:
    - With O(outcomes), one line per service that says what is known and what to do. The tasks of services that are not
      there are looked at for it.
    - Empty without O(outcomes), and after an interruption.
  returned: success, and when the module was interrupted
  type: list
  elements: str
  sample: ["Brad: the service is there and deployed. What to do: nothing."]
tasks:
  description:
    - The tasks of O(outcomes) that were looked at, see RV(audiocodes.live_platform.task_info#module:tasks).
  returned: success, and when the module was interrupted
  type: list
  elements: dict
failure:
  description: What went wrong, and what to do next, see RV(audiocodes.live_platform.oc_service#module:failure).
  returned: failure
  type: dict
"""

from ..module_utils._api.client import LivePlatformApi
from ..module_utils._input.service_list import secret_names
from ..module_utils._module.definition import Definition
from ..module_utils._module.sent import SentModule
from ..module_utils._module.waiting_module import PROGRESS_SPEC, WAIT_SPEC, WaitingModule
from ..module_utils._report.status.customers import NAMING_KEYS
from ..module_utils._report.status.look_up import WAIT_FOR_DEPLOYED, WAIT_FOR_NOTHING, WAIT_FOR_TASKS, Asked, look_up
from ..module_utils._report.status.outcomes import outcome_problems

OPTIONS = {
    "customers": {"type": "list", "elements": "dict"},
    "outcomes": {"type": "list", "elements": "dict"},
    "wait_for": {
        "type": "str",
        "choices": [WAIT_FOR_NOTHING, WAIT_FOR_TASKS, WAIT_FOR_DEPLOYED],
        "default": WAIT_FOR_NOTHING,
    },
    "wait_timeout": {**WAIT_SPEC["wait_timeout"], "default": 300.0},
    "wait_delay": WAIT_SPEC["wait_delay"],
    "show_sbc_names": {"type": "bool", "default": True},
    "show_leads": {"type": "bool", "default": True},
    **PROGRESS_SPEC,
}


def problems(params):
    """Say what is wrong with the options."""
    return outcome_problems(params["outcomes"])


def work(module, api):
    """Return what there is of the customers."""
    asked = ("customers", "outcomes", "wait_for", "show_sbc_names", "show_leads")
    return look_up(api, Asked(*(module.params[name] for name in asked)), module.wait_tools())


MODULE = Definition(
    OPTIONS,
    work,
    WaitingModule.carry_out,
    LivePlatformApi,
    problems=problems,
    items="customers",
    item_keys=NAMING_KEYS,
    secret_names=lambda params: secret_names(params.get("customers"), None),
    rules={
        "mutually_exclusive": [("customers", "outcomes")],
        "required_if": [("wait_for", WAIT_FOR_TASKS, ["outcomes"])],
    },
)


def main():
    """Run the module."""
    SentModule(MODULE).run()


if __name__ == "__main__":
    main()
