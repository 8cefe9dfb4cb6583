# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading error bodies: every documented form, and what no form covers."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.masking import Secrets
from ansible_collections.audiocodes.live_platform.plugins.module_utils._http.answer_body import read_complaint

PROBLEM = {
    "type": "https://httpstatuses.com/500",
    "title": "Internal Server Error",
    "status": 500,
    "traceId": "00-0123456789abcdef0123456789abcdef-0123456789abcdef-00",
}
VALIDATION = {
    "errors": {
        "TenantId": ["This MsTenant already exists as an UMP lead!"],
        "CompanyName": ["Company name is already used for an UMP lead."],
    },
    "title": "One or more validation errors occurred.",
    "status": 400,
    "traceId": "trace-400",
}


def _read(content: Any) -> Any:
    return read_complaint(json.dumps(content).encode(), Secrets().mask)


def test_a_problem_gives_its_title_and_trace_id() -> None:
    complaint = _read(PROBLEM)
    assert (complaint.text, complaint.trace_id) == ("Internal Server Error", PROBLEM["traceId"])


def test_a_validation_answer_gives_the_messages_per_field_and_in_the_text() -> None:
    complaint = _read(VALIDATION)
    assert complaint.errors == VALIDATION["errors"]
    assert "TenantId: This MsTenant already exists as an UMP lead!" in complaint.text
    assert "Company name is already used" in complaint.text


def test_an_extended_problem_gives_detail_code_and_ticket() -> None:
    complaint = _read({**PROBLEM, "detail": "Lead is locked", "errorTicket": "T-17", "errorCode": "LP-4711"})
    assert complaint.code == "LP-4711"
    assert complaint.text == "Internal Server Error. Lead is locked. error ticket T-17"


@pytest.mark.parametrize("body", [b'"Invalild lead"', b"Invalild lead", b'  "Invalild\\n lead"\n'])
def test_a_bare_string_is_the_text_with_or_without_quotes(body: bytes) -> None:
    assert read_complaint(body, Secrets().mask).text == "Invalild lead"


@pytest.mark.parametrize("body", [b"", b"  \r\n"])
def test_an_empty_body_is_named_as_such(body: bytes) -> None:
    assert read_complaint(body, Secrets().mask).text == "an empty answer"


def test_a_page_of_a_proxy_is_told_by_its_title_only() -> None:
    body = b"<!DOCTYPE html><html><head><title>502 Bad\n Gateway</title></head><body>secret stuff</body></html>"
    assert (
        read_complaint(body, Secrets().mask).text == "an HTML page '502 Bad Gateway', probably from a proxy in between"
    )
    assert read_complaint(b"<html><p>x</p></html>", Secrets().mask).text == "an HTML page, not the API"


def test_entra_says_error_and_description() -> None:
    complaint = _read({"error": "invalid_client", "error_description": "AADSTS7000215: Wrong.", "trace_id": "t-1"})
    assert complaint.text == "AADSTS7000215: Wrong. invalid_client"
    assert complaint.trace_id == "t-1"


@pytest.mark.parametrize(
    ("errors", "expected"),
    [
        ({"Name": "one text"}, {"Name": ["one text"]}),
        (["first", 2], {"": ["first", "2"]}),
        ([], {}),
        (None, {}),
        ("text", {}),
        ({"Name": [None, {"a": 1}]}, {"Name": ["", ""]}),
    ],
)
def test_field_errors_are_read_in_any_form(errors: Any, expected: Any) -> None:
    assert _read({"title": "Bad", "errors": errors}).errors == expected


def test_keys_are_read_in_any_case() -> None:
    complaint = _read({"Title": "Bad", "TRACEID": "t-2", "ErrorCode": 12})
    assert (complaint.text, complaint.trace_id, complaint.code) == ("Bad", "t-2", "12")


def test_a_long_text_is_shortened_to_one_line() -> None:
    text = read_complaint(b"word\n" * 5000, Secrets().mask).text
    assert len(text) <= 300
    assert "\n" not in text


def test_a_body_nested_beyond_reason_does_not_break_the_reader() -> None:
    assert read_complaint(b"[" * 200_000, Secrets().mask).text.startswith("[[[")


@given(st.binary(max_size=200))
def test_no_body_whatsoever_breaks_the_reader(body: bytes) -> None:
    assert read_complaint(body, Secrets().mask).text


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda x: (
            st.lists(x)
            | st.dictionaries(st.sampled_from(["title", "errors", "detail", "traceId", "error", "other"]), x)
        ),
        max_leaves=10,
    )
)
def test_no_json_whatsoever_breaks_the_reader(content: Any) -> None:
    complaint = _read(content)
    assert complaint.text
    assert all(isinstance(message, str) for messages in complaint.errors.values() for message in messages)
