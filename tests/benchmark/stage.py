# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One run of one contender on a fresh platform, and what it cost."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from benchmark.forms import LATENCY, LEADS, Contender, Scenario
from benchmark.sightings import busiest_second, lags, requests_by_kind
from benchmark.usage import cpu_of, measure
from simulator.client import Simulator
from simulator.seeds.generating import tenant_id

TESTS = Path(__file__).resolve().parents[1]
PLAYBOOKS = Path(__file__).with_name(".playbooks")
BIN = Path(sys.executable).parent
COLLECTIONS = Path(sys.prefix) / "collections"
ANSIBLE = ("ansible-playbook", "AnsiballZ_")
"""What the command lines of Ansible's processes hold, those of modules that are sent among them."""

FORMER = "ANSIBLE_COLLECTIONS_PATH"
"""The environment variable by which a run uses another state of the collection."""

PARAMETERS = {"ProxySet": "SIPTrunk", "OnlinePstnGateway": "oc1.sandbox2.audiocodes.be"}

_TIMEOUT = 7200
_FOREIGN = ("ANSIBLE_", "LIVE_PLATFORM_", "XDG_", "PYTEST_")


@dataclass(frozen=True)
class Measurement:
    """What one run cost.

    :param wall: seconds, from the start of the command to its end.
    :param cpu: seconds, user and system, of all its processes.
    :param peak_memory: bytes; the largest resident set of a module process, or of the bare client.
    :param requests: number of requests by kind.
    :param lags: seconds from the end of each task to the answer that showed it.
    :param created: services that are there in the end, of those that were asked for.
    :param duplicates: tenants of those with more than one.
    :param simulator_busy: share of the wall time in which the simulator's process was on a processor.
    :param busiest_second: number of requests by kind in the busiest second.
    """

    wall: float
    cpu: float
    peak_memory: int
    requests: dict[str, int]
    lags: list[float]
    created: int
    duplicates: int
    simulator_busy: float
    busiest_second: dict[str, int]

    @property
    def request_count(self) -> int:
        return sum(self.requests.values())

    def to_dict(self) -> dict[str, Any]:
        """For the file of raw results: every lag is in it, too."""
        return asdict(self)


