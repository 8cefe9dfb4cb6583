# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Script templates; more than fit on the page that is given when no size is asked for."""

from typing import Any

_NUMBERS, _ONBOARDING, _CLEANUP, _M365_ONBOARDING, _M365_CLEANUP = range(5)


def _script(
    number: int, name: str, kind: int, variables: str = "", *, related: int | None = None, text: str = ""
) -> dict[str, Any]:
    return {
        "id": number,
        "name": name,
        "script_type": kind,
        "description": text or f"Script {name}",
        "script": f"# {name}\nconfigure voip\n exit\n",
        "customer_variables": [each.strip() for each in variables.split(",") if each.strip()],
        "related": [] if related is None else [related],
    }


TEMPLATES: list[dict[str, Any]] = [
    _script(1, "UMP OcEssential default SBC Onboarding script", _ONBOARDING, related=100),
    _script(2, "UMP Hosted default SBC Onboarding script", _ONBOARDING, related=101),
    _script(3, "sbc-scenario3", _ONBOARDING, "IPPBX-ProxyAddress", related=300),
    _script(4, "sbc-scenario4", _ONBOARDING, "SIP-HostName, Registrar-Address", related=400),
    _script(5, "sbc-scenario5", _ONBOARDING, "IPPBX-ProxyAddress, IPPBX-ProxyAddress-SIPPort", related=500),
    _script(6, "sbc-scenario6-no-cleanup", _ONBOARDING, "SIP-HostName"),
    _script(
        7,
        "sbc-scenario7",
        _ONBOARDING,
        "IPPBX-ProxyAddress, IPPBX-ProxyAddress-SIPPort, SIP-HostName",
        related=700,
        text="Customer with an own IP PBX behind the operator's SBC",
    ),
    _script(100, "UMP OcEssential default SBC Cleanup script", _CLEANUP),
    _script(101, "UMP Hosted default SBC Cleanup script", _CLEANUP),
    _script(300, "sbc-scenario3Cleanup", _CLEANUP),
    _script(400, "sbc-scenario4Cleanup", _CLEANUP),
    _script(500, "sbc-scenario5Cleanup", _CLEANUP),
    _script(700, "sbc-scenario7Cleanup", _CLEANUP),
    _script(5000, "sbc-add-oc-numbers", _NUMBERS),
    _script(5001, "sbc-remove-oc-numbers", _NUMBERS),
    _script(5002, "O365InitializationScript", _M365_ONBOARDING, related=5003),
    _script(5003, "O365CleanupScript", _M365_CLEANUP),
]
