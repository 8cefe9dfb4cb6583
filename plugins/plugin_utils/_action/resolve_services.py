# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Put ids where the names are in a list of services, from what was looked up before: one step for each role."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ...module_utils._api.leads import Lead
from ...module_utils._api.sbcs import Sbc
from ...module_utils._api.script_templates import ScriptTemplate
from ...module_utils._api.services import Service
from ...module_utils._core.text import fold
from ...module_utils._input.profiles import Named
from ...module_utils._input.resolution import Resolution
from ...module_utils._input.resolve_leads import resolve_leads, resolve_removals
from ...module_utils._input.resolve_sbcs import resolve_sbcs
from ...module_utils._input.resolve_scripts import resolve_scripts
from .._resolve.customer_numbers import resolve_numbers
from .helper_action import HelperAction

Params = Mapping[str, Any]


def _leads(params: Params) -> Resolution:
    return resolve_leads(params["services"], *_looked_up(params), params["service_defaults"])


def _removals(params: Params) -> Resolution:
    return resolve_removals(params["services"], *_looked_up(params))


def _numbers(params: Params) -> Resolution:
    leads, _existing = _looked_up(params)
    profiles = [Named(each.get("calling_profile_id"), each.get("name")) for each in params["calling_profiles"]]
    return resolve_numbers(params["services"], leads, profiles, params["service_defaults"])


def _scripts(params: Params) -> Resolution:
    templates = [ScriptTemplate.from_dict(template) for template in params["script_templates"]]
    return resolve_scripts(
        params["services"],
        templates,
        require_all=params["require_all_variables"],
        types=params["script_template_types"],
    )


def _sbcs(params: Params) -> Resolution:
    sbcs = [Sbc.from_dict(sbc) for sbc in params["sbcs"]]
    return resolve_sbcs(
        params["services"],
        sbcs,
        strict_gateway=params["strict_gateway"],
        before=params["problems_before"],
        secret=params["secret_script_parameters"],
    )


def _looked_up(params: Params) -> tuple[list[Lead], list[Service]]:
    return [Lead.from_dict(each) for each in params["leads"]], [Service.from_dict(each) for each in params["existing"]]


STEPS: Mapping[str, Callable[[Params], Resolution]] = {
    "leads": _leads,
    "scripts": _scripts,
    "sbcs": _sbcs,
    "removals": _removals,
    "numbers": _numbers,
}
"""What is resolved, by the name of the step."""


class ResolveServices(HelperAction):
    """The action ``resolve_services``."""

    options = {
        "step": {"type": "str", "choices": list(STEPS), "required": True},
        "services": {"type": "raw", "required": True},
        "service_defaults": {"type": "raw"},
        "leads": {"type": "list", "elements": "dict", "default": []},
        "existing": {"type": "list", "elements": "dict", "default": []},
        "calling_profiles": {"type": "list", "elements": "dict", "default": []},
        "script_templates": {"type": "list", "elements": "dict", "default": []},
        "require_all_variables": {"type": "bool", "default": False},
        "script_template_types": {"type": "raw"},
        "sbcs": {"type": "list", "elements": "dict", "default": []},
        "strict_gateway": {"type": "bool", "default": True},
        "secret_script_parameters": {"type": "list", "elements": "str", "default": [], "no_log": False},
        "problems_before": {"type": "list", "elements": "str", "default": []},
        "place": {"type": "str"},
    }

    def work(self, params: Params, task_vars: Mapping[str, Any]) -> dict[str, Any]:
        found = STEPS[params["step"]](params).placed(params["place"])
        tenants = {fold(str(service.get("ms_tenant_id"))) for service in found.services}
        own = [lead for lead in params["leads"] if fold(str(lead.get("ms_tenant_id"))) in tenants]
        return {
            "changed": False,
            "services": found.services,
            "problems": found.problems,
            "notes": found.warnings,  # Ansible takes "warnings" out of a result
            "leads": own,
        }
