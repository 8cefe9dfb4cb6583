# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A field of a request: option, wire name, type, secrecy and rule in one row; and what is made from such rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .._core.text import is_guid, quoted
from .._core.typed_values import is_placeholder
from .._core.yaml_values import string_problem

Rule = Callable[[Any], "str | None"]
"""Gives what would be right when the value is not, else ``None``."""

IMMUTABLE, UPDATE, UNREADABLE = "immutable", "update", "unreadable"
"""What can be done about a difference: nothing, a request that changes it, or nobody can see it."""

UPDATED, WOULD_UPDATE = "updated", "would_update"
"""What has become of a difference that can be changed, or would."""

SECRET_ITSELF = "the secret itself, not what is shown for it"

Difference = Mapping[str, Any]
"""How an object differs in one option: ``option``, ``wanted``, ``existing``, ``action`` (one of those above), a
``description`` for people, and ``blind`` when the platform does not show whether a change was made.
"""


def guid(value: Any) -> str | None:
    """A Microsoft tenant id or another GUID."""
    return None if is_guid(value) else "a GUID such as f9f53ee0-56e1-43f6-8fe3-5fb322986657"


def not_empty(value: Any) -> str | None:
    """Any string but blanks."""
    return None if str(value).strip() else "a string that is not empty"


def unmasked(value: Any) -> str | None:
    """A secret, and not what is shown for one."""
    return SECRET_ITSELF if is_placeholder(value) else not_empty(value)


def at_most(limit: int) -> Rule:
    """A string of a number of characters."""

    def rule(value: Any) -> str | None:
        return None if str(value).strip() and len(str(value)) <= limit else f"1 to {limit} characters"

    return rule


def from_(least: int) -> Rule:
    """A whole number that is not less."""

    def rule(value: Any) -> str | None:
        # Ansible turns digits into a number, so before it has, they are as good.
        digits = isinstance(value, str) and value.strip().isdecimal()
        whole = int(value) if digits else value
        right = isinstance(whole, int) and not isinstance(whole, bool) and whole >= least
        return None if right else f"a whole number from {least}"

    return rule


@dataclass(frozen=True)
class Field:
    """One field of a request.

    :param option: the Ansible option; inside its group for a child.
    :param wire: the JSON name, in the case of the example bodies.
    :param type: ``str``, ``int``, ``dict`` (a group of ``children``) or ``map`` (string to string).
    :param choices: option value to wire value, where the two differ.
    :param secret: the value must never be shown.
    :param rule: what a value has to look like.
    :param entries: finds what is wrong with the entries of a map, whose name it is given.
    :param public: everybody may know the value, so a password that is the same is masked by its place alone.
    :param required: the option has to be given, whatever the state.
    :param identity: it says which object is meant.
    :param needs: the other options of its group without which it means nothing.
    :param read_as: the member of the record in which the platform shows the value, if it does.
    :param on_difference: what can be done when the object that exists has another value.
    :param created: it is part of the request that creates the object; otherwise it is set afterwards.
    :param created_as: what the request that creates the object says when the option is not given.
    :param empties: an empty string takes the value away, so the request that creates the object leaves it out.
    """

    option: str
    wire: str
    type: str = "str"
    choices: Mapping[str, str | int] | None = None
    default: str | None = None
    secret: bool = False
    rule: Rule | None = None
    children: tuple[Field, ...] = ()
    entries: Callable[[Any, str], list[str]] | None = None
    public: bool = False
    required: bool = False
    identity: bool = False
    needs: tuple[str, ...] = ()
    read_as: str | None = None
    on_difference: str = UNREADABLE
    created: bool = True
    created_as: str | None = None
    empties: bool = False


def given(values: Mapping[str, Any], fields: Sequence[Field]) -> dict[str, Any]:
    """Return the values of the fields, with ``None`` for what is not given.

    Null in a group or a map is not given, and a group or a map of which nothing is given is not given either.
    """
    found = {field.option: values.get(field.option) for field in fields}
    for field in fields:
        group = found[field.option]
        if field.type in ("dict", "map") and isinstance(group, Mapping):
            found[field.option] = {name: value for name, value in group.items() if value is not None} or None
    return found


