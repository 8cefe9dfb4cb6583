# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Filter: from SBC and gateway names to site locations."""

from __future__ import annotations

DOCUMENTATION = r"""
name: resolve_sbcs
author:
  - AudioCodes Live Platform collection contributors (@audiocodes)
version_added: 2.0.0
short_description: Find the SBC and gateway of every service in a list
description:
  - Puts the id of the SBC and the name of the SIP connection into C(site_location) of every service, and collects all
    problems of all services. The result is what M(audiocodes.live_platform.oc_services) takes.
  - An SBC is named by name, FQDN, IP address or id, or found as the only one that serves the gateway.
  - The role C(audiocodes.live_platform.sbc_onboarding) is built on it.
positional: sbcs
options:
  _input:
    description: Services, as in C(live_platform_services).
    type: list
    elements: dict
    required: true
  sbcs:
    description: SBCs, as M(audiocodes.live_platform.sbc_info) returns them.
    type: list
    elements: dict
    required: true
  strict_gateway:
    description:
      - Whether a gateway that the SBC is not known to serve is a problem instead of a warning.
      - Where it is none, only a full FQDN is taken as it is. A short name that fits no known gateway is always a
        problem.
    type: bool
    default: true
  before:
    description: Problems that earlier steps have found. They are put together with those of this one.
    type: list
    elements: str
    default: []
  secret:
    description: Script parameters that are secret in all services. A name that is none is a problem.
    type: list
    elements: str
    default: []
  place:
    description:
      - What a problem calls the service when the list has one item that no user has written, such as the name of a
        host. Without it, the place in C(live_platform_services).
    type: str
    version_added: 2.0.0
"""

EXAMPLES = r"""
- name: Read all SBCs
  audiocodes.live_platform.sbc_info:
  register: sbcs

- name: Show what would be given to oc_services
  ansible.builtin.debug:
    msg: "{{ (live_platform_services | audiocodes.live_platform.resolve_sbcs(sbcs.sbcs)).services }}"
"""

RETURN = r"""
_value:
  description: A dictionary with C(services), C(problems) and C(warnings).
  type: dict
"""

from ..plugin_utils._filters import offered


def resolve_sbcs(services, sbcs, *, strict_gateway=True, before=(), secret=(), place=None):
    """Resolve the SBCs and gateways of services."""
    from ..module_utils._api.sbcs import Sbc
    from ..module_utils._resources.names.resolve_sbcs import resolve_sbcs as resolve_names

    known = [Sbc.from_dict(sbc) for sbc in sbcs]
    found = resolve_names(services, known, strict_gateway=bool(strict_gateway), before=before, secret=secret)
    return found.placed(place).to_dict()


class FilterModule:
    """The filter of this file."""

    def filters(self):
        """Name and function."""
        return {"resolve_sbcs": offered(resolve_sbcs)}
