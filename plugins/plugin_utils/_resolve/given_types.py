# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The types of options as they were given, before Ansible converts them: it makes a string of any number or boolean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...module_utils._core.yaml_values import date_problems, string_problem

_SWITCH_WORDS = ("true", "false")


def type_problems(spec: Mapping[str, Any], given: Mapping[str, Any], place: str = "") -> list[str]:
    """Return the values that are no strings where the options are, also in lists and in options of options.

    :param spec: an argument spec, or a part of it.
    :param given: the values, of any type.
    :param place: of the part, with a dot at its end.
    """
    found: list[str] = []
    for name, rule in spec.items():
        if given.get(name) is not None:
            found += _of_option(rule, given[name], f"{place}{name}", name)
    return found


def without_nulls(spec: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that are given: null means that an option is not given, also in options of options."""
    return {
        name: _given(spec.get(name) or {}, value)
        for name, value in given.items()
        if value is not None or name not in spec
    }


def _given(rule: Mapping[str, Any], value: Any) -> Any:
    options = rule.get("options")
    if options and isinstance(value, Mapping):
        return without_nulls(options, value)
    if options and isinstance(value, (list, tuple)):
        return [without_nulls(options, each) if isinstance(each, Mapping) else each for each in value]
    return value


def _of_option(rule: Mapping[str, Any], value: Any, place: str, name: str) -> list[str]:
    kind = rule.get("type", "str")
    if kind == "list":
        element = {**rule, "type": rule.get("elements", "raw"), "default": None}
        if not isinstance(value, (list, tuple)):
            return _of_option(element, value, place, name)
        return [found for at, each in enumerate(value) for found in _of_option(element, each, f"{place}[{at}]", name)]
    if kind == "dict" and rule.get("options") and isinstance(value, Mapping):
        return type_problems(rule["options"], value, f"{place}.")
    if kind in ("str", "path") and not _is_switched(rule, value):
        problem = string_problem(value, place, option=name, shown=not rule.get("no_log"))
        return [problem] if problem else []
    misfit = _misfit(kind, value)
    return [f"{place} {misfit}"] if misfit else date_problems(value, place)


def _misfit(kind: str, value: Any) -> str | None:
    """Return what is wrong with a value that Ansible would convert all the same."""
    if kind == "dict" and _is_bare_text(value):
        return "must be a dictionary, and the string that was given is none"
    if kind in ("int", "float") and isinstance(value, bool):
        return "must be a number, not a boolean"
    return None


def unsplit_texts(spec: Mapping[str, Any], given: Mapping[str, Any]) -> list[str]:
    """Return the texts that were given for mappings, also in lists; each may be a secret. Ansible splits some of them.

    :param spec: an argument spec, or a part of it.
    :param given: the values, of any type.
    """
    found: list[str] = []
    for name, rule in spec.items():
        value = given.get(name)
        for item in value if isinstance(value, (list, tuple)) else [value]:
            if "dict" in (rule.get("type"), rule.get("elements")) and _is_bare_text(item):
                found.append(item)
            elif isinstance(item, Mapping):
                found += unsplit_texts(rule.get("options") or {}, item)
    return found


def _is_bare_text(value: Any) -> bool:
    """Return whether the value is a text, and no mapping that is written as JSON or Python writes it."""
    return isinstance(value, str) and not value.lstrip().startswith("{")


def _is_switched(rule: Mapping[str, Any], value: Any) -> bool:
    """Return whether the value is a boolean for an option that has other words besides true and false."""
    words = [*(rule.get("choices") or ()), rule.get("default")]
    return isinstance(value, bool) and any(word in words for word in _SWITCH_WORDS)
