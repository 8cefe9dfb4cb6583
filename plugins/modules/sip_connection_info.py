#!/usr/bin/python
# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ansible module: read SIP connections back."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: sip_connection_info
short_description: Read SIP connections back
version_added: 1.0.0
description:
  - Returns a SIP connection, or all those of a service, with SBC, scripts, script parameters and deployment state.
  - The platform shows passwords among the script parameters in clear text. The module masks them.
author:
  - AudioCodes Live Platform collection contributors (@audiocodes)
extends_documentation_fragment:
  - audiocodes.live_platform.connection
  - audiocodes.live_platform.attributes
  - audiocodes.live_platform.attributes.info
options:
  site_location_id:
    description: Id of the SIP connection, from the C(site_locations) of a service.
    type: str
  ump_customer_guid:
    description: Guid of the service whose SIP connections are returned.
    type: str
  secret_script_parameters:
    description:
      - Names of script parameters, or of the script's own variables, whose values are secret. They are masked in all
        output.
      - Names that end in C(password), C(passwd), C(pwd), C(passphrase), C(passcode), C(secret), C(apikey) or
        C(privatekey) are secret even if they are not listed. To find the names of the script's own variables, the
        module reads the script templates. A variable whose name is unknown is masked.
    type: list
    elements: str
    default: []
  required:
    description:
      - Whether it is an error if no SIP connection matches. The error lists similar ones.
    type: bool
    default: false
    version_added: 2.0.0
seealso:
  - module: audiocodes.live_platform.oc_service_info
"""

EXAMPLES = r"""
- name: Read the SIP connections of a service
  audiocodes.live_platform.sip_connection_info:
    ump_customer_guid: "{{ service.ump_customer_guid }}"
  register: connections
"""

RETURN = r"""
sip_connections:
  description: The SIP connections; empty when the platform knows none with this id or guid.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: Id of the SIP connection.
      type: str
      returned: always
    name:
      description: Name of the SIP connection.
      type: str
      returned: always
    online_pstn_gateway:
      description: Gateway that it leads to.
      type: str
      returned: always
    proxy_set:
      description: Proxy Set (SBC carrier).
      type: str
      returned: always
    sbc_id:
      description: SBC that it is on.
      type: int
      returned: always
    onboarding_script:
      description: Id of the onboarding script.
      type: int
      returned: always
    cleanup_script:
      description: Id of the cleanup script.
      type: int
      returned: always
    script_parameters:
      description: Script parameters, secrets masked.
      type: dict
      returned: always
    script_variables:
      description: The script's own variables by their names, secrets masked.
      type: dict
      returned: always
    secret_script_parameters:
      description: Names of the script parameters and variables that are masked besides those that always are.
      type: list
      elements: str
      returned: always
    deployment_state:
      description: State of the deployment on the SBC, as the platform writes it, a word or a number.
      type: str
      returned: always
    deployed:
      description: Whether that means that it is deployed; null when the platform does not tell.
      type: bool
      returned: always
  sample:
    - id: "1041"
      name: Bradx35340067
      sbc_id: 2
      onboarding_script: 7
      cleanup_script: 700
      proxy_set: SIPTrunk
      deployed: true
failure:
  description: What went wrong, and what to do next, see RV(audiocodes.live_platform.oc_service#module:failure).
  returned: failure
  type: dict
"""

from ..module_utils._api.sip_connections import (
    SipConnectionRequests,
    find_sip_connections,
    required_connections,
    with_variables,
)
from ..module_utils._module.arguments import (
    REQUIRED_SPEC,
    SECRET_PARAMETERS_SPEC,
)
from ..module_utils._module.definition import Definition
from ..module_utils._module.module import LivePlatformModule
from ..module_utils._module.sent import SentModule

OPTIONS = {
    "site_location_id": {"type": "str"},
    "ump_customer_guid": {"type": "str"},
    **SECRET_PARAMETERS_SPEC,
}

OPTIONS.update(REQUIRED_SPEC)


def work(module, api):
    """Return the SIP connections, secrets masked."""
    connections = find_sip_connections(
        api,
        site_location_id=module.params["site_location_id"],
        ump_customer_guid=module.params["ump_customer_guid"],
    )
    if module.params["required"] and not connections:
        raise required_connections(api, module.params)
    names = module.params["secret_script_parameters"]
    result = with_variables(api, connections, names, module.report)
    module.secrets.learn(result)
    return {"sip_connections": result}


MODULE = Definition(
    OPTIONS,
    work,
    LivePlatformModule.carry_out,
    SipConnectionRequests,
    rules={
        "mutually_exclusive": [("site_location_id", "ump_customer_guid")],
        "required_one_of": [("site_location_id", "ump_customer_guid")],
    },
)


def main():
    """Run the module."""
    SentModule(MODULE).run()


if __name__ == "__main__":
    main()
