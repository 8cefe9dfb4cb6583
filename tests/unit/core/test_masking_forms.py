# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever encodes a secret, once or twice, no readable piece of it is left."""

from __future__ import annotations

import codecs
import html
import json
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable
from unicodedata import normalize
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.masking import MASK, Secrets
from ansible_collections.audiocodes.live_platform.plugins.module_utils._http.answer_body import read_complaint
from harness.canaries import Canaries
from simulator.encoders import html_of_dotnet, json_of_dotnet

SECRET = "Pa'ss+w0rd&Gr\u00fcn\"x<%>`\\y z"

ENCODERS: dict[str, Callable[[str], str]] = {
    "nothing": str,
    "JSON": lambda text: json.dumps(text)[1:-1],
    "JSON, not only ASCII": lambda text: json.dumps(text, ensure_ascii=False)[1:-1],
    "JSON of .NET": json_of_dotnet,
    "HTML of .NET": html_of_dotnet,
    "HTML": html.escape,
    "HTML, decimal": lambda text: "".join(f"&#{ord(sign):05d};" for sign in text),
    "URL": lambda text: quote(text, safe=""),
    "URL in small letters": lambda text: "".join(
        part.lower() if part.startswith("%") else part for part in _percent(text)
    ),
    "form": quote_plus,
    "Python": lambda text: repr(text)[1:-1],
}

LINES = "Pa'ss\r\nw0rd\tGr\u00fcn\b\f\"x\nz \\ y"
"""A secret with everything that JSON escapes by a letter."""


def _percent(text: str) -> list[str]:
    return [quote(sign, safe="") for sign in text]


@pytest.mark.parametrize("outer", ENCODERS)
@pytest.mark.parametrize("inner", ENCODERS)
def test_a_secret_that_was_encoded_twice_is_masked(inner: str, outer: str) -> None:
    said = "before " + ENCODERS[outer](ENCODERS[inner](SECRET)) + " after"
    assert Secrets([SECRET]).mask_text(said) == f"before {MASK} after"


@pytest.mark.parametrize("outer", ENCODERS)
@pytest.mark.parametrize("inner", ENCODERS)
def test_a_secret_of_several_lines_that_was_encoded_twice_is_masked(inner: str, outer: str) -> None:
    said = "before " + ENCODERS[outer](ENCODERS[inner](LINES)) + " after"
    masked = Secrets([LINES]).mask_text(said)
    assert MASK in masked
    assert Canaries([LINES]).find(masked.encode()) == []


@pytest.mark.parametrize(
    "write",
    [
        lambda text: "\n".join(f"    {line}" for line in text.split("\n")),
        lambda text: json.dumps({"a": json.dumps({"b": json.dumps([text])})}),
        lambda text: text.replace("\n", " "),
        lambda text: text.replace("\n", ""),
    ],
)
@pytest.mark.parametrize(
    "secret",
    [
        "Pa'ss\nw0rd Gr\u00fcn\nz \\ y",
        "-----BEGIN KEY-----\nMIIEvQIBADANBgkq\nhkiG9w0BAQEFAASC\n-----END KEY-----\n",
    ],
)
def test_lines_of_a_secret_are_masked_however_they_are_joined(write: Callable[[str], str], secret: str) -> None:
    masked = Secrets([secret]).mask_text(f"before {write(secret)} after")
    assert MASK in masked
    assert Canaries([secret]).find(masked.encode()) == []


@pytest.mark.parametrize(
    ("secret", "said"),
    [
        ("Gr\u00f6\u00dfer-als-9", "GR\u00d6SSER-ALS-9"),
        ("GR\u00d6SSER-ALS-9", "gr\u00f6sser-als-9"),
        ("stra\u00dfe-geheim-7", "STRASSE-GEHEIM-7"),
        ("Gr\u00f6\u00dfer-als-9", "GR\u00d6\u1e9eER-ALS-9"),
        ("\ufb01nanz-geheim-7", "FINANZ-GEHEIM-7"),
        ("\u03bf\u03b4\u03bf\u03c2-geheim-7", "\u039f\u0394\u039f\u03a3-GEHEIM-7"),
        ("\u039f\u0394\u039f\u03a3", "\u03bf\u03b4\u03bf\u03c2"),
    ],
)
def test_a_secret_in_other_letter_case_is_masked(secret: str, said: str) -> None:
    secret, said = secret.ljust(12, "x"), said.ljust(12, "x" if said.islower() else "X")
    assert Secrets([secret]).mask_text(f"before {said} after") == f"before {MASK} after"


@pytest.mark.parametrize(
    "form",
    [
        SECRET.encode().hex(),
        SECRET.encode().hex().upper(),
        SECRET.encode().hex("-").upper(),
        SECRET.encode().hex(":"),
        normalize("NFD", SECRET),
        SECRET.encode().decode("latin-1"),
        SECRET.swapcase(),
        SECRET[:9] + "\r\n\t" + SECRET[9:],
    ],
)
def test_other_forms_are_masked(form: str) -> None:
    assert Secrets([SECRET]).mask_text(f"before {form} after") == f"before {MASK} after"


@pytest.mark.parametrize(
    "content",
    [
        f"user:{SECRET}".encode(),
        SECRET.encode("utf-16-le"),
        json.dumps({"p": SECRET}).encode(),
        f'{{"p":"{json_of_dotnet(SECRET)}"}}'.encode(),
    ],
)
@pytest.mark.parametrize("encode", [b64encode, urlsafe_b64encode])
def test_nothing_is_left_inside_of_base64(content: bytes, encode: Callable[[bytes], bytes]) -> None:
    masked = Secrets([SECRET]).mask_text(f"x {encode(content).decode()} y")
    assert MASK in masked
    assert Canaries([SECRET]).find(masked.encode()) == []


SIGNS = "'&+<>\"\\/%` \u00fc\u00dfaB3~-:=;#"


@given(
    secret=st.text(SIGNS, min_size=10, max_size=24).filter(lambda text: text.strip() == text and len(set(text)) > 5),
    inner=st.sampled_from(sorted(ENCODERS)),
    outer=st.sampled_from(sorted(ENCODERS)),
)
def test_any_secret_in_any_encoding_is_masked(secret: str, inner: str, outer: str) -> None:
    said = "[[ " + ENCODERS[outer](ENCODERS[inner](secret)) + " ]]"
    masked = Secrets([secret]).mask_text(said)
    assert MASK in masked
    assert Canaries([secret]).find(masked.encode()) == []


@pytest.mark.parametrize("pad", [0, 200, 270, 280, 285, 590, 595])
@pytest.mark.parametrize(
    "write",
    [
        lambda text: json.dumps([text]),
        lambda text: json.dumps({"title": text}),
        lambda text: json.dumps({"errors": {"Field": [text]}}),
        json.dumps,
        str,
        lambda text: f"<html><title>{text}</title></html>",
    ],
)
def test_an_error_is_masked_before_it_is_shortened(pad: int, write: Callable[[str], str]) -> None:
    secret = "planted-Carrier~pw.23456789"
    text = read_complaint(write("x" * pad + " " + secret).encode(), Secrets([secret]).mask).text
    assert Canaries([secret]).find(text.encode()) == []
    assert "planted-" not in text


def test_rot13_is_beyond_us() -> None:
    """What is looked for are encodings, not ciphers."""
    assert MASK not in Secrets([SECRET]).mask_text(codecs.encode(SECRET, "rot13"))
