# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What exists, from two sources that may both lag."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.client import LivePlatformApi
from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.leads import Lead
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.errors import ApiError
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.oc_service.current_state import (
    FEW,
    CurrentState,
    LookedUp,
)
from harness.fakes import GUID, TENANT, FakeClock, client_of, said
from harness.unit_platform import UnitPlatform

OTHERS = [f"aaaaaaaa-0000-4000-8000-{number:012d}" for number in range(20)]
Make = Callable[..., CurrentState]


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def current_state(platform: UnitPlatform, clock: FakeClock, told: list[str]) -> Make:
    def make(*tenants: str, leads: list[Lead] | None = None) -> CurrentState:
        return CurrentState(
            LivePlatformApi(client_of(platform, clock)),
            tenants or (TENANT,),
            clock,
            told.append,
            leads and LookedUp(leads),
        )

    return make


def test_a_tenant_without_service_has_its_leads_only(current_state: Make, platform: UnitPlatform) -> None:
    evidence = current_state().evidence(TENANT)
    assert (evidence.service, len(evidence.leads), evidence.confirmed) == (None, 1, True)
    assert sorted(platform.calls) == ["GET /api/v2/oc/lead", "GET /api/v3/customer", "POST login"]


def test_a_listed_service_is_found_in_any_case(current_state: Make, platform: UnitPlatform) -> None:
    platform.alter(platform.service(), ms_tenant_id=TENANT.upper())
    assert current_state().evidence(TENANT).service is not None


def test_a_hosted_service_is_not_the_service(current_state: Make, platform: UnitPlatform) -> None:
    platform.service(LicenseType=2)
    assert current_state().evidence(TENANT).service is None


def test_the_service_is_found_next_to_a_hosted_one(current_state: Make, platform: UnitPlatform) -> None:
    platform.service(LicenseType=2, guid=GUID[:-1] + "8", short_name="Hosted")
    platform.service(LicenseType=4)
    service = current_state().evidence(TENANT).service
    assert service is not None
    assert service.ump_customer_guid == GUID


@pytest.mark.parametrize("license_type", [None, "gold", 9, {}])
def test_a_licence_that_cannot_be_read_counts_as_the_service(
    current_state: Make, platform: UnitPlatform, license_type: Any
) -> None:
    platform.service(LicenseType=license_type)
    assert current_state().evidence(TENANT).service is not None


def test_a_lead_names_a_service_that_the_list_does_not_show_yet(current_state: Make, platform: UnitPlatform) -> None:
    platform.alter(platform.leads[0], ump_customer_guid=GUID)
    platform.service(MsTenantId=None)
    evidence = current_state().evidence(TENANT)
    assert evidence.service is not None
    assert (evidence.service.ump_customer_guid, evidence.confirmed) == (GUID, True)


def test_a_lead_that_names_a_service_nobody_shows_is_still_evidence(
    current_state: Make, platform: UnitPlatform
) -> None:
    platform.alter(platform.leads[0], ump_customer_guid=GUID)
    evidence = current_state().evidence(TENANT)
    assert evidence.service is not None
    assert (evidence.service.ump_customer_guid, evidence.confirmed) == (GUID, False)


def test_a_lead_that_names_a_hosted_service_is_no_evidence(current_state: Make, platform: UnitPlatform) -> None:
    platform.alter(platform.leads[0], ump_customer_guid=GUID)
    platform.service(LicenseType=1)
    assert current_state().evidence(TENANT).service is None


def test_two_leads_that_name_the_same_service_are_asked_once(current_state: Make, platform: UnitPlatform) -> None:
    platform.lead(umpCustomerGuid=GUID.upper())
    platform.alter(platform.leads[0], ump_customer_guid=GUID)
    current_state().evidence(TENANT)
    assert platform.count("GET", "/api/v3/customer/") == 1


