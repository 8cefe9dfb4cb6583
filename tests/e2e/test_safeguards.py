# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing that the user typed is lost or silently ignored, and nothing is deleted by mistake."""

from typing import Any

import pytest

from harness.cast import ALDER, BRAD, FJORD, OPAL, POST, short_names, writes
from harness.playbooks import COLLECTION, Ansible, task
from simulator.client import Simulator

ONBOARD, OFFBOARD, STATUS = (
    f"{COLLECTION}.{name}" for name in ("onboard_services", "offboard_services", "service_status")
)


def listed(*services: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"live_platform_services": list(services), **more}


def test_a_misspelt_safeguard_stops_the_offboarding(ansible: Ansible) -> None:
    run = ansible.run(OFFBOARD, variables=listed({"ms_tenant_id": FJORD, "shortname": "FjordShip"}))
    message = run["Stop when anything is wrong, before the first write"].message
    assert "live_platform_services[0]: unknown option 'shortname'; nearest: 'short_name'" in message
    assert writes(run.sent) == []


def test_a_service_with_another_name_stops_the_offboarding_of_all(ansible: Ansible, simulator: Simulator) -> None:
    wanted = listed({"ms_tenant_id": FJORD, "short_name": "FjordShip"}, {"ms_tenant_id": OPAL, "short_name": "Opal"})
    run = ansible.run(OFFBOARD, variables=wanted)
    assert run.rc != 0
    assert "under the short name 'Opal_Travel', not 'Opal'" in run.text
    assert writes(run.sent) == []
    assert {"FjordShip", "Opal_Travel"} <= set(short_names(simulator.state()))


def test_the_status_has_a_line_for_every_customer_of_the_list(ansible: Ansible) -> None:
    wanted = listed(
        {"company_name": "fjord shipping", "short_name": "FjordShip"},
        {"company_name": "Maple Energy", "short_name": "Maple"},
        {"ms_tenant_id": ALDER, "short_name": "Alder"},
    )
    lines = ansible.run(STATUS, variables=wanted)["Show the status"].result["msg"]
    assert len(lines) == 3
    assert "SIP connection FjordShip deployed on SBC NL-SBC05 (id 2)" in lines[0]
    assert "company 'Maple Energy' has leads in 2 tenants" in lines[1]
    assert "no_service" in lines[2]


def test_the_status_reads_the_list_of_a_survey_and_says_what_it_cannot_read(ansible: Ansible) -> None:
    text = f"- {{ms_tenant_id: {ALDER}, short_name: Alder}}"
    lines = ansible.run(STATUS, variables={"live_platform_services_text": text})["Show the status"].result["msg"]
    assert [line.split()[:2] for line in lines] == [["Alder", "no_service"]]
    wrong = ansible.run(STATUS, variables={"live_platform_services_text": "- a: [1\nb"})
    assert wrong.rc != 0
    assert "live_platform_services_text, line" in wrong.text
    assert wrong.sent == []


def test_a_misspelt_variable_stops_the_run(ansible: Ansible) -> None:
    wanted = listed({"ms_tenant_id": BRAD, "short_name": "Brad01"}, live_platform_services_defaults={"sbc": "NL-SBC05"})
    run = ansible.run(ONBOARD, variables={**wanted, "sbc_onboarding_max_concurency": 2, "live_platform_site": "mine"})
    assert run["Check the variables"].message.splitlines() == [
        "unknown variable 'live_platform_services_defaults'; nearest: 'live_platform_service_defaults'",
        "unknown variable 'sbc_onboarding_max_concurency'; nearest: 'sbc_onboarding_max_concurrency'",
    ]
    assert run.sent == []


@pytest.mark.long
def test_defaults_and_services_are_put_together(ansible: Ansible, simulator: Simulator) -> None:
    defaults = {
        "sbc": "NL-SBC05",
        "onboarding_script": "sbc-scenario7",
        "script_variables": {"IPPBX-ProxyAddress": "10.9.9.9", "SIP-HostName": "sip.default.example"},
    }
    service = {"ms_tenant_id": BRAD, "short_name": "Brad01", "script_variables": {"ippbx-proxyaddress": "10.1.1.5"}}
    run = ansible.run(ONBOARD, check=True, variables=listed(service, live_platform_service_defaults=defaults))
    assert run.rc == 0, run.output
    (result,) = run["Create the services that do not exist"]["results"]
    assert result["request"]["scriptParameters"] == {
        "CustomVar.Variable1": "10.1.1.5",
        "CustomVar.Variable3": "sip.default.example",
    }
    assert "gives no value for the script's variables 'IPPBX-ProxyAddress-SIPPort'" in run.text
    assert "without online_pstn_gateway, the platform chooses" in run.text
    assert writes(run.sent) == []
    assert "Brad01" not in short_names(simulator.state())


def test_what_is_adopted_is_brought_to_what_is_asked_for_now(ansible: Ansible, simulator: Simulator) -> None:
    options = {"ms_tenant_id": BRAD, "short_name": "Brad01", "full_name": "First"}
    run = ansible.play(
        task("Submit", "oc_service", {**options, "wait": False}),
        task("Adopt", "oc_service", {**options, "full_name": "Second"}),
    )
    assert (run["Adopt"]["outcome"], run["Adopt"].changed) == ("adopted", True)
    name = {"option": "full_name", "wanted": "Second", "existing": "First", "action": "updated"}
    assert run["Adopt"]["differences"] == [name]
    assert run["Adopt"]["service"]["full_name"] == "Second"
    assert run.sent.count(POST) == 1


def test_a_run_that_does_not_wait_says_that_the_service_is_submitted(ansible: Ansible) -> None:
    service = {"ms_tenant_id": BRAD, "short_name": "Brad01", "sbc": "DE-SBC01"}
    run = ansible.run(ONBOARD, variables=listed(service, sbc_onboarding_wait=False))
    assert run.rc == 0, run.output
    (line,) = run["Show the results"].result["msg"]
    assert line.startswith("Brad01          submitted, task wst_")
    assert line.endswith(" is running")


@pytest.mark.long
def test_a_task_that_the_user_names_wrongly_is_not_waited_for(ansible: Ansible) -> None:
    options = {"ms_tenant_id": BRAD, "short_name": "Brad01", "task_id": "wst_nowhere"}
    run = ansible.play(task("Adopt", "oc_service", options, ignore_errors=True))
    assert run["Adopt"].failed
    assert "Task wst_nowhere is not known to the platform" in run["Adopt"].message
    assert "check task_id" in run["Adopt"].failure["hint"]
    assert writes(run.sent) == []
