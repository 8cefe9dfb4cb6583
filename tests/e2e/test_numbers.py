# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Telephone numbers with the real ansible-playbook: uploaded, released, and read back."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from harness.cast import ALDER, BIRCH, BRAD, FJORD, writes
from harness.playbooks import COLLECTION, Ansible, Step, task
from simulator.client import Simulator
from simulator.sent_numbers import releases_of, uploads_of

BLOCK = "+31201000000-+31201000099"
COMMON: dict[str, Any] = {"ms_tenant_id": ALDER, "customer": "Alder"}
TENANT: dict[str, Any] = {"ms_tenant_id": ALDER}


def numbers_of(simulator: Simulator, tenant: str = ALDER) -> dict[str, Any]:
    """The numbers of a tenant, in truth."""
    return dict(sorted(simulator.state()["numbers"].get(tenant, {}).items()))


def reasons(step: Step) -> dict[str, str]:
    """Why numbers have failed."""
    return {each["number"]: each["reason"] for each in step["failed_numbers"]}


def test_a_block_is_uploaded_once_and_released(ansible: Ansible, simulator: Simulator) -> None:
    wanted = {**COMMON, "numbers": [BLOCK, {"number": "+31201000500", "usage": "conference"}], "batch_size": 50}
    run = ansible.play(
        task("check", "oc_numbers", wanted, check_mode=True, diff=True),
        task("upload", "oc_numbers", wanted, diff=True),
        task("again", "oc_numbers", wanted),
        task("look", "oc_number_info", {**TENANT, "numbers": ["+31201000500"]}),
        task("release", "oc_numbers", {**COMMON, "state": "absent", "numbers": [BLOCK]}),
        task("gone", "oc_numbers", {**COMMON, "state": "absent", "numbers": [BLOCK]}),
    )
    assert [run[name].changed for name in ("check", "upload", "again", "release", "gone")] == [
        True,
        True,
        False,
        True,
        False,
    ], run.output
    assert run["check"]["diff"] == run["upload"]["diff"]
    assert not writes(run["check"].sent)
    assert run["upload"]["uploaded"] == [BLOCK, "+31201000500"]
    assert run["upload"]["summary"]["batches"] == 3
    assert run["again"]["summary"]["unchanged"] == 101
    assert not writes(run["again"].sent)
    assert run["look"]["counts"]["status"] == {"Active": 1}
    assert "ConferenceAssignment" in run["look"]["numbers"][0]["capabilities"]
    assert run["release"]["released"] == [BLOCK]
    assert list(numbers_of(simulator)) == ["+31201000500"]
    assert set(uploads_of(simulator.log()).values()) == {1}
    assert set(releases_of(simulator.log()).values()) == {1}
    assert "Alder: 101 of 101 uploaded, batch" in run.output


@pytest.mark.parametrize("partial", ["hidden", pytest.param("listed", marks=pytest.mark.long), "failed"])
def test_some_numbers_fail_and_only_the_rest_is_sent_again(
    ansible: Ansible, simulator: Simulator, partial: str
) -> None:
    bad = ["+31201000003", "+31201000077"]
    simulator.settings(failing_numbers=bad, partial_upload=partial)
    wanted = {**COMMON, "numbers": [BLOCK], "validate": False, "verify_timeout": 2}
    first = ansible.play(task("upload", "oc_numbers", wanted))["upload"]
    assert first.state == "failed"
    assert first["summary"]["uploaded"] == 98
    assert first["summary"]["failed"] == 2
    assert sorted(reasons(first)) == bad
    if partial != "hidden":
        assert all("NumberNotAccepted" in reason for reason in reasons(first).values()), reasons(first)
    assert len(numbers_of(simulator)) == 98
    simulator.clear_log()
    simulator.settings(failing_numbers=[bad[0]])
    corrected = {**wanted, "numbers": [{"number": bad[0], "ignore": True}, BLOCK]}
    second = ansible.play(task("upload", "oc_numbers", corrected))["upload"]
    if partial == "hidden":  # the task has succeeded a moment ago, so the list may only be late
        assert list(reasons(second)) == [bad[1]]
        assert uploads_of(simulator.log()) == Counter()
        return
    assert second["uploaded"] == [bad[1]]
    assert uploads_of(simulator.log()) == Counter({bad[1]: 1})


