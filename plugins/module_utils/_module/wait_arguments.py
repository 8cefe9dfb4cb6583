# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Argument specs of the modules that submit and wait for tasks; the doc fragments are compared with them by a test."""

from __future__ import annotations

from typing import Any

from .._tasks.progress import DEFAULT_INTERVAL

WAIT_SPEC: dict[str, Any] = {
    "wait": {"type": "bool", "default": True},
    "wait_timeout": {"type": "float", "default": 1800.0},
    "wait_delay": {"type": "float", "default": 15.0},
}

PROGRESS_SPEC: dict[str, Any] = {
    "progress": {"type": "bool", "default": True},
    "progress_interval": {"type": "float", "default": DEFAULT_INTERVAL},
    "progress_path": {"type": "path"},
}

SUBMISSION_SPEC: dict[str, Any] = {
    "journal": {"type": "bool", "default": True},
    "journal_path": {"type": "path"},
    "settle_timeout": {"type": "float"},
}
