# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults on demand: rules that say which request, which occurrence of it, and what happens.

A new kind of fault is a class with ``before`` and/or ``after``, and a line in ``KINDS``.
"""

import html
import json
import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import quote, quote_plus

from simulator.clock import Clock
from simulator.encoders import html_of_dotnet, json_of_dotnet
from simulator.tokens import Tokens


class ConnectionCut(Exception):
    """Close the connection now, without an answer."""


@dataclass
class Answer:
    """An answer that is ready to be sent, and what else goes over the connection, before it and behind it."""

    status: int
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""
    first: bytes = b""
    behind: bytes = b""


@dataclass(frozen=True)
class Heard:
    """The request as it was sent, with everything that is in it."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    def text(self) -> str:
        """All of it, as a debug page shows it."""
        lines = [f"{self.method} {self.path}", *(f"{name}: {value}" for name, value in self.headers.items())]
        return "\n".join([*lines, "", self.body.decode("utf-8", "replace")])


@dataclass(frozen=True)
class Scene:
    """What a fault can reach."""

    clock: Clock
    tokens: Tokens


class Fault:
    """What happens to one request. Either method may raise :class:`ConnectionCut`."""

    def __init__(self, options: dict[str, Any], scene: Scene) -> None:
        self._options = options
        self._scene = scene
        self._late = options.get("when") == "after"

    async def before(self, heard: Heard) -> Answer | None:
        """Before the work; an answer given here takes the place of the work."""
        return None

    async def after(self, answer: Answer) -> Answer:
        """After the work; the answer that is sent in the end."""
        return answer


class FixedStatus(Fault):
    """Answers without doing the work, as a proxy or a gate in front would; or after it (``when: after``).

    ``retry_after``: seconds, sent as a date with ``retry_after_form: date``.
    """

    def __init__(self, options: dict[str, Any], scene: Scene) -> None:
        super().__init__(options, scene)
        headers = {"content-type": options.get("content_type", "text/html"), **options.get("headers", {})}
        self._headers = [(str(name).lower().encode(), str(value).encode()) for name, value in headers.items()]
        self._status = int(options["status"])
        self._body = str(options.get("body", "")).encode()

    def _answer(self) -> Answer:
        headers, seconds = list(self._headers), self._options.get("retry_after")
        if seconds is not None:
            date = self._scene.clock.date() + timedelta(seconds=float(seconds))
            as_date = self._options.get("retry_after_form") == "date"
            text = format_datetime(date, usegmt=True) if as_date else str(seconds)
            headers.append((b"retry-after", text.encode()))
        return Answer(self._status, headers, self._body)

    async def before(self, heard: Heard) -> Answer | None:
        return None if self._late else self._answer()

    async def after(self, answer: Answer) -> Answer:
        return self._answer() if self._late else answer


class Delay(Fault):
    """Takes longer: the answer by default, or the beginning of the work (``when: before``)."""

    def __init__(self, options: dict[str, Any], scene: Scene) -> None:
        super().__init__(options, scene)
        self._seconds = float(options["seconds"])
        self._first = options.get("when", "after") == "before"

    async def before(self, heard: Heard) -> Answer | None:
        if self._first:
            await self._scene.clock.sleep(self._seconds)
        return None

    async def after(self, answer: Answer) -> Answer:
        if not self._first:
            await self._scene.clock.sleep(self._seconds)
        return answer


class ResetBefore(Fault):
    """Cuts the connection before anything was done."""

    async def before(self, heard: Heard) -> Answer | None:
        raise ConnectionCut


class Refused(ResetBefore):
    """The connection does not come about. A server that already has it can only cut it; see the tests in ``faults``."""


class ResetAfter(Fault):
    """Does the work, then cuts the connection: the client cannot know."""

    async def after(self, answer: Answer) -> Answer:
        raise ConnectionCut


class Revoke(Fault):
    """All tokens become invalid just before the request."""

    async def before(self, heard: Heard) -> Answer | None:
        self._scene.tokens.revoke_all()
        return None


class Echo(Fault):
    """Says back what it was sent, secrets and all, as debug pages and careless proxies do: in the form ``as``, after
    ``pad`` characters of something else. With ``when: after``, the work has been done.
    """

    def __init__(self, options: dict[str, Any], scene: Scene) -> None:
        super().__init__(options, scene)
        self._write, self._kind = _ECHOES[options["as"]]
        self._status = int(options.get("status", 400))
        self._heard: Heard | None = None

    def _answer(self, heard: Heard) -> Answer:
        body = self._write("x" * int(self._options.get("pad", 0)) + heard.text(), heard)
        return Answer(self._status, [(b"content-type", self._kind)], body.encode())

    async def before(self, heard: Heard) -> Answer | None:
        self._heard = heard
        return None if self._late else self._answer(heard)

    async def after(self, answer: Answer) -> Answer:
        return self._answer(self._heard) if self._late and self._heard is not None else answer


class Reshape(Fault):
    """Does the work, then gives the answer another form (``to``), whatever it was."""

    def __init__(self, options: dict[str, Any], scene: Scene) -> None:
        super().__init__(options, scene)
        self._shape = _SHAPES[options["to"]]

    async def after(self, answer: Answer) -> Answer:
        return Answer(answer.status, answer.headers, self._shape(answer.body))


class Members(Fault):
    """Does the work, then changes members of the answer's objects: ``set`` some, make some (or ``"*"``) ``null``."""

    def __init__(self, options: dict[str, Any], scene: Scene) -> None:
        super().__init__(options, scene)
        self._set = dict(options.get("set", {}))
        self._null = options.get("null", [])

    async def after(self, answer: Answer) -> Answer:
        try:
            content = json.loads(answer.body)
        except ValueError:
            return answer
        for item in content if isinstance(content, list) else [content]:
            if isinstance(item, dict):
                item.update({name: None for name in item if self._null == "*" or name in self._null})
                item.update(self._set)
        return Answer(answer.status, answer.headers, json.dumps(content).encode())


