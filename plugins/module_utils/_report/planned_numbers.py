# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is planned with the telephone numbers of a tenant, as a person approves it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple
from typing import Any

from .._api.numbers import NumberRecord
from .._core.handed_on import fingerprint
from .._core.number_ranges import as_texts
from .._reconcile.outcome import Outcome
from .._resources.numbers.plan import NumberPlan
from .approved_plan import Link, keep_to, plan_item


class Approval:
    """Keeps what is planned, and compares it with what a person has approved.

    :param approved: the plan of an earlier run; ``None``: any plan will do.
    :param name: what users call the tenant.
    :ivar planned: what is planned now.
    """

    def __init__(self, ms_tenant_id: str, name: str | None, approved: Sequence[Mapping[str, Any]] | None) -> None:
        self._tenant, self._name, self._approved = ms_tenant_id, name, approved
        self.planned: list[dict[str, Any]] = []

    def __call__(self, plan: NumberPlan, existing: Mapping[int, NumberRecord]) -> None:
        """Compare.

        :raises InputError: something else is planned than was approved.
        """
        self.planned = [planned_numbers(self._tenant, self._name, plan, existing)]
        if self._approved is not None:
            keep_to(self._approved, self.planned, Link.NUMBERS, whole=False)


def planned_numbers(
    ms_tenant_id: str, name: str | None, plan: NumberPlan, existing: Mapping[int, NumberRecord]
) -> dict[str, Any]:
    """Return what is planned: numbers as ranges, and what they are and become as fingerprints."""
    operations = {"upload": list(plan.upload), "unassign": plan.unassign, "release": plan.release}
    request: dict[str, Any] = {each: as_texts(numbers) for each, numbers in operations.items() if numbers}
    if plan.upload:
        request["upload_terms"] = fingerprint(
            [[number, *astuple(plan.upload[number])] for number in sorted(plan.upload)]
        )
    starts_from = {
        each: fingerprint([_seen(existing[number]) for number in sorted(numbers) if number in existing])
        for each, numbers in operations.items()
        if not existing.keys().isdisjoint(numbers)
    }
    outcome = Outcome.WOULD_UPDATE if plan.writes else Outcome.UNCHANGED
    return plan_item(ms_tenant_id, name, Link.NUMBERS, outcome, starts_from=starts_from, request=request)


def _seen(record: NumberRecord) -> list[Any]:
    """Return what decides whether a number may be changed."""
    profile = record.calling_profile_id or record.tenant_calling_profile_id
    return [record.number, record.status, record.assignment, record.source, profile, sorted(record.capabilities)]
