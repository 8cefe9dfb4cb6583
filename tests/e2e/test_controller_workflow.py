# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The workflow, node by node, as a controller walks through it: artifacts go on, the failure branch explains."""

from collections.abc import Callable
from typing import Any

import pytest

from e2e.awx_page import blocks
from e2e.controller import Controller, Job
from e2e.controller_objects import named
from e2e.controller_rules import launch_problems
from harness.cast import ALDER, BIRCH, BRAD, POST, short_names, writes
from harness.playbooks import spelled
from simulator.client import Simulator

pytestmark = pytest.mark.timeout(300)
"""Many starts of Ansible; a busy machine takes long for them."""

STEPS = "Onboard services (workflow)"
APPROVAL = "Onboard services with approval"
TEXT = f"""
live_platform_services:
  - {{ms_tenant_id: {BRAD}, short_name: Brad, sbc: NL-SBC05, onboarding_script: sbc-scenario7}}
  - {{ms_tenant_id: {ALDER}, short_name: Alder, sbc: NL-SBC05}}
"""
ANSWERS = {"live_platform_services_text": TEXT, "wait_for_services_timeout": 60}


class Walk:
    """The jobs of a workflow, from its first node to its last; each gets what those before it have handed on."""

    def __init__(self, controller: Controller, answers: dict[str, Any], workflow: str = STEPS) -> None:
        self._item = named("controller_workflows", workflow)
        self._nodes = {node["identifier"]: node for node in self._item["simplified_workflow_nodes"]}
        assert launch_problems(self._item, answers) == []
        self._controller = controller
        self._answers = answers
        self._environment = controller.credential()
        self.artifacts: dict[str, Any] = {}
        self.jobs: dict[str, Job] = {}

    def node(self, identifier: str, **artifacts: Any) -> Job:
        """Run one node. The variables of the workflow reach every node, and come before artifacts."""
        item = named("controller_templates", self._nodes[identifier]["unified_job_template"])
        playbook = item["playbook"].removeprefix("playbooks/").removesuffix(".yml")
        variables = {**item.get("extra_vars", {}), **self.artifacts, **artifacts, **self._answers}
        check = item["job_type"] == "check"
        job = self._controller.run(playbook, self._environment, answers=variables, check=check)
        self.artifacts |= job.artifacts
        self.jobs[identifier] = job
        return job

    def all(self, approve: Callable[[], None] = lambda: None) -> list[str]:
        """Walk from the node that no other leads to; gives the nodes that ran.

        :param approve: what happens until a person approves.
        """
        links = ("success_nodes", "failure_nodes")
        following = {each for node in self._nodes.values() for link in links for each in node.get(link, [])}
        (identifier,) = set(self._nodes) - following
        while True:
            node = self._nodes[identifier]
            if "approval_node" in node:
                approve()
                successful = True
            else:
                successful = self.node(identifier).status == "successful"
            targets = node.get(links[0] if successful else links[1], [])
            if not targets:
                return list(self.jobs)
            (identifier,) = targets


@pytest.mark.long
def test_a_workflow_submits_waits_verifies_and_reports_and_every_node_can_be_relaunched(
    controller: Controller, simulator: Simulator
) -> None:
    simulator.settings(task_seconds=1.0)
    walk = Walk(controller, ANSWERS)
    assert walk.all() == ["submit", "wait", "verify", "report"], walk.jobs["submit"].text
    assert walk.jobs["report"].status == "successful", walk.jobs["report"].text
    assert {"Alder", "Brad"} <= set(short_names(simulator.state()))
    tasks = walk.jobs["wait"].result("Wait for the tasks")["tasks"]
    assert [task["state"] for task in tasks] == ["succeeded", "succeeded"]
    submitted = walk.jobs["submit"].artifacts["live_platform_outcomes"]
    assert [task["id"] for task in tasks] == [outcome["task_id"] for outcome in submitted]
    assert "Brad" in walk.artifacts["live_platform_report"][0]
    assert "deployed" in walk.artifacts["live_platform_report"][0]

    # Relaunched when everything is there; tasks may be forgotten by then.
    simulator.clear_log()
    unknown = [{**outcome, "task_id": "wst_00000000-0000-4000-8000-000000000000"} for outcome in submitted]
    assert walk.node("wait", live_platform_outcomes=unknown).status == "successful", walk.jobs["wait"].text
    assert writes(spelled(simulator.log())) == []


