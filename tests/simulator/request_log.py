# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was asked, in order of arrival. No bearer token and no client secret ever gets in here."""

import json
from dataclasses import asdict, dataclass, field
from time import perf_counter
from time import time as epoch
from typing import Any
from urllib.parse import parse_qs

_OWN_MEMBERS = frozenset(
    {"authorization", "x-ovoc-channel-id", "user-agent", "content-type", "accept", "referer", "content-length", "host"}
)


@dataclass
class Entry:
    """One request. ``status`` stays None when no answer was sent."""

    number: int
    time: float
    """Seconds since the epoch."""
    method: str
    path: str
    query: dict[str, Any]
    authorization: str
    """none, bearer valid, bearer invalid"""
    channel: str | None
    user_agent: str | None
    content_type: str | None
    accept: str | None
    referrer: str | None = None
    other_headers: dict[str, str] = field(default_factory=dict)
    """All further headers but Authorization."""
    body: Any = None
    """JSON as sent; a text that is no JSON as text."""
    form_fields: list[str] | None = None
    """Names of the fields of a form, never their values."""
    status: int | None = None
    worked: int | None = None
    """Status of the work's own answer, whatever a fault made of it; None when nothing was done."""
    duration_ms: float | None = None
    fault: list[str] = field(default_factory=list)
    """Kinds of the faults that were put on this request."""
    started: float = field(default_factory=perf_counter, repr=False)

    def finish(self, status: int | None) -> None:
        """Note how it ended."""
        self.status = status
        self.duration_ms = round((perf_counter() - self.started) * 1000, 3)

    def wire(self) -> dict[str, Any]:
        """For the control plane."""
        members = asdict(self)
        del members["started"]
        return members


class RequestLog:
    """The entries since the last clearing."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def clear(self) -> None:
        """Start anew; numbers begin at 1 again."""
        self.entries.clear()

    def add(
        self, method: str, path: str, *, query: str, headers: dict[str, str], body: bytes, authorization: str
    ) -> Entry:
        """Note a request on its arrival."""
        content_type = headers.get("content-type")
        is_form = (content_type or "").startswith("application/x-www-form-urlencoded")
        fields = parse_qs(query, keep_blank_values=True)
        entry = Entry(
            number=len(self.entries) + 1,
            time=epoch(),
            method=method,
            path=path,
            query={name: values[0] if len(values) == 1 else values for name, values in fields.items()},
            authorization=authorization,
            channel=headers.get("x-ovoc-channel-id"),
            user_agent=headers.get("user-agent"),
            content_type=content_type,
            accept=headers.get("accept"),
            referrer=headers.get("referer"),
            other_headers={name: value for name, value in headers.items() if name not in _OWN_MEMBERS},
            body=None if is_form else _read(body),
            form_fields=sorted(parse_qs(body.decode("latin-1"), keep_blank_values=True)) if is_form else None,
        )
        self.entries.append(entry)
        return entry


def _read(body: bytes) -> Any:
    if not body:
        return None
    try:
        return json.loads(body)
    except ValueError:
        return body.decode("utf-8", "replace")
