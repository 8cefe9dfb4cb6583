# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Submissions on their way, written down."""

import json
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._core import folder_probe, private_files
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.clock import Clock
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.private_files import LARGEST_FILE
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile import journal as journal_module
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.journal import (
    KEPT,
    FileJournal,
    IntentNotWritten,
    NoJournal,
    SubmissionStage,
    journal_folder,
    open_journal,
)
from harness.fakes import BASE, EPOCH, GUID, TENANT, FakeClock


def _silent(message: str) -> None:
    raise AssertionError(message)


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "journal"


@pytest.fixture
def journal(folder: Path, clock: FakeClock) -> FileJournal:
    return FileJournal(folder, BASE, clock, _silent)


def _file(folder: Path) -> Path:
    (path,) = folder.glob("*.json")
    return path


def _is_suspect(journal: FileJournal, told: list[str], path: Path) -> None:
    """It counts as an intent of now, and is named once; a new intent takes its place."""
    entry = journal.read(TENANT)
    assert entry is not None
    assert (entry.stage, entry.task_id, entry.object_id) == (SubmissionStage.INTENT, None, None)
    assert entry.intended_at == pytest.approx(time.time(), abs=900), "clocks stand still since the tests began"
    journal.read(TENANT)
    (warning,) = told
    assert str(path) in warning
    assert TENANT in warning
    journal.submitted(journal.intend(TENANT, None), "wst_2")
    after = FileJournal(path.parent, BASE, FakeClock(), _silent).read(TENANT)
    assert after is not None
    assert after.task_id == "wst_2"


def test_the_stages_of_a_submission_are_read_back(journal: FileJournal, folder: Path, clock: FakeClock) -> None:
    assert journal.read(TENANT) is None
    entry = journal.intend(TENANT, "Brad01")
    assert journal.read(TENANT) == entry
    assert (entry.stage, entry.task_id, entry.name) == (SubmissionStage.INTENT, None, "Brad01")
    clock.sleep(5)
    entry = journal.submitted(entry, "wst_1")
    assert FileJournal(folder, BASE, clock, _silent).read(TENANT) == entry
    assert (entry.stage, entry.task_id) == (SubmissionStage.SUBMITTED, "wst_1")
    assert entry.changed_at - entry.intended_at == pytest.approx(5, abs=0.01)
    journal.done(entry, GUID)
    done = journal.read(TENANT)
    assert done is not None
    assert (done.stage, done.object_id) == (SubmissionStage.DONE, GUID)
    journal.deleted(TENANT, GUID)
    deleted = journal.read(TENANT)
    assert deleted is not None
    assert (deleted.stage, deleted.object_id) == (SubmissionStage.DELETED, GUID)
    journal.forget(TENANT)
    journal.forget(TENANT)
    assert journal.read(TENANT) is None


def test_a_deletion_is_remembered_beyond_a_submission_that_came_to_nothing(journal: FileJournal) -> None:
    journal.deleted(TENANT, GUID)
    entry = journal.submitted(journal.intend(TENANT, "Brad01"), "wst_1")
    assert (entry.stage, entry.gone) == (SubmissionStage.SUBMITTED, GUID)
    journal.forget(TENANT)
    found = journal.read(TENANT)
    assert found is not None
    assert (found.stage, found.object_id, found.gone) == (SubmissionStage.DELETED, GUID, GUID)


def test_a_tenant_is_known_in_any_case_and_other_tenants_are_not_meant(journal: FileJournal) -> None:
    journal.intend(TENANT, None)
    assert journal.read(TENANT.upper()) is not None
    assert journal.read(GUID) is None


def test_another_platform_does_not_see_the_entries(journal: FileJournal, folder: Path, clock: FakeClock) -> None:
    journal.intend(TENANT, "Brad01")
    other = FileJournal(folder, "https://other.example/tenantui", clock, _silent)
    assert other.read(TENANT) is None
    other.forget(TENANT)
    assert journal.read(TENANT) is not None


MEMBERS = (
    *("platform", "ms_tenant_id", "short_name", "stage", "intended_at", "changed_at", "task_id", "guid", "gone"),
    "kind",
)
"""Of an entry as it is written: as 1.0.0 called them, and the kind."""


