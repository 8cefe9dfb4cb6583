# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each role alone, with its documented variables."""

from typing import Any

import pytest

from harness.cast import BRAD, FJORD, HARBOUR, KESTREL, LEADS, POST, by_names, short_names, writes
from harness.playbooks import Ansible, Task, role, task
from simulator.client import Simulator

"""An internal variable of the role; users wait longer between two looks."""


def shown(*names: str) -> list[Task]:
    """Tasks that keep what a role has set."""
    return [task(f"said {name}", "ansible.builtin.debug", {"var": name}) for name in names]


def test_lead_lookup_finds_the_lead_of_every_service(ansible: Ansible) -> None:
    run = ansible.play(
        role("lead_lookup", live_platform_services=by_names(), live_platform_service_defaults={"licensed_users": 7}),
        *shown("lead_lookup_resolved", "lead_lookup_leads", "lead_lookup_problems"),
        verbosity=1,
    )
    assert run.rc == 0, run.output
    brad, kestrel, fjord = run["said lead_lookup_resolved"]["lead_lookup_resolved"]
    assert (brad["ms_tenant_id"], brad["lead_id"]) == (BRAD, "e17b3a52-60c4-4d9f-8a2e-000000000001")
    assert (kestrel["ms_tenant_id"], kestrel["lead_id"]) == (KESTREL, "e17b3a52-60c4-4d9f-8a2e-00000000000d")
    assert "company_name" not in kestrel
    assert fjord["ms_tenant_id"].lower() == FJORD
    assert [service["licensed_users"] for service in (brad, kestrel, fjord)] == [7, 7, 7]
    assert run["said lead_lookup_problems"]["lead_lookup_problems"] == []
    assert len(run["said lead_lookup_leads"]["lead_lookup_leads"]) > 3
    assert run.sent.count(LEADS) == 1
    assert run.recap["changed"] == 0


def test_lead_lookup_reports_all_problems_at_once_or_hands_them_on(ansible: Ansible) -> None:
    services = [
        {"ms_tenant_id": HARBOUR, "short_name": "Harbour"},
        {"company_name": "Maple Energy", "short_name": "Maple"},
        {"company_name": "Kestrel Aer", "short_name": "Kestrel"},
        {"short_name": "Nameless"},
    ]
    run = ansible.play(
        role("lead_lookup", live_platform_services=services, lead_lookup_on_problems="collect"),
        *shown("lead_lookup_problems"),
        role("lead_lookup", live_platform_services=services),
    )
    problems = run["said lead_lookup_problems"]["lead_lookup_problems"]
    assert len(problems) == 4
    message = run["Stop when a service cannot be made from its lead"].message
    for said in ("Suspended", "2 tenants", "'Kestrel Air'", "Nameless"):
        assert said in message
    assert run.rc != 0


def test_script_variables_resolves_scripts_and_maps_variables(ansible: Ansible) -> None:
    run = ansible.play(role("script_variables", live_platform_services=by_names()), *shown("script_variables_resolved"))
    assert run.rc == 0, run.output
    brad, kestrel, fjord = run["said script_variables_resolved"]["script_variables_resolved"]
    assert brad["site_location"] == {
        "onboarding_script": 7,
        "cleanup_script": 700,
        "upload_number_script": 5000,
        "release_number_script": 5001,
    }
    assert brad["script_parameters"] == {
        "ProxySet": "SIPTrunk",
        "OnlinePstnGateway": "oc1.sandbox2.audiocodes.be",
        "CustomVar.Variable1": "10.1.1.5",
        "CustomVar.Variable3": "sip.brad.example",
    }
    assert kestrel["site_location"]["onboarding_script"] == 3
    assert kestrel["script_parameters"]["CustomVar.Variable1"] == "10.4.1.5"
    assert fjord["site_location"]["cleanup_script"] == 700


def test_script_variables_reports_all_problems_at_once(ansible: Ansible) -> None:
    services = by_names()
    services[0]["script_variables"] = {"IPPBX-ProxyAdress": "10.1.1.5"}
    services[1]["onboarding_script"] = "sbc-scenario33"
    run = ansible.play(
        role("script_variables", live_platform_services=services, script_variables_require_all=True),
    )
    message = run["Stop when a script or a variable is not known"].message
    assert "'IPPBX-ProxyAddress'" in message
    assert "'sbc-scenario3'" in message
    assert "needs a value for" in message
    assert run.rc != 0


