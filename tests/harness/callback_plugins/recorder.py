# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Callback: writes every task result, with the times of its beginning and end, as a line of JSON to a file."""

from __future__ import annotations

import json
import os
import time

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: recorder
type: notification
short_description: Records task results for the end-to-end tests
description: Writes to the file that the environment variable E2E_RECORD names.
"""


class CallbackModule(CallbackBase):
    """Records task results."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "notification"
    CALLBACK_NAME = "recorder"
    CALLBACK_NEEDS_ENABLED = True

    def __init__(self):
        super().__init__()
        self._started = {}

    def v2_runner_on_start(self, host, task):
        self._started[task._uuid] = time.time()

    def _record(self, state, result):
        task = result._task
        line = {
            "task": task.get_name().rpartition(" : ")[2],
            "host": result._host.get_name(),
            "action": task.action,
            "state": state,
            "started": self._started.get(task._uuid),
            "ended": time.time(),
            "result": result._result,
        }
        with open(os.environ["E2E_RECORD"], "a", encoding="utf-8") as record:
            record.write(json.dumps(line, default=str) + "\n")

    def v2_runner_on_ok(self, result):
        self._record("ok", result)

    def v2_runner_on_failed(self, result, ignore_errors=False):
        self._record("failed", result)

    def v2_runner_on_skipped(self, result):
        self._record("skipped", result)

    def v2_runner_on_unreachable(self, result):
        self._record("unreachable", result)
