# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Services and SIP connections: reading, lags, changing, deleting."""

from typing import Any

import pytest

from simulator.client import Simulator

BRAD = "f9f53ee0-56e1-43f6-8fe3-5fb322986657"
FJORD = "76190d8f-5c2b-4e74-b815-bf84c7a3de06"
OPAL = "fac1607b-862e-4d3a-8c7b-15eadd093642"
NOBODY = "99999999-0000-4000-8000-000000000000"


def test_the_list_shows_every_licence_and_details_on_demand(platform: Any) -> None:
    short = platform.get("/api/v3/customer")
    assert {each["LicenseType"] for each in short} == {0, 2, 3, 5}
    assert None in [each["MsTenantId"] for each in short]
    assert all("SiteLocation" not in each for each in short)
    site = platform.service(FJORD)["SiteLocation"][0]
    assert set(site) == {"id", "name", "sbcId", "sbcDeploymentState", "sbcConfigurationType"}


def test_one_service_has_the_newer_members_when_wanted(simulator: Simulator, platform: Any) -> None:
    path = f"/api/v3/customer/{platform.service(OPAL)['UmpCustomerGuid'].upper()}"
    service = platform.get(path)
    assert service["ApplicationClientSecret"] == "sim*****"
    assert service["ClientSecretExpirationDate"] == "2/18/2027 8:39:26 AM"
    simulator.settings(newer_service_fields=False)
    assert "ApplicationClientSecret" not in platform.get(path)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/v3/customer/{}"),
        ("DELETE", "/api/v2/customer/{}"),
        ("PATCH", "/api/v3/customer/{}"),
        ("POST", "/api/v2/customer/{}/action/upgrade"),
        ("GET", "/api/v3/customer/{}/licenseinfo"),
        ("GET", "/api/v3/customer/{}/onlinepstngateway"),
    ],
)
def test_an_unknown_service_is_a_bare_sentence(platform: Any, method: str, path: str) -> None:
    response = platform.ask(method, path.format(NOBODY))
    assert (response.status_code, response.json()) == (404, f"Customer with {NOBODY} not found")


def test_a_deleted_service_is_gone_everywhere_and_can_be_made_again(simulator: Simulator, platform: Any) -> None:
    guid = platform.service(FJORD)["UmpCustomerGuid"]
    response = platform.ask("DELETE", f"/api/v2/customer/{guid}")
    assert (response.status_code, response.json()) == (200, 1)
    assert platform.service(FJORD) is None
    assert platform.lead(FJORD)["umpCustomerGuid"] is None
    assert platform.ask("GET", "/api/v2/sitelocation/4001").status_code == 404
    assert platform.ask("DELETE", f"/api/v2/customer/{guid}").status_code == 404
    platform.created(FJORD, "Fjord2")


def test_list_and_lead_follow_late_after_a_creation(simulator: Simulator, platform: Any) -> None:
    simulator.settings(task_seconds=10, service_list_lag_seconds=20, lead_lag_seconds=40)
    platform.created()
    seen = []
    for seconds in (9, 2, 20, 20):
        simulator.advance(seconds)
        seen.append((platform.service() is not None, platform.lead()["umpCustomerGuid"] is not None))
    assert seen == [(False, False), (False, False), (True, False), (True, True)]


def test_one_service_can_be_read_before_the_list_shows_it_unless_told_otherwise(
    simulator: Simulator, platform: Any
) -> None:
    simulator.settings(service_list_lag_seconds=20, output_guid="camel")
    task_id = platform.created()
    simulator.advance(1)
    path = f"/api/v3/customer/{platform.task(task_id)['outputData']['umpCustomerGuid']}"
    assert platform.service() is None
    assert platform.ask("GET", path).status_code == 200
    simulator.settings(service_get_lags=True)
    assert platform.ask("GET", path).status_code == 404
    simulator.advance(20)
    assert platform.ask("GET", path).status_code == 200


def test_list_and_lead_follow_late_after_a_deletion(simulator: Simulator, platform: Any) -> None:
    simulator.settings(service_list_lag_seconds=20, lead_lag_seconds=40)
    guid = platform.service(FJORD)["UmpCustomerGuid"]
    platform.ask("DELETE", f"/api/v2/customer/{guid}")
    seen = []
    for seconds in (0, 21, 20):
        simulator.advance(seconds)
        seen.append((platform.service(FJORD) is not None, platform.lead(FJORD)["umpCustomerGuid"] is not None))
    assert seen == [(True, True), (False, True), (False, False)]
    assert platform.ask("GET", f"/api/v3/customer/{guid}").status_code == 404


def test_a_service_may_show_before_its_task_is_done_and_vanish_when_it_fails(
    simulator: Simulator, platform: Any
) -> None:
    simulator.settings(service_visible_before_done=True, task_seconds=100, fail_tasks=["Brad02"])
    platform.created(BRAD, "Brad01")
    assert platform.service()["SiteLocation"][0]["sbcDeploymentState"] == "Deploying"
    simulator.advance(101)
    assert platform.service()["SiteLocation"][0]["sbcDeploymentState"] == "Deployed"
    simulator.reset()
    simulator.settings(service_visible_before_done=True, task_seconds=100, fail_tasks=["Brad02"])
    platform.created(BRAD, "Brad02")
    assert platform.service() is not None
    simulator.advance(101)
    assert platform.service() is None


