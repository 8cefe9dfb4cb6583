# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Words, names and licences."""

from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.licenses import (
    license_code,
    license_name,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.text import (
    did_you_mean,
    is_guid,
    nearest,
    quoted,
    same_text,
    shorten,
    snake_case,
    snake_keys,
    squeeze,
)
from harness.fakes import TENANT


@pytest.mark.parametrize(
    ("value", "right"),
    [
        (TENANT, True),
        (TENANT.upper(), True),
        (f"{{{TENANT}}}", False),
        (TENANT[:-1], False),
        (f"{TENANT}\n", False),
        ("", False),
        (None, False),
        (5, False),
    ],
)
def test_a_guid_has_one_form(value: object, right: bool) -> None:
    assert is_guid(value) is right


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [("A", " a ", True), ("A", "b", False), (None, None, False), ("", None, False), ("STRASSE", "straße", True)],
)
def test_names_are_compared_without_case(left: str | None, right: str | None, same: bool) -> None:
    assert same_text(left, right) is same


def test_status_words_lose_case_blanks_dashes_and_underscores() -> None:
    assert squeeze(" Completed-SUCCESS_\t") == "completedsuccess"


@pytest.mark.parametrize(
    ("name", "snake"),
    [
        ("umpCustomerGuid", "ump_customer_guid"),
        ("UmpCustomerGuid", "ump_customer_guid"),
        ("applicationID", "application_id"),
        ("SBCName", "sbc_name"),
        ("a-b c", "a_b_c"),
    ],
)
def test_names_become_snake_case(name: str, snake: str) -> None:
    assert snake_case(name) == snake


def test_keys_become_snake_case_all_the_way_down() -> None:
    assert snake_keys({"aB": [{"cD": {"eF": 1}}, "gH"]}) == {"a_b": [{"c_d": {"e_f": 1}}, "gH"]}


def test_a_text_is_shortened_to_the_limit() -> None:
    assert shorten(" a\n b ") == "a b"
    assert shorten("x" * 400, 10) == "x" * 9 + "…"


def test_long_lists_of_names_are_cut() -> None:
    assert quoted(["a", "b"]) == "'a', 'b'"
    assert quoted(range(13)).endswith("'9' and 3 more")


def test_the_nearest_names_come_first() -> None:
    names = ["NL-SBC05", "NL-SBC06", "DE-SBC01", None, ""]
    assert nearest("nl-sbc5", names)[0] == "NL-SBC05"
    assert did_you_mean("NL-SBC5", names).startswith("nearest: 'NL-SBC0")
    assert did_you_mean("zzz", names) == "known: 'DE-SBC01', 'NL-SBC05', 'NL-SBC06'"
    assert did_you_mean("x", []) == "the platform lists none"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (3, 3),
        ("3", 3),
        ("OC Essential", 3),
        ("oc_essentials_plus", 4),
        ("OcPro", 5),
        ("Hosted Essentials", 0),
        (9, 9),
        (None, None),
        (True, None),
        ("gold", None),
        ([], None),
        ("²", None),
    ],
)
def test_a_licence_is_read_from_number_and_word(value: Any, code: int | None) -> None:
    assert license_code(value) == code


@pytest.mark.parametrize(("code", "name"), [(3, "oc_essential"), (9, "unknown_9"), (None, None)])
def test_a_licence_has_a_name(code: int | None, name: str | None) -> None:
    assert license_name(code) == name
