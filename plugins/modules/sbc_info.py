#!/usr/bin/python
# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ansible module: look up SBC devices."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: sbc_info
short_description: Look up SBC devices
version_added: 1.0.0
description:
  - Returns the SBCs that match the given options, with the trunks that they serve; without any option, all of them.
  - The documented source of SBC ids is the calling profiles. The platform also has a list of devices, but its path is
    not documented, so it is read only on request.
author:
  - AudioCodes Live Platform collection contributors (@audiocodes)
extends_documentation_fragment:
  - audiocodes.live_platform.connection
  - audiocodes.live_platform.attributes
  - audiocodes.live_platform.attributes.info
options:
  sbc_id:
    description: Only the SBC with this id.
    type: int
  name:
    description: Only the SBC with this name, FQDN or IP address, ignoring case.
    type: str
  source:
    description:
      - Source of the SBCs.
      - V(calling_profiles) has the SBCs that serve a trunk, V(devices) has all SBCs.
      - V(auto) is V(devices) if O(devices_path) is set, otherwise V(calling_profiles).
    type: str
    choices: [auto, devices, calling_profiles]
    default: auto
  devices_path:
    description:
      - Path of the device list below O(base_url), for example V(/api/v2/sbcdevices). It is not documented; you can see
        it in the portal with the developer tools of the browser.
    type: str
  required:
    description:
      - Whether it is an error if no SBC matches. The error lists similar ones.
    type: bool
    default: false
    version_added: 2.0.0
seealso:
  - module: audiocodes.live_platform.calling_profile_info
"""

EXAMPLES = r"""
- name: Find an SBC by its name
  audiocodes.live_platform.sbc_info:
    name: NL-SBC05
  register: sbc

- name: List all SBCs that serve a trunk
  audiocodes.live_platform.sbc_info:
  register: sbcs
"""

RETURN = r"""
sbcs:
  description: The SBCs.
  returned: success
  type: list
  elements: dict
  contains:
    sbc_id:
      description: Id of the SBC, as O(audiocodes.live_platform.oc_service#module:site_location.sbc_id) takes it.
      type: int
      returned: always
    name:
      description: Name of the SBC.
      type: str
      returned: always
    fqdn:
      description: FQDN of the SBC.
      type: str
      returned: always
    ip_address:
      description: IP address of the SBC.
      type: str
      returned: always
    trunk_fqdns:
      description: Trunks enrolled at Microsoft that it serves; the values that fit C(OnlinePstnGateway).
      type: list
      elements: str
      returned: always
    calling_profiles:
      description: Names of the calling profiles that use it.
      type: list
      elements: str
      returned: always
  sample:
    - sbc_id: 2
      name: NL-SBC05
      fqdn: NL-SBC05.lab.lan
      ip_address: 172.17.239.165
      trunk_fqdns: [oc1.sandbox2.audiocodes.be]
failure:
  description: What went wrong, and what to do next, see RV(audiocodes.live_platform.oc_service#module:failure).
  returned: failure
  type: dict
"""

from ..module_utils._api.sbc_sources import (
    CALLING_PROFILES,
    DEVICES,
    SOURCE_AUTO,
    SbcRequests,
    find_sbcs,
    required_sbcs,
)
from ..module_utils._module.arguments import REQUIRED_SPEC
from ..module_utils._module.definition import Definition
from ..module_utils._module.module import LivePlatformModule
from ..module_utils._module.sent import SentModule

OPTIONS = {
    "sbc_id": {"type": "int"},
    "name": {"type": "str"},
    "source": {"type": "str", "choices": [SOURCE_AUTO, DEVICES, CALLING_PROFILES], "default": SOURCE_AUTO},
    "devices_path": {"type": "str"},
}

FILTERS = list(OPTIONS)
OPTIONS.update(REQUIRED_SPEC)


def work(module, api):
    """Return the SBCs that fit."""
    sbcs = find_sbcs(api, **{name: module.params[name] for name in FILTERS})
    if module.params["required"] and not sbcs:
        raise required_sbcs(api, module.params)
    return {"sbcs": [sbc.to_dict() for sbc in sbcs]}


MODULE = Definition(OPTIONS, work, LivePlatformModule.carry_out, SbcRequests)


def main():
    """Run the module."""
    SentModule(MODULE).run()


if __name__ == "__main__":
    main()
