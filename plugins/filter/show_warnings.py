# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Filter: warnings that users see as such."""

from __future__ import annotations

DOCUMENTATION = r"""
name: show_warnings
author:
  - AudioCodes Live Platform collection contributors (@audiocodes)
version_added: 2.0.0
short_description: Show warnings of a role
description:
  - Shows each text as a warning of Ansible, and returns what was shown. What is said of several services in the same
    words is shown once, with the number of services.
  - The roles of this collection warn with it.
options:
  _input:
    description: The warnings.
    type: list
    elements: str
    required: true
"""

EXAMPLES = r"""
- name: Show what the role has found
  ansible.builtin.assert:
    that: script_variables_warnings | audiocodes.live_platform.show_warnings is sequence
    quiet: true
"""

RETURN = r"""
_value:
  description: What was shown.
  type: list
  elements: str
"""


from ..plugin_utils._filters import offered


def show_warnings(warnings):
    """Show warnings."""
    from ansible.utils.display import Display

    from ..module_utils._core.merged import merge_placed
    from ..module_utils._core.text import printable

    shown = [printable(text) for text in merge_placed(warnings)]
    for text in shown:
        Display().warning(text)
    return shown


class FilterModule:
    """The filter of this file."""

    def filters(self):
        """Name and function."""
        return {"show_warnings": offered(show_warnings)}
