# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The matrix: the tests on every ansible-core that the collection supports, each with a Python that fits.

``make matrix`` runs all of it, one cell after the other, and ends with a table. A selection is made with nox's own
options, and after ``--`` with the names of the steps:

    make matrix ARGS="-s core-2.16"
    make matrix ARGS="-s core-2.16 core-2.21 -- units"
    make matrix ARGS="--list"
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

import nox
from nox.command import CommandFailed

CELLS = {"2.16": "3.10", "2.17": "3.11", "2.18": "3.11", "2.19": "3.12", "2.20": "3.13", "2.21": "3.13"}
"""Every supported ansible-core, and the Python that it is tested with."""

STEPS = {
    "sanity": ("python", "tests/tools/sanity.py"),
    "units": ("python", "-m", "pytest", "tests/unit"),
    "e2e": ("python", "-m", "pytest", "-n", "3", "--dist", "worksteal", "tests/e2e"),
}
ENDS = (min(CELLS, key=lambda core: int(core.split(".")[1])), max(CELLS, key=lambda core: int(core.split(".")[1])))
"""The oldest and the newest core: there the end-to-end tests run too."""

ROOT = Path(__file__).parent
RECORDS = ROOT / "build/matrix"
LINK = ROOT / ".venv/collections/ansible_collections/audiocodes/live_platform"

nox.needs_version = ">=2025.2.9"
nox.options.default_venv_backend = "virtualenv"
nox.options.reuse_venv = "yes"
nox.options.error_on_missing_interpreters = True


def _offer_pyenv() -> None:
    """Let every Python that pyenv has be found by its name; by itself, pyenv offers the chosen one only."""
    if shutil.which("pyenv") and "PYENV_VERSION" not in os.environ:
        listing = subprocess.run(["pyenv", "versions", "--bare"], check=True, capture_output=True, text=True).stdout
        os.environ["PYENV_VERSION"] = ":".join(listing.split())


_offer_pyenv()


def _cell(session: nox.Session, core: str) -> None:
    unknown = set(session.posargs) - set(STEPS)
    if unknown:
        session.error(f"There is no step {', '.join(sorted(unknown))}; steps are {', '.join(STEPS)}.")
    steps = session.posargs or [step for step in STEPS if step != "e2e" or core in ENDS]
    session.notify("table")
    record = _Record(core, session.python)
    session.install("-r", "requirements.txt", "-r", "tests/cell-requirements.txt", f"ansible-core~={core}.0")
    record.version = session.run(
        "python", "-c", "import ansible.release as r; print(r.__version__)", silent=True
    ).strip()
    older = ROOT / ".venv/urllib3-1"
    if not older.exists():
        session.run("python", "-m", "pip", "install", "--quiet", "--target", str(older), "--no-deps", "urllib3<2")
    _link(Path(session.virtualenv.location) / "collections")
    for step in steps:
        started = time.monotonic()
        try:
            session.run(*STEPS[step], env={"ANSIBLE_COLLECTIONS_PATH": str(ROOT / ".venv/collections")})
            record.add(step, True, started)
        except CommandFailed:
            record.add(step, False, started)
    if record.failed:
        session.error(f"ansible-core {core}: {', '.join(record.failed)} failed")


def _add_cell(core: str, python: str) -> None:
    def run(session: nox.Session) -> None:
        _cell(session, core)

    more = ", end-to-end tests" if core in ENDS else ""
    run.__doc__ = f"ansible-core {core} on Python {python}: sanity, unit tests{more}"
    nox.session(run, name=f"core-{core}", python=python)


for _core, _python in CELLS.items():
    _add_cell(_core, _python)


RUNNERS = {"2.3.6": "2.16", "2.4.0": "2.18", "2.4.1": "2.19", "2.4.3": "2.21"}
"""Versions of ansible-runner, and the ansible-core that each is tested with: the first three wrap Ansible's display."""


def _add_runner(runner: str, core: str) -> None:
    def run(session: nox.Session) -> None:
        session.install("-r", "requirements.txt", "-r", "tests/cell-requirements.txt", f"ansible-core~={core}.0")
        # Older ones still ask for pkg_resources
        session.install(f"ansible-runner=={runner}", "setuptools<81")
        _link(Path(session.virtualenv.location) / "collections")
        session.run("python", "-m", "pytest", "-n", "2", "tests/runner")

    run.__doc__ = f"ansible-runner {runner} with ansible-core {core}: jobs with progress"
    nox.session(run, name=f"runner-{runner}", python=CELLS[core], default=False, tags=["runners"])


for _runner, _core in RUNNERS.items():
    _add_runner(_runner, _core)


@nox.session(python=False, default=False)
def table(session: nox.Session) -> None:
    """Print what passed when it ran last."""
    columns = "{:<14} {:<8}" + " {:<14}" * len(STEPS)
    print()
    print(columns.format("ansible-core", "Python", *STEPS))
    for core, python in CELLS.items():
        record = _read(RECORDS / f"{core}.json")
        results = [record.get("steps", {}).get(step, "-") for step in STEPS]
        print(columns.format(record.get("version", core), record.get("python", python), *results).rstrip())
    print()


class _Record:
    """What a cell has passed, in a file that outlives the session."""

    def __init__(self, core: str, python: object) -> None:
        self.path = RECORDS / f"{core}.json"
        self.python = python
        self.version = core
        self.failed: list[str] = []
        self.steps: dict[str, str] = _read(self.path).get("steps", {})

    def add(self, step: str, passed: bool, started: float) -> None:
        self.failed += [] if passed else [step]
        self.steps[step] = f"{'passed' if passed else 'failed'} {time.monotonic() - started:.0f} s"
        self.path.parent.mkdir(parents=True, exist_ok=True)
        content = {"version": self.version, "python": self.python, "steps": self.steps}
        self.path.write_text(json.dumps(content), encoding="utf-8")


def _read(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _link(own: Path) -> None:
    """This folder under the name that Ansible and Python import it by.

    :param own: where the benchmark looks for it, in the environment that it runs in.
    """
    LINK.parent.mkdir(parents=True, exist_ok=True)
    if not LINK.is_symlink():
        LINK.symlink_to("../../../..")
    if not own.is_symlink():
        own.symlink_to(LINK.parents[2])
