# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many tasks cost few requests and are noticed soon, whatever the habits of the platform."""

from __future__ import annotations

from random import Random
from statistics import median
from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.outcome import Outcome
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.oc_service.result import ServiceReport
from ansible_collections.audiocodes.live_platform.plugins.module_utils._tasks import poll_schedule as pace_module
from ansible_collections.audiocodes.live_platform.plugins.module_utils._tasks.poll_schedule import (
    FIRST_PAUSE,
    LAG,
    LAG_SHARE,
    MANY,
    POLLS_PER_SECOND,
    PollSchedule,
)
from harness.unit_platform import UnitPlatform
from harness.workbench import Workbench

LATENCY = 0.003
FIXED = 200
"""Requests of a run, however many services it has: looks at the list, and polls of the first task."""

OTHERS = 3
"""Requests for a service besides the polls of its task."""

TENANTS = [f"bbbbbbbb-0000-4000-8000-{number:012d}" for number in range(120)]


def _run(bench: Workbench, platform: UnitPlatform, count: int = len(TENANTS), **how: Any) -> ServiceReport:
    """A run in which each request takes a moment."""

    def pass_time(operation: str) -> None:
        bench.clock.sleep(LATENCY)

    platform.asked = pass_time
    for tenant in TENANTS:
        platform.lead(tenant)
    wanted = [
        {"ms_tenant_id": tenant, "short_name": f"Name{number:03d}"} for number, tenant in enumerate(TENANTS[:count])
    ]
    return bench.run_all(wanted, **{"max_concurrency": 200, **how})


def _lags(report: ServiceReport, platform: UnitPlatform) -> list[float]:
    """Seconds from the end of each task to its detection."""
    seconds = {task.id: task.seconds for task in platform.tasks}
    return [outcome.task.duration - seconds[outcome.task.id] for outcome in report.outcomes if outcome.task is not None]


def most_polls(seconds: float, at_once: int) -> float:
    """Polls of a task that takes so long, among so many, when each comes as late as it may."""
    age, polls = 0.0, 1
    while age < seconds:
        age += max(LAG, LAG_SHARE * age, at_once / POLLS_PER_SECOND)
        polls += 1
    return polls


@pytest.mark.parametrize(
    ("seconds", "concurrency"), [(5.0, 10), (20.0, 10), (60.0, 10), (5.0, 200), (60.0, 200), (300.0, 200)]
)
def test_many_tasks_cost_few_requests_each_and_are_noticed_soon(
    bench: Workbench, platform: UnitPlatform, seconds: float, concurrency: int
) -> None:
    platform.settings.task_seconds = seconds
    report = _run(bench, platform, max_concurrency=concurrency)
    assert {outcome.outcome for outcome in report.outcomes} == {Outcome.CREATED}
    polls = most_polls(seconds, min(concurrency, len(TENANTS)))
    assert report.requests <= FIXED + (OTHERS + polls) * len(TENANTS)
    assert median(_lags(report, platform)) <= max(1.0, 0.05 * seconds)
    assert report.logins <= 1 + report.duration / 3500


def test_tasks_of_very_different_durations_are_noticed_soon_too(bench: Workbench, platform: UnitPlatform) -> None:
    platform.settings.task_seconds_by_tenant = {tenant: 10.0 + 1.5 * number for number, tenant in enumerate(TENANTS)}
    report = _run(bench, platform)
    assert report.requests <= FIXED + (OTHERS + most_polls(100.0, 60)) * len(TENANTS)
    lags = _lags(report, platform)
    assert median(lags) <= 5
    assert max(lags) <= 20


def test_a_list_that_lags_or_lies_costs_time_and_requests_but_no_result(
    bench: Workbench, platform: UnitPlatform
) -> None:
    platform.settings.task_seconds = 60.0
    platform.settings.service_list_lag_seconds = platform.settings.lead_lag_seconds = 20.0
    report = _run(bench, platform)
    assert {outcome.outcome for outcome in report.outcomes} == {Outcome.CREATED}
    assert all(outcome.service is not None for outcome in report.outcomes)
    assert median(_lags(report, platform)) <= 7


def test_a_service_that_the_list_shows_is_no_success(bench: Workbench, platform: UnitPlatform) -> None:
    platform.settings.task_seconds = 60.0
    platform.settings.service_visible_before_done = True
    platform.settings.fail_tasks = TENANTS[:10]
    report = _run(bench, platform)
    assert [outcome.outcome for outcome in report.outcomes] == [Outcome.FAILED] * 10 + [Outcome.CREATED] * (
        len(TENANTS) - 10
    )
    for outcome in report.outcomes:
        assert outcome.task is None or outcome.task.duration >= 59


