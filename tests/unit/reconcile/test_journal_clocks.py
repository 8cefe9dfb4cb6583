# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Entries and clocks that are set: what was submitted is neither forgotten nor done again because of one of them."""

import os
from pathlib import Path

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._core import clock as clock_module
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.clock import Clock
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.journal import (
    KEPT,
    FileJournal,
    SubmissionStage,
    open_journal,
)
from harness.fakes import BASE, GUID, TENANT, FakeClock, lost
from harness.unit_platform import UnitPlatform
from harness.virtual_time import Killed
from harness.workbench import Workbench, asked_once

DAY, HOUR = 24 * 3600.0, 3600.0


def _silent(message: str) -> None:
    raise AssertionError(message)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "journal"


def _journal(folder: Path, clock: Clock) -> FileJournal:
    return FileJournal(folder, BASE, clock, _silent)


def _age(folder: Path, clock: FakeClock) -> float:
    """How long ago the next run takes the submission to be."""
    entry = _journal(folder, clock).read(TENANT)
    assert entry is not None
    assert entry.stage == SubmissionStage.SUBMITTED
    return clock.wall() - entry.intended_at


@pytest.fixture
def submitted(folder: Path, clock: FakeClock) -> Path:
    """The file of an entry that is a hundred seconds old."""
    journal = _journal(folder, clock)
    journal.submitted(journal.intend(TENANT, "Brad01"), "wst_1")
    clock.sleep(100)
    (path,) = folder.glob("*.json")
    return path


@pytest.mark.parametrize("seconds", [8 * DAY, 400 * DAY, -HOUR, -400 * DAY, 0.0])
def test_a_clock_that_is_set_between_runs_changes_no_age(
    folder: Path, submitted: Path, clock: FakeClock, seconds: float
) -> None:
    clock.set_by = seconds
    open_journal(True, str(folder), BASE, clock, _silent)  # which cleans up
    assert _age(folder, clock) == pytest.approx(100, abs=0.1)


@pytest.mark.parametrize(("uptime", "age"), [(30.0, 30.0), (20 * DAY, 8 * DAY + 100)])
def test_after_a_new_start_an_entry_is_no_older_than_is_sure(
    folder: Path, submitted: Path, clock: FakeClock, uptime: float, age: float
) -> None:
    """A machine without a clock of its own gets the time from the network some while after its start."""
    os.utime(submitted, (submitted.stat().st_mtime - 9 * DAY,) * 2)
    clock.start_anew(uptime)
    clock.set_by += 8 * DAY
    found = _journal(folder, clock).read(TENANT)
    if uptime < KEPT:
        assert found is not None
        assert _age(folder, clock) == pytest.approx(age, abs=1)
    else:
        assert found is None, "every clock says that it is old"


@pytest.mark.parametrize("wrong", [8 * DAY, HOUR, 0.0])
def test_another_machine_with_a_wrong_clock_goes_by_the_file_servers(
    folder: Path, submitted: Path, clock: FakeClock, wrong: float
) -> None:
    os.utime(submitted, (submitted.stat().st_mtime - 100,) * 2)
    clock.start_anew(30 * DAY, "another machine")
    clock.set_by += wrong
    assert _age(folder, clock) == pytest.approx(100, abs=5)


def test_another_machine_whose_clock_is_behind_takes_the_entry_for_new(
    folder: Path, submitted: Path, clock: FakeClock
) -> None:
    clock.start_anew(30 * DAY, "another machine")
    clock.set_by -= HOUR
    assert _age(folder, clock) == pytest.approx(0, abs=0.1)


def test_a_file_that_was_dated_back_is_as_old_as_it_says(folder: Path, submitted: Path, clock: FakeClock) -> None:
    os.utime(submitted, (1, 1))
    clock.start_anew(30 * DAY, "another machine")
    assert _age(folder, clock) == pytest.approx(100, abs=5)


def test_one_clock_is_not_enough_to_forget(folder: Path, submitted: Path, clock: FakeClock) -> None:
    clock.sleep(8 * DAY)
    clock.set_by = -8 * DAY
    assert _age(folder, clock) == pytest.approx(8 * DAY + 100, abs=1)


