# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Filter: services with secret script variables that are kept elsewhere."""

from __future__ import annotations

DOCUMENTATION = r"""
name: with_service_secrets
author:
  - AudioCodes Live Platform collection contributors (@audiocodes)
version_added: 2.0.0
short_description: Put secret script variables into the services that they belong to
description:
  - A list of services is often shown, so its passwords are kept elsewhere, under the short name, the company name or
    the tenant id of the customer. Here they come together.
  - Each such variable stays secret under the number that the platform knows it by.
  - A value that the list gives as well must be the same.
positional: secrets, typed
options:
  _input:
    description: The services.
    type: list
    elements: dict
    required: true
  secrets:
    description:
      - Script variables of many customers, as a dictionary or as its YAML. Customers that no service belongs to are of
        no account, unless the name looks like a typo.
    type: raw
  typed:
    description: Script variables for these services, as a dictionary or as its YAML. Each must belong to one.
    type: raw
"""

EXAMPLES = r"""
- name: Show the services
  ansible.builtin.debug:
    msg: "{{ complete | audiocodes.live_platform.hide_secrets }}"
  vars:
    services:
      - short_name: Alder
        ms_tenant_id: 21c4b83a-07d6-4f2f-9360-6a3f725e89b1
    passwords:
      Alder:
        CarrierUserPassword: from a vault
    complete: "{{ services | audiocodes.live_platform.with_service_secrets(passwords) }}"
"""

RETURN = r"""
_value:
  description: The services.
  type: list
  elements: dict
"""

from ..plugin_utils._filters import offered


class FilterModule:
    """The filter of this file."""

    def filters(self):
        """Name and function."""
        return {"with_service_secrets": offered("_resolve.service_secrets:with_secrets")}
