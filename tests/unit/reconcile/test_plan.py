# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What has to be done, as a table."""

from pathlib import Path
from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.leads import Lead
from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.services import Service
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.errors import ConflictError, LookupFailed
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.journal import Entry, SubmissionStage
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.plan import Action, decide
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.resource import ABSENT, PRESENT
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.oc_service.current_state import (
    Evidence,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.oc_service.request import (
    WantedService,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.oc_service.resource import OcService
from harness.fakes import BASE, GUID, TENANT, FakeClock
from harness.unit_platform import UnitPlatform
from harness.workbench import Workbench

LEAD = Lead("l-1", TENANT, "Active")
SERVICE = Service(GUID, short_name="Brad01", ms_tenant_id=TENANT, license_code=3)


def _decide(wanted: WantedService, evidence: Evidence, entry: Entry | None) -> Action:
    clock = FakeClock()
    bench = Workbench(UnitPlatform(clock), clock, Path())
    return decide(OcService(bench.tools(journal=False), [wanted], bench.told.append), wanted, evidence, entry)


def _wanted(state: str = PRESENT, **options: Any) -> WantedService:
    return WantedService.from_options({"ms_tenant_id": TENANT, **options}, {"state": state})


def _entry(stage: str | None) -> Entry | None:
    return Entry(BASE, TENANT, "Brad01", stage, 0.0, 0.0, "wst_1") if stage else None


@pytest.mark.parametrize(
    ("state", "known", "stage", "task_id", "action"),
    [
        (PRESENT, (None, True), None, None, Action.CREATE),
        (PRESENT, (None, True), SubmissionStage.INTENT, None, Action.CREATE),
        (PRESENT, (None, True), SubmissionStage.DONE, None, Action.CREATE),
        (PRESENT, (None, True), SubmissionStage.DELETED, None, Action.CREATE),
        (PRESENT, (None, True), SubmissionStage.SUBMITTED, None, Action.RESUME),
        (PRESENT, (SERVICE, True), None, None, Action.KEEP),
        (PRESENT, (SERVICE, False), None, None, Action.KEEP),
        (PRESENT, (SERVICE, True), SubmissionStage.INTENT, None, Action.KEEP),
        (PRESENT, (SERVICE, True), SubmissionStage.SUBMITTED, None, Action.RESUME),
        (PRESENT, (SERVICE, True), None, "wst_9", Action.ADOPT),
        (PRESENT, (None, True), SubmissionStage.SUBMITTED, "wst_9", Action.ADOPT),
        (ABSENT, (None, True), None, None, Action.NOTHING),
        (ABSENT, (None, True), SubmissionStage.DONE, None, Action.NOTHING),
        (ABSENT, (None, True), SubmissionStage.INTENT, None, Action.NOTHING_YET),
        (ABSENT, (None, True), SubmissionStage.SUBMITTED, None, Action.NOTHING_YET),
        (ABSENT, (SERVICE, False), None, None, Action.NOTHING),
        (ABSENT, (SERVICE, True), None, None, Action.DELETE),
    ],
)
def test_the_action_follows_from_what_is_wanted_and_known(
    state: str,
    known: tuple[Service | None, bool],
    stage: str | None,
    task_id: str | None,
    action: Action,
) -> None:
    service, confirmed = known
    evidence = Evidence(service, (LEAD,), confirmed)
    assert _decide(_wanted(state, task_id=task_id), evidence, _entry(stage)) is action


def test_a_service_needs_an_active_lead() -> None:
    with pytest.raises(LookupFailed):
        _decide(_wanted(), Evidence(None, (Lead("l-1", TENANT, "Removed"),)), None)
    with pytest.raises(ConflictError, match="no lead with the id 'l-2'; it has 'l-1'"):
        _decide(_wanted(lead_id="l-2"), Evidence(None, (LEAD,)), None)


def test_a_service_that_exists_needs_no_lead() -> None:
    assert _decide(_wanted(), Evidence(SERVICE, ()), None) is Action.KEEP


@pytest.mark.parametrize("options", [{"short_name": "Other1"}, {"ump_customer_guid": GUID[:-1] + "9"}])
def test_another_service_than_the_one_that_is_meant_is_not_deleted(options: dict[str, Any]) -> None:
    with pytest.raises(ConflictError, match="it is not deleted"):
        _decide(_wanted(ABSENT, **options), Evidence(SERVICE, ()), None)


@pytest.mark.parametrize("options", [{"short_name": "BRAD01"}, {"ump_customer_guid": GUID.upper()}, {}])
def test_the_service_that_is_meant_is_deleted(options: dict[str, Any]) -> None:
    assert _decide(_wanted(ABSENT, **options), Evidence(SERVICE, ()), None) is Action.DELETE


def test_a_service_without_guid_cannot_be_deleted() -> None:
    with pytest.raises(ConflictError, match="without its guid"):
        _decide(_wanted(ABSENT), Evidence(Service(None, ms_tenant_id=TENANT), ()), None)
