# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading JSON that nobody can trust."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.json_reader import (
    Reader,
    read_list,
    read_object,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.errors import ApiError

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


def test_members_are_found_in_any_case() -> None:
    item = Reader({"CustomerShortName": "Brad", "leadid": "7"})
    assert item.text("customerShortName") == "Brad"
    assert item.text("leadId") == "7"


def test_the_first_member_that_is_not_null_counts() -> None:
    assert Reader({"id": None, "leadId": "7"}).text("id", "leadId") == "7"


@pytest.mark.parametrize(
    ("value", "text", "integer", "flag", "items"),
    [
        (None, None, None, None, []),
        ("", None, None, None, [""]),
        ("  ", None, None, None, ["  "]),
        ("7", "7", 7, None, ["7"]),
        (7, "7", 7, None, [7]),
        (7.0, "7.0", 7, None, [7.0]),
        (7.5, "7.5", None, None, [7.5]),
        (True, None, None, True, [True]),
        ("True", "True", None, True, ["True"]),
        ("x", "x", None, None, ["x"]),
        ([1], None, None, None, [1]),
        ({}, None, None, None, [{}]),
    ],
)
def test_a_value_of_the_wrong_type_reads_as_nothing(
    value: Any, text: Any, integer: Any, flag: Any, items: list[Any]
) -> None:
    item = Reader({"x": value})
    assert (item.text("x"), item.integer("x"), item.flag("x"), item.items("x")) == (text, integer, flag, items)


def test_no_date_reads_as_nothing() -> None:
    item = Reader({"a": "0001-01-01T00:00:00", "b": "2024-04-03T13:32:12.8286742Z"})
    assert (item.moment("a"), item.moment("b")) == (None, "2024-04-03T13:32:12.8286742Z")


def test_odd_members_of_a_list_are_left_out() -> None:
    item = Reader({"x": ["a", None, "", 5, {"b": 1}]})
    assert item.texts("x") == ["a", "5"]
    assert len(item.records("x")) == 1
    assert item.record("x").raw("b") is None
    assert item.mapping("x") == {}


@given(JSON)
def test_no_value_breaks_a_reader(value: Any) -> None:
    item = Reader({"x": value})
    for read in (item.text, item.integer, item.flag, item.moment, item.items, item.texts, item.records, item.mapping):
        read("x", "y")
    item.record("x").text("y")


@pytest.mark.parametrize(
    "content",
    [
        [{"id": 1}, {"id": 2}],
        [[{"id": 1}, {"id": 2}]],
        {"leads": [{"id": 1}, {"id": 2}]},
        {"Leads": [{"id": 1}, {"id": 2}], "total": 2},
        {"currentPage": 1, "data": [{"id": 1}, {"id": 2}]},
    ],
)
def test_a_list_is_read_bare_in_a_second_bracket_and_wrapped(content: Any) -> None:
    assert [item.integer("id") for item in read_list(content, "GET /x", "leads")] == [1, 2]


@pytest.mark.parametrize("content", [[], [[]], {"leads": []}])
def test_an_empty_list_is_empty(content: Any) -> None:
    assert read_list(content, "GET /x", "leads") == []


@pytest.mark.parametrize(
    "content",
    [None, "text", 5, True, {}, {"leads": None}, {"leads": {}}, {"error": "x"}, ["a"], [None], [[1]], [[], []]],
)
def test_an_answer_of_the_wrong_shape_is_never_an_empty_list(content: Any) -> None:
    with pytest.raises(ApiError) as caught:
        read_list(content, "GET /x", "leads")
    assert caught.value.transient
    assert "GET /x" in caught.value.message


@pytest.mark.parametrize("content", [{"id": 1}, [{"id": 1}]])
def test_an_object_may_stand_in_a_bracket(content: Any) -> None:
    assert read_object(content, "GET /x").integer("id") == 1


@pytest.mark.parametrize("content", [None, "text", 1, [], [1], [{}, {}]])
def test_an_answer_of_the_wrong_shape_is_never_an_empty_object(content: Any) -> None:
    with pytest.raises(ApiError):
        read_object(content, "GET /x")


@pytest.mark.parametrize(
    "written",
    [
        "F9F53EE0-56E1-43F6-8FE3-5FB322986657",
        "{f9f53ee0-56e1-43f6-8fe3-5fb322986657}",
        "f9f53ee056e143f68fe35fb322986657",
        " (f9f53ee0-56e1-43f6-8fe3-5fb322986657) ",
    ],
)
def test_a_guid_has_one_form(written: str) -> None:
    found = Reader({"MsTenantId": written}).guid("msTenantId")
    assert found is not None
    assert found.lower() == "f9f53ee0-56e1-43f6-8fe3-5fb322986657"


def test_what_is_no_guid_stays_as_it_is() -> None:
    assert Reader({"id": "wst-1"}).guid("id") == "wst-1"
    assert Reader({"id": "{00000000-0000-0000-0000-000000000000}"}).guid("id") is None
