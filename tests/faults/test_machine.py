# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs that are killed, and what can happen to their machine and its files before the next one."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from faults.bench import PRESENT, TENANTS, Bench, bench, converged, picture
from faults.forms import STRIDE
from harness.in_process import Platform

DAY, HOUR = 24 * 3600.0, 3600.0

SLOW = {"task_seconds": 200, "service_list_lag_seconds": 30, "lead_lag_seconds": 60}
"""For so long, nothing but the journal tells of a submission."""


def _set_clock(seconds: float) -> Callable[[Bench], None]:
    def change(made: Bench) -> None:
        made.clock.set_by = seconds

    return change


def _start_anew(made: Bench) -> None:
    made.clock.boot_id = "started anew"


def _start_anew_and_set_clock(made: Bench) -> None:
    _start_anew(made)
    made.clock.set_by = 8 * DAY


def _files(change: Callable[[Path], None]) -> Callable[[Bench], None]:
    """Something happens to every entry of the journal."""

    def changed(made: Bench) -> None:
        for path in (made.folder / "journal").glob("*.json"):
            change(path)

    return changed


def _cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


STEPS = (*range(1, 17, STRIDE), 40)
"""At which the run is killed: up to and after its submission, and one of the long wait."""

CHANGES: dict[str, Callable[[Bench], None]] = {
    "the clock is set forward by days": _set_clock(8 * DAY),
    "the clock is set forward by years": _set_clock(3000 * DAY),
    "the clock is set back": _set_clock(-HOUR),
    "the machine is started anew": _start_anew,
    "it is started anew, with another time": _start_anew_and_set_clock,
    "the file is emptied": _files(lambda path: os.truncate(path, 0)),
    "the file is cut": _files(_cut),
    "the file is open to others": _files(lambda path: path.chmod(0o666)),
    "the file gets another mode": _files(lambda path: path.chmod(0o755)),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_killed_run_is_taken_up_whatever_happens_to_its_machine(platform: Platform, change: str) -> None:
    tenants = TENANTS[:1]
    for step in STEPS:
        with bench(platform, switches=SLOW) as made:
            assert made.run(tenants, dies_at=step) is None, "killed"
            CHANGES[change](made)
            second = made.run(tenants)
            assert second is not None
            assert converged(second, PRESENT), f"{step}: {picture(second)}\n{made.history()}"
            assert made.submissions() == 1, f"{step}: {made.history()}"
