# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everybody else who has to do with telephone numbers: what they do meanwhile, and what must not be done to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from faults.bench import RETRYING, Bench
from harness.cast import ALDER, FJORD
from simulator.records import Number
from simulator.world import World

OTHERS = tuple(f"+3120100009{number}" for number in range(4))
"""Numbers of another tenant, which a mixed list shows; every second one without its tenant."""

PORTAL = tuple(f"+3119999999{number}" for number in range(3))
"""Numbers that somebody adds and removes in the portal. They come first, so that all other ones move in the list."""


def settle_in(world: World) -> None:
    """Let the other tenant have its numbers."""
    for each in OTHERS:
        world.store.numbers.put(Number(each, ALDER))
    world.changed()


def _come(world: World, name: str) -> None:
    if name in PORTAL and world.store.numbers.get(name) is None:
        world.store.numbers.put(Number(name, FJORD, source="webui"))


def _go(world: World, name: str) -> None:
    if name in PORTAL:
        world.store.numbers.drop(name)


def _assigned(status: str) -> Callable[[World, str], None]:
    def act(world: World, name: str) -> None:
        number = world.store.numbers.owned(FJORD).get(name)
        if number is not None:
            number.assignment_status = status

    return act


DEEDS: Mapping[str, Callable[[World, str], None]] = {
    "come": _come,
    "go": _go,
    "assign": _assigned("UserAssigned"),
    "free": _assigned("Unassigned"),
}
"""What somebody else does with a number."""


class Guard:
    """Looks at each request before it is sent.

    :ivar wrong: what should not have been sent.
    """

    def __init__(self, made: Bench) -> None:
        self._made = made
        self._since: dict[str, float] = {}
        self._listed_at = 0.0
        self.wrong: list[str] = []

    def watch(self) -> None:
        """Begin, before anybody else meddles with the requests."""
        exchange = self._made.transport.exchange

        def watched(call: Any, timeout: float) -> Any:
            self._look(call)
            answer = exchange(call, timeout)
            if call.method == "GET" and call.url.split("?")[0].endswith("/oc/numbers"):
                self._listed_at = self._made.stage.elapsed
            return answer

        self._made.transport.exchange = watched  # type: ignore[method-assign]

    def _look(self, call: Any) -> None:
        world, now = self._made.world, self._made.stage.elapsed
        world.agenda.settle()
        owned = world.store.numbers.owned(FJORD)
        in_use = {name for name, number in owned.items() if number.assigned}
        self._since = {name: self._since.get(name, now) for name in in_use}
        action = call.url.split("?")[0].rpartition("/action/")[2]
        sent = set(_numbers(action, call.json))
        self._complain(action, sent & {*OTHERS}, "belong to another tenant")
        if action == "upload":
            self._complain(action, sent & owned.keys(), "are there")
        if action in ("release", "unassign") and now > self._listed_at + RETRYING:
            self._complain(action, sent, "were not looked at right before")
        if action == "release":
            long_ago = now - RETRYING - world.settings.replica_lag_seconds
            used = {name for name in sent & in_use if self._since[name] < long_ago}
            self._complain(action, used, "have had users since long")

    def _complain(self, action: str, numbers: set[str], why: str) -> None:
        if numbers:
            self.wrong.append(f"{action} at {self._made.stage.elapsed:.0f}: {sorted(numbers)} {why}")


def _numbers(action: str, body: Any) -> list[str]:
    member = {"upload": "phoneNumbersList", "unassign": "telephoneNumbers"}.get(action)
    if action == "release":
        return list(body)
    return list(body[member]) if member is not None else []
