# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Action plugin: put ids where the names are in a list of services."""

from __future__ import annotations

from ..plugin_utils._action.resolve_services import ResolveServices as ActionModule

__all__ = ["ActionModule"]
