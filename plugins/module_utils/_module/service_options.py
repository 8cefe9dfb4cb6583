# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options of the modules for services, made from the table of the request's fields."""

from __future__ import annotations

from typing import Any

from .._api.fields import EXTRA_PARAMETERS, SERVICE_OPTIONS
from .._api.sbc_sources import CALLING_PROFILES, DEVICES, SOURCE_AUTO
from .._input.service_list import NAMES
from .._reconcile.resource import ABSENT, PRESENT
from .._reconcile.run import CONTINUE, STOP
from .._resources.oc_service.display_names import OPTION, SBCS, SCRIPTS, VARIABLES
from .._resources.oc_service.reconcile import COMPARE_AUTO, COMPARE_FULL, COMPARE_LIST
from .._resources.oc_service.request import UPDATE_SPEC
from .arguments import SECRET_PARAMETERS_SPEC
from .field_options import fields_spec

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

NAMES_SPEC: dict[str, Any] = {
    "services_by_name": {"type": "list", "elements": "raw"},
    "service_defaults": {"type": "raw"},
    "place": {"type": "str"},
    "check_online": {"type": "bool"},
    "require_all_variables": {"type": "bool", "default": False},
    "script_template_types": {"type": "dict"},
    "script_templates": {"type": "list", "elements": "dict"},
    "strict_gateway": {"type": "bool", "default": True},
    "sbc_source": {"type": "str", "choices": [SOURCE_AUTO, DEVICES, CALLING_PROFILES], "default": SOURCE_AUTO},
    "devices_path": {"type": "str"},
    "sbcs": {"type": "list", "elements": "dict"},
}
"""Of services that are given by names."""


def service_spec(state_default: str | None = PRESENT) -> dict[str, Any]:
    """The options of one service: every field of the create request, the state, and a task to adopt.

    :param state_default: ``None`` where an outer option decides.
    """
    state: dict[str, Any] = {"type": "str", "choices": [PRESENT, ABSENT]}
    if state_default is not None:
        state["default"] = state_default
    rules = {name: dict(rule) for name, rule in UPDATE_SPEC.items()}
    if state_default is None:
        for rule in rules.values():
            del rule["default"]
    return {
        "state": state,
        **rules,
        "any_short_name": {"type": "bool", "default": False},
        **DISPLAY_SPEC,
        "task_id": {"type": "str"},
        **SECRET_PARAMETERS_SPEC,
        EXTRA_PARAMETERS: {"type": "list", "elements": "str", "default": []},
        **fields_spec(SERVICE_OPTIONS),
    }


def single_spec() -> dict[str, Any]:
    """The options of one service, which may be given by ids or by names."""
    names: dict[str, Any] = {name: {"type": "str"} for name in NAMES}
    spec = service_spec()
    return {**spec, "ms_tenant_id": {"type": "str"}, **names, "script_variables": {"type": "dict"}}


def bulk_spec() -> dict[str, Any]:
    """The options of many services."""
    return {
        "services": {
            "type": "list",
            "elements": "dict",
            "options": service_spec(state_default=None),
        },
        "state": {"type": "str", "choices": [PRESENT, ABSENT], "default": PRESENT},
        **UPDATE_SPEC,
        "max_concurrency": {"type": "int", "default": 10},
        "max_requests_per_minute": {"type": "int"},
        "on_error": {"type": "str", "choices": [CONTINUE, STOP], "default": CONTINUE},
        "compare": {"type": "str", "choices": [COMPARE_AUTO, COMPARE_FULL, COMPARE_LIST], "default": COMPARE_AUTO},
        "leads": {"type": "list", "elements": "dict"},
        "plan": {"type": "list", "elements": "dict"},
        "verify": {"type": "bool", "default": False},
        "verify_timeout": {"type": "float", "default": 300.0},
        **NAMES_SPEC,
        **DISPLAY_SPEC,
        **SECRET_PARAMETERS_SPEC,
    }
