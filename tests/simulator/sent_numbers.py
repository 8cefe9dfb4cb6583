# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which telephone numbers the platform was told to upload and to release, counted from the log of requests."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any


def uploads_of(log: Iterable[Mapping[str, Any]]) -> "Counter[str]":
    """How often each number was in an upload that the platform took, whether or not the client was told so."""
    taken = (entry["body"] for entry in _accepted(log, "upload"))
    return Counter(number for body in taken for number in _member(body, "phoneNumbersList"))


def releases_of(log: Iterable[Mapping[str, Any]]) -> "Counter[str]":
    """The same for releases; ranges count for each of their numbers."""
    return Counter(number for entry in _accepted(log, "release") for number in _released(entry["body"]))


def actions_on(log: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """What the platform took for each number, ``upload`` or ``release``, in the order of the log."""
    found: dict[str, list[str]] = {}
    for entry in log:
        for action, count in (("upload", uploads_of), ("release", releases_of)):
            for number in count([entry]):
                found.setdefault(number, []).append(action)
    return found


def _accepted(log: Iterable[Mapping[str, Any]], action: str) -> Iterable[Mapping[str, Any]]:
    end = f"/oc/numbers/action/{action}"
    return (
        entry
        for entry in log
        if entry["method"] == "POST" and entry["worked"] == 200 and entry["path"].rstrip("/").endswith(end)
    )


def _released(body: Any) -> list[str]:
    if isinstance(body, list):
        return body
    ranges = _member(body, "phoneNumberRanges")
    spans = [(int(_member(each, "start")), int(_member(each, "end"))) for each in ranges]
    return [f"+{number}" for start, end in spans for number in range(start, end + 1)]


def _member(body: Mapping[str, Any], name: str) -> Any:
    return next(value for key, value in body.items() if key.lower() == name.lower())
