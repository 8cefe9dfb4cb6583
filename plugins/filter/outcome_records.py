# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Filter: results as one job hands them to the next."""

from __future__ import annotations

DOCUMENTATION = r"""
name: outcome_records
author:
  - AudioCodes Live Platform collection contributors (@audiocodes)
version_added: 1.0.0
short_description: What a job of a workflow hands on of the results of oc_services
description:
  - Gives tenant, short name, outcome, task id and error of every service. The records are small and hold no secret, so
    that M(ansible.builtin.set_stats) can hand them to the next job.
options:
  _input:
    description: RV(audiocodes.live_platform.oc_services#module:results).
    type: list
    elements: dict
    required: true
"""

EXAMPLES = r"""
- name: Hand on what became of the services
  ansible.builtin.set_stats:
    data:
      live_platform_outcomes: "{{ onboarding.results | audiocodes.live_platform.outcome_records }}"
"""

RETURN = r"""
_value:
  description: One record per service with C(ms_tenant_id), C(short_name), C(outcome), C(task_id) and C(message).
  type: list
  elements: dict
"""

from ..plugin_utils._filters import offered


class FilterModule:
    """The filter of this file."""

    def filters(self):
        """Name and function."""
        return {"outcome_records": offered("_report.workflow:outcome_records", for_people=True)}
