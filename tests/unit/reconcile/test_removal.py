# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Deleting: what is meant, once, and never while a creation is under way."""

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.errors import ApiError, ConflictError
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.entries import SubmissionStage
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.outcome import Outcome
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.resource import ABSENT
from harness.fakes import GUID, TENANT, lost, raw, said
from harness.unit_platform import NEVER, UnitPlatform
from harness.workbench import Workbench

DELETE = "/api/v2/customer/"


def test_a_service_is_deleted_once(bench: Workbench, platform: UnitPlatform) -> None:
    platform.service()
    outcome = bench.run(state=ABSENT)
    assert (outcome.outcome, outcome.changed) == (Outcome.DELETED, True)
    assert (platform.of(), platform.writes) == ([], [f"DELETE {DELETE}{GUID}"])
    assert outcome.before["state"] == "present"
    assert outcome.before["service"]["short_name"] == "Brad01"
    assert outcome.after == {"state": "absent"}
    again = bench.run(state=ABSENT)
    assert (again.outcome, again.changed) == (Outcome.UNCHANGED, False)
    assert len(platform.writes) == 1


def test_a_missing_service_is_unchanged_and_needs_no_short_name(bench: Workbench, platform: UnitPlatform) -> None:
    platform.store.drop_lead("lead-0")
    outcome = bench.run(state=ABSENT, wanted={"short_name": None})
    assert (outcome.outcome, outcome.changed, outcome.request) == (Outcome.UNCHANGED, False, None)
    assert platform.writes == []


def test_a_hosted_service_is_never_deleted(bench: Workbench, platform: UnitPlatform) -> None:
    platform.service(LicenseType=2)
    assert bench.run(state=ABSENT).outcome == Outcome.UNCHANGED
    assert platform.writes == []


@pytest.mark.parametrize("wanted", [{"short_name": "Other1"}, {"ump_customer_guid": GUID[:-1] + "9"}])
def test_another_service_than_the_one_that_is_meant_stays(
    bench: Workbench, platform: UnitPlatform, wanted: dict[str, str]
) -> None:
    platform.service()
    outcome = bench.run(state=ABSENT, wanted=wanted)
    assert isinstance(outcome.failure, ConflictError)
    assert platform.writes == []


def test_check_mode_only_says_what_would_be_deleted(bench: Workbench, platform: UnitPlatform) -> None:
    platform.service()
    outcome = bench.run(state=ABSENT, check=True)
    assert (outcome.outcome, outcome.changed, platform.writes) == (Outcome.WOULD_DELETE, True, [])
    real = bench.run(state=ABSENT)
    assert (real.before, real.after) == (outcome.before, outcome.after)


def test_a_service_that_somebody_else_just_deleted_is_unchanged(bench: Workbench, platform: UnitPlatform) -> None:
    platform.service()
    platform.asked = lambda operation: platform.remove() if operation.startswith("DELETE") else None
    outcome = bench.run(state=ABSENT)
    assert (outcome.outcome, outcome.changed) == (Outcome.UNCHANGED, False)


@pytest.mark.parametrize("fault", [lost(), raw(b"", 502), raw(b"", 500), raw(b'{"cut')])
def test_a_lost_answer_to_a_deletion_is_settled_by_asking_again(
    bench: Workbench, platform: UnitPlatform, fault: object
) -> None:
    platform.service()
    platform.fault("DELETE", DELETE, fault, after=True)  # type: ignore[arg-type]
    outcome = bench.run(state=ABSENT)
    assert (outcome.outcome, outcome.changed, outcome.failure) == (Outcome.DELETED, True, None)
    assert platform.of() == []


def test_a_refused_deletion_is_a_failure(bench: Workbench, platform: UnitPlatform) -> None:
    platform.service()
    platform.fault("DELETE", DELETE, said({"title": "Forbidden"}, 403))
    outcome = bench.run(state=ABSENT)
    assert isinstance(outcome.failure, ApiError)
    assert len(platform.of()) == 1
    assert bench.run().outcome == Outcome.UNCHANGED
    assert bench.run(state=ABSENT).outcome == Outcome.DELETED


@pytest.mark.parametrize("done", [True, False])
def test_after_an_odd_answer_to_a_deletion_it_is_looked_whether_the_service_is_gone(
    bench: Workbench, platform: UnitPlatform, done: bool
) -> None:
    platform.service()
    platform.fault("DELETE", DELETE, said({"status": "queued"}), after=done)
    assert bench.run(state=ABSENT).outcome == Outcome.DELETED
    assert (platform.of(), platform.count("DELETE")) == ([], 1 if done else 2)


def test_a_list_that_lags_behind_a_deletion_does_not_bring_the_service_back(
    bench: Workbench, platform: UnitPlatform
) -> None:
    platform.settings.service_list_lag_seconds = NEVER
    platform.service()
    bench.run(state=ABSENT)
    entry = bench.entry()
    assert entry is not None
    assert (entry.stage, entry.object_id) == (SubmissionStage.DELETED, GUID)
    platform.alter(platform.leads[0], ump_customer_guid=GUID)
    assert GUID in platform.store.listed
    assert bench.run(state=ABSENT).outcome == Outcome.UNCHANGED
    assert bench.run().outcome == Outcome.CREATED


def test_a_service_is_not_said_to_be_gone_while_its_creation_goes_on(bench: Workbench, platform: UnitPlatform) -> None:
    bench.run(wait=False)
    outcome = bench.run(state=ABSENT)
    assert isinstance(outcome.failure, ConflictError)
    assert platform.tasks[0].id in outcome.failure.message
    assert platform.count("DELETE") == 0
    bench.clock.sleep(200)
    assert bench.run(state=ABSENT).outcome == Outcome.DELETED


def test_nor_while_it_may_go_on(bench: Workbench, platform: UnitPlatform) -> None:
    bench.journal().intend(TENANT, "Brad01")
    assert isinstance(bench.run(state=ABSENT).failure, ConflictError)
    bench.clock.sleep(700)  # a creation may take as long as a task is waited for
    assert isinstance(bench.run(state=ABSENT).failure, ConflictError)
    bench.clock.sleep(1200)
    assert bench.run(state=ABSENT).outcome == Outcome.UNCHANGED


@pytest.mark.parametrize("ended", ["failed", "forgotten"])
def test_a_creation_that_came_to_nothing_does_not_hinder(bench: Workbench, platform: UnitPlatform, ended: str) -> None:
    platform.settings.fail_tasks = [TENANT]
    bench.run(wait=False)
    bench.clock.sleep(200)
    if ended == "forgotten":
        platform.lose_tasks()
    assert bench.run(state=ABSENT).outcome == Outcome.UNCHANGED


def test_a_service_that_shows_while_its_task_still_runs_is_not_deleted(
    bench: Workbench, platform: UnitPlatform
) -> None:
    platform.settings.service_visible_before_done = True
    bench.run(wait=False)
    assert len(platform.of()) == 1
    assert isinstance(bench.run(state=ABSENT).failure, ConflictError)
    assert platform.count("DELETE") == 0
