# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names that contradict each other, or that mean nothing, stop a playbook before its first write."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from harness.cast import BIRCH, BRAD, ELM, FJORD, FJORD_SERVICE, OPAL, by_names, short_names, writes
from harness.playbooks import COLLECTION, ROOT, Ansible, Run, role, task
from simulator.client import Simulator

ONBOARD, OFFBOARD, STATUS, LEADS = (
    f"{COLLECTION}.{name}" for name in ("onboard_services", "offboard_services", "service_status", "onboard_leads")
)
ALDERS_LEAD = "e17b3a52-60c4-4d9f-8a2e-000000000002"


def item(**more: Any) -> dict[str, Any]:
    """A service that could be made."""
    return {**by_names()[0], **more}


CONTRADICTORY: list[tuple[dict[str, Any], list[str]]] = [
    ({"ms_tenant_id": BRAD, "company_name": "Opal Travel", "short_name": "Brad01"}, ["Opal Travel", "Brad Telecom"]),
    ({"ms_tenant_id": BIRCH, "short_name": "Birch", "lead_id": ALDERS_LEAD}, [ALDERS_LEAD, BIRCH]),
    ({"ms_tenant_id": ELM, "short_name": "Elm", "ump_customer_guid": FJORD_SERVICE}, [FJORD_SERVICE, ELM]),
    ({"ms_tenant_id": FJORD, "short_name": "Fjord"}, ["'FjordShip', not 'Fjord'"]),
    ({"company_name": "Opal Travel", "short_name": "Opal"}, ["'Opal_Travel', not 'Opal'"]),
]


def nothing_written(run: Run, *words: str) -> None:
    assert run.rc != 0, run.output
    assert writes(run.sent) == []
    for word in words:
        assert word in run.text, word


def test_onboarding_names_all_contradictions_and_wrong_kinds_at_once(ansible: Ansible, simulator: Simulator) -> None:
    wrong = [item(**{"full_name": "Any", **given}) for given, _words in CONTRADICTORY]
    wrong[4].pop("ms_tenant_id")
    others = [
        item(
            ms_tenant_id="43e6da5c-29f8-4b41-9582-8c519470abd3",
            short_name="Cedar",
            onboarding_script="sbc-scenario7Cleanup",
        ),
        item(ms_tenant_id="54f7eb6d-3a09-4c52-a693-9d62a581bce4", short_name="Dune", online_pstn_gateway="oc9"),
    ]
    run = ansible.run(ONBOARD, variables={"live_platform_services": [*wrong, *others]})
    message = run["Stop when anything is wrong, before the first write"].message
    nothing_written(run)
    lines = message.splitlines()
    assert len(lines) == 7, message
    for number, (_given, words) in enumerate(CONTRADICTORY):
        for word in words:
            assert word in lines[number]
    assert "is an SBC cleanup script; right are: 'sbc-scenario7'" in lines[5]
    assert "unknown gateway 'oc9'; nearest: " in lines[6]


def test_offboarding_and_status_name_all_contradictions(ansible: Ansible, simulator: Simulator) -> None:
    wrong = [given for given, _words in CONTRADICTORY]
    words = [word for _given, words in CONTRADICTORY for word in words]
    run = ansible.run(OFFBOARD, variables={"live_platform_services": wrong})
    nothing_written(run, *words)
    assert len(run["Stop when anything is wrong, before the first write"].message.splitlines()) == 5
    run = ansible.run(STATUS, variables={"live_platform_services": [*wrong, {"ms_tenant_id": OPAL}]})
    nothing_written(run, *words)
    assert "Opal_Travel" in "".join(run["Show the status"]["msg"])


def test_whatever_a_tenant_has_is_deleted_only_on_request(ansible: Ansible, simulator: Simulator) -> None:
    run = ansible.run(OFFBOARD, variables={"live_platform_services": [{"ms_tenant_id": OPAL}]})
    nothing_written(run, "any_short_name: true")
    services = {"live_platform_services": [{"ms_tenant_id": OPAL, "any_short_name": True}]}
    for check in (True, False):
        run = ansible.run(OFFBOARD, check=check, variables=services)
        assert run.rc == 0, run.output
        assert "97 active users" in run.text
        (line,) = run["Show the results"]["msg"]
        assert "Opal_Travel" in line
        assert "Opal Travel" in line
    assert "Opal_Travel" not in short_names(simulator.state())


