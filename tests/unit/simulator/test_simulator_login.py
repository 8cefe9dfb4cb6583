# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The login authority, and the bearer check of the platform."""

from typing import Any

import pytest
import requests

from simulator.client import Simulator


def _login(simulator: Simulator, directory: str | None = None, **changes: Any) -> requests.Response:
    facts = simulator.facts
    form = {
        "grant_type": "client_credentials",
        "client_id": facts["client_id"],
        "client_secret": facts["client_secret"],
        "scope": facts["auth_scope"],
        **changes,
    }
    url = f"{simulator.auth_url}/{directory or facts['auth_tenant_id']}/oauth2/v2.0/token"
    return requests.post(url, data=form, timeout=10)


def _ask(simulator: Simulator, authorization: str | None) -> requests.Response:
    headers = {} if authorization is None else {"Authorization": authorization}
    return requests.get(simulator.base_url + "/api/v3/customer", headers=headers, timeout=10)


def test_each_login_gives_another_recognisable_token_that_opens_the_platform(simulator: Simulator) -> None:
    answers = [_login(simulator).json() for _number in range(2)]
    assert answers[0]["access_token"] != answers[1]["access_token"]
    for answer in answers:
        assert answer["token_type"] == "Bearer"
        assert answer["expires_in"] == 3599
        assert answer["access_token"].startswith("simtoken-")
        assert _ask(simulator, f"Bearer {answer['access_token']}").status_code == 200


def test_expires_in_can_be_a_string(simulator: Simulator) -> None:
    simulator.settings(expires_in_as_string=True, token_seconds=120)
    assert _login(simulator).json()["expires_in"] == "120"


@pytest.mark.parametrize(
    ("changes", "status", "error", "code"),
    [
        ({"client_id": "11111111-2222-3333-4444-555555555555"}, 400, "unauthorized_client", 700016),
        ({"client_secret": "wrong"}, 401, "invalid_client", 7000215),
        ({"client_secret": ""}, 401, "invalid_client", 7000218),
        ({"scope": "api://somewhere-else/.default"}, 400, "invalid_resource", 500011),
        ({"scope": "User.Read"}, 400, "invalid_scope", 1002012),
        ({"grant_type": "password"}, 400, "unsupported_grant_type", 70003),
        ({"scope": ""}, 400, "invalid_request", 900144),
        ({"directory": "not-a-guid"}, 400, "invalid_request", 90002),
        ({"directory": "11111111-2222-3333-4444-555555555555"}, 400, "unauthorized_client", 700016),
    ],
)
def test_a_wrong_login_is_refused_with_all_error_fields(
    simulator: Simulator, changes: dict[str, str], status: int, error: str, code: int
) -> None:
    response = _login(simulator, **changes)
    body = response.json()
    assert (response.status_code, body["error"], body["error_codes"]) == (status, error, [code])
    assert body["error_description"].startswith(f"AADSTS{code}: ")
    assert body["trace_id"] in body["error_description"]
    assert body["correlation_id"] in body["error_description"]
    assert {"timestamp", "error_uri"} <= set(body)


def test_discovery_tells_whether_a_tenant_exists(simulator: Simulator) -> None:
    tenant = "21c4b83a-07d6-4f2f-9360-6a3f725e89b1"
    url = f"{simulator.auth_url}/{tenant}/.well-known/openid-configuration"
    assert tenant in requests.get(url, timeout=10).json()["token_endpoint"]
    simulator.settings(unknown_tenants=[tenant])
    refused = requests.get(url, timeout=10)
    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_tenant")


@pytest.mark.parametrize(("authorization", "judged"), [(None, "none"), ("Bearer simtoken-00", "bearer invalid")])
def test_without_a_valid_token_there_is_an_empty_401(
    simulator: Simulator, authorization: str | None, judged: str
) -> None:
    response = _ask(simulator, authorization)
    assert (response.status_code, response.content) == (401, b"")
    assert response.headers["WWW-Authenticate"].startswith("Bearer")
    assert ("invalid_token" in response.headers["WWW-Authenticate"]) == (authorization is not None)
    assert simulator.log()[0]["authorization"] == judged


def test_tokens_expire_and_can_be_revoked(simulator: Simulator) -> None:
    simulator.settings(token_seconds=60)
    first = "Bearer " + _login(simulator).json()["access_token"]
    simulator.advance(59)
    assert _ask(simulator, first).status_code == 200
    simulator.advance(2)
    assert _ask(simulator, first).status_code == 401
    second = "Bearer " + simulator.token()
    assert _ask(simulator, second).status_code == 200
    simulator.revoke_tokens()
    assert _ask(simulator, second).status_code == 401


def test_tokens_outlive_a_reset_only_when_wanted(simulator: Simulator) -> None:
    token = "Bearer " + simulator.token()
    simulator.reset()
    assert _ask(simulator, token).status_code == 200
    simulator.reset(tokens=True)
    assert _ask(simulator, token).status_code == 401
