# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Telephone numbers in virtual time: no batch is sent twice, whatever happens to an answer or to a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest

from faults.bench import Bench, bench
from faults.module_run import run_module
from harness.cast import FJORD
from harness.in_process import Platform
from harness.troubles import rule, troubles_of
from harness.virtual_time import Killed
from simulator.sent_numbers import releases_of, uploads_of

BLOCK = [f"+3120100000{number}" for number in range(8)]
UPLOAD: dict[str, Any] = {"numbers": ["+31201000000-+31201000007"]}
RELEASE: dict[str, Any] = {"numbers": ["+31205550101", "+31205550102"], "state": "absent", "on_assigned": "unassign"}
SETTLE, WAIT = 20, 60


@pytest.fixture
def made(platform: Platform) -> Iterator[Bench]:
    with bench(platform) as one:
        yield one


def run(made: Bench, options: dict[str, Any], **how: Any) -> dict[str, Any]:
    own = {
        "ms_tenant_id": FJORD,
        "journal_path": str(made.folder / "journal"),
        "settle_timeout": SETTLE,
        "wait_timeout": WAIT,
        "verify_timeout": 30,
        "batch_size": 3,
    }
    return run_module(made, "oc_numbers", {**own, **options}, **how).result


def owned(made: Bench) -> set[str]:
    return set(made.world.store.numbers.owned(FJORD))


def taken(made: Bench) -> Counter[str]:
    """How often the platform has taken each number in an upload or a release, whatever became of its answer."""
    log = [entry.wire() for entry in made.world.log.entries]
    return uploads_of(log) + releases_of(log)


@pytest.mark.parametrize("options", [UPLOAD, RELEASE], ids=["upload", "release"])
def test_a_run_that_is_killed_at_any_step_is_taken_up(platform: Platform, options: dict[str, Any]) -> None:
    uploads = options is UPLOAD
    for step in count():
        with bench(platform) as made:
            platform.figures.schedule()
            try:
                run(made, options, dies_at=step)
            except Killed:
                platform.figures.killed()
            else:
                assert step > 8
                return
            again = run(made, options)
            assert not again.get("failed"), (step, again)
            there = owned(made)
            assert there >= set(BLOCK) if uploads else not there & set(RELEASE["numbers"]), step
            assert max(taken(made).values()) == 1, (step, taken(made))
            assert not run(made, options)["changed"], step


@pytest.mark.parametrize("occurrence", [1, 2, 3])
def test_a_lost_answer_sends_nothing_twice(made: Bench, occurrence: int) -> None:
    made.trouble(rule("upload numbers", troubles_of("upload numbers")["reset after the work"], occurrence))
    result = run(made, UPLOAD)
    assert not result.get("failed"), result
    assert result["uploaded"] == UPLOAD["numbers"]
    assert set(taken(made).values()) == {1}


def test_a_request_of_unknown_fate_waits_for_its_time(made: Bench) -> None:
    made.trouble(rule("upload numbers", troubles_of("upload numbers")["reset before the work"]))
    first = run(made, UPLOAD)
    assert first["summary"]["failed"] == 3, first
    assert "could not be found out within 20 seconds" in first["msg"]
    sent_at = made.clock.wall()
    second = run(made, UPLOAD)
    assert not second.get("failed"), second
    assert made.clock.wall() - sent_at >= WAIT - SETTLE - 5
    assert second["summary"]["uploaded"] == 3
    assert owned(made) >= set(BLOCK)
    assert set(taken(made).values()) == {1}


def test_nobody_waits_and_the_next_run_takes_it_up(made: Bench) -> None:
    first = run(made, {**UPLOAD, "wait": False})
    assert first["changed"]
    assert first["pending"] == UPLOAD["numbers"]
    between = run(made, {**UPLOAD, "wait": False})
    assert not between.get("failed"), between
    second = run(made, UPLOAD)
    assert not second.get("failed"), second
    assert owned(made) >= set(BLOCK)
    assert set(taken(made).values()) == {1}


def test_a_task_that_fails_fails_its_numbers_alone(made: Bench) -> None:
    made.world.settings.change({"fail_tasks": [f"{FJORD}:number-upload"]})
    result = run(made, UPLOAD)
    assert result["summary"]["failed"] == 8
    assert all("ended with the status" in each["reason"] for each in result["failed_numbers"])
    made.world.settings.change({"fail_tasks": []})
    assert run(made, UPLOAD)["summary"]["uploaded"] == 8


def test_a_number_is_not_released_while_it_is_taken_from_its_user(made: Bench) -> None:
    first = run(made, {**RELEASE, "wait": False})
    assert not first.get("failed"), first
    assert first["unassigned"] == ["+31205550101"]
    assert set(taken(made)) == {"+31205550102"}
    second = run(made, RELEASE)
    assert not second.get("failed"), second
    assert not owned(made) & set(RELEASE["numbers"])
    assert set(taken(made).values()) == {1}
