# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a job hands to the next: a plan that is carried out as it is or not at all, and no text of the platform."""

import json
from pathlib import Path
from typing import Any

import pytest

from harness.cast import ALDER, BRAD, FJORD, writes
from harness.playbooks import COLLECTION, Ansible, Run, task
from simulator.client import Simulator

pytestmark = pytest.mark.timeout(240)

OLD = [f"+3120800000{last}" for last in range(5)]
SITE = {"sbc": "NL-SBC05", "onboarding_script": "sbc-scenario7", "online_pstn_gateway": "oc1.sandbox2.audiocodes.be"}
USERS: dict[str, Any] = {"ms_tenant_id": FJORD, "short_name": "FjordShip"}
FIRST: dict[str, Any] = {**USERS, **SITE, "licensed_users": 60}
SECOND: dict[str, Any] = {"ms_tenant_id": ALDER, "short_name": "Alder", **SITE, "numbers": OLD}


def handed_on(run: Run) -> dict[str, Any]:
    """What the run has set with set_stats, as a controller keeps it."""
    found: dict[str, Any] = {}
    for line in run.lines:
        found |= (line["result"].get("ansible_stats") or {}).get("data", {})
    return found


def onboard(ansible: Ansible, *services: dict[str, Any], plan: Any = None, check: bool = False) -> Run:
    variables = {"live_platform_services": list(services), "customer_numbers_prune": True}
    variables |= {"sbc_onboarding_verify_timeout": 1, "customer_numbers_verify_timeout": 2}
    if plan is None:
        return ansible.run(f"{COLLECTION}.onboard_services", check=check, variables=variables)
    return ansible.run(f"{COLLECTION}.apply_plan", check=check, variables={**variables, "live_platform_plan": plan})


def test_a_plan_holds_numbers_and_what_each_step_starts_from(ansible: Ansible, simulator: Simulator) -> None:
    simulator.seed(numbers=[{"tenantId": ALDER, "start": OLD[0], "count": 5}])
    dry = onboard(ansible, FIRST, SECOND, check=True)
    assert dry.rc == 0, dry.output
    plan = handed_on(dry)["live_platform_plan"]
    assert [(each["short_name"], each["link"], each["outcome"]) for each in plan] == [
        ("FjordShip", "service", "would_update"),
        ("Alder", "service", "would_create"),
        ("Alder", "numbers", "unchanged"),
    ]

    def refused(*services: dict[str, Any]) -> str:
        run = onboard(ansible, *services, plan=plan)
        assert run.rc != 0, run.output
        assert writes(run.sent) == [], run.output
        assert "what was planned cannot be done any more, so nothing is done" in run.text
        return run.text

    # Other numbers, none at all, and a number that somebody has taken meanwhile: also no service is created.
    said = refused(FIRST, {**SECOND, "numbers": ["+31209000000"]})
    assert "Alder: was planned as 'unchanged', and would be 'would_update' now" in said
    without = {key: value for key, value in SECOND.items() if key != "numbers"}
    run = onboard(ansible, FIRST, without, plan=plan)
    assert (run.rc != 0, writes(run.sent)) == (True, [])
    assert "Alder: has numbers in the plan, but not in the list of services" in run.text

    # The same change, from another start.
    simulator.control("PATCH", "numbers", {"numbers": [OLD[0]], "assignment_status": "UserAssigned"})
    (fjord,) = [each for each in simulator.state()["services"] if each["ms_tenant_id"] == FJORD]
    _set_users(ansible, 500)
    assert "FjordShip: licensed_users was " in refused(FIRST, SECOND)

    # As it was again, the plan is carried out.
    _set_users(ansible, fjord["licensed_users_count"])
    done = onboard(ansible, FIRST, SECOND, plan=plan)
    assert done.rc == 0, done.output
    assert len(writes(done.sent)) == 2, writes(done.sent)


def _set_users(ansible: Ansible, users: int) -> None:
    run = ansible.play(task("meanwhile", "oc_service", {**USERS, "licensed_users": users}))
    assert run.rc == 0, run.output


def test_a_release_is_that_of_the_numbers_that_were_approved(ansible: Ansible, simulator: Simulator) -> None:
    simulator.seed(numbers=[{"tenantId": FJORD, "start": OLD[0], "count": 2}])
    wanted = {"ms_tenant_id": FJORD, "customer": "FjordShip", "state": "absent", "numbers": OLD[:2]}
    wanted |= {"on_assigned": "unassign"}
    plan = ansible.play(task("dry", "oc_numbers", wanted, check_mode=True))["dry"]["plan"]
    assert plan[0]["request"] == {"release": ["+31208000000-+31208000001"]}
    simulator.control("PATCH", "numbers", {"numbers": [OLD[0]], "source": "webui"})
    run = ansible.play(task("other", "oc_numbers", {**wanted, "plan": plan}))
    assert "numbers to release was something else when the plan was made" in str(run["other"].failure["problems"])
    assert writes(run.sent) == []
    simulator.control("PATCH", "numbers", {"numbers": [OLD[0]], "source": "webapi"})
    run = ansible.play(task("same", "oc_numbers", {**wanted, "plan": plan}))
    assert run["same"]["released"] == ["+31208000000-+31208000001"], run.output


