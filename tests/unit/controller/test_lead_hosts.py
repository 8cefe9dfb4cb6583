# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Leads as hosts: which lead speaks for a tenant, what it is called, where it belongs."""

from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.leads import Lead
from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.services import Service
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.oc_service.lead_choice import (
    choose_lead,
)
from ansible_collections.audiocodes.live_platform.plugins.plugin_utils._inventory.lead_hosts import (
    host_groups,
    host_names,
    host_records,
    is_usable,
    names_given_up,
    wanted_records,
)

ONE, TWO, THREE = (f"{digit * 8}-1111-4222-8333-444444444444" for digit in "abc")


def lead(tenant: str | None = ONE, **members: Any) -> Lead:
    return Lead(**{"id": "lead", "ms_tenant_id": tenant, "status": "Active", **members})


def test_the_lead_of_a_tenant_is_the_one_that_a_service_would_be_made_from() -> None:
    leads = [
        lead(id="removed", status="Removed"),
        lead(ONE.upper(), id="consentless", is_direct_lead=True),
        lead(id="consented", is_direct_lead=False),
    ]
    (record,) = host_records(leads, [])
    assert record["lead_id"] == choose_lead(ONE, leads).id == "consented"
    assert record["ms_tenant_id"] == ONE
    # A tenant none of whose leads is Active is a host too.
    (record,) = host_records([lead(id="removed", status="Removed")], [])
    assert (record["lead_id"], record["active"]) == ("removed", False)


@pytest.mark.parametrize(
    ("leads", "services", "has_service", "guid"),
    [
        ([lead()], [], False, None),
        ([lead(), lead(id="old", status="Removed", ump_customer_guid="g1")], [], True, "g1"),
        ([lead()], [Service("g2", ms_tenant_id=ONE.upper(), license_code=3)], True, "g2"),
        ([lead(ump_customer_guid="g1")], [Service("g2", ms_tenant_id=ONE, license_code=4)], True, "g2"),
        ([lead()], [Service(None, ms_tenant_id=ONE, license_code=3)], True, None),
        ([lead()], [Service("g3", ms_tenant_id=ONE, license_code=1)], False, None),
    ],
)
def test_a_tenant_has_a_service_when_the_list_or_a_lead_says_so(
    leads: list[Lead], services: list[Service], has_service: bool, guid: str | None
) -> None:
    (record,) = host_records(leads, services)
    assert (record["has_service"], record["ump_customer_guid"]) == (has_service, guid)


def test_a_lead_without_a_proper_tenant_is_no_host() -> None:
    leads = [lead(None), lead(""), lead("{{ evil }}"), lead(f" {ONE} ")]
    assert [is_usable(each) for each in leads] == [False, False, False, True]
    assert [record["ms_tenant_id"] for record in host_records(leads, [])] == [ONE]


def test_contacts_are_there_on_request_only() -> None:
    leads = [lead(contact_details={"email": "a@b.example"}, comments="x")]
    assert not {"contact_details", "contacts", "civic_addresses", "comments"} & set(host_records(leads, [])[0])
    assert host_records(leads, [], contacts=True)[0]["contact_details"] == {"email": "a@b.example"}


def test_hosts_are_wanted_by_status_and_by_having_no_service() -> None:
    leads = [lead(ONE), lead(TWO, status="Not Active"), lead(THREE, status=None, ump_customer_guid="g")]
    records = host_records(leads, [])

    def tenants(*arguments: Any) -> list[str]:
        return [record["ms_tenant_id"] for record in wanted_records(records, *arguments)]

    assert tenants() == [ONE, TWO, THREE]
    assert tenants(["active", "NOT-ACTIVE"]) == [ONE, TWO]
    assert tenants(["suspended"]) == []
    assert tenants([], True) == [ONE, TWO]


def test_names_are_safe_and_used_once() -> None:
    companies = ["Alder Logistics", "Maple/Energy: [1:3]", None]
    leads = [lead(tenant, company_name=name) for tenant, name in zip((ONE, TWO, THREE), companies, strict=True)]
    assert host_names(host_records(leads, []), "company_name") == ["Alder_Logistics", "Maple_Energy_1_3", THREE]
    same = host_records([lead(ONE, company_name="Maple"), lead(TWO, company_name="maple!")], [])
    assert host_names(same, "company_name") == [ONE, TWO]
    assert host_names(same) == [ONE, TWO]


@pytest.mark.parametrize(
    "name",
    [
        *("all", "ALL", " all ", "ungrouped", "localhost", "localhost.localdomain", "hostvars"),
        *("127.0.0.1", "::1", "10.1.1.5", "0", "42", TWO, "\u00a7"),
        *("status_active", "Status Active", "with service", "without_service", "web", "other.example"),
    ],
)
def test_a_name_that_means_something_else_gives_way_to_the_tenant_id(name: str) -> None:
    records = host_records([lead(ONE, company_name=name), lead(TWO, company_name="Maple")], [])
    names = host_names(records, "company_name", ["web", "other.example"])
    assert names == [ONE, "Maple"]
    said = names_given_up(records, names, "company_name")
    assert said is not None
    assert said.startswith("1 hosts are named after their tenant id, since their company_name cannot be used")
    assert name.strip() in said


def test_when_all_names_can_be_used_nothing_is_said() -> None:
    records = host_records([lead(ONE, company_name="Maple"), lead(TWO)], [])
    assert names_given_up(records, host_names(records, "company_name"), "company_name") is None
    assert names_given_up(records, host_names(records), "ms_tenant_id") is None


@pytest.mark.parametrize(
    ("status", "group"),
    [
        ("Active", "status_active"),
        ("Not Active", "status_not_active"),
        (None, "status_unknown"),
        ("{{ x }}", "status_x"),
        ("§", "status_unknown"),
    ],
)
def test_every_host_is_in_two_groups(status: str | None, group: str) -> None:
    (record,) = host_records([lead(status=status)], [])
    assert host_groups(record) == (group, "without_service")
    assert host_groups({**record, "has_service": True}) == (group, "with_service")


def test_a_short_name_is_suggested_for_those_without_a_service() -> None:
    leads = [lead(ONE, company_name="Alder"), lead(TWO, company_name="Birch"), lead(THREE, company_name="Cedar")]
    services = [Service("g1", ms_tenant_id=TWO, license_code=3, short_name="cedar")]
    suggested = [record["suggested_short_name"] for record in host_records(leads, services)]
    assert suggested == ["Alder", None, "Cedarxcccccc"]
