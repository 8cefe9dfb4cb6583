# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Locks that need no ``flock``: one holder, whoever dies, stops or breaks what."""

import os
from contextlib import ExitStack
from pathlib import Path

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._core import leases as leases_module
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.leases import LEASE, Leases
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.private_files import PRIVATE, Access
from harness.fakes import FakeClock


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "journal"
    folder.mkdir()
    return folder / "one.lease"


@pytest.fixture
def leases(clock: FakeClock) -> Leases:
    return Leases(clock, PRIVATE)


def _other(clock: FakeClock) -> Leases:
    """Another machine's."""
    other = FakeClock("another machine")
    other.sleep(clock.now())
    return Leases(other, PRIVATE)


def _left_by(path: Path, boot: str, space: str, pid: int) -> None:
    """What somebody has left who was killed."""
    path.write_text(f"abc {boot} {space} {pid} 000000000001\n")


def _dead() -> int:
    """The id of a process that has ended."""
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
    return pid


def test_one_holds_it_and_the_next_when_it_is_let_go(path: Path, leases: Leases, clock: FakeClock) -> None:
    with leases.hold(path, 0) as lease:
        assert lease.holds()
        for other in (leases, Leases(clock, PRIVATE), _other(clock)):
            with pytest.raises(TimeoutError, match="another run holds"), other.hold(path, 5):
                pass
    assert list(path.parent.iterdir()) == []
    with _other(clock).hold(path, 0):
        pass


def test_it_is_let_go_when_its_holder_fails(path: Path, leases: Leases) -> None:
    with pytest.raises(ValueError, match="x"), leases.hold(path, 0):
        raise ValueError("x")
    with leases.hold(path, 0):
        pass


def test_a_shared_folder_gives_it_to_the_group(path: Path, clock: FakeClock) -> None:
    before = os.umask(0o077)
    try:
        with Leases(clock, Access(0o660, os.getegid())).hold(path, 0):
            assert path.stat().st_mode & 0o777 == 0o660
    finally:
        os.umask(before)


def test_a_holder_of_another_machine_that_is_gone_is_waited_for_once(path: Path, leases: Leases) -> None:
    _left_by(path, "another machine", leases_module._process_space(), _dead())
    with pytest.raises(TimeoutError), leases.hold(path, LEASE - 1):
        pass
    with leases.hold(path, 2) as lease:
        assert lease.holds()


def test_a_clock_that_is_set_ends_no_lease(path: Path, leases: Leases, clock: FakeClock) -> None:
    _left_by(path, "another machine", leases_module._process_space(), 1)
    os.utime(path, (1, 1))
    with pytest.raises(TimeoutError), leases.hold(path, 1):
        pass
    clock.set_by = 1e9
    with pytest.raises(TimeoutError), leases.hold(path, 1):
        pass


def test_a_holder_that_lives_keeps_it_however_long(path: Path, leases: Leases, clock: FakeClock) -> None:
    with leases.hold(path, 0) as lease:
        other = _other(clock)
        for _round in range(5):
            lease.renew()
            with pytest.raises(TimeoutError), other.hold(path, LEASE - 1):
                pass
        assert lease.holds()


def test_it_is_renewed_by_itself(path: Path, leases: Leases, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leases_module, "_RENEWED_EVERY", 0.01)
    with leases.hold(path, 0):
        before = path.read_text()
        for _round in range(500):
            if path.read_text() != before:
                return
            leases_module.threading.Event().wait(0.01)
    raise AssertionError("not renewed")


@pytest.mark.parametrize(
    ("owner", "free"),
    [
        (("boot-1", leases_module._process_space(), _dead()), True),
        (("boot-1", leases_module._process_space(), os.getpid()), False),
        (("boot-1", "pid:[1]", _dead()), False),
        (("another machine", leases_module._process_space(), _dead()), False),
    ],
)
def test_only_a_process_of_this_machine_is_seen_to_have_ended(
    path: Path, leases: Leases, owner: tuple[str, str, int], free: bool
) -> None:
    _left_by(path, *owner)
    if free:
        with leases.hold(path, 0):
            return
    with pytest.raises(TimeoutError), leases.hold(path, 0):
        pass


@pytest.mark.parametrize("content", ["", "a b c d e", "\xff", "abc boot-1 x 99999999999999999999 1"])
def test_one_that_cannot_be_read_has_a_holder_as_long_as_it_changes(path: Path, leases: Leases, content: str) -> None:
    path.write_text(content, encoding="latin-1")
    with pytest.raises(TimeoutError), leases.hold(path, LEASE / 2):
        pass
    with leases.hold(path, LEASE):
        pass


def test_a_holder_that_had_stopped_finds_out_and_leaves_the_others_alone(
    path: Path, leases: Leases, clock: FakeClock
) -> None:
    with ExitStack() as first, ExitStack() as second:
        stopped = first.enter_context(leases.hold(path, 0))
        lease = second.enter_context(_other(clock).hold(path, LEASE + 1))
        assert not stopped.holds()
        first.close()
        assert lease.holds()
    assert not path.exists()


def test_one_who_was_killed_while_breaking_a_lease_is_in_the_way_for_so_long_only(path: Path, leases: Leases) -> None:
    breaker = path.with_name(f"{path.name}-broken")
    breaker.touch()
    with pytest.raises(TimeoutError), leases.hold(path, LEASE - 1):
        pass
    with leases.hold(path, 2):
        pass
    assert list(path.parent.iterdir()) == []


def test_whoever_breaks_a_lease_does_not_break_the_next_ones(
    path: Path, leases: Leases, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the decision that a lease is abandoned and its removal, somebody else has broken it and holds it."""
    _left_by(path, "boot-1", leases_module._process_space(), _dead())
    real, other = Leases._abandoned, _other(clock)

    def late(self: Leases, at: Path) -> str | None:
        found = real(self, at)
        if self is leases and at.read_text().startswith("abc"):
            at.unlink()
            held.append(other.hold(at, 0))
            held[0].__enter__()
        return found

    held: list[object] = []
    monkeypatch.setattr(Leases, "_abandoned", late)
    with pytest.raises(TimeoutError), leases.hold(path, 1):
        pass
    assert path.exists()


def test_where_it_cannot_be_made_the_reason_is_told(tmp_path: Path, leases: Leases) -> None:
    with pytest.raises(FileNotFoundError), leases.hold(tmp_path / "missing" / "one.lease", 0):
        pass


def test_a_lease_that_cannot_be_written_is_not_left_behind(
    path: Path, leases: Leases, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(leases_module.os, "pwrite", full)
    with pytest.raises(OSError, match="No space"), leases.hold(path, 0):
        pass
    assert not path.exists()
