# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One request to the platform: retries, logins, and every bad answer as one kind of error."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.errors import (
    ApiError,
    LivePlatformError,
    LoginError,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.masking import Secrets
from ansible_collections.audiocodes.live_platform.plugins.module_utils._http.client import CHANNEL_HEADER
from ansible_collections.audiocodes.live_platform.plugins.module_utils._http.rate_limit import RateLimitNotice
from ansible_collections.audiocodes.live_platform.plugins.module_utils._http.retry import (
    READ,
    REFUSED_STATUSES,
    SET,
    RetryBudget,
    RetryRule,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._http.transport import Answer, NoAnswer
from harness.fakes import (
    CLIENT_SECRET,
    TOKEN,
    Conversation,
    FakeClock,
    Step,
    client_of,
    get,
    login,
    login_answer,
    lost,
    post,
    raw,
    refused,
    said,
)

Begin = Callable[..., Conversation]
PATH = "/api/v3/customer"


def _fails(client: Any, method: str = "GET", **more: Any) -> ApiError:
    with pytest.raises(ApiError) as caught:
        client.request(method, PATH, **more)
    return caught.value


# -- answers -----------------------------------------------------------------------------------------------------


def test_the_json_of_an_answer_is_given_back(conversation: Begin) -> None:
    script = conversation(login(), get(PATH, [{"a": 1}], {"allDetails": "false"}, bearer=TOKEN))
    assert client_of(script).request("GET", PATH, params={"allDetails": "false"}) == [{"a": 1}]


@pytest.mark.parametrize("status", [200, 500])
@pytest.mark.parametrize(
    "content",
    [
        {"id": 1574, "appRegistrationSettings": {"clientSecret": "planted-Channel~17"}},
        {"services": [{"deviceManagerParams": {"password": "planted-Channel~17"}}]},
        {"ApplicationClientSecret": "planted-Channel~17"},
        {"sbcInfo": {"sbcScripts": {"customerVariables": {"CarrierUserPassword": "planted-Channel~17"}}}},
    ],
)
def test_a_secret_that_an_answer_brings_is_masked_from_then_on(conversation: Begin, content: Any, status: int) -> None:
    secrets = Secrets()
    client = client_of(conversation(login(), get(PATH, said(content, status))), secrets=secrets)
    if status == 200:
        client.request("GET", PATH)
    else:
        assert "planted-" not in str(_fails(client, attempts=1))
    assert secrets.mask_text("the SBC refused planted-Channel~17") == "the SBC refused ********"


def test_an_empty_answer_is_none(conversation: Begin) -> None:
    script = conversation(login(), get(PATH, raw(b" \n", 204)))
    assert client_of(script).request("GET", PATH) is None


@pytest.mark.parametrize(
    ("answer", "facts"),
    [
        (
            said({"title": "Internal Server Error", "status": 500, "traceId": "t-500"}, 500),
            {"status": 500, "text": "Internal Server Error", "trace": "t-500", "code": None, "errors": {}},
        ),
        (
            said({"title": "Wrong.", "errors": {"LeadId": ["unknown"]}, "traceId": "t-400"}, 400),
            {"status": 400, "text": "Wrong. LeadId: unknown", "trace": "t-400", "errors": {"LeadId": ["unknown"]}},
        ),
        (
            said({"title": "Conflict", "detail": "Busy", "errorCode": "LP-1", "errorTicket": "9"}, 409),
            {"status": 409, "text": "Conflict. Busy. error ticket 9", "code": "LP-1"},
        ),
        (said("Customer not found", 404), {"status": 404, "text": "Customer not found"}),
        (raw(b"Invalid lead", 404), {"status": 404, "text": "Invalid lead"}),
        (raw(b"", 405), {"status": 405, "text": "an empty answer"}),
        (
            raw(b"<html><title>Blocked</title></html>", 403),
            {"status": 403, "text": "an HTML page 'Blocked', probably from a proxy in between"},
        ),
        (raw(b'{"title": "cut', 422), {"status": 422, "text": '{"title": "cut'}),
    ],
)
def test_every_family_of_error_is_one_exception(conversation: Begin, answer: Answer, facts: dict[str, Any]) -> None:
    script = conversation(login(), post(PATH, answer))
    error = _fails(client_of(script), "POST", body={})
    got = {
        "status": error.http_status,
        "text": error.text,
        "trace": error.trace_id,
        "code": error.error_code,
        "errors": error.errors,
    }
    assert got == {"trace": None, "code": None, "errors": {}, **facts}
    assert error.operation == f"POST {PATH}"
    assert error.attempts == 1
    assert str(answer.status) in error.message
    assert error.text in error.message


@pytest.mark.parametrize(
    ("status", "part"),
    [(400, "correct the input"), (403, "permission"), (404, "base_url"), (405, "base_url"), (409, "identity")],
)
def test_the_hint_fits_the_status(conversation: Begin, status: int, part: str) -> None:
    script = conversation(login(), get(PATH, raw(b"", status)))
    hint = _fails(client_of(script)).hint
    assert hint is not None
    assert part in hint


def test_the_failure_that_users_see_has_every_fact(conversation: Begin) -> None:
    script = conversation(login(), get(PATH, said({"title": "No", "traceId": "t"}, 403)))
    assert set(_fails(client_of(script)).to_dict()) == {
        "message",
        "operation",
        "http_status",
        "error_code",
        "errors",
        "trace_id",
        "attempts",
        "elapsed",
        "task",
        "hint",
    }


def test_a_redirect_is_not_followed_and_is_an_error(conversation: Begin) -> None:
    script = conversation(login(), get(PATH, raw(b"", 302, location="https://other-host.example/")))
    error = _fails(client_of(script))
    assert (error.http_status, error.transient, error.undecided) == (302, False, False)
    assert "redirects" in error.message
    assert "other-host" not in error.message


def test_a_route_names_the_operation_instead_of_the_path_with_its_ids(conversation: Begin) -> None:
    script = conversation(login(), get("/api/v2/task/wst_1", raw(b"", 404)))
    client = client_of(script)
    with pytest.raises(ApiError) as caught:
        client.request("GET", "/api/v2/task/wst_1", route="/api/v2/task/{taskId}")
    assert caught.value.operation == "GET /api/v2/task/{taskId}"
    assert client.requests == {"login": 1, "GET /api/v2/task/{taskId}": 1}


def test_the_channel_goes_along_as_a_header(conversation: Begin) -> None:
    script = conversation(login(), get(PATH, []), get(PATH, []))
    client_of(script, ovoc_channel_id=1574).request("GET", PATH)
    assert script.calls[1].headers == {CHANNEL_HEADER: "1574"}
    client_of(script, access_token="a-given-token").request("GET", PATH)
    assert script.calls[2].headers == {}


# -- retries of what only reads ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fault",
    [
        *(raw(b"", status) for status in (408, 410, 424, 425, 429, 444, 499, 500, 502, 503, 504, 599)),
        lost(),
        refused(),
        raw(b'[{"cut'),
    ],
)
@pytest.mark.parametrize(("method", "rule"), [("GET", None), ("POST", READ), ("DELETE", SET), ("PATCH", SET)])
def test_what_may_be_repeated_is_tried_again_after_an_error(
    conversation: Begin, method: str, rule: RetryRule | None, fault: Any
) -> None:
    tries = [Step(method, PATH, result) for result in (fault, fault, said({"at": "last"}))]
    script = conversation(login(), *tries)
    clock = FakeClock()
    assert client_of(script, clock).request(method, PATH, rule=rule) == {"at": "last"}
    assert clock.sleeps == [0.5, 1.0]