@pytest.mark.long
def test_a_workflow_that_fails_says_what_to_do_and_ends_as_failed(controller: Controller, simulator: Simulator) -> None:
    simulator.settings(fail_tasks=["Alder"], deploy_fails=["Birch"], task_seconds=0.3)
    text = f"{TEXT}  - {{ms_tenant_id: {BIRCH}, short_name: Birch, sbc: NL-SBC05}}\n"
    walk = Walk(controller, {**ANSWERS, "live_platform_services_text": text})
    assert walk.all() == ["submit", "wait", "explain"]
    assert "Alder: task wst_" in walk.jobs["wait"].text
    explained = walk.jobs["explain"]
    assert explained.status == "failed"
    said = {line.split(":")[0]: line for line in explained.result("Show what to do")["msg"]}
    assert set(said) == {"Brad", "Alder", "Birch"}, explained.text
    assert "there and deployed. What to do: nothing" in said["Brad"]
    assert "is failed" in said["Alder"]
    assert "launch the workflow again" in said["Alder"]
    assert "not deployed" in said["Birch"]
    (documented,) = [block for block in blocks("text") if "Show what to do" in block]
    assert explained.shows(documented)

    # What it advises helps: the next walk makes what is missing, once.
    simulator.settings(fail_tasks=[])
    simulator.clear_log()
    outcomes = walk.node("submit").artifacts["live_platform_outcomes"]
    assert [outcome["outcome"] for outcome in outcomes] == ["unchanged", "created", "unchanged"]
    assert spelled(simulator.log()).count(POST) == 1


def test_a_workflow_that_stops_before_its_first_write_says_so(controller: Controller, simulator: Simulator) -> None:
    walk = Walk(controller, {**ANSWERS, "live_platform_services_text": TEXT.replace("sbc-scenario7", "sbc-scenario77")})
    assert walk.all() == ["submit", "explain"]
    assert "'sbc-scenario7'" in walk.jobs["submit"].text
    assert "Nothing was submitted" in walk.jobs["explain"].text
    assert writes(spelled(simulator.log())) == []


@pytest.mark.long
def test_what_was_approved_is_done_and_nothing_else(controller: Controller, simulator: Simulator) -> None:
    simulator.settings(task_seconds=0.3)
    answers = {"live_platform_services_text": TEXT}
    walk = Walk(controller, answers, APPROVAL)
    simulator.clear_log()
    planned = []
    walk.all(lambda: planned.extend(writes(spelled(simulator.log()))))
    assert planned == []
    assert list(walk.jobs) == ["plan", "apply", "report"], walk.jobs["apply"].text
    # Who approves reads in the output of the first job what would be done, in names.
    shown = walk.jobs["plan"].result("Show the results")["msg"]
    assert "would_create: SIP connection Alder on SBC NL-SBC05 (id 2)" in shown[1]
    assert [each["outcome"] for each in walk.artifacts["live_platform_plan"]] == ["would_create", "would_create"]
    assert {"Alder", "Brad"} <= set(short_names(simulator.state()))
    assert spelled(simulator.log()).count(POST) == 2


@pytest.mark.long
def test_a_plan_that_does_not_hold_any_more_is_refused_before_the_first_write(
    controller: Controller, simulator: Simulator
) -> None:
    simulator.settings(task_seconds=0.3)
    walk = Walk(controller, {"live_platform_services_text": TEXT}, APPROVAL)

    def meanwhile() -> None:
        answers = {"onboard_service_ms_tenant_id": BRAD, "onboard_service_short_name": "Brad"}
        job = controller.launch("Onboard one service", {**answers, "onboard_service_sbc": "NL-SBC05"})
        assert job.status == "successful", job.text
        simulator.clear_log()

    walk.all(meanwhile)
    assert list(walk.jobs) == ["plan", "apply", "explain"]
    assert "Brad: was planned as 'would_create', and would be 'unchanged' now" in walk.jobs["apply"].text
    assert "Nothing was submitted" in walk.jobs["explain"].text
    assert writes(spelled(simulator.log())) == []
    # Without a plan, nothing is applied at all.
    alone = controller.launch("Apply plan", {})
    assert alone.status == "failed"
    assert "live_platform_plan" in alone.text
