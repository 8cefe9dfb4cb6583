# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is told of customers: what there is of them, which services are not there, and what to do."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.leads import Lead
from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.services import Service, SiteLocation
from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.tasks import Message, Task
from ansible_collections.audiocodes.live_platform.plugins.module_utils._report.status.advice import advice_lines
from ansible_collections.audiocodes.live_platform.plugins.module_utils._report.status.customers import status_of
from ansible_collections.audiocodes.live_platform.plugins.module_utils._report.status.outcomes import (
    outcome_problems,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._report.status.unfinished import unfinished
from ansible_collections.audiocodes.live_platform.plugins.module_utils._report.status.words import status_lines
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.oc_service.display_names import (
    DisplayNames,
)

TENANT = "f9f53ee0-56e1-43f6-8fe3-5fb322986657"
DEPLOYED, DEPLOYING = (SiteLocation("1", "Brad01", 2, state, None) for state in ("Deployed", "Deploying"))


def service(*sites: SiteLocation, tenant: str = TENANT, code: int = 3) -> Service:
    return Service("guid", "Brad01", "Brad Telecom", code, ms_tenant_id=tenant, site_locations=sites)


THERE = service(DEPLOYED, tenant=TENANT.upper())
LEADS = [
    Lead("1", TENANT, "Active", "Brad Telecom"),
    Lead("2", "t2", "Active", "Twin"),
    Lead("3", "t3", "Active", "Twin"),
    Lead("4", "t4", "Removed", "Late", ump_customer_guid="g"),
]


def test_every_customer_that_is_asked_for_has_a_record() -> None:
    wanted = [
        {"company_name": "brad telecom", "short_name": "Brad01"},
        {"ms_tenant_id": "T2", "short_name": "Two"},
        {"company_name": "Twin", "short_name": "Three"},
        {"company_name": "Nobody", "short_name": "Four"},
        {"ms_tenant_id": "t4", "short_name": "Five"},
        {"short_name": "Six"},
    ]
    records = status_of([service(DEPLOYED)], LEADS, wanted)
    states = ["deployed", "no_service", "unknown", "unknown", "not_listed", "unknown"]
    assert [record["state"] for record in records] == states
    assert "2 tenants" in records[2]["problem"]
    assert "names no customer" in records[5]["problem"]
    lines = status_lines(records)
    assert len(lines) == 6
    assert lines[0].endswith("lead Active     SIP connection Brad01 deployed on SBC 2")
    assert "unknown company 'Nobody'" in lines[3]
    assert lines[1].endswith("lead Active     no SIP connection")


def test_without_a_list_only_operator_connect_services_are_shown() -> None:
    services = [service(DEPLOYING), service(tenant="t2", code=2)]
    assert [record["state"] for record in status_of(services, LEADS)] == ["not_deployed"]
    assert status_of(services, LEADS, []) == []


def test_a_customer_is_deployed_when_all_its_sip_connections_are() -> None:
    states = [
        status_of([service(*sites)], [])[0]["state"]
        for sites in ((), (DEPLOYED,), (DEPLOYED, DEPLOYING), (SiteLocation("1", "x", 2, None, None),))
    ]
    assert states == ["not_deployed", "deployed", "not_deployed", "not_deployed"]


def test_an_sbc_has_its_name_when_that_is_known() -> None:
    names = DisplayNames.from_options({"sbcs": {2: "NL-SBC05"}})
    (record,) = status_of([service(DEPLOYING)], LEADS, None, names)
    assert record["site_locations"][0]["sbc_name"] == "NL-SBC05"
    assert status_lines([record])[0].endswith("SIP connection Brad01 'Deploying' on SBC NL-SBC05 (id 2)")


def test_the_lead_that_is_shown_is_the_active_one() -> None:
    leads = [Lead("old", TENANT, "Removed", "Brad Ltd"), Lead("new", TENANT, "Active", "Brad Telecom")]
    (record,) = status_of([], leads, [{"ms_tenant_id": TENANT}])
    assert (record["lead_id"], record["lead_status"], record["full_name"]) == ("new", "Active", "Brad Telecom")


def outcome(**members: Any) -> dict[str, Any]:
    known = {"ms_tenant_id": TENANT, "short_name": "Brad", "outcome": "created", "task_id": "wst_1", "message": None}
    return {**known, **members}


def task(status: str | None, *messages: str) -> Task:
    return Task("wst_1", status, messages=tuple(Message("Error", text) for text in messages), polls=1)


@pytest.mark.parametrize(
    ("record", "tasks", "services", "words"),
    [
        (outcome(), [task("CompletedSuccess")], [], None),
        (outcome(), [], [THERE], None),
        (outcome(), [task(None)], [THERE], None),
        *((outcome(outcome=name, task_id=None), [], [], None) for name in ("would_create", "skipped", "deleted")),
        (outcome(), [task("InProgress")], [], "is running"),
        (outcome(), [task("Failed", "the SBC refused")], [], "the SBC refused"),
        (outcome(), [task(None)], [], "not known"),
        (outcome(), [], [], "no task is known"),
        (outcome(outcome="failed", task_id=None, message="no lead"), [], [], "Brad: no lead"),
        (outcome(outcome="failed", task_id=None, message="no lead"), [], [THERE], None),
    ],
)
def test_what_is_not_there_is_named(
    record: dict[str, Any], tasks: list[Task], services: list[Service], words: str | None
) -> None:
    found = unfinished([record], tasks, services)
    if words is None:
        assert found == []
    else:
        assert len(found) == 1
        assert words in found[0]


def test_a_task_that_did_not_end_in_time_is_named_although_the_service_is_there() -> None:
    found = unfinished([outcome()], [task("InProgress")], [THERE], {"wst_1": "Task wst_1 did not end."})
    assert found == ["Brad: Task wst_1 did not end."]


@pytest.mark.parametrize(
    ("record", "tasks", "services", "said", "todo"),
    [
        (outcome(), [task("CompletedSuccess")], [THERE], "there and deployed", "nothing"),
        (outcome(), [], [service()], "not deployed", "the node that verifies"),
        (outcome(), [], [service(DEPLOYED, DEPLOYING)], "not deployed", "the node that verifies"),
        (outcome(), [task("CompletedSuccess")], [], "succeeded", "nothing"),
        (outcome(), [task("InProgress")], [], "running", "the node that waits"),
        (outcome(), [task("Failed", "refused.")], [], "refused. What", "launch the workflow again"),
        (outcome(), [task("Odd")], [], "Odd", "in the portal"),
        (outcome(outcome="failed", task_id=None, message="no lead"), [], [], "no lead", "launch the workflow again"),
        (outcome(task_id=None), [], [], "no task is known", "in the portal"),
    ],
)
def test_advice_says_what_is_known_and_what_to_do(
    record: dict[str, Any], tasks: list[Task], services: list[Service], said: str, todo: str
) -> None:
    (line,) = advice_lines([record], tasks, services)
    assert line.startswith("Brad: ")
    assert said in line
    assert todo in line.partition("What to do: ")[2]


@pytest.mark.parametrize(
    ("given", "count"),
    [
        (None, 0),
        ([], 0),
        ([outcome()], 0),
        ([outcome(outcome=None)], 1),
        ([outcome(outcome=["created"])], 1),
        ([{}], 2),
        ("text", 0),
    ],
)
def test_what_is_no_outcome_is_told(given: object, count: int) -> None:
    found = outcome_problems(given)
    assert len(found) == count
    assert all(problem.startswith("outcomes[0] has no ") for problem in found)
