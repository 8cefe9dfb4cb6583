# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of the request's fields: what is sent, and that it is sent exactly when it is given."""

from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.field import Field, public_and_secret
from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.field import payload as payload_of
from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.fields import SERVICE_FIELDS
from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.script_parameters import (
    CUSTOM_VARIABLE,
    custom_variable,
)
from harness.fakes import GUID, TENANT


def payload(values: dict[str, Any]) -> dict[str, Any]:
    return payload_of(values, SERVICE_FIELDS)


EVERY_OPTION: dict[str, Any] = {
    "configuration": "ip_group",
    "ms_tenant_id": TENANT,
    "lead_id": "l-1",
    "short_name": "Brad01",
    "full_name": "Brad Telecom",
    "site_location": {
        "name": "Main",
        "sbc_id": 2,
        "onboarding_script": 7,
        "cleanup_script": 700,
        "upload_number_script": 5000,
        "release_number_script": 5001,
    },
    "customer_type": "tenant",
    "channel_id": "1574",
    "lc_customer_id": "1317092",
    "invitation_email": "admin@brad.example",
    "license_type": "oc_essential",
    "licensed_users": 0,
    "ump_customer_guid": GUID,
    "teams_qos": {"application_id": "app", "application_password": "planted-password"},
    "script_parameters": {"ProxySet": "SIPTrunk", "CustomVar.Variable1": "10.1.1.5"},
    "webhooks": {"invitation_is_pending": "https://a", "customer_created": "https://b", "did_change": "https://c"},
    "calling_profile_template_id": 12,
}
EVERY_FIELD: dict[str, Any] = {
    "configurationName": "OcEssential_IPGROUP_TYPE",
    "msTenantId": TENANT,
    "leadId": "l-1",
    "customerShortName": "Brad01",
    "customerFullName": "Brad Telecom",
    "siteLocation": {
        "siteLocationName": "Main",
        "sbcId": 2,
        "sbcOnboardingScript": 7,
        "sbcCleanupScript": 700,
        "sbcOcUploadNumberScript": 5000,
        "sbcOcReleaseNumberScript": 5001,
    },
    "ovocCustomerType": "TENANT_TYPE",
    "channelId": "1574",
    "lcCustomerId": "1317092",
    "invitationEmail": "admin@brad.example",
    "licenseType": 3,
    "licensedUsersCount": 0,
    "umpCustomerGuid": GUID,
    "teamsQos": {"applicationID": "app", "applicationPassword": "planted-password"},
    "scriptParameters": {"ProxySet": "SIPTrunk", "CustomVar.Variable1": "10.1.1.5"},
    "webhooks": {"invitationIsPending": "https://a", "customerCreated": "https://b", "didChange": "https://c"},
    "callingProfileConfigurationTemplateId": 12,
}


def _types(value: Any) -> Any:
    return {key: _types(item) for key, item in value.items()} if isinstance(value, dict) else type(value)


def test_all_fields_at_once_are_the_documented_request() -> None:
    body = payload(EVERY_OPTION)
    assert body == EVERY_FIELD
    assert _types(body) == _types(EVERY_FIELD)


def test_this_test_knows_every_field() -> None:
    assert [field.option for field in SERVICE_FIELDS] == list(EVERY_OPTION)
    assert [field.wire for field in SERVICE_FIELDS] == list(EVERY_FIELD)


@pytest.mark.parametrize("field", SERVICE_FIELDS, ids=lambda field: field.option)
def test_a_field_alone_is_sent_alone(field: Field) -> None:
    nothing: dict[str, Any] = dict.fromkeys(EVERY_OPTION)
    assert payload({**nothing, field.option: EVERY_OPTION[field.option]}) == {field.wire: EVERY_FIELD[field.wire]}


CHILDREN = [(field, child) for field in SERVICE_FIELDS for child in field.children]


@pytest.mark.parametrize(("group", "child"), CHILDREN, ids=lambda field: field.option)
def test_a_child_alone_is_sent_alone(group: Field, child: Field) -> None:
    nothing: dict[str, Any] = dict.fromkeys(EVERY_OPTION[group.option])
    values = {group.option: {**nothing, child.option: EVERY_OPTION[group.option][child.option]}}
    assert payload(values) == {group.wire: {child.wire: EVERY_FIELD[group.wire][child.wire]}}


def test_nothing_given_is_nothing_sent() -> None:
    assert payload(dict.fromkeys(EVERY_OPTION)) == {}


@pytest.mark.parametrize(
    ("word", "wire"), [("ip_group", "OcEssential_IPGROUP_TYPE"), ("tenant", "OcEssential_TENANT_TYPE")]
)
def test_a_configuration_has_its_name_on_the_wire(word: str, wire: str) -> None:
    assert payload({"configuration": word}) == {"configurationName": wire}


@pytest.mark.parametrize(("word", "code"), [("oc_essential", 3), ("oc_essentials_plus", 4), ("oc_pro", 5)])
def test_a_licence_is_sent_as_its_code(word: str, code: int) -> None:
    assert payload({"license_type": word}) == {"licenseType": code}


def test_the_body_is_no_view_of_the_input() -> None:
    options = {"script_parameters": {"ProxySet": "a"}}
    payload(options)["scriptParameters"]["ProxySet"] = "b"
    assert options == {"script_parameters": {"ProxySet": "a"}}


def test_the_secrets_of_the_table_are_found() -> None:
    assert public_and_secret(EVERY_OPTION, SERVICE_FIELDS)[1] == ["planted-password"]
    assert public_and_secret({"teams_qos": "no mapping"}, SERVICE_FIELDS)[1] == ["no mapping"]
    assert public_and_secret({"full_name": "no mapping"}, SERVICE_FIELDS)[1] == []


def test_custom_variables_count_from_one() -> None:
    assert custom_variable(1) == "CustomVar.Variable1"
    assert CUSTOM_VARIABLE.fullmatch("CustomVar.Variable12")
    assert not CUSTOM_VARIABLE.fullmatch("CustomVar.Variable0")
