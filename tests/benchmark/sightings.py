# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the platform has seen of a run: requests by kind, logins, and how late the end of each task was noticed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

KINDS = (
    ("login", "POST", r"/oauth2/v2\.0/token$"),
    ("submission", "POST", r"/api/v3/customer$"),
    ("task", "GET", r"/api/v2/task/[^/]+$"),
    ("service list", "GET", r"/api/v3/customer$"),
    ("service", "GET", r"/api/v3/customer/[^/]+$"),
    ("leads", "GET", r"/api/v2/oc/lead$"),
    ("SIP connection", "GET", r"/api/v2/sitelocation/[^/]+$"),
    ("other", "", ""),
)
"""Kind of request, method, path."""

Entries = Iterable[Mapping[str, Any]]


def kind_of(entry: Mapping[str, Any]) -> str:
    """The kind of a request in the simulator's log."""
    path = str(entry["path"]).rstrip("/")
    return next(kind for kind, method, form in KINDS if method in ("", entry["method"]) and re.search(form, path))


def requests_by_kind(log: Entries) -> dict[str, int]:
    """How many requests of each kind there were; kinds without any are left out."""
    counts = Counter(kind_of(entry) for entry in log)
    return {kind: counts[kind] for kind, _method, _form in KINDS if counts[kind]}


def busiest_second(log: Entries) -> int:
    """The largest number of requests that arrived within one second of the clock."""
    return max(Counter(int(entry["time"]) for entry in log).values(), default=0)


def lags(log: Entries, state: Mapping[str, Any], latency: float) -> list[float]:
    """Seconds from the end of each task to the answer that showed it, in the order of submission.

    That is the answer to the first poll of the task itself. Only when the client never polled it after its end, it is
    the first list of services or the first reading of the service. A task that nobody looked at any more is left out.

    :param latency: seconds that the simulator holds a request before it looks at its records.
    """
    polls: dict[str, list[tuple[float, float]]] = {}
    services: dict[str, list[tuple[float, float]]] = {}
    lists: list[tuple[float, float]] = []
    for entry in log:
        if entry["status"] != 200:
            continue
        answered = entry["time"] + entry["duration_ms"] / 1000
        look = (entry["time"] + latency, answered)
        kind, name = kind_of(entry), str(entry["path"]).rstrip("/").rpartition("/")[2]
        if kind == "task":
            polls.setdefault(name, []).append(look)
        elif kind == "service":
            services.setdefault(name, []).append(look)
        elif kind == "service list":
            lists.append(look)
    found = []
    for task in state["tasks"]:
        end = task["ends_at"]
        others = [*lists, *services.get(task["ump_customer_guid"], [])]
        seen = _after(polls.get(task["id"], []), end) or _after(others, end)
        if seen:
            found.append(min(seen) - end)
    return found


def _after(looks: Iterable[tuple[float, float]], end: float) -> list[float]:
    return [answered for looked, answered in looks if looked >= end]
