# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One run for many services: order, concurrency, check mode, and what one failure does to the others."""

from __future__ import annotations

import signal
from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.leads import Lead
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.errors import LookupFailed
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.outcome import Outcome
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.plan import Action, decide
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.resource import ABSENT
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.run import run_all
from ansible_collections.audiocodes.live_platform.plugins.module_utils._report.service_results import (
    many_results,
    one_result,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.oc_service.current_state import (
    LookedUp,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.oc_service.reconcile import (
    compares_in_full,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.oc_service.request import (
    WantedService,
)
from harness.fakes import GUID, TENANT, lost, raw
from harness.unit_platform import UnitPlatform
from harness.workbench import Workbench

TENANTS = [f"aaaaaaaa-0000-4000-8000-{number:012d}" for number in range(12)]


def _wanted(count: int = len(TENANTS), **more: Any) -> list[dict[str, Any]]:
    return [{"ms_tenant_id": TENANTS[number], "short_name": f"Name{number:02d}", **more} for number in range(count)]


@pytest.fixture
def many(platform: UnitPlatform) -> UnitPlatform:
    """Twelve tenants; the third has a service, the fourth has no lead, the creation of the fifth fails."""
    for number, tenant in enumerate(TENANTS):
        if number != 3:
            platform.lead(tenant)
    platform.service(TENANTS[2], "Name02")
    platform.settings.fail_tasks = [TENANTS[4]]
    return platform


EXPECTED = [Outcome.CREATED, Outcome.CREATED, Outcome.UNCHANGED, Outcome.FAILED, Outcome.FAILED, *[Outcome.CREATED] * 7]


@pytest.mark.parametrize("concurrency", [1, 8])
def test_results_are_the_same_and_in_input_order_whatever_the_concurrency(
    bench: Workbench, many: UnitPlatform, concurrency: int
) -> None:
    began = bench.clock.now()
    report = bench.run_all(_wanted(), max_concurrency=concurrency)
    assert report.duration == pytest.approx(bench.clock.now() - began, abs=0.01)
    assert [outcome.outcome for outcome in report.outcomes] == EXPECTED
    assert [outcome.wanted.ms_tenant_id for outcome in report.outcomes] == TENANTS
    failure = report.outcomes[4].failure
    assert failure is not None
    assert failure.elapsed == pytest.approx(many.settings.task_seconds, rel=0.2)
    for outcome in report.outcomes:
        if outcome.service is not None:
            assert outcome.service.ms_tenant_id == outcome.wanted.ms_tenant_id
    assert many.posts == 10
    assert report.changed
    assert report.logins == 1
    again = bench.run_all(_wanted(), max_concurrency=concurrency)
    assert [outcome.outcome for outcome in again.outcomes] == [
        *[Outcome.UNCHANGED] * 3,
        Outcome.FAILED,
        Outcome.FAILED,
        *[Outcome.UNCHANGED] * 7,
    ]
    assert many.posts == 11


def test_every_lookup_is_made_once_for_all(bench: Workbench, many: UnitPlatform) -> None:
    report = bench.run_all(_wanted(3) + _wanted()[5:], max_concurrency=1, wait=False)
    assert many.count("POST", "login") == 1
    assert many.count("GET", "/api/v3/customer") == 1  # which is fresh enough in the end too
    assert many.count("GET", "/api/v2/oc/lead") == 1
    assert report.requests == len(many.calls)


def test_services_are_worked_on_at_the_same_time_but_not_more_than_asked(bench: Workbench, many: UnitPlatform) -> None:
    most = 0

    def hook(operation: str) -> None:
        nonlocal most
        most = max(most, sum(task.completed_at is None for task in many.tasks))

    many.asked = hook
    bench.run_all(_wanted(), max_concurrency=3)
    assert most == 3


def test_after_stop_the_rest_is_skipped(bench: Workbench, many: UnitPlatform) -> None:
    report = bench.run_all(_wanted(), on_error="stop")
    assert [outcome.outcome for outcome in report.outcomes] == [
        Outcome.CREATED,
        Outcome.CREATED,
        Outcome.UNCHANGED,
        Outcome.FAILED,
        *[Outcome.SKIPPED] * 8,
    ]
    assert many.posts == 2


def test_the_summary_counts_every_outcome(bench: Workbench, many: UnitPlatform) -> None:
    summary = bench.run_all(_wanted()).summary()
    assert {name: summary[name] for name in Outcome} == {
        Outcome.CREATED: 9,
        Outcome.UPDATED: 0,
        Outcome.UNCHANGED: 1,
        Outcome.ADOPTED: 0,
        Outcome.DELETED: 0,
        Outcome.WOULD_CREATE: 0,
        Outcome.WOULD_UPDATE: 0,
        Outcome.WOULD_DELETE: 0,
        Outcome.FAILED: 2,
        Outcome.SKIPPED: 0,
    }
    assert summary["logins"] == 1
    assert summary["duration"] > 900


def test_any_failure_fails_the_run_with_all_results(bench: Workbench, many: UnitPlatform) -> None:
    warned: list[str] = []
    result = many_results(bench.run_all(_wanted()), warned.append)
    assert result["failed"] is True
    assert result["msg"].startswith("2 of 12 services failed. Name03: ")
    assert "SBC refused the configuration" in result["msg"]
    assert len(result["results"]) == 12
    assert result["results"][4]["task"]["state"] == "failed"
    assert result["failure"]["message"] == result["results"][3]["failure"]["message"]
    assert len(result["diff"]) == 9


@pytest.mark.parametrize(("full", "read", "differs"), [(True, 1, ["ProxySet", "sbc_id"]), (False, 0, ["sbc_id"])])
def test_the_list_alone_or_every_sip_connection_is_compared(
    bench: Workbench, many: UnitPlatform, full: bool, read: int, differs: list[str]
) -> None:
    wanted = _wanted(5, site_location={"sbc_id": 9}, script_parameters={"ProxySet": "Other"})
    report = bench.run_all(wanted, full=full)
    assert many.count("GET", "/api/v2/sitelocation/") == read
    found = [difference["option"].rpartition(".")[2] for difference in report.outcomes[2].differences]
    assert sorted(found) == differs


@pytest.mark.parametrize(
    ("compare", "services", "full"),
    [("full", 5000, True), ("list", 1, False), ("auto", 20, True), ("auto", 21, False), ("auto", 0, True)],
)
def test_many_services_are_compared_in_full_only_when_asked_for(compare: str, services: int, full: bool) -> None:
    assert compares_in_full(compare, services) is full


def test_an_empty_list_is_nothing_to_do(bench: Workbench, platform: UnitPlatform) -> None:
    report = bench.run_all([])
    assert (list(report.outcomes), report.changed, platform.calls) == ([], False, [])


def test_a_list_may_mix_present_and_absent(bench: Workbench, many: UnitPlatform) -> None:
    wanted = [*_wanted(2), {"ms_tenant_id": TENANTS[2], "state": ABSENT}]
    assert [outcome.outcome for outcome in bench.run_all(wanted).outcomes] == [
        Outcome.CREATED,
        Outcome.CREATED,
        Outcome.DELETED,
    ]


def test_check_mode_sends_nothing_but_get_and_the_login_and_writes_nothing(
    bench: Workbench, many: UnitPlatform
) -> None:
    many.service(TENANTS[5], "Name05", GUID[:-1] + "5")
    report = bench.run_all([*_wanted(4), {"ms_tenant_id": TENANTS[5], "state": ABSENT}], check=True)
    outcomes = [outcome.outcome for outcome in report.outcomes]
    assert outcomes == [
        Outcome.WOULD_CREATE,
        Outcome.WOULD_CREATE,
        Outcome.UNCHANGED,
        Outcome.FAILED,
        Outcome.WOULD_DELETE,
    ]
    assert many.writes == []
    assert list(bench.folder.iterdir()) == []


def test_check_mode_and_the_real_run_give_the_same_picture(bench: Workbench, platform: UnitPlatform) -> None:
    wanted = {"full_name": "Brad Telecom"}
    checked = bench.run(check=True, wanted=wanted)
    real = bench.run(wanted=wanted)
    assert (checked.outcome, real.outcome) == (Outcome.WOULD_CREATE, Outcome.CREATED)
    for name in ("changed", "before", "after", "request"):
        assert getattr(checked, name) == getattr(real, name)


def test_check_mode_would_adopt_what_is_under_way(bench: Workbench, platform: UnitPlatform) -> None:
    bench.run(wait=False)
    outcome = bench.run(check=True)
    assert (outcome.outcome, outcome.changed) == (Outcome.ADOPTED, False)
    assert platform.posts == 1


def test_leads_that_were_looked_up_are_used(bench: Workbench, platform: UnitPlatform) -> None:
    leads = [Lead("l-1", TENANT, "Removed")]
    (outcome,) = bench.run_all([{"ms_tenant_id": TENANT, "short_name": "Brad01"}], looked_up=LookedUp(leads)).outcomes
    assert isinstance(outcome.failure, LookupFailed)
    assert platform.count("GET", "/api/v2/oc/lead") == 0


@pytest.mark.parametrize("path", ["/api/v3/customer", "/api/v2/oc/lead"])
def test_a_lookup_that_fails_fails_the_service_before_any_write(
    bench: Workbench, platform: UnitPlatform, path: str
) -> None:
    platform.fault("GET", path, raw(b"", 403))
    outcome = bench.run()
    assert outcome.failure is not None
    assert outcome.failure.http_status == 403
    assert platform.writes == []


def test_a_defect_costs_one_service_and_not_the_others(
    bench: Workbench, platform: UnitPlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    def decide_or_break(resource: Any, wanted: WantedService, *facts: Any) -> Action:
        if wanted.ms_tenant_id == TENANTS[0]:
            bench.clock.sleep(5)
            raise RuntimeError("a text that may hold anything")
        return decide(resource, wanted, *facts)

    monkeypatch.setattr(f"{run_all.__module__}.decide", decide_or_break)
    for tenant in TENANTS[:3]:
        platform.lead(tenant)
    first, second, third = bench.run_all(_wanted(3)).outcomes
    assert [each.outcome for each in (first, second, third)] == [Outcome.FAILED, Outcome.CREATED, Outcome.CREATED]
    assert first.failure is not None
    assert first.failure.elapsed == pytest.approx(5, abs=0.01)
    assert "may hold anything" not in first.failure.sentence()


@pytest.mark.parametrize("journal", [True, False])
def test_a_signal_ends_the_run_and_the_next_one_goes_on(
    bench: Workbench, platform: UnitPlatform, number: signal.Signals, journal: bool
) -> None:
    for tenant in TENANTS[:3]:
        platform.lead(tenant)
    platform.settings.task_seconds = 60.0

    def stop_at_the_second_poll(operation: str) -> None:
        if "/task/" in operation and platform.count("GET", "/api/v2/task/") == 2:
            signal.raise_signal(number)

    platform.asked = stop_at_the_second_poll
    first, second, third = bench.run_all(_wanted(3), journal=journal).outcomes
    assert [each.outcome for each in (first, second, third)] == [Outcome.FAILED, Outcome.SKIPPED, Outcome.SKIPPED]
    assert first.failure is not None
    assert first.task is not None
    assert first.failure.task == first.task.to_dict()
    assert first.failure.elapsed == pytest.approx(0.6, abs=0.1)
    assert f"({number.name})" in first.failure.message
    assert f"task {first.task.id} goes on at the platform" in first.failure.message
    if journal:
        assert first.failure.hint == "run again: the next run takes it up, and submits only what was not submitted"
        assert bench.run_all(_wanted(3)).summary()[Outcome.ADOPTED] == 1
        assert platform.posts == 3
    else:
        assert first.failure.hint is not None
        assert "no journal was kept" in first.failure.hint
        assert f"give task_id '{first.task.id}'" in first.failure.hint


def test_a_signal_before_the_task_is_known_says_so(
    bench: Workbench, platform: UnitPlatform, number: signal.Signals
) -> None:
    platform.fault("POST", "/api/v3/customer", lost(), after=True)
    sent = []

    def stop_after_the_submission(operation: str) -> None:
        if platform.posts and not sent:
            sent.append(number)  # a second signal would end the tests
            signal.raise_signal(number)

    platform.asked = stop_after_the_submission
    platform.settings.service_list_lag_seconds = 30.0
    outcome = bench.run(journal=False)
    assert outcome.failure is not None
    assert "its task was not known yet" in outcome.failure.message
    assert outcome.failure.hint is not None
    assert "task_id" not in outcome.failure.hint


def test_the_output_names_a_service_by_its_short_name(bench: Workbench, platform: UnitPlatform) -> None:
    bench.run()
    assert {line.split(":")[0] for line in bench.lines} == {"Brad01"}


def test_one_result_has_every_documented_value(bench: Workbench, platform: UnitPlatform) -> None:
    result = one_result(bench.run(), bench.told.append)
    assert set(result) == {
        "outcome",
        "changed",
        "company_name",
        "service",
        "task",
        "request",
        "differences",
        "differs",
        "diff",
    }
    assert set(result["diff"]) == {"before", "after", "before_header", "after_header"}
    platform.fault("GET", "/api/v3/customer", raw(b"", 403))
    failed = one_result(bench.run(), bench.told.append)
    assert failed["failed"] is True
    assert failed["failure"]["http_status"] == 403
    assert failed["msg"].endswith(".")


def test_a_difference_is_a_warning_of_the_module(bench: Workbench, platform: UnitPlatform) -> None:
    platform.service(guid=GUID)
    one_result(bench.run(wanted={"full_name": "Other", "on_difference": "report"}), bench.told.append)
    assert "differs from the request" in bench.told[0]


@pytest.mark.parametrize("wanted", [{}, {"state": ABSENT}])
def test_a_run_that_forgets_check_mode_can_write_nothing(
    bench: Workbench, platform: UnitPlatform, wanted: dict[str, Any]
) -> None:
    """The second barrier: the client of a run in check mode refuses to write."""
    if wanted:
        assert bench.run().outcome == Outcome.CREATED
    before = list(platform.writes)
    outcome = bench.run(read_only=True, wanted=wanted)
    assert outcome.outcome == Outcome.FAILED
    assert outcome.failure is not None
    assert "defect of the collection" in outcome.failure.message
    assert platform.writes == before
