# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tokens: how long they are used, how many logins they take, and what a failed login says."""

import threading
from collections.abc import Callable
from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.errors import LoginError
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.masking import Secrets
from ansible_collections.audiocodes.live_platform.plugins.module_utils._http._auth.client_credentials import (
    DEFAULT_LIFETIME,
    ClientCredentials,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._http.login import application_of
from ansible_collections.audiocodes.live_platform.plugins.module_utils._http.transport import Answer, Call
from harness.fakes import (
    AUTHORITY,
    CLIENT_SECRET,
    DIRECTORY,
    FakeClock,
    connection,
    raw,
    said,
)

ENTRA = {
    "error": "unauthorized_client",
    "error_description": "AADSTS700016: Application with identifier 'client' was not found in the directory 'X'. "
    "Trace ID: 11-22 Correlation ID: 33 Timestamp: 2026-01-01",
    "error_codes": [700016],
    "trace_id": "11-22",
    "correlation_id": "33",
}


class Authority:
    """Answers every login with the next token, or with the given answer."""

    def __init__(self, answer: Answer | None = None, **content: Any) -> None:
        self.calls: list[Call] = []
        self._answer = answer
        self._content = content

    def __call__(self, call: Call) -> Answer:
        self.calls.append(call)
        return self._answer or said({"access_token": f"token-{len(self.calls)}", **self._content})


@pytest.fixture
def source(clock: FakeClock) -> Callable[[Authority], ClientCredentials]:
    return lambda authority: ClientCredentials(application_of(connection()), authority, Secrets(), clock, None)


Source = Callable[[Authority], ClientCredentials]


def test_the_login_is_the_documented_form(source: Source) -> None:
    authority = Authority(expires_in=3599)
    source(authority).token()
    (call,) = authority.calls
    assert (call.method, call.url) == ("POST", f"{AUTHORITY}/{DIRECTORY}/oauth2/v2.0/token")
    assert call.json is None
    assert call.bearer is None
    assert call.form == {
        "grant_type": "client_credentials",
        "client_id": "client",
        "client_secret": CLIENT_SECRET,
        "scope": "api://platform/.default",
    }


@pytest.mark.parametrize(
    ("expires_in", "used_for"),
    [
        (3599, 3539),
        ("3599", 3539),
        (None, DEFAULT_LIFETIME - 60),
        ("soon", DEFAULT_LIFETIME - 60),
        ([], DEFAULT_LIFETIME - 60),
        (100, 50),
        (120, 60),
        (10, 5),
    ],
)
def test_a_token_is_used_until_shortly_before_its_end(
    source: Source, clock: FakeClock, expires_in: Any, used_for: float
) -> None:
    authority = Authority(expires_in=expires_in)
    tokens = source(authority)
    assert tokens.token() == "token-1"
    clock.sleep(used_for - 1)
    assert tokens.token() == "token-1"
    clock.sleep(1.1)
    assert tokens.token() == "token-2"
    assert tokens.logins == 2


def test_a_missing_lifetime_is_an_hour(source: Source, clock: FakeClock) -> None:
    authority = Authority()
    tokens = source(authority)
    tokens.token()
    clock.sleep(DEFAULT_LIFETIME - 61)
    assert tokens.token() == "token-1"


def test_many_threads_share_one_login(source: Source) -> None:
    gate = threading.Barrier(20)
    authority = Authority()
    tokens = source(authority)
    found: list[str] = []

    def work() -> None:
        gate.wait()
        found.append(tokens.token())

    threads = [threading.Thread(target=work) for _number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert found == ["token-1"] * 20
    assert tokens.logins == 1


def test_threads_whose_token_was_rejected_share_one_new_login(source: Source) -> None:
    tokens = source(Authority())
    rejected = tokens.token()
    assert [tokens.renew(rejected) for _number in range(5)] == ["token-2"] * 5
    assert tokens.logins == 2


@pytest.mark.parametrize(
    ("code", "part"),
    [
        ("AADSTS700016", "client_id"),
        ("AADSTS7000215", "client_secret is wrong"),
        ("AADSTS7000222", "expired"),
        ("AADSTS90002", "auth_tenant_id"),
        ("AADSTS500011", "auth_scope"),
        ("AADSTS1002012", "/.default"),
        ("AADSTS99999", "check auth_tenant_id, client_id"),
    ],
)
def test_a_refused_login_carries_code_and_hint(source: Source, code: str, part: str) -> None:
    answer = said({**ENTRA, "error_description": f"{code}: Something. Trace ID: 1"}, 400)
    with pytest.raises(LoginError) as caught:
        source(Authority(answer)).token()
    assert caught.value.error_code == code
    assert part in str(caught.value.hint)


def test_a_refused_login_says_what_entra_said_and_no_more(source: Source) -> None:
    with pytest.raises(LoginError) as caught:
        source(Authority(said(ENTRA, 401))).token()
    error = caught.value
    assert (error.http_status, error.trace_id, error.operation) == (401, "11-22", "login")
    assert "was not found in the directory 'X'" in error.message
    assert "Correlation" not in error.message
    assert CLIENT_SECRET not in repr(error) + repr(vars(error))


@pytest.mark.parametrize(
    "answer",
    [
        raw(b""),
        raw(b"<html></html>"),
        said([]),
        said({}),
        said({"access_token": None}),
        said({"access_token": ""}),
        said({"access_token": 5}),
    ],
)
def test_a_login_without_a_token_is_a_login_error(source: Source, answer: Answer) -> None:
    with pytest.raises(LoginError) as caught:
        source(Authority(answer)).token()
    assert "without an access token" in caught.value.message
    assert "auth_url" in str(caught.value.hint)


def test_a_refusal_in_html_is_told_too(source: Source) -> None:
    with pytest.raises(LoginError) as caught:
        source(Authority(raw(b"<html><title>Portal</title></html>", 403))).token()
    assert "an HTML page 'Portal'" in caught.value.message


def test_a_failed_login_is_tried_anew_by_the_next_request(source: Source) -> None:
    authority = Authority(said(ENTRA, 400))
    tokens = source(authority)
    for _number in range(2):
        with pytest.raises(LoginError):
            tokens.token()
    assert len(authority.calls) == 2
