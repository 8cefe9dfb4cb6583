# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The long form, ``make soak``: the whole matrix, every playbook with every fault, a campaign with a seed of its own
each time, many kills.

It prints the seed, and in the end what was tried and what came of it. Whatever fails is shown as the smallest schedule
that fails, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings

from faults.campaign import carry_out, schedules
from faults.killing import kill_in_submission, kill_once
from faults.number_campaign import carry_out_numbers, number_schedules
from harness.figures import Figures
from harness.in_process import Platform
from harness.loud import loud_once

CAMPAIGNS: Mapping[str, tuple[Any, Callable[[Platform, Any], None]]] = {
    "services": (schedules(), carry_out),
    "numbers": (number_schedules(), carry_out_numbers),
}
"""What may happen, and how it is carried out."""

LONGER = "test_updates or test_numbers or test_crowd or test_cut_off or test_machine or test_two_machines"
"""Other tests that have a long form."""

_BATCH = 50
"""Schedules between two looks at the time."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="make soak ARGS=…", description=__doc__)
    parser.add_argument("--schedules", type=int, default=4000, help="schedules of each campaign at the most")
    parser.add_argument("--playbooks", type=int, default=60, help="playbooks at -vvvv with random faults at the most")
    parser.add_argument("--kills", type=int, default=40, help="ansible-playbooks to kill at the most")
    parser.add_argument(
        "--seconds", type=float, default=900.0, help="time at the most of campaigns, kills and playbooks at random"
    )
    parser.add_argument("--seed", type=int, default=random.randrange(2**32), help="repeats a campaign")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--no-matrix", action="store_true", help="leave the matrix of engine and modules out")
    parser.add_argument("--no-playbooks", action="store_true", help="leave the matrix of the playbooks out")
    parser.add_argument(
        "--all-playbooks", action="store_true", help="every combination of playbook, request and fault; hours"
    )
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    parts = {
        "test_matrix or test_modules": options.no_matrix,
        LONGER: options.no_matrix,
        "test_playbooks": options.no_playbooks,
    }
    errors = [
        f"the matrix failed: {part}"
        for part, left_out in parts.items()
        if not left_out and not matrix(part, options.processes, "all" if options.all_playbooks else "long")
    ]
    share_of_time = options.seconds / 5
    share = -(-options.schedules // options.processes)
    for kind in CAMPAIGNS:
        jobs = [(kind, options.seed + number, share, share_of_time) for number in range(options.processes)]
        with multiprocessing.get_context("spawn").Pool(options.processes) as pool:
            results = pool.starmap(campaign, jobs)
        counts: Counter[str] = Counter()
        for counted, _error in results:
            counts.update(counted)
        errors += [error for _counted, error in results if error]
        print(f"campaign of {kind}: {Figures(counts)}", flush=True)
    for name, once, count in (
        ("real processes, killed", kill_once, options.kills),
        ("real processes, killed before the answer", kill_in_submission, options.kills),
        ("real playbooks at -vvvv, with faults", loud_once, options.playbooks),
    ):
        figures = Figures()
        try:
            repeat(once, figures, options.seed, count, share_of_time)
        except AssertionError:
            errors.append(traceback.format_exc())
        print(f"{name}: {figures}", flush=True)
    print("\n".join(errors), file=sys.stderr)
    return 1 if errors else 0


def matrix(part: str, processes: int, form: str) -> bool:
    """A part of the matrix; whether all came right. It prints its figures."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-n",
        str(processes),
        "--dist",
        "worksteal",
        "-k",
        part,
    ]
    folder = Path(__file__).parent
    done = subprocess.run([*command, str(folder)], env={**os.environ, "FAULTS_FORM": form}, check=False)
    return done.returncode == 0


def campaign(kind: str, first_seed: int, count: int, seconds: float) -> tuple[Counter[str], str]:
    """A share of the campaign; what was counted, and what failed."""
    strategy, carry_out_one = CAMPAIGNS[kind]
    platform, end, number = Platform(), time.monotonic() + seconds, 0
    while number * _BATCH < count and time.monotonic() < end:

        @seed(first_seed * 1_000_003 + number)
        @settings(
            max_examples=min(_BATCH, count - number * _BATCH),
            database=None,
            deadline=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        )
        @given(schedule=strategy)
        def batch(schedule: Any) -> None:
            carry_out_one(platform, schedule)

        try:
            batch()
        except Exception:
            return platform.figures.counts, traceback.format_exc()
        number += 1
    return platform.figures.counts, ""


def repeat(
    once: Callable[[Path, Figures, random.Random], object],
    figures: Figures,
    first_seed: int,
    count: int,
    seconds: float,
) -> None:
    """Try with real processes until the time or the count is used up."""
    end, chance = time.monotonic() + seconds, random.Random(first_seed)
    for _number in range(count):
        if time.monotonic() > end:
            return
        with tempfile.TemporaryDirectory(prefix="soak-") as folder:
            once(Path(folder), figures, chance)


if __name__ == "__main__":
    sys.exit(main())
