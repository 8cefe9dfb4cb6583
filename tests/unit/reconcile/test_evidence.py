# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a submission rests on: looks that are as fresh as itself, tasks that are the tenant's own, and a last look."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.json_reader import read_task_id
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.errors import (
    ConflictError,
    LookupFailed,
    UndecidedError,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.context import RunSettings
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.journal import SubmissionStage
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.outcome import Outcome
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.resource import ABSENT
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.submission import LOST_FOR
from ansible_collections.audiocodes.live_platform.plugins.module_utils._tasks.poller import WaitPolicy
from harness.fakes import GUID, TENANT, lost, raw, said
from harness.unit_platform import NEVER, UnitPlatform
from harness.virtual_time import Killed
from harness.workbench import Workbench, asked_once

OTHER = "21c4b83a-07d6-4f2f-9360-6a3f725e89b1"
TENANTS = [f"00000000-0000-4000-8000-{number:012d}" for number in range(6)]
CREATE, TASK = "/api/v3/customer", "/api/v2/task/"
PROXY_PAGE = raw(b"<html><head><title>404 Not Found</title></head></html>", 404)


def killed_after(bench: Workbench, seconds: float) -> None:
    bench.clock.kill_at = bench.clock.now() + seconds
    with pytest.raises(Killed):
        bench.run()


# -- a task that the platform does not know ----------------------------------------------------------------------


@pytest.mark.parametrize("answer", [raw(b"", 404), PROXY_PAGE, said("Task not found", 404)])
@pytest.mark.parametrize("times", [1, 5])
def test_a_task_that_is_not_found_for_a_while_is_not_submitted_again(
    bench: Workbench, platform: UnitPlatform, answer: Any, times: int
) -> None:
    platform.settings.task_seconds = 1500.0
    killed_after(bench, 700)
    platform.fault("GET", TASK, answer, range(1, 1 + times))
    assert bench.run().outcome == Outcome.ADOPTED
    asked_once(platform)


@pytest.mark.parametrize("answer", [raw(b"", 404), PROXY_PAGE, said("Task not found", 404)])
def test_a_task_that_is_not_found_in_mid_wait_does_not_end_the_wait(
    bench: Workbench, platform: UnitPlatform, answer: Any
) -> None:
    platform.settings.task_seconds = 900.0

    def spoil(call: str) -> None:
        if call.startswith(f"GET {TASK}") and 700 < bench.clock.now() < 760:
            platform.fault("GET", TASK, answer)

    platform.asked = spoil
    outcome = bench.run()
    assert (outcome.outcome, outcome.changed) == (Outcome.CREATED, True)
    assert outcome.task is not None
    asked_once(platform)


def test_a_task_that_the_platform_has_lost_for_good_is_made_anew_only_long_after(
    bench: Workbench, platform: UnitPlatform
) -> None:
    bench.run(wait=False)
    platform.lose_tasks()
    began = bench.clock.now()
    assert bench.run().outcome == Outcome.CREATED
    assert 1800 <= bench.clock.now() - began < 1800 + 2 * LOST_FOR
    assert platform.posts == 2


def test_nor_before_it_was_said_for_minutes(bench: Workbench, platform: UnitPlatform) -> None:
    bench.run(wait=False)
    platform.lose_tasks()
    bench.clock.sleep(4000)
    began = bench.clock.now()
    assert bench.run().outcome == Outcome.CREATED
    assert LOST_FOR <= bench.clock.now() - began < 3 * LOST_FOR


def test_a_proxy_that_knows_no_task_is_never_believed(bench: Workbench, platform: UnitPlatform) -> None:
    bench.run(wait=False)
    platform.lose_tasks()
    bench.clock.sleep(4000)
    platform.fault("GET", TASK, PROXY_PAGE, "every")
    assert isinstance(bench.run(timeout=600).failure, UndecidedError)
    assert platform.posts == 1
    entry = bench.entry()
    assert entry is not None
    assert entry.stage == SubmissionStage.SUBMITTED


# -- how long an answer may be outstanding -----------------------------------------------------------------------


@pytest.mark.parametrize("killed", [False, True])
def test_a_creation_may_take_as_long_as_a_task_is_waited_for(
    bench: Workbench, platform: UnitPlatform, killed: bool
) -> None:
    platform.settings.task_seconds = 1700.0
    if killed:
        platform.kill("POST", CREATE, after=True)
        with pytest.raises(Killed):
            bench.run(settle=60)
    else:
        platform.fault("POST", CREATE, lost(), after=True)
        assert isinstance(bench.run(settle=60).failure, UndecidedError)
    assert bench.run(settle=60).outcome == Outcome.ADOPTED
    asked_once(platform)


@pytest.mark.parametrize(("settle", "search", "patience"), [(None, 1800, 1800), (60, 60, 1800), (3000, 3000, 3000)])
def test_settling_lasts_at_least_as_long_as_waiting(settle: float | None, search: float, patience: float) -> None:
    settings = RunSettings(wait=WaitPolicy(timeout=1800.0), settle=settle)
    assert (settings.search, settings.patience) == (search, patience)


# -- looks that are as fresh as the submission -------------------------------------------------------------------


@pytest.mark.parametrize("guid_in_task", [False, True])
@pytest.mark.parametrize("concurrency", [1, 3])
@pytest.mark.parametrize("told_by", ["list", "lead"])
def test_a_service_that_somebody_else_has_made_meanwhile_is_not_made_again(
    bench: Workbench, platform: UnitPlatform, guid_in_task: bool, concurrency: int, told_by: str
) -> None:
    platform.settings.task_seconds, platform.settings.output_guid = 600.0, "camel" if guid_in_task else "none"
    for tenant in TENANTS:
        platform.lead(tenant)
    made: list[float] = []

    def by_hand(call: str) -> None:
        if bench.clock.now() > 60 and not made:
            made.append(bench.clock.now())
            listed_at = 0.0 if told_by == "list" else NEVER
            service = platform.service(TENANTS[-1], "Name5", guid=GUID[:-1] + "7", listed_at=listed_at)
            platform.alter(platform.leads[-1], ump_customer_guid=service.ump_customer_guid)

    platform.asked = by_hand
    wanted = [{"ms_tenant_id": tenant, "short_name": f"Name{number}"} for number, tenant in enumerate(TENANTS)]
    report = bench.run_all(wanted, max_concurrency=concurrency)
    assert [outcome.outcome for outcome in report.outcomes] == [Outcome.CREATED] * 5 + [Outcome.UNCHANGED]
    assert platform.posts == 5
    if told_by == "list":
        assert any("did not make" in words for words in bench.told)


def test_a_service_that_appears_while_a_submission_waits_for_its_turn_is_not_made_again(
    bench: Workbench, platform: UnitPlatform
) -> None:
    def by_hand(call: str) -> None:
        if bench.clock.now() > 90 and not platform.of():
            platform.service()

    platform.asked = by_hand
    outcome = bench.run(per_minute=1)
    assert outcome.outcome == Outcome.UNCHANGED
    assert any("made by somebody else" in warning for warning in outcome.warnings)
    assert (platform.posts, bench.entry()) == (0, None)


def test_what_was_read_a_moment_ago_is_not_read_again(bench: Workbench, platform: UnitPlatform) -> None:
    bench.run(wait=False)
    assert platform.calls[:4] == ["POST login", "GET /api/v2/oc/lead", f"GET {CREATE}", f"POST {CREATE}"]


def test_one_look_serves_all_that_are_due(bench: Workbench, platform: UnitPlatform) -> None:
    many = [f"00000000-0000-4000-8000-{number:012d}" for number in range(40)]
    for tenant in many:
        platform.lead(tenant)
    wanted = [{"ms_tenant_id": tenant, "short_name": f"Name{number}"} for number, tenant in enumerate(many)]
    bench.run_all(wanted, max_concurrency=10)
    assert platform.posts == 40
    assert platform.count("GET", "/api/v2/oc/lead") <= 12


def test_a_run_alone_is_not_called_in_company(bench: Workbench, platform: UnitPlatform) -> None:
    for tenant in TENANTS:
        platform.lead(tenant)
    wanted = [{"ms_tenant_id": tenant, "short_name": f"Name{number}"} for number, tenant in enumerate(TENANTS)]
    bench.run_all(wanted, max_concurrency=2)
    assert bench.told == []


def test_a_lead_that_was_removed_meanwhile_is_no_lead(bench: Workbench, platform: UnitPlatform) -> None:
    platform.settings.task_seconds = 600.0
    platform.lead(OTHER)

    def remove(call: str) -> None:
        if bench.clock.now() > 60:
            platform.alter(platform.leads[-1], status="Removed")

    platform.asked = remove
    wanted = [{"ms_tenant_id": TENANT, "short_name": "Brad01"}, {"ms_tenant_id": OTHER, "short_name": "Alder"}]
    report = bench.run_all(wanted, max_concurrency=1)
    assert isinstance(report.outcomes[1].failure, LookupFailed)
    assert platform.posts == 1


def test_a_run_goes_through_its_services_in_an_order_of_its_own(bench: Workbench, platform: UnitPlatform) -> None:
    for tenant in TENANTS:
        platform.lead(tenant)
    wanted = [{"ms_tenant_id": tenant, "short_name": f"Name{number}"} for number, tenant in enumerate(TENANTS)]
    report = bench.run_all(wanted, shuffle=lambda keys: keys.reverse(), wait=False)
    assert [outcome.wanted.ms_tenant_id for outcome in report.outcomes] == TENANTS
    assert [task.ms_tenant_id for task in platform.tasks] == TENANTS[::-1]


# -- two services ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["present", ABSENT])
@pytest.mark.parametrize("check", [False, True])
def test_two_services_of_a_tenant_are_a_failure_that_names_both(
    bench: Workbench, platform: UnitPlatform, state: str, check: bool
) -> None:
    platform.service()
    platform.service(guid=GUID[:-1] + "2")
    failure = bench.run(state=state, check=check).failure
    assert isinstance(failure, ConflictError)
    assert GUID in failure.message
    assert GUID[:-1] + "2" in failure.message
    assert "ump_customer_guid" in failure.sentence()
    assert platform.writes == []


def test_of_two_services_the_one_that_is_named_is_deleted(bench: Workbench, platform: UnitPlatform) -> None:
    platform.service()
    platform.service(guid=GUID[:-1] + "2")
    outcome = bench.run(state=ABSENT, wanted={"ump_customer_guid": GUID[:-1] + "2"})
    assert outcome.outcome == Outcome.DELETED
    assert [service.ump_customer_guid for service in platform.of()] == [GUID]


def test_a_second_service_that_appears_while_one_is_made_is_a_failure(bench: Workbench, platform: UnitPlatform) -> None:
    made: list[str] = []

    def by_hand(call: str) -> None:
        if bench.clock.now() > 50 and not made:
            made.append(call)
            platform.service(guid=GUID[:-1] + "7")

    platform.asked = by_hand
    outcome = bench.run()
    assert outcome.outcome == Outcome.FAILED
    assert isinstance(outcome.failure, ConflictError)
    assert "has 2 Operator Connect services" in outcome.failure.message
    assert outcome.task is not None


# -- whose task it is --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("guid_in_task", [False, True])
def test_a_task_of_another_tenant_is_not_adopted(bench: Workbench, platform: UnitPlatform, guid_in_task: bool) -> None:
    platform.settings.output_guid = "camel" if guid_in_task else "none"
    platform.lead(OTHER)
    (alder,) = bench.run_all([{"ms_tenant_id": OTHER, "short_name": "Alder"}]).outcomes
    assert alder.task is not None
    outcome = bench.run(wanted={"task_id": alder.task.id})
    assert isinstance(outcome.failure, LookupFailed)
    assert "ms_tenant_id" in outcome.failure.sentence()
    assert bench.entry() is None
    assert bench.run().outcome == Outcome.CREATED
    asked_once_more = len(platform.of(TENANT))
    assert (platform.posts, asked_once_more) == (2, 1)


def test_an_answer_about_another_task_is_not_believed(bench: Workbench, platform: UnitPlatform) -> None:
    other = {"id": "wst_99", "status": "CompletedSuccess", "details": ["Converted"], "outputData": {}}
    platform.fault("GET", TASK, said(other))
    outcome = bench.run()
    assert outcome.outcome == Outcome.CREATED
    assert outcome.service is not None
    assert outcome.task is not None
    assert outcome.task.duration >= platform.settings.task_seconds


def test_the_prefix_of_a_task_id_may_be_left_out(bench: Workbench, platform: UnitPlatform) -> None:
    same = {"id": "1", "status": "InProgress", "details": [], "outputData": {}}
    platform.fault("GET", TASK, said(same))
    assert bench.run().outcome == Outcome.CREATED


UUID = "80b54f45-6643-4fdf-960a-638c18edb787"


@pytest.mark.parametrize(
    "answer",
    [f"wst_{UUID}", f'"wst_{UUID}"', "tsk_185510", f"tsk_msjob_{UUID}", UUID, UUID.upper(), "job_7"],
)
def test_what_is_a_task_id(answer: str) -> None:
    assert read_task_id(answer) == read_task_id({"jobId": answer}) == answer.strip('"')


@pytest.mark.parametrize(
    "answer",
    ["Invalid lead", "OK", "", "tsk_0", "The request has been accepted", "lead-1", "..", "w" * 300_000, 1, 5, True],
)
def test_what_is_no_task_id(answer: Any) -> None:
    assert read_task_id(answer) is None
    assert read_task_id({"jobId": answer}) is None


def test_a_sentence_in_place_of_a_task_id_leaves_open_what_became_of_it(
    bench: Workbench, platform: UnitPlatform
) -> None:
    platform.fault("POST", CREATE, said("The request has been accepted"), after=True)
    assert bench.run().outcome == Outcome.ADOPTED
    asked_once(platform)


# -- records that are not there, or not all -----------------------------------------------------------------------


def test_the_guid_of_nothing_is_no_guid(bench: Workbench, platform: UnitPlatform) -> None:
    platform.alter(platform.leads[0], ump_customer_guid="00000000-0000-0000-0000-000000000000")
    assert bench.run().outcome == Outcome.CREATED


def envelope(pages: int, total: int, *items: dict[str, Any]) -> dict[str, Any]:
    return {"currentPage": 1, "pageSize": 1, "totalPages": pages, "totalRecords": total, "data": list(items)}


def test_a_service_list_in_pages_is_read_whole(bench: Workbench, platform: UnitPlatform) -> None:
    platform.service()
    stranger = {"UmpCustomerGuid": "x", "MsTenantId": "other", "LicenseType": 3}
    platform.fault("GET", CREATE, said(envelope(2, 2, stranger)))
    assert bench.run().outcome == Outcome.UNCHANGED
    assert platform.posts == 0


def test_a_service_list_that_lacks_a_part_is_not_taken_for_whole(bench: Workbench, platform: UnitPlatform) -> None:
    stranger = {"UmpCustomerGuid": "x", "MsTenantId": "other", "LicenseType": 3}
    platform.fault("GET", CREATE, said(envelope(1, 2, stranger)), list(range(1, 40)))
    assert bench.run().outcome == Outcome.FAILED
    assert platform.posts == 0


def test_a_service_that_was_deleted_in_the_portal_is_made_again(bench: Workbench, platform: UnitPlatform) -> None:
    platform.settings.task_seconds, platform.settings.output_guid = 50.0, "camel"
    bench.run(wait=False)
    bench.clock.sleep(4000)
    platform.remove()
    began = bench.clock.now()
    assert bench.run().outcome == Outcome.CREATED
    assert bench.clock.now() - began < 400
    assert platform.posts == 2


# -- the journal ---------------------------------------------------------------------------------------------------


def test_a_login_that_is_refused_at_the_submission_leaves_no_intent(bench: Workbench, platform: UnitPlatform) -> None:
    platform.fault("POST", CREATE, raw(b"", 401))
    platform.fault("POST", "login", raw(b'{"error":"invalid_client"}', 401), [2])
    assert bench.run().outcome == Outcome.FAILED
    assert bench.entry() is None
    began = bench.clock.now()
    assert bench.run(wait=False).outcome == Outcome.CREATED
    assert bench.clock.now() - began < 60


def test_the_intent_is_as_young_as_the_last_time_that_the_request_was_sent(
    bench: Workbench, platform: UnitPlatform
) -> None:
    platform.fault("POST", CREATE, said({}, 429, retry_after="50"))
    platform.fault("POST", CREATE, lost(), [2])
    began = bench.clock.now()
    assert isinstance(bench.run(settle=10).failure, UndecidedError)
    entry = bench.entry()
    assert entry is not None
    assert entry.intended_at >= bench.clock.wall() - (bench.clock.now() - began) + 50


def test_a_task_that_is_taken_up_and_fails_in_this_very_wait_is_not_made_anew(
    bench: Workbench, platform: UnitPlatform
) -> None:
    platform.settings.task_seconds = 600.0
    platform.settings.fail_tasks = [TENANT]
    killed_after(bench, 100)
    assert bench.run().outcome == Outcome.FAILED
    assert platform.posts == 1
