# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Credentials as people paste them, and words where a word or a path is wanted."""

from __future__ import annotations

from pathlib import Path

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._http.connection import Connection
from ansible_collections.audiocodes.live_platform.plugins.module_utils._module.waiting_module import (
    _wait_problems,
)
from harness.fakes import OPTIONS, connection

CREDENTIALS = ("auth_tenant_id", "client_id", "client_secret", "auth_scope", "base_url", "auth_url")
AROUND = ["{}\n", "{}\r\n", " {} ", "\t{}", "\ufeff{}", "{}\u00a0", "\u200b{}\u200b", "{}\u2028"]


@pytest.mark.parametrize("form", AROUND)
@pytest.mark.parametrize("name", CREDENTIALS)
def test_what_stands_around_a_value_is_taken_away(name: str, form: str) -> None:
    clean = connection()
    pasted = connection(**{name: form.format(getattr(clean, name))})
    assert pasted == clean
    assert pasted.problems() == []


@pytest.mark.parametrize("form", [*AROUND, "Bearer {}", "bearer {}\n", "Authorization: Bearer {}", " BEARER   {}"])
def test_a_token_is_taken_out_of_its_header(form: str) -> None:
    ready = Connection.from_options({"base_url": OPTIONS["base_url"], "access_token": form.format("ey.J0.-_")})
    assert ready.access_token == "ey.J0.-_"
    assert ready.problems() == []


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("client_secret", "\u201csecret-value\u201d", "client_secret stands in typographic quotes"),
        ("client_secret", "'secret-value'", "client_secret stands in quotes that are part of the value"),
        ("client_secret", "secret\nvalue", "client_secret has a line end inside"),
        ("client_secret", "secret\u200bvalue", "client_secret holds the character U+200B, which shows nothing"),
        ("client_secret", "secret\x07value", "client_secret holds the character U+0007"),
        ("client_id", "c3b1d7e2\u20114f60", "client_id must consist of ASCII characters; it holds U+2011"),
        ("client_id", '"c3b1d7e2"', "client_id stands in quotes"),
        ("auth_scope", "api://x/.default\napi://y", "auth_scope has a line end inside"),
        ("auth_tenant_id", "\u00abexample.com\u00bb", "auth_tenant_id stands in typographic quotes"),
        ("auth_tenant_id", "example com", "auth_tenant_id must be the directory's GUID or one of its domain names"),
        ("access_token", "\u201cey.J0\u201d", "access_token stands in typographic quotes"),
        ("access_token", "{'access_token': 'ey.J0'}", "access_token must be the token itself, not the whole answer"),
        ("access_token", "ey.J0 ey.J1", "access_token must be one word, without blanks"),
        ("access_token", "ey.J0\r\nX-Evil: 1", "access_token has a line end inside"),
        ("access_token", "ey.\u00fc", "access_token must consist of ASCII characters"),
        ("token_cache", "never", "token_cache must be true, false or the path of a folder, not 'never'"),
        ("token_cache", "flase", "token_cache must be true, false or the path of a folder, not 'flase'"),
        ("ca_path", "no", "ca_path: the file or folder 'no' cannot be used: No such file or directory"),
    ],
)
def test_what_cannot_be_taken_away_is_named_with_its_option(name: str, value: str, said: str) -> None:
    (problem,) = connection(**{name: value}).problems()
    assert problem.startswith(said)
    assert not any(word in problem for word in ("secret-value", "ey.J0"))


def test_a_secret_may_hold_blanks_and_any_letters() -> None:
    assert connection(client_secret="p\u00e4ss w\u00f6rd'\"&+<>\\").problems() == []


@pytest.mark.parametrize("value", ["true", "False", "no", "auto", "/tmp/x", "~/x", "./x", "a/b"])
def test_words_and_paths_are_taken(value: str) -> None:
    assert connection(token_cache=value).problems() == []


@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_a_bundle_of_the_environment_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    monkeypatch.setenv(variable, "/nowhere/ca.pem")
    assert connection().problems() == [
        f"{variable}: the file or folder '/nowhere/ca.pem' cannot be used: No such file or directory"
    ]
    assert connection(validate_certs=False).problems() == []
    assert connection(ca_path=__file__).problems() == []


def test_a_journal_path_is_a_path(tmp_path: Path) -> None:
    given = {"wait": True, "wait_timeout": 1.0, "wait_delay": 1.0, "settle_timeout": None, "progress_interval": 1.0}
    assert _wait_problems({**given, "journal_path": str(tmp_path)}) == []
    assert _wait_problems({**given, "journal_path": "~/journal"}) == []
    assert _wait_problems({**given, "progress_path": "off"}) == [
        "progress_path must be the path of a file, not 'off'; progress: false switches progress off"
    ]
    assert _wait_problems({**given, "journal_path": "never"}) == [
        "journal_path must be the path of a folder, not 'never'; journal: false works without a journal"
    ]
