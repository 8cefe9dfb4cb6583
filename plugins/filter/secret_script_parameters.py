# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Filter: which script parameters are secret."""

from __future__ import annotations

DOCUMENTATION = r"""
name: secret_script_parameters
author:
  - AudioCodes Live Platform collection contributors (@audiocodes)
version_added: 1.0.0
short_description: Find the script parameters that are secret
description:
  - Turns the names of a script's variables into the names of script parameters, for the option
    O(audiocodes.live_platform.oc_service#module:secret_script_parameters).
  - Variables whose names mark them as secret, such as C(SIP-Password), are always included.
positional: template
options:
  _input:
    description: Names of variables that are secret. The list may be empty.
    type: list
    elements: str
    required: true
  template:
    description:
      - The script, as M(audiocodes.live_platform.script_template_info) returns it with details, or the names of its
        variables in their order.
    type: raw
    required: true
"""

EXAMPLES = r"""
- name: Read the script
  audiocodes.live_platform.script_template_info:
    name: sbc-scenario7
  register: script

- name: Create a service with a secret variable
  audiocodes.live_platform.oc_service:
    ms_tenant_id: f9f53ee0-56e1-43f6-8fe3-5fb322986657
    short_name: Bradx35340067
    script_parameters: >-
      {{ {'SIP-HostName': host_name} | audiocodes.live_platform.script_parameters(script.script_templates[0]) }}
    secret_script_parameters: >-
      {{ ['SIP-HostName'] | audiocodes.live_platform.secret_script_parameters(script.script_templates[0]) }}
  vars:
    host_name: sip.brad.example
"""

RETURN = r"""
_value:
  description: Names of script parameters, C(CustomVar.Variable3), for example.
  type: list
  elements: str
"""

from ansible.errors import AnsibleFilterError

from ..plugin_utils._filters import offered


def secret_script_parameters(names, template):
    """Find the script parameters behind the names."""
    from ..module_utils._api.script_parameters import read_names, secret_keys
    from ..module_utils._core.errors import InputError
    from ..module_utils._core.text import did_you_mean
    from ..module_utils._input.script_variables import script_of

    try:
        variables, label = script_of(template)
    except InputError as error:
        raise AnsibleFilterError(f"secret_script_parameters: {error.message}") from None
    keys, unknown = secret_keys(read_names(names), variables)
    if unknown:
        raise AnsibleFilterError(
            "; ".join(
                f"secret_script_parameters: {label} has no variable '{name}'; {did_you_mean(name, variables)}"
                for name in unknown
            )
        )
    return keys


class FilterModule:
    """The filter of this file."""

    def filters(self):
        """Name and function."""
        return {"secret_script_parameters": offered(secret_script_parameters)}
