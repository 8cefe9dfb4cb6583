# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What has to be done for one service: a pure decision from what is wanted, what exists and what is under way."""

from __future__ import annotations

from enum import Enum

from ..._api.services import Service
from ..._core.errors import ConflictError
from ..._reconcile.journal import Entry, SubmissionStage
from .agreement import refusal, refuse_several
from .current_state import Evidence
from .lead_choice import choose_lead
from .request import ABSENT, WantedService

_DELETION = "DELETE /api/v2/customer/{guid}"


class Action(Enum):
    """What to do."""

    ADOPT = "follow the task that the user names"
    RESUME = "follow the submission of an earlier run"
    KEEP = "leave the service as it is, and say how it differs"
    CREATE = "submit the request"
    NOTHING = "there is nothing to delete"
    NOTHING_YET = "there is nothing to delete, unless a submission is still under way"
    DELETE = "delete the service"


def decide(wanted: WantedService, evidence: Evidence, entry: Entry | None) -> Action:
    """The action for a service.

    :param entry: the journal's latest word on the tenant.
    :raises LookupFailed: a service shall be created, and the tenant's lead does not allow it.
    :raises ConflictError: the request contradicts what exists, or another service than the one that is meant would be
        deleted.
    """
    evidence = refuse_several(wanted, evidence)
    refused = refusal(wanted, evidence)
    if refused is not None:
        raise refused
    if wanted.state == ABSENT:
        return _decide_absent(wanted, evidence, entry)
    if wanted.task_id is not None:
        return Action.ADOPT
    if entry is not None and entry.stage == SubmissionStage.SUBMITTED:
        return Action.RESUME
    if evidence.service is not None:
        return Action.KEEP
    choose_lead(wanted.ms_tenant_id, evidence.leads, wanted.options.get("lead_id"))
    return Action.CREATE


def _decide_absent(wanted: WantedService, evidence: Evidence, entry: Entry | None) -> Action:
    if evidence.service is None or not evidence.confirmed:
        underway = entry is not None and entry.stage in (SubmissionStage.INTENT, SubmissionStage.SUBMITTED)
        return Action.NOTHING_YET if underway else Action.NOTHING
    _guard(wanted, evidence.service)
    return Action.DELETE


def _guard(wanted: WantedService, service: Service) -> None:
    """Never delete a service that cannot be named."""
    tenant = wanted.ms_tenant_id
    if service.ump_customer_guid is None:
        raise ConflictError(
            f"The service of tenant {tenant} is listed without its guid, so it cannot be deleted",
            operation=_DELETION,
            hint="run again later; if it stays so, delete the service in the portal",
        )
