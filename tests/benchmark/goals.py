# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The figures to reach, one row each: what is measured, what it may be at the most, and what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from benchmark.aside import (
    BARE,
    CROWD,
    CROWD_BEFORE,
    EMPTY,
    LOOP,
    LOOP_URI,
    RERUN,
    RERUN_BEFORE,
    RERUN_NAMES,
    RERUN_PLAYBOOK,
    TEN,
    TEN_URI,
)
from benchmark.results import Results
from benchmark.stage import Measurement, median_lag

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Goal:
    """One figure.

    :param limit: the value at the most.
    :param unit: printed after value and limit.
    :param value: finds it; none when what it needs was not run.
    :param rest: what costs the rest and what would be needed; shown when the figure is not reached.
    """

    measure: str
    limit: float
    unit: str
    value: Callable[[Results], float | None]
    rest: str = ""

    def missed(self, results: Results) -> bool:
        """Whether it was measured and is not reached."""
        value = self.value(results)
        return value is not None and value > self.limit

    def row(self, results: Results) -> tuple[str, str, str, str]:
        """Measure, goal, value, reached or not."""
        value = self.value(results)
        goal = f"<= {self.limit:g}{self.unit}"
        if value is None:
            return self.measure, goal, "not run", "-"
        return self.measure, goal, f"{value:.{_digits(value)}f}{self.unit}", "**no**" if self.missed(results) else "yes"


def _digits(value: float) -> int:
    return 0 if value == int(value) else 3 if value < 0.1 else 2 if value < 10 else 1


def _wall(run: Measurement) -> float:
    return run.wall


def _cpu(run: Measurement) -> float:
    return run.cpu


def _ratio(
    scenario: str, letter: str, other: str, of: Callable[[Measurement], float] = _wall
) -> Callable[[Results], float | None]:
    return lambda results: results.ratio(scenario, letter, other, of)


def _requests_per_service(results: Results) -> float | None:
    run = results.run_of("thousand", "d")
    return None if run is None else run.request_count / run.created


def _logins(results: Results) -> float | None:
    runs = [*results.runs_of("c"), *results.runs_of("d"), *results.look_ups.values(), *results.reruns.values()]
    return max((float(run.requests.get("login", 0)) for run in runs), default=None)


def _lag(results: Results) -> float | None:
    """The worst median lag of (d) as a share of what it may be in its scenario."""
    shares = []
    for scenario in results.form.scenarios:
        run = results.run_of(scenario.name, "d")
        lag = median_lag(run) if run is not None else None
        if lag is not None:
            shares.append(lag / max(1.0, 0.05 * sum(scenario.task_seconds) / 2))
    return max(shares, default=None)


def _worst_lag(results: Results) -> float | None:
    """The latest that any end was noticed where some tasks fail, as a share of what is promised."""
    shares = [
        max(run.lags) / max(5.0, 0.1 * scenario.task_seconds[0])
        for scenario in results.form.scenarios
        if scenario.failing_every and (run := results.run_of(scenario.name, "d")) is not None and run.lags
    ]
    return max(shares, default=None)


def _peak_memory(results: Results) -> float | None:
    peaks = [
        run.peak_memory / MEGABYTE
        for scenario in results.form.scenarios
        for run in results.races.get(scenario.name, {}).get("d", ())
        if scenario.services == 1000
    ]
    return max(peaks, default=None)


def _memory_per_service(results: Results) -> float | None:
    small, large = results.run_of("growth 200", "d"), results.run_of("growth 1000", "d")
    return None if small is None or large is None else (large.peak_memory - small.peak_memory) / 800 / 1000


def _module_start(starts: Callable[[Results], dict[str, float]]) -> Callable[[Results], float | None]:
    def value(results: Results) -> float | None:
        found = starts(results)
        others = [seconds for module, seconds in found.items() if module not in ("uri", BARE)]
        return max(others) / found["uri"] if others else None

    return value


def _rerun(name: str, of: Callable[[Measurement], float]) -> Callable[[Results], float | None]:
    return lambda results: of(results.reruns[name]) if name in results.reruns else None


def _loop_cpu(results: Results) -> float | None:
    """What a look-up in a loop costs against one with uri, without what a play costs anyway."""
    runs = results.loops
    if not {EMPTY, LOOP, LOOP_URI} <= runs.keys():
        return None
    return (runs[LOOP].cpu - runs[EMPTY].cpu) / (runs[LOOP_URI].cpu - runs[EMPTY].cpu)


def _of_two(
    runs: Callable[[Results], dict[str, Measurement]], one: str, two: str, of: Callable[[Measurement], float]
) -> Callable[[Results], float | None]:
    """One run as a share of another."""

    def value(results: Results) -> float | None:
        found = runs(results)
        return of(found[one]) / of(found[two]) if {one, two} <= found.keys() else None

    return value


def _requests_per_lead(results: Results) -> float | None:
    run = results.crowd.get(CROWD)
    return None if run is None else run.request_count / run.created


def marginal_cpu(results: Results, letter: str) -> Iterator[tuple[int, int, float]]:
    """Processor seconds of a contender for each further service, between one number of services and the next."""
    points = results.growth(letter)
    for (one, small), (two, large) in pairwise(points):
        yield one.services, two.services, (large.cpu - small.cpu) / (two.services - one.services)


