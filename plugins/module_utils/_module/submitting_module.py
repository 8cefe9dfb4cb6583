# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The glue for modules that submit: their options, and what the reconciliation needs from these."""

from __future__ import annotations

from typing import Any

from .._api.client import LivePlatformApi
from .._reconcile.context import RunSettings, Tools
from .._reconcile.entries import FIRST_KIND, Kind
from .._reconcile.journal import open_journal
from .waiting_module import WaitingModule

SUBMISSION_SPEC: dict[str, Any] = {
    "journal": {"type": "bool", "default": True},
    "journal_path": {"type": "path"},
    "settle_timeout": {"type": "float"},
}


class SubmittingModule(WaitingModule):
    """A module with the options of a submission, and with those of the wait for it where it has tasks."""

    def tools(self, api: LivePlatformApi, *, kind: Kind = FIRST_KIND, compare_in_full: bool = True) -> Tools:
        """Return what the reconciliation needs.

        :param kind: of the objects.
        :param compare_in_full: existing objects are compared with details that cost a request each.
        """
        params, waiting = self.params, self.wait_tools()
        journal = open_journal(
            params["journal"],
            params["journal_path"],
            self.connection.base_url,
            self.clock,
            self.report,
            kind=kind,
            read_only=self.check_mode,
        )
        return Tools(
            api=api,
            journal=journal,
            settings=RunSettings(
                check=self.check_mode,
                wait=waiting.policy,
                settle=params["settle_timeout"],
                compare_in_full=compare_in_full,
            ),
            clock=self.clock,
            secrets=self.secrets,
            progress=waiting.progress,
            workers=waiting.workers,
        )
