# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The upgrade of a service from OC Essential: submitted once, like a creation; it is there when the license is another.

An earlier upgrade to something else counts too: what it comes to is compared with what is wanted, never upgraded again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ..._api.client import LivePlatformApi
from ..._api.licenses import OPERATOR_CONNECT
from ..._api.services import Service
from ..._core.errors import LookupFailed
from ..._reconcile.entries import Kind
from ..._reconcile.resource import PRESENT, Observed, OnDifference, Resource
from .license_moves import Move, move_of

UPGRADING = "POST /api/v2/customer/{guid}/action/upgrade"


@dataclass(frozen=True)
class WantedUpgrade:
    """A service that shall have a larger license.

    :param license_type: name of the license.
    :param users: licensed users; ``None``: the platform decides.
    """

    ms_tenant_id: str
    short_name: str | None
    guid: str
    license_type: str
    users: int | None
    state: str = PRESENT
    task_id: str | None = None
    on_difference: OnDifference = OnDifference.REPORT

    @property
    def body(self) -> dict[str, Any]:
        users = {} if self.users is None else {"licenseCount": self.users}
        return {"upgradeToLicense": OPERATOR_CONNECT[self.license_type], **users}


@dataclass(frozen=True)
class _Looked:
    """A look at the service.

    :param actual: the service, when it has left the license that it is upgraded from.
    :param upgradable: it was seen that it has that license still.
    """

    actual: Service | None
    upgradable: bool
    confirmed: bool = True


class LicenseUpgrade(Resource[WantedUpgrade, Service]):
    """Look for the service with another license than the one that it is upgraded from."""

    kind = Kind("license upgrade", "service")
    fields = ()
    creating = UPGRADING
    deleting = ""
    places = "the platform does not show"
    identity_option = "ms_tenant_id"

    def __init__(self, api: LivePlatformApi) -> None:
        self._api = api

    def identity(self, wanted: WantedUpgrade) -> str:
        return wanted.guid

    def subject(self, wanted: WantedUpgrade) -> str:
        return f"tenant {wanted.ms_tenant_id}"

    def about(self, wanted: WantedUpgrade) -> str:
        return wanted.license_type

    def read(self, wanted: WantedUpgrade, gone: str | None = None, newer_than: float | None = None) -> _Looked:
        service = self._api.get_service(wanted.guid)
        if service is None or service.license_type is None:
            return _Looked(None, upgradable=False)
        if move_of(service.license_type, wanted.license_type) is Move.UPGRADE:
            return _Looked(None, upgradable=True)
        return _Looked(service, upgradable=False)

    def allow_creation(self, wanted: WantedUpgrade, observed: Observed[Service]) -> None:
        """The way has to lead from what is there right before the request is sent."""
        if not (isinstance(observed, _Looked) and observed.upgradable):
            raise LookupFailed(
                f"The license of the service of {self.subject(wanted)} cannot be seen now, so nothing was upgraded",
                operation="GET /api/v3/customer/{guid}",
                hint="run again: the next run compares, and changes what is still different",
            )

    def create(self, wanted: WantedUpgrade, before_sending: Callable[[], None]) -> str:
        return self._api.upgrade_service(wanted.guid, wanted.body, before_sending)

    def name(self, wanted: WantedUpgrade) -> str | None:
        return wanted.short_name

    def picture(self, actual: Service) -> Mapping[str, Any]:
        return actual.to_dict()