class Stage:
    """A simulator and a folder, both for many runs, one after the other.

    :param simulator: in a process of its own.
    :param folder: each run gets a new one below it, with nothing of the user's settings.
    """

    def __init__(self, simulator: Simulator, folder: Path) -> None:
        self.simulator = simulator
        self._folder = folder

    def prepare(
        self, leads: int = LEADS, services: int = 0, latency: float = LATENCY, task_seconds: float = 0.0
    ) -> None:
        """A fresh platform with generated leads, and with services that have further leads."""
        self.simulator.reset(tokens=True)
        self.simulator.settings(latency=latency, task_seconds=task_seconds, task_seconds_by_tenant={}, fail_tasks=[])
        self.simulator.seed(replace=["leads", "services"], generate={"leads": leads, "services": services})

    def compete(self, contender: Contender, scenario: Scenario) -> Measurement:
        """Create the services of a scenario on a fresh platform."""
        self.prepare(max(LEADS, scenario.services))
        services = wanted(scenario.services)
        times = {each["ms_tenant_id"]: scenario.seconds_of(number) for number, each in enumerate(services)}
        failing = [each["ms_tenant_id"] for number, each in enumerate(services) if scenario.fails(number)]
        self.simulator.settings(task_seconds_by_tenant=times, fail_tasks=failing)
        inputs = {"services": services, "max_concurrency": scenario.concurrency}
        if contender.playbook is None:
            return self.client("benchmark.bare", inputs)
        if contender.by_names:
            many = {"sbc_onboarding_max_concurrency": scenario.concurrency}
            inputs = {"services": services, **by_names(services), **many}
        return self.play(contender.playbook, inputs, may_fail=bool(failing))

    def play(
        self, playbook: str, inputs: Mapping[str, Any], *arguments: str, may_fail: bool = False, **environment: str
    ) -> Measurement:
        """Run one of the playbooks on the platform as it was prepared.

        :param playbook: its file, or one of the collection by its name.
        :param inputs: extra variables.
        :param may_fail: it ends with an error when a service fails.
        """
        path = str(PLAYBOOKS / playbook) if playbook.endswith(".yml") else playbook
        command = [str(BIN / "ansible-playbook"), path, *arguments, "-e"]
        return self._run(command, inputs, before="@", marks=ANSIBLE, may_fail=may_fail, **environment)

    def client(self, module: str, inputs: Mapping[str, Any]) -> Measurement:
        """Run a client without Ansible, a module of this package."""
        return self._run([sys.executable, "-m", module], inputs, marks=[module], PYTHONPATH=str(TESTS))

    def _run(
        self,
        command: Sequence[str],
        inputs: Mapping[str, Any],
        *,
        marks: Sequence[str],
        before: str = "",
        may_fail: bool = False,
        **environment: str,
    ) -> Measurement:
        simulator = self.simulator
        with tempfile.TemporaryDirectory(dir=self._folder) as name:
            folder = Path(name)
            path = folder / "inputs.json"
            path.write_text(json.dumps(inputs), encoding="utf-8")
            simulator.clear_log()
            busy = cpu_of(simulator.pid)
            usage = measure(
                [*command, f"{before}{path}"],
                environment={**clean_environment(folder, simulator), **environment},
                folder=folder,
                marks=marks,
                timeout=_TIMEOUT,
                may_fail=may_fail,
            )
            busy = cpu_of(simulator.pid) - busy
        log, state = simulator.log(), simulator.state()
        tenants = {service["ms_tenant_id"] for service in inputs.get("services", ())}
        made = Counter(service["ms_tenant_id"] for service in state["services"] if service["ms_tenant_id"] in tenants)
        return Measurement(
            wall=usage.wall,
            cpu=usage.cpu,
            peak_memory=usage.peak_memory,
            requests=requests_by_kind(log),
            lags=lags(log, state, simulator.settings()["latency"]),
            created=len(made),
            duplicates=sum(count > 1 for count in made.values()),
            simulator_busy=busy / usage.wall,
            busiest_second=busiest_second(log),
        )


def wanted(count: int, first: int = 0, prefix: str = "bench") -> list[dict[str, Any]]:
    """Services for generated leads, as a user lists them."""
    return [
        {
            "ms_tenant_id": tenant_id(number),
            "short_name": f"{prefix}{number}",
            "full_name": f"Generated {number}",
            "script_parameters": PARAMETERS,
        }
        for number in range(first, first + count)
    ]


def by_names(services: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Variables for the same services, as a user lists them by names."""
    return {
        "live_platform_services": [
            {key: value for key, value in service.items() if key != "script_parameters"} for service in services
        ],
        "live_platform_service_defaults": {
            "sbc": "NL-SBC05",
            "onboarding_script": "sbc-scenario7",
            "proxy_set": PARAMETERS["ProxySet"],
            "online_pstn_gateway": PARAMETERS["OnlinePstnGateway"],
            "script_variables": {"IPPBX-ProxyAddress": "10.1.1.5", "SIP-HostName": "sip.bench.example"},
        },
    }


def clean_environment(folder: Path, simulator: Simulator) -> dict[str, str]:
    """The environment of a run: the simulator's connection, and otherwise Ansible's defaults."""
    settings = folder / "ansible.cfg"
    settings.touch()
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)},
        **simulator.environment,
        "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}",
        "LC_ALL": "C.UTF-8",
        "NO_PROXY": "*",
        "HOME": str(folder),
        "ANSIBLE_HOME": str(folder / "ansible"),
        "ANSIBLE_CONFIG": str(settings),
        "ANSIBLE_COLLECTIONS_PATH": str(COLLECTIONS),
        "ANSIBLE_LOCALHOST_WARNING": "false",
        "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
        "ANSIBLE_NOCOLOR": "true",
    }


def typical(runs: Sequence[Measurement]) -> Measurement:
    """The run whose wall time is the median (of an even number, the slower one in the middle)."""
    return sorted(runs, key=lambda run: run.wall)[len(runs) // 2]


def median_lag(run: Measurement) -> float | None:
    return median(run.lags) if run.lags else None
