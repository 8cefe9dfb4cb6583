# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The short form: some troubles of the main playbook, the same every time. ``make soak`` takes many more at random."""

import random
from pathlib import Path

import pytest

from faults.figures import Figures
from faults.loud import loud_once


@pytest.mark.parametrize("number", range(1))
def test_a_playbook_in_trouble_shows_no_secret_and_the_next_run_settles_it(
    tmp_path: Path, figures: Figures, number: int
) -> None:
    loud_once(tmp_path, figures, random.Random(number))
