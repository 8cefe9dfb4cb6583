# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Secret script variables that are kept apart from the list of services, by customer.

A list of services is often shown: in the answers of a job, in a repository, in a spreadsheet. So its passwords stand
elsewhere, under the customer's short name, company name or tenant id, and are put into the items here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...module_utils._api.field import SECRET_ITSELF
from ...module_utils._api.script_parameters import read_names
from ...module_utils._core.errors import InputError
from ...module_utils._core.look_alikes import unknown_name
from ...module_utils._core.masking import NAMING_KEY, is_secret_key
from ...module_utils._core.text import fold, kind_of, nearest
from ...module_utils._core.typed_values import is_placeholder
from ...module_utils._core.yaml_values import string_problem
from ...module_utils._input.service_list import label_of
from .yaml_text import read_yaml

STORE = "live_platform_service_secrets"
"""Variable: secrets of many customers, of which a run may need a few."""

TYPED = "live_platform_service_secrets_text"
"""Variable: secrets that were typed for this run, so that each must be used."""

_VARIABLES = "script_variables"
_NAMES = ("short_name", "company_name", "ms_tenant_id")
_ALIKE = 0.8
"""Likeness from which on a customer of the store is taken for one of the list, with a typo."""

_BEGINNING = 2
"""Letters that a name and its typo have in common, so that not each is compared with each."""

CustomerSecrets = dict[str, dict[str, Any]]


def clear_secrets(services: Sequence[Any], label: str) -> list[str]:
    """The secrets that stand in a list which everybody sees, one problem each; no value is shown.

    :param services: items as the user wrote them, of any type.
    :param label: the name of the field.
    """
    problems = []
    for number, item in enumerate(services):
        if not isinstance(item, Mapping):
            continue
        called = {fold(name) for name in read_names(item.get(NAMING_KEY))}
        for group in (_VARIABLES, "script_parameters"):
            values = item.get(group)
            for name in values if isinstance(values, Mapping) else ():
                if is_secret_key(name) or fold(str(name)) in called:
                    problems.append(
                        f"{label_of(number, item, label)}: {group}: '{name}' looks like a secret, and this field is "
                        f"shown to everybody who sees the job; put it into {TYPED}, or into a credential of the type "
                        "'AudioCodes Live Platform customer passwords'"
                    )
    return problems


def read_secrets(value: object, label: str) -> CustomerSecrets:
    """Script variables by customer, from a dictionary or from its YAML.

    :param value: nothing, a dictionary, or a string with YAML.
    :raises InputError: names everything that is wrong, never with a value.
    """
    content = read_yaml(value, label) if isinstance(value, str) else value
    if content is None:
        return {}
    example = "for example {Alder: {CarrierUserPassword: ...}}"
    if not isinstance(content, Mapping):
        raise InputError([f"{label} must be a dictionary of customers, {example}, not {kind_of(content)}"])
    problems = _keys_that_are_no_strings(content, label)
    for customer, variables in content.items():
        if variables is None:
            continue
        if not isinstance(variables, Mapping):
            problems.append(f"{label}: '{customer}' must hold a dictionary, {example}, not {kind_of(variables)}")
            continue
        problems += _keys_that_are_no_strings(variables, f"{label}: '{customer}'")
        for name, secret in variables.items():
            if problem := string_problem(secret, f"{label}: '{customer}': '{name}'", option="", shown=False):
                problems.append(problem)
            elif is_placeholder(secret):
                problems.append(f"{label}: '{customer}': '{name}' must be {SECRET_ITSELF}")
    if problems:
        raise InputError(problems)
    given = {
        str(customer): {str(name): part for name, part in own.items() if part is not None}
        for customer, own in content.items()
        if own is not None
    }
    return {customer: own for customer, own in given.items() if own}


def _keys_that_are_no_strings(content: Mapping[Any, Any], place: str) -> list[str]:
    return [problem for key in content if (problem := string_problem(key, f"{place}: the key '{key}'", option=""))]


def with_secrets(services: Sequence[Any], store: object = None, typed: object = None) -> list[Any]:
    """The items with their secret script variables, which stay secret under the number that the platform knows them by.

    :param services: items as the user wrote them; what is no dictionary is left for the check of the list.
    :param store: secrets of many customers; one that no item names is ignored, unless it looks like a typo.
    :param typed: secrets for these items; each must belong to one.
    :raises InputError: a customer is not known or not the only one, or two values of a variable differ.
    """
    items = [dict(item) if isinstance(item, Mapping) else item for item in services]
    called, beginnings = _index([item for item in items if isinstance(item, dict)])
    problems: list[str] = []
    for label, secrets, strict in ((STORE, store, False), (TYPED, typed, True)):
        for customer, variables in read_secrets(secrets, label).items():
            name = fold(customer)
            found = called.get(name, [])
            alike = beginnings.get(name[:_BEGINNING], [])
            if len(found) == 1:
                problems += [f"{label}: '{customer}': {problem}" for problem in _add(found[0], variables)]
            elif found:
                problems.append(f"{label}: '{customer}' is the name of {len(found)} services; use the short name")
            elif strict or (alike and nearest(customer, alike, cutoff=_ALIKE)):
                known = [next((str(item[key]) for key in _NAMES if item.get(key)), None) for item in items if item]
                problems.append(f"{label}: {unknown_name('customer', customer, known)}")
    if problems:
        raise InputError(problems)
    return items


def _index(items: Sequence[dict[str, Any]]) -> tuple[dict[str, list[dict[str, Any]]], dict[str, list[str]]]:
    """The items by each of their names, and the names by their beginnings."""
    called: dict[str, list[dict[str, Any]]] = {}
    beginnings: dict[str, list[str]] = {}
    for item in items:
        for name in {fold(str(item[key])) for key in _NAMES if item.get(key)}:
            called.setdefault(name, []).append(item)
            beginnings.setdefault(name[:_BEGINNING], []).append(name)
    return called, beginnings


def _add(item: dict[str, Any], variables: Mapping[str, Any]) -> list[str]:
    """Put the variables into the item, and say what contradicts what is there."""
    own = item.get(_VARIABLES) or {}
    if not isinstance(own, Mapping):
        return []  # the check of the list says so
    own = {name: value for name, value in own.items() if value is not None}
    there = {fold(str(name)): (name, value) for name, value in own.items()}
    problems = []
    added = {}
    for name, value in variables.items():
        known, other = there.get(fold(name), (name, value))
        if str(other) != str(value):
            problems.append(f"'{name}' is given twice, with different values")
        added[known] = value
    item[_VARIABLES] = {**own, **added}
    item[NAMING_KEY] = list(dict.fromkeys([*read_names(item.get(NAMING_KEY)), *added]))
    return problems
