# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Filter: a structure without its secrets."""

from __future__ import annotations

DOCUMENTATION = r"""
name: hide_secrets
author:
  - AudioCodes Live Platform collection contributors (@audiocodes)
version_added: 1.0.0
short_description: Mask the secrets in services
description:
  - Replaces every value whose name marks it as secret, such as C(CarrierUserPassword), and the values that are named in
    C(secret_script_parameters) of the same service.
  - Use it to show the variables that the roles pass to each other. A masked value is not accepted as a password.
options:
  _input:
    description: Services, or any other structure.
    type: raw
    required: true
"""

EXAMPLES = r"""
- name: Show what is sent
  ansible.builtin.debug:
    msg: "{{ script_variables_resolved | audiocodes.live_platform.hide_secrets }}"
"""

RETURN = r"""
_value:
  description: The same structure, secrets masked.
  type: raw
"""

from ..plugin_utils._filters import offered


def hide_secrets(value):
    """Mask the secrets, by their places and wherever else they stand."""
    from ..module_utils._core.masking import Secrets

    secrets = Secrets()
    secrets.learn(value)
    return secrets.mask(value)


class FilterModule:
    """The filter of this file."""

    def filters(self):
        """Name and function."""
        return {"hide_secrets": offered(hide_secrets, for_people=True)}
