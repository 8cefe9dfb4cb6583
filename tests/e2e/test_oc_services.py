# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many services in one call."""

from collections.abc import Mapping
from typing import Any

import pytest

from harness.cast import ALDER, BIRCH, BRAD, CEDAR, FIVE, FJORD, LEADS, POST, SERVICE_LIST, logins, short_names, writes
from harness.playbooks import Ansible, task
from simulator.client import Simulator

NAMES = [service["short_name"] for service in FIVE]


def outcomes(step: Mapping[str, Any]) -> list[str]:
    return [result["outcome"] for result in step["results"]]


def test_five_services_are_created_once_and_deleted_once(ansible: Ansible, simulator: Simulator) -> None:
    present, absent = {"services": FIVE}, {"services": FIVE, "state": "absent"}
    run = ansible.play(
        task("missing", "oc_services", {"state": "present"}, ignore_errors=True),
        task("check", "oc_services", present, check_mode=True, diff=True),
        task("create", "oc_services", present, diff=True),
        task("again", "oc_services", present),
        task("check absent", "oc_services", absent, check_mode=True, diff=True),
        task("absent", "oc_services", absent, diff=True),
        task("absent again", "oc_services", absent),
    )
    assert run.rc == 0, run.output
    assert run["missing"].failed
    assert "required" in run["missing"].message
    assert "services" in run["missing"].message
    for name, outcome, changed in (
        ("check", "would_create", True),
        ("create", "created", True),
        ("again", "unchanged", False),
        ("check absent", "would_delete", True),
        ("absent", "deleted", True),
        ("absent again", "unchanged", False),
    ):
        step = run[name]
        assert outcomes(step) == [outcome] * 5, name
        assert [result["changed"] for result in step["results"]] == [changed] * 5
        assert step.changed is changed
        assert [result["short_name"] for result in step["results"]] == NAMES
        assert [result["ms_tenant_id"] for result in step["results"]] == [each["ms_tenant_id"] for each in FIVE]
        assert step["summary"][outcome] == 5
        assert sum(step["summary"][other] for other in ("failed", "skipped", "adopted")) == 0
        assert step["summary"]["requests"] == len(step.sent)
        assert step["summary"]["logins"] == logins(step.sent)
        assert step["summary"]["duration"] > 0
    for name in ("check", "again", "check absent", "absent again"):
        assert writes(run[name].sent) == []
    check, create = run["check"], run["create"]
    assert [result["request"] for result in create["results"]] == [result["request"] for result in check["results"]]
    assert create["diff"] == check["diff"]
    assert len(create["diff"]) == 5
    assert run["absent"]["diff"] == run["check absent"]["diff"]
    assert logins(run.sent) == 1
    assert not set(NAMES) & set(short_names(simulator.state()))


def test_each_look_up_is_made_once_for_all_services(ansible: Ansible) -> None:
    run = ansible.play(task("create", "oc_services", {"services": FIVE}))
    create = run["create"]
    assert outcomes(create) == ["created"] * 5
    before = create.sent[: create.sent.index(POST)]
    assert logins(create.sent) == 1
    assert before.count(SERVICE_LIST) == 1
    assert before.count(LEADS) == 1
    assert len(before) == 3
    assert create.sent.count(POST) == 5
    # The read-backs are shared where they can be: never more than two per service.
    assert len([sent for sent in create.sent if "/task/" not in sent]) <= 3 + 5 + 2 * 5


def test_a_failing_service_fails_the_task_with_all_results(ansible: Ansible, simulator: Simulator) -> None:
    simulator.settings(fail_tasks=["Birch"])
    services = [*FIVE, {"ms_tenant_id": FJORD, "short_name": "FjordShip"}]
    run = ansible.play(task("create", "oc_services", {"services": services}))
    create = run["create"]
    assert run.rc != 0
    assert create.failed
    assert create.changed
    assert outcomes(create) == ["created", "created", "failed", "created", "created", "unchanged"]
    failed = create["results"][2]
    assert failed["failure"]["task"]["state"] == "failed"
    errors = [each["message"] for each in failed["failure"]["task"]["messages"] if each["level"] == "Error"]
    assert errors
    assert all(error in create.message for error in errors)
    assert "1 of 6 services failed" in create.message
    assert "Birch" in create.message
    assert create.failure == failed["failure"]
    assert all(result["failure"] is None for result in create["results"] if result["outcome"] != "failed")
    assert create["summary"]["failed"] == 1