def _straightness(results: Results) -> float | None:
    """How much dearer a further service is among the most than among fewer, for (d) as a share of that for (e).

    Processors that are all busy, with the simulator too, take longer for the same; (e) shows by how much.
    """
    steeper = []
    for letter in "de":
        steps = [cost for first, _last, cost in marginal_cpu(results, letter) if first >= 20]
        if len(steps) < 2:
            return None
        steeper.append(steps[-1] / steps[0])
    return steeper[0] / steeper[1]


_FIXED = (
    "See 'Unchanged rerun': one service alone shows what the start of ansible-playbook and of the module takes,"
    " whatever their number. What a further service costs is reading the lists, comparing, masking what is returned,"
    " and the controller's own handling of the result. A result that leaves out services which are as they should be"
    " would cost less."
)

_STEPS = (
    "The first step is the difference of two runs, and their start takes more than what they differ in, so that one"
    " round does not measure it sharply; more rounds would."
)

_SENT = (
    "See the parts under 'A task of a module'. Ansible sends modules as source, so each start compiles the engine anew."
    " It is paid only where a module is sent: with another connection, become, async or interpreter."
)

_PER_HOST = (
    "Ansible makes a process for each task and host, also for a task that is skipped; the playbook has some for what"
    " differs from host to host. `onboard_services` does the same for a whole list at once."
)

_PER_LEAD = (
    "A host takes five: its lead, the service list, the submission, one poll, the service list again. The first hosts"
    " poll more often, since nothing is known yet of how long a task takes. `onboard_services` and `oc_services` share"
    " the look-ups."
)

_LATENCY = (
    "Both wait for the answers of as many requests and for the start of Ansible, which is most of what is left; the row"
    " before this one is without that."
)

GOALS = (
    Goal("a look-up in a loop, empty play subtracted: CPU against uri", 0.1, "", _loop_cpu),
    Goal(
        "a play of ten different look-ups: wall against uri",
        0.3,
        "",
        _of_two(lambda results: results.loops, TEN, TEN_URI, _wall),
        _LATENCY,
    ),
    Goal("the main playbook, by names, one service, task 5 s: wall against (a)", 0.5, "", _ratio("one", "f", "a")),
    Goal("the same: CPU against (a)", 0.4, "", _ratio("one", "f", "a", _cpu)),
    Goal("the main playbook, 20 services, 10 at a time: wall against (a)", 0.065, "", _ratio("twenty", "f", "a")),
    Goal(
        "the main playbook, unchanged rerun over 1,000 services: wall against 1.0.0",
        0.5,
        "",
        _of_two(lambda results: results.reruns, RERUN_PLAYBOOK, RERUN_BEFORE, _wall),
    ),
    Goal(
        "`onboard_leads`: CPU per lead against 1.0.0",
        0.2,
        "",
        _of_two(lambda results: results.crowd, CROWD, CROWD_BEFORE, _cpu),
        _PER_HOST,
    ),
    Goal("`onboard_leads`: requests per lead", 5, "", _requests_per_lead, _PER_LEAD),
    Goal("one service, task 5 s: wall of oc_service against (a)", 0.6, "", _ratio("one", "c", "a")),
    Goal("one service, task 5 s: wall of oc_services against (a)", 0.6, "", _ratio("one", "d", "a")),
    Goal("20 services: wall against (a)", 0.08, "", _ratio("twenty", "d", "a")),
    Goal("200 services: wall against (e), playbook start included", 1.1, "", _ratio("two hundred", "d", "e")),
    Goal("1,000 services, task 60 s: requests per service, everything included", 6, "", _requests_per_service),
    Goal("logins per playbook run, the most in any", 1, "", _logins),
    Goal("detection lag, median, as a share of max(1 s, 5 % of the task time), the worst", 1, "", _lag),
    Goal("any end where some tasks fail: lag, the worst, as a share of max(5 s, 10 %)", 1, "", _worst_lag),
    Goal("peak memory of any process, 1,000 services", 120, " MB", _peak_memory),
    Goal("its growth per service, from 200 to 1,000", 20, " kB", _memory_per_service),
    Goal(
        "a task against a uri task, the slowest module",
        0.5,
        "",
        _module_start(lambda results: results.starts),
    ),
    Goal(
        "the same where the module is sent",
        1.0,
        "",
        _module_start(lambda results: results.starts_sent),
        _SENT,
    ),
    Goal(
        "unchanged rerun over 1,000 services: requests",
        5,
        "",
        _rerun(RERUN, lambda run: run.request_count),
    ),
    Goal("unchanged rerun over 1,000 services: wall", 3, " s", _rerun(RERUN, _wall), _FIXED),
    Goal("the same, names only: requests", 5, "", _rerun(RERUN_NAMES, lambda run: run.request_count)),
    Goal("the same, names only: wall", 3, " s", _rerun(RERUN_NAMES, _wall), _FIXED),
    Goal(
        "CPU per further service, 200 to 1,000 against 20 to 200, as a share of (e)'s", 1.1, "", _straightness, _STEPS
    ),
)
