# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is given twice must agree, and what does not is found before the first write, with both values."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.leads import Lead
from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.services import Service
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.errors import ConflictError
from ansible_collections.audiocodes.live_platform.plugins.module_utils._input.resolve_leads import (
    resolve_leads,
    resolve_removals,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.outcome import Outcome
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.resource import ABSENT
from ansible_collections.audiocodes.live_platform.plugins.module_utils._report.status.customers import status_of
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.oc_service.agreement import (
    contradictions,
)
from harness.unit_platform import UnitPlatform
from harness.workbench import Workbench

BRAD, FJORD, NEWCOMER = (f"0000000{number}-1111-4222-8333-444444444444" for number in (1, 2, 3))
BRADS_GUID, FJORDS_GUID = (f"{letter * 8}-1111-4222-8333-444444444444" for letter in "ab")
LEADS = [
    Lead("l-brad", BRAD, "Active", "Brad Telecom"),
    Lead("l-fjord", FJORD, "Active", "Fjord Shipping", ump_customer_guid=FJORDS_GUID),
]
SERVICES = [
    Service(FJORDS_GUID, "FjordShip", "Fjord Shipping", 3, ms_tenant_id=FJORD),
    Service("hosted", "FjordPBX", "Fjord Shipping", 0, ms_tenant_id=FJORD),
]


@pytest.mark.parametrize(
    ("tenant", "given", "words"),
    [
        (BRAD, {"company_name": "Fjord Shipping"}, ["Fjord Shipping", "Brad Telecom", BRAD, FJORD]),
        (BRAD, {"company_name": "Nobody Ltd"}, ["Nobody Ltd", "Brad Telecom"]),
        (NEWCOMER, {"company_name": "Nobody Ltd"}, ["cannot be checked"]),
        (NEWCOMER, {"company_name": "Fjord Shipping"}, [NEWCOMER, FJORD]),
        (BRAD, {"lead_id": "l-fjord"}, ["l-fjord", FJORD, BRAD]),
        (BRAD, {"lead_id": "l-unknown"}, ["l-unknown", "l-brad"]),
        (FJORD, {"short_name": "Fjord"}, ["'FjordShip', not 'Fjord'"]),
        (BRAD, {"ump_customer_guid": FJORDS_GUID}, [FJORDS_GUID, FJORD, BRAD]),
        (FJORD, {"ump_customer_guid": BRADS_GUID}, [BRADS_GUID, FJORDS_GUID]),
    ],
)
def test_two_names_of_two_customers_contradict_each_other(tenant: str, given: dict[str, Any], words: list[str]) -> None:
    (problem,) = contradictions(given, tenant, LEADS, SERVICES)
    for word in words:
        assert word in problem


@pytest.mark.parametrize(
    ("tenant", "given"),
    [
        (BRAD, {"company_name": " brad telecom", "lead_id": "L-BRAD", "short_name": "Any", "full_name": "Other"}),
        (BRAD, {"ump_customer_guid": BRADS_GUID}),
        (FJORD, {"company_name": "Fjord Shipping", "short_name": "FJORDSHIP", "ump_customer_guid": FJORDS_GUID}),
        (FJORD.upper(), {"ump_customer_guid": "hosted", "lead_id": "l-fjord"}),
        (NEWCOMER, {"lead_id": "l-unknown", "short_name": "FjordShip"}),
    ],
)
def test_what_agrees_is_no_problem(tenant: str, given: dict[str, Any]) -> None:
    assert contradictions(given, tenant, LEADS, SERVICES) == []


def test_the_company_of_a_tenant_without_lead_is_that_of_its_service() -> None:
    assert contradictions({"company_name": "Fjord Shipping"}, FJORD, [], SERVICES) == []
    assert contradictions({"company_name": "Fjord"}, FJORD, [], SERVICES) != []


CONTRADICTORY = [
    {"ms_tenant_id": BRAD, "company_name": "Fjord Shipping", "short_name": "Brad01"},
    {"company_name": "Fjord Shipping", "short_name": "Fjord", "lead_id": "l-brad"},
]


def test_all_contradictions_of_a_list_are_named_with_their_places() -> None:
    for found in (resolve_leads(CONTRADICTORY, LEADS, SERVICES), resolve_removals(CONTRADICTORY, LEADS, SERVICES)):
        assert len(found.problems) == 3, found.problems
        assert found.problems[0].startswith("live_platform_services[0] (Brad01): company_name 'Fjord Shipping'")
        assert all(problem.startswith("live_platform_services[1] (Fjord): ") for problem in found.problems[1:])


def test_the_status_of_a_contradictory_item_says_so() -> None:
    records = status_of(SERVICES, LEADS, [*CONTRADICTORY, {"company_name": "Brad Telecom"}])
    assert [record["state"] for record in records] == ["contradictory", "contradictory", "no_service"]
    assert "Fjord Shipping" in records[0]["problem"]


@pytest.fixture
def two(bench: Workbench, platform: UnitPlatform) -> list[dict[str, Any]]:
    """The first can be made; the second tenant has its service under another short name."""
    platform.store.drop_lead("lead-0")
    platform.lead(BRAD)
    platform.lead(FJORD, umpCustomerGuid=FJORDS_GUID)
    platform.service(FJORD, "FjordShip", FJORDS_GUID)
    return [{"ms_tenant_id": BRAD, "short_name": "Brad01"}, {"ms_tenant_id": FJORD, "short_name": "Fjord"}]


@pytest.mark.parametrize("concurrency", [1, 2])
def test_what_is_impossible_is_found_before_the_first_write(
    bench: Workbench, platform: UnitPlatform, two: list[dict[str, Any]], concurrency: int
) -> None:
    stopped = bench.run_all(two, on_error="stop", max_concurrency=concurrency).outcomes
    assert [outcome.outcome for outcome in stopped] == [Outcome.SKIPPED, Outcome.FAILED]
    assert platform.writes == []
    done = bench.run_all(two, on_error="continue", max_concurrency=concurrency).outcomes
    assert [outcome.outcome for outcome in done] == [Outcome.CREATED, Outcome.FAILED]
    assert isinstance(done[1].failure, ConflictError)
    assert "'FjordShip', not 'Fjord'" in done[1].failure.message


def test_another_service_is_not_deleted_and_stop_then_deletes_nothing(
    bench: Workbench, platform: UnitPlatform, two: list[dict[str, Any]]
) -> None:
    platform.service(BRAD, "Brad01", BRADS_GUID)
    stopped = bench.run_all(two, ABSENT, on_error="stop").outcomes
    assert [outcome.outcome for outcome in stopped] == [Outcome.SKIPPED, Outcome.FAILED]
    assert platform.writes == []


@pytest.mark.parametrize("state", ["present", ABSENT])
@pytest.mark.parametrize("more", [{"lead_id": "lead-0"}, {"ump_customer_guid": BRADS_GUID}])
def test_a_module_refuses_the_id_of_another_customer(
    bench: Workbench, platform: UnitPlatform, two: list[dict[str, Any]], state: str, more: dict[str, Any]
) -> None:
    wanted = {"ms_tenant_id": FJORD, "short_name": "FjordShip", **more}
    outcome = bench.run(state=state, wanted=wanted)
    assert isinstance(outcome.failure, ConflictError)
    assert next(iter(more.values())) in outcome.failure.message
    assert platform.writes == []
