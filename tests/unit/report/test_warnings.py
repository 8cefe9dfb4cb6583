# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is said of many services in the same words is said once, and names the customers."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.merged import merge, merge_placed
from ansible_collections.audiocodes.live_platform.plugins.module_utils._http.transport import Answer
from ansible_collections.audiocodes.live_platform.plugins.module_utils._report.service_results import (
    many_results,
    one_result,
)
from ansible_collections.audiocodes.live_platform.plugins.plugin_utils._resolve.input_list import (
    list_problems,
    misspelt_variables,
)
from harness.fakes import GUID, TENANT, said
from harness.unit_platform import UnitPlatform
from harness.workbench import Workbench
from simulator.seeds.loading import load


def test_equal_warnings_become_one() -> None:
    said = [(f"Name{number}", "no cleanup script") for number in range(25)] + [("Brad01", "other"), ("", "of the run")]
    assert merge(said) == [
        "25 services ('Name0', 'Name1', 'Name2', 'Name3', 'Name4' and 20 more): no cleanup script",
        "Brad01: other",
        "of the run",
    ]
    assert merge([("Brad01", "twice"), ("Brad01", "twice")]) == ["Brad01: twice"]


def test_places_of_a_list_are_names_too() -> None:
    said = ["live_platform_services[0] (A_1): x: y", "live_platform_services[1]: x: y", "host brad.example: z", "free"]
    assert merge_placed(said) == [
        "2 services ('live_platform_services[0] (A_1)', 'live_platform_services[1]'): x: y",
        "host brad.example: z",
        "free",
    ]


def test_warnings_of_a_run_name_the_customer_once(bench: Workbench, platform: UnitPlatform) -> None:
    tenants = [f"0000000{number}-1111-4222-8333-444444444444" for number in (1, 2)]
    for number, tenant in enumerate(tenants):
        platform.lead(tenant, companyName=f"Company {number}")
        (site,) = platform.service(tenant, f"Name{number}", f"{GUID[:-1]}{number}").site_location
        site.state, site.name = "failed", "Main"
    wanted = [{"ms_tenant_id": tenant, "short_name": f"Name{number}"} for number, tenant in enumerate(tenants)]
    told: list[str] = []
    many_results(bench.run_all(wanted), told.append)
    assert told == [
        "2 services ('Name0 (Company 0)', 'Name1 (Company 1)'): The service exists, but a SIP connection is not "
        "deployed: Main is 'Failed'"
    ]
    told.clear()
    result = one_result(bench.run(wanted=wanted[0]), told.append)
    assert told[0].startswith("Name0 (Company 0): The service exists, but")
    assert result["company_name"] == "Company 0"


@pytest.mark.parametrize(("numbers", "words"), [(0, "31 active users"), (7, "31 active users and 7 numbers")])
def test_a_deletion_warns_about_users_and_numbers_and_shows_what_goes(
    bench: Workbench, platform: UnitPlatform, numbers: int, words: str
) -> None:
    platform.service(ActiveUserCount=31)
    seeds = [{"telephoneNumber": f"+3120555010{number}", "tenantId": TENANT} for number in range(numbers)]
    load(platform.store, {"numbers": seeds})
    wanted = {"short_name": None, "any_short_name": True}
    for check in (True, False):
        outcome = bench.run(state="absent", wanted=wanted, check=check)
        assert outcome.warnings == [f"The service Brad01 has {words}; deleting it ends their service"]
        assert outcome.to_dict()["short_name"] == "Brad01"
        sites = outcome.before["service"]["site_locations"]
        assert [site["name"] for site in sites] == ["Brad01"]


@pytest.mark.parametrize("answer", [said("down", 503), said({}), said([])])
def test_a_deletion_does_not_depend_on_the_count_of_numbers(
    bench: Workbench, platform: UnitPlatform, answer: Answer
) -> None:
    platform.service()
    platform.fault("GET", "/api/v3/oc/numbers", answer)
    assert bench.run(state="absent").outcome == "deleted"
    assert platform.count("GET", "/api/v3/oc/numbers") == 1


def test_a_service_that_would_be_created_is_returned_as_it_would_be(bench: Workbench) -> None:
    options: dict[str, Any] = {
        "full_name": "Brad Telecom",
        "licensed_users": 7,
        "site_location": {"name": "Main", "sbc_id": 2},
    }
    service = bench.run(check=True, wanted=options).to_dict()["service"]
    assert service["ump_customer_guid"] is None
    assert (service["short_name"], service["full_name"], service["ms_tenant_id"]) == ("Brad01", "Brad Telecom", TENANT)
    assert (service["license_type"], service["licensed_users"]) == ("oc_essential", 7)
    assert [(site["name"], site["sbc_id"], site["deployed"]) for site in service["site_locations"]] == [
        ("Main", 2, None)
    ]
    running = bench.run(wait=False, wanted=options).to_dict()
    assert (running["service"]["short_name"], running["service"]["site_locations"]) == ("Brad01", [])
    adopted = bench.run(check=True, wanted=options).to_dict()
    assert (adopted["outcome"], adopted["service"]["full_name"]) == ("adopted", "Brad Telecom")
    assert bench.run(state="absent", wanted={"ms_tenant_id": GUID}).to_dict()["service"] is None


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "is not set, or null"),
        ("", "is not set"),
        ([], "is empty"),
        ({}, "is a dictionary"),
        ("a", "is a string"),
        (3, "is a"),
    ],
)
def test_what_is_no_list_is_named(value: object, words: str) -> None:
    (problem,) = list_problems(value)
    assert words in problem
    assert list_problems([{}]) == []


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("live_platform_service", "live_platform_services"),
        ("sbc_onboarding_concurrency", "sbc_onboarding_max_concurrency"),
        ("max_concurrency", "sbc_onboarding_max_concurrency"),
        ("onboard_max_concurrency", "sbc_onboarding_max_concurrency"),
        ("onboard_services_max_concurrency", "sbc_onboarding_max_concurrency"),
        ("live_platform_max_concurrency", "sbc_onboarding_max_concurrency"),
        ("sbc_onboarding_leads", None),
        ("lead_lookup_services", None),
        ("lead_lookup_leads", None),
        ("onboard_service_sbc", None),
    ],
)
def test_a_variable_of_another_name_is_named(name: str, meant: str | None) -> None:
    known = [
        "live_platform_services",
        "sbc_onboarding_max_concurrency",
        "sbc_onboarding_leads",
        "lead_lookup_check_online",
    ]
    found = misspelt_variables([name], known)
    assert found == ([f"unknown variable '{name}'; nearest: '{meant}'"] if meant else [])


def test_offboarding_names_the_concurrency_of_onboarding() -> None:
    found = misspelt_variables(["offboard_services_max_concurrency"], ["offboard_max_concurrency"])
    assert "nearest: 'offboard_max_concurrency'" in found[0]
