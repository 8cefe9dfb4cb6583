# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is sent to create a service: every option as its one field, and nothing that was not given."""

from typing import Any

import pytest

from harness.cast import ALDER, BRAD
from harness.playbooks import Ansible, Run, task

EVERY_OPTION: dict[str, Any] = {
    "ms_tenant_id": BRAD,
    "short_name": "Bradx35340067",
    "full_name": "Brad Telecom",
    "configuration": "ip_group",
    "customer_type": "ip_group",
    "lead_id": "e17b3a52-60c4-4d9f-8a2e-000000000001",
    "license_type": "oc_essential",
    "licensed_users": 25,
    "channel_id": "1574",
    "lc_customer_id": "1317092",
    "invitation_email": "admin@brad.example",
    "ump_customer_guid": "7d0f53a1-2222-4333-8444-555566667777",
    "site_location": {
        "name": "Brad-HQ",
        "sbc_id": 2,
        "onboarding_script": 7,
        "cleanup_script": 700,
        "upload_number_script": 5000,
        "release_number_script": 5001,
    },
    "script_parameters": {
        "ProxySet": "SIPTrunk",
        "OnlinePstnGateway": "oc1.sandbox2.audiocodes.be",
        "CarrierUserPassword": "{{ carrier_password }}",
        "CustomVar.Variable1": "10.1.1.5",
        "CustomVar.Variable2": "5061",
    },
    "teams_qos": {
        "application_id": "9f3c7d15-b2e8-4a60-8d47-c1f5a9e3b720",
        "application_password": "{{ application_password }}",
    },
    "webhooks": {
        "invitation_is_pending": "https://hooks.example/pending",
        "customer_created": "https://hooks.example/created",
        "did_change": "https://hooks.example/changed",
    },
    "calling_profile_template_id": 12,
}

EVERY_FIELD: dict[str, Any] = {
    "configurationName": "OcEssential_IPGROUP_TYPE",
    "msTenantId": BRAD,
    "customerShortName": "Bradx35340067",
    "customerFullName": "Brad Telecom",
    "ovocCustomerType": "IPGROUP_TYPE",
    "leadId": "e17b3a52-60c4-4d9f-8a2e-000000000001",
    "licenseType": 3,
    "licensedUsersCount": 25,
    "channelId": "1574",
    "lcCustomerId": "1317092",
    "invitationEmail": "admin@brad.example",
    "umpCustomerGuid": "7d0f53a1-2222-4333-8444-555566667777",
    "siteLocation": {
        "siteLocationName": "Brad-HQ",
        "sbcId": 2,
        "sbcOnboardingScript": 7,
        "sbcCleanupScript": 700,
        "sbcOcUploadNumberScript": 5000,
        "sbcOcReleaseNumberScript": 5001,
    },
    "scriptParameters": {
        "ProxySet": "SIPTrunk",
        "OnlinePstnGateway": "oc1.sandbox2.audiocodes.be",
        "CarrierUserPassword": "planted-Carrier~pw.23",
        "CustomVar.Variable1": "10.1.1.5",
        "CustomVar.Variable2": "5061",
    },
    "teamsQos": {
        "applicationID": "9f3c7d15-b2e8-4a60-8d47-c1f5a9e3b720",
        "applicationPassword": "planted-Application~pw.17",
    },
    "webhooks": {
        "invitationIsPending": "https://hooks.example/pending",
        "customerCreated": "https://hooks.example/created",
        "didChange": "https://hooks.example/changed",
    },
    "callingProfileConfigurationTemplateId": 12,
}

SECRET_VARIABLES = {
    "carrier_password": "planted-Carrier~pw.23",
    "application_password": "planted-Application~pw.17",
}


def submitted(run: Run) -> Any:
    (entry,) = [entry for entry in run.log if entry["method"] == "POST" and entry["path"].endswith("/customer")]
    return entry


@pytest.mark.parametrize("module", ["oc_service", "oc_services"])
def test_every_option_is_sent_under_its_name_and_with_its_type(ansible: Ansible, module: str) -> None:
    options = EVERY_OPTION if module == "oc_service" else {"services": [EVERY_OPTION]}
    run = ansible.play(task("create", module, options), play={"vars": SECRET_VARIABLES}, diff=True, verbosity=4)
    assert run.rc == 0, run.output
    entry = submitted(run)
    assert entry["body"] == EVERY_FIELD
    assert entry["content_type"] == "application/json"
    assert entry["authorization"] == "bearer valid"

    result = run["create"].result if module == "oc_service" else run["create"]["results"][0]
    shown = result["request"]
    assert set(shown) == set(EVERY_FIELD)
    assert shown["scriptParameters"]["CarrierUserPassword"] != EVERY_FIELD["scriptParameters"]["CarrierUserPassword"]
    assert shown["scriptParameters"]["CustomVar.Variable2"] == "5061"
    assert shown["teamsQos"]["applicationPassword"] != EVERY_FIELD["teamsQos"]["applicationPassword"]
    assert shown["siteLocation"] == EVERY_FIELD["siteLocation"]


def test_what_is_not_given_is_not_sent(ansible: Ansible) -> None:
    run = ansible.play(task("create", "oc_service", {"ms_tenant_id": BRAD, "short_name": "Brad"}))
    assert submitted(run)["body"] == {
        "configurationName": "OcEssential_IPGROUP_TYPE",
        "msTenantId": BRAD,
        "customerShortName": "Brad",
        "licenseType": 3,
    }


def test_the_tenant_configuration_is_sent_as_its_sister_value(ansible: Ansible) -> None:
    options = {"ms_tenant_id": ALDER, "short_name": "Alder", "configuration": "tenant", "customer_type": "tenant"}
    run = ansible.play(task("create", "oc_service", {**options, "ovoc_channel_id": 1574, "site_location": {}}))
    entry = submitted(run)
    assert entry["body"]["configurationName"] == "OcEssential_TENANT_TYPE"
    assert entry["body"]["ovocCustomerType"] == "TENANT_TYPE"
    assert entry["channel"] == "1574"
    assert run["create"]["outcome"] == "created"