@pytest.mark.parametrize(
    ("on_error", "rest"), [("stop", ["skipped"] * 3), ("continue", ["created"] * 3)], ids=["stop", "continue"]
)
def test_after_a_failure_the_rest_is_skipped_or_done(
    ansible: Ansible, simulator: Simulator, on_error: str, rest: list[str]
) -> None:
    simulator.settings(fail_tasks=["Alder"])
    run = ansible.play(task("create", "oc_services", {"services": FIVE, "on_error": on_error, "max_concurrency": 1}))
    assert run["create"].failed
    assert outcomes(run["create"]) == ["created", "failed", *rest]
    assert run["create"].sent.count(POST) == 5 - rest.count("skipped")
    assert run["create"]["summary"]["skipped"] == rest.count("skipped")
    assert ("Cedar" in short_names(simulator.state())) == (on_error == "continue")


@pytest.mark.long
def test_concurrency_changes_the_time_and_nothing_else(ansible: Ansible, simulator: Simulator) -> None:
    simulator.settings(fail_tasks=["Cedar"], task_seconds=0.5)
    absent = {"services": FIVE, "state": "absent"}
    steps = []
    for concurrency in (1, 10):
        options = {"services": FIVE, "max_concurrency": concurrency}
        run = ansible.play(
            task("create", "oc_services", options, ignore_errors=True),
            task("absent", "oc_services", {**absent, "max_concurrency": concurrency}),
        )
        steps.append((run["create"], run["absent"]))
    (one, one_absent), (ten, ten_absent) = steps
    assert outcomes(one) == outcomes(ten) == ["created", "created", "created", "failed", "created"]
    assert [each["request"] for each in one["results"]] == [each["request"] for each in ten["results"]]
    assert outcomes(one_absent) == outcomes(ten_absent) == ["deleted", "deleted", "deleted", "unchanged", "deleted"]
    assert one.sent.count(POST) == ten.sent.count(POST) == 5
    assert one["summary"]["duration"] > 2.5
    assert ten["summary"]["duration"] < one["summary"]["duration"] / 2


def test_each_service_may_have_a_state_of_its_own(ansible: Ansible, simulator: Simulator) -> None:
    services = [
        {"ms_tenant_id": FJORD, "short_name": "FjordShip", "state": "absent"},
        {"ms_tenant_id": BRAD, "short_name": "Brad"},
        {"ms_tenant_id": CEDAR, "state": "absent", "any_short_name": True},
        {"ms_tenant_id": ALDER, "short_name": "Alder"},
    ]
    run = ansible.play(task("run", "oc_services", {"services": services}), check=True)
    assert outcomes(run["run"]) == ["would_delete", "would_create", "unchanged", "would_create"]
    run = ansible.play(task("run", "oc_services", {"services": services}))
    assert outcomes(run["run"]) == ["deleted", "created", "unchanged", "created"]
    assert {"Brad", "Alder"} < set(short_names(simulator.state()))
    assert "FjordShip" not in short_names(simulator.state())


def test_an_empty_list_is_nothing_to_do(ansible: Ansible) -> None:
    run = ansible.play(task("run", "oc_services", {"services": []}))
    assert run.rc == 0, run.output
    assert run["run"]["results"] == []
    assert not run["run"].changed


def test_the_invocation_holds_what_was_given_for_each_service(ansible: Ansible) -> None:
    run = ansible.play(task("run", "oc_services", {"services": FIVE}, check_mode=True))
    services = run["run"]["invocation"]["module_args"]["services"]
    assert [{name: service[name] for name in given} for service, given in zip(services, FIVE, strict=True)] == FIVE
    assert [name for service in services for name, value in service.items() if value is None] == []


def test_leads_that_are_handed_over_are_not_asked_for(ansible: Ansible) -> None:
    services = [{"ms_tenant_id": BRAD, "short_name": "Brad"}, {"ms_tenant_id": BIRCH, "short_name": "Birch"}]
    run = ansible.play(
        task("leads", "oc_lead_info", register="found"),
        task("create", "oc_services", {"services": services, "leads": "{{ found.leads }}"}, check_mode=True),
    )
    assert outcomes(run["create"]) == ["would_create", "would_create"]
    assert LEADS not in run["create"].sent
