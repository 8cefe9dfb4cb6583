# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets with line breaks and letters beyond ASCII, and texts that would cost more than their length."""

from __future__ import annotations

import json

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.number_results import said_in_failure
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.masking import MASK, Secrets


@pytest.mark.parametrize("sign", ["\n", "\t", "\r", "\b", "\f", "\r\n", "\\n", '"', "ß"])
@pytest.mark.parametrize("depth", range(4))
def test_a_secret_with_an_awkward_sign_is_masked_in_nested_json(sign: str, depth: int) -> None:
    secret = text = f"planted{sign}Awkward~7"
    for _level in range(depth):
        text = json.dumps(text)
    masked = Secrets([secret]).mask_text(text)
    assert MASK in masked
    assert "plant" not in masked
    assert "ward~7" not in masked


@pytest.mark.parametrize("text", ["GRÖSSER-ALS-1", "größer-als-1", "Grösser-als-1"])
def test_letter_case_beyond_ascii_may_change_the_length(text: str) -> None:
    assert Secrets(["größer-als-1"]).mask_text(f"ß {text} ß") == f"ß {MASK} ß"


RUNS = ["\\", "&", "&#", "%", "%25", "\\u", '"', " ", "[", "9", "://:", "://" + ":", "<title>", "<", "plante", "\\\n"]


def test_one_text_about_many_numbers_is_made_readable_once() -> None:
    calls: list[str] = []
    text = "refused: " + " ".join(f"+3120{number:07d}" for number in range(999))
    said = said_in_failure(text, lambda text: calls.append(text) or text)
    assert len(said) == 999
    assert len(calls) == 1
