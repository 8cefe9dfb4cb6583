# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs beside the race: look-ups among many and in loops, unchanged reruns, a host for each lead, and what the start of
a module costs.
"""

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
from benchmark.stage import BIN, TESTS, Measurement, Stage, by_names, clean_environment, wanted
from benchmark.usage import measure
from simulator.seeds.generating import tenant_id

RERUN, RERUN_NAMES, RERUN_ONE = "unchanged rerun", "unchanged rerun, names only", "unchanged rerun of one of them"
RERUN_PLAYBOOK, RERUN_BEFORE = "onboard_services, by names", "onboard_services, by names, before"
EMPTY, LOOP_URI, LOOP = "an empty play", "look-ups in a loop, uri", "look-ups in a loop, oc_lead_info"
TEN_URI, TEN = "ten different look-ups, uri", "ten different look-ups, modules"
CROWD, CROWD_BEFORE = "onboard_leads", "onboard_leads, before"

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


def reruns(stage: Stage, form: Form, before: Mapping[str, str]) -> dict[str, Measurement]:
    """The list of services that exist already, once more; the same when it names no script parameters; one alone, which
    costs what all cost whatever their number; and the playbook for it.

    :param before: the environment for a former state of the collection; empty: it is not compared.
    """
    found = {}
    existing = wanted(form.rerun, prefix="gen")
    bare = [{key: value for key, value in each.items() if key != "script_parameters"} for each in existing]
    for name, services in ((RERUN, existing), (RERUN_NAMES, bare), (RERUN_ONE, bare[:1])):
        stage.prepare(leads=0, services=form.rerun)
        found[name] = stage.play("oc_services.yml", {"services": services, "max_concurrency": 10})
    names = {**by_names(bare), "services": bare}
    names["live_platform_service_defaults"].pop("script_variables")
    for name, environment in ((RERUN_PLAYBOOK, {}), *(((RERUN_BEFORE, before),) if before else ())):
        stage.prepare(leads=0, services=form.rerun)
        found[name] = stage.play("audiocodes.live_platform.onboard_services", names, **environment)
    return found


def loops(stage: Stage, form: Form, folder: Path) -> dict[str, Measurement]:
    """A play without work, look-ups in a loop, and ten different ones, with modules and with ``uri``."""
    # The services have leads too. A sum that could be the limit of a page, such as 25, would cost two requests more,
    # which few platforms have.
    stage.prepare(leads=form.loop + 2, services=5)
    uri = "ansible.builtin.uri"
    login = {
        "name": "Log in",
        uri: {
            "url": "{{ lookup('env', 'LIVE_PLATFORM_AUTH_URL') }}/{{ lookup('env', 'LIVE_PLATFORM_AUTH_TENANT_ID') }}"
            "/oauth2/v2.0/token",
            "method": "POST",
            "body_format": "form-urlencoded",
            "body": {
                "grant_type": "client_credentials",
                "client_id": "{{ lookup('env', 'LIVE_PLATFORM_CLIENT_ID') }}",
                "client_secret": "{{ lookup('env', 'LIVE_PLATFORM_CLIENT_SECRET') }}",
                "scope": "{{ lookup('env', 'LIVE_PLATFORM_AUTH_SCOPE') }}",
            },
        },
        "register": "login",
        "no_log": True,
    }

    def get(path: str) -> dict[str, Any]:
        return {
            "name": f"Read {path}",
            uri: {
                "url": f"{stage.simulator.base_url}{path}",
                "headers": {"Authorization": "Bearer {{ login.json.access_token }}"},
            },
        }

    tenants = {"loop": [tenant_id(number) for number in range(form.loop)]}
    lead = {"name": "Read a lead", "audiocodes.live_platform.oc_lead_info": {"ms_tenant_id": "{{ item }}"}}
    paths = {
        "oc_lead_info": "/api/v2/oc/lead?PageSize=20000",
        "oc_service_info": "/api/v3/customer?allDetails=false",
        "sbc_info": "/api/v2/oc/callingprofile",
        "script_template_info": "/api/v2/scripttemplates?scriptType=Any&PageSize=1000",
        "calling_profile_info": "/api/v2/oc/callingprofile",
    }
    modules = [{"name": name, f"audiocodes.live_platform.{name}": {}} for name in paths]
    plays = {
        EMPTY: [{"name": "Nothing", "ansible.builtin.debug": {"msg": "nothing"}}],
        LOOP_URI: [login, {**get("/api/v2/oc/lead?msTenantId={{ item }}"), **tenants}],
        LOOP: [{**lead, **tenants}],
        TEN_URI: [login, *[get(path) for path in paths.values()] * 2],
        TEN: modules * 2,
    }
    found = {}
    for name, tasks in plays.items():
        play = {"name": name, "hosts": "localhost", "connection": "local", "gather_facts": False, "tasks": tasks}
        path = folder / "loop.yml"
        path.write_text(json.dumps([play]), encoding="utf-8")
        found[name] = stage.play(str(path), {})
    return found


def crowd(stage: Stage, form: Form, folder: Path, before: Mapping[str, str]) -> dict[str, Measurement]:
    """A host for each lead, ten at a time; tasks of a second.

    :raises RuntimeError: a lead has not exactly one service in the end.
    """
    services = wanted(form.crowd)
    variables = {**by_names(services), "services": services}
    hosts = {
        f"lead{number}": {"ms_tenant_id": service.pop("ms_tenant_id"), "live_platform_service": service}
        for number, service in enumerate(variables.pop("live_platform_services"))
    }
    inventory = folder / "leads.json"
    inventory.write_text(json.dumps({"all": {"hosts": hosts}}), encoding="utf-8")
    found = {}
    for name, environment in ((CROWD, {}), *(((CROWD_BEFORE, before),) if before else ())):
        stage.prepare(leads=form.crowd, task_seconds=1.0)
        arguments = ("-i", str(inventory), "-f", "10")
        found[name] = stage.play("audiocodes.live_platform.onboard_leads", variables, *arguments, **environment)
        if found[name].created != form.crowd or found[name].duplicates:
            raise RuntimeError(f"{name} has created {found[name].created} of {form.crowd}")
    return found


def module_starts(stage: Stage, rounds: int, folder: Path, *, sent: bool = False) -> dict[str, float]:
    """Median seconds of a task, by module: all in one playbook, taking turns, without latency.

    :param sent: the collection's modules are sent instead of run in Ansible's process.

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
            "LIVE_PLATFORM_IN_PROCESS": str(not sent),
            "ANSIBLE_LIBRARY": str(_LIBRARY),
            "ANSIBLE_CALLBACK_PLUGINS": str(_RECORDER),
            "ANSIBLE_CALLBACKS_ENABLED": "recorder",
            "E2E_RECORD": str(record),
        }
        command = [str(BIN / "ansible-playbook"), str(own / "play.yml")]
        measure(command, environment=environment, folder=own, marks=[], timeout=600)
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
