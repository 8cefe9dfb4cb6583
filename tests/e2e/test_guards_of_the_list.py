# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A list with many customers: all guards before the first write, and changes that count although others fail."""

from typing import Any
from uuid import uuid4

import pytest

from e2e.test_handed_on import handed_on
from e2e.test_numbers import CUSTOMER, numbers_of
from harness.cast import ALDER, BIRCH, writes
from harness.playbooks import COLLECTION, Ansible, Run
from simulator.client import Simulator

ALDERS: dict[str, Any] = {**CUSTOMER, "numbers": ["+31201000000-+31201000009"]}
BIRCHES: dict[str, Any] = {
    **CUSTOMER,
    "company_name": "Birch Insurance",
    "short_name": "Birch",
    "numbers": ["+31201000100-+31201000109"],
}
TWO: dict[str, Any] = {"live_platform_services": [ALDERS, BIRCHES]}


def serve(simulator: Simulator, *customers: tuple[str, dict[str, Any]]) -> None:
    """Let the customers have their services and their numbers."""
    simulator.seed(
        services=[
            {
                "ump_customer_guid": str(uuid4()),
                "customer_short_name": item["short_name"],
                "customer_full_name": item["company_name"],
                "license_type": 3,
                "ms_tenant_id": tenant,
            }
            for tenant, item in customers
        ],
        numbers=[
            {"tenant_id": tenant, "start": item["numbers"][0].split("-")[0], "count": 10, "source": "webapi"}
            for tenant, item in customers
        ],
    )


def test_offboarding_releases_nothing_when_one_number_is_assigned(ansible: Ansible, simulator: Simulator) -> None:
    serve(simulator, (ALDER, ALDERS), (BIRCH, BIRCHES))
    simulator.change_numbers("+31201000105", assignment_status="UserAssigned")
    release = {**TWO, "offboard_numbers": "release"}
    stopped = [
        ansible.run(f"{COLLECTION}.offboard_services", check=check, variables=release) for check in (True, False)
    ]
    for run in stopped:
        assert run.rc != 0
        assert not writes(run.sent)
        assert "nothing is released or deleted" in run.text, run.output
        assert "Birch: 1 number has failed: release of +31201000105: somebody uses it (UserAssigned)" in run.text, (
            run.output
        )
        assert "Alder" not in run.text.split("nothing is released or deleted")[1].split("PLAY RECAP")[0]
    gone = ansible.run(f"{COLLECTION}.offboard_services", variables={**release, "offboard_on_assigned": "unassign"})
    assert gone.rc == 0, gone.output
    assert numbers_of(simulator) == numbers_of(simulator, BIRCH) == {}


@pytest.mark.parametrize("on_error", ["continue", "stop"])
def test_a_customer_whose_numbers_stay_keeps_its_service(ansible: Ansible, simulator: Simulator, on_error: str) -> None:
    serve(simulator, (ALDER, ALDERS), (BIRCH, BIRCHES))
    simulator.faults(
        {
            "match": {"method": "POST", "path": "/oc/numbers/action/release"},
            "occurrence": [2],
            "action": {"type": "status", "status": 400},
        }
    )
    variables = {**TWO, "offboard_numbers": "release", "offboard_on_error": on_error}
    run = ansible.run(f"{COLLECTION}.offboard_services", variables=variables)
    assert run.rc != 0
    assert run.recap["changed"] >= 1, run.output
    assert "Birch: its service is kept, since its numbers are not released: 10 numbers have failed" in run.text, (
        run.output
    )
    left = {each["customer_short_name"] for each in simulator.state()["services"]}
    assert "Birch" in left
    assert ("Alder" in left) is (on_error == "stop")


def test_numbers_of_the_list_are_one_check_with_everything_else(ansible: Ansible, simulator: Simulator) -> None:
    wrong = [
        {**ALDERS, "numbers": ["+31201000000-+31201000009", {"number": "+31201000003", "ignore": True}]},
        {**BIRCHES, "sbc": "NL-SBC99", "numbers": ["+31201000003", "+31201000007-+31201000012", "12"]},
        {**CUSTOMER, "company_name": "Brad Telecom", "short_name": "Brad", "calling_profile": "Benelux caling"}
        | {"numbers": [{"number": "+31201000200", "calling_profile": "No such one"}]},
    ]
    variables = {"live_platform_services": wrong, "live_platform_service_defaults": {"numbers": ["+31201000300"]}}
    for playbook, check in (("onboard_services", True), ("onboard_services", False), ("manage_numbers", False)):
        run = ansible.run(f"{COLLECTION}.{playbook}", check=check, variables=variables)
        assert run.rc != 0
        assert not writes(run.sent)
        for words in (
            "live_platform_services[0] (Alder) and live_platform_services[1] (Birch) both name "
            "+31201000007-+31201000009",
            "live_platform_services[1] (Birch): numbers[2]: '12' is no telephone number",
            "live_platform_services[2] (Brad): there is no calling profile 'Benelux caling'",
            "live_platform_services[2] (Brad): there is no calling profile 'No such one'",
            "live_platform_service_defaults: numbers",
        ):
            assert words in run.text, (playbook, words, run.output)
        assert "name +31201000003" not in run.text  # Alder leaves it alone
        assert ("NL-SBC99" in run.text) is (playbook == "onboard_services")


