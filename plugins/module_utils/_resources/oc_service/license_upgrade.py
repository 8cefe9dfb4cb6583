# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The upgrade of a service from OC Essential: submitted once, like a creation; it is there when the license is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ..._api.client import LivePlatformApi
from ..._api.licenses import OPERATOR_CONNECT
from ..._api.services import Service
from ..._reconcile.entries import Kind
from ..._reconcile.resource import PRESENT, OnDifference, Resource, Seen

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


class LicenseUpgrade(Resource[WantedUpgrade, Service]):
    """What is looked for is the service with its new license."""

    kind = Kind("license upgrade", "tenant")
    fields = ()
    creating = UPGRADING
    deleting = ""
    places = "the platform does not show"
    identity_option = "ms_tenant_id"

    def __init__(self, api: LivePlatformApi) -> None:
        self._api = api

    def identity(self, wanted: WantedUpgrade) -> str:
        return wanted.ms_tenant_id

    def read(self, wanted: WantedUpgrade, gone: str | None = None, newer_than: float | None = None) -> Seen[Service]:
        service = self._api.get_service(wanted.guid)
        return Seen(service if service is not None and service.license_type == wanted.license_type else None)

    def create(self, wanted: WantedUpgrade, before_sending: Callable[[], None]) -> str:
        return self._api.upgrade_service(wanted.guid, wanted.body, before_sending)

    def name(self, wanted: WantedUpgrade) -> str | None:
        return wanted.short_name

    def picture(self, actual: Service) -> Mapping[str, Any]:
        return actual.to_dict()
