# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that 1.0.0 has written, byte for byte: entries of the journal and tokens, under the names that it gave them."""

import os
from base64 import b64decode
from pathlib import Path

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._http.login import open_token_cache
from ansible_collections.audiocodes.live_platform.plugins.module_utils._http.token_cache import Token, TokenCache
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.journal import (
    FileJournal,
    SubmissionStage,
)
from harness.fakes import GUID, TENANT, FakeClock, connection

WRITTEN_AT = 1795000000.0

TYPED = {"canonical": "https://platform.example/tenantui", "as_typed": "https://Platform.Example:443//TenantUI"}

ENTRIES = {
    ("canonical", "intent"): (
        "f633ee3bb20ac2396a0bad84bff5a561.json",
        b'{"platform": "https://platform.example/tenantui", "ms_tenant_id": "f9f53ee0-56e1-43f'
        b'6-8fe3-5fb322986657", "short_name": "Brad01", "stage": "intent", "intended_at": 1795'
        b'000000.0, "changed_at": 1795000000.0, "task_id": null, "guid": null, "gone": null}',
    ),
    ("canonical", "submitted"): (
        "f633ee3bb20ac2396a0bad84bff5a561.json",
        b'{"platform": "https://platform.example/tenantui", "ms_tenant_id": "f9f53ee0-56e1-43f'
        b'6-8fe3-5fb322986657", "short_name": "Brad01", "stage": "submitted", "intended_at": 1'
        b'795000000.0, "changed_at": 1795000000.0, "task_id": "wst_1", "guid": null, "gone": n'
        b"ull}",
    ),
    ("canonical", "done"): (
        "f633ee3bb20ac2396a0bad84bff5a561.json",
        b'{"platform": "https://platform.example/tenantui", "ms_tenant_id": "f9f53ee0-56e1-43f'
        b'6-8fe3-5fb322986657", "short_name": "Brad01", "stage": "done", "intended_at": 179500'
        b'0000.0, "changed_at": 1795000000.0, "task_id": "wst_1", "guid": "0b0c6a10-aaaa-4bbb-'
        b'8ccc-000000000001", "gone": null}',
    ),
    ("canonical", "deleted"): (
        "f633ee3bb20ac2396a0bad84bff5a561.json",
        b'{"platform": "https://platform.example/tenantui", "ms_tenant_id": "f9f53ee0-56e1-43f'
        b'6-8fe3-5fb322986657", "short_name": null, "stage": "deleted", "intended_at": 1795000'
        b'000.0, "changed_at": 1795000000.0, "task_id": null, "guid": "0b0c6a10-aaaa-4bbb-8ccc'
        b'-000000000001", "gone": "0b0c6a10-aaaa-4bbb-8ccc-000000000001"}',
    ),
    ("as_typed", "intent"): (
        "eef4a2f3abf8b66e48a51d5d308eaa80.json",
        b'{"platform": "https://Platform.Example:443//TenantUI", "ms_tenant_id": "f9f53ee0-56e'
        b'1-43f6-8fe3-5fb322986657", "short_name": "Brad01", "stage": "intent", "intended_at":'
        b' 1795000000.0, "changed_at": 1795000000.0, "task_id": null, "guid": null, "gone": nu'
        b"ll}",
    ),
    ("as_typed", "submitted"): (
        "eef4a2f3abf8b66e48a51d5d308eaa80.json",
        b'{"platform": "https://Platform.Example:443//TenantUI", "ms_tenant_id": "f9f53ee0-56e'
        b'1-43f6-8fe3-5fb322986657", "short_name": "Brad01", "stage": "submitted", "intended_a'
        b't": 1795000000.0, "changed_at": 1795000000.0, "task_id": "wst_1", "guid": null, "gon'
        b'e": null}',
    ),
    ("as_typed", "done"): (
        "eef4a2f3abf8b66e48a51d5d308eaa80.json",
        b'{"platform": "https://Platform.Example:443//TenantUI", "ms_tenant_id": "f9f53ee0-56e'
        b'1-43f6-8fe3-5fb322986657", "short_name": "Brad01", "stage": "done", "intended_at": 1'
        b'795000000.0, "changed_at": 1795000000.0, "task_id": "wst_1", "guid": "0b0c6a10-aaaa-'
        b'4bbb-8ccc-000000000001", "gone": null}',
    ),
    ("as_typed", "deleted"): (
        "eef4a2f3abf8b66e48a51d5d308eaa80.json",
        b'{"platform": "https://Platform.Example:443//TenantUI", "ms_tenant_id": "f9f53ee0-56e'
        b'1-43f6-8fe3-5fb322986657", "short_name": null, "stage": "deleted", "intended_at": 17'
        b'95000000.0, "changed_at": 1795000000.0, "task_id": null, "guid": "0b0c6a10-aaaa-4bbb'
        b'-8ccc-000000000001", "gone": "0b0c6a10-aaaa-4bbb-8ccc-000000000001"}',
    ),
}

