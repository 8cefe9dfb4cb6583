# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Telephone numbers: lists, uploads, releases, and what can go wrong with single ones."""

import re
import time
import uuid
from collections import Counter
from typing import Any

import pytest
import requests

from simulator.client import Simulator
from simulator.sent_numbers import releases_of, uploads_of

FJORD = "76190d8f-5c2b-4e74-b815-bf84c7a3de06"
BRAD = "f9f53ee0-56e1-43f6-8fe3-5fb322986657"
NOBODY = "00000000-0000-4000-8000-000000000000"
PROFILE = "a4d1f7c2-3b6e-4e0a-8f59-1c7d2e9b6a01"
OTHER_PROFILE = "a4d1f7c2-3b6e-4e0a-8f59-1c7d2e9b6a02"
ACTION = "/api/v2/oc/numbers/action"
A, B, C = "+31205550201", "+31205550202", "+31205550203"
FJORDS = "+31205550101"
TASK, DONE = 50, 51
"""Seconds of a task, and when it has ended."""


class Desk:
    """What is asked for numbers of one tenant."""

    def __init__(self, simulator: Simulator, platform: Any) -> None:
        self.simulator = simulator
        self.platform = platform

    def ask(self, action: str, body: Any, tenant_id: str = BRAD) -> requests.Response:
        """An action on numbers."""
        answer: requests.Response = self.platform.ask("POST", f"{ACTION}/{action}?msTenantId={tenant_id}", body)
        return answer

    def upload(self, *numbers: str, tenant_id: str = BRAD, **more: Any) -> requests.Response:
        """An upload; None leaves a member out."""
        body = {
            "callingProfile": PROFILE,
            "usage": "CallingUserAssignment",
            "phoneNumbersList": list(numbers),
            "workflowVersion": 2,
            **more,
        }
        return self.ask("upload", {name: value for name, value in body.items() if value is not None}, tenant_id)

    def finished(self, answer: requests.Response) -> Any:
        """The task of an answer, at its end."""
        assert answer.status_code == 200, answer.text
        self.simulator.advance(DONE)
        return self.platform.task(answer.json())

    def listed(self, tenant_id: str = BRAD, **query: Any) -> list[Any]:
        """The tenant's numbers as they are listed."""
        items: list[Any] = self.platform.get("/api/v3/oc/numbers", msTenantId=tenant_id, **query)["data"]
        return items

    def names(self, **query: Any) -> list[str]:
        """The numbers alone."""
        return [each["telephoneNumber"] for each in self.listed(**query)]

    def truth(self, tenant_id: str = BRAD) -> Any:
        """The tenant's numbers as they are."""
        return self.simulator.state()["numbers"].get(tenant_id, {})

    def seed(self, *numbers: str, **members: Any) -> None:
        """Numbers of a tenant."""
        self.simulator.seed(numbers=[{"tenant_id": BRAD, "telephone_number": each, **members} for each in numbers])


@pytest.fixture
def desk(simulator: Simulator, platform: Any) -> Desk:
    """Requests about numbers."""
    simulator.settings(task_seconds=TASK)
    return Desk(simulator, platform)


def errors(answer: requests.Response) -> Any:
    """The messages of a refusal."""
    assert answer.status_code == 400, answer.text
    return answer.json()["errors"]


# Lists


def test_both_lists_and_a_single_number(platform: Any, desk: Desk) -> None:
    bare = platform.get("/api/v2/oc/numbers", msTenantId=FJORD.upper())
    assert [each["telephoneNumber"][-1] for each in bare] == ["1", "2", "3"]
    first = bare[0]
    assert (first["acquiredNumberStatus"], first["assignmentStatus"]) == ("Active", "UserAssigned")
    assert (first["isoCountryCode"], first["acquiredCapabilities"]) == ("NL", ["UserAssignment"])
    assert first["sbcList"] == [{"sbcName": "NL-SBC05", "sbcId": 2}]
    assert platform.get(f"/api/v2/oc/numbers/{FJORDS}") == first
    assert platform.ask("GET", "/api/v2/oc/numbers/+4900").status_code == 404
    for version in ("v2", "v3"):
        assert platform.ask("GET", f"/api/{version}/oc/numbers?msTenantId={NOBODY}").json() == "Invalild lead"


