# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Filter: give each telephone number of a list with ranges."""

from __future__ import annotations

DOCUMENTATION = r"""
name: expand_numbers
author:
  - AudioCodes Live Platform collection contributors (@audiocodes)
version_added: 2.0.0
short_description: Expand ranges to single telephone numbers
description:
  - Returns each number of a list of numbers and ranges once, in the order of the list.
  - If an item is neither a number nor a range, the filter fails and names all such items.
options:
  _input:
    description:
      - Numbers in E.164 form and ranges such as V(+97239764660-+97239764670). A dictionary with C(number), or with
        C(start) and C(end), is accepted too.
    type: list
    elements: raw
    required: true
"""

EXAMPLES = r"""
- name: Show the four numbers
  ansible.builtin.debug:
    msg: "{{ ['+31201000000-+31201000002', '+31201000010'] | audiocodes.live_platform.expand_numbers }}"
"""

RETURN = r"""
_value:
  description: The numbers.
  type: list
  elements: str
"""

from ..plugin_utils._filters import offered


class FilterModule:
    """The filter of this file."""

    def filters(self):
        """Name and function."""
        return {"expand_numbers": offered("_resolve.numbers:expand_numbers")}
