# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A module that is told to end: it does so soon, says what is going on, and the next run takes that up."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness.cast import FIVE
from harness.playbooks import Ansible, task
from simulator.client import Simulator

OPTIONS = {"services": FIVE, "max_concurrency": 3}


@pytest.fixture(autouse=True)
def interrupts_are_heeded() -> Iterator[None]:
    """Where the tests run in the background, they were told to ignore SIGINT, and so would what they start."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def _module_processes(home: Path) -> list[int]:
    """The processes that have this home and run a module of the collection."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            environment = (folder / "environ").read_bytes()
            command = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if f"HOME={home}\0".encode() in environment and b"ansible-playbook" not in command and b"/sh" not in command:
            found.append(int(folder.name))
    return found


def _interrupt(ansible: Ansible, simulator: Simulator, number: int, ended: list[float]) -> Callable[[], None]:
    """Sends the signal to the module once three submissions are going on."""

    def work() -> None:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            if sum(entry["method"] == "POST" for entry in simulator.log()) >= 3 + 1:
                time.sleep(0.5)
                for pid in _module_processes(ansible.home):
                    os.kill(pid, number)
                ended.append(time.time())
                return
            time.sleep(0.05)

    return work


@pytest.mark.long
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
def test_an_interrupted_run_says_what_goes_on_and_the_next_takes_it_up(
    ansible: Ansible, simulator: Simulator, number: signal.Signals
) -> None:
    simulator.settings(task_seconds=14, task_seconds_by_tenant={"Alder": 0.1})
    sent: list[float] = []
    thread = threading.Thread(target=_interrupt(ansible, simulator, number, sent), daemon=True)
    thread.start()
    run = ansible.play(task("create", "oc_services", OPTIONS, ignore_errors=True))
    thread.join(10)
    step = run["create"]
    assert step.failed
    assert time.time() - sent[0] < 10, "it ends soon"
    by_outcome: dict[str, list[str]] = {}
    for result in step["results"]:
        by_outcome.setdefault(result["outcome"], []).append(result["short_name"])
    assert by_outcome["created"] == ["Alder"], "what was done is returned"
    assert len(by_outcome["failed"]) == 3
    assert len(by_outcome["skipped"]) == 1
    for result in step["results"]:
        if result["outcome"] == "failed":
            assert f"was interrupted ({number.name})" in result["failure"]["message"]
            assert "the next run takes it up" in result["failure"]["hint"]
            assert result["task"]["id"].startswith("wst_")
    submitted = {result["task"]["id"] for result in step["results"] if result["task"]}
    simulator.advance(60)
    again = ansible.play(task("create", "oc_services", OPTIONS))
    assert again.rc == 0, again.output
    outcomes = {result["short_name"]: result["outcome"] for result in again["create"]["results"]}
    assert outcomes["Alder"] == "unchanged"
    assert all(outcomes[name] == "adopted" for name in by_outcome["failed"])
    assert all(outcomes[name] == "created" for name in by_outcome["skipped"])
    assert submitted < {task["id"] for task in simulator.state()["tasks"]}
    assert sum(each["path"].endswith("/api/v3/customer") and each["method"] == "POST" for each in simulator.log()) == 5