def test_a_task_that_hangs_among_many_is_watched_as_if_it_were_alone(bench: Workbench, platform: UnitPlatform) -> None:
    platform.settings.task_seconds = 20.0
    platform.settings.task_seconds_by_tenant = {TENANTS[50]: 400.0}
    report = _run(bench, platform)
    (slow,) = [outcome for outcome in report.outcomes if outcome.wanted.ms_tenant_id == TENANTS[50]]
    assert slow.task is not None
    assert 400 <= slow.task.duration <= 420
    assert slow.task.polls <= 100


def test_the_read_back_is_shared(bench: Workbench, platform: UnitPlatform) -> None:
    platform.settings.task_seconds = 60.0
    _run(bench, platform)
    assert platform.count("GET", "/api/v3/customer/") == 0
    assert platform.count("GET", "/api/v3/customer") <= 80
    assert platform.count("GET", "/api/v2/oc/lead") == 1


def test_a_task_alone_is_polled_with_growing_pauses() -> None:
    schedule = PollSchedule(15.0)
    one = schedule.begin("one", 0.0)
    assert [round(schedule.pause(one, age), 2) for age in (0.0, 3.0, 50.0, 1000.0)] == [FIRST_PAUSE, 0.3, 4.0, 15.0]


def test_once_tasks_have_ended_the_next_is_polled_when_they_did(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace_module, "LAG", 30.0)
    schedule = PollSchedule(15.0)
    for key in "abc":
        one = schedule.begin(key, 0.0)
        one.polled = 20.0
        schedule.succeeded(one, 19.9)
        schedule.end(one)
    fresh = schedule.begin("fresh", 100.0)
    assert schedule.pause(fresh, 100.0) == pytest.approx(19.95)
    assert schedule.overdue(119.0) == []
    assert schedule.overdue(121.0) == ["fresh"]


DISTRIBUTIONS: dict[str, tuple[float, float, float | None]] = {
    "alike": (280, 320, None),
    "alike, early failures": (280, 320, 60),
    "short": (20, 40, None),
    "different": (120, 900, None),
    "different, early failures": (120, 900, 40),
    "very different": (60, 1500, None),
}
"""Shortest and longest task, and after how many seconds a failing one fails, if not at its end."""


@pytest.mark.parametrize(("concurrency", "seed"), [(1, 0), (10, 1), (30, 2)])
@pytest.mark.parametrize("name", DISTRIBUTIONS)
def test_any_end_is_noticed_within_five_seconds_or_a_tenth_of_the_duration(
    bench: Workbench, platform: UnitPlatform, name: str, seed: int, concurrency: int
) -> None:
    shortest, longest, early = DISTRIBUTIONS[name]
    chance = Random(seed)
    count = 6 if concurrency == 1 else 36
    tenants = TENANTS[:count]
    platform.settings.task_seconds_by_tenant = {tenant: chance.uniform(shortest, longest) for tenant in tenants}
    platform.settings.fail_tasks = chance.sample(tenants, count // 6)
    if early is not None:
        platform.settings.task_seconds_by_tenant |= dict.fromkeys(platform.settings.fail_tasks, early)
    report = _run(bench, platform, count, max_concurrency=concurrency)
    assert sum(outcome.outcome == Outcome.FAILED for outcome in report.outcomes) == count // 6
    seen = {
        outcome.task.id: outcome.task.duration
        for outcome in report.outcomes
        if outcome.task is not None and outcome.failure is None
    }
    failed = {
        outcome.failure.task["id"]: outcome.failure.task["duration"]
        for outcome in report.outcomes
        if outcome.failure is not None and outcome.failure.task is not None
    }
    seconds = {task.id: task.seconds for task in platform.tasks}
    for task_id, duration in {**seen, **failed}.items():
        true = seconds[task_id]
        assert duration - true <= max(5.0, 0.1 * true), f"{task_id}: {true} s, noticed after {duration} s"
    assert len({**seen, **failed}) == count
    most = sum(OTHERS + most_polls(true, concurrency) for true in seconds.values())
    assert report.requests <= FIXED + most + report.duration / 2


def test_a_source_of_wrong_hints_is_not_believed_for_long() -> None:
    schedule = PollSchedule(15.0)
    for number in range(3):
        assert schedule.hints
        one = schedule.begin(str(number), 0.0)
        schedule.hint(one.key, 5.0)
        one.polled = 6.0
        schedule.judge(one, ended=False)
    assert not schedule.hints


def test_a_hint_is_kept_until_the_task_was_polled_after_it() -> None:
    schedule = PollSchedule(15.0)
    for number in range(MANY):
        schedule.begin(str(number), 0.0).polled = 10.0
    one = schedule.waiting[2]
    schedule.hint(one.key, 10.2)
    schedule.judge(one, ended=False)
    assert schedule.overdue(10.3) == [one.key], "the poll had been sent before"
    one.polled = 10.4
    schedule.judge(one, ended=False)
    assert schedule.overdue(10.5) == []
