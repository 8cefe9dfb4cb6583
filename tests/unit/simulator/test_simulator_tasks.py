# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What tasks show, and when."""

import time
from typing import Any

import pytest

from simulator.client import Simulator

BRAD = "f9f53ee0-56e1-43f6-8fe3-5fb322986657"


def test_an_unknown_task_is_a_bare_sentence(platform: Any) -> None:
    response = platform.ask("GET", "/api/v2/task/wst_none")
    assert (response.status_code, response.json()) == (404, "Task with wst_none not found")


def test_a_fresh_task_may_be_unknown_and_an_old_one_forgotten(simulator: Simulator, platform: Any) -> None:
    simulator.settings(task_seconds=10, task_404_seconds=3, task_kept_seconds=20)
    path = f"/api/v2/task/{platform.created()}"
    seen = []
    for seconds in (0, 4, 8, 20):
        simulator.advance(seconds)
        seen.append(platform.ask("GET", path).status_code)
    assert seen == [404, 200, 200, 404]


def test_the_state_tells_when_a_task_ends_and_when_its_end_was_first_read(simulator: Simulator, platform: Any) -> None:
    simulator.settings(task_seconds=10)
    before = time.time()
    task_id = platform.created()
    (task,) = simulator.state()["tasks"]
    assert before + 10 <= task["ends_at"] <= time.time() + 10
    platform.task(task_id)
    assert simulator.state()["tasks"][0]["seen_at"] is None
    simulator.advance(11)
    before = time.time()
    platform.task(task_id)
    seen_at = simulator.state()["tasks"][0]["seen_at"]
    assert before <= seen_at <= time.time()
    platform.task(task_id)
    assert simulator.state()["tasks"][0]["seen_at"] == seen_at


def test_all_literals_but_success_can_be_changed(simulator: Simulator, platform: Any) -> None:
    simulator.settings(
        task_seconds=10,
        status_queued="waiting",
        status_running="In Progress",
        status_failed="Broken",
        fail_tasks=[BRAD],
    )
    task_id = platform.created()
    seen = []
    for seconds in (0, 5, 6):
        simulator.advance(seconds)
        seen.append(platform.task(task_id)["status"])
    assert seen == ["waiting", "In Progress", "Broken"]


def test_a_failing_task_says_why_and_leaves_nothing(simulator: Simulator, platform: Any) -> None:
    simulator.settings(fail_tasks=["brad01"])
    task_id = platform.created()
    simulator.advance(1)
    task = platform.task(task_id)
    assert (task["status"], task["executionMessages"][-1]["level"]) == ("Failed", "Error")
    assert platform.service() is None
    simulator.settings(fail_tasks=[])
    assert platform.create().status_code == 200


@pytest.mark.parametrize(("form", "name"), [("camel", "umpCustomerGuid"), ("pascal", "UmpCustomerGuid")])
def test_the_output_may_hold_the_guid(simulator: Simulator, platform: Any, form: str, name: str) -> None:
    simulator.settings(output_guid=form)
    task_id = platform.created()
    simulator.advance(1)
    assert platform.task(task_id)["outputData"] == {name: platform.service()["UmpCustomerGuid"]}


def test_success_may_carry_an_error_message(simulator: Simulator, platform: Any) -> None:
    simulator.settings(error_message_on_success=True)
    task_id = platform.created()
    simulator.advance(1)
    task = platform.task(task_id)
    assert task["status"] == "CompletedSuccess"
    assert "Error" in [each["level"] for each in task["executionMessages"]]


@pytest.mark.parametrize(("form", "details"), [("null_items", [None]), ("null", None), ("empty", [])])
def test_details_before_the_end(simulator: Simulator, platform: Any, form: str, details: Any) -> None:
    simulator.settings(details_before_end=form, task_seconds=50)
    assert platform.task(platform.created())["details"] == details


def test_extra_members_appear_on_demand(simulator: Simulator, platform: Any) -> None:
    simulator.settings(task_extra_members=True)
    task = platform.task(platform.created())
    assert task["completeTime"] == "0001-01-01T00:00:00"
    assert len(task["createTime"].split(".")[1]) == len("1234567Z")


def test_tasks_of_chosen_tenants_take_their_own_time(simulator: Simulator, platform: Any) -> None:
    simulator.settings(task_seconds=1, task_seconds_by_tenant={BRAD: 100})
    task_id = platform.created()
    simulator.advance(50)
    assert platform.task(task_id)["status"] == "InProgress"


def test_the_control_plane_moves_ends_and_disguises_tasks(simulator: Simulator, platform: Any) -> None:
    simulator.settings(task_seconds=1000)
    task_id = platform.created()
    simulator.task(task_id, progress=0.6)
    assert platform.task(task_id)["status"] == "InProgress"
    simulator.task(task_id, show={"status": "Pondering"}, messages=[{"level": "Warning", "message": "hm"}])
    task = platform.task(task_id)
    assert task["status"] == "Pondering"
    assert {"level": "Warning", "message": "hm"} in task["executionMessages"]
    simulator.task(task_id, show={}, finish="success")
    assert platform.task(task_id)["status"] == "CompletedSuccess"
    assert platform.service() is not None
    with pytest.raises(ValueError, match="there is no task"):
        simulator.task("wst_none", finish="success")


def test_a_task_that_is_forced_to_fail_makes_no_service(simulator: Simulator, platform: Any) -> None:
    simulator.settings(task_seconds=1000)
    task_id = platform.created()
    simulator.task(task_id, finish="failure")
    assert platform.task(task_id)["status"] == "Failed"
    simulator.advance(2000)
    assert platform.service() is None


def test_a_task_takes_its_real_time_without_any_help(simulator: Simulator, platform: Any) -> None:
    task_id = platform.created()
    assert platform.task(task_id)["status"] != "CompletedSuccess"
    # 0.2 s is the fixtures' task time; each request takes far less.
    for _number in range(2000):
        if platform.task(task_id)["status"] == "CompletedSuccess":
            break
    entries = [each for each in simulator.log() if "/task/" in each["path"]]
    assert 0.1 < entries[-1]["time"] - entries[0]["time"] < 2
