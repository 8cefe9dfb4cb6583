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
from harness.fakes import TENANT, FakePlatform, raw, said
from harness.workbench import Workbench, asked_once


def test_a_failed_task_is_a_failure_and_the_next_run_submits_anew(bench: Workbench, platform: FakePlatform) -> None:
    platform.failing = {TENANT}
    outcome = bench.run()
    assert isinstance(outcome.failure, TaskFailedError)
    assert "SBC is not reachable" in outcome.failure.message
    assert outcome.to_dict()["task"]["state"] == "failed"
    assert bench.entry() is None
    platform.failing = set()
    assert bench.run().outcome == Outcome.CREATED
    assert platform.posts == 2


def _fails_saying(platform: FakePlatform, text: str, **service: Any) -> None:
    """The creation's task fails with these words, at a moment when there is such a service."""

    def hook(operation: str) -> None:
        for task in platform.tasks.values():
            if task.status is None and operation.startswith("GET /api/v2/task"):
                task.made, task.status, task.messages = True, "Failed", [{"level": "Error", "message": text}]
                platform.service(**service)

    platform.hook = hook


def test_a_task_that_fails_because_the_service_is_there_is_no_failure(bench: Workbench, platform: FakePlatform) -> None:
    _fails_saying(platform, "This tenant already has a service")
    outcome = bench.run()
    assert (outcome.outcome, outcome.changed, outcome.failure) == (Outcome.UNCHANGED, False, None)
    assert any("already has a service" in warning for warning in outcome.warnings)
    assert bench.entry() is None


def test_a_task_that_fails_and_leaves_something_half_made_is_a_failure(
    bench: Workbench, platform: FakePlatform
) -> None:
    _fails_saying(
        platform, "IP Group Brad01-c already exists", SiteLocation=[{"id": 1, "sbcDeploymentState": "Failed"}]
    )
    outcome = bench.run()
    assert isinstance(outcome.failure, TaskFailedError)
    assert "no deployed SIP connection" in str(outcome.failure.hint)


def test_a_task_that_fails_for_a_service_which_nobody_shows_says_so(bench: Workbench, platform: FakePlatform) -> None:
    _fails_saying(platform, "The tenant has a service already", listed_at=1e9)
    outcome = bench.run()
    assert isinstance(outcome.failure, TaskFailedError)
    assert "look for the tenant in the portal" in str(outcome.failure.hint)


def test_a_wait_that_is_too_short_is_a_failure_that_the_next_run_takes_up(
    bench: Workbench, platform: FakePlatform
) -> None:
    outcome = bench.run(timeout=30)
    assert isinstance(outcome.failure, WaitTimeoutError)
    assert "wst_1" in outcome.failure.message
    again = bench.run()
    assert (again.outcome, again.changed) == (Outcome.ADOPTED, False)
    asked_once(platform)
    assert bench.run().outcome == Outcome.UNCHANGED


def test_a_refusal_in_mid_wait_carries_the_task_and_the_next_run_goes_on(
    bench: Workbench, platform: FakePlatform
) -> None:
    platform.fault("GET", "/api/v2/task/", raw(b"", 403), skip=3)
    outcome = bench.run()
    assert outcome.failure is not None
    assert outcome.to_dict()["task"]["id"] == "wst_1"
    assert bench.run().outcome == Outcome.ADOPTED
    asked_once(platform)


def test_without_waiting_the_task_is_returned_and_the_next_run_adopts_it(
    bench: Workbench, platform: FakePlatform
) -> None:
    first = bench.run(wait=False)
    assert (first.outcome, first.changed, first.service) == (Outcome.CREATED, True, None)
    assert first.task is not None
    assert (first.task.id, first.task.state, platform.count("GET", "/api/v2/task/")) == ("wst_1", "running", 0)
    second = bench.run(wait=False)
    assert (second.outcome, second.changed) == (Outcome.ADOPTED, False)
    third = bench.run()
    assert (third.outcome, third.changed) == (Outcome.ADOPTED, False)
    assert bench.run().outcome == Outcome.UNCHANGED
    asked_once(platform)


