#!/usr/bin/python
# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Documentation of an action plugin: put ids where the names are in a list of services."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: resolve_services
short_description: Replace names with ids in a list of services
version_added: 2.0.0
description:
  - Accepts the keys of C(live_platform_services), and the results of earlier look-ups. Returns services as
    M(audiocodes.live_platform.oc_services) accepts them in O(audiocodes.live_platform.oc_services#module:services).
  - The roles of this collection use this module, one step each. M(audiocodes.live_platform.oc_services) does all of it
    in one task with O(audiocodes.live_platform.oc_services#module:services_by_name).
  - It runs on the controller and sends nothing.
notes:
  - The services may hold passwords, so set C(no_log) for the task.
author:
  - AudioCodes Live Platform collection contributors (@audiocodes)
extends_documentation_fragment:
  - audiocodes.live_platform.attributes.helper
  - audiocodes.live_platform.attributes.info
options:
  step:
    description:
      - V(leads) finds the tenant and the lead of each service by the name of the company, in O(leads) and O(existing).
      - V(scripts) finds the scripts, and the variables of each onboarding script, in O(script_templates).
      - V(sbcs) finds the SBC and the gateway of each SIP connection, in O(sbcs).
      - V(removals) finds the services to delete, in O(leads) and O(existing).
      - V(numbers) finds the customers that have telephone numbers, in O(leads), and checks the numbers of all of them,
        also against O(calling_profiles).
    type: str
    choices: [leads, scripts, sbcs, removals, numbers]
    required: true
  services:
    description: The services, as the user wrote them or as the previous step has returned them.
    type: raw
    required: true
  service_defaults:
    description: Default values of all services.
    type: raw
  leads:
    description: The leads, as M(audiocodes.live_platform.oc_lead_info) returns them.
    type: list
    elements: dict
    default: []
  existing:
    description: The services that exist, as M(audiocodes.live_platform.oc_service_info) returns them.
    type: list
    elements: dict
    default: []
  calling_profiles:
    description: Calling profiles, as M(audiocodes.live_platform.calling_profile_info) returns them.
    type: list
    elements: dict
    default: []
  script_templates:
    description: Script templates with details, as M(audiocodes.live_platform.script_template_info) returns them.
    type: list
    elements: dict
    default: []
  require_all_variables:
    description:
      - Whether each variable of the onboarding script must have a value. By default, missing values are a warning.
    type: bool
    default: false
  script_template_types:
    description: The type numbers that the script options accept, if they differ from the usual ones.
    type: raw
  sbcs:
    description: SBCs, as M(audiocodes.live_platform.sbc_info) returns them.
    type: list
    elements: dict
    default: []
  strict_gateway:
    description:
      - Whether a gateway that its SBC does not serve is a problem. With V(false), a full name is only a warning.
    type: bool
    default: true
  secret_script_parameters:
    description: Names of script parameters of all services whose values are secret.
    type: list
    elements: str
    default: []
  problems_before:
    description: Problems that the previous steps have found.
    type: list
    elements: str
    default: []
  place:
    description: Name of the only service in messages, such as the name of a host.
    type: str
"""

EXAMPLES = r"""
- name: Read the leads
  audiocodes.live_platform.oc_lead_info:
  register: found

- name: Find the lead of every service
  audiocodes.live_platform.resolve_services:
    step: leads
    services: "{{ live_platform_services }}"
    leads: "{{ found.leads }}"
  register: resolved
  no_log: true

- name: Stop when a service cannot be made from its lead
  audiocodes.live_platform.check_variables:
    problems: "{{ resolved.problems }}"
"""

RETURN = r"""
services:
  description: The services, as far as they could be resolved.
  returned: success
  type: list
  elements: dict
problems:
  description: What is wrong, one sentence each. Nothing should be created then.
  returned: success
  type: list
  elements: str
notes:
  description: What should be known although it is no problem.
  returned: success
  type: list
  elements: str
leads:
  description: The leads of these services.
  returned: success
  type: list
  elements: dict
"""
