# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbooks of the collection, as a user and as a job template run them."""

from typing import Any

import pytest

from harness.cast import BRAD, FJORD, LEADS, POST, SERVICE_LIST, by_names, logins, short_names, writes
from harness.playbooks import COLLECTION, Ansible, Run
from simulator.client import Simulator

ONBOARD, OFFBOARD, STATUS = (
    f"{COLLECTION}.{name}" for name in ("onboard_services", "offboard_services", "service_status")
)


def services(**more: Any) -> dict[str, Any]:
    return {"live_platform_services": by_names("planted-Carrier~pw.23"), **more}


def looked(run: Run, what: str) -> int:
    """How often a look-up was made before the first write, or at all."""
    before = run.sent[: run.sent.index(POST)] if POST in run.sent else run.sent
    return before.count(what)


def test_onboarding_creates_what_is_missing_and_changes_nothing_again(ansible: Ansible, simulator: Simulator) -> None:
    check = ansible.run(ONBOARD, check=True, diff=True, variables=services())
    assert check.rc == 0, check.output
    assert writes(check.sent) == []
    planned = check["Create the services that do not exist"]

    run = ansible.run(ONBOARD, diff=True, verbosity=4, variables=services())
    assert run.rc == 0, run.output
    done = run["Create the services that do not exist"]
    assert [result["outcome"] for result in done["results"]] == ["created", "created", "unchanged"]
    assert [result["outcome"] for result in planned["results"]] == ["would_create", "would_create", "unchanged"]
    assert [each["request"] for each in done["results"]] == [each["request"] for each in planned["results"]]
    assert done["diff"] == planned["diff"]
    assert run.recap["changed"] == check.recap["changed"] == 1
    # Right before a submission, what was read a while ago is read again: the lead of each of the two, and the list for
    # both. What was made is read back, and in the end the list is read once more, for a second service of a tenant.
    looks = ((LEADS, 1, 3), (SERVICE_LIST, 1, 4), ("GET /api/v2/oc/callingprofile", 1, 1))
    for lookup, planning, doing in looks:
        assert looked(check, lookup) == planning, lookup
        assert looked(run, lookup) <= doing, lookup
    assert logins(check.sent) == 1
    assert logins(run.sent) == 0
    for name in ("Bradx35340067", "Kestrel_Air", "FjordShip"):
        assert name in run.text
        assert short_names(simulator.state()).count(name) == 1
    assert "deployed on SBC NL-SBC05 (id 2)" in run.text

    again = ansible.run(ONBOARD, variables=services())
    assert again.rc == 0, again.output
    assert again.recap["changed"] == 0
    assert writes(again.sent) == []


@pytest.mark.long
def test_offboarding_deletes_what_is_there_and_nothing_again(ansible: Ansible, simulator: Simulator) -> None:
    ansible.run(ONBOARD, variables=services())
    keep = {**services(), "offboard_numbers": "keep"}
    check = ansible.run(OFFBOARD, check=True, variables=keep)
    assert writes(check.sent) == []
    assert check.recap["changed"] == 1
    run = ansible.run(OFFBOARD, variables=keep)
    assert run.rc == 0, run.output
    assert run.recap["changed"] == 1
    assert [each["outcome"] for each in run["Delete the services that exist"]["results"]] == ["deleted"] * 3
    assert not {"Bradx35340067", "Kestrel_Air", "FjordShip"} & set(short_names(simulator.state()))
    again = ansible.run(OFFBOARD, variables=keep)
    assert again.rc == 0, again.output
    assert again.recap["changed"] == 0
    assert writes(again.sent) == []


def test_offboarding_stops_at_a_wrong_name_before_it_deletes_anything(ansible: Ansible, simulator: Simulator) -> None:
    wrong: list[dict[str, Any]] = [
        {"ms_tenant_id": FJORD},
        {"company_name": "Opal Travels", "any_short_name": True},
        {"ms_tenant_id": "nonsense", "short_name": "Other"},
    ]
    run = ansible.run(OFFBOARD, variables={"live_platform_services": wrong})
    message = run["Stop when anything is wrong, before the first write"].message
    assert run.rc != 0
    assert "live_platform_services[0]: short_name is missing: only a service of this short name is deleted" in message
    assert "'Opal Travel'" in message
    assert "nonsense" in message
    assert writes(run.sent) == []
    run = ansible.run(OFFBOARD, variables={"live_platform_services": [{"ms_tenant_id": FJORD, "short_name": "Other"}]})
    assert run.rc != 0
    assert "under the short name 'FjordShip', not 'Other'" in run.text
    assert "FjordShip" in short_names(simulator.state())


