# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Filter: the status of customers as lines for people."""

from __future__ import annotations

DOCUMENTATION = r"""
name: status_lines
author:
  - AudioCodes Live Platform collection contributors (@audiocodes)
version_added: 1.0.0
short_description: Write one line per customer
description:
  - Makes a readable table of what P(audiocodes.live_platform.service_status#filter) gives.
options:
  _input:
    description: Records of P(audiocodes.live_platform.service_status#filter).
    type: list
    elements: dict
    required: true
"""

EXAMPLES = r"""
- name: Show the status of all customers
  ansible.builtin.debug:
    msg: >-
      {{ services.services | audiocodes.live_platform.service_status(leads.leads)
         | audiocodes.live_platform.status_lines }}
"""

RETURN = r"""
_value:
  description: One line per customer.
  type: list
  elements: str
"""

from ..plugin_utils._filters import offered


class FilterModule:
    """The filter of this file."""

    def filters(self):
        """Name and function."""
        return {"status_lines": offered("_report.overview:status_lines", for_people=True)}
