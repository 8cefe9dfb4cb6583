# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Filter: variables that are probably misspelt."""

from __future__ import annotations

DOCUMENTATION = r"""
name: misspelt_variables
author:
  - AudioCodes Live Platform collection contributors (@audiocodes)
version_added: 1.0.0
short_description: Say which variables are probably misspelt
description:
  - Ansible ignores a variable that nobody reads. This finds, among the names of the variables that are set, those which
    look like a known one but are none.
  - The playbooks of this collection check their variables with it.
positional: known
options:
  _input:
    description: Names of the variables that are set.
    type: list
    elements: str
    required: true
  known:
    description: Names of the variables that are read.
    type: list
    elements: str
    required: true
"""

EXAMPLES = r"""
- name: Stop when a variable is misspelt
  ansible.builtin.assert:
    that: found | length == 0
  vars:
    found: >-
      {{ query('ansible.builtin.varnames', '^live_platform_')
         | audiocodes.live_platform.misspelt_variables(['live_platform_services', 'live_platform_connection']) }}
"""

RETURN = r"""
_value:
  description: One sentence per variable; empty when all is well.
  type: list
  elements: str
"""

from ..plugin_utils._filters import offered


class FilterModule:
    """The filter of this file."""

    def filters(self):
        """Name and function."""
        return {"misspelt_variables": offered("_resolve.input_list:misspelt_variables", for_people=True)}
