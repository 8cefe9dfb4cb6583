# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can go wrong, as data: the requests of a flow, and what may happen to each of them."""

from __future__ import annotations

import json
from typing import Any

HTML = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1>nginx</body></html>"
JSON = "application/json"
PROBLEM = json.dumps(
    {
        "type": "https://httpstatuses.com/500",
        "title": "Internal Server Error",
        "status": 500,
        "traceId": "00-0123456789abcdef0123456789abcdef-0123456789abcdef-00",
    }
)
PATIENCE = 30.0
"""Seconds that the engine waits for an answer."""

PASSWORD = "plänted\"Carrier\\~pw/23+x= &y'<%>`z\tßtq\\nKq\\u00e4Jx"
"""It holds all characters that encoders treat differently, one that is longer in capitals, and what looks escaped."""

APPLICATION_PASSWORD = "planted-Application~pw.17"

ANOTHER = "ffffffff-0000-4000-8000-00000000ffff"
"""The id of something else than what is asked for."""

ODD = "a\ud83d \u001b[2J\u0000 \u202e"
"""Half a character, an order to the terminal, and others that nobody wants to see."""

Action = dict[str, Any]

REQUESTS: dict[str, dict[str, str]] = {
    "login": {"method": "POST", "path": "/oauth2/v2.0/token$"},
    "service list": {"method": "GET", "path": "/api/v3/customer$"},
    "leads": {"method": "GET", "path": "/api/v2/oc/lead$"},
    "create": {"method": "POST", "path": "/api/v3/customer$"},
    "create lead": {"method": "POST", "path": "/api/v2/oc/lead$"},
    "change": {"method": "PATCH", "path": "/api/v3/customer/"},
    "upgrade": {"method": "POST", "path": "/action/upgrade$"},
    "assign": {"method": "PUT", "path": "/channel/action/assign$"},
    "remove": {"method": "PUT", "path": "/channel/action/remove/$"},
    "channel": {"method": "GET", "path": "/topology/channels/"},
    "channels": {"method": "GET", "path": "/topology/channels$"},
    "delete lead": {"method": "DELETE", "path": "/api/v2/oc/lead$"},
    "task": {"method": "GET", "path": "/api/v2/task/"},
    "service": {"method": "GET", "path": "/api/v3/customer/[^/]+$"},
    "SIP connection": {"method": "GET", "path": "/api/v2/sitelocation/"},
    "delete": {"method": "DELETE", "path": "/api/v2/customer/"},
    "script templates": {"method": "GET", "path": "/api/v2/scripttemplates$"},
    "calling profiles": {"method": "GET", "path": "/api/v2/oc/callingprofile$"},
    "numbers": {"method": "GET", "path": "/api/v3/oc/numbers$"},
    "validate numbers": {"method": "POST", "path": "/oc/numbers/action/number-status$"},
    "upload numbers": {"method": "POST", "path": "/oc/numbers/action/upload$"},
    "release numbers": {"method": "POST", "path": "/oc/numbers/action/release$"},
    "unassign numbers": {"method": "POST", "path": "/oc/numbers/action/unassign$"},
    "confirm removal": {"method": "POST", "path": "/oc/numbers/action/ready-for-removal$"},
    "clear removal": {"method": "POST", "path": "/oc/action/clear-removal-status$"},
    "SBC devices": {"method": "GET", "path": "/api/v2/sbcdevices$"},
}


def _status(status: int, body: Any = "", *, late: bool = False, **more: Any) -> Action:
    text = body if isinstance(body, str) else json.dumps(body)
    kind = "text/html" if text.startswith("<") or not text else JSON
    return {
        "type": "status",
        "status": status,
        "body": text,
        "content_type": kind,
        "when": "after" if late else "before",
        **more,
    }


def _reshape(shape: str) -> Action:
    return {"type": "reshape", "to": shape}


ELSEWHERE = {"location": "https://evil.example/steal"}

