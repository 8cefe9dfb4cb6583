# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many services at once, with one slow, one failing, one throttled and one lost answer among them."""

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

import pytest

from faults.bench import CROWD, PRESENT, SETTLE, Bench, bench, converged, picture
from faults.forms import STRIDE
from harness.fault_kinds import faults_of, rule
from harness.in_process import Platform
from harness.virtual_time import Stage
from simulator.seeds.loading import load

TENANTS = tuple(CROWD)
SLOW, FAILING = TENANTS[4], TENANTS[9]
SWITCHES = {"task_seconds": 30, "task_seconds_by_tenant": {SLOW: 200}, "fail_tasks": [FAILING]}
THROTTLED, LOST = 3, 6
"""Which submissions get these."""


@contextmanager
def crowd(platform: Platform, order: int = 0, **switches: Any) -> Iterator[Bench]:
    """A bench with a lead for every member of the crowd."""
    stage = Stage(Random(order).randrange) if order else Stage()
    with bench(platform, stage=stage, switches={**SWITCHES, **switches}) as made:
        leads = [{"id": f"lead of {tenant}", "tenant_id": tenant, "company_name": CROWD[tenant]} for tenant in CROWD]
        load(made.world.store, {"leads": leads})
        yield made


def with_faults(made: Bench) -> None:
    creating = faults_of("create")
    made.fault(
        rule("create", creating["429 with seconds"], THROTTLED),
        rule("create", creating["reset after the work"], LOST),
        rule("task", faults_of("task")["429 with seconds"], [2, 9]),
        rule("service list", faults_of("service list")["503"], [3]),
    )


@pytest.mark.parametrize("concurrency", [1, 3, 50])
@pytest.mark.parametrize("order", range(3))
def test_faults_with_some_do_not_harm_the_others(platform: Platform, concurrency: int, order: int) -> None:
    with crowd(platform, order) as made:
        with_faults(made)
        report = made.run(TENANTS, concurrency=concurrency)
        assert report is not None
        assert [outcome.wanted.ms_tenant_id for outcome in report.outcomes] == list(TENANTS)
        by_tenant = {outcome.wanted.ms_tenant_id: outcome for outcome in report.outcomes}
        failed = [tenant for tenant, outcome in by_tenant.items() if outcome.outcome == "failed"]
        assert failed == [FAILING], f"{picture(report)}{made.history()}"
        kinds = sorted(outcome.outcome for outcome in report.outcomes if outcome.outcome != "failed")
        assert kinds == ["adopted"] + ["created"] * (len(TENANTS) - 2), made.history()
        slow = by_tenant[SLOW].task
        assert slow is None or slow.duration >= 200
        assert made.submissions() == len(TENANTS)
        assert report.logins == 1
        made.calm()
        made.world.settings.change({"fail_tasks": []})
        made.pass_time(SETTLE)
        again = made.run(TENANTS, concurrency=concurrency)
        assert converged(again, PRESENT), picture(again)
        assert made.submissions() == len(TENANTS) + 1


def test_concurrency_makes_no_difference_but_time(platform: Platform) -> None:
    found = []
    for concurrency in (1, 50):
        with crowd(platform) as made:
            report = made.run(TENANTS, concurrency=concurrency)
            assert report is not None
            results = [outcome.to_dict() for outcome in report.outcomes]
            assert all(result["service"] for result in results if result["outcome"] == "created")
            found.append(
                [(each["ms_tenant_id"], each["outcome"], each["changed"], each["request"]) for each in results]
            )
            took = made.stage.elapsed
            assert (took > 600) == (concurrency == 1)
    assert found[0] == found[1]


def test_a_throttled_platform_gets_no_request_from_anybody_meanwhile(platform: Platform) -> None:
    with crowd(platform) as made:
        made.fault(rule("create", faults_of("create")["429 with seconds"], THROTTLED))
        made.run(TENANTS, concurrency=50)
        (refused,) = [sent for sent in made.transport.sent if sent.answer and sent.answer.status == 429]
        # What was on its way already cannot be called back.
        early = [sent for sent in made.transport.sent if refused.at + 0.1 < sent.at < refused.at + 7]
        assert early == [], made.history()


@pytest.mark.parametrize(
    "switches",
    [
        {"service_list_lag_seconds": 60},
        {"service_visible_before_done": True},
        {"task_404_seconds": 20},
        {"requests_per_minute": 100},
        {"output_guid": "camel"},
        {"task_kept_seconds": 5},
    ],
    ids=lambda switches: next(iter(switches)),
)
def test_habits_of_the_platform_change_no_outcome(platform: Platform, switches: dict[str, Any]) -> None:
    with crowd(platform, **switches) as made:
        report = made.run(TENANTS, concurrency=50)
        assert report is not None
        good = [outcome.wanted.ms_tenant_id for outcome in report.outcomes if outcome.outcome == "created"]
        assert good == [tenant for tenant in TENANTS if tenant != FAILING], f"{picture(report)}{made.history()}"


@pytest.mark.parametrize("step", range(20, 200, 15 * STRIDE))
def test_a_run_for_a_crowd_is_killed_and_the_next_takes_it_up(platform: Platform, step: int) -> None:
    with crowd(platform, fail_tasks=[]) as made:
        assert made.run(TENANTS, concurrency=50, dies_at=step) is None
        settled = made.run(TENANTS, concurrency=50)
        assert converged(settled, PRESENT), f"{picture(settled)}{made.history()}"
        assert made.submissions() == len(TENANTS)
