# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The forms in which the platform answers: plain JSON, and its families of error bodies."""

import json
import secrets
from typing import Any

from starlette.responses import Response

_TITLES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    409: "Conflict",
    413: "Payload Too Large",
    429: "Too Many Requests",
    500: "Internal Server Error",
}


class Refusal(Exception):
    """Raised anywhere below a handler to end the request with this answer."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status_code)
        self.response = response


def encode(value: Any) -> bytes:
    """JSON as bytes, compact; half a character can only be said as an escape."""
    try:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":")).encode()


def answer(value: Any, status: int = 200) -> Response:
    """A JSON answer."""
    return raw(encode(value), status)


def raw(body: bytes, status: int = 200) -> Response:
    """A JSON answer that is already encoded."""
    return Response(body, status, media_type="application/json; charset=utf-8")


def trace_id() -> str:
    """An id in the form that the platform's errors carry."""
    return f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-00"


def problem(status: int, **more: Any) -> Response:
    """The common error body; more members make the extended one."""
    body = {
        "type": f"https://httpstatuses.com/{status}",
        "title": _TITLES.get(status, "Error"),
        "status": status,
        "traceId": trace_id(),
    }
    return Response(encode({**body, **more}), status, media_type="application/problem+json; charset=utf-8")


def extended(status: int, detail: str, instance: str, code: str) -> Response:
    """The error body with a ticket and a code."""
    return problem(status, detail=detail, instance=instance, errorTicket=secrets.token_hex(8), errorCode=code)


def validation(errors: dict[str, list[str]]) -> Response:
    """400 with messages per field."""
    body = {
        "errors": errors,
        "type": "https://tools.ietf.org/html/rfc7231#section-6.5.1",
        "title": "One or more validation errors occurred.",
        "status": 400,
        "traceId": trace_id(),
    }
    return Response(encode(body), 400, media_type="application/problem+json; charset=utf-8")


def sentence(status: int, text: str) -> Response:
    """An error that is nothing but a JSON string."""
    return answer(text, status)


def no_lead() -> Response:
    """What the platform says (and how it spells it) when a lead is missing or unfit."""
    return sentence(404, "Invalild lead")


def no_customer(guid: str) -> Response:
    """The platform's answer for an unknown service."""
    return sentence(404, f"Customer with {guid} not found")
