# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The list of services as a user writes it: which keys an item may have, and what all items have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .._api.field import Field
from .._api.fields import EXTRA_PARAMETERS, SERVICE_OPTIONS
from .._api.script_parameters import read_names
from .._core.errors import InputError
from .._core.masking import NAMING_KEY
from .._core.text import did_you_mean, fold, kind_of, quoted
from .._core.yaml_values import string_problem, string_problems
from .._resources.numbers.number_list import read_wanted
from .._resources.numbers.terms import USAGES
from .._resources.oc_service.display_names import OPTION as DISPLAY_NAMES
from .._resources.oc_service.request import UPDATE_SPEC

WHERE = "live_platform_services"
DEFAULTS = "live_platform_service_defaults"

ANY_SHORT_NAME = "any_short_name"

NAMES = (
    "company_name",
    "sbc",
    "online_pstn_gateway",
    "proxy_set",
    "sip_connection_name",
    "onboarding_script",
    "cleanup_script",
    "upload_number_script",
    "release_number_script",
)
"""What the roles turn into ids and parameters; each is a text (an id may be a number)."""

NUMBER_KEYS = ("numbers", "calling_profile", "usage")
"""What an item says of the customer's telephone numbers, which come after the service."""

_STRINGS = (*NAMES, "task_id", "calling_profile", "usage")
"""What is a string besides the fields of the request."""

_FLAGS = (ANY_SHORT_NAME, *(name for name, rule in UPDATE_SPEC.items() if rule["type"] == "bool"))
_CHOICES = {name: rule["choices"] for name, rule in UPDATE_SPEC.items() if "choices" in rule}

SERVICE_KEYS = (
    *NAMES,
    "script_variables",
    NAMING_KEY,
    EXTRA_PARAMETERS,
    "task_id",
    ANY_SHORT_NAME,
    *UPDATE_SPEC,
    DISPLAY_NAMES,
    *NUMBER_KEYS,
    *(field.option for field in SERVICE_OPTIONS),
)
"""All keys of an item."""

_LISTS_OF_NAMES = (NAMING_KEY, EXTRA_PARAMETERS)
"""What an item adds to its defaults instead of replacing them."""


def label_of(number: int, service: Mapping[str, Any], where: str = WHERE) -> str:
    """``live_platform_services[2] (Birch)``."""
    name = service.get("short_name")
    return f"{where}[{number}] ({name})" if name else f"{where}[{number}]"


def read_items(services: Sequence[Any], defaults: Any = None) -> tuple[list[dict[str, Any]], list[str]]:
    """The items with what they have in common, and what is wrong with their keys.

    Mappings, such as the script variables, and the names of secrets are put together; everything else of an item
    replaces its default.

    :param defaults: what every item has that does not say otherwise.
    """
    problems: list[str] = []
    common: Mapping[str, Any] = {}
    if isinstance(defaults, Mapping):
        problems += [f"{DEFAULTS}: {problem}" for problem in key_problems(defaults)]
        if defaults.get("numbers") is not None:
            problems.append(f"{DEFAULTS}: numbers belong to one customer: put them into its item")
        common = {key: value for key, value in defaults.items() if key in SERVICE_KEYS and key != "numbers"}
    elif defaults is not None:
        problems.append(f"{DEFAULTS} must be a dictionary, not {kind_of(defaults)}")
    items: list[dict[str, Any]] = []
    for number, service in enumerate(services):
        if isinstance(service, Mapping):
            label = label_of(number, service)
            problems += [f"{label}: {problem}" for problem in key_problems(service)]
            items.append(_with_strings(_merge(common, service)))
        else:
            problems.append(f"{WHERE}[{number}] must be a dictionary, not {kind_of(service)}")
            items.append({})
    return items, problems


def secret_names(services: object, defaults: object) -> list[str]:
    """The names that any item, or what they have in common, calls secret: one in the defaults is meant for all items.

    :param services: items as the user wrote them, of any type.
    """
    groups = [defaults, *(services if isinstance(services, (list, tuple)) else ())]
    return [name for group in groups if isinstance(group, Mapping) for name in read_names(group.get(NAMING_KEY))]


def key_problems(item: Mapping[str, Any]) -> list[str]:
    """The keys of an item that do not exist, with the nearest ones, and names that are no texts."""
    found = unknown_keys(item, SERVICE_KEYS)
    found += string_problems(item, _STRINGS)
    found += [
        f"{name} must be true or false, not {kind_of(item[name])}"
        for name in _FLAGS
        if not isinstance(item.get(name), (type(None), bool))
    ]
    found += [
        f"{name} must be one of {quoted(choices)}, not '{item[name]}'"
        for name, choices in _CHOICES.items()
        if item.get(name) is not None and item[name] not in choices
    ]
    found += _number_problems(item)
    found += [
        f"{option} must be a list of names, not {kind_of(item[option])}"
        for option in _LISTS_OF_NAMES
        if not isinstance(item.get(option), (type(None), str, list, tuple))
    ]
    found += [
        problem
        for option in _LISTS_OF_NAMES
        if isinstance(item.get(option), (list, tuple))
        for number, name in enumerate(item[option])
        if (problem := string_problem(name, f"{option}[{number}]", option=option))
    ]
    return found


def _number_problems(item: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with the telephone numbers of an item: found before anything is sent, although they come
    last.
    """
    given = {name: item[name] for name in NUMBER_KEYS if item.get(name) is not None}
    if not given:
        return []
    if not isinstance(given.get("numbers", []), (list, tuple)):
        return [f"numbers must be a list of telephone numbers, not {kind_of(given['numbers'])}"]
    usage = given.get("usage")
    found = []
    if isinstance(usage, str) and usage not in USAGES:
        found.append(f"usage must be one of {quoted(USAGES)}, not '{usage}'")
    try:
        read_wanted({"numbers": given.get("numbers")})
    except InputError as error:
        found += error.problems
    return found


def unknown_keys(
    item: Mapping[str, Any], known: Sequence[str], fields: Sequence[Field] = SERVICE_OPTIONS, prefix: str = ""
) -> list[str]:
    """The keys that are not known, also those inside of groups, each with the nearest that is."""
    found = [
        f"unknown option '{prefix}{key}'; {did_you_mean(str(key), known)}" for key in item if str(key) not in known
    ]
    for field in fields:
        group = item.get(field.option)
        if field.children and isinstance(group, Mapping):
            names = [child.option for child in field.children]
            found += unknown_keys(group, names, field.children, f"{prefix}{field.option}.")
    return found


def _merge(common: Mapping[str, Any], item: Mapping[str, Any]) -> dict[str, Any]:
    merged = {**common, **{key: value for key, value in item.items() if value is not None or key not in common}}
    for key, value in common.items():
        own = item.get(key)
        if isinstance(value, Mapping) and isinstance(own, Mapping):
            own = {name: part for name, part in own.items() if part is not None}
            given = {fold(str(name)) for name in own}
            merged[key] = {**{name: part for name, part in value.items() if fold(str(name)) not in given}, **own}
        elif key in _LISTS_OF_NAMES and own is not None:
            merged[key] = list(dict.fromkeys([*read_names(value), *read_names(own)]))
    return merged


def _with_strings(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return the item with a string for each name, so that names can be looked for; what is none has been reported."""
    return {key: str(value) if key in NAMES and value is not None else value for key, value in item.items()}
