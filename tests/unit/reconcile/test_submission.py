# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Never twice: one submission per service, whatever breaks before, in between and after."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.errors import (
    ApiError,
    ConflictError,
    LookupFailed,
    UndecidedError,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.journal import Entry, SubmissionStage
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.outcome import Outcome
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.oc_service.result import ServiceResult
from harness.fakes import GUID, TENANT, lost, raw, refused, said
from harness.unit_platform import NEVER, UnitPlatform
from harness.virtual_time import Killed
from harness.workbench import Workbench, asked_once

CREATE = "/api/v3/customer"
LOST = [
    lost(),
    raw(b"", 500),
    raw(b"<html>", 502),
    raw(b"", 503),
    raw(b"", 504),
    raw(b"", 524),
    raw(b""),
    raw(b"<html>"),
    said([]),
    said({"status": True}),
    said(1),
]


# -- the happy path ----------------------------------------------------------------------------------------------


def test_a_service_is_created(bench: Workbench, platform: UnitPlatform) -> None:
    outcome = bench.run()
    assert (outcome.outcome, outcome.changed, outcome.failure, list(outcome.warnings)) == (
        Outcome.CREATED,
        True,
        None,
        [],
    )
    assert outcome.service is not None
    assert outcome.service.short_name == "Brad01"
    assert outcome.service.site_locations[0].deployed is True
    assert outcome.task is not None
    assert outcome.task.state == "succeeded"
    assert outcome.request == {
        "configurationName": "OcEssential_IPGROUP_TYPE",
        "msTenantId": TENANT,
        "customerShortName": "Brad01",
        "licenseType": 3,
    }
    asked_once(platform)


def test_it_costs_no_more_requests_than_promised(bench: Workbench, platform: UnitPlatform) -> None:
    bench.run()
    polls = platform.count("GET", "/api/v2/task/")
    lists = platform.count("GET", CREATE)
    assert platform.count("POST", "login") == 1
    assert (platform.posts, platform.count("GET", "/api/v2/oc/lead")) == (1, 1)
    assert lists <= 1 + 2
    assert len(platform.calls) == 1 + 1 + 1 + lists + polls
    assert polls <= 60


def test_the_guid_in_the_task_is_used_for_the_read_back(bench: Workbench, platform: UnitPlatform) -> None:
    platform.settings.output_guid = "camel"
    outcome = bench.run()
    assert outcome.service is not None
    # In the end the list is read, for a second service that somebody else may have made.
    assert platform.calls[-2:] == [f"GET {CREATE}/{outcome.service.ump_customer_guid}", f"GET {CREATE}"]


def test_the_service_is_found_through_the_lead_when_the_list_lags(bench: Workbench, platform: UnitPlatform) -> None:
    platform.settings.service_list_lag_seconds = NEVER
    outcome = bench.run()
    assert (outcome.outcome, outcome.failure) == (Outcome.CREATED, None)
    assert outcome.service is not None


def test_a_service_that_is_not_listed_in_time_is_created_all_the_same(bench: Workbench, platform: UnitPlatform) -> None:
    platform.settings.service_list_lag_seconds = platform.settings.lead_lag_seconds = 1000
    outcome = bench.run()
    assert (outcome.outcome, outcome.changed, outcome.service) == (Outcome.CREATED, True, None)
    assert "does not list it yet" in outcome.warnings[-1]


def test_a_read_back_that_is_refused_is_a_warning(bench: Workbench, platform: UnitPlatform) -> None:
    platform.fault("GET", CREATE, raw(b"", 403), [2])
    outcome = bench.run()
    assert outcome.outcome == Outcome.CREATED
    assert "cannot be read back" in outcome.warnings[-1]


@pytest.mark.parametrize("lag", [60.0, 400.0])
@pytest.mark.parametrize("guid_in_task", [False, True])
def test_a_run_after_a_success_that_no_list_shows_yet_does_not_submit_again(
    bench: Workbench, platform: UnitPlatform, lag: float, guid_in_task: bool
) -> None:
    platform.settings.service_list_lag_seconds = platform.settings.lead_lag_seconds = lag
    platform.settings.service_get_lags = True
    platform.settings.output_guid = "camel" if guid_in_task else "none"
    assert bench.run().outcome == Outcome.CREATED
    outcome = bench.run()
    assert (outcome.outcome, outcome.changed) == (Outcome.UNCHANGED, False)
    asked_once(platform)


