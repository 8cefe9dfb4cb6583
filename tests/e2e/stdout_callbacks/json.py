# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Callback: the whole output is one JSON document, as programs expect it that read the output of a run."""

from __future__ import annotations

import json

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: json
type: stdout
short_description: One JSON document for the end-to-end tests
description: Holds the results of all tasks.
"""


class CallbackModule(CallbackBase):
    """Collects results, and prints them in the end."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "stdout"
    CALLBACK_NAME = "json"

    def __init__(self):
        super().__init__()
        self._results = []

    def v2_runner_on_ok(self, result):
        self._results.append(result._result)

    def v2_playbook_on_stats(self, stats):
        self._display.display(json.dumps({"results": self._results}, default=str))
