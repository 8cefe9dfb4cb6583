# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Filter: what to do when a workflow has failed."""

from __future__ import annotations

DOCUMENTATION = r"""
name: advice_lines
author:
  - AudioCodes Live Platform collection contributors (@audiocodes)
version_added: 1.0.0
short_description: Say for every service of a failed workflow what to do
description:
  - Makes one line per service, of what is known about it and what to do next.
positional: tasks, services
options:
  _input:
    description: Records of P(audiocodes.live_platform.outcome_records#filter).
    type: list
    elements: dict
    required: true
  tasks:
    description: Tasks, as M(audiocodes.live_platform.task_info) returns them.
    type: list
    elements: dict
    default: []
  services:
    description: Operator Connect services, as M(audiocodes.live_platform.oc_service_info) returns them with details.
    type: list
    elements: dict
    default: []
"""

EXAMPLES = r"""
- name: Show what to do
  ansible.builtin.debug:
    msg: "{{ live_platform_outcomes | audiocodes.live_platform.advice_lines(tasks.tasks, services.services) }}"
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
        return {"advice_lines": offered("_report.workflow:advice_lines", for_people=True)}
