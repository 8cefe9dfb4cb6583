# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The short form of the fault tests, of ``make test``, and the long one, of ``make soak``."""

import os
from zlib import crc32

FORM = os.environ.get("FAULTS_FORM", "short")
SHORT = FORM == "short"

STRIDE = 3 if SHORT else 1
"""Steps from one at which a run is killed to the next, where every single one is tried elsewhere. A request has two, on
its way and before its answer, so that an odd number meets both.
"""


def of_three(name: str) -> int:
    """In which of three equal parts this is, 0, 1 or 2; always the same."""
    return crc32(name.encode()) % 3
