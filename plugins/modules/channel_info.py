#!/usr/bin/python
# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ansible module: look up channels."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: channel_info
short_description: Look up channels
version_added: 2.0.0
description:
  - Returns the channel with the given id; without it, all channels.
  - A request for one channel by its id is documented. A request for all channels is not.
author:
  - AudioCodes Live Platform collection contributors (@audiocodes)
extends_documentation_fragment:
  - audiocodes.live_platform.connection
  - audiocodes.live_platform.attributes
  - audiocodes.live_platform.attributes.info
options:
  channel_id:
    description: Only the channel with this id.
    type: str
  required:
    description:
      - Whether it is an error if no channel matches. The error lists the existing channels.
    type: bool
    default: false
seealso:
  - module: audiocodes.live_platform.oc_lead
  - module: audiocodes.live_platform.oc_service
"""

EXAMPLES = r"""
- name: Read all channels
  audiocodes.live_platform.channel_info:
  register: found

- name: Show them
  ansible.builtin.debug:
    msg: "{{ found.channels | items2dict(key_name='id', value_name='name') }}"

- name: Make sure that a channel exists
  audiocodes.live_platform.channel_info:
    channel_id: "1574"
    required: true
"""

RETURN = r"""
channels:
  description: The channels.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: Id of the channel, as O(audiocodes.live_platform.oc_lead#module:channel_id) takes it.
      type: str
      returned: always
    name:
      description: Name of the channel.
      type: str
      returned: always
    tenant_id:
      description: Number of the tenant in the Operation Center that the channel belongs to.
      type: int
      returned: always
    ms_tenant_id:
      description: Microsoft tenant of the channel.
      type: str
      returned: always
  sample:
    - id: "1574"
      name: Benelux Partners
      tenant_id: 868
      ms_tenant_id: null
failure:
  description: What went wrong, and what to do next, see RV(audiocodes.live_platform.oc_service#module:failure).
  returned: failure
  type: dict
"""

from ..module_utils._api.channels import ChannelRequests, find_channels, required_channels
from ..module_utils._module.arguments import REQUIRED_SPEC
from ..module_utils._module.definition import Definition
from ..module_utils._module.module import LivePlatformModule
from ..module_utils._module.sent import SentModule

OPTIONS = {"channel_id": {"type": "str"}, **REQUIRED_SPEC}


def work(module, api):
    """Return the channels that fit."""
    channels = find_channels(api, channel_id=module.params["channel_id"])
    if module.params["required"] and not channels:
        raise required_channels(api, module.params)
    return {"channels": [channel.to_dict() for channel in channels]}


MODULE = Definition(OPTIONS, work, LivePlatformModule.carry_out, ChannelRequests)


def main():
    """Run the module."""
    SentModule(MODULE).run()


if __name__ == "__main__":
    main()
