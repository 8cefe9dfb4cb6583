# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Waiting for the task of a creation, and what is said when it does not end well."""

import pytest

from harness.cast import ALDER, BRAD, POST, short_names
from harness.playbooks import Ansible, task
from simulator.client import Simulator

SERVICE = {"ms_tenant_id": BRAD, "short_name": "Brad"}


def task_of(simulator: Simulator) -> str:
    (only,) = simulator.state()["tasks"]
    return str(only["id"])


def test_a_failing_task_is_reported_in_its_own_words_and_a_rerun_submits_anew(
    ansible: Ansible, simulator: Simulator
) -> None:
    simulator.settings(fail_tasks=["Brad"])
    run = ansible.play(task("create", "oc_service", SERVICE))
    create = run["create"]
    assert create.failed
    assert create["outcome"] == "failed"
    failed = create.failure["task"]
    assert failed["state"] == "failed"
    assert failed["id"] == task_of(simulator)
    errors = [each["message"] for each in failed["messages"] if each["level"] == "Error"]
    assert errors
    assert all(error in create.message for error in errors)
    assert create.failure["hint"]

    simulator.settings(fail_tasks=[])
    run = ansible.play(task("create", "oc_service", SERVICE))
    assert run["create"]["outcome"] == "created"
    assert short_names(simulator.state()).count("Brad") == 1


def test_a_run_that_stops_waiting_says_how_to_go_on_and_the_next_adopts(ansible: Ansible, simulator: Simulator) -> None:
    simulator.settings(task_seconds=60)
    run = ansible.play(task("create", "oc_service", {**SERVICE, "wait_timeout": 1}))
    create, task_id = run["create"], task_of(simulator)
    assert create.failed
    assert task_id in create.message
    assert "task_id" in create.failure["hint"]
    assert create.failure["task"]["id"] == task_id
    assert create.failure["task"]["state"] == "running"
    assert run.sent.count(POST) == 1

    simulator.task(task_id, progress=0.98)
    run = ansible.play(
        task("check", "oc_service", SERVICE, check_mode=True),
        task("resume", "oc_service", SERVICE),
        task("again", "oc_service", SERVICE),
    )
    assert run["check"]["outcome"] == "adopted"
    assert run["resume"]["outcome"] == "adopted"
    assert run["resume"]["task"]["id"] == task_id
    assert run["resume"]["service"]["short_name"] == "Brad"
    assert run["again"]["outcome"] == "unchanged"
    assert POST not in run.sent


@pytest.mark.long
def test_a_task_can_be_adopted_by_its_id_without_a_journal(ansible: Ansible, simulator: Simulator) -> None:
    simulator.settings(task_seconds=60)
    ansible.play(task("create", "oc_service", {**SERVICE, "wait": False, "journal": False}))
    task_id = task_of(simulator)
    simulator.task(task_id, progress=0.99)
    wrong = {"ms_tenant_id": ALDER, "short_name": "Alder", "task_id": "wst_none"}
    run = ansible.play(
        task("adopt", "oc_service", {**SERVICE, "task_id": task_id, "journal": False}),
        task("wrong id", "oc_service", {**wrong, "wait_timeout": 1}, ignore_errors=True),
    )
    assert run["adopt"]["outcome"] == "adopted"
    assert run["adopt"]["task"]["state"] == "succeeded"
    assert run["adopt"]["service"]["short_name"] == "Brad"
    assert run["wrong id"].failed
    assert "wst_none" in run["wrong id"].message
    assert POST not in run.sent


def test_without_waiting_the_service_is_submitted_once_and_taken_up_later(
    ansible: Ansible, simulator: Simulator
) -> None:
    simulator.settings(task_seconds=60)
    run = ansible.play(
        task("submit", "oc_service", {**SERVICE, "wait": False}),
        task("still running", "oc_service", {**SERVICE, "wait": False}),
        task(
            "absent",
            "oc_service",
            {"ms_tenant_id": BRAD, "state": "absent", "any_short_name": True},
            ignore_errors=True,
        ),
    )
    assert run["submit"]["outcome"] == "created"
    assert run["submit"].changed
    assert run["submit"]["service"]["ump_customer_guid"] is None
    assert run["submit"]["service"]["short_name"] == "Brad"
    assert (run["still running"]["outcome"], run["still running"].changed) == ("adopted", False)
    assert run["still running"]["task"]["state"] == "running"
    assert run["absent"].failed
    assert task_of(simulator) in run["absent"].message
    assert run.sent.count(POST) == 1

    simulator.task(task_of(simulator), finish="success")
    run = ansible.play(task("take up", "oc_service", SERVICE), task("again", "oc_service", SERVICE))
    assert run["take up"]["outcome"] in ("adopted", "unchanged")
    assert run["take up"]["service"]["short_name"] == "Brad"
    assert (run["again"]["outcome"], run["again"].changed) == ("unchanged", False)
    assert POST not in run.sent


def test_an_unknown_status_is_reported_and_never_taken_for_success(ansible: Ansible, simulator: Simulator) -> None:
    simulator.settings(status_running="Wobbling", task_seconds=60, queued_share=0)
    run = ansible.play(task("create", "oc_service", {**SERVICE, "wait_timeout": 1.5}))
    create = run["create"]
    assert create.failed
    assert "Wobbling" in create.warnings
    assert "Wobbling" in run.text
    assert create.failure["task"]["state"] == "unknown"
    assert task_of(simulator) in create.message
    assert create["service"] is None


def test_a_success_with_an_error_message_is_a_warning(ansible: Ansible, simulator: Simulator) -> None:
    simulator.settings(error_message_on_success=True)
    run = ansible.play(task("create", "oc_service", SERVICE))
    create = run["create"]
    assert run.rc == 0
    assert create["outcome"] == "created"
    (message,) = [each["message"] for each in create["task"]["messages"] if each["level"] == "Error"]
    assert message in create.warnings


@pytest.mark.long
def test_every_form_of_the_first_answer_and_of_the_guid_is_understood(ansible: Ansible, simulator: Simulator) -> None:
    for switches in (
        {"job_answer": "string", "output_guid": "camel"},
        {"job_answer": "capital", "output_guid": "pascal", "task_extra_members": True, "details_before_end": "null"},
        {"job_answer": "object", "output_guid": "none", "task_404_seconds": 0.4, "site_location_ids": "guid"},
    ):
        simulator.settings(**switches)
        run = ansible.play(
            task("create", "oc_service", SERVICE),
            task("absent", "oc_service", {"ms_tenant_id": BRAD, "state": "absent", "any_short_name": True}),
        )
        assert run["create"]["outcome"] == "created", (switches, run.output)
        assert run["create"]["service"]["short_name"] == "Brad"
        assert run["create"]["service"]["site_locations"][0]["deployed"] is True
        assert run["absent"]["outcome"] == "deleted"