def test_the_newer_list_links_numbers_to_service_and_lead(desk: Desk) -> None:
    item = desk.listed(FJORD)[0]
    assert (item["ocSipConnectionName"], item["umpCustomerFullName"]) == ("FjordShip", "Fjord Shipping")
    assert (item["tenantCallingProfileId"], item["msCompanyName"]) == (PROFILE, "Fjord Shipping")
    desk.seed(A, calling_profile_id=PROFILE)
    item = desk.listed()[0]
    assert (item["tenantCallingProfileId"], item["umpCustomerGuid"], item["msCompanyName"]) == (
        None,
        None,
        "Brad Telecom",
    )


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("plain", ["Active", "ReleaseRequested", "MarkedForRemoval"]),
        ("blanks", ["Active", "Release Requested", "Marked For Removal"]),
        ("null", [None, "ReleaseRequested", "MarkedForRemoval"]),
    ],
)
def test_forms_of_the_status(simulator: Simulator, desk: Desk, form: str, words: list[Any]) -> None:
    simulator.settings(number_status_form=form)
    for number, status in zip((A, B, C), ("Active", "ReleaseRequested", "MarkedForRemoval"), strict=True):
        desk.seed(number, acquired_number_status=status)
    assert [each["acquiredNumberStatus"] for each in desk.listed()] == words
    for asked in ("MarkedForRemoval", "marked for removal", "2"):
        assert desk.names(acquiredNumberStatus=asked) == [C]
    answer = desk.platform.ask("GET", f"/api/v3/oc/numbers?msTenantId={BRAD}&acquiredNumberStatus=lost")
    assert "acquiredNumberStatus" in errors(answer)


@pytest.mark.parametrize("base", [1, 0])
def test_pages(simulator: Simulator, platform: Any, base: int) -> None:
    simulator.settings(number_page_base=base, number_page_max=4)
    simulator.seed(numbers=[{"tenant_id": BRAD, "start": "+31205550200", "count": 10}])
    found = []
    for page in range(base, base + 4):
        answer = platform.get("/api/v3/oc/numbers", msTenantId=BRAD, PageNumber=page, PageSize=100)
        assert (answer["currentPage"], answer["pageSize"]) == (page, 4)
        assert (answer["totalPages"], answer["totalRecords"]) == (3, 10)
        found.append([each["telephoneNumber"] for each in answer["data"]])
    assert [len(each) for each in found] == [4, 4, 2, 0]
    assert [each for page in found for each in page] == [f"+312055502{number:02d}" for number in range(10)]
    assert platform.get("/api/v3/oc/numbers", msTenantId=BRAD)["currentPage"] == base
    simulator.settings(number_page_large="reject", number_page_totals=False)
    assert "PageSize" in errors(platform.ask("GET", f"/api/v3/oc/numbers?msTenantId={BRAD}&PageSize=5"))
    answer = platform.get("/api/v3/oc/numbers", msTenantId=BRAD, PageSize=4)
    assert (answer["totalPages"], answer["totalRecords"], len(answer["data"])) == (None, None, 4)


def test_ten_thousand_numbers_are_seeded_and_listed_quickly(simulator: Simulator, desk: Desk) -> None:
    more = {"source": "ocsync", "calling_profile_id": PROFILE, "usage": "ConferenceAssigned"}
    began = time.perf_counter()
    simulator.seed(numbers=[{"tenant_id": BRAD, "start": "+31201000000", "count": 10000, **more}])
    assert len(desk.truth()) == 10000
    items = desk.listed(PageSize=20000)
    assert (len(items), items[-1]["telephoneNumber"]) == (10000, "+31201009999")
    assert items[5000]["acquiredCapabilities"] == ["ConferenceAssignment"]
    assert time.perf_counter() - began < 5
    began = time.perf_counter()
    for page in range(1, 51):
        desk.listed(PageSize=200, PageNumber=page)
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize(("number", "country"), [("+97236004500", "IL"), ("+12025550100", "US"), ("+8613800", None)])
def test_countries(desk: Desk, number: str, country: str | None) -> None:
    desk.seed(number)
    assert desk.listed()[0]["isoCountryCode"] == country


# Upload


