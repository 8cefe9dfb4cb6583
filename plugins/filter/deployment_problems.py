# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Filter: what is not deployed as it should be."""

from __future__ import annotations

DOCUMENTATION = r"""
name: deployment_problems
author:
  - AudioCodes Live Platform collection contributors (@audiocodes)
version_added: 1.0.0
short_description: Say which SIP connections of onboarded services are not deployed
description:
  - Looks at the SIP connections of all services that were created, adopted or found unchanged.
positional: services, sbcs
options:
  _input:
    description: RV(audiocodes.live_platform.oc_services#module:results).
    type: list
    elements: dict
    required: true
  services:
    description: Services as M(audiocodes.live_platform.oc_service_info) has read them since, with details.
    type: list
    elements: dict
    default: []
  sbcs:
    description: SBCs, as M(audiocodes.live_platform.sbc_info) returns them, for their names.
    type: list
    elements: dict
    default: []
    version_added: 2.0.0
"""

EXAMPLES = r"""
- name: Stop when a SIP connection is not deployed
  ansible.builtin.assert:
    that: onboarding.results | audiocodes.live_platform.deployment_problems | length == 0
"""

RETURN = r"""
_value:
  description: One sentence per problem; empty when all is well.
  type: list
  elements: str
"""

from ..plugin_utils._filters import offered


class FilterModule:
    """The filter of this file."""

    def filters(self):
        """Name and function."""
        return {"deployment_problems": offered("_report.overview:deployment_problems", for_people=True)}
