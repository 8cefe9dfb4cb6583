# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Documentation of the progress options."""

from __future__ import annotations


class ModuleDocFragment:
    """The options of the modules that say how it goes while they run."""

    DOCUMENTATION = r"""
options:
  progress:
    description:
      - Whether the output of the job tells how it goes while the module runs. There is a line for each service or task
        that has ended, and, once in O(progress_interval), what is still waited for, with task id, status, elapsed time
        and new execution messages.
      - Nothing is asked of the platform for it, and nothing secret is shown.
      - When the task does not say it, the variable C(live_platform_progress) decides. It holds for playbooks and roles
        too.
      - There are no lines beside a standard output callback that writes JSON, such as C(ansible.posix.json),
        so that its output stays readable for programs.
      - With ansible-runner before 2.4.2 on ansible-core 2.16 to 2.18, there are none with C(async), and none from
        C(-vvv) on.
      - With C(async) there are such lines as long as the task is waited for, that is, with a C(poll) of more than 0.
    type: bool
    default: true
  progress_interval:
    description: Seconds after which something is said at the latest.
    type: float
    default: 60.0
  progress_path:
    description:
      - File on the host that the module runs on, to which the lines are written as they come.
      - By default the action plugin names one, shows what is written to it, and removes it.
    type: path
"""