def test_a_second_run_changes_nothing(bench: Workbench, platform: UnitPlatform) -> None:
    bench.run()
    for journal in (True, False):
        outcome = bench.run(journal=journal)
        assert (outcome.outcome, outcome.changed, list(outcome.warnings)) == (Outcome.UNCHANGED, False, [])
    asked_once(platform)


def test_a_service_that_somebody_else_deleted_is_made_again(bench: Workbench, platform: UnitPlatform) -> None:
    bench.run()
    platform.remove()
    assert bench.run().outcome == Outcome.CREATED
    assert platform.posts == 2


# -- what exists -------------------------------------------------------------------------------------------------


def test_an_existing_service_is_unchanged_and_its_differences_are_told(
    bench: Workbench, platform: UnitPlatform
) -> None:
    platform.service()
    wanted = {"full_name": "Brad Telecom", "licensed_users": 20, "on_difference": "report"}
    outcome = bench.run(wanted=wanted)
    assert (outcome.outcome, outcome.changed) == (Outcome.UNCHANGED, False)
    assert [difference["option"] for difference in outcome.differences] == ["full_name", "licensed_users"]
    assert "full_name is 'Brad01', wanted 'Brad Telecom'" in outcome.warnings[0]
    assert platform.writes == []


@pytest.mark.parametrize("check", [False, True])
def test_another_short_name_is_a_failure(bench: Workbench, platform: UnitPlatform, check: bool) -> None:
    platform.service(short_name="Other1")
    outcome = bench.run(check=check)
    assert (outcome.outcome, outcome.changed) == (Outcome.FAILED, False)
    assert isinstance(outcome.failure, ConflictError)
    assert "under the short name 'Other1', not 'Brad01'" in outcome.failure.message
    assert platform.writes == []
    assert bench.run(wanted={"short_name": "OTHER1"}).outcome == Outcome.UNCHANGED


def test_an_adopted_service_with_another_short_name_is_a_failure(bench: Workbench, platform: UnitPlatform) -> None:
    bench.run(wait=False)
    outcome = bench.run(wanted={"short_name": "Other1"})
    assert isinstance(outcome.failure, ConflictError)
    assert "'Brad01', not 'Other1'" in outcome.failure.message
    asked_once(platform)


def test_a_service_that_only_the_lead_knows_counts_as_existing(bench: Workbench, platform: UnitPlatform) -> None:
    platform.alter(platform.leads[0], ump_customer_guid=GUID)
    outcome = bench.run()
    assert (outcome.outcome, platform.writes) == (Outcome.UNCHANGED, [])
    assert "does not show" in outcome.warnings[0]


def test_scripts_and_parameters_are_read_back_when_the_request_names_them(
    bench: Workbench, platform: UnitPlatform
) -> None:
    platform.service()
    outcome = bench.run(wanted={"script_parameters": {"ProxySet": "Other"}})
    assert [difference["option"] for difference in outcome.differences] == ["script_parameters.ProxySet"]
    assert platform.count("GET", "/api/v2/sitelocation/") == 1


@pytest.mark.parametrize(
    ("status", "is_not_active"), [("Removed", False), ("Suspended", True), (None, True), (None, None)]
)
def test_a_lead_that_is_not_active_is_a_failure_before_the_first_write(
    bench: Workbench, platform: UnitPlatform, status: str | None, is_not_active: bool | None
) -> None:
    platform.alter(platform.leads[0], status=status, is_not_active=is_not_active)
    outcome = bench.run()
    assert isinstance(outcome.failure, LookupFailed)
    assert platform.writes == []
    assert bench.entry() is None


# -- the answer is lost ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", LOST)
def test_a_lost_answer_is_never_sent_again_and_the_service_is_adopted(
    bench: Workbench, platform: UnitPlatform, answer: Any
) -> None:
    platform.fault("POST", CREATE, answer, after=True)
    outcome = bench.run()
    assert (outcome.outcome, outcome.changed, outcome.failure) == (Outcome.ADOPTED, True, None)
    assert outcome.service is not None
    assert "was lost" in outcome.warnings[0]
    asked_once(platform)
    entry = bench.entry()
    assert entry is not None
    assert entry.stage == SubmissionStage.DONE
    assert bench.run().outcome == Outcome.UNCHANGED
    asked_once(platform)


