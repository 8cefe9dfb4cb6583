# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Telephone numbers: what 10,000 of them cost, against a loop of ``ansible.builtin.uri`` and a bare client.

    make bench-numbers

Each measurement is printed; the goals are those of the page 'Numbers'. Nothing is written.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmark.stage import Measurement, Stage
from harness.cast import ALDER
from simulator.client import Simulator

MANY, FEW, BATCH, PAGE = 10_000, 1_000, 500, 200
FIRST = 31201000000
BARE = "benchmark.bare_numbers"

Row = tuple[str, "float | None", float]


@dataclass(frozen=True)
class Taken:
    """What a run took.

    :param beside: requests that are neither polls of tasks, nor readings of the list, nor logins.
    """

    usage: Measurement
    requests: int
    beside: int


def main() -> int:
    """Measure, print, and say by the exit status whether all goals are reached."""
    with tempfile.TemporaryDirectory(prefix="bench-numbers-") as name, Simulator() as simulator:
        rows = measure(Stage(simulator, Path(name)))
    print("| Measure | Goal | Value | Reached |\n|---|---|---|---|")
    for title, limit, value in rows:
        goal = "-" if limit is None else f"<= {limit:g}"
        reached = "-" if limit is None else ("yes" if value <= limit else "**no**")
        print(f"| {title} | {goal} | {value:.2f} | {reached} |")
    return int(any(limit is not None and value > limit for _title, limit, value in rows))


def measure(stage: Stage) -> list[Row]:
    """What was measured, its goal, and the value."""
    empty = run(stage, 0, 0, "numbers_empty.yml")
    few, rerun = (run(stage, count, count) for count in (FEW, MANY))
    upload = run(stage, 0, MANY)
    others = {
        "oc_numbers": upload,
        "a loop of uri tasks": run(stage, 0, MANY, "numbers_uri.yml"),
        "a bare client": run(stage, 0, MANY, BARE),
    }
    rows: list[Row] = [
        (f"rerun over {MANY:,} present numbers: requests", 55, rerun.requests),
        ("the same: seconds of processor time beyond an empty play", 2, rerun.usage.cpu - empty.usage.cpu),
        ("the same: writes", 0, rerun.beside),
        ("memory per number, kB", 1, (rerun.usage.peak_memory - few.usage.peak_memory) / (MANY - FEW) / 1000),
        (f"upload of {MANY:,}: requests per batch beside polls and readings", 2.5, upload.beside / (MANY / BATCH)),
    ]
    for title, taken in others.items():
        rows += [
            (f"upload by {title}: requests per 1,000 numbers", None, 1000 * taken.requests / MANY),
            (f"upload by {title}: processor time per 1,000 numbers, s", None, 1000 * taken.usage.cpu / MANY),
            (f"upload by {title}: seconds", None, taken.usage.wall),
        ]
    return rows


def run(stage: Stage, present: int, wanted: int, contender: str = "numbers.yml") -> Taken:
    """Run a playbook, or the bare client, on a platform where the tenant has so many numbers.

    :param wanted: numbers that shall be there in the end.
    """
    platform = stage.simulator
    platform.reset(tokens=True)
    platform.settings(number_page_max=PAGE, task_seconds=0.5)
    if present:
        platform.seed(numbers=[{"tenant_id": ALDER, "start": f"+{FIRST}", "count": present}])
    inputs = {"tenant": ALDER, "first": FIRST, "count": wanted, "batch": BATCH, "page": PAGE}
    usage = stage.client(contender, inputs) if contender == BARE else stage.play(contender, inputs)
    there = len(platform.state()["numbers"].get(ALDER, {}))
    if there != wanted:
        raise SystemExit(f"{contender}: {there} numbers are there, not {wanted}")
    log = [entry for entry in platform.log() if not entry["path"].endswith("/oauth2/v2.0/token")]
    return Taken(usage, len(log), sum(entry["method"] != "GET" for entry in log))


if __name__ == "__main__":
    sys.exit(main())
