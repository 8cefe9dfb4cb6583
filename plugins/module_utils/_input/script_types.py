# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Script templates by name or id, each option with its own type of template: a script that cleans an SBC up, or removes
numbers, must never run as one that onboards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .._api.script_templates import SCRIPT_TYPES, ScriptTemplate
from .._core.errors import LookupFailed
from .._core.text import did_you_mean, fold, kind_of, nearest, quoted, same_text
from .resolution import only_match

SCRIPT_OPTIONS: Mapping[str, tuple[int, ...]] = {
    "onboarding_script": (1,),
    "cleanup_script": (2,),
    "upload_number_script": (0,),
    "release_number_script": (0,),
}
"""The script options, and the types of templates that each takes (API notes, section 7)."""

TYPES_OPTION = "script_variables_template_types"

_WORDS: Mapping[str, tuple[str, ...]] = {
    "upload_number_script": ("add", "upload"),
    "release_number_script": ("remove", "release"),
}
"""Both kinds of number scripts have one type, so their names tell them apart."""

_OPPOSITE = {"upload_number_script": "release_number_script", "release_number_script": "upload_number_script"}

_NAMED_FOR = {"upload_number_script": "uploads numbers", "release_number_script": "releases numbers"}

_TYPE_WORDS = {
    "number": "a number script",
    "sbc_onboarding": "an SBC onboarding script",
    "sbc_cleanup": "an SBC cleanup script",
    "m365_onboarding": "a Microsoft 365 onboarding script",
    "m365_cleanup": "a Microsoft 365 cleanup script",
}


def read_types(given: object) -> tuple[dict[str, tuple[int, ...]], list[str]]:
    """The types that each option takes, and what is wrong with what the user says of them.

    :param given: option to list of numbers; what it does not name stays as it is. An empty list takes any type.
    """
    types = dict(SCRIPT_OPTIONS)
    if given is None:
        return types, []
    if not isinstance(given, Mapping):
        return types, [
            f"{TYPES_OPTION} must be a dictionary of script options and lists of numbers, not {kind_of(given)}"
        ]
    problems = []
    for option, numbers in given.items():
        if option not in SCRIPT_OPTIONS:
            problems.append(f"{TYPES_OPTION}: unknown option '{option}'; {did_you_mean(str(option), SCRIPT_OPTIONS)}")
        elif not isinstance(numbers, (list, tuple)) or not all(str(number).isdecimal() for number in numbers):
            problems.append(f"{TYPES_OPTION}.{option} must be a list of whole numbers, such as [1]")
        else:
            types[option] = tuple(int(number) for number in numbers)
    return types, problems


class ScriptFinder:
    """Finds templates for the script options.

    :param templates: all templates.
    :param types: the types that each option takes.
    """

    def __init__(self, templates: Sequence[ScriptTemplate], types: Mapping[str, tuple[int, ...]]) -> None:
        self._templates = [template for template in templates if template.id is not None]
        self._types = types

    def matches(self, option: str, name: object) -> list[ScriptTemplate]:
        """The templates of that id or name; where a name is used twice, those of the right type."""
        found = [template for template in self._templates if _is_script(template, name)]
        return [template for template in found if self._fits(option, template)] or found

    def find(self, option: str, name: object) -> ScriptTemplate:
        """A template by its id or its name.

        :raises LookupFailed: there is none, there are several, or it is one of another type.
        """
        found = only_match(
            "script",
            name,
            self.matches(option, name),
            lambda item: f"{item.name} (id {item.id})",
            [item.name for item in self._candidates(option)] or [item.name for item in self._templates],
        )
        wrong = self._wrong(option, found)
        if wrong:
            raise LookupFailed(wrong)
        return found

    def wrong_id(self, option: str, number: object) -> str | None:
        """Return what is wrong with a template that is given by its id alone; one that is not known is the user's
        affair.
        """
        known = [template for template in self._templates if number is not None and str(template.id) == str(number)]
        return self._wrong(option, known[0]) if known else None

    def cleanup_of(self, onboarding: ScriptTemplate) -> int | None:
        """The cleanup script that belongs to an onboarding script; ``None`` when that is not certain."""
        by_id = {template.id: template for template in self._templates}
        related = onboarding.related_scripts
        # Of a related script that the list does not show, or shows without its type, nothing speaks against it.
        unknown = [each.id for each in related if each.id not in by_id or by_id[each.id].script_type_code is None]
        known = [each.id for each in related if each.id not in unknown and self._fits("cleanup_script", by_id[each.id])]
        cleanups = known or unknown
        return cleanups[0] if len(cleanups) == 1 else None

    def number_script(self, option: str) -> int | None:
        """The one number script whose name says that it does this; ``None`` when there is none or more than one."""
        found = [
            template.id
            for template in self._templates
            if template.script_type_code is not None and self._fits(option, template) and _says(template, option)
        ]
        return found[0] if len(found) == 1 else None

    def _fits(self, option: str, template: ScriptTemplate) -> bool:
        """Return whether it is of a type that the option takes, as far as that is known."""
        allowed = self._types[option]
        return not allowed or template.script_type_code is None or template.script_type_code in allowed

    def _wrong(self, option: str, template: ScriptTemplate) -> str | None:
        if not self._fits(option, template):
            what = describe_type(template)
        elif self._types[option] and _says(template, _OPPOSITE.get(option)) and not _says(template, option):
            what = "one that, by its name, " + _NAMED_FOR[_OPPOSITE[option]]
        else:
            return None
        names = [item.name for item in self._candidates(option) if item.name]
        related = [
            item.name
            for item in self._candidates(option)
            if item.name and template.id in [each.id for each in item.related_scripts]
        ]
        close = list(dict.fromkeys([*related, *nearest(template.name or "", names)]))
        fitting = quoted(close + [name for name in sorted(names) if name not in close], 5)
        if not names:
            fitting = f"the platform lists none; where its types have other numbers, set {TYPES_OPTION}"
        return f"script '{template.name}' (id {template.id}) is {what}; right are: {fitting}"

    def _candidates(self, option: str) -> list[ScriptTemplate]:
        return [
            template
            for template in self._templates
            if self._fits(option, template) and (_says(template, option) or not _says(template, _OPPOSITE.get(option)))
        ]


def describe_type(template: ScriptTemplate) -> str:
    """``an SBC cleanup script``."""
    known = SCRIPT_TYPES.get(template.script_type_code) if template.script_type_code is not None else None
    return _TYPE_WORDS[known] if known else f"of the type {template.script_type_code}"


def _is_script(template: ScriptTemplate, name: object) -> bool:
    if isinstance(name, int):
        return template.id == name
    return same_text(template.name, str(name)) or str(template.id) == str(name).strip()


def _says(template: ScriptTemplate, option: str | None) -> bool:
    """Return whether the name of a template has the words for uploading or releasing that fit this option."""
    return any(word in fold(template.name or "") for word in _WORDS.get(option or "", ()))
