#!/usr/bin/python
# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Documentation of an action plugin: read a list of services from the variables of a job."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: read_services
short_description: Read a list of services from the variables of a job
version_added: 2.0.0
description:
  - A job template passes strings, and passwords are often kept separate from the list of services. This module combines
    both into one list. All parts that cannot be read are one error, which names each line and never shows a value.
  - The playbooks of this collection use this module. It runs on the controller and sends nothing.
notes:
  - The services may hold passwords, so set C(no_log) for the task. Since that hides errors too, a task with O(check)
    before it shows them.
author:
  - AudioCodes Live Platform collection contributors (@audiocodes)
extends_documentation_fragment:
  - audiocodes.live_platform.attributes.helper
  - audiocodes.live_platform.attributes.info
options:
  services:
    description: The services, as a list.
    type: raw
  services_text:
    description:
      - The services as a YAML string. It takes precedence over O(services). Everybody who can see a job can see this
        string, so it must not contain passwords.
    type: raw
  service_secrets:
    description:
      - Script variables by customer, as a dictionary or as a YAML string. Customers that are not in the list are
        ignored, unless the name looks like a typo.
    type: raw
  service_secrets_text:
    description: The same for these services only, so each must belong to a service.
    type: raw
  customers_text:
    description: Tenant ids or company names, one per line. They become the services if O(services) is empty.
    type: raw
  customers_text_name:
    description: Name of O(customers_text) in messages.
    type: str
    default: customers_text
  answers:
    description:
      - Answers to a survey, by the keys of a service. C(script_variables) and C(secret_script_variable) are strings
        with one C(name=value) per line. Without O(services), they are the only service.
    type: dict
  answers_prefix:
    description: Prefix of the variables with the answers, for messages.
    type: str
    default: ""
  check:
    description: Whether to return nothing, and only to fail if something cannot be read.
    type: bool
    default: false
"""

EXAMPLES = r"""
- name: Check that the services can be read
  audiocodes.live_platform.read_services:
    services_text: "{{ live_platform_services_text }}"
    service_secrets: "{{ passwords_by_customer }}"
    check: true

- name: Read the services
  audiocodes.live_platform.read_services:
    services_text: "{{ live_platform_services_text }}"
    service_secrets: "{{ passwords_by_customer }}"
  no_log: true
  register: read
"""

RETURN = r"""
services:
  description: The services, with their passwords. Null when there is neither a list nor an answer.
  returned: without O(check)
  type: list
  elements: dict
answers:
  description: The service of O(answers), without what was left empty.
  returned: without O(check)
  type: dict
"""
