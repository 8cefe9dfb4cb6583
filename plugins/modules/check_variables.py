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
  - Ansible ignores a variable that nobody reads. This fails when a variable looks like one that a playbook or a role of
    this collection takes, but is none, when one is missing, and when one has another type. All problems are one error.
  - The playbooks and roles of this collection begin with it. It runs on the controller and sends nothing.
author:
  - AudioCodes Live Platform collection contributors (@audiocodes)
extends_documentation_fragment:
  - audiocodes.live_platform.attributes.helper
options:
  playbook:
    description: Name of a playbook of this collection. Its variables are checked, and names of those of its roles.
    type: str
  role:
    description: Name of a role of this collection. The names of variables with its prefix are checked.
    type: str
  services:
    description: What must be a list of services that is not empty.
    type: raw
  services_name:
    description: What messages call the list.
    type: str
    default: live_platform_services
  readable:
    description:
      - Options of M(audiocodes.live_platform.read_services), for what must be readable. Nothing of it is returned.
    type: dict
  problems:
    description: Problems that were found before, which are shown with the others.
    type: list
    elements: str
    default: []
  warnings:
    description: What is shown as warnings, equal ones once.
    type: list
    elements: str
    default: []
  place:
    description: What messages begin with, such as the name of a host.
    type: str
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
