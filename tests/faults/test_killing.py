# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Real processes: killed at random moments, or at work at the same time. ``make soak`` kills more of them."""

import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from faults.killing import kill_in_submission, kill_once, submissions
from harness.cast import BRAD
from harness.figures import Figures
from harness.playbooks import Ansible, task
from simulator.client import Simulator


@pytest.mark.parametrize("number", range(2))
def test_a_run_that_is_killed_is_taken_up_by_the_next(tmp_path: Path, figures: Figures, number: int) -> None:
    kill_once(tmp_path, figures, random.Random(number))


def test_a_run_that_is_killed_before_the_answer_comes_is_not_done_again(tmp_path: Path, figures: Figures) -> None:
    kill_in_submission(tmp_path, figures, random.Random(1))


def test_of_two_runs_at_the_same_moment_one_submits(tmp_path: Path) -> None:
    service = task("create", "oc_service", {"ms_tenant_id": BRAD, "short_name": "Brad"})
    with Simulator(existing_service="accept", task_seconds=6) as platform:
        runners = []
        for name in ("one", "other"):
            (tmp_path / name).mkdir()
            runners.append(Ansible(tmp_path / name, platform, [platform.facts["client_secret"]]))
        state = {"XDG_STATE_HOME": str(tmp_path / "state")}
        with ThreadPoolExecutor(2) as pool:
            runs = list(pool.map(lambda each: each.play(service, environment=state), runners))
        assert [run.rc for run in runs] == [0, 0], runs[0].output + runs[1].output
        assert sorted(run["create"]["outcome"] for run in runs) == ["adopted", "created"]
        assert len(submissions(platform)) == 1
        assert sum(each["ms_tenant_id"] == BRAD for each in platform.state()["services"]) == 1
