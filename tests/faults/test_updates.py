# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A service that exists is brought to what is wanted, whatever happens to the requests. No upgrade is sent twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest

from faults.bench import Bench, bench
from faults.forms import SHORT, of_three
from faults.module_run import run_module
from harness.canaries import Canaries
from harness.cast import FJORD, FJORD_SERVICE
from harness.fault_kinds import faults_of, rule
from harness.in_process import Platform
from harness.virtual_time import Killed

SECRET = "planted-Application~pw.17"
WANTED = {
    "ms_tenant_id": FJORD,
    "short_name": "FjordShip",
    "full_name": "Fjord Shipping AS",
    "license_type": "oc_pro",
    "licensed_users": 60,
    "channel_id": "1574",
    "application": {"client_id": "0b1d4a6e-5c3f-4f0e-9a7c-2e8d6f1b3c59", "client_secret": SECRET},
}
STEPS = ("login", "service list", "leads", "service", "channel", "upgrade", "task", "change", "assign")
SETTLE = 20
NOT_SENT = frozenset({"refused"})
WRITES = ("upgrade", "change", "assign")


@pytest.fixture
def made(platform: Platform) -> Iterator[Bench]:
    with bench(platform) as one:
        yield one


def run(made: Bench, options: dict[str, Any] | None = None, **how: Any) -> dict[str, Any]:
    own = {"journal_path": str(made.folder / "journal"), "settle_timeout": SETTLE}
    ended = run_module(made, "oc_service", {**own, **WANTED, **(options or {})}, **how)
    assert not Canaries([SECRET]).search(ended.places), "a secret has got out"
    return ended.result


def is_as_wanted(made: Bench) -> bool:
    service = made.world.store.services[FJORD_SERVICE]
    lead = made.world.store.lead_for(FJORD, None)
    assert lead is not None
    return (
        service.customer_full_name == WANTED["full_name"]
        and service.license_type == 5
        and service.licensed_users_count == 60
        and service.application_client_secret == SECRET
        and lead.ovoc_channel_id == 1574
    )


def sent(made: Bench, method: str, end: str) -> list[Any]:
    return [each for each in made.transport.sent if each.method == method and each.path.endswith(end)]


def upgrades(made: Bench) -> list[Any]:
    return sent(made, "POST", "/action/upgrade")


def test_everything_that_can_be_changed_is_changed_and_read_back(made: Bench) -> None:
    checked = run(made, check=True)
    assert not [each for each in made.transport.sent if each.method not in ("GET", "POST")]
    assert upgrades(made) == []
    result = run(made)
    assert (result["outcome"], result["changed"]) == ("updated", True), result
    assert is_as_wanted(made)
    assert {each["option"]: each["action"] for each in result["differences"]} == dict.fromkeys(
        ["full_name", "license_type", "licensed_users", "channel_id", "application.client_id"], "updated"
    )
    assert checked["outcome"] == "would_update"
    assert checked["diff"] == result["diff"]
    assert [{**each, "action": "updated"} for each in checked["differences"]] == result["differences"]
    assert (len(upgrades(made)), len(sent(made, "PATCH", FJORD_SERVICE)), len(sent(made, "PUT", "assign"))) == (1, 1, 1)
    before = len(made.transport.sent)
    again = run(made)
    assert (again["outcome"], again["changed"], again["differences"]) == ("unchanged", False, [])
    assert len(made.transport.sent) - before <= 4


def occurrences(request: str, fault: str) -> tuple[int, ...]:
    """When this happens to the request, each in a schedule of its own.

    The short form has every fault with the first of each request that writes, and some with the second. Of those that
    read, two thirds have one of both.
    """
    if not SHORT:
        return (1, 2)
    part = of_three(f"{request}-{fault}")
    if request in WRITES:
        return (1, 2) if part == 0 else (1,)
    return ((1,), (2,), ())[part]


@pytest.mark.parametrize("request_", STEPS)
def test_whatever_happens_to_a_request_the_next_run_ends_it(platform: Platform, request_: str) -> None:
    for name, fault in faults_of(request_).items():
        for occurrence in occurrences(request_, name):
            with bench(platform) as made:
                made.fault(rule(request_, fault, occurrence))
                first = run(made)
                if first.get("failed"):
                    assert first["failure"]["hint"], (request_, name)
                else:
                    assert first["outcome"] in ("updated", "adopted"), (request_, name, first)
                    unseen = [each for each in first["differences"] if each["action"] == "unreadable"]
                    assert is_as_wanted(made) or unseen, (request_, name, first)
                for _try in range(3):
                    second = run(made)
                    if not second.get("failed"):
                        break
                assert not second.get("failed"), (request_, name, occurrence, first.get("msg"), second["msg"])
                assert is_as_wanted(made), (request_, name, occurrence)
                assert run(made)["outcome"] == "unchanged", (request_, name, occurrence)
                tasks = [task for task in made.world.store.tasks.values() if task.kind == "upgrade"]
                said_failed = "ended with the status" in first.get("msg", "")
                assert len(tasks) == 1 or said_failed, (request_, name, occurrence)


