# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The same 40 tenants from two machines, together or some time apart, with a shared journal and without.

With it, no tenant gets two services. Without it, only the platform's own lists keep the machines apart, so a tenant can
get two while a submission for it is in progress and not shown yet; it is counted how many do.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.submission import FRESH
from faults.bench import FORTY, Bench, Machine, bench
from faults.forms import SHORT
from harness.in_process import Platform
from harness.virtual_time import Stage, VirtualEngineClock
from simulator.seeds.loading import load

TENANTS = tuple(FORTY)
TASK_SECONDS = 60.0
CONCURRENCY = 10
"""Services that each machine works on at a time."""
SEEDS = range(1 if SHORT else 5)


@contextmanager
def forty(platform: Platform, seed: int, strict: bool, **switches: object) -> Iterator[Bench]:
    """A platform with a lead for each of the forty."""
    stage = Stage(random.Random(seed).randrange)
    settings = {"task_seconds": TASK_SECONDS, **switches}
    with bench(platform, stage=stage, switches=settings, strict=strict, watched=TENANTS) as made:
        leads = [{"id": f"lead of {tenant}", "tenant_id": tenant, "company_name": FORTY[tenant]} for tenant in TENANTS]
        load(made.world.store, {"leads": leads})
        yield made


def two_machines(made: Bench, seed: int, apart: float, shared: bool) -> list[Machine]:
    return [
        Machine(
            VirtualEngineClock(made.stage, boot_id=f"machine {number}"),
            made.folder / f"home{number}",
            made.folder / ("shared" if shared else f"journal{number}"),
            random.Random(1000 * seed + number),
            shuffles=True,
            delay=apart * number,
        )
        for number in range(2)
    ]


def from_both(made: Bench, seed: int, apart: float, shared: bool) -> None:
    (made.folder / "shared").mkdir(mode=0o700, exist_ok=True)
    machines = two_machines(made, seed, apart, shared)
    for machine in machines:
        machine.folder.mkdir(exist_ok=True)
    made.together(*(made.process(TENANTS, concurrency=CONCURRENCY, machine=machine) for machine in machines))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("apart", [0.0, 5.0])
def test_with_a_shared_journal_no_tenant_gets_two_services(platform: Platform, seed: int, apart: float) -> None:
    with forty(platform, seed, strict=True) as made:
        from_both(made, seed, apart, shared=True)
        assert (made.submissions(), made.doubled) == (len(TENANTS), set())


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("apart", [0.0, 5.0])
def test_without_one_only_what_is_in_progress_at_the_same_moment_is_made_twice(
    platform: Platform, seed: int, apart: float, capsys: pytest.CaptureFixture[str]
) -> None:
    with forty(platform, seed, strict=False) as made:
        from_both(made, seed, apart, shared=False)
        begun: dict[str, list[float]] = {}
        for task in made.world.store.tasks.values():
            if task.kind == "create" and task.ms_tenant_id is not None:
                begun.setdefault(task.ms_tenant_id, []).append(task.started)
        twice = {tenant: sorted(each) for tenant, each in begun.items() if len(each) > 1}
        with capsys.disabled():
            print(f" [{apart:g} s apart, no shared journal: {len(twice)} of {len(TENANTS)} tenants got two] ", end="")
        assert set(twice) == made.doubled
        for first, second in twice.values():
            assert second - first <= TASK_SECONDS + FRESH, "the first was shown when the second was submitted"
        assert len(twice) <= 2 * CONCURRENCY, "more than can be in progress at the same moment"
        assert any("did not make" in words for words in made.told)