def test_the_platform_is_asked_before_the_upload(ansible: Ansible, simulator: Simulator) -> None:
    simulator.settings(failing_numbers=["+31201000003"])
    wanted = {**COMMON, "numbers": [BLOCK]}
    run = ansible.play(
        task("check", "oc_numbers", wanted, check_mode=True),
        task("ask", "oc_numbers", {**wanted, "validate": "always"}, check_mode=True, ignore_errors=True),
        task("upload", "oc_numbers", wanted, ignore_errors=True),
    )
    assert not writes(run["check"].sent)
    assert [each.rsplit("/", 1)[-1] for each in writes(run["ask"].sent)] == ["number-status"]
    assert list(reasons(run["ask"])) == list(reasons(run["upload"])) == ["+31201000003"]
    assert "the platform answers 'Failed'" in reasons(run["upload"])["+31201000003"]
    assert uploads_of(simulator.log())["+31201000003"] == 0
    assert len(numbers_of(simulator)) == 99


def test_prune_does_not_empty_a_customer_by_accident(ansible: Ansible, simulator: Simulator) -> None:
    simulator.seed(
        numbers=[
            {"tenant_id": ALDER, "start": "+31201000000", "count": 10, "source": "webapi"},
            {"tenant_id": ALDER, "start": "+31201000100", "count": 3, "source": "ocsync"},
            {"tenant_id": ALDER, "telephone_number": "+31201000200", "assignment_status": "UserAssigned"},
        ]
    )
    wanted = {**COMMON, "prune": True, "validate": False}
    keep = {**wanted, "numbers": ["+31201000000-+31201000007"]}
    run = ansible.play(
        task("empty", "oc_numbers", {**wanted, "numbers": []}, ignore_errors=True),
        task("many", "oc_numbers", {**keep, "max_prune": 2}, ignore_errors=True),
        task("check", "oc_numbers", {**keep, "on_assigned": "skip"}, check_mode=True),
        task("assigned", "oc_numbers", keep, ignore_errors=True),
        task("unassign", "oc_numbers", {**keep, "on_assigned": "unassign"}),
    )
    assert "allow_empty" in run["empty"]["msg"]
    assert "max_prune allows 2" in run["many"]["msg"]
    assert not writes(run["empty"].sent)
    assert not writes(run["many"].sent)
    assert run["check"]["released"] == ["+31201000008-+31201000009"]
    assert reasons(run["assigned"]) == {"+31201000200": "somebody uses it (UserAssigned)"}
    assert run["assigned"]["released"] == ["+31201000008-+31201000009"]
    assert run["unassign"]["unassigned"] == run["unassign"]["released"] == ["+31201000200"]
    left = numbers_of(simulator)
    assert [number for number in left if left[number]["source"] == "ocsync"] == [
        "+31201000100",
        "+31201000101",
        "+31201000102",
    ]
    assert len(left) == 11


def test_a_host_for_each_lead_brings_its_numbers(ansible: Ansible, simulator: Simulator) -> None:
    service = {"sbc": "NL-SBC05", "onboarding_script": "sbc-scenario7"}
    variables = {"IPPBX-ProxyAddress": "10.1.1.5", "IPPBX-ProxyAddress-SIPPort": "5060", "SIP-HostName": "sip.example"}
    numbers = {"short_name": "Alder", "numbers": [BLOCK]}
    hosts = {
        ALDER: {"live_platform_service": numbers},
        BRAD: {"live_platform_service": {"short_name": "Brad"}},
    }
    inventory = ansible.file("leads.json", {"all": {"hosts": hosts}})
    common = {"live_platform_service_defaults": {**service, "script_variables": variables, "usage": "user"}}
    playbook = f"{COLLECTION}.onboard_leads"
    first = ansible.run(playbook, "-i", str(inventory), variables=common)
    assert first.rc == 0, first.output
    assert len(numbers_of(simulator)) == 100
    assert numbers_of(simulator, BRAD) == {}
    second = ansible.run(playbook, "-i", str(inventory), variables=common)
    assert second.rc == 0, second.output
    assert writes(second.sent) == []
    wrong = {**hosts, BIRCH: {"live_platform_service": {"short_name": "Birch", "numbers": ["+31 20 x"]}}}
    ansible.file("leads.json", {"all": {"hosts": wrong}})
    third = ansible.run(playbook, "-i", str(inventory), variables=common)
    assert "'+31 20 x' is no telephone number" in third.text
    assert writes(third.sent) == []


