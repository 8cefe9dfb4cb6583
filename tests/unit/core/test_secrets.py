# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Masking: by place, by value, and nothing else."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.masking import (
    MASK,
    Secrets,
    is_secret_key,
    may_have_secret_keys,
)

SECRET = "planted-secret-1"


@pytest.mark.parametrize(
    ("key", "secret"),
    [
        ("CarrierUserPassword", True),
        ("carrier_user_password", True),
        ("applicationPassword", True),
        ("application_password", True),
        ("ApplicationClientSecret", True),
        ("access_token", True),
        ("DbPasswd", True),
        ("CarrierUserName", False),
        ("token_cache", False),
        ("ClientSecretExpirationDate", False),
        ("ProxySet", False),
        ("SIP-Pwd", True),
        ("Trunk API Key", True),
        ("MediaBypass", False),
        (5, False),
    ],
)
def test_a_key_tells_whether_its_value_is_secret(key: object, secret: bool) -> None:
    assert is_secret_key(key) is secret
    assert may_have_secret_keys(json.dumps({str(key): 1}).encode()) or not secret


def test_a_value_is_masked_by_its_place_however_short() -> None:
    assert Secrets().mask({"a": [{"CarrierUserPassword": "x", "CarrierUserName": "y"}]}) == {
        "a": [{"CarrierUserPassword": MASK, "CarrierUserName": "y"}]
    }


def test_nothing_and_flags_stay_under_a_secret_key_and_all_else_is_masked() -> None:
    value = {"password": None, "token": True, "secret": {"name": "hidden", "parts": [5, "x"], "there": True}}
    hidden = {"name": MASK, "parts": [MASK, MASK], "there": True}
    assert Secrets().mask(value) == {"password": None, "token": True, "secret": hidden}


def test_secrets_below_a_secret_key_are_known_wherever_they_turn_up() -> None:
    secrets = Secrets()
    secrets.learn({"CarrierUserPassword": {"value": ["hunter2-nested", 48151623]}})
    said = {"text": "not hunter2-nested", "number": 48151623, "float": 48151623.0, "other": 7}
    assert secrets.mask(said) == {"text": f"not {MASK}", "number": MASK, "float": MASK, "other": 7}


@pytest.mark.parametrize(
    ("secrets", "text", "masked"),
    [
        (["abcdef123", "123xyz789"], "abcdef123xyz789", MASK),
        (["hunter2hunter2"], "hunter2hunter2hunter2", MASK),
        (["planted-secret-A"], "x PLANTED-SECRET-a y", f"x {MASK} y"),
        (["planted-secret-A"], "x planted-sec\n   ret-A y", f"x {MASK} y"),
        (["planted-secret-A"], "the end is planted-sec", f"the end is {MASK}"),
        (["other"], "https://user:hunter2pw@host/x", f"https://{MASK}@host/x"),
    ],
)
def test_a_secret_is_masked_with_its_neighbours_in_any_case_and_where_it_is_cut(
    secrets: list[str], text: str, masked: str
) -> None:
    assert Secrets(secrets).mask_text(text) == masked


@pytest.mark.parametrize(
    "key",
    [
        "CarrierUserPass",
        "SipAuthKey",
        "PSK",
        "UserPwd",
        "PIN",
        "SIP-Secret-1",
        "Password2",
        "PasswordHash",
        "UserPassword1",
        "AuthToken",
        "Credential",
        "passwort",
        "pass",
        "client_secrt",
        "application_passwrd",
        "ApplicationClientSecret",
        "api_key",
        "SIP-PIN",
    ],
)
def test_names_that_say_that_their_value_is_secret(key: str) -> None:
    assert is_secret_key(key)
    assert may_have_secret_keys(json.dumps({key: 1}).encode())


@pytest.mark.parametrize(
    "key",
    [
        "token_cache",
        "bypass",
        "pin_code_length",
        "short_name",
        "update_secret",
        "update_secrets",
        "no_log",
        "secret_script_parameters",
        "journal_path",
        "status",
        "spin",
        "opinion",
        "key",
        "keys",
        "passed",
        "ProxySet",
        "SIP-HostName",
        "sbc_id",
        "company",
        "tokens_left",
    ],
)
def test_names_that_say_nothing_of_the_kind(key: str) -> None:
    assert not is_secret_key(key)


