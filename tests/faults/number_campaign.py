# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Schedules at random for telephone numbers: several lists, kinds of faults, killed runs, runs side by side.

Lists slide while their pages are read, are behind, or hold the numbers of others; numbers get and lose their users;
what a task says of a good upload names its numbers. Whatever happens in the acts of a schedule: once there is calm, one
run brings the list about and the next finds nothing to do. The platform never took a number twice (between two uploads
of it there is a release), nobody else's number is touched, and what a run says of its numbers is so.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.errors import LivePlatformError
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.context import LISTED_WITHIN
from ansible_collections.audiocodes.live_platform.plugins.module_utils._report.number_values import number_values
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.numbers.batches import NumberBatches
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.numbers.number_list import read_wanted
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.numbers.plan import OnAssigned, Policy
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.numbers.reconcile import NumberRun
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.numbers.report import HowNumbers
from ansible_collections.audiocodes.live_platform.plugins.module_utils._tasks.poller import WaitPolicy
from faults.bench import ABSENT, PRESENT, SETTLE, Bench, bench
from faults.campaign import LONGEST, REPLICA_LAG
from faults.number_guard import DEEDS, PORTAL, Guard, settle_in
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
    on_assigned: OnAssigned = OnAssigned.UNASSIGN


@dataclass(frozen=True)
class NumberAct:
    """One run, or two side by side, with the faults of that time.

    :param meddling: number of a request, what somebody else does right before it, and with which number.
    """

    runs: tuple[Lists, ...]
    dies_at: tuple[int | None, ...]
    faults: tuple[tuple[str, str, Any], ...]
    pause: float
    meddling: tuple[tuple[int, str, str], ...] = ()


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
        on_assigned=st.sampled_from(OnAssigned),
    )


def _acts() -> st.SearchStrategy[NumberAct]:
    often = st.one_of(st.integers(1, 4), st.just("every"), st.lists(st.integers(1, 6), min_size=2, max_size=3))
    writing = st.sampled_from([choice for choice in CHOICES if choice[0] in ("upload numbers", "release numbers")])
    fault = st.tuples(st.one_of(writing, st.sampled_from(CHOICES)), often).map(lambda each: (*each[0], each[1]))
    deed = st.tuples(st.integers(0, 25), st.sampled_from(sorted(DEEDS)), st.sampled_from((*POOL, *PORTAL, *PORTAL)))
    death = st.one_of(st.none(), st.integers(1, 40))
    return st.builds(
        NumberAct,
        runs=st.lists(_lists(), min_size=1, max_size=2).map(tuple),
        dies_at=st.tuples(death, death),
        faults=st.lists(fault, max_size=3).map(tuple),
        pause=st.sampled_from([0.0, 1.0, 30.0, 200.0]),
        meddling=st.lists(deed, max_size=4).map(tuple),
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
            "upload_output": st.sampled_from(["list", "text", "objects", "keys"]),
            "release_assigned": st.just("hidden"),
            "number_page_max": st.sampled_from([2, 3]),
            "number_page_totals": st.just(False),
            "number_list_mixed": st.just(True),
            "replica_lag_seconds": st.sampled_from([5.0, REPLICA_LAG]),
            "replica_seed": st.integers(0, 99),
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
        guard = Guard(made)
        settle_in(made.world)
        for act in schedule.acts:
            guard.watch()
            made.fault(*(rule(name, faults_of(name)[fault], often) for name, fault, often in act.faults))
            for number, deed, name in act.meddling:
                made.before_request(number, lambda deed=deed, name=name: made.meddle(lambda w: DEEDS[deed](w, name)))
            number_runs(made, *act.runs, dies_at=act.dies_at[: len(act.runs)])
            made.calm()
            made.pass_time(act.pause)
            assert not guard.wrong, f"{guard.wrong}{made.history()}"
        guard.watch()
        _come_right(made)
        assert not guard.wrong, f"{guard.wrong}{made.history()}"


def number_runs(made: Bench, *lists: Lists, dies_at: tuple[int | None, ...] = ()) -> list[Values | None]:
    """Runs for one tenant at the same moment; ``None`` for one that was killed."""
    found = made.side_by_side(*(_run(made, each) for each in lists), dies_at=dies_at)
    for values in found:
        if values is not None:
            made.platform.figures.run(["it has failed"] if values.get("failed") else [])
            assert "Unexpected error" not in str(values.get("msg")), values
    if len(lists) == 1 and found[0] is not None:
        _truthful(made, lists[0], found[0])
    twice = taken_twice(made)
    for _each in twice:
        made.platform.figures.duplicate()
    assert not twice, f"{twice}{made.history()}"
    return found


def _truthful(made: Bench, lists: Lists, values: Values) -> None:
    """What a run that was alone, and has waited and looked, says of its numbers is so."""
    if not lists.wait or not lists.verify or "summary" not in values:
        return
    wanted = {POOL[place] for place in lists.numbers}
    wanted -= {each["number"] for key in ("failed_numbers", "skipped_numbers") for each in values[key]}
    there = wanted & made.world.store.numbers.owned(FJORD).keys()
    assert there == (set() if lists.how == ABSENT else wanted), f"{values}{made.history()}"


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
        policy = Policy(release=lists.how == ABSENT, prune=lists.how == PRUNE, on_assigned=lists.on_assigned)
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
    if REFUSED in made.switches.get("failing_numbers", ()):  # tasks that end well without it promise it for a while
        number_runs(made, wanted)
        made.pass_time(LISTED_WITHIN)
    settled = number_runs(made, wanted)[0]
    assert settled is not None
    assert not settled.get("failed"), f"{settled}{made.history()}"
    assert set(made.world.store.numbers.owned(FJORD)) >= set(POOL), made.history()
    made.pass_time(2 * LONGEST)
    last = number_runs(made, wanted)[0]
    assert last is not None
    assert not last.get("failed"), f"{last}{made.history()}"
    assert not last["changed"], f"{last}{made.history()}"
