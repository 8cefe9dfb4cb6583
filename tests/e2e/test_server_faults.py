# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is said when the platform, the authority or the way there has a fault: one sentence, and what to do next."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from harness.cast import BRAD, POST
from harness.playbooks import Ansible, Step, task
from simulator.client import Simulator

CREATE = {"method": "POST", "path": "/api/v3/customer$"}
LIST = {"method": "GET", "path": "/api/v3/customer$"}
LOGIN = {"path": "/oauth2/"}
SERVICE = {"ms_tenant_id": BRAD, "short_name": "Brad", "settle_timeout": 0.5}
JSON = {"content_type": "application/json"}
TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00"


@dataclass
class Fault:
    """One kind of fault and what has to be said about it."""

    match: dict[str, str]
    action: dict[str, Any]
    said: list[str]
    status: int | None
    facts: dict[str, Any] = field(default_factory=dict)
    every: bool = False


FAULTS = {
    "problem": Fault(
        CREATE,
        {
            "type": "status",
            "status": 500,
            **JSON,
            "body": '{"type":"https://httpstatuses.com/500","title":"Internal Server Error","status":500,"traceId":"'
            + TRACE
            + '"}',
        },
        ["POST /api/v3/customer", "500", "Internal Server Error"],
        500,
        {"trace_id": TRACE},
    ),
    "validation": Fault(
        CREATE,
        {
            "type": "status",
            "status": 400,
            **JSON,
            "body": '{"errors":{"CompanyName":["Company name is not allowed."]},"title":"One or more validation errors'
            ' occurred.","status":400}',
        },
        ["POST /api/v3/customer", "400", "Company name is not allowed."],
        400,
        {"errors": {"CompanyName": ["Company name is not allowed."]}},
    ),
    "extended problem": Fault(
        CREATE,
        {
            "type": "status",
            "status": 403,
            **JSON,
            "body": '{"title":"Forbidden","detail":"No right for this channel.","errorCode":"NoRight","status":403}',
        },
        ["403", "No right for this channel."],
        403,
        {"error_code": "NoRight"},
    ),
    "bare string": Fault(
        CREATE, {"type": "status", "status": 404, **JSON, "body": '"Invalild lead"'}, ["404", "Invalild lead"], 404
    ),
    "bare word": Fault(
        CREATE, {"type": "status", "status": 404, **JSON, "body": "Invalid lead"}, ["404", "Invalid lead"], 404
    ),
    "html": Fault(
        CREATE,
        {"type": "status", "status": 502, "body": "<html><title>502 Bad Gateway</title><h1>nginx</h1></html>"},
        ["502", "502 Bad Gateway"],
        502,
    ),
    "empty 401": Fault(
        LIST,
        {"type": "status", "status": 401, "headers": {"WWW-Authenticate": 'Bearer error="invalid_token"'}},
        ["401"],
        401,
        every=True,
    ),
    "redirect": Fault(
        LIST,
        {"type": "status", "status": 302, "headers": {"Location": "https://elsewhere.example/steal"}},
        ["GET /api/v3/customer", "redirect", "302"],
        302,
        every=True,
    ),
    "cut answer to the POST": Fault(
        CREATE, {"type": "status", "status": 200, **JSON, "body": '{"jobId":"wst_12'}, ["not JSON"], 200
    ),
    "answer without a task": Fault(
        CREATE, {"type": "status", "status": 200, **JSON, "body": '{"surprise":true}'}, ["POST /api/v3/customer"], None
    ),
    "authority page": Fault(
        LOGIN, {"type": "status", "status": 404, "body": "<html><title>Not here</title></html>"}, ["Not here"], 404
    ),
    "list that is no list": Fault(
        LIST, {"type": "status", "status": 200, **JSON, "body": '"later"'}, ["GET /api/v3/customer"], None, every=True
    ),
}


def is_one_good_sentence(step: Step) -> None:
    """Form of every failure: one line, what was attempted, no header, and a hint."""
    assert step.failed
    assert "\n" not in step.message
    assert len(step.message) < 900
    for header in ("Authorization", "authorization", "Bearer ", "User-Agent", "WWW-Authenticate"):
        assert header not in step.message
    failure = step.failure
    assert set(failure) >= {
        "message", "operation", "http_status", "error_code", "errors", "trace_id", "attempts", "task", "hint",
    }  # fmt: skip
    assert failure["operation"], failure
    assert failure["hint"], failure
    assert failure["message"].rstrip(".") in step.message