@pytest.mark.parametrize("version", ["v2", "v3"])
def test_an_upload_adds_numbers(simulator: Simulator, platform: Any, desk: Desk, version: str) -> None:
    body = {
        "callingProfile": PROFILE.upper(),
        "usage": "CallingUserAssignment",
        "additionalUsage": "ConferenceAssigned",
        "capabilities": ["InboundCalling"],
        "phoneNumbersList": [B, A, B],
        "workflowVersion": 3,
    }
    task_id = platform.ask("POST", f"/api/{version}/oc/numbers/action/upload?msTenantId={BRAD}", body).json()
    assert re.fullmatch("tsk_msjob_[0-9a-f-]{36}", task_id)
    assert desk.listed() == []
    simulator.advance(DONE)
    assert platform.task(task_id)["outputData"] == {
        "NumbersUploaded": 2,
        "OcUploadNumberResult": "Completed",
        "WorkflowVersion": 3,
        "totalNumbersCount": 2,
    }
    assert desk.names() == [A, B]
    item = desk.listed()[0]
    assert (item["callingProfileId"], item["source"], item["assignmentStatus"]) == (PROFILE, "webapi", "Unassigned")
    assert item["acquiredCapabilities"] == ["UserAssignment", "ConferenceAssignment", "InboundCalling"]


@pytest.mark.parametrize(
    ("change", "member"),
    [
        ({"phoneNumbersList": []}, "phoneNumbersList"),
        ({"phoneNumbersList": None}, "phoneNumbersList"),
        ({"phoneNumbersList": [A, "0205550201"]}, "phoneNumbersList"),
        ({"phoneNumbersList": [A, 31205550201]}, "phoneNumbersList"),
        ({"callingProfile": "Benelux calling"}, "callingProfile"),
        ({"callingProfile": 7}, "callingProfile"),
        ({"usage": "Telephone"}, "usage"),
        ({"usage": None}, "usage"),
        ({"additionalUsage": "ConferenceAssigned"}, "additionalUsage"),
        ({"additionalUsage": ["Telephone"], "workflowVersion": 3}, "additionalUsage"),
        ({"workflowVersion": "3"}, "workflowVersion"),
        ({"capabilities": [1]}, "capabilities"),
    ],
)
def test_wrong_uploads_are_refused(desk: Desk, change: dict[str, Any], member: str) -> None:
    assert list(errors(desk.upload(A, **change))) == [member]
    assert desk.simulator.state()["tasks"] == []


def test_further_usage_words(simulator: Simulator, desk: Desk) -> None:
    simulator.settings(number_usage_words=["Telephone"])
    desk.finished(desk.upload(A, usage="Telephone"))
    assert desk.listed()[0]["acquiredCapabilities"] == ["Telephone"]


@pytest.mark.parametrize(("refusal", "status"), [("validation400", 400), ("too_large413", 413)])
def test_too_many_numbers_are_refused(simulator: Simulator, desk: Desk, refusal: str, status: int) -> None:
    simulator.settings(number_batch_max=2, number_batch_refusal=refusal)
    answer = desk.upload(A, B, C)
    assert (answer.status_code, "At most 2" in answer.text) == (status, True)
    assert desk.upload(A, B).status_code == 200


def test_a_second_upload_changes_profile_and_usage(desk: Desk) -> None:
    desk.seed(A, source="ocsync", assignment_status="UserAssigned")
    desk.finished(desk.upload(A, callingProfile=OTHER_PROFILE, usage="ConferenceAssignment"))
    assert desk.truth() == {
        A: {
            "status": "Active",
            "assignment": "UserAssigned",
            "source": "webapi",
            "profile": OTHER_PROFILE,
            "usage": "ConferenceAssignment",
        }
    }


def _with_bad_ones(desk: Desk) -> list[str]:
    marked, released = "+31205550204", "+31205550205"
    desk.seed(marked, acquired_number_status="MarkedForRemoval")
    desk.seed(released, acquired_number_status="ReleaseRequested")
    desk.simulator.settings(failing_numbers=[B])
    return [B, FJORDS, marked, released]


def test_failures_of_single_numbers_may_be_hidden(desk: Desk) -> None:
    bad = _with_bad_ones(desk)
    task = desk.finished(desk.upload(A, *bad, C))
    assert (task["status"], task["outputData"]["OcUploadNumberResult"]) == ("CompletedSuccess", "Completed")
    assert (task["outputData"]["NumbersUploaded"], task["outputData"]["totalNumbersCount"]) == (2, 6)
    assert desk.names(acquiredNumberStatus="Active") == [A, C]
    assert desk.truth(FJORD)[FJORDS]["assignment"] == "UserAssigned"


