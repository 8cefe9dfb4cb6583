# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Look-ups with filters, as the info modules make them."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.client import LivePlatformApi
from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.leads import find_leads
from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.services import find_services
from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.sip_connections import find_sip_connections
from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.tasks import Task
from ansible_collections.audiocodes.live_platform.plugins.module_utils._tasks.poller import (
    WaitPolicy,
    WaitTimeoutError,
    WaitTools,
    find_tasks,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._tasks.progress import Progress
from harness.fakes import GUID, TENANT, FakeClock, InlineWorkers, client_of
from harness.unit_platform import UnitPlatform

OTHER = "aaaaaaaa-1111-4222-8333-bbbbbbbbbbbb"


@pytest.fixture
def api(platform: UnitPlatform, clock: FakeClock) -> LivePlatformApi:
    platform.alter(platform.leads[0], company_name="Brad Telecom")
    platform.lead(OTHER, "Not Active", umpCustomerGuid=GUID)
    platform.service(OTHER, "Other1", GUID)
    platform.service(TENANT, "Hosted", GUID[:-1] + "2", LicenseType=1)
    return LivePlatformApi(client_of(platform, clock))


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, ["lead-0", "lead-1"]),
        ({"ms_tenant_id": TENANT}, ["lead-0"]),
        ({"lead_id": "LEAD-1"}, ["lead-1"]),
        ({"company_name": "brad telecom"}, ["lead-0"]),
        ({"status": "not_active"}, ["lead-1"]),
        ({"without_service": True}, ["lead-0"]),
        ({"status": "active", "lead_id": "lead-1"}, []),
    ],
)
def test_leads_fit_all_filters(api: LivePlatformApi, filters: dict[str, Any], found: list[str]) -> None:
    assert [lead.id for lead in find_leads(api, **filters)] == found


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, ["Other1", "Hosted"]),
        ({"ms_tenant_id": OTHER.upper()}, ["Other1"]),
        ({"short_name": "hosted"}, ["Hosted"]),
        ({"license_types": ["oc_essential"]}, ["Other1"]),
        ({"ump_customer_guid": GUID}, ["Other1"]),
        ({"ump_customer_guid": GUID, "short_name": "x"}, []),
        ({"ump_customer_guid": TENANT}, []),
    ],
)
def test_services_fit_all_filters(api: LivePlatformApi, filters: dict[str, Any], found: list[str]) -> None:
    assert [service.short_name for service in find_services(api, **filters)] == found


def test_the_sip_connections_of_a_service_are_read_back(api: LivePlatformApi, platform: UnitPlatform) -> None:
    (site,) = platform.store.services[GUID].site_location
    (connection,) = find_sip_connections(api, ump_customer_guid=GUID)
    assert (connection.id, connection.proxy_set) == (str(site.id), "SIPTrunk")
    assert find_sip_connections(api, ump_customer_guid=TENANT) == []


def test_tasks_are_told_as_they_are_and_lost_ones_too(
    api: LivePlatformApi, platform: UnitPlatform, clock: FakeClock
) -> None:
    task_id = api.create_service(
        {"configurationName": "OcEssential_IPGROUP_TYPE", "msTenantId": TENANT, "customerShortName": "Brad01"}
    )

    def find(*ids: str, wait: bool = True) -> tuple[list[Task], list[WaitTimeoutError]]:
        policy = WaitPolicy(wait, timeout=500)
        workers = partial(InlineWorkers, clock=clock)
        tools = WaitTools(policy, clock, lambda message: None, Progress(clock), workers)
        tasks, late, signal = find_tasks(api, ids, tools)
        assert signal is None
        return tasks, late

    (seen,), late = find(task_id, wait=False)
    assert (seen.state, late) == ("running", [])
    (seen, lost, same), late = find(task_id, "wst_999", task_id)
    assert (seen.state, lost.id, late) == ("succeeded", "wst_999", [])
    assert same is seen
    platform.store.tasks[task_id].shown = {"status": "InProgress"}
    (seen,), (error,) = find(task_id)
    assert (seen.state, error.seen.id) == ("running", task_id)
