# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Filter: give telephone numbers as ranges."""

from __future__ import annotations

DOCUMENTATION = r"""
name: number_ranges
author:
  - AudioCodes Live Platform collection contributors (@audiocodes)
version_added: 2.0.0
short_description: Combine telephone numbers into ranges
description:
  - Combines the numbers into as few ranges as possible, in order. A single number stays a number.
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
- name: Show one range and one number
  ansible.builtin.debug:
    msg: "{{ ['+31201000001', '+31201000010', '+31201000000'] | audiocodes.live_platform.number_ranges }}"
"""

RETURN = r"""
_value:
  description: The ranges.
  type: list
  elements: str
"""

from ..plugin_utils._filters import offered


class FilterModule:
    """The filter of this file."""

    def filters(self):
        """Name and function."""
        return {"number_ranges": offered("_resolve.numbers:number_ranges")}
