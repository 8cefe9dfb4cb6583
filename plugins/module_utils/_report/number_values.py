# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The return values about the numbers of a tenant: ranges, so that thousands stay readable."""

from __future__ import annotations

from typing import Any

from .._core.errors import InterruptedRun, LivePlatformError
from .._core.number_ranges import as_texts, in_words, written
from .._resources.numbers.plan import READING, NumberPlan
from .._resources.numbers.report import NumberReport

_NAMED = 5
"""Reasons that an error spells out; the others are counted."""


def number_values(
    report: NumberReport, *, requested: int, requests: int, duration: float, return_numbers: bool, customer: str
) -> dict[str, Any]:
    """The return values of ``oc_numbers``."""
    plan = report.plan
    changed = bool(report.uploaded or report.released or report.unassigned)
    failed = [
        {"number": written(number), "operation": operation, "reason": reason, "batch": batch}
        for number, (operation, reason, batch) in sorted(report.failed.items())
    ]
    values: dict[str, Any] = {
        "changed": changed,
        "summary": {
            "requested": requested,
            "uploaded": len(report.uploaded),
            "unchanged": len(plan.unchanged),
            "released": len(report.released),
            "unassigned": len(report.unassigned),
            "skipped": len(plan.skipped),
            "failed": len(failed),
            "batches": report.batches,
            "requests": requests,
            "duration": round(duration, 3),
        },
        "uploaded": as_texts(report.uploaded),
        "released": as_texts(report.released),
        "unassigned": as_texts(report.unassigned),
        "pending": as_texts(report.pending),
        "failed_numbers": failed,
        "skipped_numbers": [
            {"number": written(number), "reason": reason} for number, reason in sorted(plan.skipped.items())
        ],
        "tasks": [task.to_dict() for task in report.tasks],
        "diff": _diff(report, customer),
    }
    if return_numbers:
        values["numbers"] = [report.after[number].to_dict() for number in sorted(report.after)]
    error = _error(report)
    if error is not None:
        values |= {"failed": True, "msg": error.sentence(), "failure": error.to_dict()}
    return values


def skip_warnings(plan: NumberPlan) -> list[str]:
    """One warning for each reason."""
    by_reason: dict[str, list[int]] = {}
    for number, reason in plan.skipped.items():
        by_reason.setdefault(reason, []).append(number)
    return [f"Left as it is: {in_words(numbers)}: {reason}" for reason, numbers in by_reason.items()]


def _diff(report: NumberReport, customer: str) -> dict[str, Any]:
    """The numbers that change, and those that are asked for and there, before and after."""
    plan = report.plan
    before = {*plan.unchanged, *report.released, *(number for number in report.uploaded if number in report.existing)}
    after = {*plan.unchanged, *report.uploaded}
    header = f"numbers of {customer}"
    return {
        "before": {"numbers": as_texts(before)},
        "after": {"numbers": as_texts(after)},
        "before_header": header,
        "after_header": header,
    }


def _error(report: NumberReport) -> LivePlatformError | None:
    if not report.failed:
        return None
    by_reason: dict[tuple[str, str], list[int]] = {}
    for number, (operation, reason, _batch) in sorted(report.failed.items()):
        by_reason.setdefault((operation, reason), []).append(number)
    said = [
        f"{operation} of {in_words(numbers)}: {reason.rstrip('. ')}"
        for (operation, reason), numbers in list(by_reason.items())[:_NAMED]
    ]
    more = f"; and {len(by_reason) - _NAMED} more reasons" if len(by_reason) > _NAMED else ""
    kind = InterruptedRun if any("was interrupted" in reason for _operation, reason in by_reason) else LivePlatformError
    count = len(report.failed)
    return kind(
        f"{count:,} number{'s have' if count > 1 else ' has'} failed: {'; '.join(said)}{more}",
        **_facts(report.error or report.cause),
        hint="failed_numbers names each; correct the list or what the platform names and run again: only what is "
        "missing is sent",
    )


def _facts(cause: LivePlatformError | None) -> dict[str, Any]:
    """Return what an engineer needs to know of the first error; without one, nothing but the list was asked for."""
    if cause is None:
        return {"operation": READING}
    names = ("operation", "http_status", "error_code", "errors", "trace_id", "attempts", "task")
    return {name: getattr(cause, name) for name in names}