def test_every_problem_of_the_list_is_named_before_anything_is_sent(
    ansible: Ansible, simulator: Simulator, tmp_path: Path
) -> None:
    file = tmp_path / "numbers.csv"
    file.write_text(
        "start;end;usage\n+31201000000;+31201000009;user\n+3120100000x;;\n+31201000020;+31201000010;phone\n"
    )
    wrong = {
        **COMMON,
        "numbers": ["+31201000005", 31201000006, "0031 20 1000007", {"number": "+31201000008", "colour": "red"}],
        "numbers_file": str(file),
        "batch_size": 0,
    }
    step = ansible.play(task("wrong", "oc_numbers", wrong))["wrong"]
    assert step.state == "failed"
    message = step["msg"]
    for words in (
        "numbers[1]: 31201000006 is a number of YAML",
        "numbers[2]: '0031 20 1000007' is no telephone number",
        "is it '+31201000007'?",
        "numbers[3]: unknown key 'colour'",
        "numbers.csv line 3: give either number, or start and end",
        "numbers.csv line 4: +31201000020 comes after +31201000010",
        "numbers.csv line 4: usage must be one of",
        "numbers[0] and numbers.csv line 2 both name +31201000005",
        "batch_size must be",
    ):
        assert words in message, message
    assert not step.sent


def test_numbers_that_microsoft_no_longer_has(ansible: Ansible, simulator: Simulator) -> None:
    simulator.seed(numbers=[{"tenant_id": ALDER, "start": "+31201000000", "count": 6}])
    simulator.change_numbers(*[f"+3120100000{n}" for n in range(4)], acquired_number_status="MarkedForRemoval")
    confirm = {**TENANT, "state": "confirmed", "numbers": ["+31201000000-+31201000001", "+31201000005"]}
    run = ansible.play(
        task("marked", "oc_number_info", {**TENANT, "statuses": ["marked for removal"]}),
        task("check", "oc_number_removal", {**confirm, "numbers": confirm["numbers"][:1]}, check_mode=True),
        task("confirm", "oc_number_removal", confirm, ignore_errors=True),
        task("clear", "oc_number_removal", {**TENANT, "state": "cleared", "numbers": ["+31201000002-+31201000003"]}),
        task("again", "oc_number_removal", {**TENANT, "state": "cleared", "numbers": ["+31201000002"]}),
    )
    assert run["marked"]["ranges"] == ["+31201000000-+31201000003"]
    assert not writes(run["check"].sent)
    assert run["check"].changed
    assert run["confirm"]["summary"] == {"requested": 3, "confirmed": 2, "unchanged": 0, "failed": 1}
    assert run["confirm"]["results"][2]["reason"] == "its status is 'Active', not marked"
    assert run["clear"].changed
    assert not run["again"].changed
    assert [each["status"] for each in numbers_of(simulator).values()] == [
        "ReadyForRemoval",
        "ReadyForRemoval",
        "Active",
        "Active",
        "Active",
        "Active",
    ]


def test_numbers_come_late_and_on_pages_of_any_kind(ansible: Ansible, simulator: Simulator) -> None:
    simulator.settings(number_page_max=30, number_page_base=0, number_lag_seconds=1.5, number_status_form="null")
    wanted = {**COMMON, "numbers": [BLOCK], "calling_profile": "benelux calling", "validate": False}
    run = ansible.play(task("upload", "oc_numbers", wanted), task("again", "oc_numbers", wanted))
    assert run["upload"]["uploaded"] == [BLOCK]
    assert not run["again"].changed
    # The profiles, and four pages, each of which is read twice: the list may move while it is read
    assert run["again"]["summary"]["requests"] <= 9
    simulator.settings(number_page_max=200, number_page_large="reject", number_page_totals=False, number_page_base=1)
    again = ansible.play(task("again", "oc_numbers", wanted))["again"]
    assert again["summary"]["unchanged"] == 100


