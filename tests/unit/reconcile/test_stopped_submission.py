# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A run that a signal ends, in each state of a submission: the journal says after it what it said before."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.services import Service
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.context import Context
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.entries import SubmissionStage
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.outcome import Outcome
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.submission import Submission
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.transitions import State
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.oc_service.request import (
    WantedService,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.oc_service.resource import OcService
from ansible_collections.audiocodes.live_platform.plugins.module_utils._tasks.poll_schedule import PollSchedule
from harness.fakes import TENANT, lost, said
from harness.unit_platform import UnitPlatform
from harness.workbench import Workbench

CREATE = "/api/v3/customer"
TASK = "/api/v2/task/"
NOT_FOUND = said("Task not found", 404)

Fault = Callable[[UnitPlatform], None]


def _lost(platform: UnitPlatform) -> None:
    platform.fault("POST", CREATE, lost())


def _refused(platform: UnitPlatform) -> None:
    platform.fault("POST", CREATE, said("Customer is already being created", 409))


def _slow(platform: UnitPlatform) -> None:
    platform.settings.task_seconds = 600.0


def _forgotten(platform: UnitPlatform) -> None:
    platform.settings.task_seconds = 600.0
    platform.fault("GET", TASK, NOT_FOUND, "every")


def _failing(platform: UnitPlatform) -> None:
    def hook(operation: str) -> None:
        if operation.startswith(f"GET {TASK}"):
            platform.fail_tasks("The tenant has a service already")

    platform.asked = hook


def _not_listed(platform: UnitPlatform) -> None:
    platform.settings.service_list_lag_seconds = platform.settings.lead_lag_seconds = 500.0


def _submission(bench: Workbench) -> Submission[WantedService, Service]:
    tools = bench.tools()
    wanted = WantedService.from_options({"ms_tenant_id": TENANT, "short_name": "Brad01", "configuration": "ip_group"})
    resource = OcService(tools, [wanted], bench.told.append)
    tools.progress.begun(TENANT, "Brad01")
    context = Context(tools, resource, wanted, bench.told.append, PollSchedule(15.0), lambda: None)
    return Submission(context, existed=False)


@pytest.mark.parametrize(
    ("state", "fault"),
    [
        (State.UNANSWERED, _lost),
        (State.REFUSED, _refused),
        (State.RUNNING, _slow),
        (State.UNREADABLE, _forgotten),
        (State.BROKEN, _failing),
        (State.SUCCEEDED, _not_listed),
    ],
)
def test_a_signal_changes_nothing_in_the_journal(
    bench: Workbench, platform: UnitPlatform, state: State, fault: Fault
) -> None:
    fault(platform)
    submission = _submission(bench)
    steps = submission.run()
    for pause in steps:
        if submission._state is state:
            break
        bench.clock.sleep(pause)
    else:
        raise AssertionError("it has ended before")
    bench.clock.sleep(7)
    before = bench.entry()
    steps.close()
    assert bench.entry() == before
    assert submission._state in (State.OPEN, State.FAILED)
    assert (before is None) is (state in (State.REFUSED, State.BROKEN))


def test_a_task_that_can_be_read_again_is_still_the_one_in_the_journal(
    bench: Workbench, platform: UnitPlatform
) -> None:
    platform.settings.task_seconds = 900.0
    platform.fault("GET", TASK, NOT_FOUND, range(1, 61))
    submission = _submission(bench)
    states: list[State | None] = []
    steps = submission.run()
    for pause in steps:
        states.append(submission._state)
        if State.UNREADABLE in states and states[-1] is State.RUNNING:
            break
        before = bench.entry()
        bench.clock.sleep(pause)
    else:
        raise AssertionError(states)
    assert bench.entry() == before
    assert before is not None
    assert (before.stage, before.task_id) == (SubmissionStage.SUBMITTED, platform.tasks[0].id)
    steps.close()


def test_a_task_that_is_forgotten_after_its_end_leaves_the_service_in_the_journal(
    bench: Workbench, platform: UnitPlatform
) -> None:
    platform.settings.task_seconds = 70.0
    platform.fault("GET", TASK, NOT_FOUND, "every")
    outcome = bench.run()
    assert (outcome.outcome, outcome.changed) == (Outcome.CREATED, True), outcome.failure
    assert any("the service is there, so the task has ended" in warning for warning in outcome.warnings)
    entry = bench.entry()
    assert entry is not None
    assert (entry.stage, entry.task_id) == (SubmissionStage.DONE, platform.tasks[0].id)
    assert entry.object_id == platform.of()[0].ump_customer_guid
