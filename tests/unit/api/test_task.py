# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the words of a task mean."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.json_reader import Reader
from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.tasks import (
    RUNNING_WORDS,
    Task,
    TaskState,
    read_state,
)
from harness.fakes import GUID


@pytest.mark.parametrize(
    "word", ["CompletedSuccess", "Completed Success", "completed_success", "COMPLETED-SUCCESS", " completedSuccess "]
)
def test_the_proven_word_is_success_in_any_spelling(word: str) -> None:
    assert read_state(word) == TaskState.SUCCEEDED


@pytest.mark.parametrize(
    "word",
    [
        "Failed",
        "CompletedFailed",
        "CompletedWithErrors",
        "Completed",
        "Completed Successfully",
        "Cancelled",
        "Aborted",
        "Rejected",
        "TimedOut",
        "Timeout",
        "InError",
        "SuccessFailed",
    ],
)
def test_other_ends_are_failures(word: str) -> None:
    assert read_state(word) == TaskState.FAILED


@pytest.mark.parametrize("word", [*sorted(RUNNING_WORDS), "In Progress", "QUEUED", "not-started"])
def test_known_words_of_running_tasks_are_waited_on(word: str) -> None:
    assert read_state(word) == TaskState.RUNNING


@pytest.mark.parametrize(
    "word", ["Success", "Succeeded", "Done", "Finished", "OK", "3", "", None, "Incompletedsuccess", "Paused"]
)
def test_other_words_are_unknown(word: str | None) -> None:
    assert read_state(word) == TaskState.UNKNOWN


@given(
    st.text()
    | st.text(alphabet="completedsuccess COMPLETEDSUCCESS_-")
    | st.sampled_from(["Success", "Completed"]).flatmap(lambda word: st.text(max_size=10).map(lambda more: word + more))
)
def test_nothing_but_the_proven_word_is_success(word: str) -> None:
    proven = re.sub(r"[\s_-]", "", word).casefold() == "completedsuccess"
    assert (read_state(word) == TaskState.SUCCEEDED) is proven


@pytest.mark.parametrize(
    ("wire", "guid"),
    [
        ({"outputData": {"umpCustomerGuid": GUID}}, GUID),
        ({"outputData": {"UmpCustomerGuid": GUID}}, GUID),
        ({"outputData": [{"other": 1}, {"umpCustomerGuid": GUID}]}, GUID),
        ({"umpCustomerGuid": GUID, "outputData": {}}, GUID),
        ({"outputData": None}, None),
        ({"outputData": "text"}, None),
        ({}, None),
    ],
)
def test_the_guid_is_found_wherever_it_is(wire: dict[str, Any], guid: str | None) -> None:
    assert Task.from_wire(Reader(wire), "wst_1").ump_customer_guid == guid


def test_a_task_is_read_with_its_odd_members() -> None:
    wire = {
        "status": "CompletedSuccess",
        "details": ["Converted", None],
        "executionMessages": [{"level": "Error", "message": "no"}, {"level": "Information", "message": None}, None],
        "createTime": "0001-01-01T00:00:00",
        "completeTime": "2024-04-03T13:32:12.8286742Z",
    }
    task = Task.from_wire(Reader(wire), "wst_1")
    assert task.details == ("Converted",)
    assert task.errors == ["no"]
    assert (task.create_time, task.complete_time) == (None, "2024-04-03T13:32:12.8286742Z")
    assert task.to_dict()["messages"] == [{"level": "Error", "message": "no"}, {"level": "Information", "message": ""}]
    assert set(task.to_dict()) >= {"id", "status", "state", "details", "messages", "output_data", "polls", "duration"}


@pytest.mark.parametrize("details", ["Converted", ["Converted"]])
def test_details_may_be_a_text(details: Any) -> None:
    assert Task.from_wire(Reader({"details": details}), "x").details == ("Converted",)


def test_a_task_that_was_never_polled_is_running() -> None:
    assert Task("wst_1").state == TaskState.RUNNING
    assert Task("wst_1", polls=1).state == TaskState.UNKNOWN
