# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The token between the tasks of a play: encrypted, private, one login."""

import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._core import private_files
from ansible_collections.audiocodes.live_platform.plugins.module_utils._http import token_cache as token_cache_module
from ansible_collections.audiocodes.live_platform.plugins.module_utils._http.login import open_token_cache, token_folder
from ansible_collections.audiocodes.live_platform.plugins.module_utils._http.token_cache import (
    Token,
    TokenCache,
)
from harness.fakes import (
    AUTHORITY,
    BASE,
    CLIENT_SECRET,
    EPOCH,
    Conversation,
    FakeClock,
    client_of,
    connection,
    get,
    login,
    raw,
)

Begin = Callable[..., Conversation]
PATH = "/api/v3/customer"
TOKEN_VALUE = "a-token-that-nobody-may-read"


def _cache(clock: FakeClock, **options: Any) -> TokenCache | None:
    return open_token_cache(connection(**{"token_cache": "true", **options}), clock)


def _kept(clock: FakeClock, **options: Any) -> TokenCache:
    cache = _cache(clock, **options)
    assert cache is not None
    return cache


@pytest.fixture
def cache(clock: FakeClock) -> TokenCache:
    made = _kept(clock)
    made.store(Token(TOKEN_VALUE, EPOCH + 3000))
    return made


def _file() -> Path:
    (path,) = token_folder().glob("*.token")
    return path


def test_a_token_is_found_again_by_the_same_credentials(cache: TokenCache, clock: FakeClock) -> None:
    assert _kept(clock).load() == Token(TOKEN_VALUE, EPOCH + 3000)


def test_the_file_is_private_and_shows_nothing(cache: TokenCache) -> None:
    assert stat.S_IMODE(_file().stat().st_mode) == 0o600
    assert stat.S_IMODE(_file().parent.stat().st_mode) == 0o700
    content = _file().read_bytes()
    for text in (TOKEN_VALUE, CLIENT_SECRET, "value", "expires"):
        assert text.encode() not in content


@pytest.mark.parametrize(
    "other",
    [
        {"client_secret": "another-secret"},
        {"client_id": "another"},
        {"auth_scope": "api://another/.default"},
        {"auth_tenant_id": "another.example"},
        {"auth_url": "https://another.example"},
        {"base_url": "https://another.example/tenantui"},
    ],
)
def test_other_credentials_do_not_get_it(cache: TokenCache, clock: FakeClock, other: dict[str, str]) -> None:
    assert _kept(clock, **other).load() is None
    assert cache.load() is not None


@pytest.mark.parametrize(
    "spelling",
    [
        {"base_url": f"{BASE.upper().replace('HTTPS', 'https')}/"},
        {"base_url": BASE.replace("/tenantui", ":443//TenantUI")},
        {"auth_url": f"{AUTHORITY.upper()}:443/"},
    ],
)
def test_the_same_place_spelled_otherwise_gets_it(
    cache: TokenCache, clock: FakeClock, spelling: dict[str, str]
) -> None:
    assert _kept(clock, **spelling).load() == Token(TOKEN_VALUE, EPOCH + 3000)


def test_what_a_killed_write_has_left_is_removed_with_the_next_token(cache: TokenCache, clock: FakeClock) -> None:
    left = _file().with_name(f".{_file().name}.abc")
    left.write_text("x")
    private_files.os.utime(left, (1, 1))
    cache.store(Token("x", 1.0))
    assert not left.exists()


def test_a_renamed_file_does_not_serve_another_identity(cache: TokenCache, clock: FakeClock) -> None:
    other = _kept(clock, client_id="another")
    other.store(Token("x", 0.0))
    content = _file_of(cache).read_bytes()
    _file_of(other).write_bytes(content)
    assert other.load() is None


def _file_of(cache: TokenCache) -> Path:
    return cache._path


@pytest.mark.parametrize("position", [0, 16, 28, -1])
def test_a_file_that_was_tampered_with_is_ignored(cache: TokenCache, position: int) -> None:
    content = bytearray(_file().read_bytes())
    content[position] ^= 1
    _file().write_bytes(bytes(content))
    assert cache.load() is None


@pytest.mark.parametrize("content", [b"", b"x", b"x" * 28, b"garbage" * 100])
def test_garbage_is_ignored(cache: TokenCache, content: bytes) -> None:
    _file().write_bytes(content)
    assert cache.load() is None


def test_a_file_that_others_can_read_is_ignored(cache: TokenCache) -> None:
    _file().chmod(0o644)
    assert cache.load() is None


def test_a_foreign_file_is_ignored(cache: TokenCache, monkeypatch: pytest.MonkeyPatch) -> None:
    own = private_files.os.geteuid()
    monkeypatch.setattr(private_files.os, "geteuid", lambda: own + 1)
    assert cache.load() is None


def test_a_folder_that_others_can_enter_is_not_used(clock: FakeClock, tmp_path: Path) -> None:
    folder = tmp_path / "open"
    folder.mkdir()
    folder.chmod(0o755)
    assert _cache(clock, token_cache=str(folder)) is None
    assert list(folder.iterdir()) == []


