# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Documentation of the options that all submitting modules share."""

from __future__ import annotations


class ModuleDocFragment:
    """The options of the modules that submit services."""

    DOCUMENTATION = r"""
options:
  journal:
    description:
      - Whether submissions are recorded on the machine on which the module runs, before they are sent.
      - With the journal, the next run continues the work of a run that was killed or that stopped waiting, and does not
        submit again. Two runs at the same moment submit only once.
      - If the submission cannot be recorded, for example because the disk is full, the module fails and submits
        nothing. V(false) sends the request without a record.
      - If there is no usable folder for a journal, the module warns and works without it.
    type: bool
    default: true
  journal_path:
    description:
      - Folder of the journal. By default it is below C($XDG_STATE_HOME) or C(~/.local/state).
      - If the home folder is removed after the job, as in an execution environment, set a folder that remains.
      - Runs of several users are protected from each other if they use the same folder and its group can write to it
        (C(chmod 2770)). Runs of several machines are protected if the folder is on a shared network file system. The
        module tests the folder when it starts, and warns about what is not guaranteed there.
      - A folder that everybody can write to is not used.
    type: path
  settle_timeout:
    description:
      - If a submission gets no answer, the number of seconds during which this run looks for the service before it
        fails.
      - By default as long as O(wait_timeout).
      - No run submits again before the longer of O(settle_timeout) and O(wait_timeout) has passed since the submission,
        because a creation may take as long as the wait for a task.
    type: float
"""
