# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a run goes about the numbers of a tenant, and what became of each number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..._api.numbers import NumberRecord
from ..._api.tasks import Task
from ..._core.errors import LivePlatformError
from .batches import Operation
from .plan import Approve, NumberPlan, Policy


@dataclass(frozen=True)
class HowNumbers:
    """Hold the settings of a run over numbers.

    :param policy: what it may do.
    :param customer: what users call the tenant.
    :param batch_size: numbers in one request at the most.
    :param validate: ask the platform about numbers before they are uploaded.
    :param verify: read the list back.
    :param verify_timeout: seconds for that.
    :param approve: gets what is planned before anything is sent; what it raises ends the run.
    """

    policy: Policy
    customer: str
    batch_size: int = 500
    validate: bool = True
    verify: bool = True
    verify_timeout: float = 300.0
    approve: Approve = lambda plan, existing: None


@dataclass
class NumberReport:
    """Report what became of each number.

    :ivar existing: the numbers as they were before.
    :ivar after: as they were read last.
    :ivar failed: number to operation, reason and index of the batch.
    :ivar pending: numbers whose task goes on, since nobody waits for it.
    :ivar error: why the list could not be read back.
    :ivar cause: the first error of a batch.
    """

    plan: NumberPlan = field(default_factory=NumberPlan)
    existing: Mapping[int, NumberRecord] = field(default_factory=dict)
    after: Mapping[int, NumberRecord] = field(default_factory=dict)
    uploaded: list[int] = field(default_factory=list)
    released: list[int] = field(default_factory=list)
    unassigned: list[int] = field(default_factory=list)
    failed: dict[int, tuple[str, str, int | None]] = field(default_factory=dict)
    pending: list[int] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    batches: int = 0
    error: LivePlatformError | None = None
    cause: LivePlatformError | None = None

    def fail(self, number: int, operation: Operation, reason: str, index: int | None) -> None:
        """Note why a number has failed, unless something was said of it before."""
        self.failed.setdefault(number, (str(operation), reason, index))
