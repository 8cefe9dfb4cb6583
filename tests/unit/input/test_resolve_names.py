# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the names in a list of services to the ids on the wire, with all problems of all services at once."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.leads import Lead
from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.sbcs import Sbc, is_sbc
from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.script_templates import (
    RelatedScript,
    ScriptTemplate,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.services import Service
from ansible_collections.audiocodes.live_platform.plugins.module_utils._input.resolution import Resolution
from ansible_collections.audiocodes.live_platform.plugins.module_utils._input.resolve_leads import (
    resolve_leads,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._input.resolve_sbcs import resolve_sbcs
from ansible_collections.audiocodes.live_platform.plugins.module_utils._input.resolve_scripts import (
    resolve_scripts,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.oc_service.request import (
    WantedService,
)
from harness.fakes import GUID, TENANT

OTHER = "aaaaaaaa-1111-4222-8333-bbbbbbbbbbbb"
THIRD = "cccccccc-1111-4222-8333-bbbbbbbbbbbb"

LEADS = [
    Lead("brad-old", TENANT, "Removed", "Brad Telecom"),
    Lead("brad", TENANT.upper(), "Active", "Brad Telecom"),
    Lead("maple-1", OTHER, "Active", "Maple Energy"),
    Lead("maple-2", THIRD, "Suspended", "Maple Energy"),
]


def _script(number: int, name: str, code: int, variables: str = "", *related: int) -> ScriptTemplate:
    names = tuple(name for name in variables.split(",") if name)
    return ScriptTemplate(number, name, code, None, None, names, tuple(RelatedScript(each, None) for each in related))


SCRIPTS = [
    _script(7, "sbc-scenario7", 1, "IPPBX-ProxyAddress,SIP-HostName", 700),
    _script(8, "sbc-scenario8", 1),
    _script(700, "sbc-scenario7Cleanup", 2),
    _script(701, "sbc-commonCleanup", 2),
    _script(5000, "sbc-add-oc-numbers", 0),
    _script(5001, "sbc-remove-oc-numbers", 0),
    _script(90, "twin", 1),
    _script(91, "Twin", 1),
]

SBCS = [
    Sbc(2, "NL-SBC05", "nl-sbc05.example", "172.17.239.165", ("oc1.sandbox.example", "oc2.sandbox.example")),
    Sbc(3, "DE-SBC01", "de-sbc01.example", "172.17.0.3", ("oc3.sandbox.example",)),
    Sbc(4, "BE-SBC01", "twin.example", None, ("oc1.sandbox.example",)),
    Sbc(5, "FR-SBC01", "twin.example", None, ()),
]


def _service(**more: Any) -> dict[str, Any]:
    return {"ms_tenant_id": TENANT, "short_name": "Brad01", **more}


def _one(found: Resolution) -> dict[str, Any]:
    (service,) = found.services
    return service


# -- leads -------------------------------------------------------------------------------------------------------


def test_a_service_gets_the_active_lead_of_its_tenant() -> None:
    found = resolve_leads([_service()], LEADS)
    assert (found.problems, _one(found)["lead_id"]) == ([], "brad")


def test_a_company_name_stands_for_its_tenant() -> None:
    found = resolve_leads([{"company_name": " brad telecom", "short_name": "Brad01"}], LEADS)
    assert found.problems == []
    assert _one(found)["ms_tenant_id"].lower() == TENANT
    assert "company_name" not in _one(found)


@pytest.mark.parametrize(
    ("service", "parts"),
    [
        (
            {"company_name": "Brad Telcom", "short_name": "Brad01"},
            ["unknown company 'Brad Telcom'", "nearest: 'Brad Telecom'"],
        ),
        ({"company_name": "Maple Energy", "short_name": "Maple1"}, ["2 tenants", OTHER, THIRD, "give ms_tenant_id"]),
        ({"short_name": "Brad01"}, ["names no customer"]),
        (_service(ms_tenant_id=GUID), ["has no lead"]),
        (_service(ms_tenant_id=THIRD), ["'Suspended'"]),
        (_service(lead_id="brad-old"), ["'Removed'"]),
        (_service(lead_id="x"), ["no lead with the id 'x'"]),
        (_service(ms_tenant_id="nonsense"), ["a GUID"]),
        (_service(short_name="no good"), ["3 to 15 letters"]),
        (_service(short_name=None), ["short_name is required to create a service"]),
    ],
)
def test_what_is_wrong_with_a_customer_is_one_problem(service: dict[str, Any], parts: list[str]) -> None:
    (problem,) = resolve_leads([service], LEADS).problems
    assert problem.startswith("live_platform_services[0]")
    for part in parts:
        assert part in problem


def test_a_tenant_that_has_its_service_needs_no_active_lead() -> None:
    served = [Lead("l", THIRD, "Suspended", ump_customer_guid=GUID)]
    assert resolve_leads([_service(ms_tenant_id=THIRD)], served).problems == []
    existing = [Service(GUID, ms_tenant_id=THIRD.upper(), license_code=3)]
    assert resolve_leads([_service(ms_tenant_id=THIRD)], LEADS, existing).problems == []
    hosted = [Service(GUID, ms_tenant_id=THIRD, license_code=1)]
    assert len(resolve_leads([_service(ms_tenant_id=THIRD)], LEADS, hosted).problems) == 1


def test_all_problems_of_all_services_come_at_once() -> None:
    services = [
        {"company_name": "Nobody", "short_name": "x"},
        _service(),
        _service(short_name="Brad02"),
        {"ms_tenant_id": THIRD, "short_name": "brad01", "invitation_email": "no"},
    ]
    problems = "\n".join(resolve_leads(services, LEADS).problems)
    for part in (
        "unknown company 'Nobody'",
        "[0] (x): short_name must be",
        "[1] and live_platform_services[2] have the same ms_tenant_id",
        "[1] and live_platform_services[3] have the same short_name",
        "'Suspended'",
        "invitation_email must be",
    ):
        assert part in problems


# -- scripts -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["sbc-scenario7", " SBC-Scenario7 ", 7, "7"])
def test_a_script_is_found_by_name_or_id_and_brings_the_others_along(name: object) -> None:
    found = resolve_scripts([_service(onboarding_script=name)], SCRIPTS)
    assert found.problems == []
    assert found.warnings == [
        "live_platform_services[0] (Brad01): gives no value for the script's variables "
        "'IPPBX-ProxyAddress', 'SIP-HostName'"
    ]
    assert _one(found)["site_location"] == {
        "onboarding_script": 7,
        "cleanup_script": 700,
        "upload_number_script": 5000,
        "release_number_script": 5001,
    }
    assert "onboarding_script" not in _one(found)


def test_a_numbered_variable_that_the_script_does_not_have_is_a_problem() -> None:
    service = _service(onboarding_script=7, script_parameters={"CustomVar.Variable2": "1", "CustomVar.Variable9": "1"})
    assert resolve_scripts([service], SCRIPTS).problems == [
        "live_platform_services[0] (Brad01): script_parameters: script 'sbc-scenario7' has no variable number 9; "
        "it has 2 ('IPPBX-ProxyAddress', 'SIP-HostName')"
    ]
    asked = {**service, "extra_script_parameters": ["CustomVar.Variable9"]}
    assert resolve_scripts([asked], SCRIPTS).problems == []


def test_a_script_that_is_named_goes_before_the_derived_one() -> None:
    service = _service(
        onboarding_script=7, cleanup_script="sbc-commonCleanup", site_location={"upload_number_script": 1}
    )
    site = _one(resolve_scripts([service], SCRIPTS))["site_location"]
    assert (site["cleanup_script"], site["upload_number_script"], site["release_number_script"]) == (701, 1, 5001)


def test_a_script_without_a_cleanup_script_is_a_warning() -> None:
    found = resolve_scripts([_service(onboarding_script=8)], SCRIPTS)
    assert found.problems == []
    assert "no cleanup script is known for script 8" in found.warnings[0]


def test_number_scripts_that_are_not_certain_are_left_out() -> None:
    more = [*SCRIPTS, _script(5002, "other-upload", 0)]
    site = _one(resolve_scripts([_service(onboarding_script=7)], more))["site_location"]
    assert "upload_number_script" not in site
    assert site["release_number_script"] == 5001


def test_variables_and_the_proxy_set_become_script_parameters() -> None:
    service = _service(
        onboarding_script=7,
        script_variables={"SIP-HostName": "sip.brad.example"},
        script_parameters={"CacProfile": "c"},
        proxy_set="SIPTrunk",
        online_pstn_gateway="oc1",
    )
    assert _one(resolve_scripts([service], SCRIPTS))["script_parameters"] == {
        "ProxySet": "SIPTrunk",
        "OnlinePstnGateway": "oc1",
        "CacProfile": "c",
        "CustomVar.Variable2": "sip.brad.example",
    }


@pytest.mark.parametrize(
    ("service", "parts"),
    [
        (
            {"onboarding_script": "sbc-scenario9"},
            ["onboarding_script: unknown script 'sbc-scenario9'", "nearest: ", "'sbc-scenario7'"],
        ),
        ({"onboarding_script": 4711}, ["unknown script '4711'"]),
        ({"onboarding_script": "twin"}, ["'twin' is ambiguous", "twin (id 90)", "Twin (id 91)", "give the id"]),
        ({"onboarding_script": 7, "cleanup_script": "nonsense"}, ["cleanup_script: unknown script"]),
        ({"script_variables": {"A": "x"}}, ["script_variables need an onboarding_script"]),
        (
            {"onboarding_script": 7, "script_variables": {"SIP-Host": "x"}},
            ["unknown variable 'SIP-Host'; nearest: 'SIP-HostName'"],
        ),
        ({"onboarding_script": 7, "script_variables": ["a"]}, ["script_variables must be a dictionary"]),
        (
            {"onboarding_script": 7, "proxy_set": "a", "script_parameters": {"ProxySet": "b"}},
            ["ProxySet is given twice"],
        ),
        (
            {
                "onboarding_script": 7,
                "script_variables": {"SIP-HostName": "a"},
                "script_parameters": {"CustomVar.Variable2": "b"},
            },
            ["CustomVar.Variable2 is given twice"],
        ),
    ],
)
def test_what_is_wrong_with_scripts_is_one_problem(service: dict[str, Any], parts: list[str]) -> None:
    (problem,) = resolve_scripts([_service(**service)], SCRIPTS).problems
    assert problem.startswith("live_platform_services[0] (Brad01): ")
    for part in parts:
        assert part in problem


def test_missing_variables_are_a_problem_when_all_are_required() -> None:
    services = [_service(onboarding_script=7, script_variables={"SIP-HostName": "x"})]
    assert resolve_scripts(services, SCRIPTS).problems == []
    (problem,) = resolve_scripts(services, SCRIPTS, require_all=True).problems
    assert "also needs a value for 'IPPBX-ProxyAddress'" in problem


# -- SBCs --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["NL-SBC05", "nl-sbc05.EXAMPLE", "172.17.239.165", "2", 2])
def test_an_sbc_is_found_by_name_fqdn_address_or_id(name: object) -> None:
    found = resolve_sbcs([_service(sbc=name, online_pstn_gateway="oc1")], SBCS)
    assert (found.problems, found.warnings) == ([], [])
    assert _one(found)["site_location"] == {"sbc_id": 2, "name": "Brad01"}
    assert _one(found)["script_parameters"] == {"OnlinePstnGateway": "oc1.sandbox.example"}
    assert is_sbc(SBCS[0], name)


def test_the_one_sbc_that_serves_the_gateway_need_not_be_named() -> None:
    found = resolve_sbcs([_service(online_pstn_gateway="OC3.sandbox.example")], SBCS)
    assert (found.problems, _one(found)["site_location"]["sbc_id"]) == ([], 3)


def test_the_one_gateway_that_the_sbc_serves_need_not_be_named() -> None:
    service = _one(resolve_sbcs([_service(sbc="DE-SBC01")], SBCS))
    assert service["script_parameters"] == {"OnlinePstnGateway": "oc3.sandbox.example"}
    assert "script_parameters" not in _one(resolve_sbcs([_service(sbc="NL-SBC05")], SBCS))


@pytest.mark.parametrize(
    ("service", "parts"),
    [
        ({"sbc": "NL-SBC5"}, ["unknown SBC 'NL-SBC5'", "nearest: 'NL-SBC05'"]),
        ({"sbc": "twin.example"}, ["ambiguous", "BE-SBC01 (id 4)", "FR-SBC01 (id 5)", "give the id"]),
        ({}, ["names no SBC"]),
        ({"online_pstn_gateway": "oc1.sandbox.example"}, ["'NL-SBC05 (id 2)', 'BE-SBC01 (id 4)'", "give sbc"]),
        ({"online_pstn_gateway": "oc9.sandbox.example"}, ["unknown gateway", "nearest: ", "'oc3.sandbox.example'"]),
    ],
)
def test_what_is_wrong_with_an_sbc_is_one_problem(service: dict[str, Any], parts: list[str]) -> None:
    (problem,) = resolve_sbcs([_service(**service)], SBCS).problems
    for part in parts:
        assert part in problem


@pytest.mark.parametrize(
    ("gateway", "part"),
    [
        ("oc3.sandbox.example", "is not served by SBC NL-SBC05 (id 2); it serves"),
        ("oc9.sandbox.example", "unknown gateway"),
    ],
)
def test_a_doubtful_gateway_is_a_warning_or_when_strict_a_problem(gateway: str, part: str) -> None:
    services = [_service(sbc="NL-SBC05", online_pstn_gateway=gateway)]
    easy, strict = resolve_sbcs(services, SBCS, strict_gateway=False), resolve_sbcs(services, SBCS)
    assert (easy.problems, strict.warnings) == ([], [])
    assert part in easy.warnings[0]
    assert part in strict.problems[0]
    assert _one(easy)["script_parameters"] == {"OnlinePstnGateway": gateway}


@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize("given", ["online_pstn_gateway", "script_parameters"])
@pytest.mark.parametrize("name", ["oc1", "OC1.sandbox"])
def test_a_short_gateway_is_resolved_to_the_fqdn(name: str, given: str, strict: bool) -> None:
    option = {given: name if given == "online_pstn_gateway" else {"OnlinePstnGateway": name, "CacProfile": "CAC-50"}}
    found = resolve_sbcs([_service(sbc="NL-SBC05", **option)], SBCS, strict_gateway=strict)
    assert (found.problems, found.warnings) == ([], [])
    assert _one(found)["script_parameters"]["OnlinePstnGateway"] == "oc1.sandbox.example"


@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize("given", ["online_pstn_gateway", "script_parameters"])
@pytest.mark.parametrize("name", ["oc9", "oc4.sandbox", "oc1.", "-", "not a name.at.all"])
def test_a_gateway_that_is_no_full_name_never_goes_out_as_typed(name: str, given: str, strict: bool) -> None:
    option = {given: name if given == "online_pstn_gateway" else {"OnlinePstnGateway": name}}
    found = resolve_sbcs([_service(sbc="NL-SBC05", **option)], SBCS, strict_gateway=strict)
    (problem,) = found.problems
    assert f"unknown gateway '{name}'" in problem
    assert "oc1.sandbox.example" in problem
    assert "OnlinePstnGateway" not in _one(found).get("script_parameters", {})


def test_a_short_gateway_of_another_sbc_is_named_in_full() -> None:
    services = [_service(sbc="NL-SBC05", online_pstn_gateway="oc3")]
    found = resolve_sbcs(services, SBCS, strict_gateway=False)
    assert _one(found)["script_parameters"] == {"OnlinePstnGateway": "oc3.sandbox.example"}
    assert "'oc3.sandbox.example' is not served by SBC NL-SBC05" in found.warnings[0]
    assert "is not served by" in resolve_sbcs(services, SBCS).problems[0]


def test_names_that_an_earlier_role_resolves_name_that_role() -> None:
    services = [
        {"company_name": "Brad Telecom", "short_name": "Brad01", "sbc": 3, "onboarding_script": "sbc-scenario7"}
    ]
    problems = "\n".join(resolve_sbcs(services, SBCS).problems)
    assert "onboarding_script not resolved: run the role audiocodes.live_platform.script_variables first" in problems
    assert (
        "'Brad Telecom' is not resolved to a tenant: run the role audiocodes.live_platform.lead_lookup first"
        in problems
    )


def test_problems_of_a_host_speak_of_the_host() -> None:
    found = resolve_sbcs([_service(sbc="NL-SBC5")], SBCS).placed("host brad.example, live_platform_service")
    assert found.problems[0].startswith("host brad.example, live_platform_service (Brad01): unknown SBC")


# -- types of scripts --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("option", "name", "parts"),
    [
        ("onboarding_script", "sbc-scenario7Cleanup", ["(id 700) is an SBC cleanup script", "'sbc-scenario7'"]),
        ("onboarding_script", 700, ["an SBC cleanup script"]),
        ("onboarding_script", "5000", ["a number script"]),
        ("onboarding_script", "m365-init", ["a Microsoft 365 onboarding script"]),
        ("onboarding_script", "odd", ["of the type 9"]),
        ("cleanup_script", "sbc-scenario8", ["an SBC onboarding script", "'sbc-scenario7Cleanup'"]),
        (
            "upload_number_script",
            "sbc-remove-oc-numbers",
            ["by its name, releases numbers", "'sbc-add-oc-numbers'"],
        ),
        (
            "release_number_script",
            "sbc-add-oc-numbers",
            ["by its name, uploads numbers", "'sbc-remove-oc-numbers'"],
        ),
        ("upload_number_script", 7, ["an SBC onboarding script"]),
    ],
)
def test_each_script_option_takes_only_its_own_type(option: str, name: object, parts: list[str]) -> None:
    templates = [*SCRIPTS, _script(31, "m365-init", 3), _script(32, "odd", 9)]
    service = {"onboarding_script": 7, option: name}
    (problem,) = resolve_scripts([_service(**service)], templates).problems
    assert problem.startswith(f"live_platform_services[0] (Brad01): {option}: script '")
    for part in parts:
        assert part in problem
    assert resolve_scripts([_service(**service)], templates, types={key: [] for key in _OPTIONS}).problems == []


_OPTIONS = ("onboarding_script", "cleanup_script", "upload_number_script", "release_number_script")


@pytest.mark.parametrize("option", _OPTIONS)
def test_a_script_by_id_in_site_location_is_checked_too(option: str) -> None:
    wrong = 701 if option == "onboarding_script" else 7
    found = resolve_scripts([_service(site_location={option: wrong})], SCRIPTS)
    assert f"site_location.{option}: script" in found.problems[0]
    assert resolve_scripts([_service(site_location={option: 4711})], SCRIPTS).problems == []


def test_a_platform_may_number_the_types_otherwise() -> None:
    templates = [_script(1, "on", 11, "", 2, 3), _script(2, "off", 12), _script(3, "add", 10), _script(4, "remove", 10)]
    assert (
        "script_variables_template_types" in resolve_scripts([_service(onboarding_script="on")], templates).problems[0]
    )
    types = {
        "onboarding_script": [11],
        "cleanup_script": [12],
        "upload_number_script": [10],
        "release_number_script": [10],
    }
    found = resolve_scripts([_service(onboarding_script="on")], templates, types=types)
    assert found.problems == []
    assert sorted(_one(found)["site_location"].values()) == [1, 2, 3, 4]
    for wrong in ({"onboarding": [1]}, {"onboarding_script": 1}, {"onboarding_script": ["x"]}, [1]):
        assert "script_variables_template_types" in resolve_scripts([_service()], templates, types=wrong).problems[0]


def test_a_number_script_that_is_related_is_not_taken_for_the_cleanup_script() -> None:
    templates = [_script(1, "on", 1, "", 3), _script(3, "add", 0)]
    assert "cleanup_script" not in _one(resolve_scripts([_service(onboarding_script=1)], templates))["site_location"]


def test_of_two_templates_of_one_name_the_one_of_the_right_type_is_meant() -> None:
    templates = [_script(1, "same", 1), _script(2, "Same", 2)]
    found = resolve_scripts([_service(onboarding_script="same", cleanup_script="same")], templates)
    assert _one(found)["site_location"] == {"onboarding_script": 1, "cleanup_script": 2}


def test_the_sip_connection_may_have_a_name_of_its_own() -> None:
    assert _one(resolve_sbcs([_service(sbc=3, sip_connection_name="Main")], SBCS))["site_location"]["name"] == "Main"
    site = {"name": "Given", "sbc_id": 3}
    assert _one(resolve_sbcs([_service(site_location=site)], SBCS))["site_location"] == site


# -- all together ------------------------------------------------------------------------------------------------


def test_a_service_of_names_becomes_a_request_of_ids_without_touching_the_input() -> None:
    services = [
        {
            "company_name": "Brad Telecom",
            "short_name": "Brad01",
            "full_name": "Brad Telecom",
            "sbc": "NL-SBC05",
            "onboarding_script": "sbc-scenario7",
            "proxy_set": "SIPTrunk",
            "online_pstn_gateway": "oc2.sandbox.example",
            "script_variables": {"IPPBX-ProxyAddress": "10.1.1.5", "SIP-HostName": "sip.brad.example"},
        }
    ]
    before = copy.deepcopy(services)
    found = resolve_leads(services, LEADS)
    found = resolve_scripts(found.services, SCRIPTS, require_all=True)
    found = resolve_sbcs(found.services, SBCS, strict_gateway=True)
    assert services == before
    assert (found.problems, found.warnings) == ([], [])
    assert WantedService.from_options(_one(found)).body == {
        "msTenantId": TENANT.upper(),
        "leadId": "brad",
        "customerShortName": "Brad01",
        "customerFullName": "Brad Telecom",
        "licenseType": 3,
        "siteLocation": {
            "siteLocationName": "Brad01",
            "sbcId": 2,
            "sbcOnboardingScript": 7,
            "sbcCleanupScript": 700,
            "sbcOcUploadNumberScript": 5000,
            "sbcOcReleaseNumberScript": 5001,
        },
        "scriptParameters": {
            "ProxySet": "SIPTrunk",
            "OnlinePstnGateway": "oc2.sandbox.example",
            "CustomVar.Variable1": "10.1.1.5",
            "CustomVar.Variable2": "sip.brad.example",
        },
    }


@pytest.mark.parametrize("services", [[], [_service(site_location="text")], [_service(script_parameters="text")]])
def test_odd_input_is_a_problem_and_not_a_traceback(services: list[Any]) -> None:
    found = resolve_leads(services, LEADS)
    assert len(found.problems) == len(services)


def test_a_number_is_an_id_and_never_a_name() -> None:
    sbc, other = Sbc(5, "668"), Sbc(668, "NL-SBC05")
    assert (is_sbc(sbc, 668), is_sbc(other, 668), is_sbc(sbc, "668"), is_sbc(sbc, 5)) == (False, True, True, True)
