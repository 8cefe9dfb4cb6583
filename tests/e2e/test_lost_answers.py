# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers that get lost or are refused on the way: nothing is made twice, and the run goes on."""

import pytest

from harness.cast import BRAD, FIVE, POST, logins, short_names
from harness.playbooks import Ansible, task
from harness.proxy import serving
from simulator.client import Simulator

SERVICE = {"ms_tenant_id": BRAD, "short_name": "Brad"}
CREATE = {"method": "POST", "path": "/api/v3/customer$"}
HTML = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"


def test_a_service_whose_submission_got_no_answer_is_found_and_adopted(ansible: Ansible, simulator: Simulator) -> None:
    simulator.faults({"match": CREATE, "action": {"type": "reset_after"}})
    run = ansible.play(
        task("create", "oc_service", {**SERVICE, "settle_timeout": 20}), task("again", "oc_service", SERVICE)
    )
    create = run["create"]
    assert (create["outcome"], create.changed) == ("adopted", True), run.output
    assert create["service"]["short_name"] == "Brad"
    assert "lost" in create.warnings
    assert run["again"]["outcome"] == "unchanged"
    assert run.sent.count(POST) == 1
    assert short_names(simulator.state()).count("Brad") == 1


@pytest.mark.parametrize(
    "action",
    [
        pytest.param({"type": "reset_before"}, id="reset before the work"),
        pytest.param({"type": "status", "status": 502, "body": HTML}, id="502 from a proxy", marks=pytest.mark.long),
    ],
)
def test_a_submission_that_may_have_been_taken_is_settled_by_the_next_run(
    ansible: Ansible, simulator: Simulator, action: dict[str, object]
) -> None:
    simulator.faults({"match": CREATE, "action": action})
    options = {**SERVICE, "settle_timeout": 2, "wait_timeout": 8}
    run = ansible.play(
        task("create", "oc_service", options, ignore_errors=True),
        task("rerun", "oc_service", options),
        task("third", "oc_service", options),
    )
    create = run["create"]
    assert create.failed
    assert "could not be found out" in create.message
    assert "run again" in create.failure["hint"]
    assert len([sent for sent in create.sent if sent == POST]) == 1
    assert run["rerun"]["outcome"] == "created"
    assert run["third"]["outcome"] == "unchanged"
    assert short_names(simulator.state()).count("Brad") == 1


def test_a_lost_answer_among_many_services_is_found_too(ansible: Ansible, simulator: Simulator) -> None:
    simulator.faults({"match": CREATE, "occurrence": [2, 4], "action": {"type": "reset_after"}})
    run = ansible.play(task("create", "oc_services", {"services": FIVE, "settle_timeout": 20}))
    found = [result["outcome"] for result in run["create"]["results"]]
    assert sorted(found) == ["adopted", "adopted", "created", "created", "created"]
    assert run["create"]["summary"]["adopted"] == 2
    assert run.sent.count(POST) == 5
    names = [service["short_name"] for service in FIVE]
    assert sorted(set(short_names(simulator.state())) & set(names)) == sorted(names)


def test_a_rate_limit_is_waited_for(ansible: Ansible, simulator: Simulator) -> None:
    limit = {"type": "status", "status": 429, "headers": {"Retry-After": "1"}}
    simulator.faults(
        {"match": CREATE, "action": limit},
        {"match": {"method": "GET", "path": "/api/v2/oc/lead"}, "action": limit},
        {"match": {"method": "GET", "path": "/api/v2/task/"}, "action": limit},
    )
    run = ansible.play(task("create", "oc_service", SERVICE))
    assert run["create"]["outcome"] == "created", run.output
    assert run["create"].sent.count(POST) == 2
    assert short_names(simulator.state()).count("Brad") == 1
    seconds = [entry["time"] for entry in run.log if entry["method"] == "POST" and entry["path"].endswith("/customer")]
    assert seconds[1] - seconds[0] >= 1.0
    assert "the platform limited the rate of requests (429) 3 times; this run waited " in run["create"].warnings
    assert run.stdout.count("] the platform limits the rate of requests (429): waiting 1 s") == 3


