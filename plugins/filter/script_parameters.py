# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Filter: named script variables to script parameters."""

from __future__ import annotations

DOCUMENTATION = r"""
name: script_parameters
author:
  - AudioCodes Live Platform collection contributors (@audiocodes)
version_added: 1.0.0
short_description: Map named script variables to C(CustomVar.Variable<N>)
description:
  - Returns the script parameters of a service from the names of the script's variables.
  - The platform numbers the variables by their position in the 'Customer variables' column of the script.
  - Predefined parameters, such as C(ProxySet), and numbered parameters are passed through.
  - An unknown name, a variable that is set twice, a value that is not a string, and with O(require_all=true) a missing
    variable are errors. The error lists the accepted names.
positional: template
options:
  _input:
    description: Values by variable name. Put numbers in quotes.
    type: dict
    required: true
  template:
    description:
      - The script, as M(audiocodes.live_platform.script_template_info) returns it, or the list of the names of its
        variables.
    type: raw
    required: true
  require_all:
    description: Whether every variable of the script must have a value.
    type: bool
    default: false
"""

EXAMPLES = r"""
- name: Read the script
  audiocodes.live_platform.script_template_info:
    name: sbc-scenario7
  register: script

- name: Create a service with named variables
  audiocodes.live_platform.oc_service:
    ms_tenant_id: f9f53ee0-56e1-43f6-8fe3-5fb322986657
    short_name: Bradx35340067
    site_location:
      onboarding_script: "{{ script.script_templates[0].id }}"
    script_parameters: >-
      {{ {'ProxySet': 'SIPTrunk', 'IPPBX-ProxyAddress': '10.1.1.5'}
         | audiocodes.live_platform.script_parameters(script.script_templates[0]) }}
"""

RETURN = r"""
_value:
  description: Script parameters, with the keys C(ProxySet) and C(CustomVar.Variable1), for example.
  type: dict
"""

from ansible.errors import AnsibleFilterError

from ..plugin_utils._filters import offered


def script_parameters(variables, template=None, require_all=False):
    """Map named variables to script parameters."""
    from ..module_utils._core.errors import InputError
    from ..module_utils._input.script_variables import map_variables, script_of

    try:
        names, label = script_of(template)
    except InputError as error:
        raise AnsibleFilterError(f"script_parameters: {error.message}") from None
    try:
        return map_variables(variables, names, require_all=bool(require_all), script=label)
    except InputError as error:
        raise AnsibleFilterError(error.message) from None


class FilterModule:
    """The filter of this file."""

    def filters(self):
        """Name and function."""
        return {"script_parameters": offered(script_parameters)}