def payload(values: Mapping[str, Any], fields: Sequence[Field]) -> dict[str, Any]:
    """The body of the request that creates an object: every field that is given, in the table's order.

    :param values: option values; ``None`` means not given.
    """
    body: dict[str, Any] = {}
    for field in fields:
        value: Any = values.get(field.option)
        if value is None or not field.created or (field.empties and value == ""):
            continue
        if field.type == "dict":
            value = payload(value, field.children)
        elif field.choices is not None:
            value = field.choices[value]
        elif field.type == "map":
            value = dict(value)
        body[field.wire] = value
    return body


def for_creation(values: Mapping[str, Any], fields: Sequence[Field]) -> dict[str, Any]:
    """The values with what a new object has when nothing else is said."""
    assumed = {row.option: row.created_as for row in fields if row.created_as is not None}
    return {**values, **{option: value for option, value in assumed.items() if values.get(option) is None}}


def typed(values: Mapping[str, Any], fields: Sequence[Field]) -> dict[str, Any]:
    """Values in which :func:`problems` finds nothing, as Ansible gives them: each of its type, with the defaults."""
    found: dict[str, Any] = {}
    for field in fields:
        value = values.get(field.option)
        if value is None:
            found[field.option] = field.default
        elif field.type == "dict":
            found[field.option] = typed(value, field.children)
        else:
            found[field.option] = {"int": int, "str": str, "map": dict}[field.type](value)
    return found


def public_and_secret(values: Mapping[str, Any], fields: Sequence[Field]) -> tuple[list[Any], list[str]]:
    """Return the values of the fields that everybody may know, and of those that are secret."""
    public = [values.get(field.option) for field in fields if field.public]
    # A group that was given as a text cannot be told apart into secret and other.
    groups = [field.option for field in fields if field.type == "map" or any(child.secret for child in field.children)]
    whole = [value for name in groups if isinstance(value := values.get(name), str)]
    return public, [*_secret_values(values, fields), *whole]


def _secret_values(values: Mapping[str, Any], fields: Sequence[Field]) -> list[str]:
    found: list[str] = []
    for field in fields:
        value = values.get(field.option)
        if isinstance(value, Mapping) and field.children:
            found += _secret_values(value, field.children)
        elif field.secret and isinstance(value, str):
            found.append(value)
    return found


def differences(
    values: Mapping[str, Any], record: object, fields: Sequence[Field], group: str = ""
) -> list[dict[str, Any]]:
    """The options whose wanted value is not what exists: ``option``, ``wanted``, ``existing`` and ``action``.

    What is not wanted is not compared. What could be changed, and is not shown by the platform, is unreadable.

    :param record: the object that exists.
    :param group: of the fields, for the names of the options.
    """
    found = []
    for field in fields:
        wanted = values.get(field.option)
        if wanted is None or field.read_as is None:
            continue
        existing, action = getattr(record, field.read_as, None), field.on_difference
        if existing is None:
            if action != UPDATE:
                continue
            action = UNREADABLE
        if wanted != existing:
            found.append({"option": group + field.option, "wanted": wanted, "existing": existing, "action": action})
    return found


def problems(values: Mapping[str, Any], fields: Sequence[Field], prefix: str = "") -> list[str]:
    """Everything that is wrong with values, of any type; never quotes a secret."""
    found: list[str] = []
    for row in fields:
        value = values.get(row.option)
        name = prefix + row.option
        if value is None:
            continue
        if row.type == "dict":
            if isinstance(value, Mapping):
                found += problems(value, row.children, f"{name}.")
                found += _without_partners(value, row.children, name)
            else:
                found.append(f"{name} must be a dictionary")
        elif row.entries is not None:
            found += row.entries(value, name)
        elif row.choices is not None:
            if not isinstance(value, str) or value not in row.choices:
                found.append(f"{name} must be one of {quoted(row.choices)}{_got(row, value)}")
        elif row.type == "str" and (problem := string_problem(value, name, shown=not row.secret)):
            found.append(problem)
        elif row.rule is not None and (right := row.rule(value)):
            found.append(f"{name} must be {right}{_got(row, value)}")
    return found


def _got(row: Field, value: Any) -> str:
    return "" if row.secret else f", not '{value}'"


def _without_partners(value: Mapping[str, Any], fields: Sequence[Field], name: str) -> list[str]:
    given = [row for row in fields if value.get(row.option) is not None]
    missing = dict.fromkeys(partner for row in given for partner in row.needs if value.get(partner) is None)
    return [f"{name} needs {quoted(missing)} too"] if missing else []