FAULTS: dict[str, Action] = {
    "refused": {"type": "refused"},
    "reset before the work": {"type": "reset_before"},
    "reset after the work": {"type": "reset_after"},
    "answer too late": {"type": "delay", "seconds": 3 * PATIENCE},
    "work too late": {"type": "delay", "seconds": 3 * PATIENCE, "when": "before"},
    "400": _status(
        400,
        {
            "title": "One or more validation errors occurred.",
            "status": 400,
            "errors": {"CompanyName": ["The value is not accepted."]},
        },
    ),
    "400 that says it exists": _status(400, '"This MsTenant already has an Operator Connect service!"'),
    "401": _status(401, headers={"www-authenticate": 'Bearer error="invalid_token"'}),
    "401 for a token that was revoked": {"type": "revoke"},
    "403": _status(403, PROBLEM.replace("500", "403")),
    "404": _status(404, '"Customer with it not found"'),
    "404 of another server": _status(404, HTML.replace("502 Bad Gateway", "404 Not Found")),
    "405": _status(405, PROBLEM),
    "408": _status(408),
    "408 after the work": _status(408, late=True),
    "409": _status(409, {"title": "Conflict", "status": 409, "errorCode": "CustomerAlreadyExists"}),
    "410 after the work": _status(410, late=True),
    "422": _status(422, PROBLEM.replace("500", "422")),
    "429 with seconds": _status(429, retry_after=7),
    "429 with a date": _status(429, retry_after=7, retry_after_form="date"),
    "429 with nonsense": _status(429, headers={"retry-after": "soon"}),
    "429": _status(429),
    "499 after the work": _status(499, HTML, late=True),
    "500 before the work": _status(500, PROBLEM),
    "500 after the work": _status(500, PROBLEM, late=True),
    "502 before the work": _status(502, HTML),
    "502 after the work": _status(502, HTML, late=True),
    "503": _status(503),
    "503 after the work": _status(503, late=True),
    "503 with seconds": _status(503, HTML, retry_after=7),
    "503 with a date": _status(503, HTML, retry_after=7, retry_after_form="date"),
    "504 after the work": _status(504, HTML, late=True),
    "520 after the work": _status(520, HTML, late=True),
    "599 after the work": _status(599, late=True),
    "interim answers": {"type": "interim", "statuses": [102, 103]},
    "an answer too many": {"type": "extra", "body": "[]"},
    "empty 200": _reshape("empty"),
    "empty 200 before the work": _status(200),
    "204": _status(204, late=True),
    "cut JSON": _reshape("cut"),
    "null": _reshape("null"),
    "an array": _reshape("array"),
    "an empty array": _reshape("empty array"),
    "an array of nulls": _reshape("array of nulls"),
    "an object": _reshape("object"),
    "an empty object": _reshape("empty object"),
    "a text": _reshape("text"),
    "a number": _reshape("number"),
    "not unicode": _reshape("not unicode"),
    "HTML with 200": _reshape("html"),
    "HTML with 200 before the work": _status(200, HTML),
    "nulls for all members": {"type": "members", "null": "*"},
    "another content type": {"type": "content_type", "value": "application/octet-stream"},
    "huge answer": {"type": "huge", "bytes": 2 * 1024 * 1024},
    "odd characters": _status(400, json.dumps({"title": ODD, "detail": ODD, "errors": {ODD: [ODD]}, "traceId": ODD})),
    "odd characters in all members": {"type": "members", "set": {"status": ODD, ODD: ODD, "siteName": ODD}},
    "echo: text": {"type": "echo", "as": "text"},
    "echo: one string": {"type": "echo", "as": "one string", "status": 500, "when": "after"},
    "echo: detail": {"type": "echo", "as": "detail", "status": 422},
    "echo: fields": {"type": "echo", "as": "fields"},
    "echo: headers": {"type": "echo", "as": "headers", "status": 403},
    "echo: HTML": {"type": "echo", "as": "html", "status": 502},
    "echo: URL": {"type": "echo", "as": "url", "status": 409},
    "echo: Base64": {"type": "echo", "as": "base64", "status": 404},
    "echo: HTML of .NET": {"type": "echo", "as": "asp.net html", "status": 500, "when": "after"},
    "echo: JSON of .NET": {"type": "echo", "as": "system.text.json", "status": 400},
    "echo: JSON of .NET, cut": {"type": "echo", "as": "cut json of dotnet", "status": 403},
    "echo: JSON in JSON": {"type": "echo", "as": "json in json", "status": 409},
    "echo: Base64 of UTF-16": {"type": "echo", "as": "utf-16 base64", "status": 400},
    "echo: hexadecimal": {"type": "echo", "as": "hex", "status": 404},
    "echo: a list": {"type": "echo", "as": "a list", "status": 400, "pad": 190},
    "echo: 200": {"type": "echo", "as": "text", "status": 200, "when": "after"},
    "echo: cut in the middle": {"type": "echo", "as": "text", "pad": 150},
    "echo: cut in the middle of another place": {"type": "echo", "as": "detail", "pad": 190},
    "redirect": _status(302, headers=ELSEWHERE),
    "redirect after the work": _status(303, late=True, headers=ELSEWHERE),
    "redirect that keeps the method": _status(307, headers=ELSEWHERE),
}
"""What may happen to any request."""

