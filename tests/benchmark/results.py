# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All that a run has found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from benchmark.forms import CONTENDERS, Form, Scenario
from benchmark.stage import Measurement, typical


@dataclass
class Results:
    """All that a run has found.

    :param date: when it began, UTC.
    :param machine: facts, name and value.
    :param seconds: what the whole run took.
    :param races: by name of the scenario and letter of the contender.
    :param ceilings: requests per second that the simulator serves, by kind.
    :param loops: look-ups in loops and one after the other.
    :param crowd: a host for each lead.
    :param before: the former state of the collection that some are compared with.
    :param starts: seconds of a task, by module, in Ansible's process.
    :param starts_sent: the same for modules that are sent.
    :param start_parts: seconds of what such a start consists of, by part.
    :param profile: share of the processor time by place, largest first, when it was asked for.
    """

    form: Form
    date: str
    machine: dict[str, str]
    seconds: float = 0.0
    races: dict[str, dict[str, list[Measurement]]] = field(default_factory=dict)
    ceilings: dict[str, float] = field(default_factory=dict)
    look_ups: dict[str, Measurement] = field(default_factory=dict)
    reruns: dict[str, Measurement] = field(default_factory=dict)
    loops: dict[str, Measurement] = field(default_factory=dict)
    crowd: dict[str, Measurement] = field(default_factory=dict)
    before: str = ""
    starts: dict[str, float] = field(default_factory=dict)
    starts_sent: dict[str, float] = field(default_factory=dict)
    start_parts: dict[str, float] = field(default_factory=dict)
    profile: dict[str, Any] | None = None

    def run_of(self, scenario: str, letter: str) -> Measurement | None:
        """The typical run, or none when there was none."""
        runs = self.races.get(scenario, {}).get(letter)
        return typical(runs) if runs else None

    def ratio(self, scenario: str, letter: str, other: str, of: Callable[[Measurement], float]) -> float | None:
        """How two contenders compare."""
        one, two = self.run_of(scenario, letter), self.run_of(scenario, other)
        return None if one is None or two is None else of(one) / of(two)

    def runs_of(self, letter: str) -> list[Measurement]:
        """All runs of one contender."""
        return [run for races in self.races.values() for run in races.get(letter, ())]

    def all_runs(self) -> list[Measurement]:
        """All runs of all contenders."""
        return [run for letter in CONTENDERS for run in self.runs_of(letter)]

    def growth(self, letter: str) -> list[tuple[Scenario, Measurement]]:
        """The runs that differ in nothing but the number of services, smallest first.

        (a), (b) and (c) have no concurrency to choose, so that those of other scenarios count too.
        """
        found: dict[int, tuple[Scenario, Measurement]] = {}
        for scenario in self.form.scenarios:
            run = self.run_of(scenario.name, letter)
            alike = letter in "abc" or scenario.concurrency >= scenario.services
            if run is not None and alike and scenario.task_seconds == self.form.scenarios[0].task_seconds:
                found[scenario.services] = (scenario, run)
        return [found[count] for count in sorted(found)]

    def to_dict(self) -> dict[str, Any]:
        """Everything as data."""

        def plain(runs: dict[str, Measurement]) -> dict[str, Any]:
            return {name: run.to_dict() for name, run in runs.items()}

        return {
            "form": self.form.name,
            "date": self.date,
            "machine": self.machine,
            "seconds": self.seconds,
            "races": {
                name: {letter: [run.to_dict() for run in runs] for letter, runs in races.items()}
                for name, races in self.races.items()
            },
            "ceilings": self.ceilings,
            "look_ups": plain(self.look_ups),
            "reruns": plain(self.reruns),
            "loops": plain(self.loops),
            "crowd": plain(self.crowd),
            "before": self.before,
            "starts": self.starts,
            "starts_sent": self.starts_sent,
            "start_parts": self.start_parts,
            "profile": self.profile,
        }
