# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Argument specs, made from the tables of options; the doc fragments are compared with them by a test."""

from __future__ import annotations

import os
from typing import Any

from ansible.module_utils.common.parameters import AnsibleFallbackNotFound

from .._http.connection import CONNECTION_OPTIONS

REQUIRED_SPEC: dict[str, Any] = {"required": {"type": "bool", "default": False}}
"""Of look-ups that may have to find something."""


def connection_spec() -> dict[str, Any]:
    """The connection options, each with its environment variable."""
    return {
        option.name: {
            "type": option.type,
            "default": option.default,
            "no_log": option.secret,
            "fallback": (_environment, [option.environment]),
        }
        for option in CONNECTION_OPTIONS
    }


def _environment(name: str) -> str:
    """The value of an environment variable; an empty one, as an automation controller sets it, is none."""
    value = os.environ.get(name)
    if not value:
        raise AnsibleFallbackNotFound
    return value