@pytest.mark.parametrize("status", [400, 403, 404, 405, 409, 422, 501])
def test_a_clear_refusal_is_not_tried_again(conversation: Begin, status: int) -> None:
    script = conversation(login(), get(PATH, raw(b"", status)))
    assert _fails(client_of(script)).attempts == 1


def test_an_error_without_end_is_given_up_after_five_attempts(conversation: Begin) -> None:
    script = conversation(login(), *[get(PATH, raw(b"", 503))] * 5)
    error = _fails(client_of(script))
    assert error.attempts == 5
    assert "(tried 5 times)" in error.message
    assert error.transient


@pytest.mark.parametrize("make", [lambda clock: "20", lambda clock: clock.http_date(20)])
def test_retry_after_is_obeyed_as_seconds_and_as_date(conversation: Begin, make: Callable[[FakeClock], str]) -> None:
    clock = FakeClock()
    script = conversation(login(), get(PATH, raw(b"", 429, retry_after=make(clock))), get(PATH, []))
    client_of(script, clock).request("GET", PATH)
    assert clock.sleeps == [pytest.approx(20.5, abs=1.0)]


def test_a_rate_limit_is_announced_with_the_seconds(conversation: Begin) -> None:
    clock = FakeClock()
    limited = raw(b"", 429, retry_after="20")
    script = conversation(login(), get(PATH, limited), get(PATH, raw(b"", 503)), get(PATH, limited), get(PATH, []))
    said: list[str] = []
    limit = RateLimitNotice(said.append)
    client_of(script, clock, limited=limit).request("GET", PATH)
    assert said == ["the platform limits the rate of requests (429): waiting 20 s"] * 2
    assert limit.warning is not None
    assert "(429) 2 times; this run waited 41 s" in limit.warning


