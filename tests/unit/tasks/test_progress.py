# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is said while a run goes on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.tasks import Message, Task
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.masking import Secrets
from ansible_collections.audiocodes.live_platform.plugins.module_utils._tasks.progress import (
    LinesOfFile,
    Progress,
    duration,
)
from harness.fakes import FakeClock

TASK = Task("wst_1", "InProgress", polls=1)


@pytest.fixture
def lines() -> list[str]:
    return []


@pytest.fixture
def progress(clock: FakeClock, lines: list[str]) -> Progress:
    made = Progress(clock, lines.append, 60.0)
    made.expect(1)
    return made


def test_one_service_is_named_with_its_task_and_each_message_once(
    progress: Progress, clock: FakeClock, lines: list[str]
) -> None:
    progress.begun("a", "Brad01")
    clock.sleep(10)
    progress.tick()
    progress.saw("a", TASK)
    clock.sleep(50)
    progress.tick()
    progress.saw("a", replace(TASK, messages=(Message("Information", "SBC done."),)))
    progress.tick()
    progress.tick()
    progress.ended("a", "created")
    assert lines == [
        "Brad01: in progress for 10.0 s, no task yet",
        "Brad01: task wst_1: InProgress after 1 min 0 s",
        "Brad01: task wst_1: InProgress after 1 min 0 s: SBC done",
        "Brad01: task wst_1: InProgress after 1 min 0 s",
        "Brad01: created after 1 min 0 s (task wst_1)",
    ]


def test_a_secret_is_masked_before_a_text_is_shortened(clock: FakeClock, lines: list[str]) -> None:
    made = Progress(clock, lines.append, 60.0, Secrets(["planted-secret-17"]).mask_text)
    made.begun("a", "Brad01")
    made.saw("a", replace(TASK, messages=(Message("Error", "x" * 190 + "planted-secret-17"),)))
    made.tick()
    made.ended("a", "failed", "y" * 370 + "planted-secret-17")
    assert len(lines) == 2
    assert "plant" not in "".join(lines)


def test_of_many_the_slowest_are_named_and_all_are_counted(
    progress: Progress, clock: FakeClock, lines: list[str]
) -> None:
    progress.expect(20)
    for number in range(10):
        progress.begun(str(number), f"Name{number}")
        progress.saw(str(number), TASK)
        clock.sleep(1)
    progress.ended("3", "created")
    progress.ended("4", "failed", "Task wst_1 ended with the status 'Failed'")
    lines.clear()
    progress.tick()
    assert lines[0] == "1 created, 1 failed; 8 in progress, 20 in all, after 10.0 s; the slowest: Name0, 10.0 s"
    assert [line.split(":")[0] for line in lines[1:]] == ["Name0", "Name1", "Name2", "Name5", "Name6"]


def test_what_was_not_waited_for_has_no_line_unless_it_failed(progress: Progress, lines: list[str]) -> None:
    progress.begun("a", "Brad01")
    progress.ended("a", "unchanged")
    assert lines == []
    progress.begun("b", "Alder")
    progress.ended("b", "failed", "No lead")
    assert lines == ["Alder: failed after 0.0 s: No lead"]


def test_it_is_due_once_in_an_interval_and_never_when_nobody_listens(progress: Progress, clock: FakeClock) -> None:
    assert progress.due() == pytest.approx(60, abs=0.1)
    clock.sleep(60)
    progress.tick()
    assert progress.due() == pytest.approx(120, abs=0.1)
    silent = Progress(clock)
    assert silent.due() == float("inf")
    silent.begun("a", "Brad01")
    silent.ended("a", "created")


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0.0 s"), (59.94, "59.9 s"), (60, "1 min 0 s"), (125.4, "2 min 5 s"), (3900, "1 h 5 min")]
)
def test_durations_are_readable(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def test_lines_are_whole_and_a_place_that_is_gone_hinders_nothing(tmp_path: Path) -> None:
    lines = LinesOfFile(tmp_path / "lines")
    lines.write("one\ntwo")
    lines.write("three")
    assert (tmp_path / "lines").read_text() == "one two\nthree\n"
    LinesOfFile(tmp_path / "nowhere" / "lines").write("lost")
