# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What YAML makes of texts that people type, and of nothing; answers to surveys as a controller writes them."""

from collections.abc import Mapping
from typing import Any

import pytest
from ansible.module_utils.ansible_release import __version__ as core_version

from e2e.controller import written_answers
from harness.cast import BRAD, writes
from harness.playbooks import COLLECTION, Ansible, Run, task
from simulator.client import Simulator

READS_UNSAFE = tuple(map(int, core_version.split(".")[:2])) >= (2, 19)
"""This ansible-core reads ``!unsafe '0123456'`` as YAML; older ones keep the text."""

CREATE = "Create the services that do not exist"
OPAL = {"ms_tenant_id": "fac1607b-862e-4d3a-8c7b-15eadd093642", "short_name": "Opal_Travel"}
ONE = {
    "onboard_service_ms_tenant_id": BRAD,
    "onboard_service_short_name": "Bradx35340067",
    "onboard_service_full_name": "Brad Telecom",
    "onboard_service_sbc": "5",
    "onboard_service_onboarding_script": "sbc-scenario7",
    "onboard_service_proxy_set": "",
    "onboard_service_online_pstn_gateway": "",
    "onboard_service_script_variables": "IPPBX-ProxyAddress=10.1.1.5",
    "onboard_service_secret_script_variable": "",
}


def answered(ansible: Ansible, playbook: str, answers: Mapping[str, Any], *arguments: str) -> Run:
    """A dry run of a playbook with these answers."""
    path = ansible.folder / "extravars"
    path.write_text(written_answers(answers))
    return ansible.run(f"{COLLECTION}.{playbook}", "-e", f"@{path}", *arguments, check=True)


def lead(ansible: Ansible) -> tuple[str, str]:
    """An inventory with one lead."""
    host = {BRAD: {"ansible_connection": "local", "live_platform_service": {"short_name": "Brad"}}}
    return "-i", str(ansible.file("hosts.json", {"all": {"hosts": host}}))


MANGLED = [
    (
        "onboard_service",
        {
            **ONE,
            "onboard_service_short_name": "0123456",
            "onboard_service_full_name": "12:30",
            "onboard_service_proxy_set": "Yes",
            "onboard_service_script_variables": "2026-01-02",
        },
        {
            "onboard_service_short_name": "a number: YAML reads it as 42798",
            "onboard_service_full_name": "a number: YAML reads it as 750",
            "onboard_service_proxy_set": "a boolean: YAML reads it as true",
            "onboard_service_script_variables": "a date: YAML reads it as 2026-01-02",
        },
    ),
    (
        "onboard_leads",
        {"onboard_leads_hosts": "0123456", "onboard_leads_proxy_set": "12:30", "onboard_leads_script_variables": "no"},
        {
            "onboard_leads_hosts": "a number: YAML reads it as 42798",
            "onboard_leads_proxy_set": "a number: YAML reads it as 750",
            "onboard_leads_script_variables": "a boolean: YAML reads it as false",
        },
    ),
    (
        "offboard_service",
        {f"offboard_service_{name}": "0123456" for name in ("ms_tenant_id", "short_name", "confirmation")},
        {
            f"offboard_service_{name}": "a number: YAML reads it as 42798"
            for name in ("ms_tenant_id", "short_name", "confirmation")
        },
    ),
    (
        "service_status",
        {"service_status_customers": "0123456", "live_platform_services_text": "no"},
        {
            "service_status_customers": "a number: YAML reads it as 42798",
            "live_platform_services_text": "a boolean: YAML reads it as false",
        },
    ),
    (
        "onboard_services",
        {"live_platform_services_text": "0123456", "sbc_onboarding_devices_path": "1.50"},
        {
            "live_platform_services_text": "a number: YAML reads it as 42798",
            "sbc_onboarding_devices_path": "a number: YAML reads it as 1.5",
        },
    ),
]


@pytest.mark.parametrize(("playbook", "answers", "said"), MANGLED, ids=[each[0] for each in MANGLED])
def test_an_answer_that_yaml_has_changed_is_refused_before_anything_is_sent(
    ansible: Ansible, playbook: str, answers: Mapping[str, Any], said: Mapping[str, str]
) -> None:
    run = answered(ansible, playbook, answers, *lead(ansible))
    if not READS_UNSAFE:
        assert "YAML reads it" not in run.output
        return
    assert run.rc != 0
    message = run["Check the variables"].message
    for name, what in said.items():
        (line,) = [each for each in message.splitlines() if name in each]
        assert f"{name} must be a string, not {what}; put quotes around it" in line
    assert run.sent == []


def test_an_answer_that_looks_like_a_number_is_never_another_text(ansible: Ansible) -> None:
    run = answered(ansible, "onboard_service", {**ONE, "onboard_service_short_name": "0123456"})
    if READS_UNSAFE:
        assert run.rc != 0
        assert CREATE not in run
    else:
        (request,) = [each["request"] for each in run[CREATE]["results"]]
        assert request["customerShortName"] == "0123456"