def test_deployment_takes_its_time_or_fails(simulator: Simulator, platform: Any) -> None:
    simulator.settings(
        deploy_seconds=30, deploy_fails=["Nimbus1"], deploying_state="In Work", deploy_failed_state="Bad"
    )
    nimbus = "eb4f5f6a-751d-4c29-9b6a-04d9cce82531"
    platform.created(BRAD, "Brad01")
    platform.created(nimbus, "Nimbus1")

    def states() -> list[tuple[str, int]]:
        sites = [platform.service(tenant)["SiteLocation"][0] for tenant in (BRAD, nimbus)]
        numbers = [platform.get(f"/api/v2/sitelocation/{each['id']}")["sbcDeploymentState"] for each in sites]
        return list(zip([each["sbcDeploymentState"] for each in sites], numbers, strict=True))

    simulator.advance(5)
    assert states() == [("In Work", 2), ("In Work", 2)]
    simulator.advance(30)
    assert states() == [("Deployed", 3), ("Bad", 4)]


def test_a_sip_connection_is_read_back_with_its_password(platform: Any) -> None:
    site = platform.get("/api/v2/sitelocation/4001")
    scripts = site["sbcInfo"]["sbcScripts"]
    assert site["onlinePstnGateway"] == "oc.sandbox1.audiocodes.be"
    assert scripts["customerVariables"]["CarrierUserPassword"].startswith("simcarrier-")
    assert scripts["customerVariables"]["CustomVar.Variable3"] == "sip.fjord-shipping.example"
    assert "ProxySet" not in scripts["customerVariables"]


def test_ids_of_new_sip_connections_can_be_guids(simulator: Simulator, platform: Any) -> None:
    simulator.settings(site_location_ids="guid")
    platform.created()
    simulator.advance(1)
    site_id = platform.service()["SiteLocation"][0]["id"]
    assert isinstance(site_id, str)
    assert platform.get(f"/api/v2/sitelocation/{site_id}")["siteName"] == "Brad01"


def test_sip_connections_are_added_and_removed_by_tasks(simulator: Simulator, platform: Any) -> None:
    guid = platform.service(FJORD)["UmpCustomerGuid"]
    body = {"siteLocationName": "Second", "sbcId": 3, "sbcOnboardingScript": 1, "sbcCleanupScript": 100}
    assert platform.ask("POST", f"/api/v2/customer/{guid}/sitelocation/", body).json()["jobId"].startswith("tsk_")
    simulator.advance(1)
    assert [each["name"] for each in platform.service(FJORD)["SiteLocation"]] == ["FjordShip", "Second"]
    answer = platform.ask("DELETE", "/api/v2/sitelocation/4001").json()
    assert (answer["status"], answer["o365CleanupTask"]) == (True, "tsk_0")
    simulator.advance(1)
    assert platform.task(answer["sbcCleanupTaskId"])["status"] == "CompletedSuccess"
    assert [each["name"] for each in platform.service(FJORD)["SiteLocation"]] == ["Second"]


def test_an_upgrade_is_a_task_with_a_bare_id(simulator: Simulator, platform: Any) -> None:
    guid = platform.service(FJORD)["UmpCustomerGuid"]
    path = f"/api/v2/customer/{guid}/action/upgrade"
    task_id = platform.ask("POST", path, {"upgradeToLicense": 4, "licenseCount": 40}).json()
    assert task_id.startswith("tsk_")
    assert platform.service(FJORD)["LicenseType"] == 3
    simulator.advance(1)
    assert (platform.service(FJORD)["LicenseType"], platform.service(FJORD)["LicensedUsersCount"]) == (4, 40)
    assert platform.ask("POST", path, {"upgradeToLicense": 3}).json() == "Invalid change for License Type!"
    refused = platform.ask("PATCH", f"/api/v3/customer/{guid}", {"licensedUsersCount": 5}).json()
    assert "31 users are active" in refused["errors"]["LicensedUsersCount"][0]


def test_a_service_changes_only_between_some_licences(platform: Any) -> None:
    path = f"/api/v3/customer/{platform.service(OPAL)['UmpCustomerGuid']}"
    assert platform.ask("PATCH", path, {"customerFullName": "Opal BV", "licenseType": 4}).json() == 1
    assert (platform.service(OPAL)["CustomerFullName"], platform.service(OPAL)["LicenseType"]) == ("Opal BV", 4)
    refused = platform.ask("PATCH", path, {"licenseType": 3})
    assert (refused.status_code, refused.json()) == (400, "Invalid change for License Type!")


def test_gateways_and_licences_of_a_service(platform: Any) -> None:
    path = f"/api/v3/customer/{platform.service(FJORD)['UmpCustomerGuid']}"
    assert platform.get(f"{path}/onlinepstngateway") == [
        {"fqdn": "oc.sandbox1.audiocodes.be", "trunkModel": "DerivedTrunk"}
    ]
    assert [each["acquiredLicenses"] for each in platform.get(f"{path}/licenseinfo", nrOfMonths=2)] == [40, 40]
