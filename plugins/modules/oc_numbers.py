#!/usr/bin/python
# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ansible module: upload or release the telephone numbers of a tenant."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: oc_numbers
short_description: Upload or release the telephone numbers of a tenant
version_added: 2.0.0
description:
  - Uploads and releases the telephone numbers of a tenant according to a list, thousands in one call. Only missing
    numbers are uploaded, and numbers are released only if you ask for it.
  - The list of numbers is read once. After the upload it is read until the numbers are there, since a successful task
    does not prove that each number is there.
  - If a number cannot be uploaded or released, only this number fails, with the message of the platform. The others
    continue, and the module fails at the end. A later run sends only what is missing.
  - A batch is never sent twice. If an answer is lost, the list shows the result. If a run was killed, the next run
    continues its work.
author:
  - AudioCodes Live Platform collection contributors (@audiocodes)
extends_documentation_fragment:
  - audiocodes.live_platform.connection
  - audiocodes.live_platform.wait
  - audiocodes.live_platform.progress
  - audiocodes.live_platform.submission
  - audiocodes.live_platform.attributes
  - audiocodes.live_platform.attributes.write
options:
  ms_tenant_id:
    description: Microsoft tenant of the customer. Set this option or O(company_name). If both are set, they must agree.
    type: str
  company_name:
    description: Name of the company as in its lead, if only one tenant has this name.
    type: str
  customer:
    description:
      - Name of the customer in messages and progress lines. By default O(company_name), or the tenant's id.
    type: str
  state:
    description:
      - V(present) uploads the numbers that are missing.
      - V(absent) releases the numbers that are there.
    type: str
    choices: [present, absent]
    default: present
  numbers:
    description:
      - The numbers. An item is a number in E.164 form, such as V(+97239764660), a range, such as
        V(+97239764660-+97239764670), or a dictionary.
      - A dictionary has C(number), or C(start) and C(end). It may have C(calling_profile), C(usage),
        C(additional_usage) and C(capabilities), which replace the options of the task, and C(ignore).
      - With C(ignore=true), numbers are neither uploaded nor released. Such an item may be part of a range.
      - A number has + and 4 to 15 digits. Put it in quotes; otherwise YAML reads it as an integer. The ends of a range
        have the same length. No number may occur twice, and a call has at most 100,000 numbers.
    type: list
    elements: raw
  numbers_file:
    description:
      - File with numbers, in addition to or instead of O(numbers), on the host on which the module runs. It has one
        number or range per line, or it is CSV with the keys of a dictionary as header, separated by comma, semicolon or
        tab.
      - Empty lines, and lines that begin with C(#), are ignored.
      - It is a regular file of at most 20,000,000 bytes. A pipe or a device, such as C(/dev/stdin), is refused.
    type: path
  calling_profile:
    description:
      - Calling profile of the numbers, by name or id. By default, none is sent, and none is compared.
    type: str
  usage:
    description:
      - What the numbers are used for. By default, numbers are uploaded for users, and the usage of existing numbers is
        not compared.
    type: str
    choices: [user, conference, first_party_app, third_party_app]
  usage_word:
    description:
      - Value for O(usage) in the request, for a platform that does not accept the documented value.
    type: str
  additional_usage:
    description: A second usage of the numbers.
    type: str
    choices: [user, conference, first_party_app, third_party_app]
  capabilities:
    description: Capabilities to ask for.
    type: list
    elements: str
  prune:
    description:
      - Whether numbers of the tenant that are not in the list are released.
    type: bool
    default: false
  prune_sources:
    description:
      - O(prune) releases only numbers from these sources. V(webapi) is the platform's API, V(webui) is its portal.
        Numbers from a synchronisation are never released by it.
    type: list
    elements: str
    choices: [webapi, webui]
    default: [webapi, webui]
  max_prune:
    description:
      - Maximum number of releases. If O(prune) would release more numbers, the module fails, and nothing is sent.
    type: int
    default: 100
  allow_empty:
    description: Whether O(prune) may release all numbers if the list is empty.
    type: bool
    default: false
  on_assigned:
    description:
      - What to do with a number that should be released but is assigned.
      - V(fail) fails for this number, V(skip) leaves it and warns, V(unassign) unassigns it first.
    type: str
    choices: [fail, skip, unassign]
    default: fail
  on_mismatch:
    description:
      - What to do with a number that exists with another calling profile or usage than in the list.
      - V(skip) leaves it and warns, V(fail) fails for this number, V(reupload) uploads it again.
    type: str
    choices: [fail, skip, reupload]
    default: skip
  validate:
    description:
      - Whether the platform validates the numbers before they are uploaded. If it does not accept a number, only this
        number fails.
      - The request writes nothing, but it is a POST, so in check mode it is sent only with V(always).
    type: str
    choices: ['true', 'false', always]
    default: 'true'
  batch_size:
    description: Maximum number of numbers in one request.
    type: int
    default: 500
  verify:
    description:
      - Whether the list is read back until the numbers are there, or are gone. With V(false), a successful task is
        enough.
    type: bool
    default: true
  verify_timeout:
    description:
      - Maximum number of seconds to read back.
      - Also how long the list is read again when it does not show what an earlier run has uploaded or released within
        the last ten minutes. After that, such numbers fail and are not sent again.
    type: float
    default: 300
  return_numbers:
    description: Whether all numbers of the tenant are returned in RV(numbers).
    type: bool
    default: false
  plan:
    description:
      - The RV(plan) that an earlier run in check mode has returned, or the plans of many customers. Right before the
        first write, the module determines what would be done now. If this differs from the plan, or if the numbers that
        would be changed are not as they were, nothing is done, and RV(failure) has C(problems), one sentence for each
        difference.
    type: list
    elements: dict
seealso:
  - module: audiocodes.live_platform.oc_number_info
  - module: audiocodes.live_platform.oc_number_removal
"""

EXAMPLES = r"""
- name: Upload a block of numbers and a single one
  audiocodes.live_platform.oc_numbers:
    ms_tenant_id: f9f53ee0-56e1-43f6-8fe3-5fb322986657
    calling_profile: Benelux
    numbers:
      - "+31201000000-+31201000099"
      - number: "+31201000500"
        usage: conference

- name: Release two numbers
  audiocodes.live_platform.oc_numbers:
    ms_tenant_id: f9f53ee0-56e1-43f6-8fe3-5fb322986657
    state: absent
    numbers: ["+31201000098", "+31201000099"]

- name: Make a file the truth, and release what is not in it
  audiocodes.live_platform.oc_numbers:
    ms_tenant_id: f9f53ee0-56e1-43f6-8fe3-5fb322986657
    numbers_file: files/brad_numbers.csv
    prune: true
    max_prune: 20

- name: Show what an upload would do, without sending anything
  audiocodes.live_platform.oc_numbers:
    ms_tenant_id: f9f53ee0-56e1-43f6-8fe3-5fb322986657
    numbers: ["+31201000000-+31201000099"]
  check_mode: true
  diff: true

- name: Give numbers that are there another calling profile
  audiocodes.live_platform.oc_numbers:
    company_name: Brad Telecom
    calling_profile: Benelux
    on_mismatch: reupload
    numbers: ["+31201000000-+31201000099"]

- name: Release numbers that somebody still uses, and leave one as it is
  audiocodes.live_platform.oc_numbers:
    ms_tenant_id: f9f53ee0-56e1-43f6-8fe3-5fb322986657
    state: absent
    on_assigned: unassign
    numbers:
      - "+31201000000-+31201000009"
      - number: "+31201000005"
        ignore: true
"""

RETURN = r"""
summary:
  description: How many numbers there were of each kind, and what it took. In check mode, what would be done.
  returned: always, unless the input is wrong
  type: dict
  sample:
    requested: 101
    uploaded: 100
    unchanged: 0
    released: 0
    unassigned: 0
    skipped: 0
    failed: 1
    batches: 1
    requests: 8
    duration: 6.1
uploaded:
  description: The numbers that were uploaded, or would be, as ranges.
  returned: always, unless the input is wrong
  type: list
  elements: str
  sample: ["+31201000000-+31201000099"]
released:
  description: The numbers that were released, or would be, as ranges.
  returned: always, unless the input is wrong
  type: list
  elements: str
unassigned:
  description: The numbers that were taken from their users, or would be, as ranges.
  returned: always, unless the input is wrong
  type: list
  elements: str
pending:
  description: With O(wait=false), the numbers whose task goes on, as ranges.
  returned: always, unless the input is wrong
  type: list
  elements: str
failed_numbers:
  description:
    - Each number that failed, with the RV(ignore:operation) (V(upload), V(unassign) or V(release)), the
      RV(ignore:reason) and the index of its RV(ignore:batch), null when it was not sent.
  returned: always, unless the input is wrong
  type: list
  elements: dict
  sample:
    - number: "+31201000500"
      operation: upload
      reason: "the platform answers 'Failed': country code does not fit the customer"
      batch: null
skipped_numbers:
  description: Each number that was left as it is although it differs, with the RV(ignore:reason).
  returned: always, unless the input is wrong
  type: list
  elements: dict
tasks:
  description: The tasks, see RV(audiocodes.live_platform.task_info#module:tasks).
  returned: always, unless the input is wrong
  type: list
  elements: dict
plan:
  description:
    - What would be done, for O(plan) of a later run. It has numbers, and fingerprints of all other values.
  returned: in check mode, unless the input is wrong
  type: list
  elements: dict
  contains:
    ms_tenant_id:
      description: Microsoft tenant of the customer.
      type: str
      returned: always
    short_name:
      description: The O(customer), if it has the form of a short name.
      type: str
      returned: always
    link:
      description: Always C(numbers).
      type: str
      returned: always
    outcome:
      description: C(would_update) or C(unchanged).
      type: str
      returned: always
    starts_from:
      description: Fingerprints of the numbers that would change, as they are now.
      type: dict
      returned: always
    request:
      description: The numbers that would be uploaded, unassigned and released, as ranges.
      type: dict
      returned: always
numbers:
  description: All numbers of the tenant, see RV(audiocodes.live_platform.oc_number_info#module:numbers).
  returned: with O(return_numbers), unless the input is wrong
  type: list
  elements: dict
failure:
  description: What went wrong, and what to do next, see RV(audiocodes.live_platform.oc_service#module:failure).
  returned: failure
  type: dict
"""

from math import inf

from ..module_utils._api.client import LivePlatformApi
from ..module_utils._api.numbers import Source
from ..module_utils._core.errors import InputError
from ..module_utils._input.number_options import tenant_problems
from ..module_utils._input.profiles import with_profile_ids
from ..module_utils._input.resolve_leads import tenant_of_company
from ..module_utils._module.definition import Definition
from ..module_utils._module.sent import SentModule
from ..module_utils._module.submitting_module import SUBMISSION_SPEC, SubmittingModule
from ..module_utils._module.waiting_module import PROGRESS_SPEC, WAIT_SPEC
from ..module_utils._reconcile.resource import ABSENT, PRESENT
from ..module_utils._report.approved_plan import plan_problems
from ..module_utils._report.number_values import number_values, skip_warnings
from ..module_utils._report.planned_numbers import Approval
from ..module_utils._resources.numbers.batches import NumberBatches
from ..module_utils._resources.numbers.number_list import read_wanted
from ..module_utils._resources.numbers.plan import OnAssigned, OnMismatch, Policy
from ..module_utils._resources.numbers.reconcile import NumberRun
from ..module_utils._resources.numbers.report import HowNumbers
from ..module_utils._resources.numbers.terms import USAGES

ALWAYS = "always"
SOURCES = [str(Source.WEBAPI), str(Source.WEBUI)]

OPTIONS = {
    "ms_tenant_id": {"type": "str"},
    "company_name": {"type": "str"},
    "customer": {"type": "str"},
    "state": {"type": "str", "choices": [PRESENT, ABSENT], "default": PRESENT},
    "numbers": {"type": "list", "elements": "raw"},
    "numbers_file": {"type": "path"},
    "calling_profile": {"type": "str"},
    "usage": {"type": "str", "choices": list(USAGES)},
    "usage_word": {"type": "str"},
    "additional_usage": {"type": "str", "choices": list(USAGES)},
    "capabilities": {"type": "list", "elements": "str"},
    "prune": {"type": "bool", "default": False},
    "prune_sources": {"type": "list", "elements": "str", "choices": SOURCES, "default": SOURCES},
    "max_prune": {"type": "int", "default": 100},
    "allow_empty": {"type": "bool", "default": False},
    "on_assigned": {"type": "str", "choices": [str(each) for each in OnAssigned], "default": str(OnAssigned.FAIL)},
    "on_mismatch": {
        "type": "str",
        "choices": [str(OnMismatch.FAIL), str(OnMismatch.SKIP), str(OnMismatch.REUPLOAD)],
        "default": str(OnMismatch.SKIP),
    },
    "validate": {"type": "str", "choices": ["true", "false", ALWAYS], "default": "true"},
    "batch_size": {"type": "int", "default": 500},
    "verify": {"type": "bool", "default": True},
    "verify_timeout": {"type": "float", "default": 300.0},
    "return_numbers": {"type": "bool", "default": False},
    "plan": {"type": "list", "elements": "dict"},
    **WAIT_SPEC,
    **PROGRESS_SPEC,
    **SUBMISSION_SPEC,
}


def problems(params):
    """Say what is wrong with the options."""
    found = [] if params["ms_tenant_id"] is None else tenant_problems(params["ms_tenant_id"])
    if params["state"] == ABSENT and params["prune"]:
        found.append("prune is for state present: with absent, only what is listed is released")
    if params["usage_word"] is not None and params["usage"] is None:
        found.append("usage_word needs usage, for which it stands")
    if not 1 <= params["batch_size"] <= 1000:
        found.append(f"batch_size must be a whole number from 1 to 1000, not {params['batch_size']}")
    if params["max_prune"] < 0:
        found.append(f"max_prune must be a whole number from 0, not {params['max_prune']}")
    if not 0 <= params["verify_timeout"] < inf:
        found.append(f"verify_timeout must be a number of seconds, not {params['verify_timeout']}")
    found += plan_problems(params["plan"] or [])
    try:
        read_wanted(params)
    except InputError as error:
        found += error.problems
    return found


def work(module, api):
    """Bring the numbers to their wanted states."""
    params, started = module.params, module.clock.now()
    wanted = read_wanted(params)
    requested = len(wanted)
    wanted = with_profile_ids(api, wanted)
    tenant = params["ms_tenant_id"]
    if params["company_name"] is not None:
        tenant = tenant_of_company(api, params["company_name"], tenant)
    customer = params["customer"] or params["company_name"] or tenant
    policy = Policy(
        release=params["state"] == ABSENT,
        prune=params["prune"],
        prune_sources=params["prune_sources"],
        max_prune=params["max_prune"],
        allow_empty=params["allow_empty"],
        on_assigned=OnAssigned(params["on_assigned"]),
        on_mismatch=OnMismatch(params["on_mismatch"]),
    )
    asks = params["validate"] == ALWAYS or (params["validate"] == "true" and not module.check_mode)
    approval = Approval(tenant, params["customer"], params["plan"])
    how = HowNumbers(
        policy=policy,
        customer=customer,
        batch_size=params["batch_size"],
        validate=asks,
        verify=params["verify"],
        verify_timeout=params["verify_timeout"],
        approve=approval,
    )
    tools = module.tools(api, kind=NumberBatches.kind)
    report = NumberRun(tools, tenant, wanted, how, module.report).run()
    for warning in skip_warnings(report.plan):
        module.report(warning)
    values = number_values(
        report,
        requested=requested,
        requests=sum(api.client.requests.values()),
        duration=module.clock.now() - started,
        return_numbers=params["return_numbers"],
        customer=customer,
    )
    return {**values, "plan": approval.planned} if module.check_mode else values


MODULE = Definition(
    OPTIONS,
    work,
    SubmittingModule.carry_out,
    LivePlatformApi,
    problems=problems,
    rules={"required_one_of": [("numbers", "numbers_file"), ("ms_tenant_id", "company_name")]},
)


def main():
    """Run the module."""
    SentModule(MODULE).run()


if __name__ == "__main__":
    main()
