# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Filter: what is wrong with a variable that must be a list of services."""

from __future__ import annotations

DOCUMENTATION = r"""
name: list_problems
author:
  - AudioCodes Live Platform collection contributors (@audiocodes)
version_added: 2.0.0
short_description: Say why a variable is no list of services
description:
  - Finds a list that is missing, null or empty, and a dictionary or a string where a list is needed.
  - What the items hold is not looked at. The playbooks and roles of this collection check their lists with it.
positional: name
options:
  _input:
    description: The value of the variable; V(none) when it is not set.
    type: raw
    required: true
  name:
    description: Name of the variable.
    type: str
    default: live_platform_services
"""

EXAMPLES = r"""
- name: Stop when there is no list
  ansible.builtin.assert:
    that: live_platform_services | default(none) | audiocodes.live_platform.list_problems | length == 0
"""

RETURN = r"""
_value:
  description: One sentence, or nothing when it is a list with items.
  type: list
  elements: str
"""

from ..plugin_utils._filters import offered


class FilterModule:
    """The filter of this file."""

    def filters(self):
        """Name and function."""
        return {"list_problems": offered("_resolve.input_list:list_problems", for_people=True)}