def test_a_foreign_folder_is_not_used(clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> None:
    own = private_files.os.geteuid()
    monkeypatch.setattr(private_files.os, "geteuid", lambda: own + 1)
    assert _cache(clock) is None


@pytest.mark.parametrize("word", ["false", "no", "Off", "0", " FALSE "])
def test_it_can_be_switched_off(clock: FakeClock, word: str) -> None:
    assert _cache(clock, token_cache=word) is None
    assert not token_folder().exists()


def test_another_folder_can_be_named(clock: FakeClock, own_home: Path) -> None:
    _kept(clock, token_cache="~/mine").store(Token("x", 1.0))
    assert len(list((own_home / "mine").glob("*.token"))) == 1


def test_the_usual_folder_follows_the_environment(monkeypatch: pytest.MonkeyPatch, own_home: Path) -> None:
    assert token_folder() == own_home / ".cache/audiocodes.live_platform"
    monkeypatch.setenv("XDG_CACHE_HOME", str(own_home / "else"))
    assert token_folder() == own_home / "else/audiocodes.live_platform"


def test_without_cryptography_there_is_no_cache_and_the_login_works(
    clock: FakeClock, monkeypatch: pytest.MonkeyPatch, conversation: Begin
) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(token_cache_module, "import_module", missing)
    assert _cache(clock) is None
    client_of(conversation(login(), get(PATH, [])), clock, token_cache="true").request("GET", PATH)


def test_a_given_token_is_not_cached(clock: FakeClock, conversation: Begin) -> None:
    options = {"client_secret": None, "access_token": "given-token", "token_cache": "true"}
    client_of(conversation(get(PATH, [])), clock, **options).request("GET", PATH)
    assert not token_folder().exists()


def test_the_next_task_needs_no_login(clock: FakeClock, conversation: Begin) -> None:
    first = client_of(conversation(login("kept"), get(PATH, [], bearer="kept")), clock, token_cache="true")
    first.request("GET", PATH)
    second = client_of(conversation(get(PATH, [], bearer="kept")), clock, token_cache="true")
    second.request("GET", PATH)
    assert (first.logins, second.logins) == (1, 0)


def test_an_expired_token_leads_to_a_login(clock: FakeClock, conversation: Begin) -> None:
    client_of(conversation(login("old"), get(PATH, [])), clock, token_cache="true").request("GET", PATH)
    clock.sleep(3540)
    script = conversation(login("new"), get(PATH, [], bearer="new"))
    client_of(script, clock, token_cache="true").request("GET", PATH)


def test_a_rejected_token_is_replaced_for_the_next_task_too(clock: FakeClock, conversation: Begin) -> None:
    client_of(conversation(login("bad"), get(PATH, [])), clock, token_cache="true").request("GET", PATH)
    script = conversation(get(PATH, raw(b"", 401), bearer="bad"), login("good"), get(PATH, [], bearer="good"))
    client_of(script, clock, token_cache="true").request("GET", PATH)
    client_of(conversation(get(PATH, [], bearer="good")), clock, token_cache="true").request("GET", PATH)


def test_a_token_that_another_task_has_renewed_meanwhile_is_taken(clock: FakeClock, conversation: Begin) -> None:
    script = conversation(login("bad"), get(PATH, []), get(PATH, raw(b"", 401)), get(PATH, [], bearer="renewed"))
    client = client_of(script, clock, token_cache="true")
    client.request("GET", PATH)
    _kept(clock).store(Token("renewed", EPOCH + 3000))
    client.request("GET", PATH)
    assert client.logins == 1


def test_a_disk_that_is_full_costs_nothing_but_the_cache(
    clock: FakeClock, conversation: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(token_cache_module, "write_private", full)
    client_of(conversation(login(), get(PATH, [])), clock, token_cache="true").request("GET", PATH)


def test_a_lock_that_is_stuck_does_not_stop_the_login(clock: FakeClock, conversation: Begin) -> None:
    with _kept(clock).exclusive():
        client_of(conversation(login(), get(PATH, [])), clock, token_cache="true").request("GET", PATH)


PROCESS = """
import sys, time
from pathlib import Path
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.clock import Clock
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.masking import Secrets
from ansible_collections.audiocodes.live_platform.plugins.module_utils._http.login import token_source
from harness.fakes import connection, said

def send(call):
    with Path(sys.argv[1]).open("a") as log:
        log.write("login\\n")
    time.sleep(0.3)
    return said({"access_token": "shared-token", "expires_in": 3599})

settings = connection(token_cache="true")
source = token_source(settings, send, Secrets(), Clock())
print(source.token())
"""


def test_processes_that_start_together_log_in_once(tmp_path: Path) -> None:
    log = tmp_path / "log"
    path = [entry for entry in sys.path if entry]
    command = [sys.executable, "-c", f"import sys; sys.path[:] = {path!r}\n{PROCESS}", str(log)]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _number in range(3)]
    assert [process.communicate(timeout=30)[0].strip() for process in processes] == ["shared-token"] * 3
    assert log.read_text() == "login\n"
