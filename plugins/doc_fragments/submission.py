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
    type: bool
    default: true
  journal_path:
    description:
      - Folder of the journal. By default it is below C($XDG_STATE_HOME) or C(~/.local/state).
      - Where the home does not outlive the job, as in an execution environment, name a folder that does.
    type: path
  settle_timeout:
    description:
      - Seconds after a submission without an answer, during which the service may still turn up.
      - So long it is looked for before the module gives up, and so long the next run does not submit it again.
    type: float
    default: 600.0
"""
