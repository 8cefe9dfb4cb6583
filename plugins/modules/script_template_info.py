#!/usr/bin/python
# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ansible module: look up script templates."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: script_template_info
short_description: Look up script templates
version_added: 1.0.0
description:
  - Returns the script templates that match the given options; without any option, all of them.
author:
  - AudioCodes Live Platform collection contributors (@audiocodes)
extends_documentation_fragment:
  - audiocodes.live_platform.connection
  - audiocodes.live_platform.attributes
  - audiocodes.live_platform.attributes.info
options:
  script_id:
    description: Only the script with this id.
    type: int
  name:
    description: Only the script with this name, ignoring case.
    type: str
  script_type:
    description: Only scripts of this kind.
    type: str
    choices: [any, sbc, m365]
    default: any
  details:
    description: Whether to return the source text and the customer variables too.
    type: bool
    default: true
  required:
    description:
      - Whether it is an error if no script template matches. The error lists similar ones.
    type: bool
    default: false
    version_added: 2.0.0
seealso:
  - plugin: audiocodes.live_platform.script_parameters
    plugin_type: filter
"""

EXAMPLES = r"""
- name: Show which variables a script takes
  audiocodes.live_platform.script_template_info:
    name: sbc-scenario7
  register: scripts

- name: List the names and ids of all SBC scripts
  audiocodes.live_platform.script_template_info:
    script_type: sbc
    details: false
  register: sbc_scripts
"""

RETURN = r"""
script_templates:
  description: The script templates.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: Id of the script.
      type: int
      returned: always
    name:
      description: Name of the script.
      type: str
      returned: always
    script_type:
      description: One of C(number), C(sbc_onboarding), C(sbc_cleanup), C(m365_onboarding), C(m365_cleanup), or null.
      type: str
      returned: always
    script_type_code:
      description: The number of the type, as the platform says it; null when it does not.
      type: int
      returned: always
    description:
      description: Description.
      type: str
      returned: always
    customer_variables:
      description: Names in the script's 'Customer variables' column, in order; empty without O(details).
      type: list
      elements: str
      returned: always
    related_scripts:
      description: Scripts that belong to it, normally the cleanup script of an onboarding script.
      type: list
      elements: dict
      returned: always
      contains:
        id:
          description: Id of the related script.
          type: int
          returned: always
        name:
          description: Name of the related script.
          type: str
          returned: always
    script:
      description: Text of the script; null without O(details).
      type: str
      returned: always
  sample:
    - id: 7
      name: sbc-scenario7
      script_type: sbc_onboarding
      script_type_code: 1
      customer_variables: [IPPBX-ProxyAddress, IPPBX-ProxyAddress-SIPPort, SIP-HostName]
      related_scripts:
        - id: 700
          name: sbc-scenario7Cleanup
failure:
  description: What went wrong, and what to do next, see RV(audiocodes.live_platform.oc_service#module:failure).
  returned: failure
  type: dict
"""

from ..module_utils._api.script_templates import (
    SCRIPT_KINDS,
    ScriptTemplateRequests,
    find_script_templates,
    required_templates,
)
from ..module_utils._module.arguments import REQUIRED_SPEC
from ..module_utils._module.definition import Definition
from ..module_utils._module.module import LivePlatformModule
from ..module_utils._module.sent import SentModule

OPTIONS = {
    "script_id": {"type": "int"},
    "name": {"type": "str"},
    "script_type": {"type": "str", "choices": list(SCRIPT_KINDS), "default": "any"},
    "details": {"type": "bool", "default": True},
}

FILTERS = list(OPTIONS)
OPTIONS.update(REQUIRED_SPEC)


def work(module, api):
    """Return the script templates that fit."""
    templates = find_script_templates(api, **{name: module.params[name] for name in FILTERS})
    if module.params["required"] and not templates:
        raise required_templates(api, module.params)
    return {"script_templates": [template.to_dict() for template in templates]}


MODULE = Definition(OPTIONS, work, LivePlatformModule.carry_out, ScriptTemplateRequests)


def main():
    """Run the module."""
    SentModule(MODULE).run()


if __name__ == "__main__":
    main()
