# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs that are killed at every single step, one after the other, in virtual time; and runs side by side."""

from itertools import count
from random import Random
from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.journal import (
    FileJournal,
    SubmissionStage,
)
from faults.bench import ABSENT, PRESENT, TENANTS, Bench, bench, converged, picture
from faults.forms import STRIDE
from harness.fault_kinds import faults_of, rule
from harness.in_process import BASE, Platform
from harness.virtual_time import Stage

LAGS = {"service_list_lag_seconds": 20, "lead_lag_seconds": 40}


def _every_step(platform: Platform, tenants: tuple[str, ...], state: str, stride: int, **switches: Any) -> int:
    """Kill at every ``stride``-th step and see that the next run settles it; how often."""
    for step in count(1, stride):
        with bench(platform, switches=switches) as made:
            if state == ABSENT:
                made.provide(tenants)
            if made.run(tenants, state, dies_at=step) is not None:
                return step
            _settle(made, tenants, state)
    raise AssertionError


def _settle(made: Bench, tenants: tuple[str, ...], state: str) -> None:
    journal = FileJournal(made.folder / "journal", BASE, made.clock, made.told.append)
    entries = {tenant: journal.read(tenant) for tenant in tenants}
    known = {
        tenant for tenant, entry in entries.items() if entry is not None and entry.stage == SubmissionStage.SUBMITTED
    }
    before = made.stage.elapsed
    second = made.run(tenants, state)
    assert second is not None
    assert converged(second, state), f"{picture(second)}\n{made.history()}"
    for outcome in second.outcomes:
        if outcome.wanted.ms_tenant_id in known:
            assert outcome.outcome == "adopted", made.history()
    if len(known) == len(tenants):
        assert made.stage.elapsed - before < 60, "a task that is known is followed, not searched for"
    made.pass_time(100)
    sent = len(made.writes())
    third = made.run(tenants, state)
    assert converged(third, state, changed=False), f"{picture(third)}\n{made.history()}"
    assert len(made.writes()) == sent
    assert all(len(made.services(tenant)) == (state == PRESENT) for tenant in tenants), made.history()
    assert made.submissions() == len(tenants), made.history()


@pytest.mark.parametrize("switches", [{}, LAGS, {"output_guid": "camel", "task_seconds": 0}])
@pytest.mark.parametrize("state", [PRESENT, ABSENT])
def test_a_run_for_one_service_is_killed_at_every_step(
    platform: Platform, state: str, switches: dict[str, Any]
) -> None:
    assert _every_step(platform, TENANTS[:1], state, STRIDE if switches else 1, **switches) > 8


@pytest.mark.parametrize("state", [PRESENT, ABSENT])
def test_a_run_for_many_services_is_killed_at_every_step(platform: Platform, state: str) -> None:
    assert _every_step(platform, TENANTS, state, 3, output_guid="camel") > 12


@pytest.mark.parametrize("order", range(12))
def test_of_runs_side_by_side_one_submits_and_the_others_adopt(platform: Platform, order: int) -> None:
    with bench(platform, stage=Stage(Random(order).randrange), switches=LAGS) as made:
        reports = made.together(*[made.process(TENANTS[:1]) for _run in range(3)])
        found = sorted(report.outcomes[0].outcome for report in reports if report is not None)
        assert found in (["adopted", "adopted", "created"], ["adopted", "created", "unchanged"]), made.history()
        assert made.submissions() == 1
        assert len(made.writes()) == 1


@pytest.mark.parametrize("step", range(5, 12))
def test_when_the_run_that_submits_is_killed_the_one_beside_it_goes_on(platform: Platform, step: int) -> None:
    with bench(platform, switches=LAGS) as made:
        _killed, other = made.together(made.process(TENANTS[:1]), made.process(TENANTS[:1]), dies_at=[step, None])
        assert converged(other, PRESENT), f"{picture(other)}\n{made.history()}"
        assert made.submissions() == 1, made.history()


@pytest.mark.parametrize("fault", ["reset after the work", "reset before the work", "409"])
def test_a_service_that_was_deleted_is_not_taken_for_the_one_that_was_asked_for(platform: Platform, fault: str) -> None:
    tenants = TENANTS[:1]
    with bench(platform, switches={"service_list_lag_seconds": 60, "lead_lag_seconds": 30}) as made:
        made.provide(tenants)
        old = made.services(tenants[0])
        assert converged(made.run(tenants, ABSENT), ABSENT, changed=True)
        made.fault(rule("create", faults_of("create")[fault]))
        first = made.run(tenants)
        assert first is not None
        assert first.outcomes[0].outcome == ("adopted" if fault == "reset after the work" else "failed")
        made.calm()
        assert converged(made.run(tenants), PRESENT), made.history()
        assert made.services(tenants[0]).isdisjoint(old)
        assert len(made.services(tenants[0])) == 1