def onboarding(**more: Any) -> list[Task]:
    """The role alone, given services whose lead and scripts are known."""
    service = {
        "ms_tenant_id": BRAD,
        "short_name": "Brad",
        "sbc": "nl-sbc05.lab.lan",
        "site_location": {"onboarding_script": 7, "cleanup_script": 700},
        "script_parameters": {"CustomVar.Variable1": "10.1.1.5"},
        "online_pstn_gateway": "oc1",
    }
    return [
        role("sbc_onboarding", sbc_onboarding_services=[service], **more),
        *shown("sbc_onboarding_results", "sbc_onboarding_summary"),
    ]


def test_sbc_onboarding_creates_the_services_and_verifies_them(ansible: Ansible, simulator: Simulator) -> None:
    check = ansible.play(*onboarding(), check=True)
    assert check.rc == 0, check.output
    assert writes(check.sent) == []
    run = ansible.play(*onboarding())
    assert run.rc == 0, run.output
    (result,) = run["said sbc_onboarding_results"]["sbc_onboarding_results"]
    assert result["outcome"] == "created"
    assert result["request"]["siteLocation"] == {
        "siteLocationName": "Brad",
        "sbcId": 2,
        "sbcOnboardingScript": 7,
        "sbcCleanupScript": 700,
    }
    assert result["request"]["scriptParameters"]["OnlinePstnGateway"] == "oc1.sandbox2.audiocodes.be"
    assert run["said sbc_onboarding_summary"]["sbc_onboarding_summary"]["created"] == 1
    assert run.recap["changed"] == check.recap["changed"] == 1
    again = ansible.play(*onboarding())
    assert again.recap["changed"] == 0
    assert short_names(simulator.state()).count("Brad") == 1


@pytest.mark.long
def test_sbc_onboarding_fails_when_a_sip_connection_does_not_get_deployed(
    ansible: Ansible, simulator: Simulator
) -> None:
    simulator.settings(deploy_fails=["Brad"])
    run = ansible.play(*onboarding(sbc_onboarding_verify_timeout=1))
    step = run["Create the services that do not exist"]
    assert run.rc != 0
    assert step.failed
    assert step["not_deployed"] == ["Brad: SIP connection Brad is not deployed, its state is 'Failed'"]
    assert step["not_deployed"][0] in step.message
    assert "run again, which waits again" in step.failure["hint"]
    assert run["Set the facts with the results"]["ansible_facts"]["sbc_onboarding_not_deployed"] == step["not_deployed"]
    unverified = ansible.play(*onboarding(sbc_onboarding_verify=False))
    assert unverified.rc == 0, unverified.output


@pytest.mark.long
def test_sbc_onboarding_waits_for_a_deployment_that_takes_longer(ansible: Ansible, simulator: Simulator) -> None:
    simulator.settings(deploy_seconds=1.5)
    run = ansible.play(*onboarding(sbc_onboarding_verify_timeout=20))
    assert run.rc == 0, run.output
    assert run.sent.count(POST) == 1
    step = run["Create the services that do not exist"]
    assert step["not_deployed"] == []
    assert step["results"][0]["service"]["site_locations"][0]["deployed"] is True
    assert step["results"][0]["service"]["site_locations"][0]["sbc_name"]


def test_a_look_up_that_goes_on_failing_is_told_and_not_taken_for_what_it_did_not_find(
    ansible: Ansible, simulator: Simulator
) -> None:
    simulator.settings(deploy_seconds=60)
    listed = {"method": "GET", "path": "/api/v3/customer$"}
    later = list(range(2, 50))
    simulator.faults({"match": listed, "occurrence": later, "action": {"type": "status", "status": 403}})
    run = ansible.play(*onboarding(sbc_onboarding_verify_timeout=1))
    step = run["Create the services that do not exist"]
    assert step.changed  # a task that fails would not count as a change
    assert step.failure["http_status"] == 403
    assert "could not be seen" in run["Stop when a service has failed"].message
    (created,) = run["Set the facts with the results"]["ansible_facts"]["sbc_onboarding_results"]
    assert created["outcome"] == "created"


def test_a_role_names_a_variable_of_a_wrong_type(ansible: Ansible) -> None:
    run = ansible.play(role("lead_lookup", live_platform_services="Brad"))
    assert run.rc != 0
    assert "live_platform_services" in run.text
    run = ansible.play(*onboarding(sbc_onboarding_on_error="perhaps"))
    assert run.rc != 0
    assert "continue, stop" in run.text
    assert run.sent == []
