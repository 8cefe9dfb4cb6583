# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The connection options: all that is wrong, at once."""

from pathlib import Path
from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._http.connection import (
    CONNECTION_OPTIONS,
    DEFAULT_AUTHORITY,
    Connection,
    platform_key,
)
from harness.fakes import BASE, CLIENT_SECRET, OPTIONS, connection


def test_complete_options_have_no_problem() -> None:
    assert connection().problems() == []
    assert Connection.from_options({"base_url": BASE, "access_token": "x"}).problems() == []


def test_everything_that_is_missing_is_named_at_once() -> None:
    problems = Connection.from_options({}).problems()
    for name in ("base_url", "auth_tenant_id", "client_id", "client_secret", "auth_scope"):
        found = [problem for problem in problems if problem.startswith(f"{name} is missing")]
        assert len(found) == 1
        assert f"LIVE_PLATFORM_{name.upper()}" in found[0]
    assert len(problems) == 5


def test_an_empty_text_counts_as_not_given() -> None:
    made = Connection.from_options({**OPTIONS, "auth_url": "", "ca_path": "", "access_token": ""})
    assert (made.auth_url, made.ca_path, made.access_token) == (DEFAULT_AUTHORITY, None, None)


@pytest.mark.parametrize(("content", "counts"), [("", False), (" \n", False), ("-----BEGIN", True), ("x" * 99, True)])
def test_an_empty_file_of_certificates_counts_as_none(tmp_path: Path, content: str, counts: bool) -> None:
    path = tmp_path / "ca.pem"
    path.write_text(content)
    assert Connection.from_options({**OPTIONS, "ca_path": str(path)}).ca_path == (str(path) if counts else None)
    # One that is not there is an error, which the first request names.
    assert Connection.from_options({**OPTIONS, "ca_path": "/not/there"}).ca_path == "/not/there"


@pytest.mark.parametrize("url", [BASE, f"{BASE}/", f" {BASE}// "])
def test_a_trailing_slash_is_tolerated(url: str) -> None:
    assert connection(base_url=url).base_url == BASE
    assert connection(auth_url="https://login.example/").auth_url == "https://login.example"


@pytest.mark.parametrize(
    ("url", "part"),
    [
        ("platform.example/tenantui", "is not a URL"),
        ("ftp://platform.example/tenantui", "is not a URL"),
        ("https:///tenantui", "is not a URL"),
        ("https://[bad/tenantui", "is not a URL"),
        ("https://user:pass@platform.example/tenantui", "user name or password"),
        ("https://platform.example/tenantui?x=1", "'?' or '#'"),
        ("https://platform.example/tenantui#top", "'?' or '#'"),
        ("http://platform.example/tenantui", "plain http"),
        ("http://localhost.evil.example/tenantui", "plain http"),
        ("http://127.evil.example/tenantui", "plain http"),
        ("http://[::1a]/tenantui", "plain http"),
    ],
)
@pytest.mark.parametrize("option", ["base_url", "auth_url"])
def test_a_url_that_cannot_be_right_or_safe_is_refused(option: str, url: str, part: str) -> None:
    (problem,) = connection(**{option: url}).problems()
    assert problem.startswith(option)
    assert part in problem
    assert "pass@" not in problem


@pytest.mark.parametrize(
    "url",
    ["http://localhost:8080/tenantui", "http://127.0.0.1/tenantui", "http://127.1.2.3", "http://[::1]:8/tenantui"],
)
def test_plain_http_is_accepted_on_this_machine(url: str) -> None:
    assert connection(base_url=url).problems() == []


def test_plain_http_elsewhere_has_to_be_asked_for() -> None:
    assert connection(base_url="http://lab.example/tenantui", allow_plain_http=True).problems() == []


@pytest.mark.parametrize(
    ("options", "part"),
    [
        ({"auth_tenant_id": "directory/../other"}, "auth_tenant_id must be"),
        ({"request_timeout": 0}, "request_timeout must be more than 0"),
        ({"request_timeout": -5.0}, "request_timeout must be more than 0"),
    ],
)
def test_other_values_are_checked_too(options: dict[str, Any], part: str) -> None:
    (problem,) = connection(**options).problems()
    assert part in problem


def test_a_directory_may_be_named_by_its_domain() -> None:
    assert connection(auth_tenant_id="provider.onmicrosoft.com").problems() == []


def test_the_secret_options_are_the_secrets() -> None:
    assert set(connection(access_token="given").secrets) == {CLIENT_SECRET, "given", None}
    assert {option.name for option in CONNECTION_OPTIONS if option.secret} == {
        *("client_secret", "access_token", "client_certificate", "client_key", "client_key_password")
    }


def test_every_option_has_its_environment_variable_and_its_value() -> None:
    assert {option.name for option in CONNECTION_OPTIONS} == set(Connection.__dataclass_fields__)
    assert all(option.environment == f"LIVE_PLATFORM_{option.name.upper()}" for option in CONNECTION_OPTIONS)
    defaults = Connection()
    for option in CONNECTION_OPTIONS:
        if option.default is not None:
            assert getattr(defaults, option.name) == option.default


ALIKE = (
    "https://lp.example.com/tenantui",
    " https://lp.example.com/tenantui/ ",
    "https://LP.example.com/tenantui",
    "HTTPS://lp.example.com/tenantui",
    "https://lp.example.com:443/tenantui",
    "https://lp.example.com:/tenantui",
    "https://lp.example.com/TenantUI",
    "https://lp.example.com//tenantui//",
    "https://lp.example.com./tenantui",
    "https://lp.example.com/%74enantui",
    "https://lp.example.com/./x/../tenantui",
)


@pytest.mark.parametrize("url", ALIKE)
def test_a_platform_is_the_same_however_it_is_spelled(url: str) -> None:
    assert platform_key(url) == ALIKE[0]
    assert platform_key(platform_key(url)) == ALIKE[0]


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://lp.example.com:8443/tenantui", "https://lp.example.com:8443/tenantui"),
        ("http://lp.example.com:80/tenantui", "http://lp.example.com/tenantui"),
        ("http://lp.example.com:443/tenantui", "http://lp.example.com:443/tenantui"),
        ("https://lp.example.com/tenantui2", "https://lp.example.com/tenantui2"),
        ("https://lp.example.com", "https://lp.example.com"),
        ("https://lp2.example.com/tenantui", "https://lp2.example.com/tenantui"),
        ("https://[2001:DB8:0:0::1]:443/tenantui", "https://[2001:db8::1]/tenantui"),
        ("https://B\u00fccher.example/tenantui", "https://xn--bcher-kva.example/tenantui"),
        ("https://lp.example.com/a%2Fb", "https://lp.example.com/a%2Fb"),
        ("https://lp.example.com/t%C3%BCr", "https://lp.example.com/t%C3%BCr"),
        ("https://lp.example.com:99999/T", "https://lp.example.com:99999/t"),
        ("https://[::1/T", "https://[::1/t"),
        ("Not a URL/", "not a url"),
        ("", ""),
        (f"https://{'x' * 300}.example/T", f"https://{'x' * 300}.example/t"),
    ],
)
def test_other_platforms_stay_others(url: str, key: str) -> None:
    assert platform_key(url) == key
    assert key == ALIKE[0] or platform_key(url) != ALIKE[0]


@pytest.mark.parametrize("url", ALIKE)
def test_what_is_sent_stays_as_it_was_typed(url: str) -> None:
    assert connection(base_url=url).base_url == url.strip().rstrip("/")
