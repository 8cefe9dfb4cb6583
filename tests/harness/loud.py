# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real ``ansible-playbook`` at -vvvv with faults: what it writes holds no secret, a failure says what to do next, and
no tenant gets two services.
"""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path
from typing import Any

from harness.fault_kinds import faults_of, rule
from harness.figures import Figures
from harness.playbooks import COLLECTION, Ansible, Run
from harness.scenes import REQUEST_TIMEOUT, SCENES, Case
from harness.secretive import make_loud
from simulator.client import Simulator

SCENES_THAT_WRITE = ("onboard", "onboard by inventory", "offboard")

_BUGS = ("is undefined", "has no attribute", "object of type", "Error while resolving", "Finalization of task args")
"""What Ansible says when a playbook goes on with what a task should have given, and did not."""


def loud_once(folder: Path, figures: Figures, chance: random.Random) -> str:
    """One schedule: a playbook that writes with a fault, then without, which settles it; what was tried."""
    scene = SCENES[chance.choice(SCENES_THAT_WRITE)]
    request = chance.choice(scene.requests)
    fault = chance.choice(sorted(faults_of(request)))
    often = chance.choice([1, [2, 3], "every"])
    figures.schedule()
    with Simulator() as platform:
        stage = SceneStage(folder, figures, platform, Case(scene, request, fault))
        stage.run_with_fault(often)
        platform.clear_faults()
        settled = stage.run()
        figures.requests(len(platform.log()))
        tried = f"{scene.playbook}, {request}, {fault}, {often}"
        assert settled.rc == 0, f"{tried}\n{settled.output}"
        there = Counter(service["ms_tenant_id"] for service in platform.state()["services"])
        for tenant in stage.tenants:
            assert there[tenant] == (not scene.there), f"{tried}\n{there}"
    return tried


class SceneStage:
    """A scene, ready to be played on a simulator.

    :param loud: at -vvvv, and with everything that Ansible writes to other places than its output. Otherwise as a user
        sees it, one host at a time.
    """

    def __init__(self, folder: Path, figures: Figures, platform: Simulator, case: Case, *, loud: bool = True) -> None:
        self._figures = figures
        self._platform = platform
        self._scene, self._case = case.scene, case
        self._variables = case.scene.prepare(platform)
        self._ansible = Ansible(folder, platform, case.scene.secrets(platform, case.fault))
        self._verbosity = 4 if loud else 0
        self._environment = {} if loud else {"ANSIBLE_FORKS": "1"}
        if loud:
            make_loud(self._ansible)
        self._before = self._count()
        if case.scene.planned:
            self._variables = {**self._variables, "live_platform_plan": self._plan()}

    @property
    def tenants(self) -> list[str]:
        """Those that the playbook is about, as far as it is given services."""
        listed = [*self._variables.get("live_platform_services", ()), *self._scene.hosts.values()]
        return [each.get("live_platform_service", each)["ms_tenant_id"] for each in listed]

    def _plan(self) -> list[dict[str, Any]]:
        dry = self._play("onboard_services", check=True)
        plan: list[dict[str, Any]] = dry["Pass the plan to the next job"]["ansible_stats"]["data"]["live_platform_plan"]
        return plan

    def run(self, *, check: bool = False) -> Run:
        """Play it."""
        return self._play(self._scene.playbook, check=check)

    def _play(self, playbook: str, *, check: bool) -> Run:
        scene = self._scene
        inventory = self._ansible.file("inventory.json", {"all": {"hosts": scene.hosts}}) if scene.hosts else None
        try:
            run = self._ansible.run(
                f"{COLLECTION}.{playbook}",
                *(("-i", str(inventory)) if inventory else ()),
                variables=self._variables,
                verbosity=self._verbosity,
                check=check,
                diff=True,
                environment={"LIVE_PLATFORM_REQUEST_TIMEOUT": str(REQUEST_TIMEOUT), **self._environment},
            )
        except AssertionError:
            self._figures.leak()
            raise
        self._figures.run([1] if run.rc else [])
        self._look(run)
        return run

    def run_with_fault(self, often: Any = None) -> Run:
        """Play it while it happens.

        :param often: to which of the requests; by default as the scene says.
        """
        action = _in_time(faults_of(self._case.request)[self._case.fault])
        self._platform.faults(rule(self._case.request, action, often or self._scene.often))
        return self.run()

    def _look(self, run: Run) -> None:
        """What must hold after each run."""
        bugs = [words for words in _BUGS if words in run.output]
        assert not bugs, f"{bugs}\n{run.output}"
        for line in run.lines:
            if line["state"] == "failed":
                result = line["result"]
                assert result.get("msg"), line
                assert "failure" not in result or result["failure"]["hint"], line
        assert run.rc == 0 or any(line["state"] == "failed" for line in run.lines), run.output
        for tenant, count in self._count().items():
            if count > max(1, self._before[tenant]):
                self._figures.duplicate()
            assert count <= max(1, self._before[tenant]), (tenant, run.output)

    def _count(self) -> Counter[str]:
        """Operator Connect services and others, by tenant."""
        return Counter(service["ms_tenant_id"] for service in self._platform.state()["services"])


def _in_time(action: dict[str, Any]) -> dict[str, Any]:
    """Delays that are longer than the request timeout, but no longer than need be."""
    shorter = {"seconds": 2 * REQUEST_TIMEOUT} if action["type"] == "delay" else {}
    return {**action, **shorter, **({"retry_after": 1} if "retry_after" in action else {})}