def test_a_run_that_is_killed_at_any_step_is_taken_up(platform: Platform) -> None:
    for step in count():
        with bench(platform) as made:
            try:
                run(made, dies_at=step)
            except Killed:
                platform.figures.killed()
            else:
                assert step > 8
                return
            again = run(made)
            assert not again.get("failed"), (step, again)
            assert is_as_wanted(made), step
            assert len([task for task in made.world.store.tasks.values() if task.kind == "upgrade"]) == 1, step
            assert run(made)["outcome"] == "unchanged", step


def test_what_the_platform_ignores_is_a_failure_that_says_so(platform: Platform) -> None:
    with bench(platform, switches={"ignored_changes": ["customerFullName"]}) as made:
        result = run(made)
    assert result["failed"]
    assert "does not show it after 30 seconds: full_name is 'Fjord Shipping'" in result["msg"]
    done = {each["option"]: each["action"] for each in result["differences"]}
    assert (done["license_type"], done["full_name"], result["changed"]) == ("updated", "would_update", True)


@pytest.mark.parametrize(
    "switches",
    [
        {"change_answer": "task"},
        {"channel_answer": "old"},
        {"service_list_lag_seconds": 20, "service_get_lags": True},
        {"newer_service_fields": False},
        {"task_404_seconds": 20},
        {"output_guid": "pascal", "error_message_on_success": True},
    ],
    ids=json.dumps,
)
def test_every_plausible_answer_is_understood(platform: Platform, switches: dict[str, Any]) -> None:
    with bench(platform, switches=switches) as made:
        assert run(made)["outcome"] == "updated"
        assert is_as_wanted(made)
        assert run(made)["outcome"] == "unchanged"


@pytest.mark.parametrize("request_", ["change", "assign", "upgrade"])
@pytest.mark.parametrize("status", [400, 409, 503])
def test_a_refusal_of_what_is_there_is_no_failure(made: Bench, request_: str, status: int) -> None:
    """An earlier try has done it, or somebody else has: the platform says no, and everything is as requested."""
    answer = {"type": "status", "status": status, "body": '"It is so already!"', "when": "after"}
    made.fault(rule(request_, answer, "every"))
    result = run(made)
    assert not result.get("failed"), result["msg"]
    assert is_as_wanted(made)
    assert len(upgrades(made)) == 1
    assert run(made)["outcome"] == "unchanged"


@pytest.mark.parametrize("name", ["400", "503", "reset before the work"])
def test_a_change_that_nobody_can_see_and_that_was_not_taken_is_a_failure(made: Bench, name: str) -> None:
    """The secret of an application is never shown, so nothing that is read back proves that it was taken."""
    assert run(made)["outcome"] == "updated"
    made.fault(rule("change", faults_of("change")[name], "every"))
    result = run(made, {"update_secret": "always"})
    assert (result.get("failed"), result["changed"]) == (True, False), result
    made.calm()
    assert run(made, {"update_secret": "always"})["outcome"] == "updated"


def test_without_waiting_the_next_run_does_the_rest(made: Bench) -> None:
    first = run(made, {"wait": False})
    assert (first["outcome"], first["changed"], first["task"]["state"]) == ("updated", True, "running")
    assert any("the next run changes the rest" in str(warning) for warning in first["warnings"])
    assert sent(made, "PATCH", FJORD_SERVICE) == []
    second = run(made)
    assert second["outcome"] == "updated"
    assert is_as_wanted(made)
    assert len(upgrades(made)) == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"license_type": "oc_pro", "licensed_users": 5}, "31 users are active"),
        ({"channel_id": "99"}, "the platform has no channel 99; it has"),
    ],
)
def test_what_the_platform_refuses_is_said(made: Bench, options: dict[str, Any], said: str) -> None:
    own = {"journal_path": str(made.folder / "journal"), "ms_tenant_id": FJORD, "short_name": "FjordShip"}
    result = run_module(made, "oc_service", {**own, **options}).result
    assert result["failed"]
    assert said in result["msg"]
    assert not result["changed"]
    assert not is_as_wanted(made)
