# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Waiting for customers in virtual time: until they are deployed, until the time is over, or until a signal comes."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from faults.bench import NAMES, TENANTS, Bench, bench
from faults.module_run import run_module
from harness.fault_kinds import faults_of, rule
from harness.in_process import Platform

BOTH = TENANTS[:2]
AGE = 1000
"""Seconds since which the services are there; the bench lets so many pass."""


@pytest.fixture
def made(platform: Platform) -> Iterator[Bench]:
    """Two services, which are deployed in about fifty seconds."""
    with bench(platform, switches={"deploy_seconds": AGE + 50}) as one:
        one.provide(BOTH)
        yield one


@pytest.fixture
def heeded() -> Iterator[signal.Signals]:
    """A signal that is heeded, even where the tests run in the background and were told to ignore it."""
    before = signal.signal(signal.SIGTERM, signal.SIG_DFL)
    yield signal.SIGTERM
    signal.signal(signal.SIGTERM, before)


def wait(made: Bench, **more: Any) -> dict[str, Any]:
    customers = [{"ms_tenant_id": tenant} for tenant in BOTH]
    options = {"customers": customers, "wait_for": "deployed", "show_sbc_names": False, **more}
    return run_module(made, "oc_status_info", options, here=True).result


def looks(made: Bench) -> list[float]:
    """When the list of services was read, in seconds from the first time."""
    at = [sent.at for sent in made.transport.sent if sent.path.endswith("/api/v3/customer")]
    return [each - at[0] for each in at]


def test_the_wait_ends_when_all_are_deployed(made: Bench) -> None:
    result = wait(made)
    assert not result.get("failed"), result
    assert [record["state"] for record in result["services"]] == ["deployed", "deployed"]
    assert result["problems"] == []
    seen = looks(made)
    assert 50 <= seen[-1] <= 58, "the end is noticed within a tenth of the time"
    pauses = [later - earlier for earlier, later in pairwise(seen)]
    assert 1 <= pauses[0] < 1.1
    assert all(later >= earlier - 0.1 for earlier, later in pairwise(pauses)), "pauses grow"
    assert len(seen) < 30


@pytest.mark.parametrize(("timeout", "delay"), [(20, 15), (600, 4)])
def test_the_wait_ends_when_its_time_is_over(platform: Platform, timeout: float, delay: float) -> None:
    with bench(platform, switches={"deploy_fails": [NAMES[BOTH[0]]]}) as made:
        made.provide(BOTH)
        result = wait(made, wait_timeout=timeout, wait_delay=delay)
        seen = looks(made)
    assert not result.get("failed"), result
    assert result["problems"] == result["lines"][:1]
    assert "'Failed'" in result["problems"][0]
    assert timeout <= seen[-1] < timeout + 1, "looked at once more in the end"
    assert max(later - earlier for earlier, later in pairwise(seen)) < delay + 0.1


def interrupt(made: Bench, number: signal.Signals) -> None:
    """Let the process get the signal while the platform works on its ninth request."""
    inspect, requests = made.transport.inspect, iter(range(1000))

    def interrupting() -> None:
        inspect()
        if next(requests) == 8:
            os.kill(os.getpid(), number)
            time.sleep(0.1)  # for the main thread, which handles it

    made.transport.inspect = interrupting


@pytest.mark.parametrize("way", [True, False], ids=["here", "sent"])
def test_a_signal_ends_the_wait_cleanly(made: Bench, heeded: signal.Signals, way: bool) -> None:
    interrupt(made, heeded)
    options = {"customers": [{"ms_tenant_id": tenant} for tenant in BOTH], "wait_for": "deployed"}
    result = run_module(made, "oc_status_info", options, here=way).result
    assert result["failed"]
    assert result["msg"] == "The wait was interrupted (SIGTERM). Nothing was changed; run again to wait on."
    assert result["failure"]["hint"]
    assert [record["state"] for record in result["services"]] == ["not_deployed", "not_deployed"]
    assert len(result["lines"]) == 2
    assert looks(made)[-1] < 20
    assert signal.getsignal(heeded) == signal.SIG_DFL


def test_a_signal_ends_the_wait_for_tasks_cleanly(platform: Platform, heeded: signal.Signals) -> None:
    with bench(platform, switches={"task_seconds": AGE + 500}) as made:
        made.provide(BOTH)
        tasks = list(made.world.store.tasks)
        outcomes = [
            {"ms_tenant_id": tenant, "outcome": "created", "task_id": each}
            for tenant, each in zip(BOTH, tasks, strict=True)
        ]
        interrupt(made, heeded)
        result = run_module(made, "oc_status_info", {"outcomes": outcomes, "wait_for": "tasks"}).result
        assert result["failed"]
        assert "interrupted (SIGTERM)" in result["msg"]
        assert [each["state"] for each in result["tasks"]] == ["running", "running"]
        assert result["services"] == []


def test_a_look_that_fails_is_made_again(made: Bench) -> None:
    made.fault(rule("service list", faults_of("service list")["403"], [1, 2, 4]))
    result = wait(made)
    assert not result.get("failed"), result
    assert [record["state"] for record in result["services"]] == ["deployed", "deployed"]


def test_a_platform_that_lets_nobody_look_is_a_failure_in_the_end(made: Bench) -> None:
    made.fault(rule("service list", faults_of("service list")["403"], "every"))
    result = wait(made, wait_timeout=30)
    assert result["failed"]
    assert result["failure"]["http_status"] == 403
    assert 30 <= looks(made)[-1] < 31


def test_whom_nobody_finds_is_not_waited_for(made: Bench) -> None:
    result = wait(made, customers=[{"company_name": "Nobody at all"}])
    assert [record["state"] for record in result["services"]] == ["unknown"]
    assert len(result["problems"]) == 1
    assert len(looks(made)) == 1
