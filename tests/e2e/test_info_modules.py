# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Look-ups: what each info module finds, and that it finds all of it."""

import pytest

from harness.cast import ALDER, FJORD, FJORD_SERVICE, KESTREL, LEADS, NOBODY, writes
from harness.playbooks import Ansible, task
from simulator.client import Simulator


def test_leads_are_found_by_every_filter(ansible: Ansible) -> None:
    run = ansible.play(
        task("all", "oc_lead_info"),
        task("tenant", "oc_lead_info", {"ms_tenant_id": KESTREL.upper()}),
        task("active", "oc_lead_info", {"ms_tenant_id": KESTREL, "status": "active"}),
        task("company", "oc_lead_info", {"company_name": "maple energy"}),
        task("free", "oc_lead_info", {"ms_tenant_id": FJORD, "without_service": True}),
        task("online", "oc_lead_info", {"ms_tenant_id": "1ce3829d-a840-4f5c-8e9d-370cff2b5864", "check_online": True}),
        task("unknown", "oc_lead_info", {"ms_tenant_id": NOBODY}),
        task("by id", "oc_lead_info", {"lead_id": "e17b3a52-60c4-4d9f-8a2e-000000000002"}),
        check=True,
    )
    assert run.rc == 0, run.output
    found = {name: run[name]["leads"] for name in ("all", "tenant", "active", "company", "free", "online", "unknown")}
    assert len(found["all"]) == 19
    assert {lead["status"] for lead in found["tenant"]} == {"Active", "Removed"}
    assert [lead["status"] for lead in found["active"]] == ["Active"]
    assert [lead["company_name"] for lead in found["company"]] == ["Maple Energy", "Maple Energy"]
    assert found["free"] == []
    assert [lead["company_name"] for lead in found["online"]] == ["Reed Robotics"]
    assert found["unknown"] == []
    (alder,) = run["by id"]["leads"]
    assert (alder["ms_tenant_id"], alder["company_name"], alder["active"]) == (ALDER, "Alder Logistics", True)
    assert run.recap["changed"] == 0
    assert writes(run.sent) == []


@pytest.mark.long
def test_all_leads_are_found_whatever_the_pages(ansible: Ansible, simulator: Simulator) -> None:
    simulator.seed(generate={"leads": 450})
    for switches, pages in (
        ({"lead_page_max": 100, "lead_page_base": 1}, range(5, 8)),
        ({"lead_page_max": 100, "lead_page_base": 0}, range(5, 8)),
        ({"lead_page_max": 100, "lead_page_base": 1, "lead_page_zero": "reject"}, range(5, 8)),
        ({"lead_page_max": 20000, "lead_page_base": 1, "lead_double_bracket": True}, range(1, 3)),
    ):
        simulator.settings(**switches)
        run = ansible.play(task("leads", "oc_lead_info"))
        ids = [lead["id"] for lead in run["leads"]["leads"]]
        assert len(ids) == len(set(ids)) == 19 + 450, switches
        assert run["leads"].sent.count(LEADS) in pages, switches


@pytest.mark.long
def test_services_are_found_by_every_filter(ansible: Ansible) -> None:
    run = ansible.play(
        task("all", "oc_service_info"),
        task("tenant", "oc_service_info", {"ms_tenant_id": FJORD.upper()}),
        task("guid", "oc_service_info", {"ump_customer_guid": FJORD_SERVICE}),
        task("name", "oc_service_info", {"short_name": "opal_travel", "details": True}),
        task("licence", "oc_service_info", {"license_types": ["oc_pro", "hosted_pro"]}),
        task("unknown guid", "oc_service_info", {"ump_customer_guid": NOBODY}),
        task("unknown name", "oc_service_info", {"short_name": "Nobody"}),
        check=True,
        verbosity=4,
    )
    assert run.rc == 0, run.output
    names = {
        name: [service["short_name"] for service in run[name]["services"]]
        for name in ("all", "tenant", "guid", "name", "licence", "unknown guid", "unknown name")
    }
    assert names == {
        "all": ["FjordShip", "Opal_Travel", "NimbusHosted", "QuartzLab"],
        "tenant": ["FjordShip"],
        "guid": ["FjordShip"],
        "name": ["Opal_Travel"],
        "licence": ["Opal_Travel", "QuartzLab"],
        "unknown guid": [],
        "unknown name": [],
    }
    (site,) = run["guid"]["services"][0]["site_locations"]
    assert (site["name"], site["sbc_id"], site["deployed"]) == ("FjordShip", 2, True)
    assert len(run["name"]["services"][0]["site_locations"]) == 1
    assert writes(run.sent) == []


