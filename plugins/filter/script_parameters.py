# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Filter: named script variables to script parameters."""

from __future__ import annotations

DOCUMENTATION = r"""
name: script_parameters
author:
  - AudioCodes Live Platform collection contributors (@audiocodes)
version_added: 0.1.0
short_description: Map named script variables to C(CustomVar.Variable<N>)
description:
  - Gives the script parameters of a service from the names of the script's variables.
  - The platform numbers the variables by their place in the 'Customer variables' column of the script.
  - Predefined parameters, such as C(ProxySet), and parameters that are numbered already are passed through.
  - An unknown name, a variable given twice, a value that is not a text, and with O(require_all=true) a missing variable
    are errors that list the accepted names.
positional: template
options:
  _input:
    description: Values by variable name. Numbers have to be put in quotes.
    type: dict
    required: true
  template:
    description:
      - The script, as M(audiocodes.live_platform.script_template_info) returns it, or the list of its variables' names.
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

from collections.abc import Mapping

from ansible.errors import AnsibleFilterError

from ansible_collections.audiocodes.live_platform.plugins.module_utils._errors import InputError
from ansible_collections.audiocodes.live_platform.plugins.module_utils._script_template import read_variable_names
from ansible_collections.audiocodes.live_platform.plugins.module_utils._script_variables import map_variables


def script_parameters(variables, template=None, require_all=False):
    """Map named variables to script parameters."""
    label = "the script"
    names = template
    if isinstance(template, (list, tuple)) and len(template) == 1 and isinstance(template[0], Mapping):
        template = names = template[0]
    if isinstance(template, Mapping):
        names = template.get("customer_variables", template.get("customerVariables"))
        label = f"script '{template.get('name') or template.get('id')}'"
    if not isinstance(names, (list, tuple, str)) or any(isinstance(name, Mapping) for name in names):
        raise AnsibleFilterError(
            "script_parameters: give a script as script_template_info returns it, or the list of its variables' names"
        )
    try:
        known = read_variable_names(list(names) if isinstance(names, tuple) else names)
        return map_variables(variables, known, require_all=bool(require_all), script=label)
    except InputError as error:
        raise AnsibleFilterError(error.message) from None


class FilterModule:
    """The filter of this file."""

    def filters(self):
        """Name and function."""
        return {"script_parameters": script_parameters}