def test_a_lost_request_ends_undecided_and_the_next_run_submits_once(bench: Workbench, platform: UnitPlatform) -> None:
    platform.fault("POST", CREATE, lost())
    outcome = bench.run()
    assert isinstance(outcome.failure, UndecidedError)
    assert "could not be found out within 1800 seconds" in outcome.failure.message
    assert "Run again" in outcome.failure.sentence()
    assert outcome.failure.operation == f"POST {CREATE}"
    assert bench.clock.now() >= 1800
    assert (platform.posts, len(platform.of())) == (1, 0)
    entry = bench.entry()
    assert entry is not None
    assert entry.stage == SubmissionStage.INTENT
    assert bench.clock.wall() - entry.intended_at >= 1800, "it counts from the request, not from the end of the search"
    again = bench.run()
    assert again.outcome == Outcome.CREATED
    assert (platform.posts, len(platform.of())) == (2, 1)


def test_an_intent_keeps_the_time_of_its_request_however_often_it_is_looked_for(
    bench: Workbench, platform: UnitPlatform
) -> None:
    platform.fault("POST", CREATE, lost())
    bench.run(settle=60)
    first = bench.entry()
    assert first is not None
    platform.fault("GET", "/api/v3/customer", raw(b"", 503), "every")
    for _run in range(3):
        assert bench.run(settle=60).failure is not None
        assert bench.entry() == first
    platform.calm()
    platform.kill("POST", CREATE, 1)
    began = bench.clock.wall()
    with pytest.raises(Killed):
        bench.run(settle=60)
    assert first.intended_at + 1800 > began, "the patience with it is not over"
    assert bench.clock.wall() < first.intended_at + 1860, "it counts from the first request"


def test_the_entry_of_a_success_stays_as_it_is_when_the_service_is_found(
    bench: Workbench, platform: UnitPlatform
) -> None:
    platform.settings.service_list_lag_seconds = platform.settings.lead_lag_seconds = 300.0
    platform.settings.service_get_lags = True
    bench.run()
    first = bench.entry()
    assert first is not None
    assert first.stage == SubmissionStage.DONE
    assert bench.run().outcome == Outcome.UNCHANGED
    assert bench.clock.wall() > first.changed_at + 60, "it was looked for"
    assert bench.entry() == first
    assert bench.run().outcome == Outcome.UNCHANGED
    assert bench.entry() == first


def test_a_slow_creation_whose_answer_was_lost_is_found_by_the_next_run(
    bench: Workbench, platform: UnitPlatform
) -> None:
    platform.settings.task_seconds = 900
    platform.fault("POST", CREATE, lost(), after=True)
    assert isinstance(bench.run(settle=600).failure, UndecidedError)
    outcome = bench.run(settle=600)  # not before a creation may have ended is it submitted again
    assert outcome.outcome in (Outcome.ADOPTED, Outcome.UNCHANGED)
    asked_once(platform)


def test_an_error_while_seeking_is_endured(bench: Workbench, platform: UnitPlatform) -> None:
    platform.fault("POST", CREATE, lost(), after=True)
    platform.fault("GET", CREATE, raw(b"", 503), range(2, 14))
    outcome = bench.run()
    assert outcome.outcome == Outcome.ADOPTED
    asked_once(platform)


def test_an_outage_that_outlasts_the_search_is_undecided(bench: Workbench, platform: UnitPlatform) -> None:
    platform.fault("POST", CREATE, lost(), after=True)
    platform.fault("GET", CREATE, raw(b"", 503), range(2, 2002))
    outcome = bench.run()
    assert isinstance(outcome.failure, UndecidedError)
    platform.calm()
    assert bench.run().outcome == Outcome.UNCHANGED
    asked_once(platform)


def test_nothing_is_submitted_after_an_intent_whose_truth_cannot_be_seen(
    bench: Workbench, platform: UnitPlatform
) -> None:
    bench.journal().intend(TENANT, "Brad01")
    bench.clock.sleep(300)
    platform.fault("GET", CREATE, raw(b"", 503), range(2, 2002))
    outcome = bench.run()
    assert outcome.outcome == Outcome.FAILED
    assert platform.posts == 0
    entry = bench.entry()
    assert entry is not None
    assert entry.stage == SubmissionStage.INTENT