NO_LIST: dict[str, tuple[dict[str, Any], str]] = {
    "unknown": (
        {"live_platform_service": [item()]},
        "unknown variable 'live_platform_service'; nearest: 'live_platform_services'",
    ),
    "null": ({"live_platform_services": None}, "live_platform_services is not set, or null"),
    "empty": ({"live_platform_services": []}, "live_platform_services is empty"),
    "dictionary": ({"live_platform_services": item()}, "live_platform_services is a dictionary; it must be a list"),
}


def none_of_each() -> Iterator[Any]:
    """Each with the first playbook, and one with each of the others, which check their variables alike."""
    soon = {(OFFBOARD, "null"), (STATUS, "unknown"), *((ONBOARD, name) for name in NO_LIST)}
    for playbook, (name, (variables, words)) in product((ONBOARD, OFFBOARD, STATUS), NO_LIST.items()):
        marks = [] if (playbook, name) in soon else [pytest.mark.long]
        yield pytest.param(playbook, variables, words, id=f"{playbook}-{name}", marks=marks)


@pytest.mark.parametrize(("playbook", "variables", "words"), list(none_of_each()))
def test_a_list_that_is_none_is_named_at_once(
    ansible: Ansible, playbook: str, variables: dict[str, Any], words: str
) -> None:
    run = ansible.run(playbook, variables=variables)
    nothing_written(run, words)
    assert run.sent == []


def test_the_last_role_alone_takes_names(ansible: Ansible, simulator: Simulator) -> None:
    nothing_written(ansible.play(role("sbc_onboarding")), "live_platform_services is not set, or null")
    named = [item(company_name="Brad Telecom", ms_tenant_id=None)]
    run = ansible.play(role("sbc_onboarding", live_platform_services=named))
    assert run.rc == 0, run.output
    assert short_names(simulator.state()).count(named[0]["short_name"]) == 1
    again = ansible.play(
        role("lead_lookup", live_platform_services=named), role("sbc_onboarding", live_platform_services=named)
    )
    assert again.rc == 0, again.output
    assert writes(again.sent) == []


def inventory(ansible: Ansible, **hosts: dict[str, Any]) -> list[str]:
    return ["-i", str(ansible.file("hosts.json", {"all": {"hosts": hosts}}))]


def host(**more: Any) -> dict[str, Any]:
    service = {name: value for name, value in item(**more).items() if value is not None}
    return {"ms_tenant_id": service["ms_tenant_id"], "live_platform_service": service}


def test_hosts_are_onboarded_once_and_again_without_a_change(ansible: Ansible, simulator: Simulator) -> None:
    hosts = inventory(ansible, brad=host(company_name="Brad Telecom"))
    run = ansible.run(LEADS, *hosts)
    assert run.rc == 0, run.output
    assert "Bradx35340067" in short_names(simulator.state())
    again = ansible.run(LEADS, *hosts)
    assert again.rc == 0, again.output
    assert again.recap["changed"] == 0
    assert writes(again.sent) == []


@pytest.mark.long
def test_a_second_run_on_an_inventory_of_leads_changes_nothing(ansible: Ansible, simulator: Simulator) -> None:
    path = ansible.file("oc_leads.json", {})
    source = path.with_name("small.oc_leads.yml")
    source.write_text((ROOT / "inventory/oc_leads.yml").read_text())
    answers = {"onboard_leads_sbc": "NL-SBC05", "onboard_leads_online_pstn_gateway": "oc1"}
    limit = ["-i", str(source), "--limit", f"{BRAD},{FJORD},localhost"]
    first = ansible.run(LEADS, *limit, variables=answers)
    assert first.rc == 0, first.output
    assert first.text.count("has its service already") == 1
    again = ansible.run(LEADS, *limit, variables=answers)
    assert again.rc == 0, again.output
    assert again.recap["changed"] == 0
    assert again.text.count("has its service already") == 2
    assert writes(again.sent) == []


def test_problems_of_a_host_speak_of_the_host_and_of_what_was_written(ansible: Ansible) -> None:
    wrong = host(company_name="Opal Travel", sbc="NL-SBC5")
    twice = {"ms_tenant_id": BIRCH, "live_platform_service": item(ms_tenant_id=ELM)}
    run = ansible.run(LEADS, *inventory(ansible, brad=wrong, birch=twice))
    nothing_written(
        run,
        "host brad, live_platform_service (Bradx35340067): company_name 'Opal Travel'",
        "host brad, live_platform_service (Bradx35340067): unknown SBC 'NL-SBC5'",
        f"host birch: live_platform_service: ms_tenant_id '{ELM}' and ms_tenant_id '{BIRCH}' of the host contradict",
    )
    assert "live_platform_services[" not in run.text
    answered = {"ms_tenant_id": BRAD, "live_platform_service": {"short_name": "Brad01"}}
    run = ansible.run(
        LEADS,
        *inventory(ansible, brad=answered),
        variables={"onboard_leads_sbc": "NL-SBC5", "onboard_leads_onboarding_script": "sbc-scenario7"},
    )
    written = "live_platform_service, onboard_leads_onboarding_script, onboard_leads_sbc"
    nothing_written(run, f"host brad, {written} (Brad01): unknown SBC 'NL-SBC5'")


