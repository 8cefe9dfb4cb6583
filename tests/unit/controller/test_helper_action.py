# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Actions that ask no platform: how they fail."""

from types import SimpleNamespace
from typing import Any
from unittest import mock

import pytest
from ansible.errors import AnsibleError

from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.errors import (
    InputError,
    LivePlatformError,
)
from ansible_collections.audiocodes.live_platform.plugins.plugin_utils._action.helper_action import HelperAction

SECRET = "planted-Carrier~pw.23"


def failing(error: Exception) -> HelperAction:
    """An action whose work fails."""

    class Failing(HelperAction):
        def work(self, params: Any, task_vars: Any) -> dict[str, Any]:
            raise error

    task = SimpleNamespace(args={}, async_val=0, check_mode=False, environment=[], action="it", _role=None)
    connection = SimpleNamespace(_shell=SimpleNamespace(tmpdir=None))
    return Failing(task, connection, mock.Mock(), mock.Mock(), mock.Mock(), mock.Mock())


def ended(error: Exception) -> dict[str, Any]:
    action = failing(error)
    with mock.patch.object(action, "validate_argument_spec", return_value=(None, {})):
        return action.run(None, {})


def test_all_problems_are_one_error_and_cannot_steer_a_terminal() -> None:
    result = ended(InputError(["one", "two\x1b[2J"]))
    assert result["failed"]
    assert result["msg"] == "one\ntwo\ufffd[2J"
    assert ended(LivePlatformError("no\x9b"))["msg"] == "no\ufffd"


def test_a_defect_is_named_without_its_text() -> None:
    result = ended(KeyError(SECRET))
    assert result["failed"]
    assert "Unexpected error in the collection (KeyError in test_helper_action.py:" in result["msg"]
    assert SECRET not in str(result)


def test_an_error_of_ansible_stays_one() -> None:
    with pytest.raises(AnsibleError, match="undefined"):
        ended(AnsibleError("undefined"))