def test_a_token_that_becomes_invalid_while_waiting_is_renewed_once(ansible: Ansible, simulator: Simulator) -> None:
    simulator.settings(task_seconds=2)
    refusal = {"type": "status", "status": 401, "headers": {"WWW-Authenticate": 'Bearer error="invalid_token"'}}
    simulator.faults({"match": {"path": "/api/v2/task/"}, "occurrence": 3, "action": refusal})
    run = ansible.play(task("create", "oc_service", SERVICE))
    assert run["create"]["outcome"] == "created", run.output
    assert logins(run["create"].sent) == 2


@pytest.mark.long
def test_tokens_that_expire_in_the_middle_are_replaced(ansible: Ansible, simulator: Simulator) -> None:
    simulator.settings(task_seconds=3, token_seconds=1, expires_in_as_string=True)
    run = ansible.play(task("create", "oc_service", SERVICE))
    assert run["create"]["outcome"] == "created", run.output
    assert run.sent.count(POST) == 1


def test_looking_up_survives_a_bad_quarter_of_an_hour(ansible: Ansible, simulator: Simulator) -> None:
    simulator.faults(
        {"match": {"method": "GET", "path": "/api/v2/oc/lead"}, "action": {"type": "reset_before"}},
        {"match": {"method": "GET", "path": "/v3/customer$"}, "action": {"type": "status", "status": 503}},
        {"match": {"path": "/oauth2/"}, "action": {"type": "status", "status": 502, "body": HTML}},
        {"match": {"path": "/api/v2/task/"}, "action": {"type": "status", "status": 200, "body": '{"id": "ws'}},
    )
    run = ansible.play(task("create", "oc_service", SERVICE))
    assert run["create"]["outcome"] == "created", run.output
    assert all(rule["fired"] == 1 for rule in simulator.faults())
    assert run.sent.count(POST) == 1


def test_a_deletion_whose_answer_is_lost_is_a_deletion(ansible: Ansible, simulator: Simulator) -> None:
    ansible.play(task("create", "oc_service", SERVICE))
    simulator.faults({"match": {"method": "DELETE", "path": "/customer/"}, "action": {"type": "reset_after"}})
    absent = {"ms_tenant_id": BRAD, "state": "absent", "any_short_name": True}
    run = ansible.play(task("absent", "oc_service", absent), task("again", "oc_service", absent))
    assert run["absent"].state == "ok", run.output
    assert run["again"]["outcome"] == "unchanged"
    assert "Brad" not in short_names(simulator.state())


@pytest.mark.parametrize(
    "form", ["validation400", *(pytest.param(form, marks=pytest.mark.long) for form in ("conflict409", "task_fails"))]
)
def test_a_platform_that_says_it_exists_is_believed_and_looked_at(
    ansible: Ansible, simulator: Simulator, form: str
) -> None:
    simulator.settings(existing_service=form, service_list_lag_seconds=2, lead_lag_seconds=2, output_guid="camel")
    options = {**SERVICE, "journal": False}
    run = ansible.play(task("create", "oc_service", options), task("again", "oc_service", options))
    assert (run["again"]["outcome"], run["again"].changed) == ("unchanged", False), run.output
    assert short_names(simulator.state()).count("Brad") == 1


def test_an_answer_that_a_proxy_loses_on_its_way_back_is_no_reason_to_submit_again(
    ansible: Ansible, simulator: Simulator
) -> None:
    with serving(breaks_at="/api/v3/customer") as proxy:
        environment = {"http_proxy": proxy.url(), "NO_PROXY": None, "no_proxy": None}
        run = ansible.play(task("create", "oc_service", {**SERVICE, "settle_timeout": 20}), environment=environment)
    assert (run["create"]["outcome"], run["create"].changed) == ("adopted", True), run.output
    assert run.sent.count(POST) == 1
    assert short_names(simulator.state()).count("Brad") == 1
