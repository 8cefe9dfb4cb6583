# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Filter: whether what was planned is still what would be done."""

from __future__ import annotations

DOCUMENTATION = r"""
name: plan_differences
author:
  - AudioCodes Live Platform collection contributors (@audiocodes)
version_added: 2.0.0
short_description: Say how a dry run differs from an earlier one
description:
  - Compares the results of a dry run with what P(audiocodes.live_platform.plan_records#filter) gave of an earlier one.
positional: plan
options:
  _input:
    description: RV(audiocodes.live_platform.oc_services#module:results) of a run in check mode.
    type: list
    elements: dict
    required: true
  plan:
    description: The earlier plan.
    type: list
    elements: dict
    required: true
"""

EXAMPLES = r"""
- name: Stop when the plan does not hold any more
  ansible.builtin.fail:
    msg: "{{ changes | join('\n') }}"
  vars:
    changes: "{{ onboarding.results | audiocodes.live_platform.plan_differences(live_platform_plan) }}"
  when: changes | length > 0
"""

RETURN = r"""
_value:
  description: One line per difference; none when the plan holds.
  type: list
  elements: str
"""

from ..plugin_utils._filters import offered


class FilterModule:
    """The filter of this file."""

    def filters(self):
        """Name and function."""
        return {"plan_differences": offered("_report.workflow:plan_differences", for_people=True)}
