# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Leads: list with its pages, creation, deletion, channels."""

from typing import Any

import pytest

from simulator.client import Simulator

BRAD = "f9f53ee0-56e1-43f6-8fe3-5fb322986657"
NEW = "aaaaaaaa-1111-4222-8333-bbbbbbbbbbbb"


def _ids(platform: Any, **query: Any) -> list[str]:
    return [each["id"] for each in platform.get("/api/v2/oc/lead", **query)]


def test_the_cast_has_every_case_that_matters(simulator: Simulator) -> None:
    leads = [each for each in simulator.state()["leads"] if not each["onlineOnly"]]
    oc_tenants = {each["ms_tenant_id"] for each in simulator.state()["services"] if each["license_type"] >= 3}
    tenants = [each["tenantId"] for each in leads]
    active = [each["tenantId"] for each in leads if each["status"] == "Active"]
    names = {each["tenantId"]: (each["contactDetails"] or {}).get("companyName") for each in leads}
    assert len(set(tenants)) >= 14
    assert {each["status"] for each in leads} == {"Active", "Removed", "Suspended", "Not Active"}
    assert len([each for each in set(tenants) if active.count(each) == 1 and tenants.count(each) == 2]) == 1
    assert len([each for each in set(tenants) if active.count(each) == 2]) == 1
    assert list(names.values()).count("Maple Energy") == 2
    assert len(set(active) - oc_tenants) >= 6
    assert names[BRAD] == "Brad Telecom"
    assert all((each["umpCustomerGuid"] is None) == (each["tenantId"] not in oc_tenants) for each in leads)


def test_an_item_has_all_members(platform: Any) -> None:
    lead = platform.lead()
    assert {"operatorId", "tenantOrigin", "consentedCountries", "contacts", "civicAddresses", "comments"} <= set(lead)
    assert set(lead["contactDetails"]) == {"fullName", "email", "phoneNumber", "companyName", "companySize"}
    assert len(lead["consentedOn"].split(".")[1]) == len("1234567Z")


def test_the_tenant_filter_and_query_names_ignore_case(platform: Any) -> None:
    assert _ids(platform, MSTENANTID=BRAD.upper()) == [platform.lead()["id"]]
    assert _ids(platform, msTenantId=NEW) == []


@pytest.mark.parametrize("base", [0, 1])
def test_pages_follow_each_other_whatever_the_base(simulator: Simulator, platform: Any, base: int) -> None:
    simulator.settings(lead_page_base=base)
    everything = _ids(platform, PageSize=1000)
    assert len(everything) == 19
    pages = [_ids(platform, PageNumber=base + number, PageSize=7) for number in range(4)]
    assert [len(page) for page in pages] == [7, 7, 5, 0]
    assert [each for page in pages for each in page] == everything
    assert _ids(platform, PageSize=7) == pages[0]


def test_page_zero_is_the_first_or_wrong(simulator: Simulator, platform: Any) -> None:
    assert _ids(platform, PageNumber=0) == _ids(platform, PageNumber=1)
    simulator.settings(lead_page_zero="reject")
    assert platform.ask("GET", "/api/v2/oc/lead?PageNumber=0").status_code == 400


def test_page_sizes_have_a_default_and_a_silent_maximum(simulator: Simulator, platform: Any) -> None:
    assert len(_ids(platform)) == 10
    simulator.settings(lead_page_default_size=100, lead_page_max=12)
    assert len(_ids(platform)) == 12
    assert len(_ids(platform, PageSize=5000)) == 12


@pytest.mark.parametrize("query", ["PageSize=0", "PageSize=x", "PageNumber=-1", "checkOnline=maybe"])
def test_wrong_query_values_are_refused(platform: Any, query: str) -> None:
    response = platform.ask("GET", f"/api/v2/oc/lead?{query}")
    assert (response.status_code, list(response.json()["errors"])) == (400, [query.partition("=")[0]])


def test_the_list_may_stand_in_two_brackets(simulator: Simulator, platform: Any) -> None:
    simulator.settings(lead_double_bracket=True)
    body = platform.get("/api/v2/oc/lead", msTenantId=BRAD)
    assert body[0][0]["tenantId"] == BRAD


def test_microsoft_is_asked_only_on_demand(platform: Any) -> None:
    reed = "1ce3829d-a840-4f5c-8e9d-370cff2b5864"
    assert _ids(platform, msTenantId=reed) == []
    assert len(_ids(platform, msTenantId=reed, checkOnline="true")) == 1


def test_the_channel_header_narrows(platform: Any) -> None:
    response = platform.ask("GET", "/api/v2/oc/lead", headers={"X-Ovoc-Channel-Id": "1574"})
    assert [each["ovocChannelId"] for each in response.json()] == [1574]
    assert platform.simulator.log()[-1]["channel"] == "1574"


def test_a_consentless_lead_is_created_once_and_deleted(platform: Any) -> None:
    body = {"tenantId": NEW, "companyName": "Sable Works"}
    assert platform.ask("POST", "/api/v2/oc/lead", body).status_code == 200
    assert platform.lead(NEW)["isDirectLead"] is True
    again = platform.ask("POST", "/api/v2/oc/lead", body)
    assert set(again.json()["errors"]) == {"TenantId", "CompanyName"}
    gone = platform.ask("DELETE", f"/api/v2/oc/lead?msTenantID={NEW}")
    assert (gone.status_code, gone.json()) == (200, 1)
    assert platform.ask("DELETE", f"/api/v2/oc/lead?msTenantID={NEW}").json() == "Invalild lead"
    assert platform.ask("DELETE", f"/api/v2/oc/lead?msTenantID={BRAD}").status_code == 400


def test_a_lead_of_an_unknown_tenant_cannot_be_created(simulator: Simulator, platform: Any) -> None:
    simulator.settings(unknown_tenants=[NEW])
    response = platform.ask("POST", "/api/v2/oc/lead", {"tenantId": NEW, "companyName": "Sable Works"})
    assert (response.status_code, response.json()) == (404, "Invalild lead")


def test_channels_are_assigned_and_removed(simulator: Simulator, platform: Any) -> None:
    path = "/api/v3/ovoc/channel/action/assign"
    answer = platform.ask("PUT", path, {"leadMsTenantId": BRAD, "channelId": 1574}).json()
    assert answer["succeeded"] is True
    assert platform.lead()["ovocChannelId"] == 1574
    simulator.settings(channel_answer="old")
    answer = platform.ask("PUT", path, {"leadId": platform.lead()["id"], "channelId": 1580}).json()
    assert answer == {"status": True, "data": "new lead ovocChannelId: 1580"}
    answer = platform.ask("PUT", f"/api/v3/ovoc/channel/action/remove/?msTenantId={BRAD}").json()
    assert answer == {"status": True, "data": "Removed channel 1580"}
    assert platform.lead()["ovocChannelId"] is None
    two = {"leadMsTenantId": BRAD, "leadId": "x", "channelId": 1574}
    assert platform.ask("PUT", path, two).status_code == 400
    assert platform.ask("PUT", path, {"leadMsTenantId": BRAD, "channelId": 1}).status_code == 400
    suspended = {"leadMsTenantId": "98410fb2-7e4d-4a96-9a37-d1a6e9c5f028", "channelId": 1574}
    assert platform.ask("PUT", path, suspended).status_code == 400
