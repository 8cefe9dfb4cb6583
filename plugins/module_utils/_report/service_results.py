# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Return values of the modules that submit services; secrets are masked later, by the module glue."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .._core.merged import merge
from .._reconcile.outcome import Outcome
from .._resources.oc_service.result import ServiceReport, ServiceResult


def one_result(outcome: ServiceResult, report: Callable[[str], None]) -> dict[str, Any]:
    """The return values of ``oc_service``."""
    for warning in merge(_said(outcome)):
        report(warning)
    values = outcome.to_dict()
    result = {
        name: values[name]
        for name in ("outcome", "changed", "company_name", "service", "task", "request", "differences", "differs")
    }
    result["diff"] = _diff(outcome)
    if outcome.failure is not None:
        result.update(failed=True, msg=outcome.failure.sentence(), failure=values["failure"])
    return result


def many_results(run: ServiceReport, report: Callable[[str], None]) -> dict[str, Any]:
    """The return values of ``oc_services``: all results, also when some failed."""
    for warning in merge(pair for outcome in run.outcomes for pair in _said(outcome)):
        report(warning)
    result: dict[str, Any] = {
        "changed": run.changed,
        "results": [outcome.to_dict() for outcome in run.outcomes],
        "summary": run.summary(),
        "diff": [_diff(outcome) for outcome in run.outcomes if outcome.changed],
    }
    failed = [outcome for outcome in run.outcomes if outcome.outcome == Outcome.FAILED and outcome.failure is not None]
    if failed:
        said = "; ".join(
            f"{outcome.wanted.short_name or outcome.wanted.ms_tenant_id}: {outcome.failure.sentence()}"
            for outcome in failed
            if outcome.failure is not None
        )
        first = failed[0].failure
        result.update(
            failed=True,
            msg=f"{len(failed)} of {len(run.outcomes)} services failed. {said}",
            failure=first.to_dict() if first is not None else None,
        )
    return result


def _said(outcome: ServiceResult) -> list[tuple[str, str]]:
    """Each warning with its customer, in words that do not name the customer again: so that equal ones are equal."""
    said = []
    for warning in outcome.warnings:
        text = warning
        for value, words in _own_names(outcome):
            text = text.replace(value, words)
        said.append((outcome.customer, text))
    return said


def _own_names(outcome: ServiceResult) -> list[tuple[str, str]]:
    tenant, name = outcome.wanted.ms_tenant_id, outcome.wanted.short_name
    found = [(f"tenant {tenant}", "the tenant"), (f"Tenant {tenant}", "The tenant")]
    return [*found, (f"service {name} ", "service ")] if name else found


def _diff(outcome: ServiceResult) -> dict[str, Any]:
    tenant, short_name = outcome.wanted.ms_tenant_id, outcome.wanted.short_name
    name = f"service {short_name} of tenant {tenant}" if short_name else f"service of tenant {tenant}"
    mask, shown = outcome.wanted.secrets.mask, outcome.wanted.names.request
    return {
        "before": shown(mask(outcome.before)),
        "after": shown(mask(outcome.after)),
        "before_header": name,
        "after_header": name,
    }
