# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What earlier runs have seen saves polls of a single task, and never delays an end beyond what is promised."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.private_files import Access
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.entries import KEPT, Kind
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.journal import FileJournal
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.outcome import Outcome
from ansible_collections.audiocodes.live_platform.plugins.module_utils._tasks.poll_schedule import (
    LAG,
    LAG_SHARE,
    REMEMBERED,
    KnownDurations,
    usual_duration,
)
from harness.fakes import FakeClock
from harness.unit_platform import UnitPlatform
from harness.workbench import Workbench

TENANTS = [f"cccccccc-0000-4000-8000-{number:012d}" for number in range(12)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "known.durations"


def _create(bench: Workbench, platform: UnitPlatform, number: int, seconds: float, **how: Any) -> tuple[int, float]:
    """A run for one service. The number of polls, and how late the end was noticed."""
    platform.lead(TENANTS[number])
    platform.settings.task_seconds = seconds
    result = bench.run(wanted={"ms_tenant_id": TENANTS[number], "short_name": f"Name{number:02d}"}, **how)
    assert result.outcome is Outcome.CREATED
    assert result.task is not None
    return result.task.polls, result.task.duration - seconds


@pytest.mark.parametrize(("seconds", "most"), [(1.0, 2), (60.0, 18), (600.0, 42)])
def test_a_later_run_polls_less_and_notices_the_end_as_soon(
    bench: Workbench, platform: UnitPlatform, seconds: float, most: int
) -> None:
    first, lag = _create(bench, platform, 0, seconds)
    later, later_lag = _create(bench, platform, 1, seconds)
    assert later <= most < first
    assert later_lag <= max(lag, 0.5, 0.03 * seconds)


@pytest.mark.parametrize("other", [0.5, 5.0, 40.0, 75.0, 600.0])
def test_a_task_that_takes_longer_or_shorter_than_before_is_noticed_within_the_promise(
    bench: Workbench, platform: UnitPlatform, other: float
) -> None:
    _create(bench, platform, 0, 60.0)
    _polls, lag = _create(bench, platform, 1, other)
    assert lag <= max(LAG, LAG_SHARE * (other + lag)) + 0.01


def test_durations_that_differ_are_no_expectation(bench: Workbench, platform: UnitPlatform) -> None:
    _create(bench, platform, 0, 60.0)
    _create(bench, platform, 1, 20.0)
    assert bench.journal().durations.usual is None
    _polls, lag = _create(bench, platform, 2, 20.0)
    assert lag <= 0.08 * 20.0 + 0.3


def test_a_task_that_failed_is_no_duration(bench: Workbench, platform: UnitPlatform) -> None:
    platform.lead(TENANTS[0])
    platform.settings.fail_tasks = [TENANTS[0]]
    assert bench.run(wanted={"ms_tenant_id": TENANTS[0]}).outcome is Outcome.FAILED
    assert bench.journal().durations.usual is None


def test_many_tasks_at_once_are_polled_as_if_nothing_was_known(bench: Workbench, platform: UnitPlatform) -> None:
    """They tell each other; what was known could only be older."""
    for tenant in TENANTS:
        platform.lead(tenant)
    platform.settings.task_seconds = 10.0
    bench.journal().durations.add([600.0])
    wanted = [{"ms_tenant_id": tenant, "short_name": f"Name{number:02d}"} for number, tenant in enumerate(TENANTS)]
    report = bench.run_all(wanted, max_concurrency=len(TENANTS))
    lags = [result.task.duration - 10.0 for result in report.outcomes if result.task is not None]
    assert len(lags) == len(TENANTS)
    assert max(lags) < 1.5


def test_other_platforms_and_other_kinds_have_their_own(bench: Workbench, clock: FakeClock) -> None:
    journal = bench.journal()
    journal.durations.add([60.0])
    assert bench.journal().durations.usual == 60.0
    assert journal.for_kind(Kind("telephone number", "tenant")).durations.usual is None
    assert FileJournal(bench.folder, "https://other.example/", clock, bench.told.append).durations.usual is None


def test_without_a_journal_nothing_is_kept(bench: Workbench, platform: UnitPlatform) -> None:
    _create(bench, platform, 0, 60.0, journal=False)
    assert bench.journal().durations.usual is None


def test_the_latest_are_kept(file: Path) -> None:
    for seconds in (60.0, 80.0, 100.0, 120.0, 140.0, 160.0, 180.0):
        KnownDurations(file).add([seconds])
    assert json.loads(file.read_bytes()) == [100.0, 120.0, 140.0, 160.0, 180.0][-REMEMBERED:]


def test_what_says_nothing_new_is_not_written(file: Path) -> None:
    KnownDurations(file).add([60.0])
    before = file.stat().st_ino
    KnownDurations(file).add([60.0, 62.0])
    assert file.stat().st_ino == before
    KnownDurations(file).add([62.0, 90.0])
    assert json.loads(file.read_bytes()) == [60.0, 62.0, 90.0]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[" * 100_000,
        b"null",
        b"60",
        b'{"a": 1}',
        b"[true]",
        b'["60"]',
        b"[-1]",
        b"[0]",
        b"[1e99]",
        b"[NaN]",
    ],
)
def test_a_damaged_file_is_as_good_as_none_and_is_replaced(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    file.chmod(0o600)
    assert KnownDurations(file).usual is None
    KnownDurations(file).add([60.0])
    assert KnownDurations(file).usual == 60.0


def test_a_file_that_cannot_be_trusted_or_written_costs_nothing(tmp_path: Path, file: Path) -> None:
    file.write_bytes(b"[60.0]")
    file.chmod(0o666)
    assert KnownDurations(file).usual is None
    missing = KnownDurations(tmp_path / "gone" / "known.durations")
    missing.add([60.0])
    assert missing.usual is None


def test_a_shared_folder_shares_them(file: Path) -> None:
    KnownDurations(file, Access(0o660)).add([60.0])
    assert file.stat().st_mode & 0o777 == 0o660


def test_old_ones_are_removed(bench: Workbench) -> None:
    bench.journal().durations.add([60.0])
    journal = bench.journal()
    journal.clean()
    assert journal.durations.usual == 60.0
    (path,) = bench.folder.glob("*.durations")
    os.utime(path, (path.stat().st_mtime - 3 * KEPT,) * 2)
    bench.journal().clean()
    assert not path.exists()


@pytest.mark.parametrize(
    ("durations", "usual"),
    [
        ([], None),
        ([60.0], 60.0),
        ([60.0, 66.0], 66.0),
        ([60.0, 61.0, 62.0, 100.0], None),
        ([60.0] * 19 + [600.0], 60.0),
    ],
)
def test_usual_is_what_most_of_them_are_like(durations: list[float], usual: float | None) -> None:
    assert usual_duration(durations) == usual
