# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Killing a real ``ansible-playbook`` at a random moment, and seeing that the next one takes up what it left."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

from e2e.cast import FIVE
from e2e.playbooks import BIN, Ansible, Step, Task, task
from faults.figures import Figures
from simulator.client import Simulator

SETTLE = 8
"""Seconds; tasks and lags of these tests stay well below."""

_STARTS_WITHIN = 60.0


def kill_once(folder: Path, figures: Figures, chance: random.Random) -> None:
    """One schedule: a run that is killed (or has just ended), a run that settles it, and one that changes nothing."""
    task_seconds = chance.choice([0.3, 1.0, 2.5])
    switches: dict[str, Any] = {
        "task_seconds": task_seconds,
        "service_list_lag_seconds": chance.choice([0.0, 1.0]),
        "lead_lag_seconds": chance.choice([0.0, 1.5]),
        "latency": chance.choice([0.0, 0.15]),
    }
    services = FIVE[: chance.choice([1, 1, 3, 5])]
    figures.schedule()
    with Simulator(existing_service="accept", **switches) as platform:
        ansible = Ansible(folder, platform, [platform.facts["client_secret"]])
        began = _start(ansible, _work("killed", services))
        with began:
            _wait_for_a_request(platform, began)
            time.sleep(chance.uniform(0.0, task_seconds + 1.5))
            kill(began.pid)
            began.wait()
        figures.killed()
        run = ansible.play(_work("settle", services), _work("again", services))
        for name in ("settle", "again"):
            figures.run([1] if run[name].failed else [])
        assert run.rc == 0, f"{switches}\n{run.output}"
        assert not run["again"].changed, run.output
        assert set(outcomes(run["settle"])) <= {"created", "adopted", "unchanged"}, run.output
        count_services(platform, services, figures)
        figures.requests(len(platform.log()))
        # What was killed may have been killed before, at or after its submission, but nobody has sent a second one.
        posts = Counter(entry["body"]["msTenantId"] for entry in submissions(platform))
        assert max(posts.values()) == 1, posts


def count_services(platform: Simulator, services: list[dict[str, Any]], figures: Figures) -> None:
    """Every tenant has one service."""
    found = Counter(service["ms_tenant_id"] for service in platform.state()["services"])
    for service in services:
        if found[service["ms_tenant_id"]] > 1:
            figures.duplicate()
        assert found[service["ms_tenant_id"]] == 1, found


def submissions(platform: Simulator) -> list[dict[str, Any]]:
    """The submissions that the platform has seen."""
    return [
        entry for entry in platform.log() if (entry["method"], entry["path"]) == ("POST", "/tenantui/api/v3/customer")
    ]


def outcomes(step: Step) -> list[str]:
    """What became of the services."""
    results = step.result.get("results")
    return [result["outcome"] for result in results] if results else [step["outcome"]]


def _work(name: str, services: list[dict[str, Any]]) -> Task:
    if len(services) == 1:
        return task(name, "oc_service", {**services[0], "settle_timeout": SETTLE})
    return task(name, "oc_services", {"services": services, "settle_timeout": SETTLE, "max_concurrency": 3})


def _start(ansible: Ansible, work: Task) -> subprocess.Popen[bytes]:
    """An ``ansible-playbook`` that is on its way, in a process group of its own."""
    variables = {"ansible_python_interpreter": "{{ ansible_playbook_python }}"}
    play = {"hosts": "localhost", "connection": "local", "gather_facts": False, "vars": variables, "tasks": [work]}
    path = ansible.file("killed.yml", [play])
    record = ansible.file("killed.json", None)
    return subprocess.Popen(
        [str(BIN / "ansible-playbook"), str(path)],
        cwd=ansible.folder,
        env={**ansible.environment, "E2E_RECORD": str(record)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _wait_for_a_request(platform: Simulator, began: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _STARTS_WITHIN
    while not platform.log() and began.poll() is None:
        assert time.monotonic() < end, "ansible-playbook sends no request"
        time.sleep(0.02)


def kill(pid: int) -> None:
    """SIGKILL for a process that was started here, its group, and what it has started, wherever that has gone."""
    family = _descendants(pid)
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    for each in family:
        with suppress(ProcessLookupError):
            os.kill(each, signal.SIGKILL)


def _descendants(pid: int) -> list[int]:
    """Workers of ansible-core have sessions of their own, so the group is not all."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parents = [tuple(map(int, line.split())) for line in listed.splitlines()]
    family = [pid]
    for parent in family:
        family += [child for child, its_parent in parents if its_parent == parent]
    return family[1:]
