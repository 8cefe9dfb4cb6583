# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What all filters have in common: vaulted strings are strings, and nothing that is shown can steer a terminal."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
from ansible.errors import AnsibleFilterError
from jinja2 import StrictUndefined, UndefinedError

from ansible_collections.audiocodes.live_platform.plugins.filter import hide_secrets as hide_secrets_file
from ansible_collections.audiocodes.live_platform.plugins.filter import script_parameters as script_parameters_file
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.masking import Secrets
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.text import printable
from ansible_collections.audiocodes.live_platform.plugins.plugin_utils._filters import offered, with_strings

FILES = sorted(Path(hide_secrets_file.__file__).parent.glob("[a-z]*.py"))


class Vaulted:
    """Like Ansible's own up to 2.18, which is no string."""

    __ENCRYPTED__ = True

    def __init__(self, text):
        self._text = text

    def __str__(self):
        return self._text


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_filter_is_offered_in_the_same_way(path):
    module = importlib.import_module(f"ansible_collections.audiocodes.live_platform.plugins.filter.{path.stem}")
    ((name, function),) = module.FilterModule().filters().items()
    assert name == path.stem
    assert function.__code__.co_filename == offered.__code__.co_filename


def test_vaulted_strings_are_strings_wherever_they_stand():
    given = {"a": [Vaulted("x"), {"b": Vaulted("y")}], "c": "z"}
    assert with_strings(given) == {"a": ["x", {"b": "y"}], "c": "z"}
    untouched = {"a": ["x", {"b": "y"}]}
    assert with_strings(untouched) is untouched


def test_a_filter_takes_vaulted_values():
    mapping = script_parameters_file.FilterModule().filters()["script_parameters"]
    assert mapping({"Host": Vaulted("h")}, [Vaulted("Host")]) == {"CustomVar.Variable1": "h"}


def test_an_undefined_variable_is_named_as_ansible_does():
    mapping = script_parameters_file.FilterModule().filters()["script_parameters"]
    with pytest.raises(UndefinedError, match="nosuch_host"):
        mapping({"Host": StrictUndefined(name="nosuch_host")}, ["Host"])


def test_what_is_sent_stays_as_it_was_typed():
    mapping = script_parameters_file.FilterModule().filters()["script_parameters"]
    assert mapping({"Host": "h\x1bh"}, ["Host"]) == {"CustomVar.Variable1": "h\x1bh"}


def test_an_error_of_a_filter_holds_nothing_that_steers():
    mapping = script_parameters_file.FilterModule().filters()["script_parameters"]
    with pytest.raises(AnsibleFilterError) as failure:
        mapping({"Ho\x9b31mst": "h"}, ["Host"])
    assert "\x9b" not in str(failure.value)
    assert "Ho\ufffd31mst" in str(failure.value)


STEERING = [*map(chr, (*range(9), *range(11, 32), *range(127, 160))), "\u2028", "\u2029"]
STEERING += [*map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))), "\U000e0041", "\ud83d"]


@pytest.mark.parametrize("character", STEERING, ids=lambda character: f"U+{ord(character):04X}")
def test_one_rule_for_everything_that_leaves(character):
    text = f"Brad{character}Telecom"
    assert printable(text) == "Brad\ufffdTelecom"
    assert Secrets().mask({text: [text]}) == {"Brad\ufffdTelecom": ["Brad\ufffdTelecom"]}
    hidden = hide_secrets_file.FilterModule().filters()["hide_secrets"]
    assert character not in str(hidden({"full_name": text})["full_name"])


@pytest.mark.parametrize(
    "text", ["a\tb\nc", "Zoë", "\u05d0\u200f!", "\u0645\u200c\u062e", "👩\u200d💻", "Co\u00adop", "\ue000"]
)
def test_other_texts_leave_as_they_are(text):
    assert printable(text) == text


def test_a_line_end_of_two_characters_becomes_one():
    assert printable("a\r\nb\rc") == "a\nb\ufffdc"
