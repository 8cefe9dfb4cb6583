# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What became of one wanted object."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic

from .._api.field import Difference
from .._api.tasks import Task
from .._core.errors import LivePlatformError
from .outcome import Outcome
from .resource import ActualT, WantedT

_RETURNED = ("option", "wanted", "existing", "action")


@dataclass(frozen=True)
class Result(Generic[WantedT, ActualT]):
    """The result for one object.

    :param request: the request body that was, would be or need not be sent; ``None`` when there is none to send.
    :param differences: an existing object against the request.
    :param confirmed: the platform itself shows the object; otherwise only something else speaks of it.
    :param before: diff mode's picture; of the platform before.
    :param after: and after.
    :param warnings: what the user should know although it is no failure.
    """

    wanted: WantedT
    outcome: Outcome
    changed: bool = False
    actual: ActualT | None = None
    task: Task | None = None
    request: Mapping[str, Any] | None = field(default=None, repr=False)
    differences: Sequence[Difference] = ()
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    warnings: Sequence[str] = ()
    failure: LivePlatformError | None = None
    confirmed: bool = True

    @property
    def bare_differences(self) -> list[dict[str, Any]]:
        """The differences as they are returned."""
        return [{name: each[name] for name in _RETURNED} for each in self.differences]
