# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs beside the race: look-ups among many, an unchanged rerun, and what the start of a module costs."""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import Any

import requests

from benchmark.forms import Form
from benchmark.stage import BIN, TESTS, Measurement, Stage, clean_environment, wanted
from benchmark.usage import measure
from simulator.seeds.generating import tenant_id

RERUN, RERUN_NAMES, RERUN_ONE = "unchanged rerun", "unchanged rerun, names only", "unchanged rerun of one of them"

BARE = "bare_requests"
"""The module that is nothing but one request: what a start costs without the engine."""

_LIBRARY = Path(__file__).parent / "library"
_RECORDER = TESTS / "harness" / "callback_plugins"


def look_ups(stage: Stage, form: Form) -> dict[str, Measurement]:
    """Look-ups among many leads and services, each with a playbook of one task (the one with uri has three)."""
    leads, services = form.large
    stage.prepare(leads, services)
    last = {"company_name": f"Generated {leads - 1}", "short_name": f"gen{leads + services - 1}"}
    new = {"services": wanted(form.planned), "max_concurrency": 10}
    return {
        "uri: both lists read and searched": stage.play("look_up_uri.yml", last),
        "oc_lead_info: a lead by its company": stage.play("look_up_lead.yml", last),
        "oc_service_info: a service by its short name": stage.play("look_up_service.yml", last),
        f"oc_services in check mode: {form.planned:,} new services": stage.play("oc_services.yml", new, "--check"),
    }


def reruns(stage: Stage, form: Form) -> dict[str, Measurement]:
    """The list of services that exist already, once more; the same when it names no script parameters; and one alone,
    which costs what all cost whatever their number.
    """
    found = {}
    existing = wanted(form.rerun, prefix="gen")
    bare = [{key: value for key, value in each.items() if key != "script_parameters"} for each in existing]
    for name, services in ((RERUN, existing), (RERUN_NAMES, bare), (RERUN_ONE, bare[:1])):
        stage.prepare(leads=0, services=form.rerun)
        found[name] = stage.play("oc_services.yml", {"services": services, "max_concurrency": 10})
    return found


def module_starts(stage: Stage, rounds: int, folder: Path) -> dict[str, float]:
    """Median seconds of a task, by module: all in one playbook, taking turns, without latency.

    The ``uri`` task, ``bare_requests`` and ``task_info`` send one request each, for the same task of the platform; the
    other two find a service as it should be, which takes them two or three.
    """
    stage.prepare(leads=1, services=1, latency=0.0)
    simulator = stage.simulator
    token = simulator.token()
    service = wanted(1, first=1, prefix="gen")[0]
    task_id = _any_task(stage, token)
    url = f"{simulator.base_url}/api/v2/task/{task_id}"
    modules: dict[str, Mapping[str, Any]] = {
        "ansible.builtin.uri": {"url": url, "headers": {"Authorization": f"Bearer {token}"}},
        BARE: {"url": url, "token": token},
        "audiocodes.live_platform.task_info": {"task_ids": [task_id]},
        "audiocodes.live_platform.oc_service": service,
        "audiocodes.live_platform.oc_services": {"services": [service]},
    }
    tasks = [{"name": name, name: dict(options)} for _round in range(rounds + 1) for name, options in modules.items()]
    play = {"name": "Start modules", "hosts": "localhost", "connection": "local", "gather_facts": False, "tasks": tasks}
    with tempfile.TemporaryDirectory(dir=folder) as name:
        own = Path(name)
        (own / "play.yml").write_text(json.dumps([play]), encoding="utf-8")
        record = own / "record.json"
        environment = {
            **clean_environment(own, simulator),
            "LIVE_PLATFORM_ACCESS_TOKEN": token,
            "ANSIBLE_LIBRARY": str(_LIBRARY),
            "ANSIBLE_CALLBACK_PLUGINS": str(_RECORDER),
            "ANSIBLE_CALLBACKS_ENABLED": "recorder",
            "E2E_RECORD": str(record),
        }
        command = [str(BIN / "ansible-playbook"), str(own / "play.yml")]
        measure(command, environment=environment, folder=own, mark="", timeout=600)
        lines = [json.loads(line) for line in record.read_text(encoding="utf-8").splitlines()]
    seconds = defaultdict(list)
    for line in lines[len(modules) :]:  # the first round warms up
        seconds[line["action"].rpartition(".")[2]].append(line["ended"] - line["started"])
    return {module: median(values) for module, values in seconds.items()}


def _any_task(stage: Stage, token: str) -> str:
    """A task of the platform that has ended."""
    response = requests.post(
        f"{stage.simulator.base_url}/api/v3/customer",
        json={
            "configurationName": "OcEssential_IPGROUP_TYPE",
            "msTenantId": tenant_id(0),
            "customerShortName": "start0",
            "customerFullName": "Start",
        },
        headers={"Authorization": f"Bearer {token}"},
        timeout=30,
    )
    response.raise_for_status()
    return str(response.json()["jobId"])
