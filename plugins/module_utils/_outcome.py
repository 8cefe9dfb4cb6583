# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What became of one wanted service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ._errors import LivePlatformError
from ._request import WantedService
from ._service import Service
from ._task import Task

CREATED, UNCHANGED, ADOPTED, DELETED = "created", "unchanged", "adopted", "deleted"
WOULD_CREATE, WOULD_DELETE, FAILED, SKIPPED = "would_create", "would_delete", "failed", "skipped"
OUTCOMES = (CREATED, UNCHANGED, ADOPTED, DELETED, WOULD_CREATE, WOULD_DELETE, FAILED, SKIPPED)


@dataclass(frozen=True)
class Outcome:
    """The result for one service.

    :param outcome: one of ``OUTCOMES``.
    :param request: the request body that was, would be or need not be sent; ``None`` when there is none to send.
    :param differences: an existing service against the request.
    :param before: diff mode's picture; of the platform before.
    :param after: and after.
    :param warnings: what the user should know although it is no failure.
    """

    wanted: WantedService
    outcome: str
    changed: bool = False
    service: Service | None = None
    task: Task | None = None
    request: Mapping[str, Any] | None = field(default=None, repr=False)
    differences: Sequence[Mapping[str, Any]] = ()
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    warnings: Sequence[str] = ()
    failure: LivePlatformError | None = None

    def to_dict(self) -> dict[str, Any]:
        """The result as it is returned; the module glue masks the secrets of the run, here go those of the service."""
        failure = self.failure.to_dict() if self.failure else None
        return {
            "ms_tenant_id": self.wanted.options.get("ms_tenant_id"),
            "short_name": self.wanted.short_name,
            "outcome": self.outcome,
            "changed": self.changed,
            "service": self.service.to_dict() if self.service else None,
            "task": self.task.to_dict() if self.task else (failure or {}).get("task"),
            "request": self.wanted.secrets.mask(self.request) if self.request is not None else None,
            "differences": [dict(difference) for difference in self.differences],
            "warnings": list(self.warnings),
            "failure": failure,
        }