# -- refusals ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 422])
def test_a_refusal_is_a_failure_and_nothing_is_on_its_way(
    bench: Workbench, platform: UnitPlatform, status: int
) -> None:
    platform.fault("POST", CREATE, said({"title": "Not so"}, status), [1, 2])
    outcome = bench.run()
    assert isinstance(outcome.failure, ApiError)
    assert (outcome.outcome, outcome.failure.http_status) == (Outcome.FAILED, status)
    assert outcome.request is not None
    assert bench.entry() is None
    platform.calm()
    assert bench.run().outcome == Outcome.CREATED


@pytest.mark.parametrize(
    "answer",
    [
        said({"title": "Conflict"}, 409),
        said({"errors": {"MsTenantId": ["A service for this tenant already exists"]}}, 400),
        said("Customer is already being created", 400),
        said({"title": "Bad", "detail": "Creation in progress"}, 422),
        said("Duplicate tenant", 400),
        said({"errors": {"CompanyName": ["Company name is already used."]}}, 400),
        said("ShortName must be unique", 422),
        said("The name is taken", 400),
    ],
)
def test_a_service_that_the_platform_says_exists_is_looked_up(
    bench: Workbench, platform: UnitPlatform, answer: Any
) -> None:
    platform.fault("POST", CREATE, answer)
    platform.service(listed_at=5.0)
    outcome = bench.run()
    assert (outcome.outcome, outcome.changed, outcome.failure) == (Outcome.UNCHANGED, False, None)
    assert outcome.service is not None
    assert bench.entry() is None, "it is not this run's service"


def test_a_conflict_without_a_service_is_a_failure(bench: Workbench, platform: UnitPlatform) -> None:
    platform.fault("POST", CREATE, said("Customer is already being created", 409))
    outcome = bench.run()
    assert outcome.failure is not None
    assert outcome.failure.http_status == 409
    assert "neither the service list nor the lead shows it yet" in str(outcome.failure.hint)
    assert 10 < bench.clock.now() < 60


@pytest.mark.parametrize("words", ["SBC 99 does not exist.", "Script doesn't exist", "The SBC is not running"])
def test_a_refusal_for_another_reason_costs_no_patience(bench: Workbench, platform: UnitPlatform, words: str) -> None:
    platform.fault("POST", CREATE, said(words, 400))
    outcome = bench.run()
    assert outcome.failure is not None
    assert "correct the input" in str(outcome.failure.hint)
    assert bench.clock.now() < 5


@pytest.mark.parametrize("status", [400, 404, 409, 422])
def test_whatever_the_words_of_a_refusal_a_service_that_is_there_is_no_failure(
    bench: Workbench, platform: UnitPlatform, status: int
) -> None:
    # Somebody else makes it in the moment before the request.
    platform.asked = lambda operation: platform.service() and None if operation.startswith("POST /api") else None
    platform.fault("POST", CREATE, said("Nope", status))
    outcome = bench.run()
    assert (outcome.outcome, outcome.failure) == (Outcome.UNCHANGED, None)
    assert any("since the service is there" in warning for warning in outcome.warnings)


@pytest.mark.parametrize("fault", [raw(b"", 429, retry_after="3"), raw(b"", 503, retry_after="3"), refused()])
def test_a_request_that_did_not_begin_is_sent_again(bench: Workbench, platform: UnitPlatform, fault: Any) -> None:
    platform.fault("POST", CREATE, fault, [1, 2])
    assert bench.run().outcome == Outcome.CREATED
    assert (platform.posts, len(platform.of())) == (3, 1)


def test_the_intent_is_as_old_as_the_request_however_long_its_turn_took(
    bench: Workbench, platform: UnitPlatform
) -> None:
    intended: list[float] = []

    def hook(operation: str) -> None:
        if operation == f"POST {CREATE}":
            entry = bench.entry()
            assert entry is not None
            intended.append(bench.clock.wall() - entry.intended_at)

    platform.asked = hook
    platform.fault("POST", "login", raw(b"", 503, retry_after="50"), [1, 2])
    assert bench.run(per_minute=1).outcome == Outcome.CREATED
    assert bench.clock.now() > 200
    assert max(intended) < 1