@pytest.mark.long
def test_sbcs_are_found_by_name_fqdn_address_and_id(ansible: Ansible) -> None:
    path = "/api/v2/sbcdevices"
    run = ansible.play(
        task("all", "sbc_info"),
        task("name", "sbc_info", {"name": "nl-sbc05"}),
        task("fqdn", "sbc_info", {"name": "NL-SBC06.lab.lan"}),
        task("address", "sbc_info", {"name": "172.18.10.21"}),
        task("id", "sbc_info", {"sbc_id": 8}),
        task("unknown", "sbc_info", {"name": "NL-SBC99"}),
        task("devices", "sbc_info", {"devices_path": path}),
        task("devices nowhere", "sbc_info", {"source": "devices", "devices_path": "/api/v9/none"}, ignore_errors=True),
        check=True,
    )
    ids = {
        name: sorted(sbc["sbc_id"] for sbc in run[name]["sbcs"])
        for name in ("all", "name", "fqdn", "address", "id", "unknown", "devices")
    }
    assert ids == {
        "all": [2, 3, 5, 8],
        "name": [2],
        "fqdn": [3],
        "address": [5],
        "id": [8],
        "unknown": [],
        "devices": [2, 3, 5, 8],
    }
    assert set(run["name"]["sbcs"][0]["trunk_fqdns"]) == {"oc1.sandbox2.audiocodes.be", "oc.sandbox1.audiocodes.be"}
    assert f"GET {path}" in run["devices"].sent
    assert run["devices nowhere"].failed
    assert "404" in run["devices nowhere"].message
    assert run["devices nowhere"].failure["hint"]


@pytest.mark.long
def test_script_templates_are_found_on_all_pages(ansible: Ansible, simulator: Simulator) -> None:
    lookups = [
        task("all", "script_template_info", {"details": False}),
        task("one", "script_template_info", {"name": "SBC-Scenario7"}),
        task("by id", "script_template_info", {"script_id": 400}),
        task("m365", "script_template_info", {"script_type": "m365"}),
        task("unknown", "script_template_info", {"name": "sbc-scenario9"}),
    ]
    run = ansible.play(*lookups, check=True)
    assert run.rc == 0, run.output
    assert len(run["all"]["script_templates"]) == 17
    (script,) = run["one"]["script_templates"]
    assert script["id"] == 7
    assert script["customer_variables"] == ["IPPBX-ProxyAddress", "IPPBX-ProxyAddress-SIPPort", "SIP-HostName"]
    assert [related["id"] for related in script["related_scripts"]] == [700]
    assert [each["name"] for each in run["by id"]["script_templates"]] == ["sbc-scenario4Cleanup"]
    assert {each["id"] for each in run["m365"]["script_templates"]} == {5002, 5003}
    assert run["unknown"]["script_templates"] == []

    simulator.settings(template_page_base=1, customer_variables_form="objects")
    run = ansible.play(*lookups[:2])
    assert len({each["id"] for each in run["all"]["script_templates"]}) == 17
    assert run["one"]["script_templates"][0]["customer_variables"] == script["customer_variables"]


def test_calling_profiles_are_found(ansible: Ansible) -> None:
    run = ansible.play(task("profiles", "calling_profile_info"), check=True)
    profiles = run["profiles"]["calling_profiles"]
    assert [profile["name"] for profile in profiles] == ["Benelux calling", "Italy calling", "Germany calling"]


def test_a_sip_connection_is_shown_without_its_passwords(ansible: Ansible) -> None:
    secret = {"secret_script_parameters": ["CarrierUserName"]}
    run = ansible.play(
        task("one", "sip_connection_info", {"site_location_id": 4001}, register="found"),
        task("said", "ansible.builtin.debug", {"var": "found"}),
        task("of service", "sip_connection_info", {"ump_customer_guid": FJORD_SERVICE, **secret}),
        task("of nobody", "sip_connection_info", {"ump_customer_guid": NOBODY}),
        task("unknown", "sip_connection_info", {"site_location_id": 9999}),
        task("neither", "sip_connection_info", {}, ignore_errors=True),
        verbosity=4,
        diff=True,
    )
    assert run.rc == 0, run.output
    (connection,) = run["one"]["sip_connections"]
    assert connection["sbc_id"] == 2
    assert connection["onboarding_script"] == 7
    assert connection["script_parameters"]["CustomVar.Variable2"] == "5061"
    assert connection["carrier_user_name"] == "fjord-trunk"
    # That the password is nowhere is checked after every run; that it is masked and not just missing, here.
    assert "*" in connection["script_parameters"]["CarrierUserPassword"]
    (connection,) = run["of service"]["sip_connections"]
    assert "fjord-trunk" not in str(run["of service"].result)
    assert connection["script_parameters"]["CustomVar.Variable2"] == "5061"
    assert run["of nobody"]["sip_connections"] == []
    assert run["unknown"]["sip_connections"] == []
    assert "one of the following is required: site_location_id, ump_customer_guid" in run["neither"].message
