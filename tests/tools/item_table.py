# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write the table of all keys of a service into docs/services.md, from the argument spec of the roles.

    .venv/bin/python tests/tools/item_table.py

A test compares the page with the spec.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/services.md"
SPEC = ROOT / "roles/lead_lookup/meta/argument_specs.yml"
WORDS = {
    "str": "string",
    "int": "number",
    "bool": "boolean",
    "dict": "dictionary",
    "list": "list",
    "raw": "string or number",
}
PLURALS = {"str": "strings", "raw": "strings or dictionaries"}
MARKUP = re.compile(r"[COVEM]\(([^)]*)\)")


def table() -> str:
    """The table in Markdown, one row per key; keys of dictionaries are rows of their own."""
    specs = yaml.safe_load(SPEC.read_text(encoding="utf-8"))["argument_specs"]["main"]["options"]
    rows = ["| Key | Type | Meaning |", "|---|---|---|"]
    rows += [
        f"| `{name}` | {kind} | {text} |" for name, kind, text in _rows(specs["live_platform_services"]["options"])
    ]
    return "\n".join(rows)


def _rows(options: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str, str]]:
    for name, option in options.items():
        kind = WORDS[option["type"]] + (f" of {PLURALS[option['elements']]}" if option.get("elements") else "")
        said = option["description"]
        text = " ".join([said] if isinstance(said, str) else said)
        if option.get("choices"):
            text += " One of " + ", ".join(f"`{choice}`" for choice in option["choices"]) + "."
        yield (
            prefix + name,
            kind,
            MARKUP.sub(r"`\1`", text).replace("`live_platform_services[].", "`").replace("|", "\\|"),
        )
        yield from _rows(option.get("options", {}), f"{prefix}{name}.")


def main() -> None:
    text = PAGE.read_text(encoding="utf-8")
    head, tail = text.partition("| Key |")[0], re.split(r"\n\n", text.partition("| Key |")[2], maxsplit=1)[1]
    PAGE.write_text(f"{head}{table()}\n\n{tail}", encoding="utf-8")


if __name__ == "__main__":
    main()
