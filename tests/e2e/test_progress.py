# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the job's output shows while a module runs."""

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from harness.cast import BRAD, FIVE
from harness.playbooks import Ansible, Run, Task, task
from simulator.client import Simulator

CONNECTIONS = {"ANSIBLE_CONNECTION_PLUGINS": str(Path(__file__).with_name("connection_plugins"))}
ONE = {"ms_tenant_id": BRAD, "short_name": "Brad", "progress_interval": 0.5}
ENDED = r"\[localhost\] Brad: created after [0-9.]+ s \(task wst_[0-9a-f-]+\)"


def shown(run: Run) -> list[str]:
    """The lines of progress."""
    return re.findall(r"^\[localhost[^\]]*\] .*$", run.stdout, re.MULTILINE)


def test_the_output_tells_what_is_waited_for(ansible: Ansible, simulator: Simulator) -> None:
    simulator.settings(task_seconds=2.5)
    run = ansible.play(task("create", "oc_service", ONE))
    assert run.rc == 0, run.output
    lines = shown(run)
    assert re.fullmatch(ENDED, lines[-1]), lines
    task_id = run["create"]["task"]["id"]
    going = [line for line in lines if f"Brad: task {task_id}: InProgress after " in line]
    assert len(going) >= 2, "\n".join(lines)
    assert sum("SBC sbc-onboarding done for site Brad" in line for line in lines) == 1, "each message is shown once"
    before = run.stdout.index(lines[0])
    assert run.stdout.index("TASK [create]") < before < run.stdout.index("changed: [localhost]")


def test_many_services_have_a_summary_and_a_line_each(ansible: Ansible, simulator: Simulator) -> None:
    simulator.settings(task_seconds_by_tenant={"Brad": 1, "Alder": 5}, task_seconds=1, fail_tasks=["Cedar"])
    run = ansible.play(task("create", "oc_services", {"services": FIVE, "progress_interval": 3.5}))
    lines = shown(run)
    (summary,) = [line for line in lines if "in progress" in line and "in all" in line]
    said = r"3 created, 1 failed; 1 in progress, 5 in all, after [34]\.\d s; the slowest: Alder"
    assert re.search(said, summary), lines
    assert sum(" created after " in line for line in lines) == 4
    (failed,) = [line for line in lines if " failed after " in line]
    assert "the SBC refused the configuration" in failed


@pytest.mark.long
def test_nothing_more_is_asked_of_the_platform_for_it(ansible: Ansible, simulator: Simulator) -> None:
    simulator.settings(task_seconds=2)
    loud = ansible.play(task("create", "oc_service", {**ONE, "progress_interval": 0.1}))
    simulator.reset(tokens=True)
    simulator.settings(task_seconds=2)
    for kept in ("state", "cache"):
        (ansible.home / kept).rename(ansible.home / f"{kept} of before")
    quiet = ansible.play(task("create", "oc_service", {**ONE, "progress": False}))
    assert shown(loud)
    assert shown(quiet) == []
    polls = [sum("/task/" in sent for sent in run["create"].sent) for run in (loud, quiet)]
    assert abs(polls[0] - polls[1]) <= 1, polls
    assert [sent for sent in loud.sent if "/task/" not in sent] == [sent for sent in quiet.sent if "/task/" not in sent]


def _delegated(work: Task) -> Task:
    return {
        **work,
        "delegate_to": "elsewhere.example",
        "vars": {"ansible_connection": "elsewhere", "ansible_python_interpreter": "{{ ansible_playbook_python }}"},
    }


def test_a_delegated_module_is_followed_over_its_connection(ansible: Ansible, simulator: Simulator) -> None:
    simulator.settings(task_seconds=2)
    run = ansible.play(_delegated(task("create", "oc_service", ONE)), environment=CONNECTIONS)
    assert run.rc == 0, run.output
    lines = shown(run)
    assert lines[-1].startswith("[localhost -> elsewhere.example] Brad: created after"), run.output
    assert len(lines) > 2
    assert list((ansible.home / ".ansible" / "tmp").glob("*/progress")) == []


@pytest.mark.long
def test_without_pipelining_too(ansible: Ansible) -> None:
    environment = {**CONNECTIONS, "ANSIBLE_PIPELINING": "false"}
    run = ansible.play(_delegated(task("create", "oc_service", ONE)), environment=environment)
    assert run.rc == 0, run.output
    assert "created after" in shown(run)[-1]


@pytest.mark.long
def test_task_info_tells_what_it_waits_for(ansible: Ansible, simulator: Simulator) -> None:
    simulator.settings(task_seconds=2)
    options = {"task_ids": ["{{ created.task.id }}"], "wait": True, "progress_interval": 0.5}
    run = ansible.play(
        task("create", "oc_service", {**ONE, "wait": False}, register="created"), task("wait", "task_info", options)
    )
    assert run.rc == 0, run.output
    task_id = run["create"]["task"]["id"]
    assert any(f"Task {task_id}: succeeded after" in line for line in shown(run)), run.output


def test_nothing_is_displayed_beside_a_callback_that_writes_json(ansible: Ansible, simulator: Simulator) -> None:
    simulator.settings(task_seconds=1)
    callbacks = Path(__file__).parent
    folders = os.pathsep.join(str(callbacks / name) for name in ("callback_plugins", "stdout_callbacks"))
    run = ansible.play(
        task("create", "oc_service", ONE),
        environment={"ANSIBLE_CALLBACK_PLUGINS": folders, "ANSIBLE_STDOUT_CALLBACK": "json"},
    )
    assert run.rc == 0, run.output
    (result,) = json.loads(run.stdout)["results"]
    assert result["outcome"] == "created"