class ContentType(Fault):
    """The right answer under a wrong ``Content-Type`` (``value``)."""

    async def after(self, answer: Answer) -> Answer:
        kept = [(name, value) for name, value in answer.headers if name != b"content-type"]
        kind = str(self._options.get("value", "text/plain")).encode()
        return Answer(answer.status, [*kept, (b"content-type", kind)], answer.body)


class Huge(Fault):
    """The right answer, followed by so many blanks (``bytes``)."""

    async def after(self, answer: Answer) -> Answer:
        return Answer(answer.status, answer.headers, answer.body + b" " * int(self._options["bytes"]))


class Interim(Fault):
    """The right answer, after interim answers (``statuses``) that say nothing."""

    async def after(self, answer: Answer) -> Answer:
        lines = [f"HTTP/1.1 {status} Interim\r\nLink: </x>\r\n\r\n" for status in self._options["statuses"]]
        return replace(answer, first="".join(lines).encode())


class Extra(Fault):
    """The right answer, and at once another (``body``), for which nobody has asked."""

    async def after(self, answer: Answer) -> Answer:
        body = str(self._options["body"])
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        return replace(answer, behind=(head + body).encode())


_SHAPES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda body: b"",
    "cut": lambda body: body[: max(1, len(body) // 2)] if len(body) > 1 else b'{"',
    "null": lambda body: b"null",
    "array": lambda body: b"[" + body + b"," + body + b"]",
    "empty array": lambda body: b"[]",
    "array of nulls": lambda body: b"[null]",
    "object": lambda body: b'{"value": ' + (body or b"null") + b"}",
    "empty object": lambda body: b"{}",
    "text": lambda body: b'"OK"',
    "number": lambda body: b"42",
    "html": lambda body: b"<!DOCTYPE html><html><head><title>Please sign in</title></head></html>",
    "not unicode": lambda body: b"\xff\xfe\x00" + body,
}

_JSON, _HTML, _TEXT = b"application/json", b"text/html", b"text/plain"
_ECHOES: dict[str, tuple[Callable[[str, Heard], str], bytes]] = {
    "text": (lambda text, heard: text, _TEXT),
    "one string": (lambda text, heard: json.dumps(text), _JSON),
    "detail": (lambda text, heard: json.dumps({"title": "Error", "detail": text, "errorTicket": text}), _JSON),
    "fields": (
        lambda text, heard: json.dumps({"title": "Error", "errors": {name: [text] for name in (text, "Body")}}),
        _JSON,
    ),
    "headers": (lambda text, heard: json.dumps({"message": json.dumps(dict(heard.headers)), "error": text}), _JSON),
    "html": (
        lambda text, heard: f"<html><title>{html.escape(text)}</title><pre>{html.escape(text)}</pre></html>",
        _HTML,
    ),
    "url": (lambda text, heard: json.dumps({"title": quote(text, safe=""), "detail": quote_plus(text)}), _JSON),
    "base64": (lambda text, heard: json.dumps(b64encode(text.encode()).decode()), _JSON),
    # As the frameworks of the platform write it
    "asp.net html": (lambda text, heard: f"<html><title>{html_of_dotnet(text)}</title></html>", b"text/html"),
    "system.text.json": (lambda text, heard: f'{{"title":"{json_of_dotnet(text)}"}}', _JSON),
    "cut json of dotnet": (lambda text, heard: f'{{"title":"{json_of_dotnet(text)}', _JSON),
    "json in json": (lambda text, heard: json.dumps({"title": json.dumps({"request": text})}), _JSON),
    "utf-16 base64": (lambda text, heard: json.dumps(b64encode(text.encode("utf-16-le")).decode()), _JSON),
    "hex": (lambda text, heard: json.dumps({"title": text.encode().hex()}), _JSON),
    "a list": (lambda text, heard: json.dumps([text]), _JSON),
}

KINDS: dict[str, Callable[[dict[str, Any], Scene], Fault]] = {
    "status": FixedStatus,
    "delay": Delay,
    "refused": Refused,
    "reset_before": ResetBefore,
    "reset_after": ResetAfter,
    "revoke": Revoke,
    "reshape": Reshape,
    "members": Members,
    "content_type": ContentType,
    "huge": Huge,
    "interim": Interim,
    "extra": Extra,
    "echo": Echo,
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

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._rules: list[Rule] = []

    def add(self, sources: list[dict[str, Any]]) -> None:
        """Add rules, all or none. Raises ValueError with a readable sentence."""
        self._rules += [_rule(source, self._scene) for source in sources]

    def clear(self) -> None:
        """No faults any more."""
        self._rules.clear()

    def due(self, method: str, path: str) -> list[Rule]:
        """The rules that hit this request. To be asked exactly once per request, because it counts."""
        return [rule for rule in self._rules if rule.applies(method, path)] if self._rules else []

    def wire(self) -> list[dict[str, Any]]:
        """For the control plane: each rule with how often it fitted and how often it struck."""
        return [{**rule.source, "seen": rule.seen, "fired": rule.fired} for rule in self._rules]


def _rule(source: dict[str, Any], scene: Scene) -> Rule:
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
            fault=KINDS[kind](action, scene),
        )
    except (KeyError, TypeError, ValueError, AttributeError, re.error) as error:
        raise ValueError(f"not a fault rule ({error!r}): {source!r}; action types: {', '.join(KINDS)}") from error


def _occurrences(value: Any) -> frozenset[int] | None:
    if value == "every":
        return None
    return frozenset(int(item) for item in (value if isinstance(value, list) else [value]))