def test_an_entry_of_another_machine_keeps_its_age_when_it_is_written_on(
    folder: Path, submitted: Path, clock: FakeClock
) -> None:
    os.utime(submitted, (submitted.stat().st_mtime - 100,) * 2)
    clock.start_anew(30 * DAY, "another machine")
    journal = _journal(folder, clock)
    entry = journal.read(TENANT)
    assert entry is not None
    journal.submitted(entry, "wst_1")
    clock.set_by += 8 * DAY
    assert _age(folder, clock) == pytest.approx(100, abs=5)


def test_where_the_system_does_not_name_its_starts_the_other_clocks_count(folder: Path, clock: FakeClock) -> None:
    clock.start_anew(30 * DAY, "")
    journal = _journal(folder, clock)
    journal.submitted(journal.intend(TENANT, None), "wst_1")
    (path,) = folder.glob("*.json")
    os.utime(path, (path.stat().st_mtime - 100,) * 2)
    clock.sleep(300)
    assert _age(folder, clock) == pytest.approx(100, abs=5)


def test_cleaning_believes_no_single_clock_either(folder: Path, submitted: Path, clock: FakeClock) -> None:
    clock.set_by = 30 * DAY
    _journal(folder, clock).clean()
    assert submitted.exists()
    clock.set_by = 0.0
    clock.sleep(30 * DAY)
    _journal(folder, clock).clean()
    assert not submitted.exists()


def test_what_cannot_be_read_is_never_cleaned_up(folder: Path, submitted: Path, clock: FakeClock) -> None:
    submitted.write_text("garbage")
    clock.sleep(60 * DAY)
    _journal(folder, clock).clean()
    assert submitted.exists()


def test_what_cannot_be_read_is_as_old_as_its_file(folder: Path, submitted: Path, clock: FakeClock) -> None:
    submitted.write_text("garbage")
    os.utime(submitted, (submitted.stat().st_mtime - 500,) * 2)
    clock.sleep(1000)
    entry = FileJournal(folder, BASE, clock, lambda message: None).read(TENANT)
    assert entry is not None
    assert entry.stage == SubmissionStage.INTENT
    assert clock.wall() - entry.intended_at == pytest.approx(500, abs=5)


def test_a_killed_run_is_taken_up_although_the_clock_was_set_by_eight_days(
    bench: Workbench, platform: UnitPlatform, clock: FakeClock
) -> None:
    platform.settings.task_seconds = 900.0
    clock.kill_at = clock.now() + 100
    with pytest.raises(Killed):
        bench.run()
    clock.set_by = 8 * DAY
    assert bench.run().outcome == "adopted"
    clock.sleep(2000)
    asked_once(platform)


@pytest.mark.parametrize("seconds", [-HOUR, HOUR, -400 * DAY, 400 * DAY])
def test_a_clock_that_is_set_while_an_answer_is_sought_changes_nothing(
    bench: Workbench, platform: UnitPlatform, clock: FakeClock, seconds: float
) -> None:
    platform.fault("POST", "/api/v3/customer", lost())

    def step(call: str) -> None:
        if clock.now() > 100:
            clock.set_by = seconds

    platform.asked = step
    began = clock.now()
    assert bench.run().outcome == "failed"
    assert clock.now() - began == pytest.approx(1800, abs=20)


def test_within_a_run_the_machines_clock_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    before = clock.wall()
    monkeypatch.setattr(clock_module.time, "time", lambda: before + 8 * DAY)
    assert clock.wall() - before < HOUR
    assert clock.boot() == Clock().boot()


def test_a_system_without_names_for_its_starts_is_said_to_have_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(clock_module, "_BOOT_ID", tmp_path / "missing")
    clock_module._boot.cache_clear()
    assert Clock().boot() == ""
    clock_module._boot.cache_clear()


def test_a_done_entry_is_not_forgotten_by_a_wrong_clock(folder: Path, clock: FakeClock) -> None:
    journal = _journal(folder, clock)
    journal.done(journal.submitted(journal.intend(TENANT, None), "wst_1"), GUID)
    clock.set_by = 8 * DAY
    found = _journal(folder, clock).read(TENANT)
    assert found is not None
    assert found.object_id == GUID