OWN_FAULTS: dict[str, dict[str, Action]] = {
    "task": {
        "an unknown status": {"type": "members", "set": {"status": "Bananas"}},
        "a status that goes backwards": {"type": "members", "set": {"status": "Queued"}},
        "status null": {"type": "members", "null": ["status"]},
        "status of another type": {"type": "members", "set": {"status": {"code": 3}, "details": "Converted"}},
        "a failure that tells secrets": {
            "type": "members",
            "set": {
                "status": "Failed",
                "executionMessages": [{"level": "Error", "message": f"not '{PASSWORD}', {APPLICATION_PASSWORD}"}],
                "details": [PASSWORD],
                "outputData": {"CarrierUserPassword": PASSWORD, "more": [{"clientSecret": "new-secret-1"}, PASSWORD]},
            },
        },
        "an unknown status that tells secrets": {"type": "members", "set": {"status": f"Busy with {PASSWORD}"}},
        "odd characters in messages": {
            "type": "members",
            "set": {
                "status": "Failed",
                "executionMessages": [{"level": ODD, "message": ODD}],
                "outputData": {ODD: ODD},
            },
        },
        "another task": {"type": "members", "set": {"id": f"wst_{ANOTHER}"}},
        "messages of another type": {"type": "members", "set": {"executionMessages": "none", "outputData": [None]}},
    },
    "leads": {
        "tenant null": {"type": "members", "null": ["tenantId"]},
        "another tenant": {"type": "members", "set": {"tenantId": ANOTHER}},
        "guid null": {"type": "members", "null": ["umpCustomerGuid"]},
        "id null": {"type": "members", "null": ["id"]},
        "status null": {"type": "members", "null": ["status"]},
        "secrets in all members": {"type": "members", "set": {"status": PASSWORD, "comments": PASSWORD}},
        "members of another type": {"type": "members", "set": {"status": 7, "contactDetails": [], "channelId": {}}},
    },
    "service list": {
        "tenant null": {"type": "members", "null": ["MsTenantId"]},
        "guid null": {"type": "members", "null": ["UmpCustomerGuid"]},
        "licence null": {"type": "members", "null": ["LicenseType"]},
        "connections of another type": {"type": "members", "set": {"SiteLocation": 5, "LicensedUsersCount": "many"}},
    },
    "service": {
        "another service": {"type": "members", "set": {"UmpCustomerGuid": ANOTHER}},
        "guid null": {"type": "members", "null": ["UmpCustomerGuid"]},
        "licence null": {"type": "members", "null": ["LicenseType"]},
        "secrets in its members": {
            "type": "members",
            "set": {"CustomerFullName": f"x {PASSWORD}", "ApplicationClientSecret": "new-secret-1"},
        },
        "connections null": {"type": "members", "null": ["SiteLocation"]},
    },
    "SIP connection": {
        "secrets in its members": {
            "type": "members",
            "set": {
                "siteName": PASSWORD,
                "sbcInfo": {
                    "carrierId": PASSWORD,
                    "sbcScripts": {
                        "customerVariables": {"SomePassword": "new-secret-1", "CustomVar.Variable9": PASSWORD}
                    },
                },
            },
        },
        "another connection": {"type": "members", "set": {"id": ANOTHER}},
        "SBC null": {"type": "members", "null": ["sbcInfo"]},
        "SBC of another type": {"type": "members", "set": {"sbcInfo": [1, 2]}},
    },
    "channel": {"another channel": {"type": "members", "set": {"id": 987654}}},
    "create": {"task id null": {"type": "members", "set": {"jobId": None}}},
    "delete": {"false": _status(200, "false", late=True)},
}
"""What may happen to one kind of request alone."""


def _entra(code: int, error: str, text: str, status: int = 400) -> Action:
    description = f"AADSTS{code}: {text} Trace ID: 0a0b-1 Correlation ID: 0c0d-2 Timestamp: 2026-01-02 03:04:05Z"
    body = {
        "error": error,
        "error_description": description,
        "error_codes": [code],
        "trace_id": "0a0b-1",
        "correlation_id": "0c0d-2",
        "timestamp": "2026-01-02 03:04:05Z",
    }
    return _status(status, body)


