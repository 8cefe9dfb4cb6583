# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The requests as they stand on the wire."""

import inspect
import re
from collections.abc import Callable
from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.client import LivePlatformApi
from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.json_reader import read_task_id
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.errors import ApiError, LivePlatformError
from ansible_collections.audiocodes.live_platform.plugins.module_utils._http.retry import ONCE, READ, SET, RetryRule
from ansible_collections.audiocodes.live_platform.plugins.module_utils._http.transport import Answer, Call
from harness.fakes import GUID, TENANT, TOKEN, Conversation, Step, client_of, delete, get, login, lost, post, said

Begin = Callable[..., LivePlatformApi]


@pytest.fixture
def api(conversation: Callable[..., Conversation]) -> Begin:
    return lambda *steps: LivePlatformApi(client_of(conversation(login(), *steps)))


@pytest.mark.parametrize(
    ("content", "task_id"),
    [
        ({"jobId": "wst_1"}, "wst_1"),
        ({"JobID": "wst_1"}, "wst_1"),
        ({"taskId": "tsk_1"}, "tsk_1"),
        ("tsk_1", "tsk_1"),
        (' "wst_1" ', "wst_1"),
        (1, None),
        (None, None),
        ("", None),
        ({}, None),
        ({"jobId": None}, None),
        ([], None),
    ],
)
def test_a_task_id_is_read_in_every_form(content: Any, task_id: str | None) -> None:
    assert read_task_id(content) == task_id


def test_a_service_is_created_with_exactly_the_given_body(api: Begin) -> None:
    body = {"msTenantId": TENANT, "licenseType": 3}
    assert api(post("/api/v3/customer", {"jobId": "wst_1"}, body=body, query={})).create_service(body) == "wst_1"


@pytest.mark.parametrize("content", [{}, [], 1, True, {"status": "ok"}])
def test_a_creation_without_a_task_id_is_undecided(api: Begin, content: Any) -> None:
    with pytest.raises(ApiError) as caught:
        api(post("/api/v3/customer", content)).create_service({})
    assert caught.value.undecided


def test_a_task_is_asked_for_once_with_its_id_escaped(api: Begin) -> None:
    assert api(get("/api/v2/task/wst_a%2Fb", {"status": "Queued"})).get_task("wst_a/b").id == "wst_a/b"
    with pytest.raises(ApiError):
        api(get("/api/v2/task/x", said("", 503))).get_task("x")


@pytest.mark.parametrize(
    ("call", "step"),
    [
        (lambda api: api.list_services(), get("/api/v3/customer", [], {"allDetails": "false"})),
        (lambda api: api.list_services(True), get("/api/v3/customer", [], {"allDetails": "true"})),
        (lambda api: api.list_leads(), get("/api/v2/oc/lead", [], {"PageSize": 20000})),
        (
            lambda api: api.list_leads(TENANT, True),
            get("/api/v2/oc/lead", [], {"msTenantId": TENANT, "checkOnline": "true", "PageSize": 20000}),
        ),
        (
            lambda api: api.list_script_templates("SBC", True),
            get("/api/v2/scripttemplates", [], {"scriptType": "SBC", "allDetails": "true", "PageSize": 1000}),
        ),
        (lambda api: api.list_calling_profiles(), get("/api/v2/oc/callingprofile", [], {})),
        (lambda api: api.list_sbc_devices("api/v9/sbc"), get("/api/v9/sbc", [], {})),
    ],
)
def test_a_list_is_asked_for_as_documented(api: Begin, call: Callable[[LivePlatformApi], Any], step: Step) -> None:
    assert call(api(step)) == []


@pytest.mark.parametrize("content", [None, "maintenance", {"message": "x"}, ["a"]])
@pytest.mark.parametrize(
    ("call", "path"),
    [
        (lambda api: api.list_services(), "/api/v3/customer"),
        (lambda api: api.list_leads(), "/api/v2/oc/lead"),
        (lambda api: api.list_script_templates(), "/api/v2/scripttemplates"),
        (lambda api: api.list_calling_profiles(), "/api/v2/oc/callingprofile"),
    ],
)
def test_an_odd_list_is_an_error_and_never_empty(
    api: Begin, call: Callable[[LivePlatformApi], Any], path: str, content: Any
) -> None:
    with pytest.raises(ApiError):
        call(api(get(path, content)))


def test_what_is_not_found_is_none(api: Begin) -> None:
    missing = said("not found", 404)
    made = api(
        get(f"/api/v3/customer/{GUID}", missing, {"allDetails": "true"}), get("/api/v2/sitelocation/41", missing)
    )
    assert made.get_service(GUID) is None
    assert made.get_sip_connection("41") is None


@pytest.mark.parametrize(
    ("answers", "was_there"),
    [
        ([said(1)], True),
        ([said(True)], True),
        ([said("", 404)], False),
        ([lost(), said("", 404)], None),
        ([said({"status": "queued"})], None),
    ],
)
def test_a_deletion_says_whether_there_was_something(api: Begin, answers: list[Any], was_there: bool | None) -> None:
    path = f"/api/v2/customer/{GUID}"
    assert api(*[delete(path, answer) for answer in answers]).delete_service(GUID) is was_there


