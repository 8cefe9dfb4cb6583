# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Named script variables to the keys of ``scriptParameters`` (API notes, section 3, 'scriptParameters')."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from .._api.fields import parameter_problems
from .._api.script_parameters import CUSTOM_VARIABLE, PREDEFINED_PARAMETERS, custom_variable
from .._api.script_templates import read_variable_names
from .._core.errors import InputError
from .._core.text import did_you_mean, fold, quoted


def map_variables(
    variables: Mapping[str, Any], names: Sequence[str], *, require_all: bool = False, script: str = "the script"
) -> dict[str, str]:
    """``{'IPPBX-ProxyAddress': '10.1.1.5'}`` becomes ``{'CustomVar.Variable1': '10.1.1.5'}``.

    :param variables: values by variable name, null for none; predefined keys and ``CustomVar.Variable<N>`` are passed
        through.
    :param names: the names in the script's 'Customer variables' column, in order.
    :param require_all: every name must have a value.
    :raises InputError: names every unknown, missing or doubled variable, and every value that is not a text.
    """
    known = {fold(name): custom_variable(position) for position, name in enumerate(names, 1)}
    known |= {fold(key): key for key in (*PREDEFINED_PARAMETERS, *known.values())}
    problems = parameter_problems(variables, "script_variables")
    if not isinstance(variables, Mapping):
        raise InputError(problems)
    mapped: dict[str, str] = {}
    source: dict[str, str] = {}
    for name, value in variables.items():
        if value is None:
            continue
        key = known.get(fold(str(name)))
        if key is None:
            problems.append(_unknown(str(name), names, script))
        elif key in mapped:
            problems.append(f"script_variables: '{name}' and '{source[key]}' are the same variable {key}")
        else:
            mapped[key], source[key] = value, str(name)
    missing = missing_variables(names, mapped)
    if require_all and missing:
        problems.append(f"{script} also needs a value for {quoted(missing)}")
    often = Counter(map(fold, names))
    doubled = sorted({name for name in names if often[fold(name)] > 1})
    if doubled:
        problems.append(f"{script} names {quoted(doubled)} more than once; give CustomVar.Variable<N> instead")
    if problems:
        raise InputError(problems)
    return mapped


def script_of(template: Any) -> tuple[tuple[str, ...], str]:
    """The names of a script's variables and what to call the script.

    :param template: the script as ``script_template_info`` returns it, alone or in a list of one, or the names.
    :raises InputError: it is neither.
    """
    label, names = "the script", template
    if isinstance(template, (list, tuple)) and len(template) == 1 and isinstance(template[0], Mapping):
        template = names = template[0]
    if isinstance(template, Mapping):
        names = template.get("customer_variables", template.get("customerVariables"))
        label = f"script '{template.get('name') or template.get('id')}'"
    if not isinstance(names, (list, tuple, str)) or any(isinstance(name, Mapping) for name in names):
        raise InputError(["give a script as script_template_info returns it, or the list of its variables' names"])
    return read_variable_names(list(names) if isinstance(names, tuple) else names), label


def missing_variables(names: Sequence[str], parameters: Mapping[str, Any]) -> list[str]:
    """The variables of a script that the parameters give no value for."""
    return [name for position, name in enumerate(names, 1) if custom_variable(position) not in parameters]


def _unknown(name: str, names: Sequence[str], script: str) -> str:
    if CUSTOM_VARIABLE.fullmatch(name):
        return f"script_variables: {script} has no variable number {name.rsplit('Variable', 1)[1]}; it has {len(names)}"
    if not names:
        return f"script_variables: unknown variable '{name}'; {script} has no customer variables"
    return (
        f"script_variables: unknown variable '{name}'; {did_you_mean(name, names)}; "
        f"accepted: {quoted((*names, *PREDEFINED_PARAMETERS), limit=40)}"
    )
