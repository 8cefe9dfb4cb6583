# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A docstring says what the code does; it is no question and no answer to one."""

import ast
import re

QUESTION = re.compile(r"(What|Whether|Who|Whose|Why|Where|When|How)\b")


def test_no_docstring_begins_as_a_question(collection):
    found, seen = [], 0
    for folder in ("module_utils", "plugin_utils", "inventory"):
        for path in (collection.root / "plugins" / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                text = ast.get_docstring(node) if isinstance(node, (ast.FunctionDef, ast.ClassDef)) else None
                seen += text is not None
                if text and QUESTION.match(text):
                    found.append(f"{path.name}: {node.name}: {text.splitlines()[0]}")
    assert seen > 500
    assert found == []
