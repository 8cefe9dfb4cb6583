# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The status of customers, as it is now and when it is what is waited for."""

import json
import re
from typing import Any

from harness.cast import ALDER, BRAD, FJORD, NOBODY, OPAL, writes
from harness.playbooks import Ansible, task
from simulator.client import Simulator

SERVICES = [{"ms_tenant_id": BRAD, "short_name": "Brad"}, {"ms_tenant_id": ALDER, "short_name": "Alder"}]
HANDED_ON = [
    {**each, "outcome": "created", "task_id": f"{{{{ submitted.results[{place}].task.id }}}}", "message": None}
    for place, each in enumerate(SERVICES)
]
PROFILES = "GET /api/v2/oc/callingprofile"


def submit(**more: Any) -> dict[str, Any]:
    return task("submit", "oc_services", {"services": SERVICES, "wait": False, **more}, register="submitted")


def status(name: str, **options: Any) -> dict[str, Any]:
    return task(name, "oc_status_info", options)


def test_customers_are_shown_in_the_order_in_which_they_are_asked_for(ansible: Ansible) -> None:
    password = "planted-Carrier~pw.23"
    customers = [
        {"company_name": "Opal Travel"},
        {
            "ms_tenant_id": FJORD.upper(),
            "short_name": "FjordShip",
            "script_parameters": {"CarrierUserPassword": password},
        },
        {"ms_tenant_id": FJORD, "short_name": "Fjord"},
        {"ms_tenant_id": BRAD},
        {"company_name": "Opel"},
        {"ms_tenant_id": NOBODY},
    ]
    run = ansible.play(status("some", customers=customers), status("all"), status("none", customers=[]), verbosity=4)
    assert run.rc == 0, run.output
    some = run["some"]
    states = ["deployed", "deployed", "contradictory", "no_service", "unknown", "no_service"]
    assert [record["state"] for record in some["services"]] == states
    assert some["services"][0]["ms_tenant_id"].lower() == OPAL
    assert "deployed on SBC DE-SBC01 (id 5)" in some["lines"][0]
    (problem,) = some["problems"]
    assert "'FjordShip', not 'Fjord'" in problem
    assert (some["advice"], some["tasks"]) == ([], [])
    assert "script_parameters" not in json.dumps(some["invocation"])
    assert password not in run.output
    assert {record["state"] for record in run["all"]["services"]} <= {"deployed", "not_deployed"}
    assert len(run["all"]["services"]) >= 2
    assert run["none"]["lines"] == []
    assert writes(run.sent) == []


def test_sbcs_are_shown_by_their_ids_where_their_names_cannot_be_read(ansible: Ansible, simulator: Simulator) -> None:
    refusal = {"type": "status", "status": 403, "body": {"message": "no"}}
    simulator.faults({"match": {"path": "callingprofile"}, "occurrence": "every", "action": refusal})
    fjord = {"customers": [{"ms_tenant_id": FJORD}]}
    run = ansible.play(status("refused", **fjord), status("not asked", show_sbc_names=False, **fjord))
    assert run.rc == 0, run.output
    for name in ("refused", "not asked"):
        assert run[name]["lines"][0].endswith("deployed on SBC 2")
        assert run[name]["services"][0]["site_locations"][0]["sbc_name"] is None
    assert PROFILES in run["refused"].sent
    assert PROFILES not in run["not asked"].sent


def test_leads_are_read_only_where_they_are_needed(ansible: Ansible, simulator: Simulator) -> None:
    lost = {"type": "status", "status": 500, "body": ""}
    simulator.faults({"match": {"path": "/api/v2/oc/lead$"}, "occurrence": "every", "action": lost})
    run = ansible.play(
        status("without", customers=[{"ms_tenant_id": FJORD}], show_leads=False),
        {**status("company", customers=[{"company_name": "Opal Travel"}], show_leads=False), "ignore_errors": True},
        {**status("with", customers=[{"ms_tenant_id": FJORD}]), "ignore_errors": True},
    )
    assert run["without"]["services"][0]["state"] == "deployed", run.output
    assert run["without"]["services"][0]["lead_id"] is None
    assert [run[name].state for name in ("company", "with")] == ["failed", "failed"]


