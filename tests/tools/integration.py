# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run `ansible-test integration --venv` against a simulator that this script starts.

As for the sanity tests, this works on a copy of the tree, in which ansible-test finds what it insists on. Names of
targets and options are passed on, for instance:  python tests/tools/integration.py oc_service -v
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import yaml
from sanity import HOME, PYTHON_VERSION, ROOT, copy_tree, prepare_home

from simulator.client import Simulator

COPY = ROOT / "build/integration/ansible_collections/audiocodes/live_platform"
CONFIGURATION = COPY / "tests/integration/integration_config.yml"
LOG = ROOT / "build/integration/log.txt"
OPTIONS = ("base_url", "auth_tenant_id", "client_id", "client_secret", "auth_scope", "auth_url")


def main() -> int:
    copy_tree(COPY, also="tests/integration")
    prepare_home()
    bin_folder = Path(sys.executable).parent
    command = [str(bin_folder / "ansible-test"), "integration", "--venv", "--python", PYTHON_VERSION, "--color", "no"]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "LIVE_PLATFORM_"))}
    environment = {**kept, "HOME": str(HOME), "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}"}
    with Simulator(task_seconds=0.2) as platform:
        connection = {name: platform.facts[name] for name in OPTIONS}
        CONFIGURATION.write_text(yaml.safe_dump({"live_platform_connection": connection}), encoding="utf-8")
        with LOG.open("w", encoding="utf-8") as log:
            done = subprocess.run(
                [*command, *sys.argv[1:]], cwd=COPY, env=environment, stdout=log, stderr=subprocess.STDOUT, check=False
            )
    return report(done.returncode)


def report(returncode: int) -> int:
    """One line on success, everything on failure; a run without a single target is a failure too."""
    text = LOG.read_text(encoding="utf-8")
    targets = set(re.findall(r"^Running (\w+) integration test role", text, re.MULTILINE))
    if returncode or not targets:
        print(text)
        return returncode or 1
    print(f"{len(targets)} integration targets passed on Python {PYTHON_VERSION}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
