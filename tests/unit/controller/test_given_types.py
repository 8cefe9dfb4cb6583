# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What YAML has made of a text is refused by every module where a string has to be; from the argument specs."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.fields import SERVICE_OPTIONS
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.yaml_values import (
    NUMBER_IDS,
    string_problem,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._input.resolve_leads import (
    resolve_leads,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._input.service_list import NAMES
from ansible_collections.audiocodes.live_platform.plugins.plugin_utils._action.in_process import Conduct, run_in_process
from ansible_collections.audiocodes.live_platform.plugins.plugin_utils._resolve.given_types import (
    type_problems,
    without_nulls,
)
from harness.fakes import OPTIONS

COLLECTION = "ansible_collections.audiocodes.live_platform.plugins"
MODULES = sorted(path.stem for path in (Path(__file__).parents[3] / "plugins/modules").glob("*.py"))
DAY = datetime.date(2026, 1, 2)
TIME = datetime.datetime(2026, 1, 2, 3, 4, tzinfo=datetime.timezone.utc)
MANGLED: tuple[Any, ...] = (668, 750, 1.5, True, False, DAY, TIME)
"""``01234``, ``12:30``, ``1.50``, ``yes``, ``off`` and two dates, as YAML reads them."""


def _definitions() -> Iterator[Any]:
    for name in MODULES:
        definition = getattr(import_module(f"{COLLECTION}.modules.{name}"), "MODULE", None)
        if definition is not None:
            yield pytest.param(definition, id=name)


def _mangled(spec: Mapping[str, Any], draw: random.Random, place: str = "") -> tuple[dict[str, Any], list[str]]:
    """A mangled value for each string of an argument spec, and what messages call those that must be refused."""
    given: dict[str, Any] = {}
    wrong: list[str] = []
    for name, rule in spec.items():
        kind = rule.get("type", "str")
        element, end = (rule.get("elements"), "[0]") if kind == "list" else (kind, "")
        value: Any = draw.choice(MANGLED)
        if element == "dict" and rule.get("options"):
            value, inner = _mangled(rule["options"], draw, f"{place}{name}{end}.")
            wrong += inner
        elif element not in ("str", "path"):
            continue
        elif not _is_taken(name, rule, value):
            wrong.append(f"{place}{name}{end}")
        given[name] = [value] if end else value
    return given, wrong


def _is_taken(name: str, rule: Mapping[str, Any], value: Any) -> bool:
    if isinstance(value, bool):
        return "true" in [*rule.get("choices", ()), rule.get("default")]
    return isinstance(value, int) and name in NUMBER_IDS


TEXT = "planted=Secret~Kq7 left='Zt5.q9K'"


def _texts(spec: Mapping[str, Any], place: str = "") -> tuple[dict[str, Any], list[str]]:
    """A text for each mapping of an argument spec, also below lists, and what messages call them."""
    given: dict[str, Any] = {}
    places: list[str] = []
    for name, rule in spec.items():
        if rule.get("type") == "dict":
            given[name] = TEXT
            places.append(f"{place}{name}")
        elif rule.get("elements") == "dict":
            inner, found = _texts(rule.get("options") or {}, f"{place}{name}[0].")
            given[name], places = [inner, TEXT], [*places, *found, f"{place}{name}[1]"]
    return given, places


@pytest.mark.parametrize("definition", list(_definitions()))
def test_a_text_for_a_mapping_is_refused_and_never_shown_in_part(definition: Any) -> None:
    texts, places = _texts(definition.argument_spec)
    done = run_in_process(definition, {**OPTIONS, **texts}, Conduct("module"))
    assert not places or done["failed"]
    for place in places:
        assert f"{place} must be a dictionary, and the string that was given is none" in str(done), place
    assert not [part for part in ("planted", "Secret~Kq7", "Zt5.q9K") if part in str(done)], done


@pytest.mark.parametrize("definition", list(_definitions()))
def test_every_module_refuses_what_yaml_made_of_any_of_its_strings(definition: Any) -> None:
    draw = random.Random(20261201)
    for _round in range(3):
        given, wrong = _mangled(definition.argument_spec, draw)
        result = run_in_process(definition, {**OPTIONS, **given}, Conduct("x"))
        assert result["failed"] is True
        said = result["failure"]["problems"]
        for label in wrong:
            found = [each for each in said if each.startswith(f"{label} must be a string, not a ")]
            assert len(found) == 1, (label, said)
            assert found[0].endswith("put quotes around it")


@pytest.mark.parametrize("value", MANGLED[:5], ids=str)
def test_a_list_by_names_takes_no_such_value_either(value: Any) -> None:
    """A date in it is found before the list is read, see :func:`type_problems`."""
    groups = {row.option: row.children for row in SERVICE_OPTIONS if row.children}
    item: dict[str, Any] = dict.fromkeys(NAMES, value)
    item |= {row.option: value for row in SERVICE_OPTIONS if row.type == "str" and row.choices is None}
    item |= {group: {row.option: value for row in rows if row.type == "str"} for group, rows in groups.items()}
    item |= {"task_id": value, "calling_profile": value, "usage": value, "script_parameters": {"ProxySet": value}}
    said = resolve_leads([item], None).problems
    expected = [name for name in item if name not in groups and name != "script_parameters"]
    expected += [f"{group}.{row.option}" for group, rows in groups.items() for row in rows if row.type == "str"]
    for name in [*expected, "script_parameters.ProxySet"]:
        found = [each for each in said if f": {name} must be a string, not a " in each]
        whole = isinstance(value, int) and not isinstance(value, bool)
        assert len(found) == (0 if whole and name in NUMBER_IDS else 1), (name, said)


def test_a_number_is_an_id_where_the_platform_has_numbers_and_nothing_else_is() -> None:
    assert string_problem(1574, "channel_id") is None
    assert string_problem(5, "onboard_leads_sbc") is None
    assert string_problem(5, "site_location.name") is not None
    for wrong in (True, 1.5, DAY):
        assert string_problem(wrong, "channel_id") is not None


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (None, None),
        ("01234", None),
        (668, "x must be a string, not a number: YAML reads it as 668; put quotes around it"),
        (False, "x must be a string, not a boolean: YAML reads it as false; put quotes around it"),
        (DAY, "x must be a string, not a date: YAML reads it as 2026-01-02; put quotes around it"),
        (["a"], "x must be a string, not a list"),
        ({}, "x must be a string, not a dictionary"),
    ],
)
def test_the_error_shows_what_yaml_made_of_a_text(value: Any, problem: str | None) -> None:
    assert string_problem(value, "x") == problem


