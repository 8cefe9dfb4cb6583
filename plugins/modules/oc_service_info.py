#!/usr/bin/python
# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ansible module: look up services."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: oc_service_info
short_description: Look up services
version_added: 1.0.0
description:
  - Returns the services of the platform that match all given options; without any option, all services of every licence
    type.
author:
  - AudioCodes Live Platform collection contributors (@audiocodes)
extends_documentation_fragment:
  - audiocodes.live_platform.connection
  - audiocodes.live_platform.attributes
  - audiocodes.live_platform.attributes.info
options:
  ms_tenant_id:
    description: Only services of this Microsoft tenant.
    type: str
  ump_customer_guid:
    description: Only the service with this guid. It is read directly, with all its details.
    type: str
  short_name:
    description: Only services with this short name. It is unique within a tenant only.
    type: str
  license_types:
    description: Only services with one of these licences.
    type: list
    elements: str
    choices: [hosted_essentials, hosted_essentials_plus, hosted_pro, oc_essential, oc_essentials_plus, oc_pro]
    default: []
  details:
    description: Whether to return the SIP connections too, with their deployment state.
    type: bool
    default: false
  required:
    description:
      - Whether it is an error if no service matches. The error lists similar ones.
    type: bool
    default: false
    version_added: 2.0.0
seealso:
  - module: audiocodes.live_platform.oc_service
  - module: audiocodes.live_platform.sip_connection_info
"""

EXAMPLES = r"""
- name: List all Operator Connect services with their SIP connections
  audiocodes.live_platform.oc_service_info:
    license_types: [oc_essential, oc_essentials_plus, oc_pro]
    details: true
  register: services

- name: Find the services of a tenant
  audiocodes.live_platform.oc_service_info:
    ms_tenant_id: f9f53ee0-56e1-43f6-8fe3-5fb322986657
  register: service
"""

RETURN = r"""
services:
  description: The services. The client secret that the platform shows of some is never read.
  returned: success
  type: list
  elements: dict
  contains:
    ump_customer_guid:
      description: Guid of the service.
      type: str
      returned: always
    short_name:
      description: Short name.
      type: str
      returned: always
    full_name:
      description: Full name.
      type: str
      returned: always
    license_type:
      description: Licence, as in O(license_types); C(unknown_) and the number for a code that is not known.
      type: str
      returned: always
    license_code:
      description: The platform's number of the licence.
      type: int
      returned: always
    licensed_users:
      description: Number of licensed users.
      type: int
      returned: always
    ms_tenant_id:
      description: Microsoft tenant of the service.
      type: str
      returned: always
    active_users:
      description: Number of active users.
      type: int
      returned: always
    site_locations:
      description: SIP connections, empty without O(details).
      type: list
      elements: dict
      returned: always
      contains:
        id:
          description: Id, as M(audiocodes.live_platform.sip_connection_info) takes it.
          type: str
          returned: always
        name:
          description: Name of the SIP connection.
          type: str
          returned: always
        sbc_id:
          description: SBC that it is on.
          type: int
          returned: always
        deployment_state:
          description: State of the deployment on the SBC, as the platform writes it.
          type: str
          returned: always
        deployed:
          description: Whether that means that it is deployed; null when the platform does not tell.
          type: bool
          returned: always
  sample:
    - ump_customer_guid: 0d4a3a52-3f4a-4a0e-8f0f-5d0a8a6f1c11
      short_name: Bradx35340067
      full_name: Brad Telecom
      license_type: oc_essential
      ms_tenant_id: f9f53ee0-56e1-43f6-8fe3-5fb322986657
failure:
  description: What went wrong, and what to do next, see RV(audiocodes.live_platform.oc_service#module:failure).
  returned: failure
  type: dict
"""

from ..module_utils._api.licenses import LICENSE_CODES
from ..module_utils._api.services import ServiceRequests, find_services, required_services
from ..module_utils._module.arguments import REQUIRED_SPEC
from ..module_utils._module.definition import Definition
from ..module_utils._module.module import LivePlatformModule
from ..module_utils._module.sent import SentModule

OPTIONS = {
    "ms_tenant_id": {"type": "str"},
    "ump_customer_guid": {"type": "str"},
    "short_name": {"type": "str"},
    "license_types": {"type": "list", "elements": "str", "choices": list(LICENSE_CODES), "default": []},
    "details": {"type": "bool", "default": False},
}

FILTERS = list(OPTIONS)
OPTIONS.update(REQUIRED_SPEC)


def work(module, api):
    """Return the services that fit."""
    services = find_services(api, **{name: module.params[name] for name in FILTERS})
    if module.params["required"] and not services:
        raise required_services(api, module.params)
    return {"services": [service.to_dict() for service in services]}


MODULE = Definition(OPTIONS, work, LivePlatformModule.carry_out, ServiceRequests)


def main():
    """Run the module."""
    SentModule(MODULE).run()


if __name__ == "__main__":
    main()
