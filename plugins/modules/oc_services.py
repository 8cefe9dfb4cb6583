#!/usr/bin/python
# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ansible module: many Operator Connect services."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: oc_services
short_description: Create, change or delete many Operator Connect services
version_added: 1.0.0
description:
  - Does for a list of services what M(audiocodes.live_platform.oc_service) does for one, several at a time, with one
    login and with each look-up done only once.
  - If a service fails, the module fails at the end, and returns the results of all services.
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
  services:
    description: The services. Each has the options of M(audiocodes.live_platform.oc_service).
    type: list
    elements: dict
    suboptions:
      state:
        description:
          - V(present) creates the service if the tenant has none, and changes an existing one that differs, see
            O(services[].on_difference). The differences are returned in RV(results[].differences).
          - V(absent) deletes the tenant's Operator Connect service. Hosted services of the tenant are never touched.
          - Without it, the outer O(state) applies.
        type: str
        choices: [present, absent]
      ms_tenant_id:
        description:
          - Microsoft tenant of the customer, a GUID. It identifies the service, since a tenant has at most one Operator
            Connect service.
        type: str
        required: true
      short_name:
        description:
          - Short name of the customer, 3 to 15 letters, digits or underscores. The IP Groups on the SBC are named
            after it.
          - Required for O(services[].state=present). If the tenant has its service under another short name, the item
            fails, since a short name cannot be changed.
          - With O(services[].state=absent), only a service with this short name is deleted. See
            O(services[].any_short_name).
        type: str
      any_short_name:
        description:
          - With O(services[].state=absent), delete the tenant's service whatever its short name is. By default, a
            deletion needs O(services[].short_name) or O(services[].ump_customer_guid), so that no wrong service is
            deleted.
        type: bool
        default: false
        version_added: 2.0.0
      on_difference:
        description:
          - What to do if the service exists and differs from the options. Only options that are set are compared.
          - V(update) changes O(services[].full_name), O(services[].licensed_users), O(services[].license_type),
            O(services[].channel_id) and O(services[].application), and reads them back. It warns about other
            differences.
          - V(report) changes nothing, and warns about all differences.
          - V(fail) is like V(update), but a difference that cannot be changed is an error, and nothing is sent for this
            service.
          - Without it, the outer O(on_difference) applies.
        type: str
        choices: [update, report, fail]
        version_added: 2.0.0
      allow_downgrade:
        description: Whether O(services[].license_type) may be downgraded from V(services[].license_type=oc_pro).
        type: bool
        version_added: 2.0.0
      update_secret:
        description:
          - When the secret of O(services[].application) is sent. It cannot be compared.
          - V(on_create) sends it if the application is new or has changed. V(always) sends it in every run, so every
            run reports a change.
        type: str
        choices: [on_create, always]
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
          - License of the service. By default, a new service gets V(oc_essential), and an existing one keeps its
            license.
          - An upgrade from V(oc_essential) is a task; the module waits for it. Between V(oc_essentials_plus) and
            V(oc_pro) the license is changed at once, a downgrade only with O(services[].allow_downgrade). There is no
            way back to V(oc_essential).
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
          - Customer entity of the Operation Center to which the service belongs. By default, a new one is created with
            the short name.
        type: str
      invitation_email:
        description: Global administrator or service account of the customer's tenant, for the invitation wizard.
        type: str
      ump_customer_guid:
        description:
          - Guid of the customer, if it already has one. The guid of another tenant's service is an error.
          - With O(services[].state=absent), only the service with this guid is deleted.
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
          - C(ProxySet), C(OnlinePstnGateway), C(CacProfile), C(CarrierUserName), C(CarrierUserPassword),
            C(CarrierMailLine) and C(CarrierHostName) are predefined. The script's own variables are
            C(CustomVar.Variable<N>); the filter P(audiocodes.live_platform.script_parameters#filter) builds these from
            the names of the variables.
        type: dict
      application:
        description:
          - Application on the customer's tenant that secures the connection to its Microsoft 365, which
            OC Essentials Plus and OC Pro need. It is set after the service was created and upgraded.
        type: dict
        version_added: 2.0.0
        suboptions:
          client_id:
            description: Application (client) id. It needs O(services[].application.client_secret) too.
            type: str
          client_secret:
            description: Client secret of that application.
            type: str
      teams_qos:
        description: Application on the customer's tenant for the Teams notification service.
        type: dict
        suboptions:
          application_id:
            description: Application (client) id. It needs O(services[].teams_qos.application_password) too.
            type: str
          application_password:
            description: Client secret of that application.
            type: str
      webhooks:
        description:
          - Push notifications. The platform documents them with the remark that they are not supported at present.
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
          - Names of script parameters of this service whose values are secret, besides those of the outer
            O(secret_script_parameters).
        type: list
        elements: str
        default: []
      extra_script_parameters:
        description:
          - Names of script parameters that this collection does not know and that are sent as they are.
          - Without it, a name that is neither predefined nor C(CustomVar.Variable<N>) is refused, since most are typos.
        type: list
        elements: str
        default: []
        version_added: 2.0.0
      task_id:
        description:
          - Id of a running task that creates this service. It is followed instead of submitting anything.
        type: str
  state:
    description: State of the services that do not set O(services[].state).
    type: str
    choices: [present, absent]
    default: present
  on_difference:
    description: What to do with services that differ, unless a service sets O(services[].on_difference).
    type: str
    choices: [update, report, fail]
    default: update
    version_added: 2.0.0
  allow_downgrade:
    description: Whether licenses may be downgraded, unless a service sets O(services[].allow_downgrade).
    type: bool
    default: false
    version_added: 2.0.0
  update_secret:
    description: When secrets of applications are sent, unless a service sets O(services[].update_secret).
    type: str
    choices: [on_create, always]
    default: on_create
    version_added: 2.0.0
  max_concurrency:
    description:
      - Number of services in progress on the platform at the same time, up to thousands. Their requests share at most
        16 connections.
    type: int
    default: 10
  max_requests_per_minute:
    description:
      - Maximum number of requests to the platform per minute. By default, only the platform's own limits apply, for all
        services together.
    type: int
  on_error:
    description:
      - Whether to continue with the other services if one fails.
      - With V(stop), services in progress are finished, and the rest is C(skipped).
      - A service that contradicts what exists, such as one that has another short name, is found before the first
        write. With V(stop), nothing is written then; with V(continue), the other services are processed.
    type: str
    choices: [continue, stop]
    default: continue
  compare:
    description:
      - How existing services are compared with the options, see RV(results[].differences).
      - V(full) reads the SIP connection of each service, with one more request per service, and compares scripts and
        script parameters too. V(list) compares what the service list shows.
      - V(auto) is V(full) for up to 20 services, and V(list) for more.
    type: str
    choices: [auto, full, list]
    default: auto
  leads:
    description:
      - Leads that were looked up in the same play, as M(audiocodes.live_platform.oc_lead_info) returns them. They are
        not read again.
    type: list
    elements: dict
  verify:
    description:
      - Wait until each SIP connection is deployed, of all services that were created, adopted or found. If one is not
        deployed at the end, the module fails and lists it in RV(not_deployed).
      - Nothing is verified in check mode, without O(wait), or if a service has failed.
    type: bool
    default: false
    version_added: 2.0.0
  verify_timeout:
    description: Seconds to wait for the deployment.
    type: float
    default: 300
    version_added: 2.0.0
  plan:
    description:
      - The RV(plan) that an earlier run in check mode has returned. The module first determines what would be done now,
        for all services. If this differs from the plan, or if what would be changed or deleted is not as it was,
        nothing is done, and RV(failure) has C(problems), one sentence for each difference.
      - Items of another C(link), such as those of M(audiocodes.live_platform.oc_numbers), are not read.
    type: list
    elements: dict
    version_added: 2.0.0
  services_by_name:
    description:
      - The services by the names of their customers, SBCs, gateways, scripts and script variables, instead of
        O(services). Each has the keys of C(live_platform_services), see the role
        P(audiocodes.live_platform.sbc_onboarding#role).
      - The names are looked up once for all services. All problems of all services are one error, before the first
        write; RV(failure) then has C(problems), one sentence for each.
    type: list
    elements: raw
    version_added: 2.0.0
  service_defaults:
    description:
      - Default values of all services in O(services_by_name), a dictionary with the same keys.
    type: raw
    version_added: 2.0.0
  place:
    description:
      - Name of the only service of O(services_by_name) in messages, such as the name of a host, instead of
        C(live_platform_services[0]).
    type: str
    version_added: 2.0.0
  check_online:
    description: Whether the platform asks Microsoft for the status of the leads of O(services_by_name).
    type: bool
    version_added: 2.0.0
  require_all_variables:
    description:
      - Whether each variable of the onboarding script must have a value. By default, missing values are a warning.
    type: bool
    default: false
    version_added: 2.0.0
  script_template_types:
    description:
      - The type numbers that the script options accept, if they differ from the usual ones. An empty list accepts any
        type.
    type: dict
    version_added: 2.0.0
  script_templates:
    description:
      - Script templates that were looked up in the same play, with details, as
        M(audiocodes.live_platform.script_template_info) returns them. They are not read again.
    type: list
    elements: dict
    version_added: 2.0.0
  strict_gateway:
    description:
      - Whether a gateway that its SBC does not serve is an error. With V(false), a full name is only a warning.
    type: bool
    default: true
    version_added: 2.0.0
  sbc_source:
    description: Where SBCs are looked up, see O(audiocodes.live_platform.sbc_info#module:source).
    type: str
    choices: [auto, devices, calling_profiles]
    default: auto
    version_added: 2.0.0
  devices_path:
    description: See O(audiocodes.live_platform.sbc_info#module:devices_path).
    type: str
    version_added: 2.0.0
  sbcs:
    description:
      - SBCs that were looked up in the same play, as M(audiocodes.live_platform.sbc_info) returns them. They are not
        read again.
    type: list
    elements: dict
    version_added: 2.0.0
  display_names:
    description:
      - Names to show instead of ids in warnings, differences, diffs and results, for all services.
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
  secret_script_parameters:
    description:
      - Names of script parameters of all services whose values are secret. They are masked in all output.
      - C(CarrierUserPassword), and every name that ends in C(password), C(passwd), C(pwd), C(passphrase), C(passcode),
        C(secret), C(apikey) or C(privatekey), are secret even if they are not listed. The script's own variables have
        numbers instead of names; P(audiocodes.live_platform.secret_script_parameters#filter) finds them.
    type: list
    elements: str
    default: []
seealso:
  - module: audiocodes.live_platform.oc_service
"""

EXAMPLES = r"""
- name: Create two services at the same time
  audiocodes.live_platform.oc_services:
    max_concurrency: 2
    services:
      - ms_tenant_id: f9f53ee0-56e1-43f6-8fe3-5fb322986657
        short_name: Bradx35340067
        full_name: Brad Telecom
      - ms_tenant_id: 7f1d5c9a-3b0e-4a8e-9f55-1d2c3b4a5e6f
        short_name: Contoso
        full_name: Contoso Voice
  register: onboarding

- name: Say what became of them
  ansible.builtin.debug:
    msg: "{{ onboarding.summary }}"

- name: Create a service by names
  audiocodes.live_platform.oc_services:
    services_by_name:
      - company_name: Birch Insurance
        short_name: Birch
        sbc: NL-SBC05
        onboarding_script: sbc-scenario7
        proxy_set: SIPTrunk
        online_pstn_gateway: oc1.sandbox2.audiocodes.be
        script_variables:
          IPPBX-ProxyAddress: 10.1.1.5
          IPPBX-ProxyAddress-SIPPort: "5060"
          SIP-HostName: sip.birch.example

- name: Delete two services, of which both must be the ones that are meant
  audiocodes.live_platform.oc_services:
    state: absent
    on_error: stop
    services:
      - ms_tenant_id: f9f53ee0-56e1-43f6-8fe3-5fb322986657
        short_name: Bradx35340067
      - ms_tenant_id: 7f1d5c9a-3b0e-4a8e-9f55-1d2c3b4a5e6f
        short_name: Contoso

- name: Plan what would be done
  audiocodes.live_platform.oc_services:
    services_by_name: "{{ live_platform_services }}"
  check_mode: true
  register: dry_run

- name: Do just that, or nothing
  audiocodes.live_platform.oc_services:
    services_by_name: "{{ live_platform_services }}"
    plan: "{{ dry_run.plan }}"
    verify: true
    verify_timeout: 600
"""

RETURN = r"""
results:
  description: The result of each service, in the order of O(services).
  returned: always, unless the input is wrong
  type: list
  elements: dict
  contains:
    ms_tenant_id:
      description: Microsoft tenant of the service.
      type: str
      returned: always
    short_name:
      description: Short name that was asked for, else that of the service.
      type: str
      returned: always
    company_name:
      description: Name of the customer's company, as the lead has it; null when it is not known.
      type: str
      returned: always
    outcome:
      description:
        - One of C(created), C(updated), C(unchanged), C(adopted), C(deleted), C(would_create), C(would_update),
          C(would_delete), C(failed) and C(skipped).
      type: str
      returned: always
    changed:
      description: Whether the service was changed.
      type: bool
      returned: always
    service:
      description:
        - The service as it is read back, a deleted one as it was. See
          RV(audiocodes.live_platform.oc_service#module:service).
      type: dict
      returned: always
    task:
      description: The task that created it, see RV(audiocodes.live_platform.oc_service#module:task).
      type: dict
      returned: always
    request:
      description: Body of the request, secrets masked.
      type: dict
      returned: always
    differences:
      description: See RV(audiocodes.live_platform.oc_service#module:differences).
      type: list
      elements: dict
      returned: always
    differs:
      description: See RV(audiocodes.live_platform.oc_service#module:differs).
      type: list
      elements: str
      returned: always
    warnings:
      description: Warnings of this service.
      type: list
      elements: str
      returned: always
    ready:
      description:
        - Whether the customer can get telephone numbers. The service is there, or in check mode would be, no task of it
          goes on, and with O(verify) its SIP connections are deployed.
      type: bool
      returned: always
    failure:
      description: What went wrong, null otherwise. See RV(audiocodes.live_platform.oc_service#module:failure).
      type: dict
      returned: always
summary:
  description: Number of services per outcome, requests, logins and seconds.
  returned: always, unless the input is wrong
  type: dict
  sample:
    created: 2
    unchanged: 0
    failed: 0
    requests: 14
    logins: 1
    duration: 4.2
lines:
  description: One line per service for people, in the order of RV(results).
  returned: always, unless the input is wrong
  type: list
  elements: str
  sample: ["Birch           created, SIP connection Birch deployed on SBC NL-SBC05 (id 2)"]
outcomes:
  description:
    - The outcome of each service, to pass to the next job with M(ansible.builtin.set_stats). It contains no secrets,
      and no text of the platform, which a later job could take for a template.
  returned: not in check mode, unless the input is wrong
  type: list
  elements: dict
  contains:
    ms_tenant_id:
      description: Microsoft tenant of the service.
      type: str
      returned: always
    short_name:
      description: Short name of the service.
      type: str
      returned: always
    outcome:
      description: See RV(results[].outcome).
      type: str
      returned: always
    task_id:
      description:
        - Id of the task that creates the service; null when there is none, or when it has other characters than
          letters, digits, C(_) and C(-).
      type: str
      returned: always
    message:
      description:
        - That the service has failed, with the HTTP status if there is one; null otherwise. What the platform said is
          in RV(results[].failure).
      type: str
      returned: always
plan:
  description:
    - What would be done, for O(plan) of a later run. It contains numbers, and fingerprints of all other values; the
      fingerprint of a secret is that of its mask.
  returned: in check mode, unless the input is wrong
  type: list
  elements: dict
  contains:
    ms_tenant_id:
      description: Microsoft tenant of the service.
      type: str
      returned: always
    short_name:
      description: Short name of the service.
      type: str
      returned: always
    outcome:
      description: See RV(results[].outcome).
      type: str
      returned: always
    link:
      description: Always C(service).
      type: str
      returned: always
    starts_from:
      description:
        - What is there now, by option, of what would be changed, and the guid of the service; of a service that would
          be deleted, all that is known of it.
      type: dict
      returned: always
    request:
      description: What is wanted, by option, of what would be created or changed.
      type: dict
      returned: always
not_deployed:
  description: With O(verify), one sentence for each SIP connection that is not deployed, or on another SBC.
  returned: with O(verify), unless the input is wrong
  type: list
  elements: str
  sample: ["Birch: SIP connection Birch is not deployed, its state is 'Deploying'"]
sbcs:
  description:
    - The SBCs that were looked up for O(services_by_name), see RV(audiocodes.live_platform.sbc_info#module:sbcs).
  returned: with O(services_by_name), unless the input is wrong
  type: list
  elements: dict
platform:
  description: Address of the platform that the services are on, as in O(base_url).
  returned: always, unless the input is wrong
  type: str
  sample: https://liveplatform.example.com/tenantui
failure:
  description: The failure of the first service that failed, see RV(audiocodes.live_platform.oc_service#module:failure).
  returned: failure
  type: dict
"""

import random
from dataclasses import replace
from functools import partial
from math import inf

from ..module_utils._api.client import LivePlatformApi
from ..module_utils._api.field import public_and_secret
from ..module_utils._api.fields import SERVICE_OPTIONS
from ..module_utils._api.leads import Lead
from ..module_utils._input.by_name import resolve_options
from ..module_utils._input.service_list import label_of, secret_names, unknown_keys
from ..module_utils._module.definition import Definition
from ..module_utils._module.sent import SentModule
from ..module_utils._module.service_options import bulk_spec, service_spec
from ..module_utils._module.submitting_module import SUBMISSION_SPEC, SubmittingModule
from ..module_utils._module.waiting_module import PROGRESS_SPEC, WAIT_SPEC
from ..module_utils._reconcile.resource import PRESENT
from ..module_utils._report.approved_plan import Link, keep_to, plan_problems
from ..module_utils._report.handed_on_records import outcome_records, planned
from ..module_utils._report.outcome_lines import outcome_lines
from ..module_utils._report.service_results import many_results
from ..module_utils._resources.oc_service.current_state import LookedUp
from ..module_utils._resources.oc_service.deployment import is_ready, verified
from ..module_utils._resources.oc_service.display_names import DisplayNames
from ..module_utils._resources.oc_service.reconcile import compares_in_full, reconcile_all
from ..module_utils._resources.oc_service.request import WantedService, check_all, misspelt_secrets, short_gateways

OPTIONS = {**bulk_spec(), **WAIT_SPEC, **PROGRESS_SPEC, **SUBMISSION_SPEC}


def wanted_services(params):
    """Return the services of the options that have ids."""
    return [WantedService.from_options(service, params) for service in params["services"] or ()]


def problems(params):
    """Say what is wrong with the options. What is given by name is checked together with what its names stand for."""
    services = params["services"] or []
    found = [
        f"{label_of(number, service, 'services')}: {problem}"
        for number, service in enumerate(services)
        for problem in unknown_keys(service, list(service_spec()))
    ]
    if params["services_by_name"] is None:
        parameters = [key for service in services for key in service.get("script_parameters") or {}]
        found += misspelt_secrets(params["secret_script_parameters"], parameters)
    elif params["state"] != PRESENT:
        found.append("services_by_name are created; services are deleted by their tenants, in services")
    wanted = wanted_services(params)
    found += [*check_all(wanted), *short_gateways(wanted, "services")]
    found += plan_problems(params["plan"] or [])
    if not 0 <= params["verify_timeout"] < inf:
        found.append(f"verify_timeout must be a number of seconds, not {params['verify_timeout']}")
    found += [
        f"{name} must be a whole number from 1, not {params[name]}"
        for name in ("max_concurrency", "max_requests_per_minute")
        if params[name] is not None and params[name] < 1
    ]
    return found


def work(module, api):
    """Bring the services to their wanted states."""
    params, named = module.params, None
    looked_up = None if params["leads"] is None else LookedUp([Lead.from_dict(lead) for lead in params["leads"]])
    wanted = wanted_services(params)
    if params["services_by_name"] is not None:
        named = resolve_options(api, params, module.clock)
        for warning in named.warnings:
            module.report(warning)
        looked_up = named.looked_up
        common = {**params, "display_names": named.display_names}
        wanted = [WantedService.from_options(service, common) for service in named.services]
    tools = module.tools(api, compare_in_full=compares_in_full(params["compare"], len(wanted)))

    def run(tools):
        return reconcile_all(
            tools,
            wanted,
            max_concurrency=params["max_concurrency"],
            on_error=params["on_error"],
            shuffle=random.shuffle,
            looked_up=looked_up,
            report=module.report,
        )

    plan, mask = params["plan"], module.secrets.mask

    def approve(result):
        keep_to(plan, [planned(result, mask)], Link.SERVICE, whole=False)

    if plan is not None:
        keep_to(plan, [planned(outcome, mask) for outcome in run(tools.looking()).outcomes], Link.SERVICE)
        tools = replace(tools, approve=approve)
    done = run(tools)
    result = {**many_results(done, module.report), "platform": module.connection.base_url}
    names = DisplayNames.from_options(named.display_names if named else params["display_names"])
    verifies = params["verify"] and params["wait"] and not module.check_mode
    if verifies:
        result.update(verified(result, tools, names, params["verify_timeout"]))
    for each in result["results"]:
        each["ready"] = is_ready(each, verifies)
    result["lines"] = outcome_lines(result["results"], names)
    if module.check_mode:
        result["plan"] = [planned(outcome, mask) for outcome in done.outcomes]
    else:
        result["outcomes"] = outcome_records(result["results"], module.report)
    return result if named is None else {**result, "sbcs": [sbc.to_dict() for sbc in named.sbcs]}


MODULE = Definition(
    OPTIONS,
    work,
    SubmittingModule.carry_out,
    LivePlatformApi,
    problems=problems,
    public_and_secret=partial(public_and_secret, fields=SERVICE_OPTIONS),
    items="services",
    secret_names=lambda params: secret_names(params.get("services_by_name"), params.get("service_defaults")),
    rules={
        "mutually_exclusive": [("services", "services_by_name"), ("leads", "services_by_name")],
        "required_one_of": [("services", "services_by_name")],
    },
)


def main():
    """Run the module."""
    SentModule(MODULE).run()


if __name__ == "__main__":
    main()