def test_failures_of_single_numbers_may_be_listed(desk: Desk) -> None:
    bad = _with_bad_ones(desk)
    desk.simulator.settings(partial_upload="listed")
    result = desk.finished(desk.upload(A, *bad))["outputData"]["OcUploadNumberResult"]
    assert result[0] == {"telephoneNumber": A, "status": "success"}
    assert [each["telephoneNumber"] for each in result if each["status"] == "failed"] == bad
    assert [each["code"] for each in result[1:]] == [
        "NumberNotAccepted",
        "NumberOfOtherTenant",
        "NumberInOperation",
        "NumberInOperation",
    ]


def test_failures_of_single_numbers_may_fail_the_task(desk: Desk) -> None:
    bad = _with_bad_ones(desk)
    desk.simulator.settings(partial_upload="failed")
    task = desk.finished(desk.upload(A, *bad))
    (message,) = task["executionMessages"]
    assert (task["status"], message["level"]) == ("partialSuccess", "Error")
    assert all(f"{each}: Number" in message["message"] for each in bad)
    assert A in desk.truth()
    assert desk.finished(desk.upload(C))["status"] == "CompletedSuccess"
    assert desk.finished(desk.upload(B))["status"] == "Failed"


def test_the_lists_may_lag(simulator: Simulator, desk: Desk) -> None:
    simulator.settings(number_lag_seconds=1000)
    desk.seed(B)
    desk.finished(desk.upload(A))
    assert (desk.names(), list(desk.truth())) == ([B], [B, A])
    desk.finished(desk.ask("release", [B]))
    assert (desk.names(), list(desk.truth())) == ([B], [A])
    simulator.advance(968)
    assert desk.names() == [A, B]
    simulator.advance(90)
    assert desk.names() == [A]


@pytest.mark.parametrize("name", [BRAD, f"{BRAD}:number-upload"])
def test_a_failing_task_uploads_nothing(simulator: Simulator, desk: Desk, name: str) -> None:
    simulator.settings(fail_tasks=[name])
    assert desk.finished(desk.upload(A))["status"] == "Failed"
    assert desk.truth() == {}


# Release and unassign


@pytest.mark.parametrize(
    "body", [[B, A], {"phoneNumberRanges": [{"start": A, "end": B}]}, {"PhoneNumberRanges": [{"Start": A, "End": B}]}]
)
def test_a_release_takes_numbers_away(desk: Desk, body: Any) -> None:
    desk.seed(A, B, C)
    answer = desk.ask("release", body)
    assert [each["acquiredNumberStatus"] for each in desk.listed()] == ["ReleaseRequested"] * 2 + ["Active"]
    task = desk.finished(answer)
    assert task["id"].startswith("tsk_msjob_")
    assert task["outputData"]["MsTenantId"] == BRAD
    assert set(task["outputData"]) == {
        "MsReleaseJobId",
        "MsTenantId",
        "MsReleaseJobStatus",
        "UmpReleaseJobStatus",
        "MsReleaseJobCreatedAt",
    }
    assert (desk.names(), list(desk.truth())) == ([C], [C])


def test_numbers_come_back_when_their_release_fails(simulator: Simulator, desk: Desk) -> None:
    simulator.settings(fail_tasks=[f"{BRAD}:number-release"])
    desk.seed(A)
    assert desk.finished(desk.ask("release", [A]))["status"] == "Failed"
    assert desk.truth()[A]["status"] == "Active"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ([], "A list of numbers"),
        ({}, "A list of numbers"),
        ({"phoneNumberRanges": [{"start": B, "end": A}]}, "start not after end"),
        ({"phoneNumberRanges": [{"start": A}]}, "start not after end"),
        ({"phoneNumberRanges": [{"start": "+31200000000", "end": "+31209999999"}]}, "At most"),
        ([A, FJORDS], f"{FJORDS} is no number of the tenant"),
        ({"phoneNumberRanges": [{"start": A, "end": C}]}, f"{C} is no number of the tenant"),
        ([A, B], f"{B} is in another operation"),
    ],
)
def test_wrong_releases_are_refused(desk: Desk, body: Any, words: str) -> None:
    desk.seed(A)
    desk.seed(B, acquired_number_status="ReleaseRequested")
    assert words in str(errors(desk.ask("release", body)))
    assert desk.truth()[A]["status"] == "Active"