def test_a_known_secret_is_masked_wherever_it_turns_up() -> None:
    secrets = Secrets([SECRET])
    assert secrets.mask({"text": f"before {SECRET}{SECRET} after", "list": (SECRET, 5)}) == {
        "text": f"before {MASK}{MASK} after",
        "list": [MASK, 5],
    }


def test_a_known_secret_is_masked_in_a_key_too() -> None:
    assert Secrets([SECRET]).mask({f"the {SECRET}": [{SECRET: 1}]}) == {f"the {MASK}": [{MASK: MASK}]}


def test_short_values_do_not_mangle_ordinary_text() -> None:
    secrets = Secrets(["on", "12345", "", None])
    assert secrets.mask({"text": "a long transition 12345"}) == {"text": "a long transition 12345"}
    assert secrets.values == ()


@pytest.mark.parametrize("word", ["password", "Default", "SIPTrunk", "AudioCodes", "abc12", "     a     "])
def test_a_common_word_is_no_secret_by_its_value(word: str) -> None:
    secrets = Secrets([word])
    assert secrets.mask({"text": f"the {word} of", "password": word}) == {"text": f"the {word} of", "password": MASK}


def test_a_password_that_is_nothing_but_the_name_does_not_mask_the_name() -> None:
    secrets = Secrets(names=["Bradx35340067", None])
    secrets.learn({"short_name": "Bradx35340067", "CarrierUserPassword": "Bradx35340067"})
    assert secrets.mask({"name": "Bradx35340067", "CarrierUserPassword": "Bradx35340067"}) == {
        "name": "Bradx35340067",
        "CarrierUserPassword": MASK,
    }


def test_a_mapping_that_names_its_secrets_hides_them_below_itself_and_nowhere_else() -> None:
    value = [
        {"secret_script_parameters": ["CustomVar.Variable2"], "request": {"customvar.variable2": "x", "b": "y"}},
        {"secret_script_parameters": [], "request": {"CustomVar.Variable2": "z"}},
    ]
    masked = Secrets().mask(value)
    assert masked[0]["request"] == {"customvar.variable2": MASK, "b": "y"}
    assert masked[1]["request"] == {"CustomVar.Variable2": "z"}
    secrets = Secrets()
    secrets.learn([{"secret_script_parameters": ["x"], "x": "secret-of-x"}, {"x": "visible-x"}])
    assert secrets.values == ("secret-of-x",)


def test_many_secrets_are_found_as_well_as_few() -> None:
    many = [f"number-{number:04d}!" for number in range(2000)]
    secrets = Secrets(many)
    text = "; ".join(many[::7]) + "; number-9999! stays"
    masked = secrets.mask_text(text)
    assert masked.count(MASK) == len(many[::7])
    assert masked.endswith("number-9999! stays")


def test_a_secret_with_a_line_end_is_masked_without_it_too() -> None:
    assert Secrets(["from-a-file-1\n"]).mask_text("is from-a-file-1, really") == f"is {MASK}, really"


def test_a_secret_that_contains_another_is_masked_whole() -> None:
    assert Secrets(["secret-1", "secret-123"]).mask_text("x secret-123 y") == f"x {MASK} y"


def test_secrets_are_learned_from_their_places() -> None:
    secrets = Secrets(keys=["CustomVar.Variable2"])
    secrets.learn(
        {"a": [{"CarierUserPassword": "by-ending-x", "customvar.variable2": "by-given-key", "b": "visible-value"}]}
    )
    assert set(secrets.values) == {"by-ending-x", "by-given-key"}


def test_keys_of_the_user_are_masked_in_any_spelling() -> None:
    secrets = Secrets(keys=["My_Key"])
    assert secrets.covers("mykey")
    assert secrets.mask({"MyKey": "v", "my-key": "v", "other": "v"}) == {"MyKey": MASK, "my-key": MASK, "other": "v"}


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.just(SECRET) | st.text().map(lambda text: text + SECRET),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["a", "password", "c"]), inner),
    max_leaves=12,
)


@given(VALUES)
def test_masking_never_changes_its_input_and_leaves_no_secret(value: Any) -> None:
    before = copy.deepcopy(value)
    secrets = Secrets([SECRET])
    masked = secrets.mask(value)
    assert value == before
    assert SECRET not in repr(masked)
    assert secrets.mask(masked) == masked
