# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trouble on demand: rules that say which request, which occurrence of it, and what happens.

A new kind of fault is a class with ``before`` and/or ``after``, and a line in ``KINDS``.
"""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


class ConnectionCut(Exception):
    """Close the connection now, without an answer."""


@dataclass
class Answer:
    """An answer that is ready to be sent."""

    status: int
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""


class Fault:
    """What happens to one request. Either method may raise :class:`ConnectionCut`."""

    async def before(self) -> Answer | None:
        """Before the work; an answer given here takes the place of the work."""
        return None

    async def after(self, answer: Answer) -> Answer:
        """After the work; the answer that is sent in the end."""
        return answer


class FixedStatus(Fault):
    """Answers without doing the work, as a proxy or a gate in front would."""

    def __init__(self, options: dict[str, Any]) -> None:
        headers = {"content-type": options.get("content_type", "text/html"), **options.get("headers", {})}
        pairs = [(str(name).lower().encode(), str(value).encode()) for name, value in headers.items()]
        self._answer = Answer(int(options["status"]), pairs, str(options.get("body", "")).encode())

    async def before(self) -> Answer | None:
        return self._answer


class Delay(Fault):
    """Takes longer: the answer by default, or the beginning of the work (``when: before``)."""

    def __init__(self, options: dict[str, Any]) -> None:
        self._seconds = float(options["seconds"])
        self._first = options.get("when", "after") == "before"

    async def before(self) -> Answer | None:
        if self._first:
            await asyncio.sleep(self._seconds)
        return None

    async def after(self, answer: Answer) -> Answer:
        if not self._first:
            await asyncio.sleep(self._seconds)
        return answer


class ResetBefore(Fault):
    """Cuts the connection before anything was done."""

    def __init__(self, options: dict[str, Any]) -> None:
        del options

    async def before(self) -> Answer | None:
        raise ConnectionCut


class ResetAfter(Fault):
    """Does the work, then cuts the connection: the client cannot know."""

    def __init__(self, options: dict[str, Any]) -> None:
        del options

    async def after(self, answer: Answer) -> Answer:
        raise ConnectionCut


KINDS: dict[str, Callable[[dict[str, Any]], Fault]] = {
    "status": FixedStatus,
    "delay": Delay,
    "reset_before": ResetBefore,
    "reset_after": ResetAfter,
}


@dataclass
class Rule:
    """``{"match": {"method", "path"}, "occurrence": 1 | [1, 3] | "every", "action": {"type": …}}``"""

    source: dict[str, Any]
    method: str | None
    path: re.Pattern[str]
    occurrences: frozenset[int] | None
    kind: str
    fault: Fault
    seen: int = 0
    fired: int = 0

    def applies(self, method: str, path: str) -> bool:
        """Count a request that fits; whether this is the occurrence that is meant."""
        if (self.method and self.method != method) or not self.path.search(path):
            return False
        self.seen += 1
        due = self.occurrences is None or self.seen in self.occurrences
        self.fired += due
        return due


class Faults:
    """The rules in force."""

    def __init__(self) -> None:
        self._rules: list[Rule] = []

    def add(self, sources: list[dict[str, Any]]) -> None:
        """Add rules, all or none. Raises ValueError with a readable sentence."""
        self._rules += [_rule(source) for source in sources]

    def clear(self) -> None:
        """No trouble any more."""
        self._rules.clear()

    def due(self, method: str, path: str) -> list[Rule]:
        """The rules that hit this request. To be asked exactly once per request, because it counts."""
        return [rule for rule in self._rules if rule.applies(method, path)] if self._rules else []

    def wire(self) -> list[dict[str, Any]]:
        """For the control plane: each rule with how often it fitted and how often it struck."""
        return [{**rule.source, "seen": rule.seen, "fired": rule.fired} for rule in self._rules]


def _rule(source: dict[str, Any]) -> Rule:
    try:
        match, action = source.get("match", {}), source["action"]
        kind = action["type"]
        method = match.get("method")
        return Rule(
            source=source,
            method=method.upper() if method else None,
            path=re.compile(match.get("path", ""), re.IGNORECASE),
            occurrences=_occurrences(source.get("occurrence", 1)),
            kind=kind,
            fault=KINDS[kind](action),
        )
    except (KeyError, TypeError, ValueError, AttributeError, re.error) as error:
        raise ValueError(f"not a fault rule ({error!r}): {source!r}; action types: {', '.join(KINDS)}") from error


def _occurrences(value: Any) -> frozenset[int] | None:
    if value == "every":
        return None
    return frozenset(int(item) for item in (value if isinstance(value, list) else [value]))
