# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Filter: results as lines for people."""

from __future__ import annotations

DOCUMENTATION = r"""
name: outcome_lines
author:
  - AudioCodes Live Platform collection contributors (@audiocodes)
version_added: 1.0.0
short_description: Write one line per result of oc_services
description:
  - Makes a short, readable account of what became of each service. No line holds a secret.
positional: sbcs
options:
  _input:
    description: RV(audiocodes.live_platform.oc_services#module:results).
    type: list
    elements: dict
    required: true
  sbcs:
    description: RV(audiocodes.live_platform.sbc_info#module:sbcs), for the names of what does not exist yet.
    type: list
    elements: dict
    default: []
"""

EXAMPLES = r"""
- name: Say what became of the services
  ansible.builtin.debug:
    msg: "{{ onboarding.results | audiocodes.live_platform.outcome_lines }}"
"""

RETURN = r"""
_value:
  description: One line per service.
  type: list
  elements: str
"""

from ..plugin_utils._filters import offered


class FilterModule:
    """The filter of this file."""

    def filters(self):
        """Name and function."""
        return {"outcome_lines": offered("_report.overview:outcome_lines", for_people=True)}
