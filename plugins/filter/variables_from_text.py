# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Filter: script variables that were typed into a survey."""

from __future__ import annotations

DOCUMENTATION = r"""
name: variables_from_text
author:
  - AudioCodes Live Platform collection contributors (@audiocodes)
version_added: 1.0.0
short_description: Read script variables from text, one C(name=value) per line
description:
  - Makes the mapping C(script_variables) of a service from what was typed into a field of a survey.
  - Empty lines and lines that start with C(#) do not count. All lines that are wrong are named in one error, with their
    numbers and without their values.
positional: label, secret
options:
  _input:
    description: The text.
    type: str
    required: true
  label:
    description: Name of the field, for the errors.
    type: str
    default: script_variables
  secret:
    description:
      - Whether the text comes from a field whose content is not shown.
      - Otherwise a name such as C(CarrierUserPassword) is an error, since a controller shows the answer to everybody
        who may see the job.
    type: bool
    default: false
"""

EXAMPLES = r"""
- name: Show the variables
  ansible.builtin.debug:
    msg: "{{ answer | audiocodes.live_platform.variables_from_text }}"
  vars:
    answer: |
      IPPBX-ProxyAddress=10.1.1.5
      SIP-HostName = sip.brad.example
"""

RETURN = r"""
_value:
  description: Values by name, all of them texts.
  type: dict
"""

from ansible.errors import AnsibleFilterError

from ..plugin_utils._filters import offered


def variables_from_text(text, label="script_variables", secret=False):
    """Read script variables."""
    from ..module_utils._core.errors import InputError
    from ..plugin_utils._resolve.text_input import read_variables

    try:
        return read_variables(text, label, bool(secret))
    except InputError as error:
        raise AnsibleFilterError(error.message) from None


class FilterModule:
    """The filter of this file."""

    def filters(self):
        """Name and function."""
        return {"variables_from_text": offered(variables_from_text)}
