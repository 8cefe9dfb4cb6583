# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The artefact as a user gets it: built, opened, imported and installed once for all tests."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from artefact.opened import ROOT, Opened, listed_files
from harness.playbooks import Ansible
from simulator.client import Simulator
from simulator.pytest_plugin import simulator, simulator_process

__all__ = ["simulator", "simulator_process"]

BIN = Path(sys.executable).parent

Run = Callable[..., str]


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs one of Ansible's tools with a home of its own; a failure of the tool is one of the test."""
    home = tmp_path_factory.mktemp("home")
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "GALAXY_", "PYTEST_"))
    }
    usual = {**kept, "HOME": str(home), "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}

    def call(*command: str, folder: Path = home, **environment: str) -> str:
        done = subprocess.run(
            command, cwd=folder, env={**usual, **environment}, capture_output=True, text=True, timeout=600, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    return call


@pytest.fixture(scope="session")
def build(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """Builds the artefact of a folder; returns its path."""

    def make(source: Path) -> Path:
        target = tmp_path_factory.mktemp("build")
        output = run("ansible-galaxy", "collection", "build", str(source), "--output-path", str(target))
        assert re.search("warning", output, re.IGNORECASE) is None, output
        (path,) = target.iterdir()
        return path

    return make


@pytest.fixture(scope="session")
def artefact(build: Callable[[Path], Path]) -> Path:
    """The artefact, built in this folder with everything that lies about in it."""
    return build(ROOT)


@pytest.fixture(scope="session")
def opened(artefact: Path) -> Opened:
    """What it holds."""
    return Opened(artefact)


@pytest.fixture(scope="session")
def fresh_checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing but the files that git knows."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in listed_files():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, folder / name)
    return folder


@pytest.fixture(scope="session")
def installed(artefact: Path, run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A collections path that was empty before the artefact was installed into it."""
    path = tmp_path_factory.mktemp("collections")
    run("ansible-galaxy", "collection", "install", str(artefact), "-p", str(path), "--offline")
    return path


@pytest.fixture
def ansible(tmp_path: Path, simulator: Simulator, installed: Path) -> Ansible:
    """An Ansible that has no other collections than the installed one."""
    ansible = Ansible(tmp_path, simulator, [simulator.facts["client_secret"]])
    ansible.environment["ANSIBLE_COLLECTIONS_PATH"] = str(installed)
    return ansible
