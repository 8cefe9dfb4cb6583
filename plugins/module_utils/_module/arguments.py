# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Argument specs, made from the tables of options, and what is wrong with the values that were given.

The doc fragments are compared with the specs by a test. What Ansible finds wrong is put together with what the engine
finds: each problem once, with its place.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ansible.module_utils.common.parameters import AnsibleFallbackNotFound
from ansible.module_utils.common.validation import check_type_dict
from ansible.module_utils.errors import AnsibleValidationError, UnsupportedError

from .._core.masking import NAMING_KEY
from .._core.text import did_you_mean
from .._http.connection import CONNECTION_OPTIONS

REQUIRED_SPEC: dict[str, Any] = {"required": {"type": "bool", "default": False}}
"""Of look-ups that may have to find something."""

SECRET_PARAMETERS_SPEC: dict[str, Any] = {
    NAMING_KEY: {"type": "list", "elements": "str", "default": [], "no_log": False},
}
"""Of modules that show or send script parameters."""


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


_ABOUT_ONE_OPTION = (
    re.compile(r"argument '(\w+)' is of type"),
    re.compile(r"value of (\w+) must be one of"),
    re.compile(r"missing required arguments: (\w+)(?: found in .*)?$"),
)


def spell_out(errors: Iterable[AnsibleValidationError], problems: Sequence[str], options: Sequence[str]) -> list[str]:
    """All problems, in words for the user.

    :param errors: Ansible's own; one that a problem of the engine already speaks of, with its place, is left out.
    :param problems: the engine's.
    :param options: the names of the module's options.
    """
    said: list[str] = []
    for error in errors:
        texts = _unknown_options(error.msg, options) if isinstance(error, UnsupportedError) else [error.msg]
        said += [text for text in texts if not _is_told(text, problems)]
    return [*said, *problems]


def texts_for_mappings(spec: Mapping[str, Any], params: Mapping[str, Any], place: str = "") -> list[str]:
    """Options with options of their own for which a text was given, in words for the user.

    :param spec: an argument spec, or a part of it.
    :param params: the values, as they were given.
    :param place: of the part, with a dot at its end.
    """
    found: list[str] = []
    for name, rule in spec.items():
        if not rule.get("options"):
            continue
        value = params.get(name)
        items = (
            [(f"{place}{name}[{number}]", item) for number, item in enumerate(value)]
            if isinstance(value, list)
            else [(f"{place}{name}", value)]
        )
        for where, item in items:
            if isinstance(item, str):
                found.append(f"{where} must be a dictionary, and the string that was given is none")
            elif isinstance(item, Mapping):
                found += texts_for_mappings(rule["options"], item, f"{where}.")
    return found


def split_as_mapping(text: str) -> list[str]:
    """Return the keys and values that Ansible makes of a text for a mapping; none when it cannot be split."""
    try:
        pairs: Mapping[Any, Any] = check_type_dict(text)
    except (TypeError, ValueError):
        return []
    return [str(piece) for pair in pairs.items() for piece in pair]


def _unknown_options(message: str, options: Sequence[str]) -> list[str]:
    """``services.sbc, wiat. Supported parameters include: …`` as one sentence per option, with the nearest."""
    names, _separator, supported = message.partition(". Supported parameters include: ")
    inner = [name.split(" ")[0] for name in supported.rstrip(".").split(", ")]
    return [
        f"unknown option '{name}'; {did_you_mean(name.rsplit('.', 1)[-1], inner if '.' in name else options)}"
        for name in names.split(", ")
    ]


def _is_told(text: str, problems: Sequence[str]) -> bool:
    unknown = re.match(r"unknown option '(?:\w+\.)*(\w+)'", text)
    if unknown:
        return any(f"unknown option '{unknown[1]}'" in problem or f".{unknown[1]}'" in problem for problem in problems)
    names = [match[1] for pattern in _ABOUT_ONE_OPTION if (match := pattern.search(text))]
    return any(re.search(rf"\b{name} (must|is missing)", problem) for name in names for problem in problems)
