# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One simulator process per pytest worker, as new for each test, and an Ansible that talks to it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from e2e.controller import Controller
from harness.playbooks import Ansible
from simulator.client import Simulator
from simulator.pytest_plugin import simulator, simulator_process

__all__ = ["simulator", "simulator_process"]

TOKEN_MARK = "simtoken-"
PLANTED = ("planted-Application~pw.17", "planted-Carrier~pw.23", "simcarrier-3Vq9~Xr7.Pm2", "simapp-Jt5~w8.Kz4Rv2~Bq")
"""Secrets that the tests give, and those that the simulator's own records hold."""


@pytest.fixture(scope="session")
def tls_process() -> Iterator[Simulator]:
    """A simulator over HTTPS; tests want :func:`tls_simulator` instead."""
    with Simulator(tls=True, task_seconds=0.2) as process:
        yield process


@pytest.fixture
def tls_simulator(tls_process: Simulator) -> Simulator:
    """A simulator over HTTPS, as new."""
    tls_process.reset(tokens=True)
    return tls_process


@pytest.fixture
def make_ansible(tmp_path: Path) -> Callable[[Simulator], Ansible]:
    """For tests that need an Ansible for another simulator than the usual one."""

    def make(platform: Simulator) -> Ansible:
        return Ansible(tmp_path, platform, [platform.facts["client_secret"], TOKEN_MARK, *PLANTED])

    return make


@pytest.fixture
def ansible(make_ansible: Callable[[Simulator], Ansible], simulator: Simulator) -> Ansible:
    """An Ansible in a folder of its own, with the simulator's connection in its environment."""
    return make_ansible(simulator)


@pytest.fixture(autouse=True)
def healthy_simulator(simulator_process: Simulator) -> Iterator[None]:
    """A test must not pass over a defect of the simulator itself."""
    before = simulator_process.errors()
    yield
    assert simulator_process.errors() == before


@pytest.fixture
def controller(tmp_path: Path, ansible: Ansible, simulator: Simulator) -> Controller:
    """What runs jobs as an automation controller does, for the usual simulator."""
    return Controller(tmp_path, simulator, ansible.environment, ansible.secrets)
