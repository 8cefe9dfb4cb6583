# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What one job hands to the next: no text of the platform, and plans that are kept to."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.numbers import NumberRecord
from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.services import Service, SiteLocation
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.errors import InputError
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.handed_on import fingerprint, id_or_none
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.outcome import Outcome
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.result import Result
from ansible_collections.audiocodes.live_platform.plugins.module_utils._report.approved_plan import (
    Link,
    keep_to,
    plan_differences,
    plan_problems,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._report.handed_on_records import (
    outcome_records,
    planned,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._report.planned_numbers import planned_numbers
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.numbers.plan import NumberPlan
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.numbers.terms import Terms
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.oc_service.request import (
    WantedService,
)

TENANT = "f9f53ee0-56e1-43f6-8fe3-5fb322986657"
ALDER = "21c4b83a-07d6-4f2f-9360-6a3f725e89b1"
TASK = "wst_80b54f45-6643-4fdf-960a-638c18edb787"
TEMPLATE = "{{ lookup('ansible.builtin.pipe', 'id') }}"


def records(**members: Any) -> tuple[list[dict[str, Any]], list[str]]:
    result = {"ms_tenant_id": TENANT, "short_name": "Brad", "outcome": "created", "task": {"id": TASK}, "failure": None}
    said: list[str] = []
    return outcome_records([{**result, **members}], said.append), said


def test_an_outcome_is_small_and_holds_no_text_of_the_platform() -> None:
    known = {"ms_tenant_id": TENANT, "short_name": "Brad", "outcome": "created", "task_id": TASK, "message": None}
    assert records() == ([known], [])
    failure = {"message": TEMPLATE, "http_status": 400, "errors": {"x": [TEMPLATE]}}
    said = {**known, "outcome": "failed", "message": "failed with HTTP status 400"}
    assert records(outcome="failed", failure=failure, service={"full_name": TEMPLATE}) == ([said], [])
    assert records(failure={"message": TEMPLATE, "http_status": TEMPLATE})[0][0]["message"] == "failed"
    assert records(task=None)[0][0]["task_id"] is None


@pytest.mark.parametrize("task_id", [TEMPLATE, "wst_ 1", "{% x %}", "wst_1\n", "", "a" * 101, "#id", "café"])
def test_an_id_that_has_not_the_form_of_one_is_not_handed_on_and_the_user_is_told(task_id: str) -> None:
    (record,), (said,) = records(task={"id": task_id})
    assert record["task_id"] is None
    assert "task of Brad" in said
    assert task_id not in said or not task_id
    assert records(short_name=task_id)[0][0]["short_name"] is None


@pytest.mark.parametrize("good", ["wst_" + TENANT, "tsk_185510", "tsk_msjob_" + TENANT, TENANT, "185510"])
def test_documented_ids_are_ids(good: str) -> None:
    assert id_or_none(good) == good


SERVICE = Service(
    "0f3f5c9a-3b0e-4a8e-9f55-1d2c3b4a5e6f",
    "Brad",
    "Brad Telecom",
    3,
    40,
    TENANT,
    site_locations=(SiteLocation("1", "SIP", 2, "Deployed", "SipTrunk"),),
)
WANTED = WantedService(
    {
        "ms_tenant_id": TENANT,
        "short_name": "Brad",
        "full_name": TEMPLATE,
        "licensed_users": 60,
        "site_location": {"sbc_id": 2},
        "script_parameters": {"CarrierUserPassword": "planted", "ProxySet": "SIPTrunk"},
        "application": {"client_id": "one", "client_secret": "planted"},
    }
)


def change(wanted: Any, existing: Any, option: str = "licensed_users", action: str = "would_update") -> dict[str, Any]:
    return {"option": option, "wanted": wanted, "existing": existing, "action": action}


def item(outcome: Outcome, wanted: WantedService = WANTED, actual: Service | None = None, **members: Any) -> Any:
    return planned(Result(wanted, outcome, actual=actual, **members), lambda value: value)


def other(**options: Any) -> WantedService:
    return replace(WANTED, options={**WANTED.options, **options})


CREATE = item(Outcome.WOULD_CREATE)
UPDATE = item(Outcome.WOULD_UPDATE, actual=SERVICE, differences=[change(60, 40), change(3, 2, "sbc", "immutable")])
DELETE = item(Outcome.WOULD_DELETE, actual=SERVICE)


def test_a_plan_holds_no_text_and_no_secret() -> None:
    for each in (CREATE, UPDATE, DELETE):
        text = json.dumps([each["starts_from"], each["request"]])
        assert not [word for word in ("{{", "lookup", "Telecom", "planted", "SIP", "Deployed") if word in text], text
    assert UPDATE["starts_from"]["licensed_users"] == 40
    assert UPDATE["request"] == {"licensed_users": 60}
    # The fingerprint of a secret is that of its mask, so that nobody can try passwords on it.
    renewed = item(Outcome.WOULD_CREATE, other(application={"client_id": "one", "client_secret": "new"}))
    assert renewed == CREATE


@pytest.mark.parametrize(
    ("plan", "now", "said"),
    [
        (CREATE, CREATE, []),
        (CREATE, {**CREATE, "ms_tenant_id": TENANT.upper()}, []),
        (CREATE, item(Outcome.UNCHANGED), ["Brad: was planned as 'would_create', and would be 'unchanged' now"]),
        (
            CREATE,
            item(Outcome.WOULD_CREATE, other(site_location={"sbc_id": 3})),
            ["Brad: site_location.sbc_id was planned as '2', and is '3' now"],
        ),
        (
            CREATE,
            item(Outcome.WOULD_CREATE, other(application={"client_id": "two", "client_secret": "x"})),
            ["Brad: application.client_id was planned as something else"],
        ),
        (CREATE, item(Outcome.WOULD_CREATE, other(licensed_users=None)), ["planned as '60', and is nothing now"]),
        (UPDATE, UPDATE, []),
        (
            UPDATE,
            item(Outcome.WOULD_UPDATE, actual=SERVICE, differences=[change(60, 500)]),
            ["Brad: licensed_users was '40' when the plan was made, and is '500' now"],
        ),
        (UPDATE, item(Outcome.WOULD_UPDATE, actual=SERVICE, differences=[change(70, 40)]), ["planned as '60'"]),
        (
            UPDATE,
            item(Outcome.WOULD_UPDATE, actual=replace(SERVICE, ump_customer_guid="x"), differences=[change(60, 40)]),
            ["Brad: ump_customer_guid was something else when the plan was made"],
        ),
        (DELETE, DELETE, []),
        (DELETE, item(Outcome.WOULD_DELETE, actual=replace(SERVICE, ump_customer_guid="x")), ["ump_customer_guid was"]),
        (DELETE, item(Outcome.WOULD_DELETE, actual=replace(SERVICE, licensed_users=900)), ["'40' when", "900"]),
        (DELETE, item(Outcome.WOULD_DELETE, actual=replace(SERVICE, site_locations=())), ["site_locations was"]),
        (item(Outcome.UNCHANGED), item(Outcome.UNCHANGED, other(licensed_users=1)), []),
    ],
)
def test_a_plan_holds_while_the_same_is_done_with_the_same(plan: Any, now: Any, said: list[str]) -> None:
    found = plan_differences([plan], [now], Link.SERVICE)
    assert len(found) == bool(said), found
    assert all(words in found[0] for words in said), found


def test_a_customer_on_one_side_only_is_a_difference() -> None:
    alder = {**CREATE, "ms_tenant_id": ALDER, "short_name": "Alder"}
    assert plan_differences([CREATE], [CREATE, alder], Link.SERVICE) == ["Alder: is not in the plan"]
    said = ["Alder: is in the plan, but not in the list of services"]
    assert plan_differences([CREATE, alder], [CREATE], Link.SERVICE) == said
    assert plan_differences([CREATE, alder], [CREATE], Link.SERVICE, whole=False) == []


@pytest.mark.parametrize(
    "wrong", [{"outcome": None}, {"link": "x"}, {"link": None}, {"starts_from": None}, {"request": 1}]
)
def test_what_is_no_plan_is_a_problem(wrong: Any) -> None:
    assert plan_problems([{**CREATE, **wrong}]) == [
        "plan must be what a run in check mode has returned as plan, in full"
    ]
    assert plan_problems([{}])
    assert plan_problems([CREATE, UPDATE, DELETE]) == []


def test_what_was_planned_otherwise_is_an_error_that_names_each_difference() -> None:
    keep_to([CREATE], [CREATE], Link.SERVICE)
    with pytest.raises(InputError) as failure:
        keep_to([CREATE], [item(Outcome.WOULD_CREATE, other(channel_id=7))], Link.SERVICE)
    first, second = failure.value.problems
    assert first.startswith("what was planned cannot be done any more, so nothing is done")
    assert second == "Brad: channel_id was planned as nothing, and is '7' now"


ONE, TWO = 31201000000, 31201000001
RECORD = NumberRecord(ONE, "Active", "Unassigned", "webapi", "p1", capabilities=("UserAssignment",))


def numbers(existing: NumberRecord | None = RECORD, **lists: Any) -> dict[str, Any]:
    there = {} if existing is None else {existing.number: existing}
    return planned_numbers(TENANT, "Brad", NumberPlan(**lists), there)


def test_numbers_are_planned_as_ranges() -> None:
    plan = numbers(upload={TWO: Terms("p1")}, release=[ONE])
    assert (plan["link"], plan["outcome"]) == ("numbers", "would_update")
    assert plan["request"]["upload"] == ["+31201000001"]
    assert plan["request"]["release"] == ["+31201000000"]
    assert set(plan["starts_from"]) == {"release"}
    assert numbers(unchanged=[ONE])["outcome"] == "unchanged"
    assert "Active" not in json.dumps(plan)


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (numbers(upload={TWO: Terms("p1")}, release=[ONE]), None),
        (numbers(unchanged=[ONE]), "would be 'unchanged' now"),
        (
            numbers(upload={TWO: Terms("p1"), TWO + 1: Terms("p1")}, release=[ONE]),
            "numbers to upload was planned as '+31201000001', and is '+31201000001-+31201000002' now",
        ),
        (numbers(upload={TWO: Terms("p2")}, release=[ONE]), "upload_terms was planned as something else"),
        (numbers(upload={TWO: Terms("p1")}), "numbers to release"),
        (numbers(upload={TWO: Terms("p1")}, release=[ONE], unassign=[ONE]), "unassign was planned as nothing"),
        (
            numbers(RECORD._replace(assignment="UserAssigned"), upload={TWO: Terms("p1")}, release=[ONE]),
            "release was something else when the plan was made",
        ),
        (numbers(RECORD._replace(source="webui"), upload={TWO: Terms("p1")}, release=[ONE]), "release was something"),
    ],
)
def test_a_plan_of_numbers_holds_for_these_numbers_as_they_were(now: Any, said: str | None) -> None:
    plan = [CREATE, numbers(upload={TWO: Terms("p1")}, release=[ONE])]
    found = plan_differences(plan, [now], Link.NUMBERS)
    assert bool(found) == bool(said), found
    assert said is None or said in " ".join(found)
    assert plan_differences([CREATE], [now], Link.NUMBERS) == [
        "Brad: has numbers in the list of services, but not in the plan"
    ]


def test_fingerprints_tell_values_apart() -> None:
    values = [None, "", "None", 0, "0", False, [], ["a"], {"a": 1}, "a" * 300, "\ud800"]
    assert len({fingerprint(value) for value in values}) == len(values)
