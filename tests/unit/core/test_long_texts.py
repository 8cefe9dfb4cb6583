# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A long message of a task is masked, then cut, keeps its end, and says how long it was."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.client import LivePlatformApi
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.masking import MASK, Secrets
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.text import (
    LONGEST_TEXT,
    within_limit,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._tasks.poller import failed
from harness.fakes import client_of, said

LONG = "The SBC says: " + "x" * 20_000 + ". Call the operator."
SECRET = "planted-Carrier~pw.23"


def test_beginning_and_end_are_kept_with_the_number_of_characters() -> None:
    text = within_limit(LONG)
    assert len(text) == LONGEST_TEXT
    assert text.startswith("The SBC says: xxx")
    assert text.endswith("Call the operator.")
    assert f"({len(LONG)} characters in all; -vvv shows them)" in text
    assert within_limit("x" * LONGEST_TEXT) == "x" * LONGEST_TEXT


class Platform:
    """Answers a login, and a task with one long message."""

    def __init__(self, text: str) -> None:
        self.text = text

    def exchange(self, call: Any, timeout: float) -> Any:
        if call.method == "POST":
            return said({"access_token": "the-token-of-this-test", "expires_in": 3599})
        messages = [{"level": "Error", "message": self.text}]
        return said({"status": "Failed", "details": [self.text], "executionMessages": messages})


@pytest.mark.parametrize("place", range(600, 720, 7))
def test_a_secret_at_the_cut_is_masked_before(place: int) -> None:
    secrets = Secrets([SECRET])
    text = "x" * place + SECRET + "y" * 20_000
    task = LivePlatformApi(client_of(Platform(text), secrets=secrets)).get_task("wst_1")
    (message,) = task.messages
    assert len(message.message) <= LONGEST_TEXT
    for shown in (message.message, task.details[0], failed(task).message):
        assert not any(SECRET[:size] in shown for size in range(5, len(SECRET)))
    assert MASK in message.message or place > 640


def test_whoever_wants_it_has_it_whole() -> None:
    task = LivePlatformApi(client_of(Platform(LONG), whole_texts=True)).get_task("wst_1")
    assert task.messages[0].message == LONG