def test_tasks_are_waited_for_and_those_that_were_forgotten_are_not(ansible: Ansible, simulator: Simulator) -> None:
    simulator.settings(task_seconds_by_tenant={"Brad": 3, "Alder": 4}, fail_tasks=["Alder"], queued_share=0)
    forgotten = "{{ outcomes | map('combine', {'task_id': 'wst_00000000-0000-4000-8000-000000000000'}) | first }}"
    run = ansible.play(
        submit(),
        status("look", outcomes="{{ outcomes }}"),
        status("late", outcomes="{{ outcomes }}", wait_for="tasks", wait_timeout=0.5),
        status("wait", outcomes="{{ outcomes }}", wait_for="tasks", wait_delay=1, progress_interval=0.5),
        status("again", outcomes=[forgotten], wait_for="tasks", wait_timeout=30),
        play={"vars": {"outcomes": HANDED_ON}},
    )
    assert run.rc == 0, run.output
    assert [each["state"] for each in run["look"]["tasks"]] == ["running", "running"]
    assert [re.sub(r".*What to do: ", "", line)[:30] for line in run["look"]["advice"]] == [
        "launch the workflow again when"
    ] * 2
    assert run["look"]["problems"] == []
    assert [line.split(":")[0] for line in run["late"]["problems"]] == ["Brad", "Alder"]
    assert all("did not end within 0.5 seconds" in line for line in run["late"]["problems"])
    wait = run["wait"]
    assert [each["state"] for each in wait["tasks"]] == ["succeeded", "failed"]
    (problem,) = wait["problems"]
    assert problem.startswith("Alder: task wst_")
    assert [record["state"] for record in wait["services"]] == ["deployed", "no_service"]
    assert wait["advice"][0] == "Brad: the service is there and deployed. What to do: nothing."
    assert re.search(r"\[localhost\] Task wst_\S+: succeeded after", run.stdout), run.stdout
    assert run["again"]["problems"] == []
    assert run["again"]["tasks"][0]["status"] is None
    assert sum("/task/" in sent for sent in run["again"].sent) == 1


def test_deployment_is_waited_for_until_it_has_come_or_the_time_is_over(ansible: Ansible, simulator: Simulator) -> None:
    simulator.settings(task_seconds=0.2, deploy_seconds=3, deploy_fails=["Alder"])
    outcomes = [{"ms_tenant_id": BRAD, "outcome": "created"}, {"ms_tenant_id": NOBODY, "outcome": "failed"}]
    brad = {"outcomes": outcomes, "wait_for": "deployed", "progress_interval": 1}
    run = ansible.play(
        submit(wait=True, progress=False),
        status("wait", **brad),
        status(
            "too long", customers=[{"ms_tenant_id": BRAD}, {"ms_tenant_id": ALDER}], wait_for="deployed", wait_timeout=2
        ),
    )
    assert run.rc == 0, run.output
    wait = run["wait"]
    assert [record["state"] for record in wait["services"]] == ["deployed", "no_service"]
    assert wait["problems"] == []
    assert re.search(r"\[localhost\] \S+: in progress for \d\.\d s, not deployed yet", run.stdout), run.stdout
    assert re.search(r"\[localhost\] \S+: deployed after \d\.\d s", run.stdout), run.stdout
    (line,) = run["too long"]["problems"]
    assert line.startswith("Alder           not_deployed")
    assert "SIP connection Alder 'Failed' on SBC NL-SBC05 (id 2)" in line
    assert writes(run["wait"].sent) == writes(run["too long"].sent) == []


def test_wrong_options_are_named(ansible: Ansible) -> None:
    wrong: dict[str, dict[str, Any]] = {
        "outcomes": {"wait_for": "tasks"},
        "mutually exclusive": {"customers": [], "outcomes": []},
        "outcomes[0] has no ms_tenant_id": {"outcomes": [{"short_name": "Brad"}]},
        "wait_timeout must be more than 0": {"wait_timeout": 0},
    }
    messages, run = ansible.refusals("oc_status_info", wrong.values())
    for words, said in zip(wrong, messages, strict=True):
        assert words in said
    assert run.sent == []


def test_what_the_platform_says_cannot_steer_a_terminal(ansible: Ansible, simulator: Simulator) -> None:
    site = {"id": 4001, "name": "Fjord\u001b[2J", "sbcId": 2, "sbcDeploymentState": "De\u202eploying"}
    odd = {"type": "members", "set": {"SiteLocation": [site], "CustomerShortName": "Fjord\u0000Ship"}}
    simulator.faults({"match": {"path": "/api/v3/customer$"}, "occurrence": "every", "action": odd})
    run = ansible.play(status("look", customers=[{"ms_tenant_id": FJORD}], wait_for="deployed", wait_timeout=0.5))
    assert run.rc == 0, run.output
    for text in (*run["look"]["lines"], *run["look"]["problems"]):
        assert "SIP connection Fjord" in text
        assert text.isprintable()
    assert run["look"]["problems"]