# -- the run is killed -------------------------------------------------------------------------------------------


Kill = Callable[[Workbench], None]


def _after_the_request(bench: Workbench) -> None:
    bench.platform.kill("POST", CREATE, after=True)


def _while_waiting(bench: Workbench) -> None:
    bench.clock.kill_at = bench.clock.now() + 40


def _at_the_read_back(bench: Workbench) -> None:
    bench.platform.kill("GET", CREATE, 2)


@pytest.mark.parametrize("kill", [_after_the_request, _while_waiting, _at_the_read_back])
@pytest.mark.parametrize("pause", [0.0, 90.0, 700.0])
def test_a_killed_run_is_taken_up_by_the_next(
    bench: Workbench, platform: UnitPlatform, kill: Kill, pause: float
) -> None:
    kill(bench)
    with pytest.raises(Killed):
        bench.run()
    bench.clock.sleep(pause)
    outcome = bench.run()
    assert outcome.outcome in (Outcome.ADOPTED, Outcome.UNCHANGED)
    assert outcome.service is not None
    asked_once(platform)
    assert bench.run().outcome == Outcome.UNCHANGED
    asked_once(platform)


def test_a_run_that_is_killed_before_the_request_left_is_made_good_by_the_next(
    bench: Workbench, platform: UnitPlatform
) -> None:
    platform.kill("POST", CREATE)
    with pytest.raises(Killed):
        bench.run()
    entry = bench.entry()
    assert entry is not None
    assert entry.stage == SubmissionStage.INTENT
    outcome = bench.run()
    assert (outcome.outcome, len(platform.of())) == (Outcome.CREATED, 1)
    assert bench.clock.now() >= 1800


def test_the_intent_is_written_before_the_request_and_the_task_before_the_first_poll(
    bench: Workbench, platform: UnitPlatform
) -> None:
    seen: dict[str, str] = {}

    def hook(operation: str) -> None:
        entry = bench.entry()
        seen.setdefault(operation, entry.stage if entry else "nothing")

    platform.asked = hook
    bench.run()
    assert seen["GET /api/v2/oc/lead"] == "nothing"
    assert seen[f"POST {CREATE}"] == SubmissionStage.INTENT
    assert seen[f"GET /api/v2/task/{platform.tasks[0].id}"] == SubmissionStage.SUBMITTED
    entry = bench.entry()
    assert entry is not None
    assert (entry.stage, entry.object_id) == (SubmissionStage.DONE, platform.of()[0].ump_customer_guid)


def test_the_journal_holds_no_secret(bench: Workbench) -> None:
    bench.run(
        wanted={
            "teams_qos": {"application_id": "a", "application_password": "planted-1"},
            "script_parameters": {"X": "planted-2"},
        }
    )
    content = b"".join(path.read_bytes() for path in bench.folder.iterdir())
    assert b"Brad01" in content
    assert b"planted" not in content


def test_two_runs_at_the_same_moment_submit_once(bench: Workbench, platform: UnitPlatform) -> None:
    gate = threading.Barrier(2)
    outcomes: list[ServiceResult] = []

    def work() -> None:
        gate.wait()
        outcomes.append(bench.run(timeout=1e7))

    threads = [threading.Thread(target=work) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(outcome.outcome == Outcome.CREATED for outcome in outcomes) == [False, True]
    assert {outcome.outcome for outcome in outcomes} <= {Outcome.CREATED, Outcome.ADOPTED, Outcome.UNCHANGED}
    asked_once(platform)


def test_an_interruption_in_the_middle_of_a_request_leaves_its_intent(bench: Workbench, platform: UnitPlatform) -> None:
    written: list[Entry] = []

    def interrupt(operation: str) -> None:
        if operation == f"POST {CREATE}":
            entry = bench.entry()
            assert entry is not None
            written.append(entry)
            bench.clock.sleep(5)
            raise KeyboardInterrupt

    platform.asked = interrupt
    with pytest.raises(KeyboardInterrupt):
        bench.run()
    assert [bench.entry()] == written
    assert written[0].stage == SubmissionStage.INTENT
