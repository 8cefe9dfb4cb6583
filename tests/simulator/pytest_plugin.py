# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixtures: one simulator for the whole session, as new for each test."""

from collections.abc import Iterator

import pytest

from simulator.client import Simulator as _Simulator


@pytest.fixture(scope="session")
def simulator_process() -> Iterator[_Simulator]:
    """The process; tests want :func:`simulator` instead."""
    with _Simulator(task_seconds=0.2) as process:
        yield process


@pytest.fixture
def simulator(simulator_process: _Simulator) -> _Simulator:
    """A simulator with the usual cast, default switches (tasks take 0.2 seconds), an empty log, no faults."""
    simulator_process.reset(tokens=True)
    return simulator_process
