# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A worker ends with the process that has started it.

Ansible up to 2.20 does not tell its workers when the main process alone gets a signal, as with ``kill`` or ``timeout``:
they would go on and create services for nobody.
"""

from __future__ import annotations

import ctypes
import os
import signal
from contextlib import suppress

_PR_SET_PDEATHSIG = 1
_MAIN = os.getpid()
"""The process that has loaded this: Ansible's main process, before it starts its workers."""


def end_with_parent() -> None:
    """Get SIGTERM when the main process ends, now if it has ended already. On Linux; elsewhere nothing is done."""
    if os.getpid() == _MAIN:
        return
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != _MAIN:
            os.kill(os.getpid(), signal.SIGTERM)
