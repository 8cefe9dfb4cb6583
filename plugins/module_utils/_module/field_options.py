# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options of modules that write, made from the tables of fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .._api.field import Field

_ANSIBLE_TYPES = {"str": "str", "int": "int", "dict": "dict", "map": "dict"}


def fields_spec(fields: Sequence[Field]) -> dict[str, Any]:
    """The options for the fields of a request."""
    spec: dict[str, Any] = {}
    for field in fields:
        option: dict[str, Any] = {"type": _ANSIBLE_TYPES[field.type]}
        if field.choices is not None:
            option["choices"] = list(field.choices)
        if field.default is not None:
            option["default"] = field.default
        if field.children:
            option["options"] = fields_spec(field.children)
        if field.secret:
            option["no_log"] = True
        if field.required:
            option["required"] = True
        spec[field.option] = option
    return spec
