# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Records of the platform: from its JSON, to Ansible, and back from there."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.calling_profiles import CallingProfile
from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.json_reader import Reader
from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.leads import Lead
from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.sbcs import Sbc
from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.script_templates import (
    ScriptTemplate,
    read_variable_names,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.services import (
    Service,
    SiteLocation,
    is_deployed,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.sip_connections import SipConnection
from harness.fakes import GUID, TENANT

LEAD = {
    "id": "l-1",
    "tenantId": TENANT,
    "status": "Active",
    "umpCustomerGuid": None,
    "isDirectLead": True,
    "channelId": 7,
    "consentedOn": "0001-01-01T00:00:00",
    "consentedCountries": ["NL", "BE"],
    "contactDetails": {"fullName": "Brad", "companyName": "Brad Telecom"},
    "contacts": None,
    "civicAddresses": None,
}
SERVICE = {
    "UmpCustomerGuid": GUID,
    "CustomerShortName": "Brad01",
    "LicenseType": 3,
    "MsTenantId": TENANT,
    "ApplicationClientSecret": "planted-client-secret",
    "SiteLocation": [{"id": 41, "name": "Main", "sbcId": 2, "sbcDeploymentState": "Deployed"}],
}
SITE = {
    "siteName": "Main",
    "onlinePstnGateway": "oc1.example",
    "sbcDeploymentState": 3,
    "sbcInfo": {
        "carrierId": "SIPTrunk",
        "sbcId": 8,
        "carrierMainLine": "+31",
        "sbcScripts": {"onboardingScript": 7, "customerVariables": {"CustomVar.Variable1": 5, "Empty": None}},
    },
}


def test_a_lead_is_read_with_its_company() -> None:
    lead = Lead.from_wire(Reader(LEAD))
    assert (lead.id, lead.ms_tenant_id, lead.company_name, lead.channel_id) == ("l-1", TENANT, "Brad Telecom", "7")
    assert lead.consented_on is None
    assert lead.contacts == []
    assert lead.contact_details == {"full_name": "Brad", "company_name": "Brad Telecom"}


def test_a_lead_comes_back_from_what_ansible_was_given() -> None:
    lead = Lead.from_wire(Reader(LEAD))
    assert Lead.from_dict({**lead.to_dict(), "of_a_later_version": 1}) == lead
    assert Lead.from_dict({}).ms_tenant_id is None


@pytest.mark.parametrize(
    ("status", "flag", "active"),
    [
        ("Active", None, True),
        ("ACTIVE", True, True),
        ("Not Active", False, False),
        ("NotActive", None, False),
        ("Removed", None, False),
        ("Suspended", None, False),
        ("Inactive", None, False),
        (None, False, True),
        (None, True, False),
        (None, None, False),
    ],
)
def test_only_an_active_lead_is_active(status: str | None, flag: bool | None, active: bool) -> None:
    assert Lead.from_wire(Reader({"status": status, "isNotActive": flag})).active is active


def test_a_service_is_read_in_pascal_case_with_sites_in_camel_case() -> None:
    service = Service.from_wire(Reader(SERVICE))
    assert (service.ump_customer_guid, service.short_name, service.license_type) == (GUID, "Brad01", "oc_essential")
    assert service.site_locations == (SiteLocation("41", "Main", 2, "Deployed", None),)
    assert service.to_dict()["site_locations"][0]["deployed"] is True


def test_a_service_never_carries_its_client_secret() -> None:
    assert "planted-client-secret" not in repr(Service.from_wire(Reader(SERVICE)).to_dict())


@pytest.mark.parametrize(
    ("code", "oc"), [(0, False), (1, False), (2, False), (3, True), (4, True), (5, True), (9, False)]
)
def test_operator_connect_licences_are_told_from_hosted_ones(code: int, oc: bool) -> None:
    assert Service(GUID, license_code=code).is_operator_connect is oc


@pytest.mark.parametrize(
    ("state", "deployed"),
    [
        ("Deployed", True),
        ("deployed", True),
        ("3", True),
        ("NotDeployed", False),
        ("Pending", False),
        ("0", False),
        (None, None),
    ],
)
def test_a_deployment_state_is_a_word_or_a_number(state: str | None, deployed: bool | None) -> None:
    assert is_deployed(state) is deployed


def test_a_sip_connection_is_read_back_whole() -> None:
    connection = SipConnection.from_wire(Reader(SITE), "41", GUID)
    assert (connection.id, connection.sbc_id, connection.proxy_set, connection.onboarding_script) == (
        "41",
        8,
        "SIPTrunk",
        7,
    )
    assert connection.script_parameters == {"CustomVar.Variable1": "5"}
    assert connection.deployed is True
    assert connection.ump_customer_guid == GUID


def test_an_sbc_without_id_is_no_sbc() -> None:
    assert Sbc.from_wire(Reader({"name": "x"})) is None
    sbc = Sbc.from_wire(Reader({"id": "2", "sbcName": "NL", "fqdn": "nl.example"}))
    assert sbc is not None
    assert (sbc.sbc_id, sbc.names) == (2, ("NL", "nl.example"))
    assert Sbc.from_dict(sbc.to_dict()) == sbc


def test_a_calling_profile_is_read_with_trunks_and_sbcs() -> None:
    wire = {
        "callingProfileId": 1,
        "name": "P",
        "offerTypes": [{"offerTypeName": "Calling"}, {}],
        "trunksEnrolled": [
            {"trunkFqdn": "oc1.example", "matchingSbcList": [{"sbcId": 2, "name": "NL"}, {"name": "no id"}]}
        ],
    }
    profile = CallingProfile.from_wire(Reader(wire))
    assert profile.to_dict()["trunks_enrolled"] == [
        {
            "trunk_fqdn": "oc1.example",
            "trunk_id": None,
            "sbcs": [{"sbc_id": 2, "name": "NL", "fqdn": None, "ip_address": None}],
        }
    ]
    assert profile.offer_types == ["Calling"]


@pytest.mark.parametrize(
    "value",
    [
        "A-Address, B Port ,C",
        "A-Address;B Port;C",
        "A-Address\nB Port\r\nC\n",
        ["A-Address", " B Port", "C"],
        [{"name": "A-Address"}, {"Name": "B Port"}, {"variableName": "C"}],
        [{"key": "A-Address", "value": 1}, {"key": "B Port"}, {"key": "C"}],
        {"A-Address": "", "B Port": None, "C": 1},
    ],
)
def test_customer_variables_are_understood_in_every_open_form(value: Any) -> None:
    assert read_variable_names(value) == ("A-Address", "B Port", "C")


@pytest.mark.parametrize("value", [None, "", " , ", [], {}, 5, True, [None, {}, ""]])
def test_no_customer_variables_are_none(value: Any) -> None:
    assert read_variable_names(value) == ()


def test_a_script_template_comes_back_from_what_ansible_was_given() -> None:
    wire = {
        "id": 7,
        "name": "sbc-scenario7",
        "scriptType": 1,
        "customerVariables": "A,B",
        "relatedScripts": [{"key": 700, "value": "c"}, {"value": "no key"}],
    }
    template = ScriptTemplate.from_wire(Reader(wire))
    assert template.script_type == "sbc_onboarding"
    assert [related.id for related in template.related_scripts] == [700]
    assert ScriptTemplate.from_dict(template.to_dict()) == template
    assert ScriptTemplate.from_wire(Reader({"relatedScripts": None})).related_scripts == ()


@given(
    st.dictionaries(
        st.sampled_from(
            [*LEAD, *SERVICE, *SITE, "trunksEnrolled", "offerTypes", "customerVariables", "relatedScripts"]
        ),
        st.none()
        | st.booleans()
        | st.integers()
        | st.text()
        | st.lists(
            st.none() | st.text() | st.dictionaries(st.sampled_from(["id", "name", "sbcId"]), st.none() | st.text())
        )
        | st.dictionaries(st.text(), st.none() | st.text()),
    )
)
def test_no_object_whatsoever_breaks_a_record(content: dict[str, Any]) -> None:
    item = Reader(content)
    for record in (Lead, Service, SiteLocation, CallingProfile, ScriptTemplate):
        record.from_wire(item).to_dict()
    SipConnection.from_wire(item, "1").to_dict()
    Sbc.from_wire(item)
