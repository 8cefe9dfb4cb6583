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
from hypothesis import HealthCheck, example, given, settings

from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.context import LISTED_WITHIN
from faults.bench import Bench, bench
from faults.forms import STRIDE
from faults.module_run import run_module
from faults.number_campaign import (
    POOL,
    Lists,
    NumberAct,
    NumberSchedule,
    carry_out_numbers,
    number_runs,
    number_schedules,
)
from harness.cast import FJORD
from harness.fault_kinds import faults_of, rule
from harness.in_process import Platform
from harness.virtual_time import Killed
from simulator.seeds.loading import load
from simulator.sent_numbers import actions_on, releases_of, uploads_of

BLOCK = [f"+3120100000{number}" for number in range(8)]
UPLOAD: dict[str, Any] = {"numbers": ["+31201000000-+31201000007"]}
RELEASE: dict[str, Any] = {"numbers": ["+31205550101", "+31205550102"], "state": "absent", "on_assigned": "unassign"}
SETTLE, WAIT = 20, 60

NOT_SHOWN_YET = NumberSchedule(
    {"task_seconds": 0.0, "number_lag_seconds": 5.0},
    (NumberAct((Lists("present", frozenset({0}), wait=False),) * 2, (None, None), (), 0.0),),
    0,
)
"""Found at random: the task of a run that did not wait had ended, and the list did not show its number yet."""

KILLED_WHILE_IT_READS_BACK = NumberSchedule(
    {"task_seconds": 0.0, "number_lag_seconds": 5.0},
    (
        NumberAct((Lists("present", frozenset({0}), wait=False, timeout=15.0),) * 2, (None, 8), (), 0.0),
        NumberAct((Lists("present", frozenset({0}), wait=False, timeout=15.0),), (None, None), (), 0.0),
    ),
    1,
)
"""Found at random: a run that had taken a batch up was killed while it waited for the list to show its number."""


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
    for step in count(0, 1 if uploads else STRIDE):
        with bench(platform) as made:
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
    made.fault(rule("upload numbers", faults_of("upload numbers")["reset after the work"], occurrence))
    result = run(made, UPLOAD)
    assert not result.get("failed"), result
    assert result["uploaded"] == UPLOAD["numbers"]
    assert set(taken(made).values()) == {1}


def test_a_request_of_unknown_fate_waits_for_its_time(made: Bench) -> None:
    made.fault(rule("upload numbers", faults_of("upload numbers")["reset before the work"]))
    first = run(made, UPLOAD)
    assert first["summary"]["failed"] == 3, first
    assert "could not be found out within 20 seconds" in first["msg"]
    sent_at = made.clock.wall()
    second = run(made, UPLOAD)
    assert not second.get("failed"), second["msg"]
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


@pytest.mark.parametrize("first", [{"wait": False}, {"verify": False}], ids=["not waited", "not verified"])
def test_what_the_list_does_not_show_yet_is_not_sent_again(made: Bench, first: dict[str, Any]) -> None:
    made.world.settings.change({"number_lag_seconds": 100})
    assert not run(made, {**UPLOAD, **first}).get("failed")
    made.pass_time(5)
    second = run(made, {**UPLOAD, "verify_timeout": 200})
    assert not second.get("failed"), second
    assert owned(made) >= set(BLOCK)
    assert set(taken(made).values()) == {1}


def test_a_run_that_is_killed_while_it_takes_up_leaves_all_to_the_next(platform: Platform) -> None:
    for step in count(0, STRIDE):
        with bench(platform, switches={"number_lag_seconds": 20}) as made:
            assert run(made, {**UPLOAD, "wait": False})["pending"] == UPLOAD["numbers"]
            try:
                run(made, {**UPLOAD, "verify_timeout": 200}, dies_at=step)
            except Killed:
                platform.figures.killed()
            else:
                assert step > 8
                return
            again = run(made, {**UPLOAD, "verify_timeout": 200})
            assert not again.get("failed"), (step, again)
            assert owned(made) >= set(BLOCK), step
            assert set(taken(made).values()) == {1}, (step, taken(made))


