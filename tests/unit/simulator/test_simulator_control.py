# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The control plane: log, switches, seeds, limits; and the faults."""

import re
import time
from pathlib import Path
from statistics import median
from typing import Any

import pytest
import requests

from simulator.client import Simulator

BRAD = "f9f53ee0-56e1-43f6-8fe3-5fb322986657"


def test_the_log_tells_what_was_asked(simulator: Simulator, platform: Any) -> None:
    platform.ask("GET", "/api/v2/oc/lead?msTenantId=x&a=1&a=2", headers={"User-Agent": "probe/1"})
    platform.create(short_name="Brad01")
    first, second = simulator.log()
    assert (first["number"], first["method"], first["path"]) == (1, "GET", "/tenantui/api/v2/oc/lead")
    assert first["query"] == {"msTenantId": "x", "a": ["1", "2"]}
    assert (first["status"], first["user_agent"], first["authorization"]) == (200, "probe/1", "bearer valid")
    assert first["duration_ms"] >= 0
    assert (second["number"], second["body"]["customerShortName"]) == (2, "Brad01")
    simulator.clear_log()
    assert simulator.log() == []


def test_the_address_that_the_simulator_prints_tells_what_can_be_asked(simulator: Simulator) -> None:
    for end in ("", "/"):
        answer = requests.get(simulator.facts["control_url"] + end, timeout=10)
        assert answer.status_code == 200
        assert "GET    /log             All requests since the last clearing." in answer.json()


def test_the_log_holds_neither_token_nor_client_secret(simulator: Simulator) -> None:
    facts = simulator.facts
    form = {
        "grant_type": "client_credentials",
        "client_id": facts["client_id"],
        "client_secret": facts["client_secret"],
        "scope": facts["auth_scope"],
    }
    url = f"{simulator.auth_url}/{facts['auth_tenant_id']}/oauth2/v2.0/token"
    token = requests.post(url, data=form, timeout=10).json()["access_token"]
    requests.get(f"{simulator.base_url}/api/v3/customer", headers={"Authorization": f"Bearer {token}"}, timeout=10)
    everything = repr(simulator.log()) + repr(simulator.state())
    assert token not in everything
    assert facts["client_secret"] not in everything
    assert simulator.log()[0]["form_fields"] == ["client_id", "client_secret", "grant_type", "scope"]


def test_switches_are_checked_and_set_together(simulator: Simulator) -> None:
    with pytest.raises(ValueError, match="no switch 'nonsense'"):
        simulator.settings(task_seconds=9, nonsense=1)
    with pytest.raises(ValueError, match="job_answer"):
        simulator.settings(job_answer="telegram")
    with pytest.raises(ValueError, match="task_seconds"):
        simulator.settings(task_seconds="long")
    assert simulator.settings()["task_seconds"] == 0.2
    assert simulator.settings(lead_double_bracket="yes", fail_tasks="a, b")["fail_tasks"] == ["a", "b"]


def test_reset_brings_everything_back(simulator: Simulator, platform: Any) -> None:
    before = simulator.state()
    simulator.settings(task_seconds=50)
    simulator.seed(generate={"leads": 3})
    simulator.faults({"match": {}, "action": {"type": "reset_before"}, "occurrence": 99})
    platform.created()
    simulator.reset()
    assert simulator.state() == before
    assert simulator.settings()["task_seconds"] == 0.2
    assert simulator.log() == []
    assert simulator.faults() == []
    simulator.advance(100)
    assert platform.service() is None


def test_records_are_added_in_the_wire_form_too(simulator: Simulator, platform: Any) -> None:
    lead = {**platform.lead(), "id": "new-lead", "tenantId": "ABCDEF00-0000-4000-8000-000000000001"}
    simulator.seed(
        leads=[lead],
        sbcs=[{"id": 77, "name": "ES-SBC01", "fqdn": "es", "ip_address": "10.0.0.1"}],
        templates=[{"id": 70, "name": "mine", "script_type": 1, "customer_variables": ["A"]}],
        calling_profiles=[{"id": "p", "name": "P", "trunks": [{"fqdn": "t", "id": "1", "sbc_ids": [77]}]}],
    )
    assert platform.lead("abcdef00-0000-4000-8000-000000000001")["contactDetails"] == lead["contactDetails"]
    assert platform.get("/api/v2/sbcdevices")[-1]["id"] == 77
    assert platform.get("/api/v2/oc/callingprofile")[-1]["trunksEnrolled"][0]["matchingSbcList"][0]["sbcId"] == 77
    with pytest.raises(ValueError, match="no member"):
        simulator.seed(leads=[{"id": "x", "tenant_id": "y", "colour": "red"}])


def test_kinds_can_be_replaced(simulator: Simulator, platform: Any) -> None:
    counts = simulator.seed(replace=["leads", "services"], leads=[{"id": "1", "tenant_id": BRAD}])
    assert (counts["leads"], counts["services"]) == (1, 0)
    assert platform.get("/api/v3/customer") == []


def test_thousands_of_records_are_made_and_listed(simulator: Simulator, platform: Any) -> None:
    simulator.seed(replace=["leads", "services"], generate={"leads": 3000, "services": 1000})
    leads = platform.get("/api/v2/oc/lead", PageSize=20000)
    assert len({each["id"] for each in leads}) == 4000
    assert sum(each["umpCustomerGuid"] is not None for each in leads) == 1000
    services = platform.get("/api/v3/customer", allDetails="true")
    assert {each["UmpCustomerGuid"] for each in services} == {each["umpCustomerGuid"] for each in leads} - {None}