def test_numbers_wait_for_a_service_that_is_not_there(ansible: Ansible, simulator: Simulator) -> None:
    before = ansible.run(f"{COLLECTION}.onboard_services", variables={"live_platform_services": [BIRCHES]})
    assert before.rc == 0, before.output
    simulator.settings(task_seconds=8)
    no_wait = {
        "live_platform_services": [ALDERS, {**BIRCHES, "numbers": [*BIRCHES["numbers"], "+31201000110"]}],
        "sbc_onboarding_wait": False,
    }
    first = ansible.run(f"{COLLECTION}.onboard_services", variables=no_wait)
    assert first.rc == 0, first.output
    assert "Alder: its numbers wait for the service; run again" in first.text, first.output
    assert numbers_of(simulator) == {}
    assert len(numbers_of(simulator, BIRCH)) == 11
    second = ansible.run(f"{COLLECTION}.onboard_services", variables={**no_wait, "sbc_onboarding_wait": True})
    assert second.rc == 0, second.output
    assert len(numbers_of(simulator)) == 10
    assert "wait for the service" not in second.text


def test_prune_looks_at_all_customers_before_it_releases_anything(ansible: Ansible, simulator: Simulator) -> None:
    serve(simulator, (ALDER, ALDERS), (BIRCH, BIRCHES))
    fewer = [{**ALDERS, "numbers": ["+31201000000-+31201000008"]}, {**BIRCHES, "numbers": []}]
    variables = {"live_platform_services": fewer, "customer_numbers_prune": True}
    run = ansible.run(f"{COLLECTION}.manage_numbers", variables=variables)
    assert run.rc != 0
    assert "Birch: prune would release all 10 numbers, since the list is empty" in run.text, run.output
    assert not writes(run.sent)


def test_what_was_changed_counts_although_another_customer_fails(ansible: Ansible, simulator: Simulator) -> None:
    simulator.settings(failing_numbers=["+31201000105"])
    variables = {**TWO, "customer_numbers_verify_timeout": 2}
    run = ansible.run(f"{COLLECTION}.manage_numbers", variables=variables)
    assert run.rc != 0
    assert run.recap["changed"] == 1, run.output
    assert len(numbers_of(simulator)) == 10
    assert "Birch: 1 number has failed" in run.text, run.output
    simulator.reset()
    simulator.faults(
        {
            "match": {"method": "POST", "path": "/api/v3/customer"},
            "occurrence": [2],
            "action": {"type": "status", "status": 400},
        }
    )
    # The journal tells of numbers that this platform has never had
    other = {f"{role}_journal_path": str(ansible.folder / "other") for role in ("sbc_onboarding", "customer_numbers")}
    run = ansible.run(f"{COLLECTION}.onboard_services", variables={**TWO, **other})
    assert run.rc != 0
    assert run.recap["changed"] == 2, run.output  # a service, and its numbers
    assert "1 of 2 services failed. " in run.text, run.output


HOSTS = ((ALDER, ALDERS), (BIRCH, BIRCHES))


def _without_company(item: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if name != "company_name"}


def onboard_leads(ansible: Ansible, *hosts: tuple[str, dict[str, Any]], **variables: Any) -> Run:
    """Run the playbook with a host for each customer."""
    own = {
        tenant: {
            "ansible_connection": "local",
            "live_platform_service": _without_company(item),
        }
        for tenant, item in hosts
    }
    inventory = str(ansible.file("hosts.json", {"all": {"hosts": own}}))
    return ansible.run(f"{COLLECTION}.onboard_leads", "-i", inventory, variables=variables)


def test_the_numbers_of_all_hosts_are_checked_before_the_first_host_writes(
    ansible: Ansible, simulator: Simulator
) -> None:
    doubled = {**BIRCHES, "numbers": ["+31201000007-+31201000012"], "calling_profile": "Benelux caling"}
    run = onboard_leads(ansible, (ALDER, ALDERS), (BIRCH, doubled))
    assert run.rc != 0
    assert not writes(run.sent), run.output
    assert f"host {ALDER} and host {BIRCH} both name +31201000007-+31201000009" in run.text, run.output
    assert f"host {BIRCH}: there is no calling profile 'Benelux caling'" in run.text, run.output


def test_a_plan_for_several_hosts_is_carried_out_in_full_or_not_at_all(ansible: Ansible, simulator: Simulator) -> None:
    listed = [{"ms_tenant_id": tenant, **_without_company(item)} for tenant, item in HOSTS]
    dry = ansible.run(f"{COLLECTION}.onboard_services", check=True, variables={"live_platform_services": listed})
    plan = handed_on(dry)["live_platform_plan"]
    assert len(plan) == 4, plan
    fewer = [each for each in plan if each["ms_tenant_id"] == ALDER]
    for hosts, approved, words in (
        (HOSTS[:1], plan, f"{BIRCH}: is in the plan, but no host of this run"),
        (HOSTS, fewer, f"{BIRCH}: is not in the plan"),
        (
            HOSTS,
            [each for each in plan if each["link"] == "service"],
            "has numbers in the list of services, but not in",
        ),
    ):
        run = onboard_leads(ansible, *hosts, live_platform_plan=approved)
        assert run.rc != 0, run.output
        assert not writes(run.sent), run.output
        assert words in run.text, run.output
    done = onboard_leads(ansible, *HOSTS, live_platform_plan=plan)
    assert done.rc == 0, done.output
    assert len(numbers_of(simulator)) == len(numbers_of(simulator, BIRCH)) == 10
