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
      - That the task does not exist ends the wait only when the platform itself has said so for three minutes. The
        page of a proxy never ends it.
    type: float
    default: 1800.0
  wait_delay:
    description:
      - Longest pause between two polls, in seconds.
      - The first poll comes early, and the pauses grow with the time that the task has run.
      - Of many tasks, each is polled when its end is likely, from the time that others of the same run have taken. Then
        a pause may be longer, and one look at the service list counts as a look at all of them. Of up to 40 tasks at a
        time, the end of each, good or bad, is noticed within 5 seconds or a tenth of what it took, whichever is longer.
    type: float
    default: 15.0
"""
