# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The search for secrets finds them in every form, and nothing where there is nothing."""

import base64
import html
import json
import textwrap
import urllib.parse
from collections.abc import Callable

import pytest
import yaml

from harness.canaries import Canaries
from harness.fault_kinds import APPLICATION_PASSWORD, PASSWORD
from harness.secretive import NAMED, VARIABLE

FORMS: dict[str, Callable[[str], str]] = {
    "plain": lambda secret: f"before {secret} after",
    "JSON": lambda secret: json.dumps({"a": secret}),
    "JSON in JSON": lambda secret: json.dumps(json.dumps({"a": secret}, ensure_ascii=False)),
    "JSON in JSON in JSON": lambda secret: json.dumps(json.dumps(json.dumps([secret]))),
    "JSON, all characters by their numbers": lambda secret: "".join(f"\\u{ord(each):04x}" for each in secret),
    "JSON in a URL": lambda secret: urllib.parse.quote(json.dumps([secret]), safe=""),
    "repr": lambda secret: repr([secret]),
    "capitals": str.upper,
    "small letters": str.lower,
    "capitals in JSON": lambda secret: json.dumps(secret.upper()),
    "capitals in JSON as it is": lambda secret: json.dumps(secret.upper(), ensure_ascii=False),
    "YAML": lambda secret: yaml.safe_dump({"a": {"b": secret}}, allow_unicode=True),
    "YAML in quotes": lambda secret: yaml.safe_dump({"a": {"b": secret}}, default_style='"', width=20),
    "YAML as a block": lambda secret: "a: |\n" + textwrap.indent(secret, " " * 8),
    "one line": lambda secret: " ".join(secret.split()),
    "one word": lambda secret: "".join(secret.split()),
    "no line ends": lambda secret: secret.replace("\r", "").replace("\n", ""),
    "other line ends": lambda secret: secret.replace("\r\n", "\n").replace("\n", "\r\n"),
    "URL": lambda secret: urllib.parse.urlencode({"client_secret": secret}),
    "percent": lambda secret: urllib.parse.quote(secret, safe=""),
    "HTML": html.escape,
    "Base64": lambda secret: base64.b64encode(f"user:{secret}".encode()).decode(),
    "Base64 for URLs": lambda secret: base64.urlsafe_b64encode(f"xx{secret}yy".encode()).decode(),
    "Base64 in JSON": lambda secret: json.dumps({"a": base64.b64encode(secret.encode()).decode()}),
    "several lines": lambda secret: "\n".join(textwrap.wrap(secret, 7, drop_whitespace=False)),
    "escaped line ends": lambda secret: "\\n".join(textwrap.wrap(secret, 7, drop_whitespace=False)),
    "escaped line ends of Windows": lambda secret: "\\r\\n".join(textwrap.wrap(secret, 7, drop_whitespace=False)),
    "indented lines": lambda secret: "\n        ".join(textwrap.wrap(secret, 7, drop_whitespace=False)),
    "continued lines": lambda secret: "\\\n   ".join(textwrap.wrap(secret, 7, drop_whitespace=False)),
    "its beginning": lambda secret: secret[:15] + "…",
    "its end": lambda secret: "…" + secret[-15:],
    "its middle": lambda secret: "…" + secret[4:19] + "…",
    **{
        f"its end in {name}": lambda secret, change=change: "…" + change(secret[-15:])  # type: ignore[misc]
        for name, change in {"JSON": json.dumps, "capitals": str.upper, "URLs": urllib.parse.quote}.items()
    },
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("secret", [PASSWORD, APPLICATION_PASSWORD, NAMED, VARIABLE, "simtoken-0123456789abcdef0123"])
def test_a_secret_is_found_in_every_form(secret: str, form: str) -> None:
    content = f"much text\n{FORMS[form](secret)}\nmore text".encode()
    assert Canaries([secret, "another-Secret~44"]).find(content) == [secret]


def test_a_mask_and_ordinary_text_are_no_finding() -> None:
    text = json.dumps({"CarrierUserPassword": "********", "note": "the carrier's application password is planted"})
    assert Canaries([PASSWORD, APPLICATION_PASSWORD]).find(text.encode()) == []
    assert Canaries([PASSWORD]).find(b"\xff\xfe" + bytes(range(256))) == []
