# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What counts as sent is the same with both major versions of urllib3 that are in use: 1.26 and 2."""

import os
import subprocess
import sys
from pathlib import Path

import urllib3

ROOT = Path(__file__).parents[3]
OLDER = ROOT / ".venv/urllib3-1"
TESTS = ("test_sent.py", "test_transport.py")


def test_the_transport_with_urllib3_1() -> None:
    assert urllib3.__version__.startswith("2.")
    assert (OLDER / "urllib3").is_dir(), "make .venv installs it"
    paths = [str(OLDER), str(ROOT / ".venv/collections"), str(ROOT / "tests")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    environment.pop("PYTEST_XDIST_WORKER", None)
    version = [sys.executable, "-c", "import urllib3; print(urllib3.__version__)"]
    found = subprocess.run(version, env=environment, capture_output=True, text=True, check=True).stdout
    assert found.startswith("1.26.")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
    folder = Path(__file__).parent
    done = subprocess.run(
        [*command, *(str(folder / name) for name in TESTS)],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "[100%]" in done.stdout
