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


def busiest_second(log: Entries) -> dict[str, int]:
    """Requests by kind in the second of the clock in which the most arrived."""
    seconds: dict[int, Counter[str]] = {}
    for entry in log:
        seconds.setdefault(int(entry["time"]), Counter()).update([kind_of(entry)])
    busiest: Counter[str] = max(seconds.values(), key=lambda counts: sum(counts.values()), default=Counter())
    return dict(busiest)


def lags(log: Entries, state: Mapping[str, Any], latency: float) -> list[float]:
    """Seconds from the end of each task to the answer that showed it, in the order of submission.

    That is the answer to the first poll of the task after its end. Only when there was none, it is the first list of
    services or the first reading of the service. A task that nobody looked at any more is left out.

    :param latency: seconds that the simulator holds a request before it looks at its records.
    """
    services: dict[str, list[Mapping[str, Any]]] = {}
    for entry in log:
        if entry["status"] == 200 and kind_of(entry) in ("service", "service list"):
            services.setdefault(str(entry["path"]).rstrip("/").rpartition("/")[2], []).append(entry)
    found = []
    for task in state["tasks"]:
        end = task["ends_at"]
        others = [*services.get("customer", []), *services.get(task["ump_customer_guid"], [])]
        looks = [entry["time"] + latency for entry in others if entry["time"] + latency >= end]
        seen = task["seen_at"] or min(looks, default=None)
        if seen is not None:
            found.append(seen - end)
    return found
