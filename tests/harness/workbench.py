# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs of the reconciliation against the platform in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.client import LivePlatformApi
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.masking import Secrets
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.context import RunSettings, Tools
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.journal import (
    Entry,
    FileJournal,
    Journal,
    NoJournal,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.resource import PRESENT
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.oc_service.reconcile import (
    reconcile_all,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.oc_service.request import (
    WantedService,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.oc_service.result import (
    ServiceReport,
    ServiceResult,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._tasks.poller import WaitPolicy
from ansible_collections.audiocodes.live_platform.plugins.module_utils._tasks.progress import Progress
from harness.fakes import BASE, TENANT, FakeClock, InlineWorkers, client_of
from harness.unit_platform import UnitPlatform


@dataclass
class Workbench:
    """Each call is a run of its own: nothing but the journal's folder and the platform is shared."""

    platform: UnitPlatform
    clock: FakeClock
    folder: Path
    told: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def journal(self) -> FileJournal:
        return FileJournal(self.folder, BASE, self.clock, self.told.append)

    def entry(self, tenant: str = TENANT) -> Entry | None:
        """What the journal says."""
        return self.journal().read(tenant)

    def tools(
        self,
        *,
        check: bool = False,
        wait: bool = True,
        timeout: float = 1800.0,
        journal: bool = True,
        per_minute: int | None = None,
        full: bool = True,
        settle: float | None = None,
        read_only: bool = False,
    ) -> Tools:
        kept: Journal = self.journal() if journal else NoJournal(BASE, self.clock)
        return Tools(
            LivePlatformApi(client_of(self.platform, self.clock, per_minute=per_minute, read_only=read_only)),
            kept,
            RunSettings(check, WaitPolicy(wait, timeout), settle, compare_in_full=full),
            self.clock,
            Secrets(),
            Progress(self.clock, self.lines.append),
            lambda services: InlineWorkers(services, self.clock),
        )

    def run_all(self, wanted: list[dict[str, Any]], state: str = PRESENT, **how: Any) -> ServiceReport:
        more = {name: how.pop(name) for name in ("max_concurrency", "on_error", "looked_up", "shuffle") if name in how}
        services = [
            WantedService.from_options({"configuration": "ip_group", **each}, {"state": state}) for each in wanted
        ]
        return reconcile_all(self.tools(**how), services, report=self.told.append, **more)

    def run(self, *, state: str = PRESENT, wanted: dict[str, Any] | None = None, **how: Any) -> ServiceResult:
        """A run for one service."""
        service = {"ms_tenant_id": TENANT, "short_name": "Brad01", **(wanted or {})}
        (outcome,) = self.run_all([service], state, **how).outcomes
        return outcome


def asked_once(platform: UnitPlatform) -> None:
    """There is one service, and it was asked for once."""
    assert platform.posts == 1
    assert len(platform.of()) == 1