def test_filters_on_numbers(ansible: Ansible) -> None:
    expressions = {
        "all": "['+31201000000-+31201000002', {'number': '+31201000010'}] | audiocodes.live_platform.expand_numbers",
        "ranges": "['+31201000001', '+31201000010', '+31201000000'] | audiocodes.live_platform.number_ranges",
        "free": "['+31201000000-+31201000009'] | audiocodes.live_platform.free_numbers(['+31201000001'], 2)",
    }
    run = ansible.play(
        *[task(name, "ansible.builtin.debug", {"msg": f"{{{{ {text} }}}}"}) for name, text in expressions.items()],
        task(
            "few",
            "ansible.builtin.debug",
            {"msg": "{{ ['+31201000000'] | audiocodes.live_platform.free_numbers([], 2) }}"},
            ignore_errors=True,
        ),
    )
    assert run["all"]["msg"] == ["+31201000000", "+31201000001", "+31201000002", "+31201000010"]
    assert run["ranges"]["msg"] == ["+31201000000-+31201000001", "+31201000010"]
    assert run["free"]["msg"] == ["+31201000000", "+31201000002"]
    assert "the pool has 1 free numbers, and 2 are asked for" in str(run["few"]["msg"])


def test_a_lost_answer_is_settled_by_the_list(ansible: Ansible, simulator: Simulator) -> None:
    upload = {"method": "POST", "path": "/oc/numbers/action/upload"}
    simulator.faults({"match": upload, "occurrence": [2], "action": {"type": "reset_after"}})
    wanted = {**COMMON, "numbers": [BLOCK], "batch_size": 25}
    step = ansible.play(task("upload", "oc_numbers", wanted))["upload"]
    assert step["summary"]["uploaded"] == 100, step.result
    assert set(uploads_of(simulator.log()).values()) == {1}


def test_fjord_keeps_its_numbers(ansible: Ansible, simulator: Simulator) -> None:
    found = ansible.play(task("look", "oc_number_info", {"ms_tenant_id": FJORD}))["look"]
    assert found["counts"]["assignment"] == {"Unassigned": 1, "UserAssigned": 2}
    assert {each["customer"] for each in found["numbers"]} != {None}


CUSTOMER: dict[str, Any] = {
    "company_name": "Alder Logistics",
    "short_name": "Alder",
    "sbc": "NL-SBC05",
    "onboarding_script": "sbc-scenario7",
    "proxy_set": "SIPTrunk",
    "online_pstn_gateway": "oc1.sandbox2.audiocodes.be",
    "calling_profile": "Benelux calling",
    "usage": "user",
}


@pytest.mark.parametrize("count", [20, pytest.param(500, marks=pytest.mark.long)])
def test_from_a_lead_to_numbers_and_back_with_one_list(ansible: Ansible, simulator: Simulator, count: int) -> None:
    numbers_wanted = [f"+31201000000-+31201000{count - 1:03}"]
    variables = {"live_platform_services": [{**CUSTOMER, "numbers": numbers_wanted}]}
    check = ansible.run(f"{COLLECTION}.onboard_services", check=True, variables=variables)
    assert check.rc == 0, check.output
    assert not writes(check.sent)
    first = ansible.run(f"{COLLECTION}.onboard_services", variables=variables)
    assert first.rc == 0, first.output
    assert len(numbers_of(simulator)) == count
    second = ansible.run(f"{COLLECTION}.onboard_services", variables=variables)
    assert second.recap["changed"] == 0, second.output
    numbers = ansible.run(f"{COLLECTION}.manage_numbers", variables=variables)
    assert numbers.recap["changed"] == 0, numbers.output
    assert f"Alder: 0 uploaded, 0 released, {count} unchanged, 0 failed" in numbers.text
    refused = ansible.run(f"{COLLECTION}.offboard_services", variables=variables)
    assert refused.rc != 0
    assert "nothing is deleted: Alder still has numbers; offboard_numbers=release" in refused.text
    assert not writes(refused.sent)
    gone = ansible.run(f"{COLLECTION}.offboard_services", variables={**variables, "offboard_numbers": "release"})
    assert gone.rc == 0, gone.output
    assert numbers_of(simulator) == {}
    assert set(uploads_of(simulator.log()).values()) == {1}


def test_wrong_numbers_of_an_item_are_named_before_anything_is_sent(ansible: Ansible, simulator: Simulator) -> None:
    wrong = {**CUSTOMER, "numbers": ["+31201000000-+31201000009", "+31201000003", "12"], "usage": "phone"}
    run = ansible.run(f"{COLLECTION}.onboard_services", variables={"live_platform_services": [wrong]})
    assert run.rc != 0
    for words in ("usage must be one of", "numbers[2]: '12' is no telephone number", "both name +31201000003"):
        assert words in run.text, run.output
    assert not writes(run.sent)
