# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading tasks, and waiting for them."""

from typing import Any

from harness.cast import ALDER, BIRCH, BRAD
from harness.playbooks import Ansible, task
from simulator.client import Simulator


def test_tasks_are_shown_as_they_are_and_waited_for_on_request(ansible: Ansible, simulator: Simulator) -> None:
    simulator.settings(
        fail_tasks=["Alder"], task_seconds_by_tenant={"Brad": 0.2, "Alder": 0.2, "Birch": 60}, queued_share=0
    )
    services = [
        {"ms_tenant_id": BRAD, "short_name": "Brad"},
        {"ms_tenant_id": ALDER, "short_name": "Alder"},
        {"ms_tenant_id": BIRCH, "short_name": "Birch"},
    ]
    ids = "{{ submitted.results | map(attribute='task') | map(attribute='id') | list }}"
    run = ansible.play(
        task("submit", "oc_services", {"services": services, "wait": False}, register="submitted"),
        task("wait", "task_info", {"task_ids": "{{ ids[:2] }}", "wait": True}),
        task("look", "task_info", {"task_ids": "{{ ids }}"}),
        task("too long", "task_info", {"task_ids": "{{ ids }}", "wait": True, "wait_timeout": 1}, ignore_errors=True),
        task("unknown", "task_info", {"task_ids": ["wst_00000000-0000-4000-8000-000000000000"]}, ignore_errors=True),
        task("mixed", "task_info", {"task_ids": ["wst_none", "{{ ids[0] }}"]}, ignore_errors=True),
        play={"vars": {"ids": ids}},
    )
    submitted = run["submit"]
    assert [result["outcome"] for result in submitted["results"]] == ["created"] * 3
    assert not any("/task/" in sent for sent in submitted.sent)

    assert [each["state"] for each in run["wait"]["tasks"]] == ["succeeded", "failed"]
    brad, alder, birch = run["look"]["tasks"]
    assert (brad["state"], brad["status"]) == ("succeeded", "CompletedSuccess")
    assert (alder["state"], alder["status"]) == ("failed", "Failed")
    assert any(each["level"] == "Error" for each in alder["messages"])
    assert (birch["state"], birch["status"]) == ("running", "InProgress")
    assert not run["look"].changed

    late = run["too long"]
    assert late.failed
    assert birch["id"] in late.message
    assert late.failure["hint"]
    assert late.failure["task"]["state"] == "running"
    assert [each["state"] for each in late["tasks"]] == ["succeeded", "failed", "running"]

    assert run["unknown"]["tasks"][0]["state"] == "unknown"
    assert [each["state"] for each in run["mixed"]["tasks"]] == ["unknown", "succeeded"]


def test_a_long_message_of_a_task_is_cut_and_whole_from_vvv_on(ansible: Ansible, simulator: Simulator) -> None:
    made = ansible.play(task("create", "oc_service", {"ms_tenant_id": BRAD, "short_name": "Brad", "wait": False}))
    task_id = made["create"]["task"]["id"]
    text = "the SBC says " + "x" * 20_000
    simulator.task(task_id, finish="failure", messages=[{"level": "Error", "message": text}])
    look = task("look", "task_info", {"task_ids": [task_id]})
    run = ansible.play(look)
    (seen,) = run["look"]["tasks"]
    assert len(_longest(seen)) == 1000
    assert "characters in all" in _longest(seen)
    assert len(run.output) < 10_000
    (whole,) = ansible.play(look, verbosity=3)["look"]["tasks"]
    assert _longest(whole) == text


def _longest(seen: dict[str, Any]) -> str:
    return max((message["message"] for message in seen["messages"]), key=len)
