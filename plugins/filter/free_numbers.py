# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Filter: choose telephone numbers that are not used."""

from __future__ import annotations

DOCUMENTATION = r"""
name: free_numbers
author:
  - AudioCodes Live Platform collection contributors (@audiocodes)
version_added: 2.0.0
short_description: Choose telephone numbers that are not used
description:
  - Returns the first numbers of a pool that are not used, in the order of the pool. The same input gives the same
    numbers.
  - It is an error if the pool has too few numbers.
positional: used, count
options:
  _input:
    description:
      - The pool. Numbers in E.164 form and ranges such as V(+97239764660-+97239764670). A dictionary with C(number), or
        with C(start) and C(end), is accepted too.
    type: list
    elements: raw
    required: true
  used:
    description: Numbers and ranges that are used, or the numbers of M(audiocodes.live_platform.oc_number_info).
    type: list
    elements: raw
    required: true
  count:
    description: Number of telephone numbers to return.
    type: int
    default: 1
"""

EXAMPLES = r"""
- name: Choose two numbers for a new office
  ansible.builtin.debug:
    msg: >-
      {{ ['+31201000000-+31201000099']
         | audiocodes.live_platform.free_numbers(['+31201000000', '+31201000002'], 2) }}
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
        return {"free_numbers": offered("_resolve.numbers:free_numbers")}
