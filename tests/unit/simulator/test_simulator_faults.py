# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The faults that change an answer, or what stands behind it."""

import time
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
import requests

from simulator.client import Simulator

LIST = "/api/v3/customer"


def _every(kind: str, path: str = LIST, **action: Any) -> dict[str, Any]:
    return {"match": {"path": path + "$"}, "occurrence": "every", "action": {"type": kind, **action}}


def test_a_status_can_take_the_place_of_an_answer_to_work_that_was_done(simulator: Simulator, platform: Any) -> None:
    simulator.faults(_every("status", status=502, body="<html>bad</html>", when="after"))
    assert platform.create().status_code == 502
    assert len(simulator.state()["tasks"]) == 1


def test_half_a_character_can_be_said_as_a_text_and_as_a_name(simulator: Simulator, platform: Any) -> None:
    half = "a\ud83d"
    (fault,) = simulator.faults(_every("members", set={half: half}))
    assert fault["action"]["set"] == {half: half}
    assert all(service[half] == half for service in platform.ask("GET", LIST).json())


def test_a_status_can_ask_to_come_back_after_some_seconds(simulator: Simulator, platform: Any) -> None:
    simulator.faults(_every("status", status=429, retry_after=30))
    assert float(platform.ask("GET", LIST).headers["Retry-After"]) == 30


def test_a_status_can_ask_to_come_back_at_a_date(simulator: Simulator, platform: Any) -> None:
    # The simulator's clock may have been advanced, so dates are compared with one another.
    dates = []
    for seconds in (30, 90):
        simulator.clear_faults()
        simulator.faults(_every("status", status=429, retry_after=seconds, retry_after_form="date"))
        dates.append(parsedate_to_datetime(platform.ask("GET", LIST).headers["Retry-After"]).timestamp())
    assert dates[0] >= time.time() + 25
    assert dates[1] - dates[0] == pytest.approx(60, abs=3)


@pytest.mark.parametrize(
    ("shape", "body"),
    [
        ("empty", ""),
        ("null", "null"),
        ("empty array", "[]"),
        ("array of nulls", "[null]"),
        ("empty object", "{}"),
        ("text", '"OK"'),
        ("number", "42"),
    ],
)
def test_an_answer_is_given_another_form(simulator: Simulator, platform: Any, shape: str, body: str) -> None:
    simulator.faults(_every("reshape", to=shape))
    response = platform.ask("GET", LIST)
    assert (response.status_code, response.text) == (200, body)


def test_an_answer_is_wrapped_or_cut(simulator: Simulator, platform: Any) -> None:
    whole = platform.ask("GET", LIST)
    content = whole.json()
    for shape, expected in (("array", [content, content]), ("object", {"value": content})):
        simulator.faults(_every("reshape", to=shape))
        assert platform.ask("GET", LIST).json() == expected
        simulator.clear_faults()
    simulator.faults(_every("reshape", to="cut"))
    cut = platform.ask("GET", LIST)
    assert whole.content.startswith(cut.content)
    with pytest.raises(requests.JSONDecodeError):
        cut.json()


def test_members_are_changed_in_objects_and_in_lists_of_them(simulator: Simulator, platform: Any) -> None:
    simulator.faults(
        _every("members", set={"LicenseType": "odd"}, null=["MsTenantId"]),
        _every("members", "/api/v2/task/.*", set={"status": "Bananas"}),
    )
    assert {(each["LicenseType"], each["MsTenantId"]) for each in platform.get(LIST)} == {("odd", None)}
    assert platform.task(platform.created())["status"] == "Bananas"
    simulator.clear_faults()
    simulator.faults(_every("members", null="*"))
    assert {value for each in platform.get(LIST) for value in each.values()} == {None}


def test_an_answer_is_blown_up_or_labelled_wrongly(simulator: Simulator, platform: Any) -> None:
    simulator.faults(_every("huge", bytes=100_000), _every("content_type", value="text/plain"))
    response = platform.ask("GET", LIST)
    assert len(response.content) > 100_000
    assert response.headers["Content-Type"] == "text/plain"
    assert response.json()


def test_tokens_are_revoked_just_before_a_request(simulator: Simulator, platform: Any) -> None:
    assert platform.ask("GET", LIST).status_code == 200
    simulator.faults(_every("revoke"))
    assert platform.ask("GET", LIST).status_code == 401


def test_a_server_that_is_there_can_refuse_only_by_cutting(simulator: Simulator, platform: Any) -> None:
    simulator.faults(_every("refused"))
    with pytest.raises(requests.ConnectionError):
        platform.create()
    assert simulator.state()["tasks"] == []


def test_a_lead_that_lags_does_not_name_a_service_that_was_deleted_meanwhile(
    simulator: Simulator, platform: Any
) -> None:
    simulator.settings(lead_lag_seconds=60)
    platform.created()
    simulator.advance(1)
    guid = platform.service()["UmpCustomerGuid"]
    assert platform.ask("DELETE", f"/api/v2/customer/{guid}").status_code == 200
    simulator.advance(100)
    assert platform.lead()["umpCustomerGuid"] is None
