# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo: build and install the collection, onboard sample customers on the simulator, and do it again.

Everything is kept in a temporary folder, also the token cache and the journal; the simulator ends with the demo,
whatever happens. The exit status tells whether the second run changed nothing.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
SERVICES = Path(__file__).with_name("services.yml")
BIN = Path(sys.executable).parent
TIMEOUT = 300
"""Seconds for one command."""

sys.path.insert(0, str(ROOT / "tests"))

from simulator.client import Simulator  # noqa: E402 (the path has to be set first)


def main() -> int:
    """Run the demo; the exit status."""
    with tempfile.TemporaryDirectory(prefix="live-platform-demo-") as name:
        folder = Path(name)
        environment = prepare(folder)
        say("Building the collection and installing it")
        install(folder, environment)
        say("Starting the simulator (HTTPS, a creation takes 3 seconds)")
        with Simulator(tls=True, task_seconds=3) as simulator:
            environment.update(simulator.environment)
            first = play("onboard_services", environment, "First run")
            second = play("onboard_services", environment, "Second run: nothing must change")
            account(simulator, first, second)
        return 0 if first["failed"] == second["failed"] == second["changed"] == 0 else 1


def prepare(folder: Path) -> dict[str, str]:
    """The environment of all commands: nothing of the user's settings, nothing outside the folder."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("ANSIBLE_", "LIVE_PLATFORM_"))}
    return {
        **kept,
        "PATH": f"{BIN}{os.pathsep}{kept.get('PATH', '')}",
        "ANSIBLE_COLLECTIONS_PATH": str(folder / "collections"),
        "ANSIBLE_HOME": str(folder / "ansible"),
        "ANSIBLE_LOCALHOST_WARNING": "false",
        "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
        "XDG_CACHE_HOME": str(folder / "cache"),
        "XDG_STATE_HOME": str(folder / "state"),
    }


def install(folder: Path, environment: dict[str, str]) -> None:
    """Build the artefact and install it, without asking any server."""
    galaxy = [str(BIN / "ansible-galaxy"), "collection"]
    run([*galaxy, "build", str(ROOT), "--output-path", str(folder)], environment)
    artefact = next(folder.glob("*.tar.gz"))
    run([*galaxy, "install", str(artefact), "--offline", "-p", environment["ANSIBLE_COLLECTIONS_PATH"]], environment)


def run(command: list[str], environment: dict[str, str]) -> None:
    """Run quietly; show the output only when it fails."""
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=TIMEOUT, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command[:3])} failed:\n{done.stdout}{done.stderr}")


def play(playbook: str, environment: dict[str, str], title: str) -> dict[str, Any]:
    """Run a playbook of the installed collection and show its output; the recap's figures and the seconds."""
    command = ["ansible-playbook", f"audiocodes.live_platform.{playbook}", "-e", f"@{SERVICES.relative_to(ROOT)}"]
    say(f"{title}\n$ {' '.join(command)}")
    started = time.monotonic()
    command[0] = str(BIN / command[0])
    done = subprocess.run(
        command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True, timeout=TIMEOUT, check=False
    )
    print(done.stdout.strip(), flush=True)
    recap = {key: int(value) for key, value in re.findall(r"(\w+)=(\d+)", done.stdout.rpartition("PLAY RECAP")[2])}
    if done.returncode:
        sys.exit(f"The playbook failed (exit status {done.returncode}).")
    return {**recap, "seconds": time.monotonic() - started}


def account(simulator: Simulator, first: dict[str, Any], second: dict[str, Any]) -> None:
    """Say what was done and what exists now, from the platform's side."""
    log = simulator.log()
    sent = [f"{record['method']} {record['path'].split('?')[0]}" for record in log]
    submitted = [record for record in sent if record.startswith("POST") and record.endswith("/customer")]
    logins = [record for record in sent if record.endswith("/oauth2/v2.0/token")]
    say("What was done")
    print(f"First run:  {first['seconds']:4.1f} s, changed={first['changed']}, failed={first['failed']}")
    print(f"Second run: {second['seconds']:4.1f} s, changed={second['changed']}, failed={second['failed']}")
    print(f"The platform saw {len(sent)} requests: {len(logins)} login, {len(submitted)} services submitted.")
    say("What exists on the platform now")
    for service in simulator.state()["services"]:
        sites = service.get("site_location") or []
        where = ", ".join(f"SIP connection {site['name']} on SBC {site['sbc_id']}" for site in sites)
        print(f"  {service['customer_short_name']:<15} {service['customer_full_name']:<22} {where or '-'}")
    for tenant_id, numbers in simulator.state()["numbers"].items():
        print(f"  tenant {tenant_id}: {len(numbers)} telephone numbers, {', '.join(numbers)}")
    print("\nTo explore by hand: make simulator")


def say(text: str) -> None:
    """A headline."""
    print(f"\n== {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
