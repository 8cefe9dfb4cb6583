# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Schedules at random: several kinds of faults at once, habits of the platform, killed runs, runs side by side.

Whatever happens in the acts of a schedule: once there is calm, one run settles everything and the next finds nothing to
do, and at no moment did a tenant have two services.
"""

from __future__ import annotations

import copy
import random
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from faults.bench import ABSENT, PRESENT, SETTLE, TENANTS, Bench, bench, converged, picture
from harness.fault_kinds import faults_of, rule
from harness.in_process import Platform
from harness.virtual_time import Stage
from simulator.lifecycle import remove_service, touch
from simulator.records import Service
from simulator.world import World

LONGEST = 180.0
"""Seconds that a task, and the lag of a list, may take. All together stay below the time in which a lost submission
may turn up (``settle_timeout``)."""

REPLICA_LAG = 60.0
"""Seconds by which any read may be behind, also of what was shown before."""


def _set_license(world: World, code: int) -> None:
    for service in _watched(world):
        service.license_type = max(code, service.license_type)
        touch(service)


def _delete(world: World, _code: int) -> None:
    for service in _watched(world):
        remove_service(world, service)


def _recreate(world: World, _code: int) -> None:
    """Delete a service and make it anew, long enough ago that every place shows it."""
    for service in _watched(world):
        remove_service(world, service)
        anew = copy.deepcopy(service)
        anew.ump_customer_guid, anew.license_type = str(uuid.uuid4()), 3
        touch(anew)
        world.store.add_service(anew)
        for lead in world.store.leads_by_tenant[TENANTS[0]]:
            lead.ump_customer_guid, lead.encoded = anew.ump_customer_guid, None


def _watched(world: World) -> list[Service]:
    return [each for each in world.store.services_by_tenant[TENANTS[0]] if each.is_operator_connect]


MEDDLING: Mapping[str, tuple[Callable[[World, int], None], int]] = {
    "plus": (_set_license, 4),
    "pro": (_set_license, 5),
    "delete": (_delete, 0),
    "recreate": (_recreate, 0),
}
"""What somebody else does with the service of the first tenant."""

_LIES = {
    ("service list", "an empty array"),
    ("service list", "tenant null"),
    ("service list", "nulls for all members"),
    ("leads", "an empty array"),
    ("leads", "tenant null"),
    ("leads", "guid null"),
    ("leads", "nulls for all members"),
    ("leads", "404"),
    ("service", "404"),
    ("service", "404 of another server"),
}
"""Answers that say in good form that there is no service. The engine survives each (see the matrix), but when every
source says so, it is so."""

_FALSE_FAILURE = ("task", "a failure that tells secrets")
"""A creation that goes on although its task is said to have failed is noticed when a place shows what it has made, and
no place has to where copies are behind."""

IN_A_FLOW = ("login", "service list", "leads", "create", "task", "service", "SIP connection", "delete", "upgrade")
CHOICES = [(name, fault) for name in IN_A_FLOW for fault in faults_of(name) if (name, fault) not in _LIES]


@dataclass(frozen=True)
class Act:
    """One run, or two side by side, with the faults of that time."""

    states: tuple[str, ...]
    count: int
    concurrency: int
    wait: bool
    timeout: float
    dies_at: tuple[int | None, ...]
    faults: tuple[tuple[str, str, Any], ...]
    pause: float
    license: str | None = None
    meddling: tuple[tuple[int, str], ...] = ()
    """What somebody else does before requests of that number; 0: before the runs begin."""


@dataclass(frozen=True)
class Schedule:
    """Everything that makes a schedule what it is."""

    switches: dict[str, Any]
    acts: tuple[Act, ...]
    order: int
    """Seed for who goes on when several could."""


def _faults() -> st.SearchStrategy[tuple[tuple[str, str, Any], ...]]:
    often = st.one_of(st.integers(1, 6), st.just("every"), st.lists(st.integers(1, 9), min_size=2, max_size=4))
    creating = st.sampled_from([choice for choice in CHOICES if choice[0] == "create"])
    one = st.tuples(st.one_of(creating, st.sampled_from(CHOICES)), often).map(lambda each: (*each[0], each[1]))
    return st.lists(one, max_size=4).map(tuple)


def _acts() -> st.SearchStrategy[Act]:
    state = st.sampled_from([PRESENT, PRESENT, PRESENT, ABSENT])
    death = st.one_of(st.none(), st.integers(1, 60))
    return st.builds(
        Act,
        states=st.lists(state, min_size=1, max_size=2).map(tuple),
        count=st.sampled_from([1, 1, 2, 4]),
        concurrency=st.integers(1, 4),
        wait=st.booleans(),
        timeout=st.sampled_from([15.0, 1800.0, 1800.0]),
        dies_at=st.tuples(death, death),
        faults=_faults(),
        pause=st.sampled_from([0.0, 1.0, 30.0, 200.0]),
        license=st.sampled_from([None, None, "oc_essentials_plus", "oc_pro"]),
        meddling=st.lists(st.tuples(st.integers(0, 25), st.sampled_from(sorted(MEDDLING))), max_size=2).map(tuple),
    )


def schedules() -> st.SearchStrategy[Schedule]:
    """Any schedule."""
    lag = st.sampled_from([0.0, 0.0, 5.0, 60.0, LONGEST])
    switches = st.fixed_dictionaries(
        {
            "task_seconds": st.sampled_from([0.0, 3.0, 30.0, LONGEST]),
            "service_list_lag_seconds": lag,
            "lead_lag_seconds": lag,
        },
        optional={
            "service_get_lags": st.just(True),
            "replica_lag_seconds": st.sampled_from([5.0, REPLICA_LAG]),
            "replica_seed": st.integers(0, 99),
            "task_404_seconds": st.sampled_from([5.0, 50.0]),
            "task_kept_seconds": st.sampled_from([0.0, 30.0]),
            "output_guid": st.sampled_from(["camel", "pascal"]),
            "job_answer": st.sampled_from(["string", "capital"]),
            "service_visible_before_done": st.just(True),
            "token_seconds": st.sampled_from([10, 70]),
            "expires_in_as_string": st.just(True),
            "error_message_on_success": st.just(True),
        },
    )
    return st.builds(
        Schedule,
        switches=switches,
        acts=st.lists(_acts(), min_size=1, max_size=4).map(tuple),
        order=st.integers(0, 2**32),
    )


def carry_out(platform: Platform, schedule: Schedule) -> None:
    """Perform the acts, then see that everything comes right."""
    chance = random.Random(schedule.order)
    with bench(platform, stage=Stage(chance.randrange), switches=schedule.switches) as made:
        for act in schedule.acts:
            _perform(made, act)
        _come_right(made)


def _perform(made: Bench, act: Act) -> None:
    believed = (_FALSE_FAILURE,) if made.world.settings.replica_lag_seconds else ()
    made.fault(
        *(
            rule(name, faults_of(name)[fault], often)
            for name, fault, often in act.faults
            if (name, fault) not in believed
        )
    )
    options = {"license_type": act.license} if act.license is not None else {}
    processes = [
        made.process(TENANTS[: act.count], state, act.concurrency, act.wait, act.timeout, options=options)
        for state in act.states
    ]
    for number, what in act.meddling:
        _meddle(made, number, what)
    made.together(*processes, dies_at=act.dies_at[: len(processes)], alone=not act.meddling)
    made.calm()
    made.pass_time(act.pause)


def _meddle(made: Bench, number: int, what: str) -> None:
    effect, code = MEDDLING[what]

    def act() -> None:
        made.meddle(lambda world: effect(world, code))

    if what == "recreate":
        if not _underway(made):  # two at the same moment are nobody's fault
            act()
            made.pass_time(2 * LONGEST)
    elif number:
        made.before_request(number, act)
    else:
        act()


def _underway(made: Bench) -> bool:
    return any(task.completed_at is None for task in made.world.store.tasks.values())


def _come_right(made: Bench) -> None:
    made.pass_time(SETTLE)
    settled = made.run(TENANTS)
    assert converged(settled, PRESENT), f"{picture(settled)}\n{made.history()}"
    made.pass_time(2 * LONGEST)
    submissions = len(made.writes())
    last = made.run(TENANTS)
    assert converged(last, PRESENT, changed=False), f"{picture(last)}\n{made.history()}"
    assert len(made.writes()) == submissions
    for tenant in TENANTS:
        assert len(made.services(tenant)) == 1, made.history()