TOKENS = {
    "canonical": (
        "973aedd1a832666867acc7c09eee9e28.token",
        b"rIMUGL52DsOlyzduIiADBulhVMqfWkGC5rcoEEnmlkjwdipQqEPFkhp6y6FF+X3kw4GXOYzbSnG54fB9zLuV"
        b"wYoUM1ajy9mlQkZzTyT4lma4K/GSmlks3iGL5iXXlRYxWBM=",
    ),
    "as_typed": (
        "6926553fb7103cc6e98a45e3bfed36b8.token",
        b"K6uMXAlgzS2POhGAo32WPlSlg88dhtUy6ksy5ZmY58gL9euVG9n8LjT3T/+gwAXR6vf42cfDK0T5P9zD8aya"
        b"Aq6DgRzIyC6pR4yGFXaeiokURTvcMGTC8PaFoq2IDth/Ajs=",
    ),
}


class LaterClock(FakeClock):
    """A hundred seconds after the files were written, on a machine that has been up for long."""

    def __init__(self) -> None:
        super().__init__("another start")
        self.sleep(1e7)
        self.set_by += WRITTEN_AT + 100 - self.wall()


def _silent(message: str) -> None:
    raise AssertionError(message)


def _put(folder: Path, name: str, content: bytes) -> Path:
    folder.mkdir(0o700, exist_ok=True)
    path = folder / name
    path.write_bytes(content)
    path.chmod(0o600)
    return path


def _with_entry(folder: Path, spelling: str, stage: str) -> FileJournal:
    path = _put(folder, *ENTRIES[spelling, stage])
    os.utime(path, (path.stat().st_mtime - 100,) * 2)
    return FileJournal(folder, TYPED[spelling], LaterClock(), _silent)


@pytest.mark.parametrize("spelling", TYPED)
@pytest.mark.parametrize(
    ("stage", "facts"),
    [
        (SubmissionStage.INTENT, (None, None, None, "Brad01")),
        (SubmissionStage.SUBMITTED, ("wst_1", None, None, "Brad01")),
        (SubmissionStage.DONE, ("wst_1", GUID, None, "Brad01")),
        (SubmissionStage.DELETED, (None, GUID, GUID, None)),
    ],
)
def test_an_entry_is_read(tmp_path: Path, spelling: str, stage: str, facts: tuple[str | None, ...]) -> None:
    entry = _with_entry(tmp_path / "journal", spelling, stage).read(TENANT)
    assert entry is not None
    assert entry.stage == stage
    assert (entry.task_id, entry.object_id, entry.gone, entry.name) == facts
    assert entry.intended_at == pytest.approx(WRITTEN_AT, abs=5)


@pytest.mark.parametrize("spelling", TYPED)
def test_an_entry_is_written_on_under_the_name_that_all_spellings_share(tmp_path: Path, spelling: str) -> None:
    folder = tmp_path / "journal"
    journal = _with_entry(folder, spelling, SubmissionStage.SUBMITTED)
    entry = journal.read(TENANT)
    assert entry is not None
    journal.done(entry, GUID)
    assert [path.name for path in folder.glob("*.json")] == [ENTRIES["canonical", SubmissionStage.DONE][0]]
    for typed in TYPED.values():
        found = FileJournal(folder, typed, LaterClock(), _silent).read(TENANT)
        assert found is not None
        assert (found.stage, found.task_id, found.object_id) == (SubmissionStage.DONE, "wst_1", GUID)


@pytest.mark.parametrize("spelling", TYPED)
def test_an_entry_is_forgotten(tmp_path: Path, spelling: str) -> None:
    folder = tmp_path / "journal"
    _with_entry(folder, spelling, SubmissionStage.SUBMITTED).forget(TENANT)
    assert not list(folder.glob("*.json"))


def _cache(folder: Path, spelling: str) -> TokenCache:
    made = open_token_cache(connection(base_url=TYPED[spelling], token_cache=str(folder)), LaterClock())
    assert made is not None
    return made


@pytest.mark.parametrize("spelling", TYPED)
def test_a_token_is_read_and_the_next_one_serves_all_spellings(tmp_path: Path, spelling: str) -> None:
    folder = tmp_path / "tokens"
    name, content = TOKENS[spelling]
    _put(folder, name, b64decode(content))
    assert _cache(folder, spelling).load() == Token("kept-by-1.0.0", 1795003600.0)
    _cache(folder, spelling).store(Token("kept by this version", 1795007200.0))
    for each in TYPED:
        assert _cache(folder, each).load() == Token("kept by this version", 1795007200.0)
