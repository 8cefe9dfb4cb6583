# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Argument specs, made from the tables of options; the doc fragments are compared with them by a test."""

from __future__ import annotations

import os
from typing import Any

from ansible.module_utils.common.parameters import AnsibleFallbackNotFound

from ._connection import CONNECTION_OPTIONS
from ._fields import SERVICE_FIELDS, Field
from ._job import DEFAULT_SETTLE
from ._progress import DEFAULT_INTERVAL
from ._reconcile import CONTINUE, STOP
from ._request import ABSENT, PRESENT

_ANSIBLE_TYPES = {"str": "str", "int": "int", "dict": "dict", "map": "dict"}

WAIT_SPEC: dict[str, Any] = {
    "wait": {"type": "bool", "default": True},
    "wait_timeout": {"type": "float", "default": 1800.0},
    "wait_delay": {"type": "float", "default": 15.0},
}

PROGRESS_SPEC: dict[str, Any] = {
    "progress": {"type": "bool", "default": True},
    "progress_interval": {"type": "float", "default": DEFAULT_INTERVAL},
    "progress_path": {"type": "path"},
}

SECRET_PARAMETERS_SPEC: dict[str, Any] = {
    "secret_script_parameters": {"type": "list", "elements": "str", "default": [], "no_log": False},
}

SUBMISSION_SPEC: dict[str, Any] = {
    "journal": {"type": "bool", "default": True},
    "journal_path": {"type": "path"},
    "settle_timeout": {"type": "float", "default": DEFAULT_SETTLE},
}


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


def service_spec(state_default: str | None = PRESENT) -> dict[str, Any]:
    """The options of one service: every field of the create request, the state, and a task to adopt.

    :param state_default: ``None`` where an outer option decides.
    """
    state: dict[str, Any] = {"type": "str", "choices": [PRESENT, ABSENT]}
    if state_default is not None:
        state["default"] = state_default
    return {"state": state, "task_id": {"type": "str"}, **SECRET_PARAMETERS_SPEC, **_fields_spec(SERVICE_FIELDS)}


def bulk_spec() -> dict[str, Any]:
    """The options of many services."""
    return {
        "services": {
            "type": "list",
            "elements": "dict",
            "required": True,
            "options": service_spec(state_default=None),
        },
        "state": {"type": "str", "choices": [PRESENT, ABSENT], "default": PRESENT},
        "max_concurrency": {"type": "int", "default": 10},
        "max_requests_per_minute": {"type": "int"},
        "on_error": {"type": "str", "choices": [CONTINUE, STOP], "default": CONTINUE},
        "leads": {"type": "list", "elements": "dict"},
        **SECRET_PARAMETERS_SPEC,
    }


def _fields_spec(fields: tuple[Field, ...]) -> dict[str, Any]:
    spec: dict[str, Any] = {}
    for field in fields:
        option: dict[str, Any] = {"type": _ANSIBLE_TYPES[field.type]}
        if field.choices is not None:
            option["choices"] = list(field.choices)
        if field.default is not None:
            option["default"] = field.default
        if field.children:
            option["options"] = _fields_spec(field.children)
        if field.secret:
            option["no_log"] = True
        spec[field.option] = option
    spec.get("ms_tenant_id", {}).update(required=True)
    return spec