def test_a_module_fails_for_another_short_name(ansible: Ansible) -> None:
    run = ansible.play(
        task("one", "oc_service", {"ms_tenant_id": FJORD, "short_name": "Other"}, ignore_errors=True),
        task("many", "oc_services", {"services": [{"ms_tenant_id": FJORD, "short_name": "Other"}]}),
        check=True,
    )
    for name in ("one", "many"):
        assert run[name].failed
        assert "under the short name 'FjordShip', not 'Other'" in run[name].message


NOT_THERE: dict[str, tuple[dict[str, Any], str]] = {
    "oc_lead_info": ({"company_name": "Opal Travels"}, "nearest: 'Opal Travel'"),
    "oc_service_info": ({"short_name": "OpalTravel"}, "nearest: 'Opal_Travel'"),
    "sbc_info": ({"name": "NL-SBC5"}, "'NL-SBC05'"),
    "script_template_info": ({"name": "sbc-scenario77"}, "'sbc-scenario7'"),
    "sip_connection_info": ({"ump_customer_guid": FJORD_SERVICE[:-1] + "9"}, f"nearest: '{FJORD_SERVICE[:-1]}"),
}


def test_a_look_up_may_have_to_find_something(ansible: Ansible) -> None:
    tasks = []
    for module, (options, _words) in NOT_THERE.items():
        tasks += [
            task(f"{module} may be empty", module, options),
            task(f"{module} must find", module, {**options, "required": True}, ignore_errors=True),
        ]
    run = ansible.play(*tasks)
    for module, (_options, words) in NOT_THERE.items():
        assert run[f"{module} may be empty"].state == "ok"
        assert run[f"{module} must find"].failed
        assert words in run[f"{module} must find"].message


def test_options_of_the_service_are_named_before_those_of_the_connection(
    ansible: Ansible, simulator: Simulator
) -> None:
    wrong = {"ms_tenant_id": BRAD, "short_name": "B"}
    nothing = dict.fromkeys(simulator.environment)
    run = ansible.play(task("wrong", "oc_service", wrong), environment=nothing)
    message = run["wrong"].message
    assert 0 <= message.index("short_name must be") < message.index("base_url")


@pytest.mark.long
def test_a_change_is_claimed_by_the_run_that_submits(ansible: Ansible, simulator: Simulator) -> None:
    simulator.settings(task_seconds=60)
    waiting = {"live_platform_services": [item(secret_script_parameters=[])], "sbc_onboarding_wait": False}
    first = ansible.run(ONBOARD, variables=waiting)
    assert first["Create the services that do not exist"]["results"][0]["outcome"] == "created"
    assert first.recap["changed"] == 1
    assert "(item=" not in first.output  # nothing is hidden, so no step shows that it hides something
    again = ansible.run(ONBOARD, variables=waiting)
    assert again["Create the services that do not exist"]["results"][0]["outcome"] == "adopted"
    assert again.recap["changed"] == 0


def test_differences_diffs_and_lines_have_names_instead_of_ids(ansible: Ansible) -> None:
    wanted = item(
        ms_tenant_id=FJORD,
        short_name="FjordShip",
        sbc="NL-SBC06",
        online_pstn_gateway="oc2",
        script_variables={"IPPBX-ProxyAddress": "10.1.1.99", "SIP-HostName": "sip.fjord-shipping.example"},
    )
    run = ansible.run(ONBOARD, variables={"live_platform_services": [wanted, item()]}, check=True, diff=True)
    assert run.rc == 0, run.output
    for words in (
        "FjordShip (Fjord Shipping): The service exists and differs in what cannot be changed",
        "SBC is NL-SBC05 (id 2), wanted NL-SBC06 (id 3)",
        "IPPBX-ProxyAddress is 10.40.1.5, wanted 10.1.1.99",
        '"sbcId": "NL-SBC05 (id 2)"',
        '"IPPBX-ProxyAddress (CustomVar.Variable1)": "10.1.1.5"',
    ):
        assert words in run.text, words
    assert "[WARNING]: 2 services ('live_platform_services[0] (FjordShip)'" in run.text
