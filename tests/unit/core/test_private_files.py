# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Small private files: who may read them, and what holds when several write."""

import stat
import threading
from pathlib import Path

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._core import private_files
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.clock import Clock
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.private_files import (
    LARGEST_FILE,
    UnsafePlace,
    locked,
    open_folder,
    read_private,
    write_private,
)
from harness.fakes import FakeClock


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_is_written_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    open_folder(folder, private=True)
    write_private(folder / "file", b"content")
    assert (_mode(folder), _mode(folder / "file")) == (0o700, 0o600)
    assert read_private(folder / "file") == b"content"
    assert [path.name for path in folder.iterdir()] == ["file"]


def test_a_write_that_fails_leaves_the_old_content_and_no_remains(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_private(tmp_path / "file", b"old")

    def fail(*paths: object) -> None:
        raise OSError("no space")

    monkeypatch.setattr(private_files.os, "replace", fail)
    with pytest.raises(OSError, match="no space"):
        write_private(tmp_path / "file", b"new")
    assert read_private(tmp_path / "file") == b"old"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["file"]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o666, 0o610])
def test_a_file_that_is_open_to_others_is_ignored(tmp_path: Path, mode: int) -> None:
    write_private(tmp_path / "file", b"content")
    (tmp_path / "file").chmod(mode)
    assert read_private(tmp_path / "file") is None


def test_a_foreign_file_a_link_a_folder_and_a_huge_file_are_ignored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_private(tmp_path / "file", b"content")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    write_private(tmp_path / "huge", b" " * (LARGEST_FILE + 1))
    (tmp_path / "folder").mkdir(mode=0o700)
    for name in ("link", "huge", "folder", "missing"):
        assert read_private(tmp_path / name) is None
    own = private_files.os.geteuid()
    monkeypatch.setattr(private_files.os, "geteuid", lambda: own + 1)
    assert read_private(tmp_path / "file") is None


@pytest.mark.parametrize(
    ("mode", "private", "usable"),
    [
        (0o700, True, True),
        (0o750, True, False),
        (0o701, True, False),
        (0o755, False, True),
        (0o777, False, False),
    ],
)
def test_a_folder_is_used_only_when_it_is_closed_enough(tmp_path: Path, mode: int, private: bool, usable: bool) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    folder.chmod(mode)
    if usable:
        open_folder(folder, private=private)
    else:
        with pytest.raises(UnsafePlace):
            open_folder(folder, private=private)


def test_a_foreign_folder_and_a_file_in_its_place_are_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    for place in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(UnsafePlace):
            open_folder(place, private=False)
    own = private_files.os.geteuid()
    monkeypatch.setattr(private_files.os, "geteuid", lambda: own + 1)
    with pytest.raises(UnsafePlace, match="another user"):
        open_folder(tmp_path / "new", private=True)


def test_a_lock_is_held_by_one_thread_at_a_time(tmp_path: Path) -> None:
    inside, most, guard = 0, 0, threading.Lock()

    def work() -> None:
        nonlocal inside, most
        with locked(tmp_path / "lock", Clock(), 10):
            with guard:
                inside += 1
                most = max(most, inside)
            Clock().sleep(0.01)
            with guard:
                inside -= 1

    threads = [threading.Thread(target=work) for _number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert (inside, most) == (0, 1)


def test_a_lock_that_is_not_let_go_ends_in_a_timeout(tmp_path: Path) -> None:
    clock = FakeClock()
    with locked(tmp_path / "lock", clock, 5):
        with pytest.raises(TimeoutError, match="another run"), locked(tmp_path / "lock", clock, 5):
            pass
        assert sum(clock.sleeps) == pytest.approx(5, abs=0.1)
    with locked(tmp_path / "lock", clock, 0):
        pass


def test_a_lock_is_let_go_when_its_holder_fails(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="x"), locked(tmp_path / "lock", FakeClock(), 0):
        raise ValueError("x")
    with locked(tmp_path / "lock", FakeClock(), 0):
        pass
