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
      - Whether the output shows the progress while the module runs. There is a line for each service or task that has
        ended. Every O(progress_interval), there are lines for the tasks that are still running, with task id, status,
        elapsed time and new execution messages.
      - This needs no further requests, and no secret is shown.
      - If the option is not set, the variable C(live_platform_progress) is used. It applies to playbooks and roles too.
      - There are no lines with a standard output callback that writes JSON, such as C(ansible.posix.json), so that its
        output stays readable for programs.
      - With ansible-runner before 2.4.2 on ansible-core 2.16 to 2.18, there are none with C(async), and none from
        C(-vvv) on.
      - With C(async), there are lines as long as Ansible waits for the task, that is, with a C(poll) of more than 0.
    type: bool
    default: true
  progress_interval:
    description: Maximum number of seconds between two progress lines.
    type: float
    default: 60.0
  progress_path:
    description:
      - Regular file on the host on which the module runs, to which the lines are written.
      - By default, the action plugin creates one, shows what is written to it, and removes it.
    type: path
"""
