# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Creating a service: what is accepted, what is refused, and how the task tells of it."""

from typing import Any

import pytest

from simulator.client import Simulator

BRAD = "f9f53ee0-56e1-43f6-8fe3-5fb322986657"
FJORD = "76190d8f-5c2b-4e74-b815-bf84c7a3de06"
NIMBUS = "eb4f5f6a-751d-4c29-9b6a-04d9cce82531"
HARBOUR = "98410fb2-7e4d-4a96-9a37-d1a6e9c5f028"


def test_a_creation_goes_from_queued_over_running_to_a_deployed_service(simulator: Simulator, platform: Any) -> None:
    simulator.settings(task_seconds=100)
    task_id = platform.created()
    assert task_id.startswith("wst_")
    first = platform.task(task_id)
    assert (first["status"], first["details"], first["executionMessages"]) == ("Queued", [None], [])
    simulator.advance(60)
    middle = platform.task(task_id)
    assert middle["status"] == "InProgress"
    assert [each["message"] for each in middle["executionMessages"]] == ["SBC sbc-onboarding done for site Brad01."]
    assert platform.service() is None
    simulator.advance(41)
    last = platform.task(task_id)
    assert (last["status"], last["details"], last["outputData"]) == ("CompletedSuccess", ["Converted"], {})
    assert last["executionMessages"][-1] == {"level": "Information", "message": "Site created in Ovoc"}
    service = platform.service()
    assert service["CustomerShortName"] == "Brad01"
    assert service["SiteLocation"][0]["sbcDeploymentState"] == "Deployed"
    assert platform.lead()["umpCustomerGuid"] == service["UmpCustomerGuid"]


def test_what_is_left_out_gets_a_default(simulator: Simulator, platform: Any) -> None:
    platform.created(scriptParameters={})
    simulator.advance(1)
    service = platform.service()
    site = service["SiteLocation"][0]
    scripts = platform.get(f"/api/v2/sitelocation/{site['id']}")["sbcInfo"]["sbcScripts"]
    assert (service["LicenseType"], service["CustomerFullName"]) == (3, "Brad01")
    assert (site["name"], site["sbcId"]) == ("Brad01", 2)
    assert (scripts["onboardingScript"], scripts["cleanupScript"]) == (1, 100)


def test_what_is_given_is_kept(simulator: Simulator, platform: Any) -> None:
    platform.created(
        CUSTOMERFULLNAME="Brad Telecom",
        licenseType=4,
        licensedUsersCount=25,
        lcCustomerId="1317092",
        channelId="1580",
        siteLocation={"siteLocationName": "Main", "sbcId": 5, "sbcOnboardingScript": 7, "sbcCleanupScript": 700},
        scriptParameters={"ProxySet": "P", "CarrierUserPassword": "in clear", "CustomVar.Variable1": "10.1.1.5"},
    )
    simulator.advance(1)
    service = platform.service()
    assert (service["CustomerFullName"], service["LicenseType"], service["LicensedUsersCount"]) == (
        "Brad Telecom",
        4,
        25,
    )
    site = platform.get(f"/api/v2/sitelocation/{service['SiteLocation'][0]['id']}")
    assert (site["siteName"], site["sbcInfo"]["sbcId"], site["sbcInfo"]["carrierId"]) == ("Main", 5, "P")
    assert site["sbcInfo"]["sbcScripts"] == {
        "onboardingScript": 7,
        "cleanupScript": 700,
        "customerVariables": {"CarrierUserPassword": "in clear", "CustomVar.Variable1": "10.1.1.5"},
    }
    ovoc = platform.get("/api/ovoc/v1/topology/services/")["services"]
    mine = next(each for each in ovoc if each["serviceId"] == service["UmpCustomerGuid"])
    assert (mine["lcCustomerId"], mine["serviceUcaasTenantId"]) == (1317092, BRAD)


def test_the_tenant_type_touches_no_sbc(simulator: Simulator, platform: Any) -> None:
    task_id = platform.created(configurationName="OcEssential_TENANT_TYPE")
    simulator.advance(1)
    assert [each["message"] for each in platform.task(task_id)["executionMessages"]] == ["Site created in Ovoc"]


