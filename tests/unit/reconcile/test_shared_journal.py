# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A journal in a folder that is shared: by users, by machines, on file systems that do not keep all promises."""

import errno
import fcntl
import os
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._core import folder_probe, private_files
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.clock import Clock
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.folder_probe import probe
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.private_files import (
    locked,
    sweep,
    write_private,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile import journal as journal_module
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.journal import (
    FileJournal,
    IntentNotWritten,
    NoJournal,
    SubmissionStage,
    open_journal,
)
from harness.fakes import BASE, GUID, TENANT, FakeClock
from harness.unit_platform import UnitPlatform
from harness.workbench import Workbench, asked_once


def _silent(message: str) -> None:
    raise AssertionError(message)


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "journal"
    made.mkdir(0o700)
    return made


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def other_user(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From now on, this process is another user's than the one whose files are there."""
    own = os.geteuid()
    return lambda: monkeypatch.setattr(private_files.os, "geteuid", lambda: own + 1)


# Users


def test_a_folder_for_a_group_makes_files_for_the_group_whatever_the_umask(folder: Path, clock: FakeClock) -> None:
    folder.chmod(0o2770)
    before = os.umask(0o077)
    try:
        journal = FileJournal(folder, BASE, clock, _silent)
        with journal.hold(TENANT, 0):
            journal.intend(TENANT, None)
    finally:
        os.umask(before)
    assert {(path.suffix, _mode(path)) for path in folder.iterdir()} == {(".json", 0o660), (".lock", 0o660)}
    assert {path.stat().st_gid for path in folder.iterdir()} == {folder.stat().st_gid}


def test_two_users_of_a_folder_see_each_others_entries_and_locks(
    folder: Path, clock: FakeClock, told: list[str], other_user: Callable[[], None]
) -> None:
    folder.chmod(0o2770)
    one = FileJournal(folder, BASE, clock, _silent)
    one.submitted(one.intend(TENANT, None), "wst_1")
    with one.hold(TENANT, 0):
        other_user()
        other = FileJournal(folder, BASE, clock, told.append)
        with pytest.raises(TimeoutError), other.hold(TENANT, 0):
            pass
    entry = other.read(TENANT)
    assert entry is not None
    assert (entry.stage, entry.task_id) == (SubmissionStage.SUBMITTED, "wst_1")


def test_users_whose_files_do_not_get_the_group_are_told(
    folder: Path, clock: FakeClock, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.chmod(0o770)
    own = os.getegid()
    monkeypatch.setattr(folder_probe, "access_of", lambda path: private_files.Access(0o660, own + 1))

    def refuse(*args: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(private_files.os, "fchown", refuse)
    FileJournal(folder, BASE, clock, told.append)
    (warning,) = told
    assert "setgid" in warning
    assert f"gid {own + 1}" in warning


def test_a_folder_that_only_one_user_can_write_keeps_its_files_private(folder: Path, clock: FakeClock) -> None:
    folder.chmod(0o755)
    FileJournal(folder, BASE, clock, _silent).intend(TENANT, None)
    assert [_mode(path) for path in folder.iterdir()] == [0o600]


@pytest.mark.parametrize("mode", [0o777, 0o1777, 0o702])
def test_a_folder_that_everybody_can_write_is_not_used(
    folder: Path, clock: FakeClock, told: list[str], mode: int
) -> None:
    folder.chmod(mode)
    assert isinstance(open_journal(True, str(folder), BASE, clock, told.append), NoJournal)
    assert "by everybody" in told[0]
    assert list(folder.iterdir()) == []


def test_a_link_that_somebody_else_has_laid_is_not_followed(
    tmp_path: Path, folder: Path, clock: FakeClock, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    link = tmp_path / "link"
    link.symlink_to(folder)
    FileJournal(link, BASE, clock, _silent).intend(TENANT, None)
    real = Path.lstat

    def laid(path: Path) -> os.stat_result:
        facts = list(real(path))
        facts[stat.ST_UID] = os.geteuid() + 1
        return os.stat_result(facts) if path == link else real(path)

    monkeypatch.setattr(Path, "lstat", laid)
    assert isinstance(open_journal(True, str(link), BASE, clock, told.append), NoJournal)
    assert "symbolic link of another user" in told[0]


# Owners and modes


@pytest.mark.parametrize("how", ["owner", "mode"])
def test_a_run_is_taken_up_where_files_get_another_owner_or_mode(
    bench: Workbench, platform: UnitPlatform, clock: FakeClock, other_user: Callable[[], None], how: str
) -> None:
    platform.settings.task_seconds = 900.0
    bench.run(wait=False)
    if how == "owner":
        other_user()
    for path in bench.folder.iterdir():
        path.chmod(0o755 if how == "mode" else 0o600)
    assert bench.run().outcome == "adopted"
    asked_once(platform)
    assert len(bench.told) == (how == "owner"), "what the folder does to files is told by trying, not by what is there"


@pytest.mark.parametrize(
    "shown",
    [
        (("st_uid", 4_000_000), "another owner (uid 4000000)"),
        (("st_mode", stat.S_IFREG | 0o755), "the mode 0755 instead of 0600"),
    ],
)
def test_what_a_folder_does_to_files_is_told(
    folder: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, shown: tuple[tuple[str, int], str]
) -> None:
    told: list[str] = []
    change, said = shown
    _as_read_back(monkeypatch, **dict([change]))
    journal = FileJournal(folder, BASE, clock, told.append)
    (warning,) = told
    assert said in warning
    assert str(folder) in warning
    journal.intend(TENANT, None)
    assert journal.read(TENANT) is not None


def test_a_folder_whose_files_everybody_can_write_is_not_used(
    folder: Path, clock: FakeClock, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _as_read_back(monkeypatch, st_mode=stat.S_IFREG | 0o666)
    assert isinstance(open_journal(True, str(folder), BASE, clock, told.append), NoJournal)
    assert "everybody can write to the files" in told[0]


def test_a_folder_that_does_not_keep_what_is_written_is_not_used(
    folder: Path, clock: FakeClock, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_probe.os, "write", lambda descriptor, content: len(content))
    assert isinstance(open_journal(True, str(folder), BASE, clock, told.append), NoJournal)
    assert "not what is read back" in told[0]


def test_trying_a_folder_leaves_nothing_behind(folder: Path) -> None:
    found = probe(folder, Clock())
    assert (found.locks, found.leases, found.notes) == (True, False, ())
    assert abs(found.ahead) < 5
    assert list(folder.iterdir()) == []


def _as_read_back(monkeypatch: pytest.MonkeyPatch, **change: int) -> None:
    """The file system shows another owner or mode than was asked for, as long as the folder is tried."""
    real = os.fstat

    class Facts:
        def __init__(self, facts: os.stat_result) -> None:
            self._facts = facts

        def __getattr__(self, name: str) -> Any:
            return change.get(name, getattr(self._facts, name))

    class Shown:
        def __getattr__(self, name: str) -> Any:
            return (lambda descriptor: Facts(real(descriptor))) if name == "fstat" else getattr(os, name)

    monkeypatch.setattr(folder_probe, "os", Shown())


# Entries that cannot be used


@pytest.mark.parametrize("what", ["link", "pipe", "folder", "not readable", "group"])
def test_what_is_no_entry_counts_as_an_intent(
    folder: Path, clock: FakeClock, told: list[str], monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    journal = FileJournal(folder, BASE, clock, told.append)
    path = journal._path(TENANT)
    elsewhere = folder.parent / "elsewhere"
    journal.done(journal.intend(TENANT, None), GUID)
    path.rename(elsewhere)
    if what == "link":
        path.symlink_to(elsewhere)
    elif what == "pipe":
        os.mkfifo(path, 0o600)
    elif what == "folder":
        path.mkdir()
    elif what == "group":
        path.write_text("x")
        path.chmod(0o660)
    else:
        path.write_text("x")
        real = os.open

        def refuse(name: Any, *args: Any, **more: Any) -> int:
            if name == path:
                raise PermissionError(errno.EACCES, "Permission denied")
            return real(name, *args, **more)

        monkeypatch.setattr(private_files.os, "open", refuse)
    entry = journal.read(TENANT)
    assert entry is not None
    assert entry.stage == SubmissionStage.INTENT
    assert str(path) in told[0]
    if what == "folder":
        with pytest.raises(IntentNotWritten):
            journal.intend(TENANT, None)
        journal.forget(TENANT)
        assert "cannot be written" in told[-1]
    else:
        journal.forget(TENANT)
        assert not path.exists()
    assert b"done" in elsewhere.read_bytes()


def test_nothing_is_submitted_before_a_damaged_entry_has_settled(
    bench: Workbench, platform: UnitPlatform, clock: FakeClock
) -> None:
    platform.settings.task_seconds = 400.0
    bench.run(wait=False)
    (path,) = bench.folder.glob("*.json")
    path.write_text("{")
    assert bench.run().outcome == "adopted"
    asked_once(platform)
    assert str(path) in bench.told[0]


def test_a_file_that_another_machine_has_just_replaced_is_read_again(
    folder: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = FileJournal(folder, BASE, clock, _silent)
    journal.intend(TENANT, None)
    real, stale = os.open, [True, True]

    def gone(name: Any, *args: Any, **more: Any) -> int:
        if name == journal._path(TENANT) and stale:
            stale.pop()
            raise OSError(errno.ESTALE, "Stale file handle")
        return real(name, *args, **more)

    monkeypatch.setattr(private_files.os, "open", gone)
    assert journal.read(TENANT) is not None


# Locks and leftovers


def test_a_lock_that_is_cleaned_away_under_somebody_who_opened_it_is_taken_anew(
    folder: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = (FileJournal(folder, BASE, Clock(), _silent) for _run in range(2))
    with one.hold(TENANT, 0):
        pass
    (lock,) = folder.glob("*.lock")
    os.utime(lock, (1, 1))
    real, opened = fcntl.flock, []

    def late(descriptor: int, operation: int) -> None:
        if not opened:
            opened.append(descriptor)
            other.clean()
            assert not lock.exists()
        real(descriptor, operation)

    monkeypatch.setattr(private_files.fcntl, "flock", late)
    with one.hold(TENANT, 0), pytest.raises(TimeoutError), other.hold(TENANT, 0):
        pass


def test_a_lock_that_is_held_is_not_cleaned_away(folder: Path, clock: FakeClock) -> None:
    journal = FileJournal(folder, BASE, clock, _silent)
    with journal.hold(TENANT, 0):
        (lock,) = folder.glob("*.lock")
        os.utime(lock, (1, 1))
        journal.clean()
        assert lock.exists()
    journal.clean()
    assert not lock.exists()


def test_a_lock_that_is_removed_all_the_time_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(private_files, "_is_at", lambda path, descriptor: False)
    with pytest.raises(OSError, match="removed all the time"), locked(tmp_path / "lock", FakeClock(), 0):
        pass


def test_what_killed_writes_have_left_is_removed_and_what_a_running_one_needs_is_not(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "0123456789abcdef0123456789abcdef"
    left = [folder / f".{name}.json.abc", folder / f".{name}.token.abc", folder / ".probe.abc"]
    kept = [folder / f"{name}.json", folder / ".mine", folder / f".{name}.json.new"]
    for path in (*left, *kept):
        path.write_text("x")
        os.utime(path, (1, 1))
    os.utime(kept[-1])
    real = os.replace

    def meanwhile(source: str, target: Path) -> None:
        os.utime(source, (1, 1))
        sweep(folder, time.time())
        real(source, target)

    monkeypatch.setattr(private_files.os, "replace", meanwhile)
    write_private(folder / f"{name}.json", b"content")
    assert sorted(folder.iterdir()) == sorted(kept)
    assert kept[0].read_bytes() == b"content"


# Machines

WITHOUT_FLOCK = {
    "no-op": "fcntl.flock = lambda *how: None",
    "ENOSYS": "def flock(*how): raise OSError(38, 'Function not implemented')\nfcntl.flock = flock",
    "ENOLCK": "def flock(*how): raise OSError(37, 'No locks available')\nfcntl.flock = flock",
}

MACHINE = """
import fcntl, sys
sys.path[:] = {path!r}
{without}
from pathlib import Path
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core import leases
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.clock import Clock
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.journal import FileJournal
leases.LEASE, leases._RENEWED_EVERY = 1.0, 0.1
class Machine(Clock):
    def boot(self):
        return sys.argv[2]
journal = FileJournal(Path(sys.argv[1]), {base!r}, Machine(), lambda message: print("told", message, flush=True))
try:
    with journal.hold({tenant!r}, float(sys.argv[3])):
        print("held", journal.read({tenant!r}) is not None, flush=True)
        sys.stdin.readline()
        journal.intend({tenant!r}, None)
        sys.stdin.readline()
except TimeoutError:
    print("has to wait", flush=True)
"""


def _machine(folder: Path, name: str, timeout: float, without: str) -> "subprocess.Popen[str]":
    path = [entry for entry in sys.path if entry]
    source = MACHINE.format(path=path, without=without, base=BASE, tenant=TENANT)
    return subprocess.Popen(
        [sys.executable, "-c", source, str(folder), name, str(timeout)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _said(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


@pytest.mark.parametrize("without", [*WITHOUT_FLOCK, "nothing"])
def test_of_two_machines_one_holds_a_tenant_and_the_other_sees_what_it_wrote(folder: Path, without: str) -> None:
    """The first is killed in the end: the other one waits for its lease, and finds the intent."""
    source = WITHOUT_FLOCK.get(without, "")
    with ExitStack() as machines:

        def begin(name: str, timeout: float) -> "subprocess.Popen[str]":
            process = machines.enter_context(_machine(folder, name, timeout, source))
            machines.callback(process.kill)
            return process

        first = begin("one", 0)
        assert _said(first) == "held False"
        assert _said(begin("impatient", 0.5)) == "has to wait"
        patient = begin("patient", 30)
        assert first.stdin is not None
        first.stdin.write("\n")
        first.stdin.flush()
        journal, end = FileJournal(folder, BASE, Clock(), _silent), time.monotonic() + 20
        while journal.read(TENANT) is None:
            assert time.monotonic() < end
            time.sleep(0.02)
        first.kill()
        assert _said(patient) == "held True"


@pytest.mark.parametrize("how", WITHOUT_FLOCK)
def test_where_flock_does_not_hold_leases_do(
    folder: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    real, code = fcntl.flock, {"ENOSYS": errno.ENOSYS, "ENOLCK": errno.ENOLCK}.get(how)

    def broken(descriptor: int, operation: int) -> None:
        if code:
            raise OSError(code, os.strerror(code))

    monkeypatch.setattr(private_files.fcntl, "flock", broken)
    one = FileJournal(folder, BASE, clock, _silent)
    with one.hold(TENANT, 0):
        assert len(list(folder.glob("*.lease"))) == 1
        with pytest.raises(TimeoutError), FileJournal(folder, BASE, FakeClock("other"), _silent).hold(TENANT, 1):
            pass
        # A machine where it seems to hold goes along with the others.
        monkeypatch.setattr(private_files.fcntl, "flock", real)
        with pytest.raises(TimeoutError), FileJournal(folder, BASE, FakeClock("third"), _silent).hold(TENANT, 1):
            pass
        one.intend(TENANT, None)


def test_a_run_that_has_lost_its_lease_submits_nothing(
    folder: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / journal_module._LEASES).touch()
    one = FileJournal(folder, BASE, clock, _silent)
    with one.hold(TENANT, 0):
        (lease,) = folder.glob("*.lease")
        lease.write_text("somebody else's")
        with pytest.raises(IntentNotWritten, match="taken over"):
            one.intend(TENANT, None)
        assert one.intend(TENANT, None, sent=True).stage == SubmissionStage.INTENT
    assert lease.read_text() == "somebody else's"


def test_where_neither_holds_the_user_is_told(
    folder: Path, clock: FakeClock, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(private_files.fcntl, "flock", lambda *how: None)
    monkeypatch.setattr(folder_probe, "_refuses", lambda name: False)
    journal = FileJournal(folder, BASE, clock, told.append)
    (warning,) = told
    assert "may submit twice" in warning
    with journal.hold(TENANT, 0):
        journal.intend(TENANT, None)


@pytest.fixture
def mounted(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Lets the folder be on another kind of file system, as far as the system says."""
    device = folder.stat().st_dev
    number, mounts = f"{os.major(device)}:{os.minor(device)}", tmp_path / "mountinfo"

    def mount(kind: str) -> None:
        lines = ("21 1 0:99 / / rw - overlay overlay rw", f"36 21 {number} / /share rw,noatime shared:1 - {kind}")
        mounts.write_text("\n".join(lines))
        monkeypatch.setattr(folder_probe, "_MOUNTS", mounts)

    return mount


@pytest.mark.parametrize(
    ("kind", "leases"),
    [
        ("ext4 /dev/sda1 rw", False),
        ("nfs4 server:/x rw,vers=4.2,local_lock=none", False),
        ("nfs server:/x rw,vers=3,local_lock=flock", True),
        ("nfs server:/x rw,vers=3,nolock", True),
        ("cifs //server/x rw,nobrl", True),
        ("cifs //server/x rw", False),
        ("fuse.sshfs server:/x rw", True),
        ("9p x rw", True),
    ],
)
def test_a_mount_whose_locks_other_machines_do_not_see_needs_leases(
    folder: Path, clock: FakeClock, mounted: Callable[[str], None], kind: str, leases: bool
) -> None:
    mounted(kind)
    assert probe(folder, clock).leases is leases


@pytest.mark.parametrize(("kind", "remote"), [("nfs4 server:/x rw", True), ("ext4 /dev/sda1 rw", False)])
def test_a_network_file_system_is_made_to_look_anew_before_an_entry_is_read(
    folder: Path, clock: FakeClock, mounted: Callable[[str], None], kind: str, remote: bool
) -> None:
    """It may still believe that there is no entry where there was none; it asks when the folder has changed."""
    mounted(kind)
    journal = FileJournal(folder, BASE, clock, _silent)
    with journal.hold(TENANT, 0):
        pass
    os.utime(folder, (1, 1))
    with journal.hold(TENANT, 0):
        assert (folder.stat().st_mtime > 1) is remote


def test_a_system_that_does_not_tell_its_mounts_is_taken_for_local(
    folder: Path, clock: FakeClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_probe, "_MOUNTS", tmp_path / "missing")
    assert probe(folder, clock).leases is False


def test_old_leases_are_cleaned_away_and_new_ones_are_not(folder: Path, clock: FakeClock) -> None:
    journal = FileJournal(folder, BASE, clock, _silent)
    old, new = folder / "a.lease", folder / "b.lease"
    for path in (old, new):
        path.write_text("x")
    os.utime(old, (1, 1))
    journal.clean()
    assert (old.exists(), new.exists()) == (False, True)
