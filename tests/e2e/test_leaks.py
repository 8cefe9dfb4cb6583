# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Canaries: at -vvvv and with --diff, everything that Ansible writes is searched for planted secrets, byte by byte.

That output, results, journal, caches and requests hold none is checked after every run (see ``Ansible``). Here the
runs are such that much is written: all modules, roles and playbooks, loops, a log file, cached facts, jobs in the
background, and errors that say back what they were sent. What happens inside the modules on every failure is in
``tests/faults``.
"""

from typing import Any

import pytest

from harness.cast import ALDER, BIRCH, BRAD, CEDAR, FJORD_SERVICE, POST
from harness.fault_kinds import PASSWORD
from harness.playbooks import COLLECTION, Ansible, Run, Task, role, spelled, task
from harness.secretive import GIVEN, NAMED, QUIET, SECRETS, VARIABLE, by_name, make_loud, secretive
from simulator.client import Simulator


@pytest.fixture
def loud(ansible: Ansible, simulator: Simulator) -> Ansible:
    """An Ansible that writes as much as it can, to many places."""
    make_loud(ansible)
    ansible.secrets += GIVEN
    simulator.seed(templates=[QUIET])
    return ansible


def shown(name: str) -> Task:
    return task(f"show {name}", "ansible.builtin.debug", {"var": name})


def submitted(run: Run) -> list[dict[str, Any]]:
    """The bodies of the submissions, as the platform has seen them."""
    return [entry["body"] for entry in run.log if spelled([entry]) == [POST]]


def listen(run: Run, ansible: Ansible) -> None:
    """The log and the results have been written, so the search had something to search."""
    for text in (run.output, (ansible.home / "ansible.log").read_text()):
        assert "CarrierUserPassword" in text
        assert "********" in text


@pytest.mark.long
def test_modules_in_loops_in_the_background_and_again(loud: Ansible, simulator: Simulator) -> None:
    loop = {
        "loop": [{"tenant": BIRCH, "name": "Birch"}, {"tenant": CEDAR, "name": "Cedar"}],
        "loop_control": {"label": "{{ item.name }}"},
    }
    looped = secretive("{{ item.tenant }}", "{{ item.name }}")
    other = {**secretive(ALDER, "Alder"), "script_parameters": {"CarrierUserPassword": "other", "ProxySet": "SIPTrunk"}}
    run = loud.play(
        task("check", "oc_service", secretive(BRAD, "Brad01"), check_mode=True),
        task("create", "oc_service", secretive(BRAD, "Brad01"), register="brad"),
        shown("brad"),
        task("again", "oc_service", secretive(BRAD, "Brad01")),
        task("loop", "oc_service", looped, register="looped", **loop),
        shown("looped"),
        task("bulk", "oc_services", {"services": [other, secretive(BRAD, "Brad01")]}, **{"async": 60, "poll": 1}),
        task("differs", "oc_service", other),
        task("read back", "sip_connection_info", {"ump_customer_guid": "{{ brad.service.ump_customer_guid }}"}),
        task("read others", "sip_connection_info", {"ump_customer_guid": FJORD_SERVICE}),
        task("services", "oc_service_info", {"details": True}),
        task("one service", "oc_service_info", {"ump_customer_guid": FJORD_SERVICE}),
        task("leads", "oc_lead_info"),
        task("sbcs", "sbc_info"),
        task("profiles", "calling_profile_info"),
        task("scripts", "script_template_info", {"details": True}),
        task("tasks", "task_info", {"task_ids": ["{{ brad.task.id }}"]}),
        task("delete", "oc_service", {**secretive(BRAD, "Brad01"), "state": "absent"}),
        # Ansible itself removes a module that ran in the background up to five seconds after its end.
        task("wait", "ansible.builtin.pause", {"seconds": 6}),
        play={"vars": SECRETS},
        verbosity=4,
        diff=True,
    )
    assert run.rc == 0, run.output
    listen(run, loud)
    parameters = run["create"]["request"]["scriptParameters"]
    assert parameters["ProxySet"] == "SIPTrunk"
    assert "*" in parameters["CarrierUserPassword"]
    assert "*" in parameters["CustomVar.Variable3"]
    sent = submitted(run)[0]
    assert sent["scriptParameters"]["CarrierUserPassword"] == PASSWORD, "masked for people, not for the platform"
    assert sent["scriptParameters"]["CustomVar.Variable3"] == VARIABLE
    assert run.sent.count(POST) == 4


@pytest.mark.long
def test_roles_and_playbooks_and_the_facts_that_they_leave(loud: Ansible, simulator: Simulator) -> None:
    services = [by_name(BRAD, "Brad01"), by_name(ALDER, "Alder")]
    outputs = (
        *("lead_lookup_resolved", "lead_lookup_leads", "script_variables_resolved", "sbc_onboarding_resolved"),
        *("sbc_onboarding_results", "sbc_onboarding_summary"),
    )
    run = loud.play(
        *(role(name) for name in ("lead_lookup", "script_variables", "sbc_onboarding")),
        *(shown(name) for name in outputs),
        task("all facts", "ansible.builtin.debug", {"var": "ansible_facts"}),
        play={"vars": {"live_platform_services": services}},
        verbosity=4,
        diff=True,
    )
    assert run.rc == 0, run.output
    listen(run, loud)
    (result, _other) = run["show sbc_onboarding_results"]["sbc_onboarding_results"]
    assert result["request"]["scriptParameters"]["CustomVar.Variable1"] == "sip.example", "only secrets are masked"
    assert "*" in result["request"]["scriptParameters"]["CustomVar.Variable2"]
    bodies = submitted(run)
    assert [body["scriptParameters"]["CustomVar.Variable2"] for body in bodies] == [NAMED, NAMED]
    assert [body["scriptParameters"]["CustomVar.Variable3"] for body in bodies] == [VARIABLE, VARIABLE]
    listed = {"live_platform_services": [*services, by_name(CEDAR, "Cedar")]}
    for playbook in ("onboard_services", "service_status", "offboard_services"):
        run = loud.run(f"{COLLECTION}.{playbook}", variables=listed, verbosity=4, diff=True)
        assert run.rc == 0, run.output


ECHOES: tuple[dict[str, Any], ...] = (
    {"as": "text"},
    {"as": "fields"},
    {"as": "html", "status": 403},
    {"as": "url", "status": 405},
    {"as": "base64", "status": 422},
    {"as": "detail", "pad": 190, "status": 403},
)


@pytest.mark.long
def test_errors_that_say_back_what_they_were_sent(loud: Ansible, simulator: Simulator) -> None:
    requests = {
        "login": {"path": "/oauth2/"},
        "create": {"method": "POST", "path": "/v3/customer$"},
        "scripts": {"path": "/v2/scripttemplates$"},
    }
    tasks = [task("log in", "oc_lead_info")]
    for number, echo in enumerate(ECHOES, 1):
        tasks += [
            task(f"login {number}", "oc_lead_info", {"token_cache": "false"}, ignore_errors=True),
            task(f"create {number}", "oc_service", secretive(BRAD, "Brad01"), ignore_errors=True),
            task(f"scripts {number}", "script_template_info", ignore_errors=True),
        ]
        for name, match in requests.items():
            when = number + (name == "login")
            simulator.faults({"match": match, "occurrence": when, "action": {"type": "echo", **echo}})
    run = loud.play(*tasks, play={"vars": SECRETS}, verbosity=4, diff=True)
    for number in range(1, len(ECHOES) + 1):
        for name in requests:
            step = run[f"{name} {number}"]
            assert step.failed, f"{name} {number}"
            assert step.failure["hint"]
    listen(run, loud)


def test_actions_that_read_passwords_show_none(loud: Ansible) -> None:
    listed = [{"ms_tenant_id": BRAD, "short_name": "Brad01", "onboarding_script": "sbc-scenario7"}]
    secrets = {"Brad01": {"CarrierUserPassword": "{{ carrier_password }}"}}
    wrong = {"Brad01": {"CarrierUserPassword": ["{{ carrier_password }}"]}, "Brad02": {"x": "{{ carrier_password }}"}}
    read = {"services": listed, "service_secrets": secrets}
    failing = {"services": listed, "service_secrets": wrong}
    run = loud.play(
        task("check", "check_variables", {"readable": read}),
        task("check too", "read_services", {**read, "check": True}),
        task("read", "read_services", read, register="found", no_log=True),
        task("resolve", "resolve_services", {"step": "scripts", "services": "{{ found.services }}"}, no_log=True),
        task("wrong", "check_variables", {"readable": failing}, ignore_errors=True),
        task("wrong too", "read_services", {**failing, "check": True}, ignore_errors=True),
        shown("found.services | audiocodes.live_platform.hide_secrets"),
        play={"vars": SECRETS},
        verbosity=4,
        diff=True,
    )
    assert run.rc == 0, run.output
    assert [run[name].state for name in ("check", "check too", "read", "resolve")] == ["ok"] * 4
    assert [run[name].state for name in ("wrong", "wrong too")] == ["failed"] * 2
    listen(run, loud)


def test_short_and_common_secrets_do_not_mangle_anything_else(loud: Ansible) -> None:
    options = {
        "ms_tenant_id": BRAD,
        "short_name": "Brad01",
        "full_name": "Brad on Default Trunk",
        "script_parameters": {"CarrierUserPassword": "{{ common }}", "ProxySet": "SIPTrunk"},
        "teams_qos": {"application_id": "5d1c", "application_password": "{{ short }}"},
    }
    run = loud.play(
        task("create", "oc_service", options),
        task("again", "oc_service", options),
        play={"vars": {"common": "siptrunk", "short": "on"}},
        verbosity=4,
        diff=True,
    )
    assert run.rc == 0, run.output
    for name in ("create", "again"):
        request = run[name]["request"]
        assert request["configurationName"] == "OcEssential_IPGROUP_TYPE"
        assert request["customerFullName"] == "Brad on Default Trunk"
        assert request["scriptParameters"]["ProxySet"] == "SIPTrunk"
        assert set(request["scriptParameters"]["CarrierUserPassword"]) == {"*"}
        assert set(request["teamsQos"]["applicationPassword"]) == {"*"}
    assert run["create"]["service"]["full_name"] == "Brad on Default Trunk"


def test_nothing_is_left_behind_by_a_run_that_fails_before_its_first_request(loud: Ansible) -> None:
    options = {**secretive(BRAD, "Brad01"), "licensed_users": -1, "script_parameters": "{{ carrier_password }}"}
    run = loud.play(task("create", "oc_service", options), play={"vars": SECRETS}, verbosity=4)
    assert run["create"].failed
    assert "licensed_users must be" in run["create"].message
    assert run.sent == []
