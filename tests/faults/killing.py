# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Killing a real ``ansible-playbook`` at a random moment, and seeing that the next one takes up what it left."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from harness.cast import FIVE
from harness.figures import Figures
from harness.playbooks import BIN, Ansible, Step, Task, task
from simulator.client import Simulator

SETTLE = 8
"""Seconds; tasks and lags of these tests stay well below."""

_STARTS_WITHIN = 60.0

_SUBMISSION = ("POST", "/tenantui/api/v3/customer")
_HIDDEN = {"task_seconds": 5.0, "service_list_lag_seconds": 3.0, "lead_lag_seconds": 3.0}
"""How long the platform shows nothing of what it was asked for: time enough for the next run to look in vain."""
_PATIENCE = 25.0
"""Seconds; more than that, and more than an ``ansible-playbook`` takes to begin on a busy machine."""


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
            _wait_until(lambda: bool(platform.log()), began)
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


def kill_in_submission(folder: Path, figures: Figures, chance: random.Random) -> None:
    """A run that is killed after its request has arrived and before the answer comes: only the intent tells of it."""
    services = FIVE[: chance.choice([1, 2, 3])]
    figures.schedule()
    with Simulator(existing_service="accept", **_HIDDEN) as platform:
        platform.faults(
            {
                "match": dict(zip(("method", "path"), _SUBMISSION, strict=True)),
                "occurrence": "every",
                "action": {"type": "delay", "seconds": 30},
            }
        )
        ansible = Ansible(folder, platform, [platform.facts["client_secret"]])
        with _start(ansible, _work("killed", services, _PATIENCE)) as began:
            _wait_until(lambda: len(submissions(platform)) == len(services), began)
            kill(began.pid)
            began.wait()
        figures.killed()
        platform.clear_faults()
        entries = [json.loads(path.read_text()) for path in folder.rglob("journal/*.json")]
        assert [entry["stage"] for entry in entries] == ["intent"] * len(services)
        run = ansible.play(_work("settle", services, _PATIENCE))
        figures.run([1] if run["settle"].failed else [])
        assert set(outcomes(run["settle"])) == {"adopted"}, run.output
        count_services(platform, services, figures)
        assert len(submissions(platform)) == len(services)
        figures.requests(len(platform.log()))


def count_services(platform: Simulator, services: list[dict[str, Any]], figures: Figures) -> None:
    """Every tenant has one service."""
    found = Counter(service["ms_tenant_id"] for service in platform.state()["services"])
    for service in services:
        if found[service["ms_tenant_id"]] > 1:
            figures.duplicate()
        assert found[service["ms_tenant_id"]] == 1, found


def submissions(platform: Simulator) -> list[dict[str, Any]]:
    """The submissions that the platform has seen."""
    return [entry for entry in platform.log() if (entry["method"], entry["path"]) == _SUBMISSION]


def outcomes(step: Step) -> list[str]:
    """What became of the services."""
    results = step.result.get("results")
    return [result["outcome"] for result in results] if results else [step["outcome"]]


def _work(name: str, services: list[dict[str, Any]], patience: float = SETTLE) -> Task:
    options = {"settle_timeout": patience, "wait_timeout": patience}
    if len(services) == 1:
        return task(name, "oc_service", {**services[0], **options})
    return task(name, "oc_services", {"services": services, "max_concurrency": 3, **options})


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


def _wait_until(happened: Callable[[], bool], began: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _STARTS_WITHIN
    while not happened() and began.poll() is None:
        assert time.monotonic() < end, "ansible-playbook does not send what is waited for"
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
