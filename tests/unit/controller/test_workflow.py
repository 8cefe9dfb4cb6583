# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What one job of a workflow hands to the next, and what the next says about it."""

from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.plugin_utils._report.workflow import (
    advice_lines,
    unfinished,
)

TENANT = "f9f53ee0-56e1-43f6-8fe3-5fb322986657"
THERE = {"ms_tenant_id": TENANT.upper(), "site_locations": [{"name": "Brad", "deployed": True}]}


def outcome(**members: Any) -> dict[str, Any]:
    known = {"ms_tenant_id": TENANT, "short_name": "Brad", "outcome": "created", "task_id": "wst_1", "message": None}
    return {**known, **members}


def task(state: str, status: str | None = "Word", *messages: str) -> dict[str, Any]:
    said = [{"level": "Error", "message": message} for message in messages]
    return {"id": "wst_1", "state": state, "status": status, "messages": said}


@pytest.mark.parametrize(
    ("record", "tasks", "services", "words"),
    [
        (outcome(), [task("succeeded")], [], None),
        (outcome(), [], [THERE], None),
        (outcome(), [task("unknown", None)], [THERE], None),
        (outcome(outcome="would_create", task_id=None), [], [], None),
        (outcome(outcome="skipped", task_id=None), [], [], None),
        (outcome(), [task("running")], [], "is running"),
        (outcome(), [task("failed", "Failed", "the SBC refused")], [], "the SBC refused"),
        (outcome(), [task("unknown", None)], [], "not known"),
        (outcome(), [], [], "no task is known"),
        (outcome(outcome="failed", task_id=None, message="no lead"), [], [], "Brad: no lead"),
    ],
)
def test_what_is_not_there_is_named(
    record: dict[str, Any], tasks: list[dict[str, Any]], services: list[dict[str, Any]], words: str | None
) -> None:
    found = unfinished([record], tasks, services)
    if words is None:
        assert found == []
    else:
        assert len(found) == 1
        assert words in found[0]


@pytest.mark.parametrize(
    ("record", "tasks", "services", "said", "todo"),
    [
        (outcome(), [task("succeeded")], [THERE], "there and deployed", "nothing"),
        (outcome(), [task("succeeded")], [{**THERE, "site_locations": []}], "not deployed", "the node that verifies"),
        (outcome(), [task("succeeded")], [], "succeeded", "nothing"),
        (outcome(), [task("running")], [], "running", "the node that waits"),
        (outcome(), [task("failed", "Failed", "refused.")], [], "refused. What", "launch the workflow again"),
        (outcome(), [task("odd")], [], "odd", "in the portal"),
        (outcome(outcome="failed", task_id=None, message="no lead"), [], [], "no lead", "launch the workflow again"),
        (outcome(task_id=None), [], [], "no task is known", "in the portal"),
    ],
)
def test_advice_says_what_is_known_and_what_to_do(
    record: dict[str, Any], tasks: list[dict[str, Any]], services: list[dict[str, Any]], said: str, todo: str
) -> None:
    (line,) = advice_lines([record], tasks, services)
    assert line.startswith("Brad: ")
    assert said in line
    assert todo in line.partition("What to do: ")[2]
