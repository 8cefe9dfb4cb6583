# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A script template and the variables that it takes (API notes, section 7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from .._core.errors import LookupFailed
from .._core.look_alikes import NamesOf, nothing_found
from .._core.text import same_text
from .json_reader import Reader, Requests
from .paging import by, list_pages

SCRIPT_PAGE_SIZE = 1000

SCRIPT_KINDS = {"any": "Any", "sbc": "SBC", "m365": "M365"}

SCRIPT_TYPES = {0: "number", 1: "sbc_onboarding", 2: "sbc_cleanup", 3: "m365_onboarding", 4: "m365_cleanup"}


@dataclass(frozen=True)
class RelatedScript:
    """The script that belongs to another one, normally the cleanup script of an onboarding script."""

    id: int
    name: str | None


@dataclass(frozen=True)
class ScriptTemplate:
    """A script template (API notes, section 7). Without details the variables are not known."""

    id: int | None
    name: str | None
    script_type_code: int | None
    description: str | None
    script: str | None
    customer_variables: tuple[str, ...]
    related_scripts: tuple[RelatedScript, ...]

    @classmethod
    def from_wire(cls, item: Reader) -> ScriptTemplate:
        return cls(
            id=item.integer("id"),
            name=item.text("name"),
            script_type_code=item.integer("scriptType"),
            description=item.text("description"),
            script=item.text("script"),
            customer_variables=read_variable_names(item.raw("customerVariables")),
            related_scripts=tuple(
                RelatedScript(number, related.text("value", "name"))
                for related in item.records("relatedScripts")
                if (number := related.integer("key", "id")) is not None
            ),
        )

    @property
    def script_type(self) -> str | None:
        return SCRIPT_TYPES.get(self.script_type_code) if self.script_type_code is not None else None

    def to_dict(self) -> dict[str, Any]:
        return {
            **asdict(self),
            "script_type": self.script_type,
            "customer_variables": list(self.customer_variables),
            "related_scripts": [asdict(related) for related in self.related_scripts],
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> ScriptTemplate:
        """From what ``to_dict`` gave."""
        return cls(
            id=values.get("id"),
            name=values.get("name"),
            script_type_code=values.get("script_type_code"),
            description=values.get("description"),
            script=values.get("script"),
            customer_variables=tuple(values.get("customer_variables") or ()),
            related_scripts=tuple(
                RelatedScript(related["id"], related.get("name")) for related in values.get("related_scripts") or ()
            ),
        )


def read_variable_names(value: Any) -> tuple[str, ...]:
    """The names in a script's 'Customer variables' column, in order.

    The filled form is open (API notes, section 7): a string with commas, semicolons or line ends, a list of names, a
    list of objects with a name, or an ordered object are all understood.
    """
    if isinstance(value, str):
        names: list[Any] = value.replace(";", ",").replace("\r", ",").replace("\n", ",").split(",")
    elif isinstance(value, dict):
        names = list(value)
    elif isinstance(value, list):
        names = [Reader(item).text("name", "key", "variableName") if isinstance(item, dict) else item for item in value]
    else:
        names = []
    return tuple(str(name).strip() for name in names if name is not None and str(name).strip())


class ScriptTemplateRequests(Requests):
    """The requests about script templates (API notes, section 7)."""

    def list_script_templates(self, script_type: str = "Any", all_details: bool = False) -> list[ScriptTemplate]:
        """The script templates (section 7).

        :param script_type: ``Any``, ``SBC`` or ``M365``.
        """
        params = {"scriptType": script_type, "allDetails": str(all_details).lower()}
        items = list_pages(
            self.client, "/api/v2/scripttemplates", params, SCRIPT_PAGE_SIZE, ["scriptTemplates"], of=by("id", "name")
        )
        return [ScriptTemplate.from_wire(item) for item in items]


def find_script_templates(
    api: ScriptTemplateRequests,
    *,
    script_id: int | None = None,
    name: str | None = None,
    script_type: str = "any",
    details: bool = False,
) -> list[ScriptTemplate]:
    """The script templates that fit.

    :param details: with script text and customer variables.
    """
    return [
        template
        for template in api.list_script_templates(SCRIPT_KINDS[script_type], details)
        if (script_id is None or template.id == script_id) and (name is None or same_text(template.name, name))
    ]


def required_templates(api: ScriptTemplateRequests, params: Mapping[str, Any]) -> LookupFailed:
    """Return why no script template was found."""
    names: NamesOf = {"script_id": lambda item: [item.id], "name": lambda item: [item.name]}
    templates = find_script_templates(api, script_type=params["script_type"])
    return nothing_found("script template", params, names, templates)
