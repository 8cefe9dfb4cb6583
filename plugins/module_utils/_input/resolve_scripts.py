# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From script and variable names to ids, for a list of services: a pure function over look-ups that were made once.

All problems of all services are collected instead of stopping at the first. What cannot be resolved stays as it is, so
that the next step can go on collecting.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .._api.fields import EXTRA_PARAMETERS
from .._api.script_parameters import CUSTOM_VARIABLE, PREDEFINED_PARAMETERS, read_names, secret_keys
from .._api.script_templates import ScriptTemplate
from .._core.errors import InputError, LookupFailed
from .._core.masking import NAMING_KEY
from .._core.text import did_you_mean, fold, place_of, quoted
from .._resources.oc_service.display_names import OPTION as DISPLAY_NAMES
from .._resources.oc_service.display_names import VARIABLES
from .resolution import Resolution, mapping_of
from .script_types import SCRIPT_OPTIONS, ScriptFinder, read_types
from .script_variables import map_variables, missing_variables
from .service_list import label_of


def resolve_scripts(
    services: Sequence[Mapping[str, Any]],
    templates: Sequence[ScriptTemplate],
    *,
    require_all: bool = False,
    types: Mapping[str, Any] | None = None,
) -> Resolution:
    """Put script ids into ``site_location`` and the mapped variables into ``script_parameters`` of every service.

    :param templates: all script templates, with details.
    :param require_all: every variable of the script must have a value.
    :param types: the numbers of types that a script option takes, where they are other than usual.
    """
    result = Resolution([dict(service) for service in services])
    allowed, wrong_types = read_types(types)
    result.problems += wrong_types
    finder = ScriptFinder(templates, allowed)
    secrets = _SecretNames()
    for number, service in enumerate(result.services):
        label = label_of(number, service)
        secrets.resolve(service, finder, label)
        try:
            missing = _resolve_scripts_of(service, finder, require_all)
        except InputError as error:
            result.problems += [f"{label}: {problem}" for problem in error.problems]
        else:
            if missing:
                result.warnings.append(f"{label}: gives no value for the script's variables {quoted(missing)}")
        onboarding = mapping_of(service, "site_location").get("onboarding_script")
        if onboarding is None:
            result.warnings.append(f"{label}: names no onboarding_script, so the platform's default one is used")
        elif "cleanup_script" not in service["site_location"]:
            result.warnings.append(
                f"{label}: no cleanup script is known for script {onboarding}; name one with cleanup_script"
            )
    result.problems = sorted([*result.problems, *secrets.problems()], key=place_of)
    return result


class _SecretNames:
    """The names that the services call secret. One that stands in the defaults need not fit every service's script,
    but one that fits none is a typo, and what it was meant for would be shown.
    """

    def __init__(self) -> None:
        self._fitting: set[str] = set()
        self._unknown: dict[str, str] = {}

    def resolve(self, service: dict[str, Any], finder: ScriptFinder, label: str) -> None:
        """Put the keys of the secret script parameters in place of the names."""
        names = read_names(service.pop(NAMING_KEY, None))
        script = service.get("onboarding_script")
        found = finder.matches("onboarding_script", script) if script is not None else []
        variables = found[0].customer_variables if len(found) == 1 else ()
        keys, unknown = secret_keys(names, variables, mapping_of(service, "script_parameters"))
        if script is not None and not found:
            unknown = []  # the script itself is the problem
        self._fitting |= {fold(name) for name in names} - {fold(name) for name in unknown}
        for name in unknown:
            known = did_you_mean(name, [*variables, *PREDEFINED_PARAMETERS])
            self._unknown.setdefault(fold(name), f"{label}: {NAMING_KEY}: unknown variable '{name}'; {known}")
        if keys:
            service[NAMING_KEY] = sorted(keys)

    def problems(self) -> list[str]:
        return [problem for name, problem in self._unknown.items() if name not in self._fitting]


