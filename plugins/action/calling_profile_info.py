# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Action plugin of the module of the same name: runs it in this process where the task would run here anyway.

The file is the same for all modules. It is no link to another one, which documentation tools take for another name of
the same module.
"""

from __future__ import annotations

from ..plugin_utils._action.module_action import action_of

ActionModule = action_of(__name__)
