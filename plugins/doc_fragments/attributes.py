# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Documentation of the attributes."""

from __future__ import annotations


class ModuleDocFragment:
    """What the modules support. There is one fragment per kind of module."""

    # Every module
    DOCUMENTATION = r"""
options: {}
attributes:
  check_mode:
    description: Can run in check mode and show what would change, without sending anything but GET and the login.
    support: full
  action_group:
    description: Use C(group/audiocodes.live_platform.all) in C(module_defaults) to set options for all modules.
    support: full
    membership:
      - audiocodes.live_platform.all
"""

    # Modules that ask no platform, in place of the first
    HELPER = r"""
options: {}
attributes:
  check_mode:
    description: Can run in check mode and show what would change, without sending anything.
    support: full
"""

    # Modules that change nothing
    INFO = r"""
options: {}
attributes:
  diff_mode:
    description: Returns details on what has changed, or would change in check mode.
    support: N/A
    details: The module changes nothing.
  idempotent:
    description: The same options again change nothing more.
    support: N/A
    details: The module changes nothing.
"""

    # Modules that change something
    WRITE = r"""
options: {}
attributes:
  diff_mode:
    description: Returns details on what has changed, or would change in check mode.
    support: full
  idempotent:
    description: The same options again change nothing more.
    support: full
"""
