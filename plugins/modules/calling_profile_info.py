#!/usr/bin/python
# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ansible module: look up calling profiles."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: calling_profile_info
short_description: Look up calling profiles
version_added: 1.0.0
description:
  - Returns the calling profiles, with the trunks that are enrolled at Microsoft, and the SBCs that serve these trunks.
author:
  - AudioCodes Live Platform collection contributors (@audiocodes)
extends_documentation_fragment:
  - audiocodes.live_platform.connection
  - audiocodes.live_platform.attributes
  - audiocodes.live_platform.attributes.info
seealso:
  - module: audiocodes.live_platform.sbc_info
"""

EXAMPLES = r"""
- name: Read the calling profiles
  audiocodes.live_platform.calling_profile_info:
  register: profiles

- name: Show the gateways that can be used
  ansible.builtin.debug:
    msg: "{{ profiles.calling_profiles | map(attribute='trunks_enrolled') | flatten | map(attribute='trunk_fqdn') }}"
"""

RETURN = r"""
calling_profiles:
  description: The calling profiles.
  returned: success
  type: list
  elements: dict
  contains:
    calling_profile_id:
      description: Id of the calling profile.
      type: str
      returned: always
    name:
      description: Name of the calling profile.
      type: str
      returned: always
    region:
      description: Region.
      type: str
      returned: always
    carrier:
      description: Carrier.
      type: str
      returned: always
    is_emergency_profile:
      description: Whether it is for emergency calls.
      type: bool
      returned: always
    offer_types:
      description: Names of the offers, such as C(Calling).
      type: list
      elements: str
      returned: always
    trunks_enrolled:
      description: Trunks enrolled at Microsoft.
      type: list
      elements: dict
      returned: always
      contains:
        trunk_fqdn:
          description: FQDN of the trunk, a value that fits C(OnlinePstnGateway).
          type: str
          returned: always
        trunk_id:
          description: Id of the trunk.
          type: str
          returned: always
        sbcs:
          description: SBCs that serve it, each with C(sbc_id), C(name), C(fqdn) and C(ip_address).
          type: list
          elements: dict
          returned: always
  sample:
    - name: Netherlands
      trunks_enrolled:
        - trunk_fqdn: oc1.sandbox2.audiocodes.be
          sbcs:
            - sbc_id: 2
              name: NL-SBC05
failure:
  description: What went wrong, and what to do next, see RV(audiocodes.live_platform.oc_service#module:failure).
  returned: failure
  type: dict
"""

from ..module_utils._api.calling_profiles import CallingProfileRequests
from ..module_utils._module.definition import Definition
from ..module_utils._module.module import LivePlatformModule
from ..module_utils._module.sent import SentModule


def work(module, api):
    """Return all calling profiles."""
    return {"calling_profiles": [profile.to_dict() for profile in api.list_calling_profiles()]}


MODULE = Definition({}, work, LivePlatformModule.carry_out, CallingProfileRequests)


def main():
    """Run the module."""
    SentModule(MODULE).run()


if __name__ == "__main__":
    main()