@pytest.mark.parametrize("words", ["failed", "listed"])
def test_the_others_of_a_batch_are_awaited_when_some_fail(made: Bench, words: str) -> None:
    refused = BLOCK[1]
    made.world.settings.change({"number_lag_seconds": 50, "failing_numbers": [refused], "partial_upload": words})
    own = {**UPLOAD, "validate": False, "verify_timeout": 200, "batch_size": len(BLOCK)}
    first = run(made, own)
    assert [each["number"] for each in first["failed_numbers"]] == [refused], first
    made.world.settings.change({"failing_numbers": []})
    assert run(made, own)["uploaded"] == [refused]
    assert taken(made) == {**dict.fromkeys(BLOCK, 1), refused: 2}


def test_what_is_never_shown_is_said_and_sent_again_after_the_promised_time(made: Bench) -> None:
    made.world.settings.change({"failing_numbers": BLOCK[:2]})
    assert run(made, {**UPLOAD, "wait": False, "validate": False})["pending"] == UPLOAD["numbers"]
    made.world.settings.change({"number_lag_seconds": 0})
    made.pass_time(60)
    made.world.settings.change({"failing_numbers": []})
    second = run(made, UPLOAD)
    assert [each["number"] for each in second["failed_numbers"]] == BLOCK[:2]
    assert "upload of +31201000000-+31201000001: it was uploaded 3" in second["msg"], second["msg"]
    made.pass_time(LISTED_WITHIN)
    assert run(made, UPLOAD)["uploaded"] == ["+31201000000-+31201000001"]


@pytest.mark.parametrize("second", [UPLOAD, {**UPLOAD, "state": "absent"}], ids=["the same", "the opposite"])
def test_two_runs_at_a_time_take_turns(made: Bench, second: dict[str, Any]) -> None:
    everything = frozenset(range(len(POOL)))
    runs = [Lists("present", everything), Lists(second.get("state", "present"), everything)]
    found = number_runs(made, *runs)
    assert all(values is not None and not values.get("failed") for values in found), found
    assert [bool(values and values["changed"]) for values in found] == [True, second is not UPLOAD]
    assert {len(each) for each in actions_on(entry.wire() for entry in made.world.log.entries).values()} == (
        {1} if second is UPLOAD else {2}
    )


@settings(
    max_examples=20,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(schedule=number_schedules())
@example(NOT_SHOWN_YET)
@example(KILLED_WHILE_IT_READS_BACK)
def test_any_schedule_comes_right(platform: Platform, schedule: NumberSchedule) -> None:
    carry_out_numbers(platform, schedule)


def test_no_more_than_ten_releases_are_sent_in_ten_seconds(made: Bench) -> None:
    load(made.world.store, {"numbers": [{"tenant_id": FJORD, "start": BLOCK[0], "count": 25}]})
    made.world.settings.change({"task_seconds": 0})
    result = run(made, {"numbers": ["+31201000000-+31201000024"], "state": "absent", "batch_size": 1})
    assert result["summary"]["released"] == 25, result
    sent = [each for each in made.transport.sent if each.path.endswith("/action/release")]
    assert [each.answer.status for each in sent if each.answer] == [200] * 25
    assert all(later.at - earlier.at >= 10 for earlier, later in zip(sent, sent[10:], strict=False))


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


def test_a_number_that_somebody_got_meanwhile_is_not_released(made: Bench) -> None:
    prune = {**UPLOAD, "prune": True, "on_assigned": "skip"}
    load(made.world.store, {"numbers": [{"tenant_id": FJORD, "start": "+31209990000", "count": 2}]})
    for name, number in made.world.store.numbers.owned(FJORD).items():
        number.assignment_status = "UserAssigned" if not name.startswith("+3120999") else "Unassigned"
    taken_from_somebody = made.world.store.numbers.owned(FJORD)["+31209990000"]
    exchange = made.transport.exchange

    def assigned_meanwhile(call: Any, timeout: float) -> Any:
        if call.url.split("?")[0].endswith("/action/upload"):
            taken_from_somebody.assignment_status = "UserAssigned"
        return exchange(call, timeout)

    made.transport.exchange = assigned_meanwhile  # type: ignore[method-assign]
    result = run(made, prune)
    assert not result.get("failed"), result
    assert result["released"] == ["+31209990001"]
    assert "+31209990000" in owned(made)
    assert any(each["number"] == "+31209990000" for each in result["skipped_numbers"])


def test_a_number_in_use_that_prune_finds_fails_as_a_release(made: Bench) -> None:
    result = run(made, {"numbers": ["+31205550102"], "prune": True})
    assert {each["number"]: each["operation"] for each in result["failed_numbers"]}["+31205550101"] == "release", result
