#!/usr/bin/python
# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ansible module: one Operator Connect service."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: oc_service
short_description: Create, change or delete an Operator Connect service
version_added: 1.0.0
description:
  - Creates an OC Essential service from a lead, with IP Groups on the SBC, and waits for its task to end.
  - Before the module creates a service, it looks for it in the service list and in the leads. If the answer to a
    submission is lost, the module looks for the service and does not submit it again.
  - Every field of the request is supported. An option that is not set is not sent.
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
  state:
    description:
      - V(present) creates the service if the tenant has none, and changes an existing one that differs, see
        O(on_difference). The differences are returned in RV(differences).
      - V(absent) deletes the tenant's Operator Connect service. Hosted services of the tenant are never touched.
    type: str
    choices: [present, absent]
    default: present
  ms_tenant_id:
    description:
      - Microsoft tenant of the customer, a GUID. It identifies the service, since a tenant has at most one Operator
        Connect service.
      - Set this option or O(company_name).
    type: str
  company_name:
    description:
      - Name of the company as in its lead, instead of O(ms_tenant_id), if only one tenant has this name.
    type: str
    version_added: 2.0.0
  sbc:
    description:
      - The SBC, by name, FQDN, IP address or id, instead of O(site_location.sbc_id). Without both, it is the SBC that
        serves O(online_pstn_gateway), if there is only one.
    type: str
    version_added: 2.0.0
  online_pstn_gateway:
    description:
      - FQDN of the gateway, or its first label. By default, the trunk that O(sbc) serves, if there is only one.
    type: str
    version_added: 2.0.0
  proxy_set:
    description: Proxy Set (SBC carrier).
    type: str
    version_added: 2.0.0
  sip_connection_name:
    description: Name of the SIP connection. By default O(short_name), if the service is described by names.
    type: str
    version_added: 2.0.0
  onboarding_script:
    description: Onboarding script, by name or id. The other scripts are derived from it.
    type: str
    version_added: 2.0.0
  cleanup_script:
    description: Cleanup script, by name or id, if it is not the one that the platform relates to the onboarding script.
    type: str
    version_added: 2.0.0
  upload_number_script:
    description: Script that uploads numbers, by name or id, if it cannot be found by its name.
    type: str
    version_added: 2.0.0
  release_number_script:
    description: Script that releases numbers, by name or id, if it cannot be found by its name.
    type: str
    version_added: 2.0.0
  script_variables:
    description:
      - Values of the variables of O(onboarding_script), by name. Put numbers in quotes.
    type: dict
    version_added: 2.0.0
  short_name:
    description:
      - Short name of the customer, 3 to 15 letters, digits or underscores. The IP Groups on the SBC are named after it.
      - Required for O(state=present). If the tenant has its service under another short name, the module fails, since a
        short name cannot be changed.
      - With O(state=absent), only a service with this short name is deleted. See O(any_short_name).
    type: str
  any_short_name:
    description:
      - With O(state=absent), delete the tenant's service whatever its short name is. By default, a deletion needs
        O(short_name) or O(ump_customer_guid), so that no wrong service is deleted.
    type: bool
    default: false
    version_added: 2.0.0
  on_difference:
    description:
      - What to do if the service exists and differs from the options. Only options that are set are compared.
      - V(update) changes O(full_name), O(licensed_users), O(license_type), O(channel_id) and O(application), and reads
        them back. It warns about other differences.
      - V(report) changes nothing, and warns about all differences.
      - V(fail) is like V(update), but a difference that cannot be changed is an error, and nothing is sent for this
        service.
    type: str
    choices: [update, report, fail]
    default: update
    version_added: 2.0.0
  allow_downgrade:
    description: Whether O(license_type) may be downgraded from V(license_type=oc_pro).
    type: bool
    default: false
    version_added: 2.0.0
  update_secret:
    description:
      - When the secret of O(application) is sent. It cannot be compared.
      - V(on_create) sends it if the application is new or has changed. V(always) sends it in every run, so every run
        reports a change.
    type: str
    choices: [on_create, always]
    default: on_create
    version_added: 2.0.0
  display_names:
    description:
      - Names to show instead of ids in warnings, differences, diffs and results.
      - It changes nothing on the platform. The roles of this collection set it.
    type: dict
    version_added: 2.0.0
    suboptions:
      sbcs:
        description: Names of SBCs by their ids.
        type: dict
      scripts:
        description: Names of script templates by their ids.
        type: dict
      variables:
        description: Names in the 'Customer variables' column of the onboarding script, in its order.
        type: list
        elements: str
  full_name:
    description: Full name of the customer, at most 200 characters.
    type: str
  configuration:
    description:
      - V(ip_group) creates IP Groups on the SBC, which SIP registration needs.
      - V(tenant) links by the tenant id and creates nothing on the SBC.
    type: str
    choices: [ip_group, tenant]
    default: ip_group
  customer_type:
    description: Type of the customer entity.
    type: str
    choices: [ip_group, tenant]
  lead_id:
    description:
      - Id of the lead from which the service is created. It must be an Active lead of the tenant. The id of another
        tenant's lead is an error, even if the service exists.
    type: str
  license_type:
    description:
      - License of the service. By default, a new service gets V(oc_essential), and an existing one keeps its license.
      - An upgrade from V(oc_essential) is a task; the module waits for it. Between V(oc_essentials_plus) and V(oc_pro)
        the license is changed at once, a downgrade only with O(allow_downgrade). There is no way back to
        V(oc_essential).
    type: str
    choices: [oc_essential, oc_essentials_plus, oc_pro]
  licensed_users:
    description: Number of user licenses to allocate.
    type: int
  channel_id:
    description: Channel to attach the service to. An empty string detaches the service from its channel.
    type: str
  lc_customer_id:
    description:
      - Customer entity of the Operation Center to which the service belongs. By default, a new one is created with the
        short name.
    type: str
  invitation_email:
    description: Global administrator or service account of the customer's tenant, for the invitation wizard.
    type: str
  ump_customer_guid:
    description:
      - Guid of the customer, if it already has one. The guid of another tenant's service is an error.
      - With O(state=absent), only the service with this guid is deleted.
    type: str
  site_location:
    description: The SBC that handles the calls of this site. The platform chooses what you omit.
    type: dict
    suboptions:
      name:
        description: Name of the primary SIP connection.
        type: str
      sbc_id:
        description: Id of the SBC, see M(audiocodes.live_platform.sbc_info).
        type: int
      onboarding_script:
        description: Id of the onboarding script, see M(audiocodes.live_platform.script_template_info).
        type: int
      cleanup_script:
        description: Id of the cleanup script that matches the onboarding script.
        type: int
      upload_number_script:
        description: Id of the script that uploads numbers.
        type: int
      release_number_script:
        description: Id of the matching script that releases numbers.
        type: int
  script_parameters:
    description:
      - Parameters of the onboarding script, as a dictionary of strings. Put numbers in quotes.
      - C(ProxySet), C(OnlinePstnGateway), C(CacProfile), C(CarrierUserName), C(CarrierUserPassword), C(CarrierMailLine)
        and C(CarrierHostName) are predefined. The script's own variables are C(CustomVar.Variable<N>); the filter
        P(audiocodes.live_platform.script_parameters#filter) builds these from the names of the variables.
    type: dict
  application:
    description:
      - Application on the customer's tenant that secures the connection to its Microsoft 365, which
        OC Essentials Plus and OC Pro need. It is set after the service was created and upgraded.
    type: dict
    version_added: 2.0.0
    suboptions:
      client_id:
        description: Application (client) id. It needs O(application.client_secret) too.
        type: str
      client_secret:
        description: Client secret of that application.
        type: str
  teams_qos:
    description: Application on the customer's tenant for the Teams notification service.
    type: dict
    suboptions:
      application_id:
        description: Application (client) id. It needs O(teams_qos.application_password) too.
        type: str
      application_password:
        description: Client secret of that application.
        type: str
  webhooks:
    description: Push notifications. The platform documents them with the remark that they are not supported at present.
    type: dict
    suboptions:
      invitation_is_pending:
        description: For a pending invitation.
        type: str
      customer_created:
        description: For a service that was created.
        type: str
      did_change:
        description: For numbers that were uploaded or released.
        type: str
  calling_profile_template_id:
    description: Id of the calling profile template. It is visible in the portal only.
    type: int
  secret_script_parameters:
    description:
      - Names of O(script_parameters) whose values are secret. They are masked in all output.
      - C(CarrierUserPassword), and every name that ends in C(password), C(passwd), C(pwd), C(passphrase), C(passcode),
        C(secret), C(apikey) or C(privatekey), are secret even if they are not listed. The script's own variables have
        numbers instead of names; P(audiocodes.live_platform.secret_script_parameters#filter) finds them.
    type: list
    elements: str
    default: []
  extra_script_parameters:
    description:
      - Names of O(script_parameters) that this collection does not know and that are sent as they are.
      - Without it, a name that is neither predefined nor C(CustomVar.Variable<N>) is refused, since most are typos.
    type: list
    elements: str
    default: []
    version_added: 2.0.0
  task_id:
    description:
      - Id of a running task that creates this service. It is followed instead of submitting anything.
    type: str
seealso:
  - module: audiocodes.live_platform.oc_services
  - module: audiocodes.live_platform.oc_lead_info
  - module: audiocodes.live_platform.sbc_info
  - module: audiocodes.live_platform.script_template_info
"""

EXAMPLES = r"""
- name: Create a service, with credentials from the environment
  audiocodes.live_platform.oc_service:
    ms_tenant_id: f9f53ee0-56e1-43f6-8fe3-5fb322986657
    short_name: Bradx35340067
    full_name: Brad Telecom
    site_location:
      name: Bradx35340067
      sbc_id: 2
      onboarding_script: 7
      cleanup_script: 700
    script_parameters:
      ProxySet: SIPTrunk
      OnlinePstnGateway: oc1.sandbox2.audiocodes.be
      CustomVar.Variable1: 10.1.1.5
  register: brad

- name: Create a service by names
  audiocodes.live_platform.oc_service:
    company_name: Alder Logistics
    short_name: Alder
    sbc: NL-SBC05
    onboarding_script: sbc-scenario7
    proxy_set: SIPTrunk
    online_pstn_gateway: oc1.sandbox2.audiocodes.be
    script_variables:
      IPPBX-ProxyAddress: 10.1.1.5

- name: Submit without waiting
  audiocodes.live_platform.oc_service:
    ms_tenant_id: f9f53ee0-56e1-43f6-8fe3-5fb322986657
    short_name: Bradx35340067
    wait: false

- name: Upgrade the service, and give it its application
  audiocodes.live_platform.oc_service:
    ms_tenant_id: f9f53ee0-56e1-43f6-8fe3-5fb322986657
    short_name: Bradx35340067
    license_type: oc_essentials_plus
    licensed_users: 60
    application:
      client_id: 0b1d4a6e-5c3f-4f0e-9a7c-2e8d6f1b3c59
      client_secret: "{{ brad_client_secret }}"

- name: Delete the service of a tenant, if it has this short name
  audiocodes.live_platform.oc_service:
    state: absent
    ms_tenant_id: f9f53ee0-56e1-43f6-8fe3-5fb322986657
    short_name: Bradx35340067
"""

RETURN = r"""
outcome:
  description:
    - One of C(created), C(updated), C(unchanged), C(adopted) (the service was submitted by an earlier run, or the
      answer was lost), C(deleted), C(would_create), C(would_update) and C(would_delete) (check mode), and C(failed).
  returned: always
  type: str
  sample: created
company_name:
  description: Name of the customer's company, as the lead has it; null when it is not known.
  returned: always
  type: str
  sample: Brad Telecom
service:
  description:
    - The service as it is read back, with its SIP connections and their deployment state. Each has C(sbc_name) besides
      C(sbc_id), when O(display_names) names the SBC.
    - One that was deleted is returned as it was. One that would be created, or whose task still runs, is returned as it
      would be, with a C(ump_customer_guid) of null. Null when there is none.
  returned: always
  type: dict
  contains:
    ump_customer_guid:
      description: Guid of the service.
      type: str
      returned: always
    short_name:
      description: Short name.
      type: str
      returned: always
    full_name:
      description: Full name.
      type: str
      returned: always
    license_type:
      description: Licence.
      type: str
      returned: always
    licensed_users:
      description: Number of licensed users.
      type: int
      returned: always
    ms_tenant_id:
      description: Microsoft tenant.
      type: str
      returned: always
    site_locations:
      description: SIP connections, as M(audiocodes.live_platform.oc_service_info) returns them.
      type: list
      elements: dict
      returned: always
task:
  description: The task that created the service; null when there was none to follow.
  returned: always
  type: dict
  contains:
    id:
      description: Id of the task.
      type: str
      returned: always
    status:
      description: Status as the platform writes it; null before the first poll.
      type: str
      returned: always
    state:
      description: One of C(running), C(succeeded), C(failed) and C(unknown).
      type: str
      returned: always
    details:
      description: Details, such as C(Converted).
      type: list
      elements: str
      returned: always
    messages:
      description: Execution messages, each with C(level) and C(message).
      type: list
      elements: dict
      returned: always
    output_data:
      description: Output of the task.
      type: dict
      returned: always
    polls:
      description: How often the task was read.
      type: int
      returned: always
    duration:
      description: Seconds during which the task was followed.
      type: float
      returned: always
request:
  description: Body of the request that was sent, would be sent, or need not be sent; secrets masked.
  returned: O(state=present)
  type: dict
  sample:
    configurationName: OcEssential_IPGROUP_TYPE
    msTenantId: f9f53ee0-56e1-43f6-8fe3-5fb322986657
    customerShortName: Bradx35340067
    licenseType: 3
differences:
  description:
    - Options whose values differ from the existing ones, as far as the platform returns them. Secrets are masked.
  returned: always
  type: list
  elements: dict
  contains:
    option:
      description: Name of the option, with the script parameter or suboption behind a dot.
      type: str
      returned: always
    wanted:
      description: Value that was asked for.
      type: raw
      returned: always
    existing:
      description: Value that exists; null when the platform shows none.
      type: raw
      returned: always
    action:
      description:
        - C(updated) was changed, C(would_update) can be changed and was not. C(immutable) cannot be changed,
          and C(unreadable) is not shown by the platform, so nothing was changed.
      type: str
      returned: always
differs:
  description: The differences in words, with names instead of ids where O(display_names) has them.
  returned: always
  type: list
  elements: str
  sample: ["SBC is NL-SBC05 (id 2), wanted NL-SBC06 (id 3)"]
platform:
  description: Address of the platform that the service is on, as in O(base_url).
  returned: always, unless the input is wrong
  type: str
  sample: https://liveplatform.example.com/tenantui
failure:
  description: What went wrong, and what to do next.
  returned: failure
  type: dict
  contains:
    message:
      description: One sentence.
      type: str
      returned: always
    operation:
      description: Verb and path of the request.
      type: str
      returned: always
    http_status:
      description: Status of the answer.
      type: int
      returned: always
    error_code:
      description: Code of the platform or of Microsoft Entra.
      type: str
      returned: always
    errors:
      description: Messages per field, as the platform's validation gives them.
      type: dict
      returned: always
    trace_id:
      description: Trace id of the answer, for the platform's support.
      type: str
      returned: always
    attempts:
      description: How often the request was sent.
      type: int
      returned: always
    elapsed:
      description: Seconds from the beginning of the work until it failed.
      type: float
      returned: always
    task:
      description: The task, when there is one.
      type: dict
      returned: always
    hint:
      description: What to do next.
      type: str
      returned: always
"""

from functools import partial

from ..module_utils._api.client import LivePlatformApi
from ..module_utils._api.field import public_and_secret
from ..module_utils._api.fields import SERVICE_OPTIONS
from ..module_utils._input.by_name import needs_resolving, resolve_one, said_twice
from ..module_utils._input.service_list import secret_names
from ..module_utils._module.definition import Definition
from ..module_utils._module.sent import SentModule
from ..module_utils._module.service_options import single_spec
from ..module_utils._module.submitting_module import SUBMISSION_SPEC, SubmittingModule
from ..module_utils._module.waiting_module import PROGRESS_SPEC, WAIT_SPEC
from ..module_utils._report.service_results import one_result
from ..module_utils._resources.oc_service.reconcile import reconcile_all
from ..module_utils._resources.oc_service.request import WantedService, short_gateways

OPTIONS = {**single_spec(), **WAIT_SPEC, **PROGRESS_SPEC, **SUBMISSION_SPEC}


def problems(params):
    """Say what is wrong with the options."""
    found = said_twice(params)
    if needs_resolving(params):  # the rest is checked together with what the names stand for
        return found
    wanted = WantedService.from_options(params)
    return [*found, *wanted.problems(tenant_by_name=params["company_name"] is not None), *short_gateways([wanted])]


def work(module, api):
    """Bring the service to its wanted state."""
    options, looked_up = module.params, None
    named = resolve_one(api, options, module.clock)
    if named is not None:
        for warning in named.warnings:
            module.report(warning)
        options, looked_up = {**options, **named.services[0]}, named.looked_up
    common = {"display_names": named.display_names if named is not None else None}
    wanted = WantedService.from_options(options, common)
    report = reconcile_all(module.tools(api), [wanted], looked_up=looked_up, report=module.report)
    return {**one_result(report.outcomes[0], module.report), "platform": module.connection.base_url}


MODULE = Definition(
    OPTIONS,
    work,
    SubmittingModule.carry_out,
    LivePlatformApi,
    problems=problems,
    public_and_secret=partial(public_and_secret, fields=SERVICE_OPTIONS),
    secret_names=lambda params: secret_names([params], None),
    rules={
        "mutually_exclusive": [("ms_tenant_id", "company_name")],
        "required_one_of": [("ms_tenant_id", "company_name")],
    },
)


def main():
    """Run the module."""
    SentModule(MODULE).run()


if __name__ == "__main__":
    main()
