# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A worker ends when Ansible's main process does, and with it what it was about to do."""

import os
import signal
import subprocess
import sys
import time

import pytest

from harness.playbooks import ROOT

WORKER = """
import os, sys, time
sys.path.insert(0, sys.argv[1])
from ansible_collections.audiocodes.live_platform.plugins.plugin_utils._action.parent import end_with_parent
if os.fork():
    time.sleep(60)
else:
    end_with_parent()
    print(os.getpid(), flush=True)
    time.sleep(60)
"""


def is_running(number: int) -> bool:
    try:
        with open(f"/proc/{number}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems do not tell a process")
def test_a_worker_ends_when_the_main_process_is_killed_alone() -> None:
    command = [sys.executable, "-c", WORKER, str(ROOT / ".venv/collections")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as main:
        assert main.stdout is not None
        worker = int(main.stdout.readline())
        assert is_running(worker)
        os.kill(main.pid, signal.SIGKILL)
        end = time.monotonic() + 10
        while is_running(worker) and time.monotonic() < end:
            time.sleep(0.05)
        assert not is_running(worker)