OF_EVERY_KIND = ("problem", "validation", "html", "redirect", "authority page", "list that is no list")
"""An answer for people, one for programs, a page, an address, each of the three ways that requests are made."""


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(fault, id=name, marks=[] if name in OF_EVERY_KIND else [pytest.mark.long])
        for name, fault in FAULTS.items()
    ],
)
def test_a_fault_is_told_in_a_sentence_with_a_hint(ansible: Ansible, simulator: Simulator, fault: Fault) -> None:
    occurrence = "every" if fault.every else 1
    simulator.faults({"match": fault.match, "occurrence": occurrence, "action": fault.action})
    run = ansible.play(task("create", "oc_service", SERVICE), diff=True, verbosity=4)
    step = run["create"]
    is_one_good_sentence(step)
    for words in fault.said:
        assert words in step.message
    if fault.status is not None:
        assert step.failure["http_status"] == fault.status
    for name, value in fault.facts.items():
        assert step.failure[name] == value
    assert run.sent.count(POST) <= 1
    assert "elsewhere.example" not in " ".join(run.sent)


SECRET = {"client_secret": "wrong-Secret~1", "access_token": "wrong-Token~1"}
WRONG_SETTINGS: dict[str, tuple[dict[str, str], str, str]] = {
    "wrong secret": ({"client_secret": "{{ given_client_secret }}"}, "AADSTS7000215", "client_secret"),
    "unknown application": ({"client_id": "11111111-2222-4333-8444-555555555555"}, "AADSTS700016", "client_id"),
    "wrong scope": ({"auth_scope": "api://another/.default"}, "AADSTS500011", "auth_scope"),
    "unknown directory": ({"auth_tenant_id": "not.a.directory.example"}, "AADSTS90002", "auth_tenant_id"),
    "wrong token": ({"access_token": "{{ given_access_token }}"}, "does not accept the access_token", "fresh one"),
    "platform not there": ({"base_url": "http://127.0.0.1:9/tenantui"}, "GET /api/v2/oc/lead", "base_url"),
    "authority not there": ({"auth_url": "http://127.0.0.1:9"}, "Login: no connection to 127.0.0.1:9 ", "auth_url"),
    "wrong path": ({"base_url": "{{ root }}/nowhere"}, "404", "base_url"),
}
"""Options, what is said, and what the hint names."""


def test_wrong_settings_are_named(ansible: Ansible, simulator: Simulator) -> None:
    root = simulator.base_url.removesuffix("/tenantui")
    ansible.secrets += SECRET.values()
    run = ansible.play(
        *(
            task(name, "oc_lead_info", {**options, "token_cache": "false"}, ignore_errors=True)
            for name, (options, _said, _hint) in WRONG_SETTINGS.items()
        ),
        play={"vars": {"root": root, **{f"given_{name}": value for name, value in SECRET.items()}}},
        verbosity=4,
    )
    for name, (_options, said, hint) in WRONG_SETTINGS.items():
        is_one_good_sentence(run[name])
        assert said in run[name].message
        assert hint in run[name].failure["hint"]


def test_a_lead_that_is_not_active_is_told_before_anything_is_sent(ansible: Ansible) -> None:
    cases = {
        "suspended": ("98410fb2-7e4d-4a96-9a37-d1a6e9c5f028", "Suspended"),
        "removed": ("8730fea1-6d3c-4f85-8926-c095d8b4ef17", "Removed"),
        "nobody": ("00000000-1111-4222-8333-444444444444", "has no lead"),
    }
    run = ansible.play(
        *(
            task(name, "oc_service", {"ms_tenant_id": tenant, "short_name": "Any"}, ignore_errors=True)
            for name, (tenant, _said) in cases.items()
        ),
        task("check", "oc_service", {"ms_tenant_id": cases["nobody"][0], "short_name": "Any"}, check_mode=True),
    )
    for name, (tenant, said) in cases.items():
        assert run[name].failed
        assert tenant in run[name].message
        assert said in run[name].message
        assert run[name].failure["hint"]
    assert run["check"].failed
    assert POST not in run.sent
