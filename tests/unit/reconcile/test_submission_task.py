# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The task of a submission: how it ends, also one that an earlier run or the user named."""

from __future__ import annotations

from typing import Any

from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.errors import (
    LookupFailed,
    UndecidedError,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.entries import SubmissionStage
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.outcome import Outcome
from ansible_collections.audiocodes.live_platform.plugins.module_utils._tasks.poller import (
    TaskFailedError,
    WaitTimeoutError,
)
from harness.fakes import TENANT, raw, said
from harness.unit_platform import NEVER, UnitPlatform
from harness.workbench import Workbench, asked_once
from simulator.records import SiteLocation


def test_a_failed_task_is_a_failure_and_the_next_run_submits_anew(bench: Workbench, platform: UnitPlatform) -> None:
    platform.settings.fail_tasks = [TENANT]
    outcome = bench.run()
    assert isinstance(outcome.failure, TaskFailedError)
    assert "the SBC refused the configuration" in outcome.failure.message
    assert outcome.to_dict()["task"]["state"] == "failed"
    assert bench.entry() is None
    platform.settings.fail_tasks = []
    assert bench.run().outcome == Outcome.CREATED
    assert platform.posts == 2


def _fails_saying(platform: UnitPlatform, text: str, **service: Any) -> None:
    """The creation's task fails with these words, at a moment when there is such a service."""

    def hook(operation: str) -> None:
        if operation.startswith("GET /api/v2/task") and not platform.of():
            platform.fail_tasks(text)
            platform.service(**service)

    platform.asked = hook


def test_a_task_that_fails_because_the_service_is_there_is_no_failure(bench: Workbench, platform: UnitPlatform) -> None:
    _fails_saying(platform, "This tenant already has a service")
    outcome = bench.run()
    assert (outcome.outcome, outcome.changed, outcome.failure) == (Outcome.UNCHANGED, False, None)
    assert any("already has a service" in warning for warning in outcome.warnings)
    assert bench.entry() is None


def test_a_task_that_fails_and_leaves_something_half_made_is_a_failure(
    bench: Workbench, platform: UnitPlatform
) -> None:
    _fails_saying(platform, "IP Group Brad01-c already exists", SiteLocation=[SiteLocation(1, "Brad01", 2, "failed")])
    outcome = bench.run()
    assert isinstance(outcome.failure, TaskFailedError)
    assert "no deployed SIP connection" in str(outcome.failure.hint)


def test_a_task_that_fails_for_a_service_which_nobody_shows_says_so(bench: Workbench, platform: UnitPlatform) -> None:
    _fails_saying(platform, "The tenant has a service already", listed_at=NEVER)
    outcome = bench.run()
    assert isinstance(outcome.failure, TaskFailedError)
    assert "look for the tenant in the portal" in str(outcome.failure.hint)


def test_a_wait_that_is_too_short_is_a_failure_that_the_next_run_takes_up(
    bench: Workbench, platform: UnitPlatform
) -> None:
    outcome = bench.run(timeout=30)
    assert isinstance(outcome.failure, WaitTimeoutError)
    assert platform.tasks[0].id in outcome.failure.message
    again = bench.run()
    assert (again.outcome, again.changed) == (Outcome.ADOPTED, False)
    asked_once(platform)
    assert bench.run().outcome == Outcome.UNCHANGED


def test_a_refusal_in_mid_wait_carries_the_task_and_the_next_run_goes_on(
    bench: Workbench, platform: UnitPlatform
) -> None:
    platform.fault("GET", "/api/v2/task/", raw(b"", 403), [4])
    outcome = bench.run()
    assert outcome.failure is not None
    assert outcome.to_dict()["task"]["id"] == platform.tasks[0].id
    assert bench.run().outcome == Outcome.ADOPTED
    asked_once(platform)


def test_without_waiting_the_task_is_returned_and_the_next_run_adopts_it(
    bench: Workbench, platform: UnitPlatform
) -> None:
    first = bench.run(wait=False)
    assert (first.outcome, first.changed, first.service) == (Outcome.CREATED, True, None)
    assert first.task is not None
    assert (first.task.id, first.task.state) == (platform.tasks[0].id, "running")
    assert platform.count("GET", "/api/v2/task/") == 0
    second = bench.run(wait=False)
    assert (second.outcome, second.changed) == (Outcome.ADOPTED, False)
    third = bench.run()
    assert (third.outcome, third.changed) == (Outcome.ADOPTED, False)
    assert bench.run().outcome == Outcome.UNCHANGED
    asked_once(platform)


def test_an_earlier_submission_that_has_failed_since_is_made_anew(bench: Workbench, platform: UnitPlatform) -> None:
    platform.settings.fail_tasks = [TENANT]
    bench.run(wait=False)
    bench.clock.sleep(200)
    assert not platform.of()
    platform.settings.fail_tasks = []
    outcome = bench.run()
    assert (outcome.outcome, outcome.changed) == (Outcome.CREATED, True)
    assert "had failed" in outcome.warnings[0]
    assert platform.posts == 2


def test_nothing_is_made_anew_when_the_service_came_another_way(bench: Workbench, platform: UnitPlatform) -> None:
    platform.settings.fail_tasks = [TENANT]
    bench.run(wait=False)
    bench.clock.sleep(200)
    platform.service()
    outcome = bench.run()
    assert (outcome.outcome, outcome.changed) == (Outcome.UNCHANGED, False)
    asked_once(platform)


def test_a_task_that_the_platform_forgot_is_settled_by_the_service(bench: Workbench, platform: UnitPlatform) -> None:
    bench.run(wait=False)
    bench.clock.sleep(3000)
    platform.lose_tasks()
    outcome = bench.run()
    assert (outcome.outcome, outcome.failure) == (Outcome.ADOPTED, None)
    asked_once(platform)


def test_a_task_that_the_platform_forgot_without_a_service_is_made_anew(
    bench: Workbench, platform: UnitPlatform
) -> None:
    bench.run(wait=False)
    platform.lose_tasks()
    bench.clock.sleep(3000)
    outcome = bench.run()
    assert outcome.outcome == Outcome.CREATED
    assert "a new submission is made" in outcome.warnings[0]
    assert (platform.posts, len(platform.of())) == (2, 1)


def test_a_fresh_task_that_is_never_found_is_undecided_when_no_service_appears(
    bench: Workbench, platform: UnitPlatform
) -> None:
    platform.asked = lambda operation: platform.lose_tasks()
    outcome = bench.run()
    assert isinstance(outcome.failure, UndecidedError)
    assert platform.posts == 1


def test_a_fresh_task_may_not_be_found_yet(bench: Workbench, platform: UnitPlatform) -> None:
    platform.fault("GET", "/api/v2/task/", said("Task not found", 404), [1, 2, 3])
    assert bench.run().outcome == Outcome.CREATED
    asked_once(platform)


# -- a task that the user names ----------------------------------------------------------------------------------


def test_a_given_task_is_adopted(bench: Workbench, platform: UnitPlatform) -> None:
    bench.run(wait=False, journal=False)
    outcome = bench.run(wanted={"task_id": platform.tasks[0].id}, journal=False)
    assert (outcome.outcome, outcome.changed) == (Outcome.ADOPTED, False)
    assert outcome.service is not None
    asked_once(platform)
    again = bench.run(wanted={"task_id": platform.tasks[0].id})
    assert (again.outcome, again.changed) == (Outcome.ADOPTED, False)
    asked_once(platform)


def test_a_given_task_that_nobody_knows_is_an_error(bench: Workbench, platform: UnitPlatform) -> None:
    outcome = bench.run(wanted={"task_id": "wst_999"})
    assert isinstance(outcome.failure, LookupFailed)
    assert "wst_999" in outcome.failure.message
    assert platform.posts == 0


def test_a_given_task_that_failed_is_a_failure_and_not_submitted_anew(bench: Workbench, platform: UnitPlatform) -> None:
    platform.settings.fail_tasks = [TENANT]
    bench.run(wait=False, journal=False)
    bench.clock.sleep(200)
    outcome = bench.run(wanted={"task_id": platform.tasks[0].id})
    assert isinstance(outcome.failure, TaskFailedError)
    assert platform.posts == 1


def test_a_submission_that_failed_while_nobody_watched_is_made_anew_at_once(
    bench: Workbench, platform: UnitPlatform
) -> None:
    bench.run(wait=False)
    platform.fail_tasks("The SBC refused the configuration.")
    bench.clock.sleep(4000)
    began = bench.clock.now()
    outcome = bench.run()
    assert (outcome.outcome, outcome.changed) == (Outcome.CREATED, True), outcome.failure
    assert any("The submission of an earlier run had failed, so a new one is made" in text for text in outcome.warnings)
    assert platform.posts == 2
    assert bench.clock.now() - began < 2 * platform.settings.task_seconds
    entry = bench.entry()
    assert entry is not None
    assert (entry.stage, entry.task_id) == (SubmissionStage.DONE, platform.tasks[1].id)