@pytest.mark.parametrize(
    ("members", "key"),
    [
        ({"customerShortName": "no blanks"}, "customerShortName"),
        ({"customerShortName": "xy"}, "customerShortName"),
        ({"customerFullName": "x" * 201}, "customerFullName"),
        ({"configurationName": "Other"}, "configurationName"),
        ({"msTenantId": "no-guid"}, "msTenantId"),
        ({"msTenantId": None}, "msTenantId"),
        ({"licenseType": 2}, "licenseType"),
        ({"licenseType": "3"}, "licenseType"),
        ({"licensedUsersCount": True}, "licensedUsersCount"),
        ({"licensedUsersCount": 2.5}, "licensedUsersCount"),
        ({"invitationEmail": "nobody"}, "invitationEmail"),
        ({"umpCustomerGuid": "x"}, "umpCustomerGuid"),
        ({"channelId": 1574}, "channelId"),
        ({"lcCustomerId": "abc"}, "lcCustomerId"),
        ({"siteLocation": {"sbcId": "2"}}, "siteLocation.sbcId"),
        ({"siteLocation": []}, "siteLocation"),
        ({"scriptParameters": {"CustomVar.Variable2": 5060}}, "scriptParameters.CustomVar.Variable2"),
        ({"teamsQos": {"applicationPassword": 1}}, "teamsQos.applicationPassword"),
        ({"webhooks": {"didChange": False}}, "webhooks.didChange"),
        ({"ovocCustomerType": "x"}, "ovocCustomerType"),
    ],
)
def test_wrong_members_are_named(simulator: Simulator, platform: Any, members: dict[str, Any], key: str) -> None:
    response = platform.create(**members)
    assert response.status_code == 400, response.text
    assert list(response.json()["errors"]) == [key]
    assert simulator.state()["tasks"] == []


def test_broken_json_is_refused_with_its_place(platform: Any) -> None:
    for text, key in (
        ('{"siteLocation": {"sbcId": 2,, }}', "siteLocation.sbcId"),
        ('{"a": [1, {"b": tru', "a[1].b"),
        ("{nonsense", ""),
    ):
        response = platform.ask("POST", "/api/v3/customer", data=text)
        assert response.status_code == 400
        assert list(response.json()["errors"]) == [key]


@pytest.mark.parametrize(("form", "expected"), [("object", "jobId"), ("capital", "JobId"), ("string", None)])
def test_the_job_id_comes_in_several_forms(
    simulator: Simulator, platform: Any, form: str, expected: str | None
) -> None:
    simulator.settings(job_answer=form)
    answer = platform.create().json()
    assert (answer if expected is None else answer[expected]).startswith("wst_")


@pytest.mark.parametrize("running", [True, False])
def test_a_second_service_is_refused_as_the_switch_says(simulator: Simulator, platform: Any, running: bool) -> None:
    platform.created()
    if not running:
        simulator.advance(1)
    again = platform.create(BRAD, "Brad02")
    assert (again.status_code, list(again.json()["errors"])) == (400, ["MsTenantId"])
    simulator.settings(existing_service="conflict409", existing_service_text="It is there.")
    again = platform.create(BRAD, "Brad02")
    assert (again.status_code, again.json()["detail"]) == (409, "It is there.")
    assert {"errorTicket", "errorCode", "instance", "traceId"} <= set(again.json())
    simulator.settings(existing_service="task_fails")
    task_id = platform.created(BRAD, "Brad02")
    simulator.advance(1)
    assert platform.task(task_id)["status"] == "Failed"
    assert sum(each["ms_tenant_id"] == BRAD for each in simulator.state()["services"]) == 1


def test_a_second_service_can_be_let_through_to_prove_that_nobody_asks(simulator: Simulator, platform: Any) -> None:
    simulator.settings(existing_service="accept")
    for _number in range(2):
        platform.created()
    simulator.advance(1)
    assert sum(each["ms_tenant_id"] == BRAD for each in simulator.state()["services"]) == 2


