# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""YAML that people type into a field: values, and nothing that costs more than its length."""

from __future__ import annotations

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.errors import InputError
from ansible_collections.audiocodes.live_platform.plugins.plugin_utils._resolve.yaml_text import read_yaml

LEVELS = "\n".join(
    ["- &a0 [x, x, x, x, x, x, x, x, x]"] + [f"- &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (LEVELS, "field, line 1: anchors (&name) and aliases (*name) are not possible here"),
        ("- &a\n  numbers: [*a]", "field, line 1: anchors (&name) and aliases (*name) are not possible here"),
        ("- name: &a x\n- name: *a", "field, line 1: anchors (&name)"),
        ("- a: *b", "field, line 1: anchors (&name) and aliases (*name)"),
        ("- a: 1\n  b: 2\n  a: 3", "field, line 3: key 'a' is there already, in line 1"),
        ("- g: {a: 1,\n  'a': 2}", "field, line 2: key 'a' is there already, in line 1"),
        ("[" * 5000, "field, line 1: there are more than 20 lists and dictionaries inside of one another"),
        ("- full_name: 2026-01-02", "field[0].full_name must be a string, not a date: put quotes around it"),
        ("- [1\nb", "field, line 2: this is not YAML"),
    ],
)
def test_what_is_more_than_values_is_refused_with_its_line(text: str, problem: str) -> None:
    with pytest.raises(InputError) as caught:
        read_yaml(text, "field")
    assert problem in caught.value.message


def test_the_same_key_of_two_items_is_no_double() -> None:
    assert read_yaml("- {a: x, b: {a: y}}\n- {a: z}", "field") == [{"a": "x", "b": {"a": "y"}}, {"a": "z"}]