def test_assigned_numbers_are_not_released(simulator: Simulator, desk: Desk) -> None:
    desk.seed(A)
    desk.seed(B, assignment_status="VoiceApp")
    assert errors(desk.ask("release", [A, B])) == {"TelephoneNumbers": [f"{B} is assigned."]}
    simulator.settings(release_assigned="hidden")
    assert desk.finished(desk.ask("release", [A, B]))["status"] == "CompletedSuccess"
    assert [(each["telephoneNumber"], each["acquiredNumberStatus"]) for each in desk.listed()] == [(B, "Active")]


@pytest.mark.parametrize("form", ["seconds", "date", "none"])
def test_releases_have_a_limit_of_their_own(simulator: Simulator, desk: Desk, form: str) -> None:
    simulator.settings(retry_after=form, releases_per_10_seconds=3)
    seen = [desk.ask("release", [A]) for _number in range(4)]
    assert [each.status_code for each in seen] == [400, 400, 400, 429]
    assert ("Retry-After" in seen[-1].headers) == (form != "none")
    assert desk.upload(B).status_code == 200
    desk.seed(A)
    simulator.advance(10)
    assert desk.ask("release", [A]).status_code == 200
    simulator.settings(releases_per_10_seconds=0)
    assert {desk.ask("release", [A]).status_code for _number in range(11)} == {400}


def test_numbers_are_taken_from_their_users(simulator: Simulator, desk: Desk) -> None:
    desk.seed(A, assignment_status="UserAssigned")
    answer = desk.ask("unassign", {"telephoneNumbers": [A]})
    assert str(uuid.UUID(answer.json())) == answer.json()
    assert desk.truth()[A]["assignment"] == "UserAssigned"
    assert desk.finished(answer)["status"] == "CompletedSuccess"
    assert desk.truth()[A]["assignment"] == "Unassigned"
    assert f"{FJORDS} is no number" in str(errors(desk.ask("unassign", {"telephoneNumbers": [A, FJORDS]})))
    assert "telephoneNumbers" in errors(desk.ask("unassign", {"telephoneNumbers": []}))
    simulator.settings(fail_tasks=[f"{BRAD}:number-unassign"])
    simulator.change_numbers(A, assignment_status="UserAssigned")
    assert desk.finished(desk.ask("unassign", {"telephoneNumbers": [A]}))["status"] == "Failed"
    assert desk.truth()[A]["assignment"] == "UserAssigned"


# Validation and removal


def test_numbers_are_validated_at_once(simulator: Simulator, desk: Desk) -> None:
    simulator.settings(failing_numbers=[B])
    desk.seed(A, assignment_status="UserAssigned")

    def validated(*numbers: str) -> Any:
        answer = desk.ask("number-status", {"telephoneNumbers": list(numbers), "msTenantId": BRAD})
        assert answer.status_code == 200, answer.text
        return answer.json()

    assert validated(C) == {
        "validationResult": "Success",
        "telephoneNumbers": [
            {
                "telephoneNumber": C,
                "validationResult": "Success",
                "actionRequired": False,
                "validationDetail": [],
                "telphoneNumberDetail": {"numberFound": False, "numberOffering": "", "assignmentStatus": ""},
            }
        ],
    }
    found = validated(A)["telephoneNumbers"][0]["telphoneNumberDetail"]
    assert (found["numberFound"], found["assignmentStatus"]) == (True, "UserAssigned")
    several = validated(A, B, FJORDS, "12")
    assert several["validationResult"] == "Failed"
    assert [each["validationResult"] for each in several["telephoneNumbers"]] == ["Success"] + ["Failed"] * 3
    codes = [each["validationDetail"][0]["code"] for each in several["telephoneNumbers"][1:]]
    assert codes == ["NumberNotAccepted", "NumberOfOtherTenant", "InvalidTelephoneNumber"]
    assert "telephoneNumbers" in errors(desk.ask("number-status", {"msTenantId": BRAD}))
    assert desk.ask("number-status", {"telephoneNumbers": [A], "msTenantId": NOBODY}).status_code == 404


