# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Leads as hosts, one service per host, and the hosts cut into slices as a controller does it."""

import json
import subprocess
from collections import Counter
from typing import Any

import pytest

from e2e.controller import Controller, Job, sliced
from e2e.controller_objects import named
from e2e.controller_rules import launch_problems
from harness.cast import ALDER, BRAD, FJORD, GABLE, POST, logins, short_names
from harness.playbooks import BIN, ROOT, spelled
from simulator.client import Simulator
from simulator.seeds.generating import tenant_id

pytestmark = pytest.mark.timeout(300)
"""Many starts of Ansible; a busy machine takes long for them."""

TEMPLATE = named("controller_templates", "Onboard leads (sliced)")
ANSWERS = {
    "onboard_leads_sbc": "NL-SBC05",
    "onboard_leads_onboarding_script": "sbc-scenario7",
    "onboard_leads_proxy_set": "SIPTrunk",
    "onboard_leads_online_pstn_gateway": "oc1",
    "onboard_leads_script_variables": "IPPBX-ProxyAddress=10.1.1.5",
}


def read_inventory(controller: Controller) -> dict[str, Any]:
    """What an update of the inventory source keeps."""
    done = subprocess.run(
        [str(BIN / "ansible-inventory"), "-i", str(ROOT / "inventory/oc_leads.yml"), "--list", "--export"],
        env={**controller.environment, **controller.credential(), "ANSIBLE_INVENTORY_UNPARSED_FAILED": "true"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def only(inventory: dict[str, Any], hosts: list[str]) -> dict[str, Any]:
    """The inventory script of a job that gets these hosts alone."""
    groups = {
        name: {"hosts": [host for host in group["hosts"] if host in hosts]}
        for name, group in inventory.items()
        if isinstance(group, dict) and "hosts" in group
    }
    variables = {host: inventory["_meta"]["hostvars"].get(host, {}) for host in hosts}
    return {**groups, "all": {"hosts": hosts}, "_meta": {"hostvars": variables}}


def run_slices(controller: Controller, inventory: dict[str, Any], hosts: list[str], count: int) -> list[Job]:
    """Run a job in slices, each in a process of its own with nothing in common."""
    assert launch_problems(TEMPLATE, ANSWERS) == []
    folders = [
        controller.prepare(
            {**controller.credential(), "ANSIBLE_FORKS": "1"},
            answers=ANSWERS,
            inventory=only(inventory, sliced(hosts, number, count)),
        )
        for number in range(1, count + 1)
    ]
    processes = [controller.start(folder, "onboard_leads") for folder in folders]
    return [controller.finish(folder, process) for folder, process in zip(folders, processes, strict=True)]


def test_slices_take_every_host_once() -> None:
    hosts = [f"host{number:02}" for number in range(17)]
    for count in (1, 2, 3, 17, 20):
        slices = [sliced(reversed(hosts), number, count) for number in range(1, count + 1)]
        assert sorted(host for each in slices for host in each) == hosts
        assert max(map(len, slices)) - min(map(len, slices)) <= 1


@pytest.mark.long
def test_each_lead_is_onboarded_once_and_slices_work_at_the_same_time(
    controller: Controller, simulator: Simulator
) -> None:
    simulator.seed(generate={"leads": 8})
    simulator.settings(task_seconds=2.5)
    inventory = read_inventory(controller)
    tenants = [tenant_id(number) for number in range(8)]
    assert set(tenants) < set(inventory["_meta"]["hostvars"])
    for count, hosts in ((1, tenants[:4]), (2, tenants[4:])):
        simulator.clear_log()
        jobs = run_slices(controller, inventory, hosts, count)
        for job in jobs:
            assert job.status == "successful", job.text
        log = simulator.log()
        created = Counter(entry["body"]["msTenantId"] for entry in log if spelled([entry]) == [POST])
        assert created == Counter(hosts)
        # Not one login per host: the hosts of a slice share the token.
        requests = spelled(log)
        assert logins(requests) == count
        # No slice begins after another one has come to its second host.
        second = [number for number, request in enumerate(requests) if request == POST][1]
        assert logins(requests[:second]) == count
        assert sum(sum(job.stats["changed"].values()) for job in jobs) == 4
    made = set(short_names(simulator.state()))
    assert {f"Generated{number}" for number in range(8)} <= made


def test_every_host_says_itself_what_is_wrong_or_special_with_it(controller: Controller, simulator: Simulator) -> None:
    hosts = {
        BRAD: {
            "live_platform_service": {"short_name": "Brad", "script_variables": {"SIP-HostName": "sip.brad.example"}}
        },
        ALDER: {"live_platform_service": {"short_name": "Al", "sbs": "NL-SBC05"}},
        FJORD.upper(): {"live_platform_service": {"short_name": "FjordShip"}},
        GABLE: {"live_platform_service": {"short_name": "Gable"}},
        "birch.example": {"live_platform_servise": {"short_name": "Birch"}},
    }
    inventory = {"all": {"hosts": list(hosts)}, "_meta": {"hostvars": hosts}}
    job = controller.run("onboard_leads", controller.credential(), answers=ANSWERS, inventory=inventory)
    assert job.status == "failed"
    assert set(job.stats["failures"]) == {ALDER, GABLE, "birch.example"}
    wrong = job.result("Stop when anything is wrong, before the first write", ALDER)["msg"]
    assert "unknown option 'sbs'; nearest: 'sbc'" in wrong
    assert "short_name" in wrong
    assert "Removed" in job.result("Create the services that do not exist", GABLE)["msg"]
    assert "nearest: 'live_platform_service'" in job.result("Check the variables", "birch.example")["msg"]
    (body,) = [entry["body"] for entry in simulator.log() if spelled([entry]) == [POST]]
    assert body["customerShortName"] == "Brad"
    # What is said of one lead is put together with what all have in common.
    assert body["scriptParameters"]["CustomVar.Variable1"] == "10.1.1.5"
    assert body["scriptParameters"]["CustomVar.Variable3"] == "sip.brad.example"
    assert job.stats["changed"] == {BRAD: 1}


def test_hosts_are_chosen_by_a_question_and_slices_without_any_of_them_end_well(
    controller: Controller, simulator: Simulator
) -> None:
    hosts = {
        name: {"live_platform_service": {"short_name": short}} for name, short in ((BRAD, "Brad"), (ALDER, "Alder"))
    }
    inventory = {"all": {"hosts": list(hosts)}, "_meta": {"hostvars": hosts}}
    answers = {**ANSWERS, "onboard_leads_hosts": BRAD}
    assert launch_problems(TEMPLATE, answers) == []
    assert not TEMPLATE["ask_limit_on_launch"]
    for number, made in ((1, []), (2, ["Brad"])):
        simulator.clear_log()
        job = controller.run(
            "onboard_leads",
            controller.credential(),
            answers=answers,
            inventory=only(inventory, sliced(hosts, number, 2)),
        )
        assert job.status == "successful", job.text
        bodies = [entry["body"] for entry in simulator.log() if spelled([entry]) == [POST]]
        assert [body["customerShortName"] for body in bodies] == made
        # What nobody needs is not looked up.
        assert bool(spelled(simulator.log())) is bool(made)
    empty = controller.run("onboard_leads", controller.credential(), answers=ANSWERS, inventory=only(inventory, []))
    assert empty.status == "successful", empty.text


def test_what_all_leads_have_in_common_is_looked_up_once_also_when_a_limit_leaves_out_localhost(
    controller: Controller, simulator: Simulator
) -> None:
    hosts = {
        name: {"live_platform_service": {"short_name": short}} for name, short in ((BRAD, "Brad"), (ALDER, "Alder"))
    }
    inventory = {"all": {"hosts": [*hosts, FJORD]}, "_meta": {"hostvars": {**hosts, FJORD: {}}}}
    simulator.clear_log()
    job = controller.run(
        "onboard_leads", controller.credential(), answers=ANSWERS, inventory=inventory, limit=f"{BRAD},{ALDER}"
    )
    assert job.status == "successful", job.text
    assert job.stats["changed"] == {BRAD: 1, ALDER: 1}
    requests = spelled(simulator.log())
    for request in ("GET /api/v2/scripttemplates", "GET /api/v2/oc/callingprofile"):
        assert requests.count(request) == 1, requests
