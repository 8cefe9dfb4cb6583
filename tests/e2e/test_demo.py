# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo as a newcomer runs it."""

import os
import re
import subprocess
import sys

import pytest

from harness.playbooks import ROOT


@pytest.mark.timeout(180)
@pytest.mark.long
def test_the_demo_onboards_its_customers_and_changes_nothing_again() -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "LIVE_PLATFORM_"))}
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "demo" / "demo.py")],
        env={**kept, "LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=150,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.findall(r"changed=(\d+).*failed=(\d+)", done.stdout)[:2] == [("2", "0"), ("0", "0")]
    account = done.stdout.rpartition("What exists on the platform now")[2]
    for name in ("Bradx35340067", "Alder", "Birch", "Kestrel_Air", "ElmFoods", "FjordShip"):
        assert len(re.findall(rf"^  {name} ", account, re.MULTILINE)) == 1, account
    assert "+31201000004, +31201000010" in account
    assert "demo-Carrier~pw.71" not in done.stdout + done.stderr
    assert "simtoken-" not in done.stdout + done.stderr
