# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Breaks the table of transitions, one cell at a time, and says which breaks no test notices.

Each mutant runs in a process of its own, in which the table is replaced before the tests begin; no file is changed. The
tests of the table itself are left out, since they would notice a change without showing what it does.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
for place in (ROOT / "tests", ROOT / ".venv/collections"):
    sys.path.insert(0, str(place))

from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile import transitions  # noqa: E402

LONGEST = 90
"""Seconds for the tests of one mutant; one that sends for ever is noticed."""

TESTS = (
    *(f"tests/unit/reconcile/test_{name}.py" for name in ("submission", "submission_task", "evidence", "full_disk")),
    *(
        "tests/unit/reconcile/test_removal.py",
        "tests/unit/reconcile/test_stopped_submission.py",
        "tests/faults/test_leads.py",
        "tests/faults/test_cut_off.py",
    ),
)


def mutants() -> Iterator[tuple[transitions.State, transitions.Event, transitions.Transition]]:
    """Every row with each other effect, and with other states.

    Of the ends, one that sends anew and one that does not stand for all. After an interruption, no state matters.
    """
    ends = {transitions.State.VOID, transitions.State.DONE}
    for (state, event), step in transitions.TRANSITIONS.items():
        for effect in transitions.Effect:
            if effect is not step.effect:
                yield state, event, replace(step, effect=effect)
        if event is transitions.Event.INTERRUPTED:
            continue
        for other in transitions.State:
            alike = {other, step.state} <= transitions.FINAL - {transitions.State.VOID}
            if other is not step.state and not alike and (other in ends or other not in transitions.FINAL):
                yield state, event, replace(step, state=other)


def apply(number: int) -> None:
    """Replace the row, in this process."""
    state, event, step = list(mutants())[number]
    transitions.TRANSITIONS = {**transitions.TRANSITIONS, (state, event): step}


def is_noticed(number: int) -> bool:
    """Whether a test fails."""
    command = [sys.executable, str(Path(__file__)), "--run", str(number)]
    long_form = {**os.environ, "FAULTS_FORM": "long"}
    try:
        done = subprocess.run(command, cwd=ROOT, env=long_form, capture_output=True, check=False, timeout=LONGEST)
        return done.returncode != 0
    except subprocess.TimeoutExpired:
        return True


def main() -> int:
    """Run all mutants, those from a number on (``--from``), or one of them (``--run``)."""
    if sys.argv[1:2] == ["--run"]:
        if int(sys.argv[2]) >= 0:
            apply(int(sys.argv[2]))
        return int(pytest.main(["-q", "-x", "-p", "no:cacheprovider", *TESTS]))
    if is_noticed(-1):
        print("The tests fail without a mutant.")
        return 1
    first = int(sys.argv[2]) if sys.argv[1:2] == ["--from"] else 0
    everything = list(mutants())
    numbers = range(first, len(everything))
    count = 0
    with ThreadPoolExecutor(2) as pool:
        for number, seen in zip(numbers, pool.map(is_noticed, numbers), strict=True):
            state, event, step = everything[number]
            count += seen
            if not seen:
                print(f"not noticed: {state} + {event} -> {step.state}, {step.effect}", flush=True)
    print(f"{len(numbers)} mutants, {count} noticed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
