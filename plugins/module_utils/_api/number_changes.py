# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The requests that change the telephone numbers of a tenant, or check them before (API notes, section 9)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .._http.client import HttpClient
from .._http.rate_limit import RateLimit
from .._http.retry import READ, SET
from .json_reader import Requests, read_object, succeeded, task_in
from .number_results import read_validation

RELEASES = (10, 10.0)
"""Releases of numbers at the most, and the seconds in which (section 9)."""


class NumberChanges(Requests):
    """The requests that change numbers."""

    def __init__(self, client: HttpClient) -> None:
        super().__init__(client)
        self._releases = RateLimit(client.clock, *RELEASES)

    def validate_numbers(self, ms_tenant_id: str, numbers: Sequence[str]) -> dict[int, str]:
        """Which numbers the platform does not accept, and why (section 9). It writes nothing."""
        operation = "POST /api/v2/oc/numbers/action/number-status"
        body = {"telephoneNumbers": list(numbers), "msTenantId": ms_tenant_id}
        content = self.client.request("POST", "/api/v2/oc/numbers/action/number-status", body=body, rule=READ)
        return read_validation(read_object(content, operation), self.client.readable)

    def upload_numbers(
        self, ms_tenant_id: str, body: Mapping[str, Any], before_sending: Callable[[], None] = lambda: None
    ) -> str:
        """Give numbers to a tenant (section 9). Some may fail although the task succeeds.

        :param before_sending: called right before the request is sent; what it raises keeps it from being sent.
        :returns: the id of the task to poll.
        :raises ApiError: with ``undecided`` set when the numbers may be on their way all the same.
        """
        content = self.client.request(
            "POST",
            "/api/v2/oc/numbers/action/upload",
            params={"msTenantId": ms_tenant_id},
            body=dict(body),
            before_sending=before_sending,
        )
        return task_in(content, "POST /api/v2/oc/numbers/action/upload")

    def release_numbers(
        self, ms_tenant_id: str, numbers: Sequence[str], before_sending: Callable[[], None] = lambda: None
    ) -> str:
        """Take numbers from a tenant (section 9); as :meth:`upload_numbers`, and no faster than is documented."""

        def at_last() -> None:
            before_sending()  # it may take a while, so the pace is kept after it
            self._releases.enter()

        content = self.client.request(
            "POST",
            "/api/v2/oc/numbers/action/release",
            params={"msTenantId": ms_tenant_id},
            body=list(numbers),
            before_sending=at_last,
        )
        return task_in(content, "POST /api/v2/oc/numbers/action/release")

    def unassign_numbers(
        self, ms_tenant_id: str, numbers: Sequence[str], before_sending: Callable[[], None] = lambda: None
    ) -> str:
        """Take numbers from their users in Teams (section 9); as :meth:`upload_numbers`."""
        content = self.client.request(
            "POST",
            "/api/v2/oc/numbers/action/unassign",
            params={"msTenantId": ms_tenant_id},
            body={"telephoneNumbers": list(numbers)},
            before_sending=before_sending,
        )
        return task_in(content, "POST /api/v2/oc/numbers/action/unassign")

    def confirm_removal(self, numbers: Sequence[str]) -> None:
        """Confirm that numbers which Microsoft no longer has are removed (section 9). Part of it may be done."""
        body = {"telephoneNumbers": list(numbers)}
        content = self.client.request("POST", "/api/v3/oc/numbers/action/ready-for-removal", body=body, rule=SET)
        succeeded(content, "POST /api/v3/oc/numbers/action/ready-for-removal")

    def clear_removal(self, numbers: Sequence[str]) -> None:
        """Keep numbers which are marked for removal (section 9). Part of it may be done."""
        body = {"telephoneNumbers": list(numbers)}
        content = self.client.request("POST", "/api/v3/oc/action/clear-removal-status", body=body, rule=SET)
        succeeded(content, "POST /api/v3/oc/action/clear-removal-status")
