# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever reads text of the platform takes time in proportion to its length, also where one character repeats."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.json_reader import Reader
from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.number_results import (
    said_in_failure,
    words_per_number,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.script_templates import ScriptTemplate
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.look_alikes import unknown_name
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.masking import Secrets, is_secret_key
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.text import (
    fold,
    shorten,
    snake_case,
    squeeze,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._http.answer_body import read_complaint
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.refusals import says_exists

SECRETS = Secrets(["planted-Secret~pw.23456789", "aaaaaaaaaaaab", "with\\back\nslash", "https://aaaa:aaaa"])

READERS: dict[str, Callable[[str], Any]] = {
    "masking": SECRETS.mask_text,
    "masking of a key": lambda text: SECRETS.mask({text: 1}),
    "masking of JSON in an error": lambda text: read_complaint(text.encode(), SECRETS.mask),
    "an HTML page": lambda text: read_complaint(b"<html>" + text.encode(), SECRETS.mask),
    "words against numbers": lambda text: words_per_number({"result": "failed", "message": [text]}, SECRETS.mask_text),
    "words of a failed task": lambda text: said_in_failure(text, SECRETS.mask_text),
    "names of script variables": lambda text: ScriptTemplate.from_wire(Reader({"customerVariables": text})),
    "an unknown name": lambda text: unknown_name("SBC", "NL-SBC05", [text]),
    "secret by its name": is_secret_key.__wrapped__,
    "folding": fold,
    "squeezing": squeeze,
    "snake case": snake_case,
    "shortening": shorten,
    "the reason of a refusal": says_exists,
}
UNITS = (
    *("\\", "\\u", "\\u00", '\\"', "\\n", "\\\n", "&", "&#", "&#0", "&#x0", "&amp;", "%", "%25", "%2"),
    *("<", "<h1", "<h1>", "<title>", "://", "://a:", ":a", "://a@", "a", "aA", "A", "ab", " ", "\t", "\n", "\r\n"),
    *("_", "-", "0", "1", "+", "+3120", "+31201000000 ", '"', "'", "[", "{", "(", ".", ",", "\u00df", "\u0130"),
    *("e\u0301", "\u0301\u0316", "\ud83d", "planted-", "planted-Secret~pw.2345678 "),
)
"""What is repeated: beginnings of everything that some pattern looks for."""

LENGTH = 20_000


@pytest.mark.parametrize("reader", READERS)
def test_time_grows_with_the_length_and_not_with_its_square(reader: str) -> None:
    slow = []
    read = READERS[reader]
    for unit in UNITS:
        text = (unit * LENGTH)[:LENGTH] + "@"
        if "error" in reader or "HTML" in reader:
            text = text.encode("utf-8", "replace").decode()
        started = time.process_time()
        read(text[: LENGTH // 8])
        short = time.process_time() - started
        started = time.process_time()
        read(text)
        long = time.process_time() - started
        # Eight times the length: 8 times the time, or 64 times where it grows with the square.
        if long > 0.05 and long > 30 * max(short, 0.002):
            slow.append(f"{unit!r}: {short:.4f} s, then {long:.4f} s")
    assert slow == []