OWN_FAULTS["login"] = {
    "unknown application": _entra(700016, "unauthorized_client", "Application 'x' was not found in the directory."),
    "wrong secret": _entra(7000215, "invalid_client", "Invalid client secret provided.", 401),
    "expired secret": _entra(7000222, "invalid_client", "The provided client secret keys are expired.", 401),
    "unknown directory": _entra(90002, "invalid_request", "Tenant 'x' not found."),
    "malformed directory": _entra(900023, "invalid_request", "Specified tenant identifier is neither a DNS name."),
    "unknown scope": _entra(500011, "invalid_resource", "The resource principal was not found."),
    "scope without default": _entra(1002012, "invalid_scope", "The provided value for scope is not valid."),
    "malformed scope": _entra(70011, "invalid_scope", "The provided value for the input parameter is not valid."),
    "conditional access": _entra(53003, "access_denied", "Access has been blocked by Conditional Access policies."),
    "an unknown code": _entra(99999999, "temporarily_unavailable", "Something new.", 400),
    "an error without description": _status(400, {"error": "invalid_client"}),
    "an error of nulls": _status(401, {"error": None, "error_description": None, "error_codes": None}),
    "a token that is null": _status(200, {"access_token": None, "token_type": "Bearer", "expires_in": 3599}),
    "a token that is empty": _status(200, {"access_token": "", "token_type": "Bearer"}),
    "no expiry": {"type": "members", "null": ["expires_in", "ext_expires_in"]},
    "expiry as text": {"type": "members", "set": {"expires_in": "3599"}},
    "expiry as nonsense": {"type": "members", "set": {"expires_in": "an hour"}},
    "expiry at once": {"type": "members", "set": {"expires_in": 0}},
    "expiry in the past": {"type": "members", "set": {"expires_in": -30}},
}

SWITCHES: dict[str, dict[str, Any]] = {
    "no switch": {},
    "lagging service list": {"service_list_lag_seconds": 120},
    "lagging lead": {"lead_lag_seconds": 120},
    "everything lags": {"service_list_lag_seconds": 90, "lead_lag_seconds": 120, "service_get_lags": True},
    "fresh task not found": {"task_404_seconds": 20},
    "task soon forgotten": {"task_kept_seconds": 1},
    "token that expires in mid-wait": {"token_seconds": 25, "task_seconds": 60},
    "token that expires in mid-wait, as text": {"token_seconds": 25, "expires_in_as_string": True, "task_seconds": 60},
    "guid in the task": {"output_guid": "pascal"},
    "task id as text": {"job_answer": "string"},
    "shown before it is done": {"service_visible_before_done": True},
    "errors in a success": {"error_message_on_success": True},
    "unknown words": {"status_queued": "Enqueued!", "status_running": "Busy"},
    "rate limit": {"requests_per_minute": 30},
    "rate limit, said as a date": {"requests_per_minute": 30, "retry_after": "date"},
    "rate limit without a word": {"requests_per_minute": 30, "retry_after": "none"},
    "existing service: validation": {"existing_service": "validation400"},
    "existing service: conflict": {"existing_service": "conflict409"},
    "existing service: failing task": {"existing_service": "task_fails"},
    "lead list in a second bracket": {"lead_double_bracket": True},
}
"""How the whole platform may behave."""


def faults_of(request: str) -> dict[str, Action]:
    """Everything that may happen to this request."""
    return {**FAULTS, **OWN_FAULTS.get(request, {})}


def rule(request: str, action: Action, occurrence: Any = 1) -> dict[str, Any]:
    """A rule for the simulator."""
    return {"match": REQUESTS[request], "occurrence": occurrence, "action": action}


def family_of(action: Action) -> str:
    """Faults of one family leave a playbook with the same kind of result: what a failed task returns, or does not."""
    kind, late = action["type"], action.get("when") == "after"
    status = action.get("status", 0)
    if kind == "status":
        if status in (401, 429):
            return str(status)
        return f"{status // 100}xx{' after the work' if late else ''}"
    if kind == "echo":
        return "echo in an answer" if status == 200 else "echo in an error"
    if kind == "members":
        return "members set" if "set" in action else "members null"
    return {
        "refused": "no connection",
        "reset_before": "no connection",
        "reset_after": "lost answer",
        "delay": "lost answer",
    }.get(kind, kind)
