# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Argument specs of the modules that submit and wait, made from the table of the request's fields."""

from __future__ import annotations

from typing import Any

from .._api.field import Field
from .._api.fields import EXTRA_PARAMETERS, SERVICE_FIELDS
from .._reconcile.resource import ABSENT, PRESENT
from .._reconcile.run import CONTINUE, STOP
from .._resources.oc_service.display_names import OPTION, SBCS, SCRIPTS, VARIABLES
from .._resources.oc_service.reconcile import COMPARE_AUTO, COMPARE_FULL, COMPARE_LIST
from .arguments import SECRET_PARAMETERS_SPEC

_ANSIBLE_TYPES = {"str": "str", "int": "int", "dict": "dict", "map": "dict"}

SUBMISSION_SPEC: dict[str, Any] = {
    "journal": {"type": "bool", "default": True},
    "journal_path": {"type": "path"},
    "settle_timeout": {"type": "float"},
}


DISPLAY_SPEC: dict[str, Any] = {
    OPTION: {
        "type": "dict",
        "options": {
            SBCS: {"type": "dict"},
            SCRIPTS: {"type": "dict"},
            VARIABLES: {"type": "list", "elements": "str"},
        },
    }
}


def service_spec(state_default: str | None = PRESENT) -> dict[str, Any]:
    """The options of one service: every field of the create request, the state, and a task to adopt.

    :param state_default: ``None`` where an outer option decides.
    """
    state: dict[str, Any] = {"type": "str", "choices": [PRESENT, ABSENT]}
    if state_default is not None:
        state["default"] = state_default
    return {
        "state": state,
        "any_short_name": {"type": "bool", "default": False},
        **DISPLAY_SPEC,
        "task_id": {"type": "str"},
        **SECRET_PARAMETERS_SPEC,
        EXTRA_PARAMETERS: {"type": "list", "elements": "str", "default": []},
        **_fields_spec(SERVICE_FIELDS),
    }


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
        "compare": {"type": "str", "choices": [COMPARE_AUTO, COMPARE_FULL, COMPARE_LIST], "default": COMPARE_AUTO},
        "leads": {"type": "list", "elements": "dict"},
        **DISPLAY_SPEC,
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
        if field.required:
            option["required"] = True
        spec[field.option] = option
    return spec
