# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Named script variables to their positions."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.errors import InputError
from ansible_collections.audiocodes.live_platform.plugins.module_utils._input.script_variables import (
    map_variables,
)

NAMES = ("IPPBX-ProxyAddress", "IPPBX-ProxyAddress-SIPPort", "SIP-HostName")


def _problems(variables: Any, names: tuple[str, ...] = NAMES, **more: Any) -> list[str]:
    with pytest.raises(InputError) as caught:
        map_variables(variables, names, script="script 's'", **more)
    return caught.value.problems


def test_a_name_becomes_its_position() -> None:
    assert map_variables({"SIP-HostName": "h", "ippbx-proxyaddress": "a"}, NAMES) == {
        "CustomVar.Variable3": "h",
        "CustomVar.Variable1": "a",
    }


def test_predefined_keys_and_positions_pass_through() -> None:
    given_ = {"ProxySet": "SIPTrunk", "CustomVar.Variable2": "5060"}
    assert map_variables(given_, NAMES) == given_


@pytest.mark.parametrize(
    ("variables", "parts"),
    [
        (
            {"SIP-HostNam": "x"},
            ["unknown variable 'SIP-HostNam'; nearest: 'SIP-HostName'", "accepted: 'IPPBX-ProxyAddress'", "'ProxySet'"],
        ),
        ({"CustomVar.Variable4": "x"}, ["no variable number 4; it has 3"]),
        ({"SIP-HostName": "x", "CustomVar.Variable3": "y"}, ["are the same variable CustomVar.Variable3"]),
        ({"SIP-HostName": 5}, ["SIP-HostName must be a string"]),
        (["a"], ["must be a dictionary"]),
    ],
)
def test_what_cannot_be_mapped_is_named(variables: Any, parts: list[str]) -> None:
    (problem,) = _problems(variables)
    for part in parts:
        assert part in problem


def test_a_script_without_variables_says_so() -> None:
    assert _problems({"A": "x"}, ()) == ["script_variables: unknown variable 'A'; script 's' has no customer variables"]


def test_missing_variables_are_a_problem_only_when_all_are_required() -> None:
    variables = {"SIP-HostName": "h"}
    assert map_variables(variables, NAMES) == {"CustomVar.Variable3": "h"}
    assert _problems(variables, require_all=True) == [
        "script 's' also needs a value for 'IPPBX-ProxyAddress', 'IPPBX-ProxyAddress-SIPPort'"
    ]


def test_all_problems_come_at_once() -> None:
    assert len(_problems({"A": "x", "B": 5, "SIP-HostName": "h"}, require_all=True)) == 4


def test_a_script_that_names_a_variable_twice_is_told() -> None:
    assert "more than once" in _problems({"a": "x"}, ("a", "A"))[-1]


@given(st.lists(st.from_regex(r"[A-Z][a-z]{2,8}-[0-9]{1,3}", fullmatch=True), unique_by=str.casefold, max_size=12))
def test_every_name_has_the_position_in_which_it_stands(names: list[str]) -> None:
    mapped = map_variables({name: name for name in reversed(names)}, names, require_all=True)
    assert mapped == {f"CustomVar.Variable{number}": name for number, name in enumerate(names, 1)}
