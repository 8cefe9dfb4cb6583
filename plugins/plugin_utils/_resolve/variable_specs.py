# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The variables that playbooks and roles take, read from their specifications."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ...module_utils._core.errors import InputError
from ...module_utils._core.text import did_you_mean

_ROOT = Path(__file__).parents[3]
_PLAYBOOKS = "playbooks/specs/variables.yml"
_COMMON = "live_platform_"
_PLAIN = ("str", "path", "int", "float")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class VariableSpec:
    """The variables of a playbook or a role.

    :param options: its own ones, as an argument spec.
    :param known: names of all that it takes, those of its roles among them.
    :param prefixes: a variable whose name begins with one of them must be known.
    :param without_prefix: names that are often written for a known one with a prefix.
    :param role_words: those options of its roles that are plain values, for which nothing has to be worked out.
    """

    options: Mapping[str, Any]
    known: frozenset[str]
    prefixes: tuple[str, ...]
    without_prefix: frozenset[str] = field(default_factory=frozenset)
    role_words: Mapping[str, Any] = field(default_factory=dict)

    def looked_at(self, names: Iterable[str]) -> list[str]:
        """The names of variables that are set and must be known."""
        return sorted(name for name in names if name.startswith(self.prefixes) or name in self.without_prefix)


@cache
def of_playbook(name: str) -> VariableSpec:
    """The variables of a playbook.

    :raises InputError: the collection has no such playbook.
    """
    found = _read(_PLAYBOOKS)["playbooks"]
    if name not in found:
        raise InputError([f"playbook: there is no '{name}'; {did_you_mean(name, list(found))}"])
    spec = found[name]
    roles = spec.get("roles", [])
    known = frozenset(spec["options"]).union(*(of_role(role).known for role in roles)) - set(spec.get("not_taken", ()))
    own = tuple(spec.get("prefixes", ()))
    common = (_COMMON,) if any(each.startswith(_COMMON) for each in known) else ()
    prefixes = (*common, *(f"{role}_" for role in roles), *own)
    words = {
        name: rule
        for role in roles
        for name, rule in of_role(role).options.items()
        if rule.get("type", "str") in _PLAIN and name in known and name not in spec["options"]
    }
    return VariableSpec(spec["options"], known, prefixes, frozenset(spec.get("without_prefix", ())), words)


@cache
def of_role(name: str) -> VariableSpec:
    """The variables of a role of the collection.

    :raises InputError: the collection has no such role.
    """
    path = f"roles/{name}/meta/argument_specs.yml"
    if not name.isidentifier() or not (_ROOT / path).is_file():
        raise InputError([f"role: there is no '{name}'"])
    options = _read(path)["argument_specs"]["main"]["options"]
    own = f"roles/{name}/vars/main.yml"
    internal = _read(own) if (_ROOT / own).is_file() else {}
    return VariableSpec(
        options, frozenset([*options, *(each for each in internal if each.startswith(name))]), (f"{name}_",)
    )


def _read(path: str) -> Any:
    return yaml.load((_ROOT / path).read_text(encoding="utf-8"), Loader=_LOADER)