def test_without_a_limit_there_is_nothing_to_announce(conversation: Begin) -> None:
    limit = RateLimitNotice()
    script = conversation(login(), get(PATH, raw(b"", 503)), get(PATH, []))
    client_of(script, limited=limit).request("GET", PATH)
    assert limit.warning is None


def test_retry_after_is_clamped(conversation: Begin) -> None:
    clock = FakeClock()
    script = conversation(login(), get(PATH, raw(b"", 429, retry_after="86400")), get(PATH, []))
    client_of(script, clock).request("GET", PATH)
    assert clock.sleeps == [60.5]


def test_a_pause_that_would_exceed_the_budget_is_not_begun(conversation: Begin) -> None:
    clock = FakeClock()
    script = conversation(login(), get(PATH, raw(b"", 429, retry_after="40")))
    error = _fails(client_of(script, clock, budget=RetryBudget(seconds=30)))
    assert clock.sleeps == []
    assert (error.http_status, error.retry_after) == (429, 40.0)


def test_the_number_of_attempts_can_be_lessened(conversation: Begin) -> None:
    script = conversation(login(), get(PATH, raw(b"", 503)))
    assert _fails(client_of(script), attempts=1).attempts == 1


def test_what_cannot_get_better_is_not_tried_again(conversation: Begin) -> None:
    script = conversation(login(), get(PATH, NoAnswer("TLS: not trusted", sent=False, permanent=True)))
    error = _fails(client_of(script))
    assert (error.attempts, error.transient, error.undecided) == (1, False, False)
    assert "ca_path" in str(error.hint)


# -- what is sent only once --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fault",
    [
        lost(),
        *(raw(b"", status) for status in range(300, 600) if status not in REFUSED_STATUSES),
        *(raw(b"", status) for status in (101, 600, 999)),
        raw(b"<html>"),
        raw(b'{"jobId":'),
    ],
)
@pytest.mark.parametrize("method", ["POST", "PATCH", "PUT", "DELETE"])
def test_what_must_be_done_once_and_may_have_arrived_is_never_sent_again(
    conversation: Begin, method: str, fault: Any
) -> None:
    """Every request but a GET must, unless it says otherwise."""
    script = conversation(login(), Step(method, PATH, fault))
    error = _fails(client_of(script), method, body={})
    assert error.undecided
    assert error.attempts == 1


@pytest.mark.parametrize("status", sorted(REFUSED_STATUSES - {401, 429}))
def test_a_submission_that_was_refused_is_decided(conversation: Begin, status: int) -> None:
    script = conversation(login(), post(PATH, raw(b"", status)))
    error = _fails(client_of(script), "POST", body={})
    assert (error.undecided, error.attempts) == (False, 1)


@pytest.mark.parametrize("fault", [raw(b"", 429), raw(b"", 503, retry_after="2"), refused()])
def test_a_submission_that_did_not_begin_is_tried_again(conversation: Begin, fault: Any) -> None:
    script = conversation(login(), post(PATH, fault), post(PATH, {"jobId": "wst_1"}))
    assert client_of(script).request("POST", PATH, body={}) == {"jobId": "wst_1"}


def test_a_submission_that_was_always_refused_is_decided(conversation: Begin) -> None:
    script = conversation(login(), *[post(PATH, raw(b"", 503, retry_after="1"))] * 5)
    error = _fails(client_of(script), "POST", body={})
    assert (error.undecided, error.attempts) == (False, 5)


def test_a_lost_answer_after_a_refused_connection_is_undecided(conversation: Begin) -> None:
    script = conversation(login(), post(PATH, refused()), post(PATH, lost()))
    error = _fails(client_of(script), "POST", body={})
    assert (error.undecided, error.attempts) == (True, 2)


# -- answers to other requests -----------------------------------------------------------------------------------


def _is_seven(content: Any) -> bool:
    return bool(content == 7)


def test_an_answer_to_another_request_is_not_believed(conversation: Begin) -> None:
    script = conversation(login(), get(PATH, 6), get(PATH, 7))
    assert client_of(script).request("GET", PATH, about=_is_seven) == 7


def test_answers_to_other_requests_alone_are_an_error(conversation: Begin) -> None:
    script = conversation(login(), get(PATH, 6), get(PATH, 6))
    error = _fails(client_of(script), attempts=2, about=_is_seven)
    assert (error.undecided, error.transient, error.attempts, error.http_status) == (False, True, 2, 200)
    assert "names another object than the one that was asked for" in error.message


def test_an_answer_to_another_request_leaves_a_submission_undecided(conversation: Begin) -> None:
    script = conversation(login(), post(PATH, 6))
    error = _fails(client_of(script), "POST", about=_is_seven)
    assert (error.undecided, error.attempts) == (True, 1)