def test_a_deletion_is_that_of_the_service_that_was_approved(ansible: Ansible, simulator: Simulator) -> None:
    wanted = {"services": [{"ms_tenant_id": FJORD, "short_name": "FjordShip", "state": "absent"}]}
    plan = ansible.play(task("dry", "oc_services", wanted, check_mode=True))["dry"]["plan"]
    other = "5d1d0c34-7a4f-4f4c-8f1b-0a2b3c4d5e6f"
    (now,) = [each for each in simulator.state()["services"] if each["ms_tenant_id"] == FJORD]
    members = {key: now[key] for key in ("customer_short_name", "customer_full_name", "license_type", "ms_tenant_id")}
    rest = [each for each in simulator.state()["services"] if each["ms_tenant_id"] != FJORD]
    kept = [{key: value for key, value in each.items() if key not in ("listed", "request")} for each in rest]
    simulator.seed(services=[*kept, {**members, "ump_customer_guid": other}], replace=["services"])
    run = ansible.play(task("other", "oc_services", {**wanted, "plan": plan}))
    assert "FjordShip: ump_customer_guid was something else" in str(run["other"].failure["problems"]), run.output
    assert writes(run.sent) == []


def template(mark: Path) -> str:
    return "{{ lookup('ansible.builtin.pipe', 'id >> " + str(mark) + "') }}"


def test_no_text_of_the_platform_is_a_template_anywhere(ansible: Ansible, simulator: Simulator, tmp_path: Path) -> None:
    """Every text that a stranger may choose is one, and each job gets what the one before has handed on."""
    mark = tmp_path / "executed"
    evil = template(mark)
    simulator.settings(
        status_failed=f"Failed {evil}", fail_tasks=["Brad"], deploy_fails=["Alder"], deploy_failed_state=evil
    )
    simulator.settings(failing_numbers=["+31208000001"], partial_upload="failed")
    simulator.seed(
        leads=[
            {
                "id": evil,
                "tenantId": ALDER,
                "companyName": evil,
                "status": "Active",
                "fullName": evil,
                "comments": evil,
            },
            {"id": "e17b3a52-60c4-4d9f-8a2e-000000000001", "tenantId": BRAD, "companyName": f"Brad {evil}"},
        ],
        templates=[{"id": 990, "name": evil, "script_type": 1, "customer_variables": [evil]}],
        sbcs=[{"id": 99, "name": evil, "fqdn": "x.example", "ip_address": "10.9.9.9"}],
        channels=[{"id": 1999, "name": evil}],
        numbers=[{"tenantId": ALDER, "telephoneNumber": OLD[4], "source": evil, "assignmentStatus": evil}],
    )
    brad = {"ms_tenant_id": BRAD, "short_name": "Brad", **SITE}
    alder = {**SECOND, "numbers": OLD[:3]}
    runs = [onboard(ansible, brad, alder, check=True)]
    plan = handed_on(runs[0])["live_platform_plan"]
    runs.append(onboard(ansible, brad, alder, plan=plan))
    outcomes = handed_on(runs[1])
    assert [each["outcome"] for each in outcomes["live_platform_outcomes"]] == ["failed", "created"], runs[1].output
    for name in ("wait_for_services", "verify_services", "report_services", "explain_failure"):
        variables = {**outcomes, "verify_services_timeout": 1, "wait_for_services_timeout": 5}
        runs.append(ansible.run(f"{COLLECTION}.{name}", variables=variables))
    runs.append(ansible.run(f"{COLLECTION}.service_status"))
    runs.append(ansible.run(f"{COLLECTION}.manage_numbers", variables={"live_platform_services": [alder]}))
    handed = json.dumps([handed_on(run) for run in runs])
    assert "{{" not in handed, handed
    assert "lookup" not in handed, handed
    assert "executed" in runs[-3].output, "the user is told what the platform says, as a text"
    assert not mark.exists(), mark.read_text()


def test_variables_of_hosts_and_facts_hold_no_template_of_the_platform(
    ansible: Ansible, simulator: Simulator, tmp_path: Path
) -> None:
    mark = tmp_path / "executed"
    evil = template(mark)
    lead = {"tenantId": ALDER, "status": "Active", "companyName": evil, "fullName": evil, "comments": evil}
    simulator.seed(leads=[{"id": evil, **lead}], replace=["leads", "services"])
    inventory = ansible.folder / "oc_leads.yml"
    inventory.write_text(
        "plugin: audiocodes.live_platform.oc_leads\ncontacts: true\nstrict: true\n"
        "compose: {live_platform_service: \"{'short_name': suggested_short_name, 'full_name': company_name}\"}\n"
        "keyed_groups: [{key: company_name, prefix: company}]\ngroups: {all_of_them: company_name is defined}\n"
    )
    again = task("again", "ansible.builtin.set_fact", {"again": "{{ live_platform_service.full_name }}/{{ lead_id }}"})
    show = {"msg": "{{ company_name }} {{ live_platform_service }} {{ again }} {{ group_names }}"}
    shown = ansible.play(
        again,
        task("show", "ansible.builtin.debug", show),
        task("shown", "ansible.builtin.debug", {"msg": "{{ company_name }}"}),
        arguments=("-i", str(inventory)),
        play={"hosts": "all_of_them"},
    )
    assert shown.rc == 0, shown.output
    assert "all_of_them" in shown["show"]["msg"]
    assert not mark.exists(), mark.read_text()
    assert "executed" in shown["shown"]["msg"], "the host has the text itself"
