# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Filter: what a dry run hands to the run that shall do it."""

from __future__ import annotations

DOCUMENTATION = r"""
name: plan_records
author:
  - AudioCodes Live Platform collection contributors (@audiocodes)
version_added: 2.0.0
short_description: What a dry run of oc_services has planned
description:
  - Gives tenant, short name, outcome and the request of every service. The records hold no secret, so that
    M(ansible.builtin.set_stats) can hand them to the next job of a workflow.
options:
  _input:
    description: RV(audiocodes.live_platform.oc_services#module:results) of a run in check mode.
    type: list
    elements: dict
    required: true
"""

EXAMPLES = r"""
- name: Hand on the plan
  ansible.builtin.set_stats:
    data:
      live_platform_plan: "{{ onboarding.results | audiocodes.live_platform.plan_records }}"
"""

RETURN = r"""
_value:
  description: One record per service with C(ms_tenant_id), C(short_name), C(outcome) and C(request).
  type: list
  elements: dict
"""

from ..plugin_utils._filters import offered


class FilterModule:
    """The filter of this file."""

    def filters(self):
        """Name and function."""
        return {"plan_records": offered("_report.workflow:planned", for_people=True)}
