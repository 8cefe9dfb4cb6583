# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Check the variables of a play: names that nobody reads, wrong types, and a list of services that is none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.utils.display import Display

from ...module_utils._core.errors import InputError
from ...module_utils._core.merged import merge_placed
from ...module_utils._core.text import printable
from ...module_utils._core.yaml_values import ADVICE
from ...module_utils._input.service_list import WHERE
from ...module_utils._report.approved_plan import Link, plan_differences, plan_problems
from .._filters import with_strings
from .._resolve.given_types import type_problems
from .._resolve.input_list import list_problems, misspelt_variables
from .._resolve.service_input import read_services
from .._resolve.variable_specs import VariableSpec, of_playbook, of_role
from .core_access import templated
from .helper_action import HelperAction


class CheckVariables(HelperAction):
    """The action ``check_variables``."""

    options = {
        "playbook": {"type": "str"},
        "role": {"type": "str"},
        "services": {"type": "raw"},
        "services_name": {"type": "str", "default": WHERE},
        "problems": {"type": "list", "elements": "str", "default": []},
        "warnings": {"type": "list", "elements": "str", "default": []},
        "readable": {"type": "dict", "no_log": True},
        "place": {"type": "str"},
        "plan": {"type": "list", "elements": "dict", "default": []},
        "numbers_planned": {"type": "list", "elements": "dict"},
    }

    def work(self, params: Mapping[str, Any], task_vars: Mapping[str, Any]) -> dict[str, Any]:
        warnings = [printable(text) for text in merge_placed(params["warnings"])]
        for warning in warnings:
            Display().warning(warning)
        problems: list[str] = list(params["problems"])
        if params["playbook"] is not None:
            spec = of_playbook(params["playbook"])
            problems += _misspelt(spec, task_vars) or self._wrong(spec, task_vars)
        if params["role"] is not None:
            problems += _misspelt(of_role(params["role"]), task_vars)
        if params["readable"] is not None:
            try:
                read_services(params["readable"])
            except InputError as error:
                problems += [each for each in error.problems if not any(told.startswith(each) for told in problems)]
        if params["numbers_planned"] is not None:
            problems += plan_problems(params["plan"]) or plan_differences(
                params["plan"], params["numbers_planned"], Link.NUMBERS
            )
        if "services" in self._task.args:
            problems += list_problems(params["services"], params["services_name"])
        if problems:
            before = f"{params['place']}: " if params["place"] else ""
            raise InputError([f"{before}{problem}" for problem in dict.fromkeys(problems)])
        return {"changed": False}

    def _given(self, names: Iterable[str], task_vars: Mapping[str, Any]) -> dict[str, Any]:
        """Return the variables that are set; null is not given."""
        values = {name: with_strings(templated(self, task_vars[name])) for name in names if name in task_vars}
        return {name: value for name, value in values.items() if value is not None}

    def _wrong(self, spec: VariableSpec, task_vars: Mapping[str, Any]) -> list[str]:
        """Return what is missing, or of another type."""
        values = self._given(spec.options, task_vars)
        wrong = {name: type_problems({name: rule}, values) for name, rule in spec.options.items()}
        found = [_with_answers(problem, spec.options[name]) for name, each in wrong.items() for problem in each]
        found += type_problems(spec.role_words, self._given(spec.role_words, task_vars))
        options = {name: rule for name, rule in spec.options.items() if not wrong[name]}
        values = {name: value for name, value in values.items() if name in options}
        no_list: list[str] = []
        rule = options.get(WHERE, {})
        if rule.get("type") == "list" and (rule.get("required") or WHERE in values):
            no_list = list_problems(values.get(WHERE))
            found += no_list
        if no_list:
            del options[WHERE]
            values.pop(WHERE, None)
        return [*found, *ArgumentSpecValidator(options).validate(values).error_messages]


def _with_answers(problem: str, rule: Mapping[str, Any]) -> str:
    """Return the problem, with what it means for a survey: a controller writes answers so that YAML reads them."""
    is_answer = rule.get("type", "str") == "str" and problem.endswith(ADVICE)
    return f"{problem} (the answer to a survey cannot be used as it is)" if is_answer else problem


def _misspelt(spec: VariableSpec, task_vars: Mapping[str, Any]) -> list[str]:
    return misspelt_variables(spec.looked_at(task_vars), sorted(spec.known))