def test_a_deleted_service_that_is_still_listed_is_checked(current_state: Make, platform: UnitPlatform) -> None:
    platform.service()
    platform.alter(platform.leads[0], ump_customer_guid=GUID)
    assert current_state().evidence(TENANT, deleted_guid=GUID.upper()).service is not None
    platform.store.drop_service(GUID, listed=False)
    assert current_state().evidence(TENANT, deleted_guid=GUID).service is None
    assert GUID in platform.store.listed


def test_a_new_service_after_a_deletion_is_seen(current_state: Make, platform: UnitPlatform) -> None:
    platform.service()
    assert current_state().evidence(TENANT, deleted_guid=GUID[:-1] + "9").service is not None


def test_two_services_of_one_tenant_are_both_seen(current_state: Make, platform: UnitPlatform) -> None:
    platform.service()
    platform.service(guid=GUID[:-1] + "9")
    evidence = current_state().evidence(TENANT)
    assert evidence.service is not None
    assert [each.ump_customer_guid for each in (evidence.service, *evidence.others)] == [GUID, GUID[:-1] + "9"]


def test_an_unreadable_list_is_an_error_and_not_empty(current_state: Make, platform: UnitPlatform) -> None:
    platform.fault("GET", "/api/v3/customer", said({"message": "maintenance"}))
    with pytest.raises(ApiError):
        current_state().evidence(TENANT)


def test_a_few_tenants_are_asked_for_one_by_one(current_state: Make, platform: UnitPlatform) -> None:
    tenants = OTHERS[:FEW]
    made = current_state(*tenants)
    for tenant in tenants:
        made.evidence(tenant)
        made.evidence(tenant)
    assert (platform.count("GET", "/api/v3/customer"), platform.count("GET", "/api/v2/oc/lead")) == (1, FEW)


def test_many_tenants_need_one_list_of_each_for_all_threads(current_state: Make, platform: UnitPlatform) -> None:
    for tenant in OTHERS:
        platform.lead(tenant)
    made = current_state(*OTHERS)
    gate = threading.Barrier(len(OTHERS))
    found: list[int] = []

    def work(tenant: str) -> None:
        gate.wait()
        found.append(len(made.evidence(tenant).leads))

    threads = [threading.Thread(target=work, args=(tenant,)) for tenant in OTHERS]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert found == [1] * len(OTHERS)
    assert (platform.count("GET", "/api/v3/customer"), platform.count("GET", "/api/v2/oc/lead")) == (1, 1)


def test_leads_that_were_looked_up_are_not_asked_for_again(current_state: Make, platform: UnitPlatform) -> None:
    lead = Lead("l-1", TENANT.upper(), "Active")
    assert current_state(leads=[lead]).evidence(TENANT).leads == (lead,)
    assert platform.count("GET", "/api/v2/oc/lead") == 0


def test_a_list_is_read_again_only_when_it_is_too_old(
    current_state: Make, platform: UnitPlatform, clock: FakeClock
) -> None:
    made = current_state()
    assert made.listed_service(TENANT) is None
    asked = clock.now()
    platform.service()
    assert made.listed_service(TENANT) is None
    assert made.listed_service(TENANT, newer_than=0.0) is None
    assert made.listed_service(TENANT, newer_than=asked) is not None
    assert made.listed_service(TENANT, newer_than=asked) is not None
    assert platform.count("GET", "/api/v3/customer") == 2


def test_what_is_there_now_is_found_in_either_source(current_state: Make, platform: UnitPlatform) -> None:
    made = current_state()
    made.evidence(TENANT)
    assert made.current_service(TENANT) is None
    platform.service(MsTenantId=None)
    platform.alter(platform.leads[0], ump_customer_guid=GUID)
    found = made.current_service(TENANT)
    assert found is not None
    assert found.ump_customer_guid == GUID


def test_a_lead_of_another_tenant_in_the_answer_is_left_out(current_state: Make, platform: UnitPlatform) -> None:
    platform.fault("GET", "/api/v2/oc/lead", said([{"id": "x", "tenantId": GUID, "status": "Active"}]))
    assert current_state().evidence(TENANT).leads == ()
