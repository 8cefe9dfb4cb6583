# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Connection plugin for tests: this machine, reached as if it were another one, so that no file is looked at here."""

from __future__ import annotations

from ansible.plugins.connection.local import Connection as LocalConnection

DOCUMENTATION = """
name: elsewhere
short_description: This machine as another one
description: For tests of what has to work without a common file system.
author: AudioCodes Live Platform collection contributors (@audiocodes)
version_added: 1.0.0
extends_documentation_fragment: connection_pipelining
options: {}
"""


class Connection(LocalConnection):
    """See there."""

    transport = "elsewhere"
