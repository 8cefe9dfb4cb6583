# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""YAML that people type into a field, read without ever showing what is in it."""

from __future__ import annotations

from typing import Any

import yaml

from ...module_utils._core.errors import InputError
from ...module_utils._core.yaml_values import date_problems

_DEEPEST = 20
"""Lists and dictionaries inside of one another; a list of services has some five."""

_NO_ALIASES = "anchors (&name) and aliases (*name) are not possible here; write the values out"
_TOO_DEEP = f"there are more than {_DEEPEST} lists and dictionaries inside of one another"


def read_yaml(text: str, label: str) -> Any:
    """The content of a text.

    :param label: the name of the field, for the errors.
    :raises InputError: it is not YAML, or more than values; the error names the line and keys, and quotes nothing else,
        since it may hold a password.
    """
    try:
        content = yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f", line {mark.line + 1}" if mark is not None else ""
        problem = getattr(error, "problem", None) or "cannot be read"
        before = "" if isinstance(error, _Refused) else "this is not YAML: "
        raise InputError([f"{label}{place}: {before}{problem}"]) from None
    if problems := date_problems(content, label):
        raise InputError(problems)
    return content


class _Refused(yaml.MarkedYAMLError):
    """The text is YAML, but not what a person types into a field."""


class _Loader(yaml.SafeLoader):
    """Reads values only: no anchors and aliases, which can make gigabytes of a few lines, and no key twice."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        event = self.peek_event()
        if getattr(event, "anchor", None) is not None:
            raise _Refused(problem=_NO_ALIASES, problem_mark=event.start_mark)
        if self._depth == _DEEPEST:
            raise _Refused(problem=_TOO_DEEP, problem_mark=event.start_mark)
        self._depth += 1
        node: yaml.Node | None = super().compose_node(parent, index)
        self._depth -= 1
        return node

    def compose_mapping_node(self, anchor: Any) -> yaml.MappingNode:
        node: yaml.MappingNode = super().compose_mapping_node(anchor)
        lines: dict[str, int] = {}
        for key, _value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                continue
            if key.value in lines:
                problem = f"key '{key.value}' is there already, in line {lines[key.value]}"
                raise _Refused(problem=problem, problem_mark=key.start_mark)
            lines[key.value] = key.start_mark.line + 1
        return node