@pytest.mark.parametrize(("form", "pattern"), [("seconds", r"\d+"), ("date", r".*GMT"), ("none", None)])
def test_a_rate_limit_answers_429(simulator: Simulator, platform: Any, form: str, pattern: str | None) -> None:
    simulator.settings(requests_per_minute=2, retry_after=form)
    seen = [platform.ask("GET", "/api/v2/oc/callingprofile") for _number in range(3)]
    assert [each.status_code for each in seen] == [200, 200, 429]
    header = seen[-1].headers.get("Retry-After")
    assert header is None if pattern is None else re.fullmatch(pattern, header or "")
    simulator.advance(61)
    assert platform.ask("GET", "/api/v2/oc/callingprofile").status_code == 200


def test_latency_holds_every_request_up(simulator: Simulator, platform: Any) -> None:
    simulator.settings(latency=0.08)
    platform.get("/api/v2/oc/callingprofile")
    assert simulator.log()[0]["duration_ms"] >= 80


def test_kept_connections_are_not_held_back(simulator: Simulator, platform: Any) -> None:
    times = []
    for _number in range(20):
        begin = time.perf_counter()
        platform.get("/api/v2/oc/callingprofile")
        times.append(time.perf_counter() - begin)
    assert median(times) < 0.03


def _rule(kind: str, occurrence: Any = 1, method: str | None = None, path: str = "", **action: Any) -> dict[str, Any]:
    match = {"path": path} if method is None else {"path": path, "method": method}
    return {"match": match, "occurrence": occurrence, "action": {"type": kind, **action}}


def test_a_status_fault_answers_in_place_of_the_platform(simulator: Simulator, platform: Any) -> None:
    fault = {"status": 502, "body": "<html>bad</html>", "content_type": "text/html", "headers": {"X-Proxy": "p"}}
    simulator.faults(_rule("status", 2, "POST", "/api/v3/customer$", **fault))
    platform.created()
    response = platform.create("21c4b83a-07d6-4f2f-9360-6a3f725e89b1", "Alder")
    assert (response.status_code, response.text) == (502, "<html>bad</html>")
    assert (response.headers["Content-Type"], response.headers["X-Proxy"]) == ("text/html", "p")
    assert len(simulator.state()["tasks"]) == 1
    assert [each["fault"] for each in simulator.log()] == [[], ["status"]]
    assert [(each["seen"], each["fired"]) for each in simulator.faults()] == [(2, 1)]


@pytest.mark.parametrize(("kind", "tasks"), [("reset_before", 0), ("reset_after", 1)])
def test_a_cut_connection_gives_no_answer(simulator: Simulator, platform: Any, kind: str, tasks: int) -> None:
    simulator.faults(_rule(kind, "every", "post"))
    with pytest.raises(requests.ConnectionError, match="ConnectionResetError"):
        platform.create()
    entry = simulator.log()[0]
    assert (entry["status"], entry["fault"]) == (None, [kind])
    assert len(simulator.state()["tasks"]) == tasks
    simulator.clear_faults()
    assert platform.get("/api/v2/oc/callingprofile")
    assert simulator.errors() == ""


@pytest.mark.parametrize(("when", "tasks"), [("after", 1), ("before", 0)])
def test_a_delay_outlasts_the_clients_patience(simulator: Simulator, platform: Any, when: str, tasks: int) -> None:
    simulator.faults(_rule("delay", method="POST", seconds=0.5, when=when))
    with pytest.raises(requests.Timeout):
        platform.session.post(
            simulator.base_url + "/api/v3/customer",
            json={"configurationName": "OcEssential_TENANT_TYPE", "msTenantId": BRAD, "customerShortName": "Brad01"},
            timeout=0.2,
        )
    assert len(simulator.state()["tasks"]) == tasks
    time.sleep(0.5)
    assert len(simulator.state()["tasks"]) == 1


def test_faults_hit_the_login_too_and_only_the_named_occurrences(simulator: Simulator) -> None:
    simulator.faults(_rule("status", [1, 3], path="oauth2", status=500))
    url = f"{simulator.auth_url}/x/oauth2/v2.0/token"
    assert [requests.post(url, timeout=10).status_code for _number in range(4)] == [500, 400, 500, 400]


def test_a_rule_that_makes_no_sense_is_refused(simulator: Simulator) -> None:
    for rule in ({"action": {"type": "flood"}}, {"match": {"path": "("}, "action": {"type": "reset_before"}}, {}):
        with pytest.raises(ValueError, match="fault rule"):
            simulator.faults(rule, rule)
    assert simulator.faults() == []


def test_the_fault_of_the_documentation_is_taken_as_it_is_printed(simulator: Simulator) -> None:
    page = (Path(__file__).parents[3] / "docs/simulator.md").read_text(encoding="utf-8")
    (body,) = re.findall(r'curl -s "\$CONTROL/faults" -d \'([^\']+)\'', page)
    # As curl sends it without further options
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = requests.post(f"{simulator.facts['control_url']}/faults", data=body, headers=headers, timeout=10)
    assert answer.status_code < 300, answer.text
    (rule,) = requests.get(f"{simulator.facts['control_url']}/faults", timeout=10).json()
    assert rule["action"]["type"] == "reset_after"
