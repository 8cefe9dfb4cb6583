# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Bringing services to their wanted state."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ..._reconcile.context import Tools
from ..._reconcile.run import Report, run_all
from .agreement import company_of
from .current_state import LookedUp
from .request import WantedService
from .resource import OcService
from .result import ServiceReport, ServiceResult

COMPARE_AUTO, COMPARE_FULL, COMPARE_LIST = "auto", "full", "list"
"""How existing services are compared with the request."""

FEW_TO_COMPARE = 20
"""Number of services up to which they are compared in full, unless something else is asked for."""


def compares_in_full(compare: str, services: int) -> bool:
    """Return whether this number of services is compared in full, as the option ``compare`` says."""
    return compare == COMPARE_FULL or (compare == COMPARE_AUTO and services <= FEW_TO_COMPARE)


def reconcile_all(
    tools: Tools,
    wanted: Sequence[WantedService],
    *,
    looked_up: LookedUp | None = None,
    report: Callable[[str], None] = lambda message: None,
    **how: Any,
) -> ServiceReport:
    """Bring every service to its wanted state.

    :param looked_up: what was read already.
    :param report: told what concerns the run as a whole.
    :param how: see :func:`run_all`.
    """
    resource = OcService(tools, wanted, report, looked_up)
    run: Report[WantedService, Any] = run_all(tools, resource, wanted, **how)
    results = [
        ServiceResult.of(result, company_of(resource.current_state.known_leads(result.wanted.ms_tenant_id)))
        for result in run.outcomes
    ]
    return ServiceReport(results, run.requests, run.logins, run.duration)
