# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Results that need nothing of the module that they are about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._core.errors import LivePlatformError
from .definition import Ended

INVOCATION = "invocation"
"""The return value that repeats the options."""


def bare_failure(error: LivePlatformError) -> Ended:
    """A failure that says the error and nothing else, since anything else may be secret."""
    return Ended(
        {
            "failed": True,
            "msg": error.sentence(),
            "failure": error.to_dict(),
            INVOCATION: {"module_args": "hidden, since the result could not be cleared of secrets"},
        }
    )


def invocation_line(params: Mapping[str, Any]) -> str:
    """What the system log gets: names of options only, since script parameters may hold passwords."""
    given = sorted(name for name, value in params.items() if value is not None)
    return f"Invoked with the options {', '.join(given)}"
