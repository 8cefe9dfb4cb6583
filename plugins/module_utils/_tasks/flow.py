# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Work that pauses without holding a thread: generators that yield how many seconds they have nothing to do."""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeVar

Result = TypeVar("Result")

Flow = Generator[float, None, Result]
"""Yields pauses in seconds and returns its result. Whoever drives it may come back early, never without reason."""