def test_what_is_secret_is_not_shown() -> None:
    spec = {"client_secret": {"type": "str", "no_log": True}, "items": {"type": "list", "elements": "raw"}}
    given = {"client_secret": 668, "items": [{"script_variables": {"PIN": DAY}}]}
    assert type_problems(spec, given) == [
        "client_secret must be a string, not a number: put quotes around it",
        "items[0].script_variables.PIN must be a string, not a date: put quotes around it",
    ]


def test_other_types_keep_what_they_take() -> None:
    spec = {
        "validate": {"type": "str", "choices": ["true", "false", "always"]},
        "names": {"type": "list", "elements": "str"},
        "number": {"type": "int"},
        "flag": {"type": "bool"},
    }
    assert type_problems(spec, {"validate": True, "names": "a,b", "number": "5", "flag": "yes"}) == []
    assert type_problems(spec, {"validate": 1, "names": 668, "number": True, "flag": None}) == [
        "validate must be a string, not a number: YAML reads it as 1; put quotes around it",
        "names must be a string, not a number: YAML reads it as 668; put quotes around it",
        "number must be a number, not a boolean",
    ]


def _nulls(spec: Mapping[str, Any]) -> dict[str, Any]:
    """Null for each option of an argument spec, also for those of options."""
    nested = {name: rule["options"] for name, rule in spec.items() if rule.get("options")}
    found: dict[str, Any] = dict.fromkeys(spec)
    for name, options in nested.items():
        found[name] = [_nulls(options)] if spec[name].get("type") == "list" else _nulls(options)
    return found


@pytest.mark.parametrize("definition", list(_definitions()))
def test_null_is_not_given_for_any_option_of_any_module(definition: Any) -> None:
    given = without_nulls(definition.argument_spec, {**_nulls(definition.argument_spec), "unknown": None})
    assert given.pop("unknown", 0) is None  # Ansible names it
    for name, value in given.items():
        assert definition.argument_spec[name].get("options"), name
        assert value in ({}, [{}]) or set(_leaves(value)) == set()


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for each in value.values():
            yield from _leaves(each)
    elif isinstance(value, list):
        for each in value:
            yield from _leaves(each)
    else:
        yield value


def test_values_that_are_given_stay() -> None:
    spec = {"a": {}, "b": {"type": "list", "options": {"c": {}}}, "d": {"type": "dict"}}
    given = {"a": "", "b": [{"c": None, "e": None}, None, "x"], "d": {"f": None}}
    assert without_nulls(spec, given) == {"a": "", "b": [{"e": None}, None, "x"], "d": {"f": None}}