# -- logins ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_rejected_token_leads_to_exactly_one_new_login(conversation: Begin, method: str) -> None:
    make = {"GET": get, "POST": post}[method]
    script = conversation(
        login("first-token"),
        make(PATH, raw(b"", 401, www_authenticate="Bearer"), bearer="first-token"),
        login("second-token"),
        make(PATH, {"ok": 1}, bearer="second-token"),
    )
    client = client_of(script)
    assert client.request(method, PATH) == {"ok": 1}
    assert client.logins == 2


def test_a_second_rejection_is_an_error(conversation: Begin) -> None:
    script = conversation(login("one"), get(PATH, raw(b"", 401)), login("two"), get(PATH, raw(b"", 401)))
    error = _fails(client_of(script))
    assert error.http_status == 401
    assert not error.transient
    assert "auth_scope" in str(error.hint)


def test_a_given_token_that_is_rejected_is_a_login_error(conversation: Begin) -> None:
    script = conversation(get(PATH, raw(b"", 401), bearer="given-token-x"))
    with pytest.raises(LoginError) as caught:
        client_of(script, access_token="given-token-x").request("GET", PATH)
    assert "access_token" in caught.value.message
    assert caught.value.http_status == 401


def test_many_requests_need_one_login(conversation: Begin) -> None:
    script = conversation(login(), *[get(PATH, [])] * 5)
    client = client_of(script)
    for _number in range(5):
        client.request("GET", PATH)
    assert client.logins == 1


def test_the_login_is_tried_again_after_an_outage(conversation: Begin) -> None:
    script = conversation(login_answer(raw(b"", 503)), login_answer(lost()), login(), get(PATH, []))
    client = client_of(script)
    client.request("GET", PATH)
    assert client.requests == {"login": 3, f"GET {PATH}": 1}


def test_a_login_without_answer_is_a_login_error_with_every_fact(conversation: Begin) -> None:
    script = conversation(*[login_answer(said({"error": "busy", "trace_id": "t-7"}, 503))] * 5)
    with pytest.raises(LoginError) as caught:
        client_of(script).request("GET", PATH)
    error = caught.value
    assert (error.http_status, error.attempts, error.operation, error.trace_id) == (503, 5, "login", "t-7")
    assert "auth_url" in str(error.hint)


# -- secrets -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "steps",
    [
        [login_answer(said({"error": "x", "error_description": "AADSTS7000215: no"}, 401))],
        [login_answer(lost())] * 5,
        [login_answer(said({"nothing": 1}))],
        [login(), get(PATH, raw(b"", 403))],
        [login(), get(PATH, raw(b"", 401)), login(TOKEN + "-2"), get(PATH, raw(b"", 401))],
        [login(), *[get(PATH, lost())] * 5],
        [login(), *[get(PATH, raw(b"<html>"))] * 5],
        [login(), get(PATH, raw(b"", 302))],
    ],
)
def test_no_error_holds_the_token_or_the_secret(conversation: Begin, steps: list[Any]) -> None:
    client = client_of(conversation(*steps), ovoc_channel_id=1)
    with pytest.raises((ApiError, LoginError)) as caught:
        client.request("GET", PATH)
    error = caught.value
    shown = "".join((repr(error), str(error), repr(error.args), repr(vars(error)), json.dumps(error.to_dict())))
    assert error.__cause__ is None
    assert TOKEN not in shown
    assert CLIENT_SECRET not in shown
    assert "Bearer" not in shown


def test_a_request_never_shows_its_token_or_login_form(conversation: Begin) -> None:
    script = conversation(login(), get(PATH, []))
    client_of(script).request("GET", PATH)
    assert TOKEN not in repr(script.calls)
    assert CLIENT_SECRET not in repr(script.calls)


def test_every_token_is_learned_as_a_secret(conversation: Begin) -> None:
    secrets = Secrets()
    script = conversation(login("token-one"), get(PATH, raw(b"", 401)), login("token-two"), get(PATH, []))
    client_of(script, secrets=secrets).request("GET", PATH)
    assert {"token-one", "token-two"} <= set(secrets.values)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_a_client_that_only_reads_sends_nothing_else(conversation: Begin, method: str) -> None:
    script = conversation(login(), get(PATH, []))
    client = client_of(script, read_only=True)
    with pytest.raises(LivePlatformError, match=f"{method} {PATH} was about to be sent in check mode"):
        client.request(method, PATH, body={})
    assert script.calls == []
    assert client.request("GET", PATH) == []


def test_what_is_called_right_before_a_request_can_keep_it_from_being_sent(conversation: Begin) -> None:
    script = conversation(login(), get(PATH, []))
    client = client_of(script)

    def refuse() -> None:
        raise RuntimeError("not now")

    with pytest.raises(RuntimeError, match="not now"):
        client.request("GET", PATH, before_sending=refuse)
    assert len(script.calls) == 1, "the login alone"
    assert client.request("GET", PATH, before_sending=lambda: None) == []
