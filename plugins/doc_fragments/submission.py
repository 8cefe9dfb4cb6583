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
      - Whether submissions are written down on the machine that the module runs on, before they are sent.
      - With it, a run that was killed or stopped waiting is taken up by the next one instead of submitting again, and
        two runs at the same moment submit once.
      - When the submission cannot be written down, for example on a full disk, the module fails and submits nothing.
        V(false) sends the request without a record.
      - When there is no place for a journal at all, the module warns and works without.
    type: bool
    default: true
  journal_path:
    description:
      - Folder of the journal. By default it is below C($XDG_STATE_HOME) or C(~/.local/state).
      - Where the home does not outlive the job, as in an execution environment, name a folder that does.
      - Runs of several users are protected from each other when they name the same folder and its group can write to it
        (C(chmod 2770)). Runs of several machines are when the folder is on a network file system that they share. The
        module tries the folder when it begins, and warns about what does not hold there.
      - A folder that everybody can write to is not used.
    type: path
  settle_timeout:
    description:
      - Seconds after a submission without an answer, during which this run looks for the service before it gives up.
      - By default as long as O(wait_timeout).
      - No run submits again before the longer of O(settle_timeout) and O(wait_timeout) has passed since the submission,
        because a creation may take as long as a task is waited for.
    type: float
"""
