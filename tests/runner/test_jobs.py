# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs as a controller runs them, with its runner: they end, and show how it goes while they run.

Older runners wrap Ansible's display; see ``plugins/plugin_utils/_action/audience.py``. `make runners` runs this with
several.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from simulator.client import Simulator

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
TASK_SECONDS = 2
LONGEST = 60
"""Seconds; a job that hangs never ends."""

OPTIONS = {"ms_tenant_id": "f9f53ee0-56e1-43f6-8fe3-5fb322986657", "short_name": "Brad", "progress_interval": 0.5}
WAYS = {"at once": {}, "in the background": {"async": 60, "poll": 1}}


@pytest.mark.parametrize("verbosity", [0, 4])
@pytest.mark.parametrize("way", list(WAYS))
def test_a_job_ends_and_tells_how_it_goes(tmp_path: Path, simulator: Simulator, way: str, verbosity: int) -> None:
    simulator.settings(task_seconds=TASK_SECONDS)
    options = {**OPTIONS, "journal": False}
    create = {"name": "Create", "audiocodes.live_platform.oc_service": options, "register": "made", **WAYS[way]}
    outcome = {"name": "Outcome", "ansible.builtin.debug": {"var": "made.outcome"}}
    play = {"hosts": "localhost", "connection": "local", "gather_facts": False, "tasks": [create, outcome]}
    play["vars"] = {"ansible_python_interpreter": "{{ ansible_playbook_python }}"}
    (tmp_path / "project").mkdir()
    (tmp_path / "project/play.yml").write_text(json.dumps([play]))
    environment = {
        **os.environ,
        **simulator.environment,
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        "NO_PROXY": "*",
        "HOME": str(tmp_path),
        "ANSIBLE_HOME": str(tmp_path / "ansible"),
        "ANSIBLE_ASYNC_DIR": str(tmp_path / "async"),
        "ANSIBLE_COLLECTIONS_PATH": str(ROOT / ".venv/collections"),
        "LIVE_PLATFORM_TOKEN_CACHE": "false",
    }
    command = [str(BIN / "ansible-runner"), "run", str(tmp_path), "-p", "play.yml"]
    command += ["-" + "v" * verbosity] if verbosity else []
    code, output = _run(command, environment)
    assert code == 0, output
    assert '"made.outcome": "created"' in output
    lines = [line for line in output.splitlines() if line.startswith("[localhost] Brad: ")]
    if way == "at once" and not verbosity:
        assert any(": InProgress after " in line for line in lines), output
    assert all(lines.count(line) == 1 for line in lines), lines


def _run(command: list[str], environment: dict[str, str]) -> tuple[int, str]:
    """The exit code and what was said; a job that hangs is ended with all its processes."""
    with subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as job:
        try:
            output, _rest = job.communicate(timeout=LONGEST)
        except subprocess.TimeoutExpired:
            os.killpg(job.pid, signal.SIGKILL)
            output, _rest = job.communicate()
            pytest.fail(f"the job hangs; it said so far: {output}"[:5000])
    return job.returncode, output
