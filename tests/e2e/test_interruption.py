# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A module that is told to end: it does so soon, says what is going on, and the next run takes that up."""

import os
import re
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from harness.cast import ALDER, FIVE
from harness.playbooks import Ansible, task
from simulator.client import Simulator
from simulator.sent_numbers import releases_of, uploads_of

OPTIONS = {"services": FIVE, "max_concurrency": 3, "on_error": "stop"}
"""With ``stop``, the order is that of the list, in which Alder is the second."""


@pytest.fixture(autouse=True)
def interrupts_are_heeded() -> Iterator[None]:
    """Where the tests run in the background, they were told to ignore SIGINT, and so would what they start."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def _processes(home: Path) -> dict[int, tuple[int, bytes]]:
    """The processes that have this home, each with its parent and its command."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            environment = (folder / "environ").read_bytes()
            command = (folder / "cmdline").read_bytes()
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if f"HOME={home}\0".encode() in environment:
            found[int(folder.name)] = (parent, command)
    return found


def _at_work(home: Path, way: str) -> list[int]:
    """The processes that run a module of the collection: sent, or workers of Ansible."""
    processes = _processes(home)
    if way == "sent":
        return [
            pid for pid, (_parent, command) in processes.items() if not re.search(rb"ansible-playbook|/sh", command)
        ]
    return [
        pid
        for pid, (parent, command) in processes.items()
        if b"ansible-playbook" in command and b"ansible-playbook" in processes.get(parent, (0, b""))[1]
    ]


def _interrupt(
    ansible: Ansible,
    simulator: Simulator,
    number: int,
    way: str,
    ended: list[float],
    *,
    begun: tuple[str, int] = ("POST", 4 + 1),
) -> Callable[[], None]:
    """Sends the signal to the module once Alder is done and three other submissions are going on.

    :param begun: verb of a request, and how many of those there are by then.
    """
    verb, count = begun

    def work() -> None:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            if sum(entry["method"] == verb for entry in simulator.log()) >= count:
                time.sleep(0.5)
                for pid in _at_work(ansible.home, way):
                    os.kill(pid, number)
                ended.append(time.time())
                return
            time.sleep(0.05)

    return work


@pytest.mark.parametrize("way", ["here", pytest.param("sent", marks=pytest.mark.long)])
@pytest.mark.parametrize(
    "number",
    [pytest.param(signal.SIGTERM, id="SIGTERM", marks=pytest.mark.long), pytest.param(signal.SIGINT, id="SIGINT")],
)
def test_an_interrupted_run_says_what_goes_on_and_the_next_takes_it_up(
    ansible: Ansible, simulator: Simulator, number: signal.Signals, way: str
) -> None:
    simulator.settings(task_seconds=14, task_seconds_by_tenant={"Alder": 0.1})
    sent: list[float] = []
    thread = threading.Thread(target=_interrupt(ansible, simulator, number, way, sent), daemon=True)
    thread.start()
    chosen = {"LIVE_PLATFORM_IN_PROCESS": str(way == "here")}
    run = ansible.play(task("create", "oc_services", OPTIONS, ignore_errors=True), environment=chosen)
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


def test_an_interrupted_run_with_numbers_has_failed_for_all_that_it_did_not_reach(
    ansible: Ansible, simulator: Simulator
) -> None:
    simulator.settings(task_seconds=14)
    simulator.seed(numbers=[{"tenant_id": ALDER, "start": "+31201000100", "count": 2}])
    options = {
        "ms_tenant_id": ALDER,
        "numbers": ["+31201000000-+31201000003"],
        "prune": True,
        "validate": False,
        "batch_size": 1,
    }
    uploads = [f"+3120100000{number}" for number in range(4)]
    releases = ["+31201000100", "+31201000101"]
    # The second run is interrupted while it follows what the first one has left: a list, then the tasks.
    for begun in (("POST", 4 + 1), ("GET", 1 + 4)):
        simulator.clear_log()
        work = _interrupt(ansible, simulator, signal.SIGTERM, "here", [], begun=begun)
        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        step = ansible.play(task("numbers", "oc_numbers", options, ignore_errors=True))["numbers"]
        thread.join(10)
        assert step.failed, step.result
        assert [each["number"] for each in step["failed_numbers"]] == [*uploads, *releases]
        assert all("interrupted" in each["reason"] for each in step["failed_numbers"]), step["failed_numbers"]
        taken = uploads_of(simulator.log()) + releases_of(simulator.log())
        assert set(taken) == (set(uploads) if begun[0] == "POST" else set())
    simulator.settings(task_seconds=0.2)
    simulator.advance(60)
    simulator.clear_log()
    again = ansible.play(task("numbers", "oc_numbers", options))["numbers"]
    assert again["released"] == ["+31201000100-+31201000101"]
    assert again["summary"]["unchanged"] == 4
    assert not uploads_of(simulator.log())


def _end_the_run(ansible: Ansible, simulator: Simulator, number: signal.Signals) -> Callable[[], None]:
    """Sends the signal to the process group of ansible-playbook, as a terminal, a time limit or a container does."""

    def work() -> None:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            if sum(entry["path"].endswith("/v3/customer") and entry["method"] == "POST" for entry in simulator.log()):
                time.sleep(0.5)
                processes = _processes(ansible.home)
                (main,) = {
                    pid
                    for pid, (parent, command) in processes.items()
                    if b"ansible-playbook" in command and parent not in processes
                }
                for pid in [each for each in processes if os.getpgid(each) == os.getpgid(main)]:
                    os.kill(pid, number)
                return
            time.sleep(0.05)

    return work


@pytest.mark.parametrize(
    ("number", "keywords"),
    [
        pytest.param(signal.SIGTERM, {"loop": FIVE[:3]}, id="SIGTERM in a loop"),
        pytest.param(signal.SIGINT, {"loop": FIVE[:3]}, id="SIGINT in a loop", marks=pytest.mark.long),
        pytest.param(signal.SIGTERM, {"retries": 3, "delay": 1, "until": "made is success"}, id="SIGTERM in retries"),
    ],
)
def test_after_a_signal_to_the_run_no_further_item_is_begun_and_the_next_run_takes_up_the_first(
    ansible: Ansible, simulator: Simulator, number: signal.Signals, keywords: dict[str, Any]
) -> None:
    simulator.settings(task_seconds=4)
    thread = threading.Thread(target=_end_the_run(ansible, simulator, number), daemon=True)
    thread.start()
    item = {"ms_tenant_id": "{{ item.ms_tenant_id }}", "short_name": "{{ item.short_name }}"}
    options = item if "loop" in keywords else {**FIVE[0], "wait_timeout": 60}
    create = task("create", "oc_service", options, register="made", **keywords)
    run = ansible.play(create)
    thread.join(10)
    assert run.rc != 0
    end = time.monotonic() + 5
    while _processes(ansible.home) and time.monotonic() < end:
        time.sleep(0.1)
    assert _processes(ansible.home) == {}, "no process is left"
    posts = [each for each in simulator.log() if each["path"].endswith("/v3/customer") and each["method"] == "POST"]
    assert len(posts) == 1, "nothing more is begun"
    simulator.advance(60)
    again = ansible.play(create)
    assert again.rc == 0, again.output
    result = again["create"].result
    first = result["results"][0] if "loop" in keywords else result
    assert first["outcome"] == "adopted", "what the item has written is used"
