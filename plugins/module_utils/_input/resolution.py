# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What resolving the names in a list of services comes to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from .._core.errors import LookupFailed
from .._core.look_alikes import unknown_name
from .._core.text import quoted
from .service_list import WHERE

Item = TypeVar("Item")


@dataclass
class Resolution:
    """The services with ids where names were, and what was found wrong on the way.

    :param problems: each stops the run before the first write.
    :param warnings: each is told to the user.
    """

    services: list[dict[str, Any]]
    problems: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def placed(self, place: str | None) -> Resolution:
        """The same, with the only service called otherwise: ``host brad.example`` instead of its place in a list."""
        if not place:
            return self
        first = f"{WHERE}[0]"
        said = [[text.replace(first, place) for text in texts] for texts in (self.problems, self.warnings)]
        return Resolution(self.services, *said)


def mapping_of(service: Mapping[str, Any], option: str) -> dict[str, Any]:
    """The value of an option that is a mapping, without nulls; what is none has been reported by the first step."""
    value = service.get(option)
    return {key: part for key, part in value.items() if part is not None} if isinstance(value, Mapping) else {}


def only_match(
    kind: str, name: object, matches: Sequence[Item], describe: Callable[[Item], str], names: Sequence[str | None]
) -> Item:
    """The one match; no match is an unknown name, several are an ambiguity that lists the candidates."""
    if not matches:
        raise LookupFailed(unknown_name(kind, name, names))
    if len(matches) > 1:
        raise LookupFailed(f"{kind} '{name}' is ambiguous: {quoted(describe(match) for match in matches)}; give the id")
    return matches[0]