def test_a_blank_answer_is_none_and_an_id_may_be_a_number(ansible: Ansible) -> None:
    run = answered(ansible, "onboard_service", {**ONE, "onboard_service_full_name": ""})
    assert run.rc == 0, run.output
    (request,) = [each["request"] for each in run[CREATE]["results"]]
    assert request["siteLocation"]["sbcId"] == 5
    assert not {"customerFullName"} & set(request)
    assert "ProxySet" not in request["scriptParameters"]
    names = ("hosts", "sbc", "onboarding_script", "proxy_set", "online_pstn_gateway", "script_variables")
    blank = {f"onboard_leads_{name}": "" for name in names} | {"onboard_leads_sbc": "5"}
    run = answered(ansible, "onboard_leads", blank, *lead(ansible))
    assert run.rc == 0, run.output
    (request,) = [each["request"] for each in run[CREATE]["results"]]
    assert request["siteLocation"]["sbcId"] == 5
    assert "None" not in str(request)


@pytest.mark.parametrize("here", [True, False], ids=["in process", "sent"])
def test_a_module_takes_no_number_boolean_or_date_for_a_text_and_no_placeholder_for_a_secret(
    ansible: Ansible, here: bool
) -> None:
    text = f"""
- hosts: localhost
  connection: local
  gather_facts: false
  vars:
    live_platform_in_process: {str(here).lower()}
    ansible_python_interpreter: "{{{{ ansible_playbook_python }}}}"
  module_defaults: {{group/{COLLECTION}.all: {{auth_scope: 0123}}}}
  tasks:
    - name: One
      {COLLECTION}.oc_service: {{ms_tenant_id: {BRAD}, short_name: off, full_name: 2026-01-02, channel_id: 1574,
        site_location: {{name: 100_200, sbc_id: 5}}, script_parameters: {{ProxySet: 01234}}}}
      ignore_errors: true
    - name: Many
      {COLLECTION}.oc_services: {{services: [{{ms_tenant_id: {BRAD}, short_name: 01234}}]}}
      ignore_errors: true
    - name: By name
      {COLLECTION}.oc_services:
        services_by_name: [{{company_name: 01234, short_name: Brad, full_name: 12:30}}]
        service_defaults: {{proxy_set: no}}
        auth_scope: "{{{{ omit }}}}"
      ignore_errors: true
    - name: Placeholders
      {COLLECTION}.oc_service:
        ms_tenant_id: {BRAD}
        short_name: Brad
        auth_scope: "{{{{ omit }}}}"
        application: {{client_id: x, client_secret: $encrypted$}}
        teams_qos: {{application_id: x, application_password: VALUE_SPECIFIED_IN_NO_LOG_PARAMETER}}
        script_parameters: {{CarrierUserPassword: "********"}}
      ignore_errors: true
"""
    path = ansible.folder / "values.yml"
    path.write_text(text)
    run = ansible.run(str(path))
    number, wrong = "a number: YAML reads it as", "must be a string, not"
    itself = "must be the secret itself, not what is shown for it"
    for name, said in {
        "One": (
            f"auth_scope {wrong} {number} 83",
            f"short_name {wrong} a boolean: YAML reads it as false",
            f"full_name {wrong} a date: YAML reads it as 2026-01-02",
            f"site_location.name {wrong} {number} 100200",
            f"script_parameters.ProxySet {wrong} a number: put quotes around it",
        ),
        "Many": (f"services[0].short_name {wrong} {number} 668",),
        "By name": (
            f"live_platform_services[0] (Brad): company_name {wrong} {number} 668",
            f"live_platform_services[0] (Brad): full_name {wrong} {number} 750",
            f"live_platform_service_defaults: proxy_set {wrong} a boolean: YAML reads it as false",
        ),
        "Placeholders": (
            f"application.client_secret {itself}",
            f"teams_qos.application_password {itself}",
            f"script_parameters.CarrierUserPassword {itself}",
        ),
    }.items():
        for words in said:
            assert words in run[name].message, (name, words)
    assert "channel_id" not in run["One"].message
    assert writes(run.sent) == []


def test_a_group_whose_members_are_not_given_is_not_given(ansible: Ansible, simulator: Simulator) -> None:
    empty = [{}, {"client_id": None, "client_secret": None}]
    single = [
        task(f"one {at}", "oc_service", {**OPAL, "application": each, "site_location": {"name": None}})
        for at, each in enumerate(empty)
    ]
    listed = task("many", "oc_services", {"services": [{**OPAL, "application": each} for each in empty[1:]]})
    omitted = {"client_id": "{{ nothing | default(omit) }}", "client_secret": "{{ nothing | default(omit) }}"}
    run = ansible.play(*single, listed, task("omitted", "oc_service", {**OPAL, "application": omitted}))
    assert run.rc == 0, run.output
    assert run.recap["changed"] == 0
    new = {"ms_tenant_id": BRAD, "short_name": "Brad", "application": empty[1], "teams_qos": {}, "webhooks": empty[0]}
    made = ansible.play(task("new", "oc_service", {**new, "script_parameters": {"CacProfile": None}}))
    assert made.rc == 0, made.output
    bodies = [entry["body"] for entry in simulator.log() if entry["method"] in ("POST", "PATCH") and entry["body"]]
    assert "null" not in str(bodies).replace("None", "null"), bodies
