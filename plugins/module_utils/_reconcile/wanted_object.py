# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An object whose options are all fields of the request that creates it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .._api.field import Field, payload, problems
from .._core.merged import merge
from .resource import ABSENT, ActualT, OnDifference, Resource
from .result import Result


@dataclass(frozen=True)
class WantedObject:
    """One object as it shall be.

    :param options: the values that were given (``None`` means not given).
    :param fields: their table.
    :param state: ``present`` or ``absent``.
    """

    options: Mapping[str, Any] = field(repr=False)
    fields: Sequence[Field]
    state: str
    task_id: str | None = None
    on_difference: OnDifference = OnDifference.UPDATE

    @property
    def body(self) -> dict[str, Any]:
        return payload(self.options, self.fields)

    def problems(self) -> list[str]:
        """Everything that is wrong with the options."""
        missing = [row.option for row in self.fields if row.required and not self.options.get(row.option)]
        return [*(f"{option} is missing" for option in missing), *problems(self.options, self.fields)]


def object_result(
    result: Result[WantedObject, ActualT], resource: Resource[WantedObject, ActualT], report: Callable[[str], None]
) -> dict[str, Any]:
    """The return values of a module for one such object; secrets are masked later, by the module glue."""
    for warning in merge((resource.subject(result.wanted), warning) for warning in result.warnings):
        report(warning)
    header = f"{resource.title} of {resource.subject(result.wanted)}"
    values: dict[str, Any] = {
        "outcome": result.outcome.value,
        "changed": result.changed,
        resource.title: dict(resource.picture(result.actual)) if result.actual is not None else None,
        "request": result.request if result.wanted.state != ABSENT else None,
        "differences": result.bare_differences,
        "diff": {
            "before": result.before,
            "after": result.after,
            "before_header": header,
            "after_header": header,
        },
    }
    if result.failure is not None:
        values |= {"failed": True, "msg": result.failure.sentence(), "failure": result.failure.to_dict()}
    return values