def test_the_files_are_private_and_hold_no_more_than_they_need(journal: FileJournal, folder: Path) -> None:
    journal.done(journal.submitted(journal.intend(TENANT, "Brad01"), "wst_1"), GUID)
    assert stat.S_IMODE(_file(folder).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    stamps = {"boot", "intended_up", "changed_up"}
    assert set(json.loads(_file(folder).read_text())) == {*MEMBERS, *stamps}


def test_the_intent_is_on_the_disk_when_the_call_returns(journal: FileJournal, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    real_fsync, real_replace = private_files.os.fsync, private_files.os.replace
    monkeypatch.setattr(private_files.os, "fsync", lambda number: (done.append("flush"), real_fsync(number)))
    monkeypatch.setattr(private_files.os, "replace", lambda *paths: (done.append("rename"), real_replace(*paths)))
    journal.intend(TENANT, None)
    assert done == ["flush", "rename", "flush"]


def test_a_write_that_dies_leaves_the_old_entry(journal: FileJournal, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = journal.intend(TENANT, "Brad01")

    def die(*paths: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(private_files.os, "replace", die)
    with pytest.raises(KeyboardInterrupt):
        journal.submitted(entry, "wst_1")
    assert journal.read(TENANT) == entry


@pytest.mark.parametrize(
    "content",
    [b"", b"garbage", b"\xff\xfe", b"[]", b"{}", b"null", b"[" * 50_000, b'{"platform": 1}', b" " * (LARGEST_FILE + 1)],
)
def test_garbage_is_an_intent(folder: Path, clock: FakeClock, told: list[str], content: bytes) -> None:
    journal = FileJournal(folder, BASE, clock, told.append)
    journal.done(journal.intend(TENANT, None), GUID)
    _file(folder).write_bytes(content)
    _is_suspect(journal, told, _file(folder))


@pytest.mark.parametrize(
    "change",
    [
        {"stage": "perhaps"},
        {"stage": None},
        {"stage": []},
        {"platform": "https://other.example"},
        {"ms_tenant_id": GUID},
        {"ms_tenant_id": 5},
        {"changed_at": "yesterday"},
        {"changed_at": str(EPOCH)},
        {"intended_at": None},
        {"task_id": 5},
        {"guid": ["x"]},
        {"intended_at": float("nan")},
        {"changed_at": float("inf")},
        {"changed_at": 10**400},
        {"changed_at": True},
        {"task_id": None},
    ],
)
def test_an_entry_that_does_not_fit_is_an_intent(
    folder: Path, clock: FakeClock, told: list[str], change: dict[str, Any]
) -> None:
    journal = FileJournal(folder, BASE, clock, told.append)
    journal.submitted(journal.intend(TENANT, "Brad01"), "wst_1")
    _file(folder).write_text(json.dumps({**json.loads(_file(folder).read_text()), **change}))
    _is_suspect(journal, told, _file(folder))


def test_an_entry_of_a_later_version_is_not_lost(journal: FileJournal, folder: Path) -> None:
    entry = journal.intend(TENANT, "Brad01")
    _file(folder).write_text(json.dumps({**json.loads(_file(folder).read_text()), "of_a_later_version": 1}))
    assert journal.read(TENANT) == entry


def test_an_entry_from_the_future_is_as_if_it_were_from_now(
    journal: FileJournal, folder: Path, clock: FakeClock
) -> None:
    journal.intend(TENANT, "Brad01")
    later = clock.wall() + 1e8
    _file(folder).write_text(
        json.dumps({**json.loads(_file(folder).read_text()), "intended_at": later, "changed_at": later})
    )
    read = journal.read(TENANT)
    assert read is not None
    assert max(read.intended_at, read.changed_at) <= clock.wall()


def test_an_entry_that_others_can_write_is_an_intent(folder: Path, clock: FakeClock, told: list[str]) -> None:
    journal = FileJournal(folder, BASE, clock, told.append)
    journal.done(journal.intend(TENANT, None), GUID)
    _file(folder).chmod(0o666)
    _is_suspect(journal, told, _file(folder))


def test_an_entry_is_believed_for_seven_days(journal: FileJournal, clock: FakeClock) -> None:
    journal.submitted(journal.intend(TENANT, None), "wst_1")
    clock.sleep(7 * 24 * 3600 - 10)
    assert journal.read(TENANT) is not None
    clock.sleep(20)
    assert journal.read(TENANT) is None


def test_old_files_are_cleaned_up_and_others_are_not(folder: Path, clock: FakeClock) -> None:
    journal = FileJournal(folder, BASE, clock, _silent)
    journal.intend(TENANT, None)
    (folder / "notes.txt").write_text("mine")
    for path in folder.iterdir():
        private_files.os.utime(path, (EPOCH, EPOCH))
    clock.sleep(KEPT)
    journal.clean()
    assert len(list(folder.iterdir())) == 2
    clock.sleep(2 * KEPT)
    journal.clean()
    assert [path.name for path in folder.iterdir()] == ["notes.txt"]


def test_a_tenant_is_held_by_one_thread_at_a_time(journal: FileJournal, folder: Path) -> None:
    inside: list[int] = []
    seen: list[int] = []

    def work(number: int) -> None:
        with FileJournal(folder, BASE, Clock(), _silent).hold(TENANT, 10):
            inside.append(number)
            Clock().sleep(0.01)
            seen.append(len(inside))
            inside.remove(number)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert seen == [1] * 5


def test_other_tenants_and_platforms_are_not_held_up(journal: FileJournal, folder: Path, clock: FakeClock) -> None:
    other = FileJournal(folder, "https://other.example/tenantui", clock, _silent)
    with journal.hold(TENANT, 0), journal.hold(GUID, 0), other.hold(TENANT, 0):
        pass
    with journal.hold(TENANT, 0), pytest.raises(TimeoutError), journal.hold(TENANT.upper(), 1):
        pass


PROCESS = """
import sys
from pathlib import Path
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.clock import Clock
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.journal import FileJournal
with FileJournal(Path(sys.argv[1]), sys.argv[2], Clock(), print).hold(sys.argv[3], 5):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_process_that_is_killed_lets_go(folder: Path) -> None:
    journal = FileJournal(folder, BASE, Clock(), _silent)
    path = [entry for entry in sys.path if entry]
    command = [sys.executable, "-c", f"import sys; sys.path[:] = {path!r}\n{PROCESS}", str(folder), BASE, TENANT]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(TimeoutError), journal.hold(TENANT, 0.1):
            pass
        process.kill()
        process.wait(10)
        with journal.hold(TENANT, 5):
            pass


def test_the_journal_is_in_the_state_folder(own_home: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> None:
    open_journal(True, None, BASE, clock, _silent).intend(TENANT, None)
    assert journal_folder() == own_home / ".local/state/audiocodes.live_platform/journal"
    assert len(list(journal_folder().glob("*.json"))) == 1
    monkeypatch.setenv("XDG_STATE_HOME", str(own_home / "state"))
    assert journal_folder() == own_home / "state/audiocodes.live_platform/journal"


def test_without_a_place_there_is_no_journal_but_a_warning(own_home: Path, clock: FakeClock, told: list[str]) -> None:
    (own_home / "file").write_text("")
    journal = open_journal(True, str(own_home / "file" / "journal"), BASE, clock, told.append)
    assert isinstance(journal, NoJournal)
    (warning,) = told
    assert "No journal can be kept" in warning
    assert "is not taken up" in warning
    assert "journal_path" in warning


def test_a_home_that_cannot_be_written_is_a_warning(
    clock: FakeClock, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_only(*args: object, **more: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "mkdir", read_only)
    assert isinstance(open_journal(True, None, BASE, clock, told.append), NoJournal)
    assert "Read-only file system" in told[0]


def test_a_folder_that_everybody_can_write_is_a_warning(folder: Path, clock: FakeClock, told: list[str]) -> None:
    folder.mkdir()
    folder.chmod(0o777)
    assert isinstance(open_journal(True, str(folder), BASE, clock, told.append), NoJournal)
    assert "by everybody" in told[0]


def _full(*args: object) -> None:
    raise OSError(28, "No space left on device")


def test_on_a_disk_that_is_full_nothing_can_be_intended(
    journal: FileJournal, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_module, "write_private", _full)
    with pytest.raises(IntentNotWritten) as caught:
        journal.intend(TENANT, None)
    assert "No space left on device" in caught.value.message
    assert str(folder) in caught.value.message
    for way_out in ("room", "journal_path", "journal: false"):
        assert way_out in str(caught.value.hint)


def test_what_was_sent_already_is_followed_although_the_disk_is_full(
    folder: Path, clock: FakeClock, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = FileJournal(folder, BASE, clock, told.append)
    entry = journal.intend(TENANT, None)
    monkeypatch.setattr(journal_module, "write_private", _full)
    assert journal.intend(TENANT, None, sent=True).stage == SubmissionStage.INTENT
    assert journal.submitted(entry, "wst_1").task_id == "wst_1"
    journal.done(entry, GUID)
    journal.deleted(TENANT, GUID)
    assert len(told) == 1, "the same thing is said once"
    assert "No space left on device" in told[0]


def test_a_lock_that_cannot_be_had_is_a_warning(
    folder: Path, clock: FakeClock, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = FileJournal(folder, BASE, clock, told.append)
    monkeypatch.setattr(journal_module, "locked", _full)
    with journal.hold(TENANT, 0):
        pass
    (warning,) = told
    assert "cannot be locked (No space left on device)" in warning
    assert "may submit too" in warning


@pytest.mark.parametrize("made", [True, False])
def test_a_folder_on_a_full_disk_is_a_journal_that_refuses(
    folder: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, made: bool
) -> None:
    if made:
        folder.mkdir(0o700)
        monkeypatch.setattr(folder_probe.tempfile, "mkstemp", lambda **where: _full())
    else:
        monkeypatch.setattr(Path, "mkdir", lambda *args, **more: _full())
    journal = open_journal(True, str(folder), BASE, clock, _silent)
    if made:
        monkeypatch.setattr(journal_module, "write_private", _full)
    with pytest.raises(IntentNotWritten, match="No space left on device"):
        journal.intend(TENANT, None)
    monkeypatch.undo()
    journal.intend(TENANT, None)
    assert journal.read(TENANT) is not None, "there is room by now"


def test_what_is_written_is_read_back(
    folder: Path, clock: FakeClock, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = FileJournal(folder, BASE, clock, told.append)
    real = journal_module.write_private
    monkeypatch.setattr(journal_module, "write_private", lambda path, content, access: real(path, content[:-1], access))
    with pytest.raises(IntentNotWritten, match="not what was written"):
        journal.intend(TENANT, None)
    monkeypatch.setattr(
        journal_module, "write_private", lambda path, content, access: real(path, b"x" * 999_999, access)
    )
    with pytest.raises(IntentNotWritten, match="cannot be read back: it is too large"):
        journal.intend(TENANT, None)


@pytest.mark.parametrize("length", [1025, 300_000])
def test_a_task_id_that_does_not_fit_leaves_the_intent(
    folder: Path, clock: FakeClock, told: list[str], length: int
) -> None:
    journal = FileJournal(folder, BASE, clock, told.append)
    entry = journal.submitted(journal.intend(TENANT, "n" * 300_000), "w" * length)
    assert (entry.stage, len(entry.task_id or "")) == (SubmissionStage.SUBMITTED, length), "this run follows it"
    read = journal.read(TENANT)
    assert read is not None
    assert (read.stage, read.task_id, len(read.name or "")) == (SubmissionStage.INTENT, None, 1024)
    assert f"{length} characters" in told[0]
    journal.done(entry, "g" * length)
    done = journal.read(TENANT)
    assert done is not None
    assert (done.stage, done.task_id, done.object_id) == (SubmissionStage.DONE, None, None)


def test_switched_off_it_is_silent(clock: FakeClock) -> None:
    assert isinstance(open_journal(False, None, BASE, clock, _silent), NoJournal)
    assert not journal_folder().exists()


def test_check_mode_makes_no_folder_but_reads_one_that_is_there(folder: Path, clock: FakeClock) -> None:
    assert isinstance(open_journal(True, str(folder), BASE, clock, _silent, read_only=True), NoJournal)
    assert not folder.exists()
    FileJournal(folder, BASE, clock, _silent).intend(TENANT, None)
    assert open_journal(True, str(folder), BASE, clock, _silent, read_only=True).read(TENANT) is not None


def test_without_a_journal_nothing_is_remembered(clock: FakeClock) -> None:
    journal = NoJournal(BASE, clock)
    with journal.hold(TENANT, 0):
        entry = journal.submitted(journal.intend(TENANT, "Brad01"), "wst_1")
    assert (entry.stage, entry.task_id) == (SubmissionStage.SUBMITTED, "wst_1")
    journal.done(entry, GUID)
    journal.deleted(TENANT, GUID)
    journal.forget(TENANT)
    assert journal.read(TENANT) is None
