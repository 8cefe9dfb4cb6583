# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is read of the platform to tell the status of customers."""

from __future__ import annotations

from ..._api.client import LivePlatformApi
from ..._api.licenses import OPERATOR_CONNECT
from ..._api.sbc_sources import find_sbcs
from ..._api.services import Service, find_services
from ..._core.errors import LivePlatformError
from ..._resources.oc_service.display_names import SBCS, DisplayNames


def read_services(api: LivePlatformApi) -> list[Service]:
    """All Operator Connect services with their SIP connections.

    :raises LivePlatformError: they cannot be read.
    """
    return find_services(api, license_types=OPERATOR_CONNECT, details=True)


def read_sbc_names(api: LivePlatformApi) -> DisplayNames:
    """The names of the SBCs; none when they cannot be read, since they are for people only."""
    try:
        sbcs = find_sbcs(api)
    except LivePlatformError:
        return DisplayNames()
    return DisplayNames.from_options({SBCS: {sbc.sbc_id: sbc.name for sbc in sbcs}})
