# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Filter: customers that were typed into a survey."""

from __future__ import annotations

DOCUMENTATION = r"""
name: customers_from_text
author:
  - AudioCodes Live Platform collection contributors (@audiocodes)
version_added: 1.0.0
short_description: Read customers from text, one per line
description:
  - Makes items that name a customer, as in C(live_platform_services), from what was typed into a field of a survey.
  - A line is a tenant id or the name of a company. Empty lines and lines that start with C(#) do not count.
positional: label
options:
  _input:
    description: The text.
    type: str
    required: true
  label:
    description: Name of the field, for the errors.
    type: str
    default: customers
"""

EXAMPLES = r"""
- name: Show who is meant
  ansible.builtin.debug:
    msg: "{{ answer | audiocodes.live_platform.customers_from_text }}"
  vars:
    answer: |
      f9f53ee0-56e1-43f6-8fe3-5fb322986657
      Alder Logistics
"""

RETURN = r"""
_value:
  description: One item with C(ms_tenant_id) or C(company_name) per line.
  type: list
  elements: dict
"""

from ansible.errors import AnsibleFilterError

from ..plugin_utils._filters import offered


def customers_from_text(text, label="customers"):
    """Read customers."""
    from ..module_utils._core.errors import InputError
    from ..plugin_utils._resolve.text_input import read_customers

    try:
        return read_customers(text, label)
    except InputError as error:
        raise AnsibleFilterError(error.message) from None


class FilterModule:
    """The filter of this file."""

    def filters(self):
        """Name and function."""
        return {"customers_from_text": offered(customers_from_text)}
