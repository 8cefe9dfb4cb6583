# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Filter: a list of services that was typed into a survey."""

from __future__ import annotations

DOCUMENTATION = r"""
name: services_from_text
author:
  - AudioCodes Live Platform collection contributors (@audiocodes)
version_added: 1.0.0
short_description: Read a list of services from text
description:
  - Makes C(live_platform_services) from the YAML that was put into a field of a survey. A text that holds the whole
    variable file, with C(live_platform_services) at its top, is fine too.
  - A script variable that is a secret by its name, or by C(secret_script_parameters), is an error, since the field is
    shown to everybody who sees the job. P(audiocodes.live_platform.with_service_secrets#filter) takes it from
    elsewhere.
  - What else the items hold is checked by the role or module that takes them.
positional: label
options:
  _input:
    description: The text.
    type: str
    required: true
  label:
    description: Name of the field, for the errors.
    type: str
    default: live_platform_services_text
"""

EXAMPLES = r"""
- name: Show the services
  ansible.builtin.debug:
    msg: "{{ answer | audiocodes.live_platform.services_from_text }}"
  vars:
    answer: |
      - company_name: Alder Logistics
        short_name: Alder
"""

RETURN = r"""
_value:
  description: The services.
  type: list
  elements: dict
"""

from ansible.errors import AnsibleFilterError

from ..plugin_utils._filters import offered

_KEY = "live_platform_services"


def services_from_text(text, label="live_platform_services_text"):
    """Read services."""
    from ..module_utils._core.errors import InputError
    from ..module_utils._core.text import kind_of
    from ..plugin_utils._resolve.service_secrets import clear_secrets
    from ..plugin_utils._resolve.yaml_text import read_yaml

    if isinstance(text, (list, tuple)):
        return list(text)
    if not isinstance(text, str):
        raise AnsibleFilterError(f"{label} must be a string with a YAML list, not {kind_of(text)}")
    content = read_yaml(text, label)
    if isinstance(content, dict) and list(content) == [_KEY]:
        content = content[_KEY]
    if content is None:
        return []
    if not isinstance(content, list):
        raise AnsibleFilterError(f"{label} must be a YAML list of services, not {kind_of(content)}")
    problems = clear_secrets(content, label)
    if problems:
        raise InputError(problems)
    return content


class FilterModule:
    """The filter of this file."""

    def filters(self):
        """Name and function."""
        return {"services_from_text": offered(services_from_text)}
