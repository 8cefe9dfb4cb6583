#!/usr/bin/python
# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Documentation of an action plugin: check the variables of a play."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: check_variables
short_description: Check the variables of a play
version_added: 2.0.0
description:
  - Ansible ignores variables that are not used, so it does not report a typo in a variable's name. This module fails if
    a variable looks like one of a playbook or a role of this collection but is unknown, if a required variable is
    missing, or if a variable has the wrong type. All problems are one error.
  - The playbooks and roles of this collection start with this module. It runs on the controller and sends nothing.
author:
  - AudioCodes Live Platform collection contributors (@audiocodes)
extends_documentation_fragment:
  - audiocodes.live_platform.attributes.helper
  - audiocodes.live_platform.attributes.info
options:
  playbook:
    description:
      - Name of a playbook of this collection. Its variables are checked, and the names of the variables of its roles.
    type: str
  role:
    description: Name of a role of this collection. The names of variables with its prefix are checked.
    type: str
  services:
    description: A value that must be a list of services and must not be empty.
    type: raw
  services_name:
    description: Name of the list in messages.
    type: str
    default: live_platform_services
  readable:
    description:
      - Options of M(audiocodes.live_platform.read_services), for what must be readable. Nothing of it is returned.
    type: dict
  problems:
    description: Problems that were found before. They are shown together with the new ones.
    type: list
    elements: str
    default: []
  warnings:
    description: Warnings to show. Duplicates are shown once.
    type: list
    elements: str
    default: []
  place:
    description: Prefix of messages, such as the name of a host.
    type: str
  plan:
    description: An approved plan, with which O(numbers_planned) is compared.
    type: list
    elements: dict
    default: []
  numbers_planned:
    description:
      - The plans of M(audiocodes.live_platform.oc_numbers) for all customers. If they differ from the numbers in
        O(plan), each difference is a problem.
    type: list
    elements: dict
"""

EXAMPLES = r"""
- name: Check the variables
  audiocodes.live_platform.check_variables:
    playbook: onboard_services

- name: Stop when there is no list of services
  audiocodes.live_platform.check_variables:
    services: "{{ live_platform_services | default(none) }}"
"""

RETURN = r"""
msg:
  description: What is wrong, one line for each problem.
  returned: failure
  type: str
  sample: "unknown variable 'live_platform_service'; nearest: 'live_platform_services'"
"""
