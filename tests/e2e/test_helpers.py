# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What roles and playbooks are made of: actions that check variables, read lists and resolve names, and ask nobody."""

from typing import Any

from harness.cast import ALDER, BRAD
from harness.playbooks import Ansible, task

LISTED: list[dict[str, Any]] = [
    {"ms_tenant_id": BRAD, "short_name": "Brad"},
    {"ms_tenant_id": ALDER, "short_name": "Alder", "script_variables": {"SIP-HostName": "sip.alder.example"}},
]
SECRET = "planted-Carrier~pw.23"


def message(ansible: Ansible, module: str, options: dict[str, Any], **variables: Any) -> list[str]:
    """The lines of the error that a helper ends with."""
    run = ansible.play(task("it", module, options), variables=variables)
    assert run["it"].state == "failed", run.output
    assert run.sent == []
    return run["it"].message.splitlines()


def test_all_problems_with_variables_are_one_error(ansible: Ansible) -> None:
    said = message(
        ansible,
        "check_variables",
        {"playbook": "offboard_services", "place": "here"},
        offboard_on_error="maybe",
        offboard_max_concurrency="many",
        live_platform_connection="x",
    )
    missing = "here: live_platform_services is not set, or null; it must be a list of services"
    assert any(line.startswith(missing) for line in said), said
    assert len(said) == 4, said
    assert all(line.startswith("here: ") for line in said)
    for name in ("offboard_on_error", "offboard_max_concurrency", "live_platform_connection"):
        assert name in " ".join(said)


def test_a_misspelt_variable_is_named_before_its_type(ansible: Ansible) -> None:
    said = message(
        ansible, "check_variables", {"playbook": "onboard_leads"}, live_platform_services=[], max_concurrency=3
    )
    assert said == [
        "unknown variable 'live_platform_services'; nearest: 'live_platform_service'",
        "unknown variable 'max_concurrency'; nearest: 'sbc_onboarding_max_concurrency'",
    ]


def test_what_cannot_be_checked_is_an_error(ansible: Ansible) -> None:
    wrong: dict[str, dict[str, Any]] = {
        "playbook: there is no 'onboard'; nearest: 'onboard_": {"playbook": "onboard"},
        "role: there is no '../x'": {"role": "../x"},
        "mine is a dictionary; it must be a list": {"services": {"short_name": "Brad"}, "services_name": "mine"},
        "live_platform_services is not set, or null": {"services": None},
    }
    messages, run = ansible.refusals("check_variables", wrong.values())
    for words, said in zip(wrong, messages, strict=True):
        assert words in said.splitlines()[0]
    assert run.sent == []


def test_warnings_and_problems_that_were_found_before_are_shown(ansible: Ansible) -> None:
    warned = ["live_platform_services[0] (Brad): odd\x1b[2J", "live_platform_services[0] (Brad): odd\x1b[2J"]
    run = ansible.play(
        task("warn", "check_variables", {"warnings": warned}),
        task("stop", "check_variables", {"warnings": [], "problems": ["{{ 1 + 1 }} is wrong"]}, ignore_errors=True),
        check=True,
    )
    assert run["warn"].state == "ok", run.output
    assert run.output.count("(Brad): odd") == 1
    assert "\x1b[2J" not in run.output
    assert run["stop"].message == "2 is wrong"


def test_a_list_is_read_from_a_string_with_its_passwords(ansible: Ansible) -> None:
    text = f"- {{ms_tenant_id: {BRAD}, short_name: Brad}}"
    options = {"services_text": text, "service_secrets": {"brad": {"Pin": SECRET}, "Nobody": {"Pin": "x"}}}
    run = ansible.play(
        task("check", "read_services", {**options, "check": True}),
        task("read", "read_services", options, no_log=True, register="read"),
        task("use", "ansible.builtin.assert", {"that": f"read.services[0].script_variables.Pin == '{SECRET}'"}),
    )
    assert run.rc == 0, run.output
    assert set(run["check"].result) & {"services", "answers"} == set()
    assert SECRET not in str(run["check"].result) + str(run["read"].result)


def test_what_cannot_be_read_is_named_and_no_value_is_shown(ansible: Ansible) -> None:
    wrong = {"answers": {"script_variables": f"CarrierUserPassword={SECRET}\nnothing"}, "answers_prefix": "mine_"}
    said = message(ansible, "read_services", wrong)
    assert [line.split(":")[0] for line in said] == ["mine_script_variables, line 1", "mine_script_variables, line 2"]
    assert SECRET not in str(said)
    secrets = {"services": LISTED, "service_secrets_text": f"Alder: {{SIP-HostName: {SECRET}}}"}
    assert message(ansible, "read_services", secrets) == [
        "live_platform_service_secrets_text: 'Alder': 'SIP-HostName' is given twice, with different values"
    ]


def test_the_answers_to_a_survey_are_one_service(ansible: Ansible) -> None:
    answers = {"ms_tenant_id": f" {BRAD} ", "sbc": "", "script_variables": "A = 1", "secret_script_variable": "B=2"}
    run = ansible.play(
        task("alone", "read_services", {"answers": answers}),
        task("beside", "read_services", {"services": LISTED, "answers": answers}),
        task("customers", "read_services", {"customers_text": f"Alder Logistics\n{BRAD}\n"}),
        task("nobody", "read_services", {"customers_text": "", "services": "{{ nothing | default(none) }}"}),
    )
    one = {"ms_tenant_id": BRAD, "script_variables": {"A": "1", "B": "2"}, "secret_script_parameters": ["B"]}
    assert run["alone"]["services"] == [run["alone"]["answers"]] == [one]
    assert run["beside"]["services"] == LISTED
    assert run["customers"]["services"] == [{"company_name": "Alder Logistics"}, {"ms_tenant_id": BRAD}]
    assert run["nobody"]["services"] is None


def test_names_are_resolved_step_by_step(ansible: Ansible) -> None:
    run = ansible.play(
        task("leads", "oc_lead_info", register="found"),
        task(
            "resolve",
            "resolve_services",
            {
                "step": "leads",
                "services": [{"company_name": "alder logistics", "short_name": "Alder"}, {"company_name": "Nobody"}],
                "service_defaults": {"sbc": "NL-SBC05"},
                "leads": "{{ found.leads }}",
            },
        ),
    )
    found = run["resolve"]
    assert found["services"][0]["ms_tenant_id"] == ALDER
    assert found["services"][0]["sbc"] == "NL-SBC05"
    assert [lead["ms_tenant_id"] for lead in found["leads"]] == [ALDER]
    assert "unknown company 'Nobody'" in " ".join(found["problems"])
