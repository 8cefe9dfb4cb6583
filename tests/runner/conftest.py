# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One simulator process per pytest worker, as new for each test."""

from simulator.pytest_plugin import simulator, simulator_process

__all__ = ["simulator", "simulator_process"]