QUIET: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "progress: false": ({"progress": False}, {}),
    "no_log": ({}, {"no_log": True}),
    "live_platform_progress: false": ({}, {"vars": {"live_platform_progress": "{{ not true }}"}}),
}


def test_a_task_that_asks_for_progress_has_it_whatever_the_variable_says(ansible: Ansible) -> None:
    work = task("create", "oc_service", {**ONE, "progress": True}, vars={"live_platform_progress": False})
    assert any(" created after " in line for line in shown(ansible.play(work)))


def test_it_is_quiet_where_it_must_be(ansible: Ansible, simulator: Simulator) -> None:
    simulator.settings(task_seconds=1)
    run = ansible.play(
        *(
            task(way, "oc_service", {**ONE, **service, **options}, **keywords)
            for service, (way, (options, keywords)) in zip(FIVE, QUIET.items(), strict=False)
        )
    )
    assert run.rc == 0, run.output
    assert shown(run) == []
    for way in QUIET:
        if way != "no_log":
            assert run[way]["outcome"] == "created"
            assert run[way].changed
    there = {service["ms_tenant_id"] for service in simulator.state()["services"]}
    assert there >= {service["ms_tenant_id"] for service in FIVE[: len(QUIET)]}


def test_a_task_in_the_background_is_followed_while_it_is_waited_for(ansible: Ansible, simulator: Simulator) -> None:
    simulator.settings(task_seconds=2.5)
    services = {"loop": FIVE[:2], "loop_control": {"label": "{{ item.short_name }}"}}
    options = {**ONE, "ms_tenant_id": "{{ item.ms_tenant_id }}", "short_name": "{{ item.short_name }}"}
    run = ansible.play(
        task("create", "oc_service", options, **services, **{"async": 60, "poll": 1}), environment=_in_jobs(ansible)
    )
    assert run.rc == 0, run.output
    lines = shown(run)
    # The second is polled less often, since the first has shown how long it takes.
    for service, status in zip(FIVE[:2], ("InProgress", "(InProgress|Queued|not read yet)"), strict=True):
        of_it = [line for line in lines if f" {service['short_name']}: " in line]
        assert sum(bool(re.search(rf"task wst_\S+: {status} after", line)) for line in of_it) >= 2, lines
        assert " created after " in of_it[-1], lines
    assert list((ansible.home / "ansible" / "tmp").rglob("progress-*")) == []


@pytest.mark.long
def test_a_delegated_task_in_the_background_is_followed_too(ansible: Ansible, simulator: Simulator) -> None:
    simulator.settings(task_seconds=7)
    work = _delegated(task("create", "oc_service", ONE, **{"async": 60, "poll": 1}))
    run = ansible.play(work, environment={**CONNECTIONS, **_in_jobs(ansible)})
    assert run.rc == 0, run.output
    assert any("[localhost -> elsewhere.example] Brad: task wst_" in line for line in shown(run)), run.output
    assert list((ansible.home / ".ansible" / "tmp").glob("*/progress")) == []


def test_a_task_that_nobody_waits_for_is_quiet_and_does_its_work(ansible: Ansible, simulator: Simulator) -> None:
    simulator.settings(task_seconds=1)
    ended = {"until": "seen.finished", "retries": 30, "delay": 1, "register": "seen"}
    run = ansible.play(
        task("create", "oc_service", ONE, register="begun", **{"async": 60, "poll": 0}),
        task("end", "ansible.builtin.async_status", {"jid": "{{ begun.ansible_job_id }}"}, **ended),
        environment=_in_jobs(ansible),
    )
    assert run.rc == 0, run.output
    assert shown(run) == []
    assert run["end"]["outcome"] == "created"


def _in_jobs(ansible: Ansible) -> dict[str, str]:
    """The place for tasks in the background."""
    return {"ANSIBLE_ASYNC_DIR": str(ansible.home / "async")}


def test_check_mode_works_as_ever(ansible: Ansible) -> None:
    run = ansible.play(task("create", "oc_service", ONE), check=True)
    assert run["create"]["outcome"] == "would_create"


def test_a_file_of_ones_own_gets_the_lines(ansible: Ansible) -> None:
    path = ansible.folder / "lines"
    run = ansible.play(task("create", "oc_service", {**ONE, "progress_path": str(path)}))
    assert run.rc == 0, run.output
    assert shown(run) == []
    assert "Brad: created after" in path.read_text()


def test_no_secret_is_shown_even_if_the_platform_says_it(
    make_ansible: Callable[[Simulator], Ansible], simulator: Simulator
) -> None:
    # The check of every run finds the planted secret, wherever it turns up.
    simulator.settings(task_seconds=3)
    secret = "planted-Carrier~pw.23"
    spoken = {"type": "members", "set": {"status": f"InProgress {secret}"}}
    simulator.faults(
        {"match": {"method": "GET", "path": "/api/v2/task/"}, "occurrence": [2, 3, 4, 5, 6], "action": spoken}
    )
    options = {**ONE, "script_parameters": {"CarrierUserPassword": secret}}
    run = make_ansible(simulator).play(task("create", "oc_service", options))
    assert any("********" in line for line in shown(run)), run.output
