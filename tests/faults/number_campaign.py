# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Schedules at random for telephone numbers: several lists, kinds of faults, killed runs, runs side by side.

Whatever happens in the acts of a schedule: once there is calm, one run brings the list about and the next finds nothing
to do, and the platform never took a number twice: between two uploads of it there is a release.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.errors import LivePlatformError
from ansible_collections.audiocodes.live_platform.plugins.module_utils._report.number_values import number_values
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.numbers.batches import NumberBatches
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.numbers.number_list import read_wanted
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.numbers.plan import OnAssigned, Policy
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.numbers.reconcile import (
    HowNumbers,
    NumberRun,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._tasks.poller import WaitPolicy
from faults.bench import ABSENT, PRESENT, SETTLE, Bench, bench
from faults.campaign import LONGEST
from harness.cast import FJORD
from harness.fault_kinds import faults_of, rule
from harness.in_process import Platform
from harness.virtual_time import Stage
from simulator.sent_numbers import actions_on

POOL = tuple(f"+3120100000{number}" for number in range(6))
REFUSED = POOL[1]
"""A number that the platform does not take, in some schedules, so that it may be sent again."""
PRUNE = "prune"
"""The list is all that the tenant shall have."""

FLOW = ("login", "numbers", "validate numbers", "upload numbers", "release numbers", "unassign numbers", "task")
_LIES = {
    ("numbers", "an empty array"),
    ("numbers", "nulls for all members"),
    ("numbers", "404"),
    ("numbers", "404 of another server"),
}
"""Answers that say in good form that the tenant has no such number."""
CHOICES = [(name, fault) for name in FLOW for fault in faults_of(name) if (name, fault) not in _LIES]

Values = dict[str, Any]


@dataclass(frozen=True)
class Lists:
    """What a run asks for.

    :param how: ``present``, ``absent`` or ``prune``.
    :param numbers: places in the pool.
    """

    how: str
    numbers: frozenset[int]
    wait: bool = True
    timeout: float = 1800.0
    verify: bool = True
    validate: bool = True


@dataclass(frozen=True)
class NumberAct:
    """One run, or two side by side, with the faults of that time."""

    runs: tuple[Lists, ...]
    dies_at: tuple[int | None, ...]
    faults: tuple[tuple[str, str, Any], ...]
    pause: float


@dataclass(frozen=True)
class NumberSchedule:
    """Everything that makes a schedule what it is."""

    switches: dict[str, Any]
    acts: tuple[NumberAct, ...]
    order: int


def _lists() -> st.SearchStrategy[Lists]:
    return st.builds(
        Lists,
        how=st.sampled_from([PRESENT, PRESENT, ABSENT, PRUNE]),
        numbers=st.frozensets(st.integers(0, len(POOL) - 1), min_size=1),
        wait=st.booleans(),
        timeout=st.sampled_from([15.0, 1800.0, 1800.0]),
        verify=st.sampled_from([True, True, False]),
        validate=st.booleans(),
    )


def _acts() -> st.SearchStrategy[NumberAct]:
    often = st.one_of(st.integers(1, 4), st.just("every"), st.lists(st.integers(1, 6), min_size=2, max_size=3))
    writing = st.sampled_from([choice for choice in CHOICES if choice[0] in ("upload numbers", "release numbers")])
    fault = st.tuples(st.one_of(writing, st.sampled_from(CHOICES)), often).map(lambda each: (*each[0], each[1]))
    death = st.one_of(st.none(), st.integers(1, 40))
    return st.builds(
        NumberAct,
        runs=st.lists(_lists(), min_size=1, max_size=2).map(tuple),
        dies_at=st.tuples(death, death),
        faults=st.lists(fault, max_size=3).map(tuple),
        pause=st.sampled_from([0.0, 1.0, 30.0, 200.0]),
    )


def number_schedules() -> st.SearchStrategy[NumberSchedule]:
    """Any schedule."""
    switches = st.fixed_dictionaries(
        {
            "task_seconds": st.sampled_from([0.0, 3.0, 30.0, LONGEST]),
            "number_lag_seconds": st.sampled_from([0.0, 0.0, 5.0, 60.0, LONGEST]),
        },
        optional={
            "task_404_seconds": st.sampled_from([5.0, 50.0]),
            "task_kept_seconds": st.sampled_from([0.0, 30.0]),
            "token_seconds": st.sampled_from([10, 70]),
            "number_page_base": st.just(0),
            "failing_numbers": st.just([REFUSED]),
            "partial_upload": st.sampled_from(["hidden", "listed", "failed"]),
        },
    )
    return st.builds(
        NumberSchedule,
        switches=switches,
        acts=st.lists(_acts(), min_size=1, max_size=4).map(tuple),
        order=st.integers(0, 2**32),
    )


def carry_out_numbers(platform: Platform, schedule: NumberSchedule) -> None:
    """Perform the acts, then see that everything comes right."""
    chance = random.Random(schedule.order)
    with bench(platform, stage=Stage(chance.randrange), switches=schedule.switches) as made:
        for act in schedule.acts:
            made.fault(*(rule(name, faults_of(name)[fault], often) for name, fault, often in act.faults))
            number_runs(made, *act.runs, dies_at=act.dies_at[: len(act.runs)])
            made.calm()
            made.pass_time(act.pause)
        _come_right(made)


def number_runs(made: Bench, *lists: Lists, dies_at: tuple[int | None, ...] = ()) -> list[Values | None]:
    """Runs for one tenant at the same moment; ``None`` for one that was killed."""
    found = made.side_by_side(*(_run(made, each) for each in lists), dies_at=dies_at)
    for values in found:
        if values is not None:
            made.platform.figures.run(["it has failed"] if values.get("failed") else [])
            assert "Unexpected error" not in str(values.get("msg")), values
    twice = taken_twice(made)
    for _each in twice:
        made.platform.figures.duplicate()
    assert not twice, f"{twice}{made.history()}"
    return found


def taken_twice(made: Bench) -> dict[str, list[str]]:
    """Numbers that the platform took in the same action twice, with nothing between that undid it."""
    actions = actions_on(entry.wire() for entry in made.world.log.entries)
    return {
        number: each
        for number, each in actions.items()
        if number not in made.switches.get("failing_numbers", ())
        and any(earlier == later for earlier, later in pairwise(each))
    }


def _run(made: Bench, lists: Lists) -> Callable[[], Values]:
    def work() -> Values:
        tools = made.tools(WaitPolicy(lists.wait, lists.timeout), kind=NumberBatches.kind)
        wanted = read_wanted({"numbers": [POOL[place] for place in sorted(lists.numbers)]})
        policy = Policy(release=lists.how == ABSENT, prune=lists.how == PRUNE, on_assigned=OnAssigned.UNASSIGN)
        how = HowNumbers(policy, "Fjord", batch_size=2, validate=lists.validate, verify=lists.verify)
        try:
            report = NumberRun(tools, FJORD, wanted, how, made.told.append).run()
            values = number_values(
                report, requested=len(wanted), requests=0, duration=0.0, return_numbers=True, customer="Fjord"
            )
        except LivePlatformError as error:
            values = {"changed": False, "failed": True, "msg": error.sentence(), "failure": error.to_dict()}
        made.keeps_secrets(values, tools.secrets)
        return values

    return work


def _come_right(made: Bench) -> None:
    wanted = Lists(PRESENT, frozenset(range(len(POOL))))
    made.world.settings.change({"failing_numbers": []})
    made.pass_time(SETTLE + 2 * LONGEST)
    settled = number_runs(made, wanted)[0]
    assert settled is not None
    assert not settled.get("failed"), f"{settled}{made.history()}"
    assert set(made.world.store.numbers.owned(FJORD)) >= set(POOL), made.history()
    made.pass_time(2 * LONGEST)
    last = number_runs(made, wanted)[0]
    assert last is not None
    assert not last.get("failed"), f"{last}{made.history()}"
    assert not last["changed"], f"{last}{made.history()}"
