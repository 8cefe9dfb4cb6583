# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Documentation of the wait options."""

from __future__ import annotations


class ModuleDocFragment:
    """The options of every module that starts or watches a task."""

    DOCUMENTATION = r"""
options:
  wait:
    description: Whether to wait for the end of the task.
    type: bool
    default: true
  wait_timeout:
    description:
      - Seconds to wait for the end of the whole task.
      - If a task does not exist, the wait ends only after the platform itself has reported this for three minutes. The
        page of a proxy never ends it.
    type: float
    default: 1800.0
  wait_delay:
    description:
      - Longest pause between two polls, in seconds.
      - The first poll is early, and the pauses grow with the running time of the task.
      - With many tasks, each is polled when it is likely to end, based on the duration of other tasks in the same run.
        A pause may then be longer, and one read of the service list covers all tasks. With up to 90 tasks at a time,
        the success or failure of each is noticed within 5 seconds or a tenth of its duration, whichever is longer.
    type: float
    default: 15.0
"""