def test_removal_is_confirmed_or_cleared(simulator: Simulator, platform: Any, desk: Desk) -> None:
    desk.seed(A, B, C, acquired_number_status="MarkedForRemoval")
    simulator.change_numbers(FJORDS, acquired_number_status="MarkedForRemoval")
    ready, clear = "/api/v3/oc/numbers/action/ready-for-removal", "/api/v3/oc/action/clear-removal-status"

    def counts(**query: Any) -> list[int]:
        return list(platform.get("/api/v3/oc/numbers/removal-status/summary", **query).values())

    assert (counts(), counts(msTenantId=BRAD)) == ([4, 0, 4], [3, 0, 3])
    answer = platform.ask("POST", ready, {"telephoneNumbers": [A, B, "+31205559999"]}).json()
    assert (answer["data"], answer["succeeded"]) == ({"processedCount": 2}, True)
    assert counts(msTenantId=BRAD) == [1, 2, 3]
    assert platform.ask("POST", clear, {"telephoneNumbers": [A, C]}).json()["data"] == {"processedCount": 1}
    assert [each["status"] for each in desk.truth().values()] == ["ReadyForRemoval", "ReadyForRemoval", "Active"]
    for path in (ready, clear):
        for numbers in ([], [A] * 501):
            assert "telephoneNumbers" in errors(platform.ask("POST", path, {"telephoneNumbers": numbers}))


# Control


def test_numbers_are_changed_behind_everybodys_back(simulator: Simulator, desk: Desk) -> None:
    desk.seed(A, B)
    simulator.change_numbers(A, B, assignment_status="ConferenceAssigned", source="")
    simulator.change_numbers(B, gone=True)
    assert [(each["telephoneNumber"], each["assignmentStatus"], each["source"]) for each in desk.listed()] == [
        (A, "ConferenceAssigned", "")
    ]
    with pytest.raises(ValueError, match="there is no number"):
        simulator.change_numbers(A, C, source="webui")
    with pytest.raises(ValueError, match="cannot take tenant_id"):
        simulator.change_numbers(A, tenant_id=FJORD)
    simulator.seed(replace=["numbers"])
    assert simulator.state()["numbers"] == {}


def test_what_was_sent_is_counted_whether_or_not_the_answer_came(simulator: Simulator, desk: Desk) -> None:
    path = {"method": "POST", "path": "/action/(upload|release)$"}
    desk.upload(A, B)
    desk.upload(A, usage="Telephone")
    simulator.advance(DONE)
    for kind in ("reset_after", "reset_before"):
        simulator.faults({"match": path, "action": {"type": kind}})
        with pytest.raises(requests.ConnectionError):
            desk.upload(A)
        simulator.clear_faults()
    simulator.faults({"match": path, "action": {"type": "status", "status": 502, "when": "after"}})
    assert desk.upload(A, C).status_code == 502
    simulator.advance(DONE)
    desk.finished(desk.ask("release", [A]))
    desk.ask("release", {"phoneNumberRanges": [{"start": B, "end": C}]})
    desk.ask("release", {"phoneNumberRanges": [{"start": B, "end": C}]})
    assert uploads_of(simulator.log()) == Counter({A: 3, B: 1, C: 1})
    assert releases_of(simulator.log()) == Counter({A: 1, B: 1, C: 1})


@pytest.mark.parametrize("when", ["reset_before", "reset_after"])
@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/v2/oc/numbers/action/upload", {"usage": "ConferenceAssigned", "phoneNumbersList": [A]}),
        ("/api/v3/oc/numbers/action/upload", {"usage": "ConferenceAssigned", "phoneNumbersList": [A]}),
        ("/api/v2/oc/numbers/action/release", [B]),
        ("/api/v2/oc/numbers/action/unassign", {"telephoneNumbers": [B]}),
        ("/api/v2/oc/numbers/action/number-status", {"telephoneNumbers": [B], "msTenantId": BRAD}),
        ("/api/v3/oc/numbers/action/ready-for-removal", {"telephoneNumbers": [B]}),
        ("/api/v3/oc/action/clear-removal-status", {"telephoneNumbers": [B]}),
    ],
)
def test_faults_strike_every_request(simulator: Simulator, desk: Desk, when: str, path: str, body: Any) -> None:
    desk.seed(B)
    simulator.faults({"match": {"method": "POST", "path": path + "$"}, "action": {"type": when}})
    with pytest.raises(requests.ConnectionError):
        desk.platform.ask("POST", f"{path}?msTenantId={BRAD}", body)
    (entry,) = simulator.log()
    assert (entry["status"], entry["worked"]) == (None, 200 if when == "reset_after" else None)
    is_job = re.search("/(upload|release|unassign)$", path) is not None
    assert len(simulator.state()["tasks"]) == (is_job and when == "reset_after")
