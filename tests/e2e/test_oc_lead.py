# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Consentless leads: made once, whatever happens to an answer; only those are deleted."""

from typing import Any

import pytest

from harness.cast import BRAD, CEDAR, FJORD, NOBODY
from harness.playbooks import Ansible, task
from simulator.client import Simulator

LEAD = {"ms_tenant_id": NOBODY, "company_name": "Juniper Books"}
CREATE = {"method": "POST", "path": "/api/v2/oc/lead$"}
DELETE = {"method": "DELETE", "path": "/api/v2/oc/lead$"}
POST = "POST /api/v2/oc/lead"


def leads_of(simulator: Simulator, tenant: str) -> list[dict[str, Any]]:
    return [lead for lead in simulator.state()["leads"] if lead["tenantId"] == tenant]


def test_a_lead_is_created_once_and_deleted_once(ansible: Ansible, simulator: Simulator) -> None:
    gone = {"ms_tenant_id": NOBODY, "state": "absent"}
    run = ansible.play(
        task("create", "oc_lead", LEAD),
        task("again", "oc_lead", LEAD),
        task("named otherwise", "oc_lead", {**LEAD, "company_name": "Juniper"}),
        task("delete", "oc_lead", gone),
        task("delete again", "oc_lead", gone),
        diff=True,
    )
    create = run["create"]
    assert (create["outcome"], create.changed) == ("created", True), run.output
    assert create["lead"]["is_direct_lead"] is True
    assert create["request"] == {"tenantId": NOBODY, "companyName": "Juniper Books"}
    assert create["diff"]["before"] == {"state": "absent"}
    assert (run["again"]["outcome"], run["again"].changed) == ("unchanged", False)
    other = run["named otherwise"]
    assert not other.changed
    assert "company_name is 'Juniper Books', wanted 'Juniper'" in other.warnings
    name = {"option": "company_name", "wanted": "Juniper", "existing": "Juniper Books", "action": "immutable"}
    assert other["differences"] == [name]
    assert (run["delete"]["outcome"], run["delete"].changed) == ("deleted", True)
    assert run["delete"]["diff"]["before"]["lead"]["company_name"] == "Juniper Books"
    assert not run["delete again"].changed
    assert run.sent.count(POST) == 1
    assert leads_of(simulator, NOBODY) == []


def test_check_mode_only_reads_and_says_the_same(ansible: Ansible, simulator: Simulator) -> None:
    tasks = [task("create", "oc_lead", LEAD), task("delete", "oc_lead", {"ms_tenant_id": CEDAR, "state": "absent"})]
    check, real = ansible.play(*tasks, check=True, diff=True), ansible.play(*tasks, diff=True)
    assert [check[name]["outcome"] for name in ("create", "delete")] == ["would_create", "would_delete"], check.output
    assert {sent.split()[0] for sent in check.sent if "/oc/" in sent} == {"GET"}
    for name in ("create", "delete"):
        assert check[name].changed == real[name].changed
        assert check[name]["diff"] == real[name]["diff"]


@pytest.mark.parametrize(
    ("action", "outcome"),
    [
        pytest.param({"type": "reset_after"}, "adopted", id="taken, and the answer is lost"),
        pytest.param(
            {"type": "status", "status": 502, "body": "<html></html>", "when": "after"},
            "adopted",
            id="taken, and a proxy answers",
            marks=pytest.mark.long,
        ),
        pytest.param({"type": "reset_before"}, "failed", id="not taken, and nobody knows"),
    ],
)
def test_a_lost_answer_is_settled_and_the_request_is_not_sent_again(
    ansible: Ansible, simulator: Simulator, action: dict[str, Any], outcome: str
) -> None:
    simulator.faults({"match": CREATE, "action": action})
    options = {**LEAD, "settle_timeout": 2}
    run = ansible.play(task("create", "oc_lead", options, ignore_errors=True), task("again", "oc_lead", options))
    create = run["create"]
    assert create["outcome"] == outcome, run.output
    assert create.changed is (outcome == "adopted")
    assert len([sent for sent in create.sent if sent == POST]) == 1
    assert run["again"]["outcome"] == ("unchanged" if outcome == "adopted" else "created")
    assert len(leads_of(simulator, NOBODY)) == 1
    if outcome == "failed":
        assert "could not be found out within 2 seconds: the list of leads does not show the lead" in create.message


def test_a_lead_that_the_platform_says_exists_is_unchanged_once_it_is_shown(
    ansible: Ansible, simulator: Simulator
) -> None:
    """Somebody else makes it between the look and the request."""
    body = '{"errors": {"TenantId": ["This MsTenant already exists as an UMP lead!"]}, "status": 400}'
    simulator.faults({"match": CREATE, "action": {"type": "status", "status": 400, "body": body, "when": "after"}})
    run = ansible.play(task("create", "oc_lead", LEAD))
    assert (run["create"]["outcome"], run["create"].changed) == ("unchanged", False), run.output
    assert "The platform refused the request, since the lead is there" in run["create"].warnings


def test_a_lead_with_consent_is_enough_and_is_never_deleted(ansible: Ansible, simulator: Simulator) -> None:
    brad = {"ms_tenant_id": BRAD}
    run = ansible.play(
        task("present", "oc_lead", {**brad, "company_name": "Brad Telecom"}),
        task("absent", "oc_lead", {**brad, "state": "absent"}, ignore_errors=True),
        task("with a service", "oc_lead", {"ms_tenant_id": FJORD, "state": "absent"}, ignore_errors=True),
    )
    assert (run["present"]["outcome"], run["present"].changed) == ("unchanged", False)
    assert "came with the customer's consent" in run["present"].warnings
    assert run["absent"].failed
    assert "only a consentless lead is deleted" in run["absent"].message
    assert run["with a service"].failed
    assert len(leads_of(simulator, BRAD)) == len(leads_of(simulator, FJORD)) == 1
    assert not [sent for sent in run.sent if sent.startswith("DELETE")]


def test_the_name_of_another_customer_is_an_error_before_anything_is_sent(
    ansible: Ansible, simulator: Simulator
) -> None:
    for check in (True, False):
        run = ansible.play(task("create", "oc_lead", {**LEAD, "company_name": "Brad Telecom"}), check=check)
        create = run["create"]
        assert create.failed
        assert f"'Brad Telecom' is already that of the lead of tenant {BRAD}" in create.message
        assert POST not in run.sent


def test_wrong_options_are_one_error(ansible: Ansible) -> None:
    run = ansible.play(task("create", "oc_lead", {"ms_tenant_id": "Brad", "settle_timeout": -1}))
    message = run["create"].message
    assert "ms_tenant_id must be a GUID" in message
    assert "company_name is required to create a lead" in message
    assert "settle_timeout must be a number of seconds" in message
    assert run.sent == []


def test_the_answer_to_a_deletion_is_lost(ansible: Ansible, simulator: Simulator) -> None:
    simulator.faults({"match": DELETE, "action": {"type": "reset_after"}})
    run = ansible.play(task("delete", "oc_lead", {"ms_tenant_id": CEDAR, "state": "absent"}))
    assert (run["delete"]["outcome"], run["delete"].changed) == ("deleted", True), run.output
    assert leads_of(simulator, CEDAR) == []
