# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What one job hands to the next, and plans that are kept to."""

from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.errors import InputError
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.oc_service.records import (
    keep_to,
    outcome_records,
    plan_differences,
    plan_problems,
    planned,
)

TENANT = "f9f53ee0-56e1-43f6-8fe3-5fb322986657"


def outcome(**members: Any) -> dict[str, Any]:
    known = {"ms_tenant_id": TENANT, "short_name": "Brad", "outcome": "created", "task_id": "wst_1", "message": None}
    return {**known, **members}


def test_a_record_is_small_and_holds_no_request() -> None:
    results = [
        {
            "ms_tenant_id": TENANT,
            "short_name": "Brad",
            "outcome": "failed",
            "task": {"id": "wst_1"},
            "request": {"scriptParameters": {"CarrierUserPassword": "x"}},
            "failure": {"message": "no"},
        },
        {"ms_tenant_id": TENANT, "short_name": None, "outcome": "unchanged", "task": None, "failure": None},
    ]
    assert outcome_records(results) == [
        outcome(outcome="failed", message="no"),
        outcome(outcome="unchanged", short_name=None, task_id=None),
    ]


def checked(name: str = "would_create", **request: Any) -> dict[str, Any]:
    body = {"customerShortName": "Brad", "siteLocation": {"sbcId": 2}, **request}
    return {"ms_tenant_id": TENANT, "short_name": "Brad", "outcome": name, "request": body}


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ([checked()], []),
        ([{**checked(), "ms_tenant_id": TENANT.upper()}], []),
        ([checked("unchanged")], ["Brad: was planned as 'would_create', and would be 'unchanged' now"]),
        ([checked(siteLocation={"sbcId": 3})], ["Brad: siteLocation.sbcId was planned as '2', and is '3' now"]),
        ([checked(channelId="7")], ["Brad: channelId was planned as nothing, and is '7' now"]),
        ([], ["Brad: is in the plan, but not in the list of services"]),
        ([checked(), {**checked(), "ms_tenant_id": "other", "short_name": "Alder"}], ["Alder: is not in the plan"]),
    ],
)
def test_a_plan_holds_when_the_same_would_be_done(now: list[dict[str, Any]], said: list[str]) -> None:
    assert plan_differences(now, planned([checked()])) == said


def test_a_service_that_stays_as_it_is_may_be_asked_for_in_other_words() -> None:
    assert planned([checked("unchanged")])[0]["request"] is None
    assert plan_differences([checked("unchanged", channelId="7")], planned([checked("unchanged")])) == []


@pytest.mark.parametrize("plan", [[{}], [{"ms_tenant_id": TENANT}], [*planned([checked()]), {"outcome": "unchanged"}]])
def test_what_is_no_plan_is_a_problem(plan: Any) -> None:
    assert plan_problems(plan) == ["plan must be what oc_services has returned as plan in check mode, in full"]
    assert plan_problems(planned([checked()])) == []


def test_what_was_planned_otherwise_is_an_error_that_names_each_difference() -> None:
    keep_to(planned([checked()]), [checked()])
    with pytest.raises(InputError) as failure:
        keep_to(planned([checked()]), [checked(channelId="7")])
    first, second = failure.value.problems
    assert first.startswith("what was planned cannot be done any more, so nothing is done")
    assert second == "Brad: channelId was planned as nothing, and is '7' now"


def test_a_plan_of_changes_holds_only_while_the_changes_are_the_same() -> None:
    def changing(users: int) -> dict[str, Any]:
        change = {"option": "licensed_users", "wanted": users, "existing": 10, "action": "would_update"}
        stays = {"option": "site_location.sbc_id", "wanted": 3, "existing": 2, "action": "immutable"}
        return {**checked("would_update"), "differences": [change, stays]}

    plan = planned([changing(20)])
    assert plan[0]["request"] == {"licensed_users": 20}
    assert plan_differences([changing(20)], plan) == []
    (said,) = plan_differences([changing(30)], plan)
    assert "licensed_users was planned as '20', and is '30' now" in said
