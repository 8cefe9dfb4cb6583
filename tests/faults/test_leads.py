# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A consentless lead, which is made without a task: what the journal says of it, and what the next run does."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.entries import (
    Entry,
    SubmissionStage,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.journal import FileJournal
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.oc_lead import OcLead
from faults.bench import Bench, bench
from faults.module_run import run_module
from harness.cast import CEDAR, NOBODY
from harness.fault_kinds import faults_of, rule
from harness.in_process import BASE, Platform
from harness.virtual_time import Killed

LEAD = {"ms_tenant_id": NOBODY, "company_name": "Juniper Books"}
GONE = {"ms_tenant_id": CEDAR, "state": "absent"}
SETTLE = 20


@pytest.fixture
def made(platform: Platform) -> Iterator[Bench]:
    with bench(platform) as one:
        yield one


def run(made: Bench, options: dict[str, Any], **how: Any) -> dict[str, Any]:
    own = {"journal_path": str(made.folder / "journal"), "settle_timeout": SETTLE}
    return run_module(made, "oc_lead", {**own, **options}, **how).result


def entry(made: Bench, tenant: str = NOBODY, kind: Any = OcLead.kind) -> Entry | None:
    return FileJournal(made.folder / "journal", BASE, made.clock, print, kind=kind).read(tenant)


def leads(made: Bench, tenant: str = NOBODY) -> list[Any]:
    return [lead for lead in made.world.store.leads.values() if lead.tenant_id == tenant]


def posts(made: Bench) -> int:
    return len([sent for sent in made.transport.sent if sent.method == "POST" and sent.path.endswith("/oc/lead")])


def test_what_was_made_stands_in_the_journal_and_is_no_service(made: Bench) -> None:
    result = run(made, LEAD)
    written = entry(made)
    assert written is not None
    assert (written.stage, written.object_id, written.kind) == (SubmissionStage.DONE, result["lead"]["id"], "lead")
    assert FileJournal(made.folder / "journal", BASE, made.clock, print).read(NOBODY) is None


def test_a_refusal_leaves_nothing_in_the_journal(made: Bench) -> None:
    made.fault(rule("create lead", faults_of("create lead")["403"]))
    assert run(made, LEAD)["outcome"] == "failed"
    assert entry(made) is None
    assert run(made, LEAD)["outcome"] == "created"


def test_a_request_of_unknown_fate_is_not_sent_again_before_its_time(made: Bench) -> None:
    made.fault(rule("create lead", faults_of("create lead")["reset before the work"]))
    failed = run(made, LEAD)
    written = entry(made)
    assert "could not be found out within 20 seconds" in failed["msg"]
    assert written is not None
    assert written.stage == SubmissionStage.INTENT
    assert posts(made) == 1
    before = made.clock.wall()
    assert run(made, LEAD)["outcome"] == "created"
    assert made.clock.wall() - written.intended_at >= SETTLE or made.clock.wall() == before
    assert (posts(made), len(leads(made))) == (2, 1)


@pytest.mark.parametrize("chance", range(12))
def test_a_lead_that_copies_do_not_show_yet_is_made_once(platform: Platform, chance: int) -> None:
    switches = {"replica_lag_seconds": 60.0, "replica_seed": chance}
    with bench(platform, switches=switches) as made:
        assert run(made, LEAD)["outcome"] == "created"
        for _again in range(4):
            result = run(made, LEAD, check=_again % 2 == 1)
            assert result["outcome"] == "unchanged", result.get("msg")
            made.pass_time(10.0)
        assert (posts(made), len(leads(made))) == (1, 1)


@pytest.mark.parametrize("options", [LEAD, GONE], ids=["present", "absent"])
def test_a_run_that_is_killed_at_any_step_is_taken_up(platform: Platform, options: dict[str, Any]) -> None:
    present, tenant = options is LEAD, str(options["ms_tenant_id"])
    for step in count():
        with bench(platform) as made:
            try:
                run(made, options, dies_at=step)
            except Killed:
                platform.figures.killed()
            else:
                assert step > 3
                return
            sent = posts(made)
            again = run(made, options)
            assert not again.get("failed"), (step, again)
            assert len(leads(made, tenant)) == int(present), step
            assert posts(made) <= 1 or sent == 0, step
            assert run(made, options)["outcome"] == "unchanged"
