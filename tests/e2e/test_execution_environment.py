# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an execution environment must hold is what ansible-builder finds, and it is enough."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from harness.cast import BRAD, short_names
from harness.playbooks import BIN, COLLECTION, ROOT, Ansible
from simulator.client import Simulator

pytestmark = pytest.mark.timeout(300)
"""Many starts of Ansible; a busy machine takes long for them."""


def run(*command: str | Path, cwd: Path = ROOT, **environment: str) -> str:
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The collection as users install it, in a folder of its own.

    No other path is searched: what is installed there already would not be installed again.
    """
    run(BIN / "ansible-galaxy", "collection", "build", "--output-path", tmp_path)
    (artefact,) = tmp_path.glob("*.tar.gz")
    path = tmp_path / "collections"
    install = [BIN / "ansible-galaxy", "collection", "install", "--offline", "-p", path, artefact]
    run(*install, ANSIBLE_COLLECTIONS_PATH=str(path))
    return tmp_path


@pytest.mark.long
def test_a_bare_environment_with_what_ansible_builder_finds_runs_the_main_playbook(
    installed: Path, ansible: Ansible, simulator: Simulator
) -> None:
    requirements, system = installed / "requirements.txt", installed / "bindep.txt"
    command = [BIN / "ansible-builder", "introspect", f"--write-pip={requirements}", f"--write-bindep={system}"]
    run(*command, installed / "collections")
    found = [line.split("#")[0].strip() for line in requirements.read_text().splitlines() if line.strip()]
    assert [line for line in found if line] == ["requests>=2.27.0"]
    assert not system.exists() or not system.read_text().strip()

    venv = installed / "venv"
    run(sys.executable, "-m", "venv", "--without-pip", venv)
    core = next(line for line in (ROOT / "tests/requirements.txt").read_text().splitlines() if "ansible-core" in line)
    pip = [sys.executable, "-m", "pip", "--python", venv / "bin/python", "install", "--quiet", "--quiet"]
    run(*pip, "--no-compile", "--disable-pip-version-check", core, "-r", requirements)
    services = [{"ms_tenant_id": BRAD, "short_name": "Brad", "sbc": "NL-SBC05"}]
    path = ansible.file("services.json", {"live_platform_services": services})
    environment = {**ansible.environment, "ANSIBLE_COLLECTIONS_PATH": str(installed / "collections")}
    for name in ("ANSIBLE_CALLBACK_PLUGINS", "ANSIBLE_CALLBACKS_ENABLED", "PYTHONPATH"):
        environment.pop(name, None)
    playbook = [venv / "bin/ansible-playbook", f"{COLLECTION}.onboard_services", "-e", f"@{path}"]
    output = run(*playbook, cwd=installed, **{**environment, "PATH": f"{venv / 'bin'}:/usr/bin:/bin"})
    assert "created" in output
    assert "Brad" in short_names(simulator.state())


def test_the_definition_gives_a_build_context_with_the_collection_in_it(installed: Path) -> None:
    definition = yaml.safe_load((ROOT / "execution-environment.yml").read_text())
    assert definition["version"] == 3
    # As in a checkout after `make build`
    (artefact,) = installed.glob("*.tar.gz")
    for name in ("execution-environment.yml", "requirements.txt"):
        (installed / name).write_text((ROOT / name).read_text())
    (installed / "build").mkdir()
    artefact.rename(installed / "build" / artefact.name)
    run(BIN / "ansible-builder", "create", "--context", installed / "context", cwd=installed)
    context = installed / "context"
    assert [path.name for path in (context / "_build/collections").iterdir()] == [artefact.name]
    (container_file,) = (path for name in ("Containerfile", "Dockerfile") if (path := context / name).exists())
    text = container_file.read_text()
    assert "COPY _build/collections/*.tar.gz" in text
    assert "ansible-galaxy collection install --offline" in text
    assert "ansible-core~=2.21.0" in text


def test_of_several_built_tarballs_the_newest_is_installed(tmp_path: Path) -> None:
    steps = yaml.safe_load((ROOT / "execution-environment.yml").read_text())["additional_build_steps"]["append_final"]
    (command,) = [step.removeprefix("RUN ") for step in steps if step.startswith("RUN ")]
    for version in ("1.0.0", "1.10.0", "1.9.2"):
        (tmp_path / f"audiocodes-live_platform-{version}.tar.gz").touch()
    tool = tmp_path / "ansible-galaxy"
    tool.write_text('#!/bin/sh\necho "$@"\n')
    tool.chmod(0o700)
    said = run("sh", "-c", command.replace("/tmp/", f"{tmp_path}/"), PATH=f"{tmp_path}:/usr/bin:/bin")
    assert said.split()[-1] == f"{tmp_path}/audiocodes-live_platform-1.10.0.tar.gz"
    assert not list(tmp_path.glob("*.tar.gz"))


def test_a_controller_lists_the_playbooks_of_the_collection_and_no_others() -> None:
    """By the rules of a controller: which files of a project look like playbooks, and which folders are left out."""
    looks = re.compile(r"^\s*?-?\s*?(?:hosts|(?:ansible\.builtin\.)?import_playbook|include):\s*?.*?$", re.MULTILINE)
    out = {"roles", "tasks", "group_vars", "host_vars", "build"}  # build is not in the repository
    found = set()
    for folder, below, names in os.walk(ROOT):
        below[:] = [name for name in below if name not in out and not name.startswith(".")]
        paths = [Path(folder, name) for name in names if name.endswith((".yml", ".yaml")) and not name.startswith(".")]
        found |= {path for path in paths if looks.search(path.read_text())}
    assert found == set((ROOT / "playbooks").glob("*.yml"))


def test_the_definition_names_an_ansible_core_that_is_tested() -> None:
    definition = yaml.safe_load((ROOT / "execution-environment.yml").read_text())
    (core,) = re.fullmatch(
        r"ansible-core~=(\d+\.\d+)\.0", definition["dependencies"]["ansible_core"]["package_pip"]
    ).groups()
    assert f'"{core}": ' in (ROOT / "noxfile.py").read_text()
