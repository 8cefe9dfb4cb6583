# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A disk that is full: nothing is submitted that could not be written down, and what was submitted is followed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile import journal as journal_module
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.outcome import Outcome
from harness.fakes import lost
from harness.unit_platform import UnitPlatform
from harness.workbench import Workbench, asked_once

CREATE = "/api/v3/customer"


@pytest.fixture
def full_after(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Lets the disk be full after so many more entries."""
    real = journal_module.write_private

    def fill(left: int) -> None:
        room = [True] * left

        def write(*args: object) -> None:
            if not room:
                raise OSError(28, "No space left on device")
            room.pop()
            real(*args)

        monkeypatch.setattr(journal_module, "write_private", write)

    return fill


def test_nothing_is_submitted_that_cannot_be_written_down(
    bench: Workbench, platform: UnitPlatform, full_after: Callable[[int], None]
) -> None:
    full_after(0)
    outcome = bench.run()
    assert outcome.outcome == Outcome.FAILED
    assert platform.posts == 0
    failure = outcome.failure
    assert failure is not None
    assert "No space left on device" in failure.message
    assert "nothing was submitted" in failure.message
    assert "journal: false" in str(failure.hint)
    full_after(99)
    assert bench.run().outcome == Outcome.CREATED, "there is nothing to wait for"
    asked_once(platform)


def test_whoever_wants_no_journal_needs_no_room(
    bench: Workbench, platform: UnitPlatform, full_after: Callable[[int], None]
) -> None:
    full_after(0)
    assert bench.run(journal=False).outcome == Outcome.CREATED
    asked_once(platform)


def test_what_was_submitted_is_followed_when_the_disk_gets_full(
    bench: Workbench, platform: UnitPlatform, full_after: Callable[[int], None]
) -> None:
    full_after(1)
    assert bench.run().outcome == Outcome.CREATED
    asked_once(platform)
    assert "cannot be written (No space left on device)" in bench.told[0]


def test_a_lost_answer_is_sought_when_the_disk_gets_full(
    bench: Workbench, platform: UnitPlatform, full_after: Callable[[int], None]
) -> None:
    platform.fault("POST", CREATE, lost(), after=True)
    full_after(1)
    assert bench.run().outcome == Outcome.ADOPTED
    asked_once(platform)
