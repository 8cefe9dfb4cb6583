# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Filter: from script and variable names to ids and script parameters."""

from __future__ import annotations

DOCUMENTATION = r"""
name: resolve_scripts
author:
  - AudioCodes Live Platform collection contributors (@audiocodes)
version_added: 2.0.0
short_description: Find the scripts and script parameters of every service in a list
description:
  - Puts the ids of the scripts into C(site_location) and the mapped variables into C(script_parameters) of every
    service, and collects all problems of all services.
  - A script option takes only its own type of template. A cleanup or number script as onboarding script is a problem.
  - The cleanup script is the one that the onboarding script names as related. The scripts that upload and release
    numbers are found by their names when there is exactly one of each.
  - The role C(audiocodes.live_platform.script_variables) is built on it.
positional: script_templates
options:
  _input:
    description: Services, as in C(live_platform_services).
    type: list
    elements: dict
    required: true
  script_templates:
    description: All script templates, as M(audiocodes.live_platform.script_template_info) returns them with details.
    type: list
    elements: dict
    required: true
  require_all:
    description: Whether every variable of a script must have a value.
    type: bool
    default: false
  types:
    description:
      - Which numbers a template's type may have for each script option, for platforms that number them otherwise.
      - An option that is not in it keeps its own types, those of the platform as it is known. An empty list stands for
        any type.
    type: dict
    version_added: 2.0.0
  place:
    description:
      - What a problem calls the service when the list has one item that no user has written, such as the name of a
        host. Without it, the place in C(live_platform_services).
    type: str
    version_added: 2.0.0
"""

EXAMPLES = r"""
- name: Read all script templates
  audiocodes.live_platform.script_template_info:
  register: scripts

- name: Stop when a script or variable is not known
  ansible.builtin.assert:
    that: found.problems | length == 0
  vars:
    found: "{{ live_platform_services | audiocodes.live_platform.resolve_scripts(scripts.script_templates) }}"
"""

RETURN = r"""
_value:
  description: A dictionary with C(services), C(problems) and C(warnings).
  type: dict
"""

from ..plugin_utils._filters import offered


def resolve_scripts(services, script_templates, require_all=False, types=None, place=None):
    """Resolve the scripts and variables of services."""
    from ..module_utils._api.script_templates import ScriptTemplate
    from ..module_utils._resources.names.resolve_scripts import resolve_scripts as resolve_names

    templates = [ScriptTemplate.from_dict(template) for template in script_templates]
    found = resolve_names(services, templates, require_all=bool(require_all), types=types)
    return found.placed(place).to_dict()


class FilterModule:
    """The filter of this file."""

    def filters(self):
        """Name and function."""
        return {"resolve_scripts": offered(resolve_scripts)}