def test_the_status_is_shown_of_all_or_of_those_in_a_list(ansible: Ansible) -> None:
    run = ansible.run(STATUS)
    assert run.rc == 0, run.output
    for words in ("FjordShip", "Opal_Travel", "deployed on SBC NL-SBC05 (id 2)"):
        assert words in run.text
    assert "NimbusHosted" not in run.text
    assert run.recap["changed"] == 0
    assert len(run.sent) == 4
    run = ansible.run(STATUS, variables=services(), check=True)
    assert run.rc == 0, run.output
    records = run["Set the status records"]["ansible_facts"]["service_status_records"]
    states = {record["ms_tenant_id"].lower(): record["state"] for record in records}
    assert states[BRAD] == "no_service"
    assert states[FJORD] == "deployed"


@pytest.mark.long
def test_the_connection_can_be_a_variable_and_the_inventory_ones_own(ansible: Ansible, simulator: Simulator) -> None:
    inventory = ansible.folder / "hosts"
    inventory.write_text("localhost\nrouter.example\n")
    facts = simulator.facts
    names = ("base_url", "auth_tenant_id", "client_id", "client_secret", "auth_scope", "auth_url")
    connection = {name: facts[name] for name in names}
    nothing = dict.fromkeys(simulator.environment)
    run = ansible.run(
        STATUS,
        "-i",
        str(inventory),
        variables={"live_platform_connection": connection},
        environment=nothing,
        verbosity=4,
    )
    assert run.rc == 0, run.output
    assert "FjordShip" in run.text
    run = ansible.run(
        ONBOARD,
        "-i",
        str(inventory),
        variables=services(live_platform_connection=connection),
        environment=nothing,
        check=True,
    )
    assert run.rc == 0, run.output
    assert logins(run.sent) <= 1
    run = ansible.run(STATUS, "-i", str(inventory), environment=nothing)
    assert run.rc != 0
    assert "LIVE_PLATFORM_BASE_URL" in run.text


@pytest.mark.long
def test_a_failing_service_is_told_and_the_others_are_made(ansible: Ansible, simulator: Simulator) -> None:
    simulator.settings(fail_tasks=["Kestrel_Air"])
    run = ansible.run(ONBOARD, variables=services())
    assert run.rc != 0
    said = "\n".join(run["Show the results"]["msg"])
    assert "Bradx35340067" in said
    assert "Kestrel_Air" in said
    assert "failed" in said
    assert "Bradx35340067" in short_names(simulator.state())
    simulator.settings(fail_tasks=[])
    run = ansible.run(ONBOARD, variables=services())
    assert run.rc == 0, run.output
    assert run["Create the services that do not exist"]["summary"]["created"] == 1


def test_the_later_jobs_wait_and_name_what_is_not_there(ansible: Ansible, simulator: Simulator) -> None:
    simulator.settings(task_seconds=60, deploy_seconds=5, deploy_fails=["Kestrel_Air"])
    submitted = ansible.run(ONBOARD, variables=services(sbc_onboarding_wait=False))
    assert submitted.rc == 0, submitted.output
    outcomes = submitted["Pass the outcomes to the next job"]["ansible_stats"]["data"]["live_platform_outcomes"]
    handed_on = {"live_platform_outcomes": outcomes}

    late = ansible.run(f"{COLLECTION}.wait_for_services", variables={**handed_on, "wait_for_services_timeout": 0.2})
    assert late.rc != 0
    assert "did not end within 0.2 seconds" in late["Stop when a service is not there"].message
    simulator.advance(60)
    waited = ansible.run(f"{COLLECTION}.wait_for_services", variables=handed_on)
    assert waited.rc == 0, waited.output

    verified = ansible.run(f"{COLLECTION}.verify_services", variables={**handed_on, "verify_services_timeout": 6})
    assert verified.rc != 0
    (line,) = verified["Stop when a SIP connection is not deployed"].message.splitlines()
    assert line.startswith("Kestrel_Air     not_deployed")
    assert "SIP connection Kestrel_Air 'Failed' on SBC 5" in line
    assert sum(sent == SERVICE_LIST for sent in verified.sent) > 2
    assert writes([*late.sent, *waited.sent, *verified.sent]) == []