# -- once or twice -----------------------------------------------------------------------------------------------

WRITES: dict[str, tuple[RetryRule, Callable[[LivePlatformApi], Any]]] = {
    "create_service": (ONCE, lambda api: api.create_service({})),
    "create_lead": (ONCE, lambda api: api.create_lead({})),
    "upgrade_service": (ONCE, lambda api: api.upgrade_service(GUID, {})),
    "upload_numbers": (ONCE, lambda api: api.upload_numbers(TENANT, {})),
    "release_numbers": (ONCE, lambda api: api.release_numbers(TENANT, [])),
    "unassign_numbers": (ONCE, lambda api: api.unassign_numbers(TENANT, [])),
    "delete_lead": (SET, lambda api: api.delete_lead(TENANT)),
    "delete_service": (SET, lambda api: api.delete_service(GUID)),
    "change_service": (SET, lambda api: api.change_service(GUID, {})),
    "assign_channel": (SET, lambda api: api.assign_channel({}, "1")),
    "remove_channel": (SET, lambda api: api.remove_channel(TENANT)),
    "confirm_removal": (SET, lambda api: api.confirm_removal([])),
    "clear_removal": (SET, lambda api: api.clear_removal([])),
    "validate_numbers": (READ, lambda api: api.validate_numbers(TENANT, [])),
}
"""Whether each request but a GET may be done twice."""


class _LostAnswers:
    """A transport that loses every answer but that of the login."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    def exchange(self, call: Call, timeout: float) -> Answer:
        if "/oauth2/" in call.url:
            return said({"access_token": TOKEN})
        self.sent.append(call.method)
        raise lost()


@pytest.mark.parametrize("name", WRITES)
def test_what_must_be_done_once_is_sent_once(name: str) -> None:
    rule, send = WRITES[name]
    transport = _LostAnswers()
    with pytest.raises(ApiError) as caught:
        send(LivePlatformApi(client_of(transport)))
    assert (len(transport.sent), caught.value.undecided) == ((1, True) if rule is ONCE else (5, False))
    assert "GET" not in transport.sent


@pytest.mark.parametrize("name", WRITES)
def test_only_what_reads_is_sent_in_check_mode(name: str) -> None:
    rule, send = WRITES[name]
    transport = _LostAnswers()
    with pytest.raises(LivePlatformError):
        send(LivePlatformApi(client_of(transport, read_only=True)))
    assert bool(transport.sent) == (rule is READ)


def test_every_request_but_a_get_is_in_the_table() -> None:
    code = "".join(map(inspect.getsource, LivePlatformApi.__mro__[:-1]))
    assert len(re.findall(r'\.request\(\s*"(?:POST|PUT|PATCH|DELETE)"', code)) == len(WRITES)


# -- answers about something else --------------------------------------------------------------------------------

OTHER = "0b0c6a10-aaaa-4bbb-8ccc-00000000ffff"
ABOUT: dict[str, tuple[Step, Callable[[LivePlatformApi], Any]]] = {
    "a task": (get("/api/v2/task/wst_1", {"id": "wst_2"}), lambda api: api.get_task("wst_1")),
    "a service": (
        get(f"/api/v3/customer/{GUID}", {"UmpCustomerGuid": OTHER}),
        lambda api: api.get_service(GUID),
    ),
    "a service in a list": (
        get(f"/api/v3/customer/{GUID}", [{"UmpCustomerGuid": OTHER}]),
        lambda api: api.get_service(GUID),
    ),
    "a channel": (get("/api/ovoc/v1/topology/channels/7", {"id": 8}), lambda api: api.get_channel("7")),
    "a connection": (get(f"/api/v2/sitelocation/{GUID}", {"id": OTHER}), lambda api: api.get_sip_connection(GUID)),
}


@pytest.mark.parametrize("what", ABOUT)
def test_an_answer_about_another_object_is_not_believed(api: Begin, what: str) -> None:
    step, read = ABOUT[what]
    tries = 1 if what == "a task" else 5  # a wait for a task asks again anyway
    with pytest.raises(ApiError, match="names another object than the one that was asked for") as caught:
        read(api(*[step] * tries))
    assert caught.value.transient


@pytest.mark.parametrize("named", [GUID.upper(), f"{{{GUID}}}", None, "", 4711, "an id of another kind"])
def test_the_same_object_in_another_spelling_is_believed(api: Begin, named: Any) -> None:
    assert api(get(f"/api/v3/customer/{GUID}", {"UmpCustomerGuid": named})).get_service(GUID) is not None


def test_half_a_character_in_an_id_names_nothing(api: Begin) -> None:
    assert api(get("/api/v3/customer/%3F", said("not found", 404))).get_service("\ud800") is None
