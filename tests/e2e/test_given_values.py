# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What YAML makes of texts that people type, and of nothing; answers to surveys as a controller writes them."""

import random
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from ansible.module_utils.ansible_release import __version__ as core_version
from ansible.parsing.dataloader import DataLoader

from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.yaml_values import NUMBER_IDS
from e2e.controller import written_answers
from e2e.controller_objects import objects
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


def questions() -> dict[str, dict[str, Mapping[str, Any]]]:
    """The questions for a text in all surveys of the collection, by the playbook that gets their answers first."""
    playbooks = {each["name"]: Path(each["playbook"]).stem for each in objects("controller_templates")}
    found: dict[str, dict[str, Mapping[str, Any]]] = {}
    for kind in ("controller_templates", "controller_workflows"):
        for item in objects(kind):
            nodes = item.get("simplified_workflow_nodes") or [{"unified_job_template": item["name"]}]
            asked = found.setdefault(playbooks[nodes[0]["unified_job_template"]], {})
            for question in item.get("survey_spec", {}).get("spec", ()):
                if question["type"] in ("text", "textarea", "password"):
                    asked[question["variable"]] = question
    return {playbook: asked for playbook, asked in found.items() if asked}


QUESTIONS = questions()
WORDS = ("Yes", "no", "off", "True", "12:30", "190:20:30", "1.50", "1e3", ".inf", "0x1F", "0b11", "1_000", "2026-01-02")
AWKWARD = (
    *("#1 Bakery", "Yes & No", "it's", 'the "Inn"', "50% off", "{{ 1 + 1 }}", "{% if %}", "a\\nb", "~x", "- x", "a: b"),
    *(
        "[x]",
        "{x}",
        "!x",
        "&x",
        "*x",
        "@x",
        "`x`",
        "1,5",
        "1 2",
        "\uff11\uff12\uff13",
        "Größer ß",
        "None",
        "<b>",
        "x #y",
        "|",
        ">-",
    ),
)
"""None is a word of Python alone. YAML's own words for nothing cannot be told from a question that was left open."""


def mangled(question: Mapping[str, Any], draw: random.Random) -> str:
    """A text of the right length that some YAML reads as something else: a word, or digits."""
    low, high = max(1, question["min"]), min(question["max"], 36)
    fitting = [word for word in WORDS if low <= len(word) <= high]
    digits = "".join(draw.choices("01234567", k=draw.randint(max(low, 2), max(high, 2))))
    return draw.choice([*fitting, f"0{digits[1:]}", f"0{digits[1:]}"])


def awkward(question: Mapping[str, Any], draw: random.Random) -> str:
    """A text of the right length with signs that mean something to YAML, templates or shells."""
    text = draw.choice(AWKWARD)
    return text.ljust(question["min"], "x")[: question["max"]]


def in_full(playbook: str, answer: Callable[[Mapping[str, Any], random.Random], str], seed: str) -> dict[str, str]:
    draw = random.Random(seed)
    return {name: answer(question, draw) for name, question in QUESTIONS[playbook].items()}


def checked(ansible: Ansible, playbook: str, answers: Mapping[str, str]) -> Run:
    """A dry run: each answer arrives as it was typed, or is named by an error before anything is sent."""
    run = answered(ansible, playbook, answers, *lead(ansible))
    read = DataLoader().load((ansible.folder / "extravars").read_text())
    changed = {name for name, typed in answers.items() if not _is_same(name, typed, read[name])}
    told = run.text
    for name in changed:
        assert f"{name} must be a string, not " in told, (name, answers[name], run.output)
    for name in answers.keys() - changed:
        assert f"{name} must be a string, not " not in told, (name, answers[name], run.output)
    assert not changed or (run.rc != 0 and run.sent == []), run.output
    assert writes(run.sent) == []
    return run


def _is_same(name: str, typed: str, read: Any) -> bool:
    """Whether the answer is taken for what was typed; a number is one where the platform has numbers as ids."""
    if isinstance(read, int) and not isinstance(read, bool) and name.endswith(tuple(NUMBER_IDS)):
        return True
    return read == typed or (typed == "" and read is None)


@pytest.mark.parametrize("seed", ["1", *(pytest.param(str(seed), marks=pytest.mark.long) for seed in range(2, 8))])
@pytest.mark.parametrize("playbook", QUESTIONS)
def test_an_answer_that_yaml_has_changed_is_refused_before_anything_is_sent(
    ansible: Ansible, playbook: str, seed: str
) -> None:
    answers = in_full(playbook, mangled, f"{playbook} {seed}")
    run = checked(ansible, playbook, answers)
    assert READS_UNSAFE or "YAML reads it" not in run.output


@pytest.mark.parametrize("seed", ["1", *(pytest.param(str(seed), marks=pytest.mark.long) for seed in range(2, 8))])
def test_an_answer_with_awkward_signs_arrives_as_it_was_typed_or_is_refused(ansible: Ansible, seed: str) -> None:
    draw = random.Random(seed)
    asked = QUESTIONS["onboard_service"]
    names = ("onboard_service_full_name", "onboard_service_proxy_set")
    answers = {**ONE, **{name: awkward(asked[name], draw) for name in names}}
    run = checked(ansible, "onboard_service", answers)
    if run.rc == 0:
        (request,) = [each["request"] for each in run[CREATE]["results"]]
        sent = (request["customerFullName"], request["scriptParameters"]["ProxySet"])
        assert sent == tuple(answers[name] for name in names)
    else:
        assert any(name in run.text or answers[name] in run.text for name in names), run.output


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("playbook", QUESTIONS)
def test_awkward_answers_to_all_questions_are_named_by_errors(ansible: Ansible, playbook: str, seed: int) -> None:
    run = checked(ansible, playbook, in_full(playbook, awkward, f"{playbook} {seed}"))
    assert "Traceback" not in run.output


def test_every_survey_has_its_answers_tried() -> None:
    assert {"onboard_service", "onboard_services", "onboard_leads", "offboard_service", "service_status"} <= set(
        QUESTIONS
    )
    for asked in QUESTIONS.values():
        assert all(len(mangled(question, random.Random(1))) >= question["min"] for question in asked.values())


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
