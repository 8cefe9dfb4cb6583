# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One simulator in this process, for all schedules."""

import pytest
from faults.in_process import Platform


@pytest.fixture(scope="session")
def platform() -> Platform:
    """The simulator's world and application."""
    return Platform()