def test_an_earlier_submission_that_has_failed_since_is_made_anew(bench: Workbench, platform: FakePlatform) -> None:
    platform.failing = {TENANT}
    bench.run(wait=False)
    bench.clock.sleep(200)
    assert not platform.of()
    platform.failing = set()
    outcome = bench.run()
    assert (outcome.outcome, outcome.changed) == (Outcome.CREATED, True)
    assert "had failed" in outcome.warnings[0]
    assert platform.posts == 2


def test_nothing_is_made_anew_when_the_service_came_another_way(bench: Workbench, platform: FakePlatform) -> None:
    platform.failing = {TENANT}
    bench.run(wait=False)
    bench.clock.sleep(200)
    platform.service()
    outcome = bench.run()
    assert (outcome.outcome, outcome.changed) == (Outcome.UNCHANGED, False)
    asked_once(platform)


def test_a_task_that_the_platform_forgot_is_settled_by_the_service(bench: Workbench, platform: FakePlatform) -> None:
    bench.run(wait=False)
    bench.clock.sleep(3000)
    platform.of()
    del platform.tasks["wst_1"]
    outcome = bench.run()
    assert (outcome.outcome, outcome.failure) == (Outcome.ADOPTED, None)
    asked_once(platform)


def test_a_task_that_the_platform_forgot_without_a_service_is_made_anew(
    bench: Workbench, platform: FakePlatform
) -> None:
    bench.run(wait=False)
    del platform.tasks["wst_1"]
    bench.clock.sleep(3000)
    outcome = bench.run()
    assert outcome.outcome == Outcome.CREATED
    assert "a new submission is made" in outcome.warnings[0]
    assert (platform.posts, len(platform.of())) == (2, 1)


def test_a_fresh_task_that_is_never_found_is_undecided_when_no_service_appears(
    bench: Workbench, platform: FakePlatform
) -> None:
    platform.hook = lambda operation: platform.tasks.clear()
    outcome = bench.run()
    assert isinstance(outcome.failure, UndecidedError)
    assert platform.posts == 1


def test_a_fresh_task_may_not_be_found_yet(bench: Workbench, platform: FakePlatform) -> None:
    platform.fault("GET", "/api/v2/task/", *[said("Task not found", 404)] * 3)
    assert bench.run().outcome == Outcome.CREATED
    asked_once(platform)


# -- a task that the user names ----------------------------------------------------------------------------------


def test_a_given_task_is_adopted(bench: Workbench, platform: FakePlatform) -> None:
    bench.run(wait=False, journal=False)
    outcome = bench.run(wanted={"task_id": "wst_1"}, journal=False)
    assert (outcome.outcome, outcome.changed) == (Outcome.ADOPTED, False)
    assert outcome.service is not None
    asked_once(platform)
    again = bench.run(wanted={"task_id": "wst_1"})
    assert (again.outcome, again.changed) == (Outcome.ADOPTED, False)
    asked_once(platform)


def test_a_given_task_that_nobody_knows_is_an_error(bench: Workbench, platform: FakePlatform) -> None:
    outcome = bench.run(wanted={"task_id": "wst_999"})
    assert isinstance(outcome.failure, LookupFailed)
    assert "wst_999" in outcome.failure.message
    assert platform.posts == 0


def test_a_given_task_that_failed_is_a_failure_and_not_submitted_anew(bench: Workbench, platform: FakePlatform) -> None:
    platform.failing = {TENANT}
    bench.run(wait=False, journal=False)
    bench.clock.sleep(200)
    outcome = bench.run(wanted={"task_id": "wst_1"})
    assert isinstance(outcome.failure, TaskFailedError)
    assert platform.posts == 1


def test_a_submission_that_failed_while_nobody_watched_is_made_anew_at_once(
    bench: Workbench, platform: FakePlatform
) -> None:
    bench.run(wait=False)
    task = platform.tasks["wst_1"]
    task.made, task.status = True, "Failed"
    bench.clock.sleep(4000)
    began = bench.clock.now()
    outcome = bench.run()
    assert (outcome.outcome, outcome.changed) == (Outcome.CREATED, True), outcome.failure
    assert any("The submission of an earlier run had failed, so a new one is made" in text for text in outcome.warnings)
    assert platform.posts == 2
    assert bench.clock.now() - began < 2 * platform.task_seconds
    entry = bench.entry()
    assert entry is not None
    assert (entry.stage, entry.task_id) == (SubmissionStage.DONE, "wst_2")