def _resolve_scripts_of(service: dict[str, Any], finder: ScriptFinder, require_all: bool) -> Sequence[str]:
    """Resolve the scripts of one service; the variables of its script that it gives no value for."""
    problems: list[str] = []
    ids: dict[str, int] = {}
    found: dict[str, ScriptTemplate] = {}
    named = service.get("onboarding_script") is not None
    for option in SCRIPT_OPTIONS:
        name = service.pop(option, None)
        if name is None:
            continue
        try:
            found[option] = finder.find(option, name)
            ids[option] = found[option].id or 0
        except LookupFailed as error:
            problems.append(f"{option}: {error.message}")
    onboarding = found.get("onboarding_script")
    if onboarding is not None:
        derived = {
            "cleanup_script": finder.cleanup_of(onboarding),
            "upload_number_script": finder.number_script("upload_number_script"),
            "release_number_script": finder.number_script("release_number_script"),
        }
        ids = {**{option: number for option, number in derived.items() if number is not None}, **ids}
    given = mapping_of(service, "site_location")
    problems += [
        f"{option} is given twice: {template.name} (id {template.id}) and site_location.{option} {given[option]}"
        for option, template in found.items()
        if given.get(option) not in (None, template.id)
    ]
    problems += [
        f"site_location.{option}: {wrong}"
        for option in SCRIPT_OPTIONS
        if (wrong := finder.wrong_id(option, given.get(option)))
    ]
    if ids:
        service["site_location"] = {**ids, **{name: value for name, value in given.items() if value is not None}}
    try:
        parameters = _parameters_of(service, onboarding, named, require_all)
        if parameters:
            service["script_parameters"] = parameters
    except InputError as error:
        problems += error.problems
    if problems:
        raise InputError(problems)
    if onboarding is not None and onboarding.customer_variables:
        shown = {**mapping_of(service, DISPLAY_NAMES), VARIABLES: list(onboarding.customer_variables)}
        service[DISPLAY_NAMES] = shown
    given_parameters = service.get("script_parameters") or {}
    return missing_variables(onboarding.customer_variables, given_parameters) if onboarding is not None else ()


def _parameters_of(
    service: dict[str, Any], script: ScriptTemplate | None, named: bool, require_all: bool
) -> dict[str, Any]:
    """``script_parameters`` from the named variables, the Proxy Set, the gateway and what is given as it is.

    :param named: a script was named; one that does not exist has been reported already.
    """
    variables = mapping_of(service, "script_variables") or service.get("script_variables") or {}
    service.pop("script_variables", None)
    parameters = mapping_of(service, "script_parameters")
    service.pop("script_parameters", None)
    predefined = {"ProxySet": service.pop("proxy_set", None), "OnlinePstnGateway": service.get("online_pstn_gateway")}
    problems = [
        f"script_parameters.{key} is given twice, with different values"
        for key, value in predefined.items()
        if value is not None and parameters.get(key, value) != value
    ]
    mapped: dict[str, str] = {}
    try:
        if script is not None:
            label = f"script '{script.name}'"
            mapped = map_variables(variables, script.customer_variables, require_all=require_all, script=label)
        elif variables and not named:
            problems.append("script_variables need an onboarding_script that defines them")
    except InputError as error:
        problems += error.problems
    problems += [f"script_parameters.{key} is given twice" for key in mapped if key in parameters]
    if script is not None:
        problems += _beyond(script, [key for key in parameters if key not in read_names(service.get(EXTRA_PARAMETERS))])
    if problems:
        raise InputError(problems)
    return {**{key: value for key, value in predefined.items() if value is not None}, **parameters, **mapped}


def _beyond(script: ScriptTemplate, parameters: Sequence[object]) -> list[str]:
    """Numbered variables that the script does not have."""
    count = len(script.customer_variables)
    return [
        f"script_parameters: script '{script.name}' has no variable number {number}; it has {count}"
        + (f" ({quoted(script.customer_variables)})" if count else "")
        for key in parameters
        if CUSTOM_VARIABLE.fullmatch(str(key)) and (number := int(str(key).rsplit("Variable", 1)[1])) > count
    ]
