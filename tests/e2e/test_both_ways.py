# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A module that runs in Ansible's own process gives the result that it gives where it is sent.

And it leaves nothing behind in that process.
"""

import json
import re
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from e2e import golden_files
from harness import cast
from harness.cast import ALDER, BRAD, FIVE, FJORD, KESTREL, NOBODY, logins, writes
from harness.playbooks import Ansible, Run, Task, asking_modules, task
from simulator.client import Simulator

SENT, HERE = ({"LIVE_PLATFORM_IN_PROCESS": way, "PYTHONHASHSEED": "0"} for way in ("false", "true"))
KNOWN = {value for value in vars(cast).values() if isinstance(value, str)}
ONE = {"ms_tenant_id": BRAD, "short_name": "Brad", "full_name": "Brad Telecom"}
SECRETIVE = {**ONE, "script_parameters": {"CarrierUserPassword": "planted-Carrier~pw.23"}}
MODULES = asking_modules()

pytestmark = pytest.mark.timeout(300)
"""A busy machine takes long to start a Python for each of many tasks."""
LONGEST = 130
"""Seconds for one ansible-playbook of those."""

GOOD: dict[str, list[dict[str, Any]]] = {
    "calling_profile_info": [{}],
    "channel_info": [{}, {"channel_id": "1574", "required": True}],
    "oc_lead": [
        {"ms_tenant_id": NOBODY, "company_name": "Nobody Ltd"},
        {"ms_tenant_id": NOBODY, "company_name": "Nobody Ltd"},
        {"ms_tenant_id": NOBODY, "state": "absent"},
    ],
    "oc_lead_info": [{}, {"ms_tenant_id": KESTREL.upper(), "status": "active"}, {"ms_tenant_id": NOBODY}],
    "oc_numbers": [
        {"ms_tenant_id": FJORD, "numbers": ["+31201000000-+31201000009"], "calling_profile": "Benelux calling"},
        {"ms_tenant_id": FJORD, "numbers": ["+31201000000-+31201000009"]},
        {"ms_tenant_id": FJORD, "numbers": ["+31201000003"], "state": "absent"},
    ],
    "oc_number_info": [{"ms_tenant_id": FJORD}],
    "oc_number_removal": [{"ms_tenant_id": FJORD, "state": "confirmed", "numbers": ["+31201999999"]}],
    "oc_service": [SECRETIVE, {**ONE, "state": "absent"}, {"ms_tenant_id": FJORD, "short_name": "FjordShip"}],
    "oc_service_info": [{}, {"ms_tenant_id": FJORD, "details": True}],
    "oc_services": [
        {"services": [*FIVE[1:3], {**SECRETIVE, "licensed_users": 7}], "max_concurrency": 1},
        {"services": FIVE[1:3], "compare": "full"},
        {"services": [{"ms_tenant_id": ALDER, "short_name": "Alder", "state": "absent"}]},
    ],
    "oc_status_info": [
        {"customers": [{"company_name": "Fjord Shipping"}], "wait_for": "deployed"},
        {"customers": [{"ms_tenant_id": FJORD, "short_name": "Fjord", "script_parameters": {"Pin": "1"}}]},
        {"outcomes": [{"ms_tenant_id": ALDER, "outcome": "failed"}], "wait_for": "tasks", "show_sbc_names": False},
    ],
    "sbc_info": [{}, {"name": "NL-SBC05", "source": "devices"}],
    "script_template_info": [{}, {"name": "sbc-scenario7", "details": True}],
    "sip_connection_info": [{"ump_customer_guid": cast.FJORD_SERVICE}],
    "task_info": [{"task_ids": ["{{ submitted.task.id }}"], "wait": True, "wait_timeout": 20}],
}
"""For each module: options that succeed, one task after the other."""

WRONG: dict[str, dict[str, Any]] = {
    "calling_profile_info": {"unknown": 1},
    "channel_info": {"chanel_id": 1},
    "oc_lead": {"ms_tenant_id": BRAD},
    "oc_lead_info": {"without_service": "perhaps", "statsu": "Active"},
    "oc_numbers": {"ms_tenant_id": "Brad", "numbers": ["+1", 7], "batch_size": 0, "validate": "perhaps"},
    "oc_number_info": {"ms_tenant_id": "Brad", "numbers": ["one"], "sources": ["moon"]},
    "oc_number_removal": {"ms_tenant_id": "Brad", "state": "gone", "numbers": ["+1"]},
    "oc_service": {"ms_tenant_id": "Brad", "licensed_users": "many", "short_name": "no good", "wiat": True},
    "oc_service_info": {"license_types": "oc essential", "details": [1]},
    "oc_services": {"services": [{"ms_tenant_id": BRAD, "fullname": "x"}, "not a service"], "max_concurrency": 0},
    "oc_status_info": {"customers": [7], "outcomes": [{}], "wait_for": "ever", "wait_timeout": 0},
    "sbc_info": {"sbc_id": "one", "source": "nowhere"},
    "script_template_info": {"script_type": "both", "script_id": {}},
    "sip_connection_info": {"site_location_id": 4123, "ump_customer_guid": cast.FJORD_SERVICE},
    "task_info": {"task_ids": ["", "x"], "wait_timeout": "soon"},
}
"""For each module: options that are wrong, in several ways where there are several."""


@pytest.fixture
def both(tmp_path: Path, simulator: Simulator, ansible: Ansible) -> Callable[..., tuple[Run, Run]]:
    """Runs the same play in both ways, each on a platform as new and in a home of its own."""

    def play(*tasks: Task, prepare: Callable[[], object] = lambda: None, **conduct: Any) -> tuple[Run, Run]:
        runs = []
        for name, way in (("sent", SENT), ("here", HERE)):
            simulator.reset(tokens=True)
            prepare()
            folder = tmp_path / name
            folder.mkdir()
            one = Ansible(folder, simulator, ansible.secrets)
            environment = {**conduct.get("environment", {}), **way}
            runs.append(one.play(*tasks, **{"timeout": LONGEST, **conduct, "environment": environment}))
        sent, here = runs
        texts = [
            golden_files.seen(run, tmp_path / name, KNOWN, options=True)
            for name, run in (("sent", sent), ("here", here))
        ]
        assert texts[1] == texts[0]
        assert _requests(here) == _requests(sent)
        return sent, here

    return play


def _requests(run: Run) -> list[str]:
    """Without the ids that are made for each run, and each look once, since polls depend on the time."""
    shapes = [re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "<id>", request) for request in run.sent]
    return sorted([*{each for each in shapes if each.startswith("GET")}, *writes(shapes)])


def way_of(run: Run) -> list[str]:
    """Which way each task took, as -vvv tells it."""
    return re.findall(r"^\S+ (?:runs in this process|is sent: .*)$", run.stdout, re.MULTILINE)


def _every(options: Mapping[str, Any]) -> list[Task]:
    """A task for each of these modules, or several."""
    first = task(
        "submit", "oc_service", {**FIVE[4], "wait": False, "progress": False}, register="submitted", check_mode=False
    )
    tasks = [
        task(f"{module} {number}", module, given, ignore_errors=True)
        for module in MODULES
        if module in options
        for number, given in enumerate(options[module] if isinstance(options[module], list) else [options[module]])
    ]
    # What is still going on while others read depends on their speed.
    place = next(number for number, each in enumerate(tasks) if each["name"] == "task_info 0")
    return [*tasks[:place], first, *tasks[place:]]


@pytest.mark.parametrize("way", ["as it is", *(pytest.param(way, marks=pytest.mark.long) for way in ("check", "diff"))])
def test_every_module_succeeds_in_the_same_way(both: Callable[..., tuple[Run, Run]], way: str) -> None:
    assert set(GOOD) == set(MODULES) == set(WRONG)
    _sent, here = both(*_every(GOOD), check=way == "check", diff=way == "diff")
    assert here.rc == 0, here.output
    failed = [line["task"] for line in here.lines if line["state"] == "failed"]
    assert failed == [], here.output
    assert way == "check" or here.recap["changed"] == 9, here.recap


def test_every_module_says_the_same_about_wrong_options(both: Callable[..., tuple[Run, Run]]) -> None:
    _sent, here = both(*_every(WRONG))
    failed = {line["task"].split(" ")[0] for line in here.lines if line["state"] == "failed"}
    assert failed == set(MODULES), here.output


OF_EVERY_KIND = ("oc_numbers", "oc_service", "oc_service_info", "oc_services", "task_info")
"""A module that reads, one that follows, and those that write: one object, several, and batches."""


@pytest.mark.parametrize(
    ("fault", "modules"),
    [
        pytest.param("error", OF_EVERY_KIND, id="error-some"),
        pytest.param("error", MODULES, id="error-all", marks=pytest.mark.long),
        pytest.param("no login", MODULES, id="no login-all", marks=pytest.mark.long),
    ],
)
def test_every_module_fails_in_the_same_way(
    both: Callable[..., tuple[Run, Run]], simulator: Simulator, fault: str, modules: Sequence[str]
) -> None:
    """What comes of every other fault is compared by the fault tests, in virtual time."""
    refusal = {"type": "status", "status": 400, "body": {"errorCode": "E1", "message": "not today"}}

    def prepare() -> None:
        if fault == "error":
            simulator.faults({"match": {"path": "/api/(v[23]|ovoc)/"}, "occurrence": "every", "action": refusal})

    environment = {"LIVE_PLATFORM_CLIENT_ID": "someone else"} if fault == "no login" else {}
    options = {name: GOOD[name] for name in modules} | {"task_info": [{"task_ids": ["wst_1"]}]}
    tasks = [{**each, "ignore_errors": True} for each in _every(options)]
    _sent, here = both(*tasks, prepare=prepare, environment=environment)
    failed = {line["task"].split(" ")[0] for line in here.lines if line["state"] == "failed"}
    assert failed >= set(modules), here.output


LOOK: dict[str, Any] = {"ms_tenant_id": FJORD}
IN_PROCESS = "oc_service_info runs in this process"


def ways(ansible: Ansible, *tasks: Task, **conduct: Any) -> list[str]:
    """Which way each of these tasks takes, without the name of the module."""
    run = ansible.play(*tasks, verbosity=3, **conduct)
    assert run.rc == 0, run.output
    return [line.partition(" ")[2] for line in way_of(run)]


HERE_TOO: dict[str, Task] = {
    "delegated to localhost": {"delegate_to": "localhost"},
    "an interpreter by its variable": {"vars": {"ansible_python_interpreter": sys.executable}},
    "interpreters are looked for": {"vars": {"ansible_python_interpreter": "auto_silent"}},
    "the variable": {"vars": {"live_platform_in_process": "{{ true }}"}, "environment": {}},
}
ELSEWHERE: dict[str, tuple[Task, str]] = {
    "become": ({"become": True, "become_user": "{{ lookup('env', 'USER') or 'root' }}"}, "the task has become"),
    "async": ({"async": 30, "poll": 1}, "the task has async"),
    "another interpreter": (
        {},
        "another Python interpreter is asked for",
    ),
    "the variable": (
        {"vars": {"live_platform_in_process": "{{ 1 == 2 }}"}},
        "live_platform_in_process switches it off",
    ),
    "another connection": (
        {"delegate_to": "elsewhere.example", "vars": {"ansible_connection": "elsewhere"}},
        "the connection is 'elsewhere', not 'local'",
    ),
}


def test_it_runs_in_process_where_the_task_runs_here_anyway(ansible: Ansible) -> None:
    tasks = [task(how, "oc_service_info", LOOK, **keywords) for how, keywords in HERE_TOO.items()]
    assert ways(ansible, *tasks) == ["runs in this process"] * len(HERE_TOO)


def test_a_loop_on_other_hosts_runs_in_process_too(ansible: Ansible) -> None:
    inventory = ansible.file("hosts.json", {"all": {"hosts": {f"customer-{number}": {} for number in range(3)}}})
    tasks = [
        task("look", "oc_service_info", LOOK, loop=[1, 2], throttle=2),
        task("once", "oc_lead_info", run_once=True),
    ]
    plays = [
        {
            "name": strategy,
            "hosts": "all",
            "connection": "local",
            "gather_facts": False,
            "strategy": strategy,
            "tasks": tasks[: 1 + (strategy == "linear")],
        }
        for strategy in ("linear", "free", "ansible.builtin.host_pinned")
    ]
    run = ansible.run(str(ansible.file("hosts-play.yml", plays)), "-i", str(inventory), verbosity=3)
    assert run.rc == 0, run.output
    of_play = re.split(r"^PLAY \[", run.stdout, flags=re.MULTILINE)[1:]
    assert [each.count(f"\n{IN_PROCESS}") for each in of_play] == [6, 6, 6], run.output
    assert logins(run.sent) <= 1


def test_it_is_sent_where_the_task_says_so(ansible: Ansible, tmp_path: Path) -> None:
    plugins = {"ANSIBLE_CONNECTION_PLUGINS": str(Path(__file__).with_name("connection_plugins"))}
    folder = {"ANSIBLE_ASYNC_DIR": str(ansible.home / "async")}
    other = tmp_path / "python"
    other.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    other.chmod(0o755)
    chosen = {"another interpreter": {"vars": {"ansible_python_interpreter": str(other)}}}
    tasks = [
        task(how, "oc_service_info", LOOK, **chosen.get(how, keywords))
        for how, (keywords, _reason) in ELSEWHERE.items()
    ]
    found = ways(ansible, *tasks, environment={**plugins, **folder})
    assert len(found) == len(ELSEWHERE), found
    for way, (_keywords, reason) in zip(found, ELSEWHERE.values(), strict=True):
        assert way.startswith(f"is sent: {reason}")


def test_it_is_sent_where_the_environment_says_so_unless_the_variable_does_not(ansible: Ansible) -> None:
    tasks = [
        task("look", "oc_service_info", LOOK),
        task("look here", "oc_service_info", LOOK, vars={"live_platform_in_process": True}),
    ]
    assert ways(ansible, *tasks, environment={"LIVE_PLATFORM_IN_PROCESS": "no"}) == [
        "is sent: LIVE_PLATFORM_IN_PROCESS switches it off",
        "runs in this process",
    ]


def test_it_is_sent_when_this_python_lacks_requests(ansible: Ansible, tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old/requests.py").write_text("raise ImportError('not for this process')")
    look = task("look", "oc_service_info", LOOK, environment={"PYTHONPATH": ""})
    (way,) = ways(ansible, look, environment={"PYTHONPATH": str(tmp_path / "old")})
    assert way.startswith(
        "is sent: this Python lacks something: Failed to import the required Python library (requests)"
    )


def test_the_environment_of_a_task_holds_for_that_task_alone(ansible: Ansible) -> None:
    name = "LIVE_PLATFORM_CLIENT_ID"
    right = ansible.environment[name]
    chosen = {name: "{{ item }}"}
    run = ansible.play(
        task("look", "oc_service_info", LOOK, environment=chosen, loop=["nobody", right], ignore_errors=True),
        task("after", "oc_service_info", LOOK, ignore_errors=True),
        {"name": "block", "block": [task("inside", "oc_service_info", LOOK)], "environment": {name: right}},
        environment={name: "somebody else"},
    )
    first, second = run["look"]["results"]
    assert "'nobody' was not found" in first["msg"]
    assert second["services"]
    assert "'somebody else' was not found" in run["after"].message
    assert run["inside"]["services"]


def test_the_working_directory_is_the_playbooks_and_only_then(ansible: Ansible) -> None:
    (ansible.folder / "deeper").mkdir()
    play = ansible.folder / "deeper/play.yml"
    tasks = [
        task("create", "oc_service", {**ONE, "progress_path": "./lines"}),
        task("create another", "oc_service", {**FIVE[1], "journal_path": "./journal"}),
    ]
    play.write_text(json.dumps([{"hosts": "localhost", "gather_facts": False, "tasks": tasks}]))
    run = ansible.run(str(play))
    assert run.rc == 0, run.output
    assert "Brad: created" in (ansible.folder / "deeper/lines").read_text()
    assert (ansible.folder / "deeper/journal").is_dir()


def test_defaults_of_the_module_and_of_the_group_are_used(ansible: Ansible) -> None:
    defaults = {
        "group/audiocodes.live_platform.all": {"client_id": "{{ right }}"},
        "audiocodes.live_platform.oc_service_info": LOOK,
    }
    name = "LIVE_PLATFORM_CLIENT_ID"
    run = ansible.play(
        task("look", "oc_service_info"),
        play={"module_defaults": defaults, "vars": {"right": ansible.environment[name]}},
        environment={name: None},
        verbosity=3,
    )
    assert run.rc == 0, run.output
    assert way_of(run) == [IN_PROCESS]
    assert [service["ms_tenant_id"] for service in run["look"]["services"]] == [FJORD]


def test_a_task_is_tried_again_until_it_is_well(both: Callable[..., tuple[Run, Run]], simulator: Simulator) -> None:
    refusal = {"type": "status", "status": 400, "body": {"errorCode": "E1", "message": "not yet"}}
    rule = {"match": {"path": "/api/v3/customer"}, "occurrence": [1, 2], "action": refusal}
    look = task("look", "oc_service_info", LOOK, register="seen", until="seen is success", retries=4, delay=0)
    _sent, here = both(look, prepare=lambda: simulator.faults(rule))
    assert here["look"]["attempts"] == 3


def test_the_time_limit_of_a_task_ends_it_and_the_next_one_works(ansible: Ansible, simulator: Simulator) -> None:
    simulator.settings(task_seconds=20)
    limited = {"timeout": 2, "ignore_errors": True, "loop": FIVE[:2]}
    options = {
        "ms_tenant_id": "{{ item.ms_tenant_id }}",
        "short_name": "{{ item.short_name }}",
        "progress_interval": 0.5,
    }
    started = time.monotonic()
    run = ansible.play(task("create", "oc_service", options, **limited), task("look", "oc_service_info", LOOK))
    assert run.rc == 0, run.output
    assert time.monotonic() - started < 15
    for result in run["create"]["results"]:
        assert re.search("[Tt]imed out|time frame", json.dumps(result)), result
    assert run["look"]["services"]
    simulator.advance(60)
    again = ansible.play(task("create", "oc_service", options, loop=FIVE[:2]))
    assert again.rc == 0, again.output
    assert [result["outcome"] for result in again["create"]["results"]] == ["adopted", "adopted"]
    assert sum(each["path"].endswith("/api/v3/customer") and each["method"] == "POST" for each in simulator.log()) == 2


def test_a_secret_task_stays_silent(ansible: Ansible, simulator: Simulator) -> None:
    simulator.settings(task_seconds=1)
    run = ansible.play(task("create", "oc_service", {**SECRETIVE, "progress_interval": 0.2}, no_log=True), verbosity=4)
    assert run.rc == 0, run.output
    assert "Brad" not in run.stdout.replace("Bradx", "")
    assert way_of(run) == ["oc_service runs in this process"]
