# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is measured: forms of the benchmark, each a table of scenarios."""

from __future__ import annotations

from dataclasses import dataclass

LATENCY = 0.05
"""Seconds that the simulator takes for every request."""

LEADS = 1000
"""Leads that the platform has in every scenario; the customers are among them."""


@dataclass(frozen=True)
class Contender:
    """One way to create services.

    :param playbook: the file in ``playbooks``, or one of the collection by its name; none for the bare client.
    :param by_names: it is given names instead of ids.
    """

    letter: str
    name: str
    playbook: str | None
    by_names: bool = False


CONTENDERS = {
    each.letter: each
    for each in (
        Contender("a", "uri playbook", "uri.yml"),
        Contender("b", "uri playbook, clever", "uri_clever.yml"),
        Contender("c", "oc_service in a loop", "oc_service.yml"),
        Contender("d", "oc_services", "oc_services.yml"),
        Contender("e", "bare asyncio client", None),
        Contender("f", "onboard_services, by names", "audiocodes.live_platform.onboard_services", by_names=True),
    )
}


@dataclass(frozen=True)
class Scenario:
    """Some services to create.

    :param task_seconds: how long a task takes: of the first service, and of the last; evenly between them.
    :param concurrency: services that (d) and (e) have under way at the same time; (b) always has all.
    :param contenders: their letters, in the order in which they take turns.
    :param rounds: how often each has its turn.
    :param failing_every: of so many tasks one fails; 0 for none.
    """

    name: str
    services: int
    task_seconds: tuple[float, float]
    concurrency: int
    contenders: str
    rounds: int = 1
    failing_every: int = 0

    def fails(self, number: int) -> bool:
        """Whether the task of this service fails."""
        return self.failing_every > 0 and number % self.failing_every == 0

    @property
    def made(self) -> int:
        """Services that there are in the end."""
        return sum(not self.fails(number) for number in range(self.services))

    @property
    def title(self) -> str:
        first, last = self.task_seconds
        span = f"{first:g} s" if first == last else f"{first:g} to {last:g} s"
        plural = "s" if self.services > 1 else ""
        failing = f", {self.services - self.made} fail" if self.failing_every else ""
        at_once = min(self.concurrency, self.services)
        return f"{self.services:,} service{plural}, task {span}, {at_once:,} at once{failing}"

    def seconds_of(self, number: int) -> float:
        """How long the task of this service takes."""
        first, last = self.task_seconds
        return first + (last - first) * number / max(1, self.services - 1)


@dataclass(frozen=True)
class Form:
    """A whole run of the benchmark.

    :param start_rounds: how often each module of the comparison of module starts runs.
    :param large: leads and services (each with a lead of its own) of the look-ups among many.
    :param planned: services that are planned in check mode among those.
    :param rerun: existing services of the unchanged rerun.
    :param loop: look-ups in a loop.
    :param crowd: leads that are onboarded with a host for each.
    :param ceiling_seconds: how long the simulator is put under load for each kind of request.
    """

    name: str
    scenarios: tuple[Scenario, ...]
    start_rounds: int
    large: tuple[int, int]
    planned: int
    rerun: int
    ceiling_seconds: float
    loop: int = 20
    crowd: int = 500


def _equal(name: str, services: int, seconds: float, *, at_once: int, turns: str, rounds: int = 1) -> Scenario:
    return Scenario(name, services, (seconds, seconds), at_once, turns, rounds)


# The default of max_concurrency is 10. "growth" has all services of a run under way at once, with the same task time
# whatever their number, so that cost over N can be compared; its first point is "one".
_ONE = _equal("one", 1, 5, at_once=10, turns="abcdef")
_GROWTH = tuple(_equal(f"growth {count}", count, 5, at_once=count, turns="de") for count in (20, 200, 1000))

_FAILING = Scenario("some fail", 40, (20, 40), 40, "d", failing_every=8)

SHORT = Form(
    "short",
    (_equal("one", 1, 5, at_once=10, turns="adef"), _equal("growth 200", 200, 5, at_once=200, turns="de")),
    start_rounds=4,
    large=(2000, 2000),
    planned=100,
    rerun=1000,
    ceiling_seconds=0.4,
    crowd=40,
)
# Some twenty minutes, with a former state to compare: (a) needs four of them for twenty services. (e) with a thousand
# is in "growth".
FULL = Form(
    "full",
    (
        _ONE,
        _equal("twenty", 20, 5, at_once=10, turns="abdef"),
        _equal("two hundred", 200, 5, at_once=50, turns="de", rounds=2),
        _equal("thousand", 1000, 60, at_once=1000, turns="d"),
        _FAILING,
        *_GROWTH,
    ),
    start_rounds=10,
    large=(10_000, 10_000),
    planned=200,
    rerun=1000,
    ceiling_seconds=1.0,
    crowd=200,
)
LONG = Form(
    "long",
    (
        _equal("one", 1, 5, at_once=10, turns="abcdef", rounds=3),
        _equal("one, long task", 1, 60, at_once=10, turns="abcde"),
        _equal("twenty", 20, 5, at_once=10, turns="abcdef", rounds=3),
        Scenario("twenty, mixed", 20, (5, 60), 10, "abcde"),
        _equal("two hundred", 200, 5, at_once=50, turns="abcde"),
        Scenario("two hundred, mixed", 200, (5, 60), 50, "bde"),
        _equal("two hundred, default", 200, 5, at_once=10, turns="de"),
        _equal("thousand", 1000, 60, at_once=1000, turns="de", rounds=2),
        _equal("thousand, waves", 1000, 60, at_once=250, turns="de"),
        _FAILING,
        *_GROWTH,
    ),
    start_rounds=30,
    large=(10_000, 10_000),
    planned=200,
    rerun=1000,
    ceiling_seconds=2.0,
)
FORMS = {form.name: form for form in (SHORT, FULL, LONG)}