def test_a_hosted_service_is_no_obstacle_but_its_short_name_is(simulator: Simulator, platform: Any) -> None:
    taken = platform.create(NIMBUS, "nimbushosted")
    assert (taken.status_code, list(taken.json()["errors"])) == (400, ["CustomerShortName"])
    platform.created(NIMBUS, "NimbusOC")
    simulator.advance(1)
    assert platform.service(NIMBUS)["CustomerShortName"] == "NimbusOC"


def test_short_names_are_unique_in_the_tenant_or_everywhere(simulator: Simulator, platform: Any) -> None:
    platform.created(BRAD, "FjordShip")
    simulator.reset()
    simulator.settings(short_name_scope="platform")
    assert platform.create(BRAD, "FjordShip").status_code == 400


def test_without_a_lead_there_is_no_service(platform: Any) -> None:
    other_lead = platform.lead(FJORD)["id"]
    for members in ({"tenant_id": "00000000-1111-2222-3333-444444444444"}, {"leadId": other_lead}):
        response = platform.create(**members)
        assert (response.status_code, response.json()) == (404, "Invalild lead")


def test_a_lead_that_is_not_active_is_refused_at_once_or_later(simulator: Simulator, platform: Any) -> None:
    refused = platform.create(HARBOUR, "Harbour")
    assert refused.status_code == 400
    assert "Suspended" in refused.json()["errors"]["MsTenantId"][0]
    simulator.settings(lead_not_active="task_fails")
    task_id = platform.created(HARBOUR, "Harbour")
    simulator.advance(1)
    assert platform.task(task_id)["executionMessages"][-1]["level"] == "Error"


@pytest.mark.parametrize("field", ["sbcId", "sbcOnboardingScript", "sbcCleanupScript", "sbcOcUploadNumberScript"])
def test_unknown_ids_fail_later_or_at_once(simulator: Simulator, platform: Any, field: str) -> None:
    task_id = platform.created(siteLocation={field: 99})
    simulator.advance(1)
    task = platform.task(task_id)
    assert task["status"] == "Failed"
    assert "99" in task["executionMessages"][-1]["message"]
    assert platform.service() is None
    simulator.settings(unknown_ids="validation400")
    assert platform.create(siteLocation={field: 99}).status_code == 400


def test_variables_can_be_checked_against_the_script(simulator: Simulator, platform: Any) -> None:
    simulator.settings(variables_check="task_fails")
    site = {"sbcOnboardingScript": 7}
    values = {f"CustomVar.Variable{number}": "x" for number in (1, 2, 3)}
    good = platform.created(siteLocation=site, scriptParameters=values)
    bad = platform.created(NIMBUS, "NimbusOC", siteLocation=site, scriptParameters={"CustomVar.Variable1": "x"})
    simulator.advance(1)
    assert platform.task(good)["status"] == "CompletedSuccess"
    assert platform.task(bad)["status"] == "Failed"


def test_the_lead_id_chooses_among_two_leads(simulator: Simulator, platform: Any) -> None:
    lotus = "c96e2d48-53fb-4a07-9148-e2b7fad6031c"
    first, second = platform.get("/api/v2/oc/lead", msTenantId=lotus)
    platform.created(lotus, "Lotus", leadId=second["id"])
    simulator.advance(1)
    first, second = platform.get("/api/v2/oc/lead", msTenantId=lotus)
    assert first["umpCustomerGuid"] is None
    assert second["umpCustomerGuid"] is not None


def test_the_active_lead_is_taken_when_none_is_named(simulator: Simulator, platform: Any) -> None:
    kestrel = "b85d1c37-42ea-4f96-8037-d1a6e9c5f20b"
    platform.created(kestrel, "Kestrel")
    simulator.advance(1)
    guids = {each["status"]: each["umpCustomerGuid"] for each in platform.get("/api/v2/oc/lead", msTenantId=kestrel)}
    assert guids["Removed"] is None
    assert guids["Active"] is not None
