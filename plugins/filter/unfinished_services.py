# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Filter: which submitted services are not there."""

from __future__ import annotations

DOCUMENTATION = r"""
name: unfinished_services
author:
  - AudioCodes Live Platform collection contributors (@audiocodes)
version_added: 1.0.0
short_description: Say which submitted services are not there
description:
  - A service is there when the service list shows it, or when its task has succeeded. Tasks that the platform does not
    know any more do no harm as long as the service is there.
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
    required: true
  services:
    description: Operator Connect services, as M(audiocodes.live_platform.oc_service_info) returns them.
    type: list
    elements: dict
    required: true
"""

EXAMPLES = r"""
- name: Stop when a service is not there
  ansible.builtin.assert:
    that: >-
      live_platform_outcomes
      | audiocodes.live_platform.unfinished_services(tasks.tasks, services.services) | length == 0
"""

RETURN = r"""
_value:
  description: One sentence per service that is not there; empty when all are.
  type: list
  elements: str
"""

from ..plugin_utils._filters import offered


class FilterModule:
    """The filter of this file."""

    def filters(self):
        """Name and function."""
        return {"unfinished_services": offered("_report.workflow:unfinished", for_people=True)}
