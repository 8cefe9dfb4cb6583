# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Action plugin: shows the progress of the module of the same name, for one Operator Connect service."""

from __future__ import annotations

from ..plugin_utils._action.following import FollowingAction


class ActionModule(FollowingAction):
    """See there."""
