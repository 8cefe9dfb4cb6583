# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A SIP connection read back whole (API notes, section 8)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .._core.text import snake_keys
from .json_reader import Reader
from .services import is_deployed


@dataclass(frozen=True)
class SipConnection:
    """A SIP connection read back whole (API notes, section 8). The script parameters may hold secrets."""

    id: str | None
    name: str | None
    ump_customer_guid: str | None = None
    online_pstn_gateway: str | None = None
    sbc_id: int | None = None
    onboarding_script: int | None = None
    cleanup_script: int | None = None
    proxy_set: str | None = None
    cac_profile: str | None = None
    carrier_host_name: str | None = None
    carrier_main_line: str | None = None
    carrier_user_name: str | None = None
    script_parameters: dict[str, str] = field(default_factory=dict)
    deployment_state: str | None = None
    m365_deployment_state: str | None = None
    tenant_id: str | None = None
    pending_tasks: list[Any] = field(default_factory=list)

    @classmethod
    def from_wire(cls, item: Reader, site_location_id: str, guid: str | None = None) -> SipConnection:
        sbc = item.record("sbcInfo")
        scripts = sbc.record("sbcScripts")
        return cls(
            id=item.text("id", "siteLocationId") or site_location_id,
            name=item.text("siteName", "siteLocationName", "name"),
            ump_customer_guid=item.text("umpCustomerGuid", "customerGuid") or guid,
            online_pstn_gateway=item.text("onlinePstnGateway"),
            sbc_id=sbc.integer("sbcId"),
            onboarding_script=scripts.integer("onboardingScript"),
            cleanup_script=scripts.integer("cleanupScript"),
            proxy_set=sbc.text("carrierId"),
            cac_profile=sbc.text("cacProfile"),
            carrier_host_name=sbc.text("carrierHostName"),
            carrier_main_line=sbc.text("carrierMainLine"),
            carrier_user_name=sbc.text("carrierUserName"),
            script_parameters={
                key: str(value) for key, value in scripts.mapping("customerVariables").items() if value is not None
            },
            deployment_state=item.text("sbcDeploymentState"),
            m365_deployment_state=item.text("m365DeploymentState"),
            tenant_id=item.text("tenantId"),
            pending_tasks=snake_keys(item.items("pendingTasks")),
        )

    @property
    def deployed(self) -> bool | None:
        return is_deployed(self.deployment_state)

    def to_dict(self) -> dict[str, Any]:
        return {**vars(self), "deployed": self.deployed}
