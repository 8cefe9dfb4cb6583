# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A secret is recognised in whatever form it comes back."""

from __future__ import annotations

import base64
import html
import json
import urllib.parse

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.masking import MASK, Secrets
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.secret_encodings import encodings_of

SECRETS = [
    "planted-Secret~17",
    'quo"te\\back/slash+plus=',
    "umlaut-öß-€uro",
    "per%cent & <tag> 'x'",
    "two words  apart",
]


@pytest.mark.parametrize("secret", SECRETS)
def test_every_form_is_masked(secret: str) -> None:
    forms = [
        secret,
        json.dumps({"a": secret}),
        json.dumps({"a": secret}, ensure_ascii=False),
        repr({"a": secret}),
        html.escape(secret).replace("&#x27;", "&#39;"),
        urllib.parse.quote(secret),
        urllib.parse.quote(secret, safe=""),
        urllib.parse.quote_plus(secret),
        urllib.parse.urlencode({"client_secret": secret}),
    ]
    secrets = Secrets([secret])
    for form in forms:
        assert secrets.mask_text(f"before {form} after").count(MASK) == 1, form


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("before", ["", "u", "us", "user:"])
@pytest.mark.parametrize("after", ["", "x", "xy", ":more"])
@pytest.mark.parametrize("encode", [base64.b64encode, base64.urlsafe_b64encode])
def test_base64_of_a_longer_text_is_masked(secret: str, before: str, after: str, encode: object) -> None:
    assert callable(encode)
    text = encode(f"{before}{secret}{after}".encode()).decode()
    masked = Secrets([secret]).mask_text(text)
    assert MASK in masked
    left = masked.replace(MASK, "")
    assert len(left) <= 8 + 4 * (len(before) + len(after)), "but for the rim, nothing is left"


def test_no_form_is_so_short_that_it_stands_anywhere() -> None:
    assert min(len(form) for form in encodings_of("abcdef")) >= 6
