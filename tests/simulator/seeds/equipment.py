# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""SBCs, the trunks that they serve, and channels."""

from typing import Any

SBCS: list[dict[str, Any]] = [
    {
        "id": 2,
        "name": "NL-SBC05",
        "fqdn": "NL-SBC05.lab.lan",
        "ip_address": "172.17.239.165",
        "carriers": ["SIPTrunk", "SIPTrunk2"],
        "cac_profiles": ["CAC-50", "CAC-200"],
    },
    {
        "id": 3,
        "name": "NL-SBC06",
        "fqdn": "NL-SBC06.lab.lan",
        "ip_address": "172.17.239.166",
        "carriers": ["SIPTrunk"],
        "cac_profiles": ["CAC-50"],
    },
    {
        "id": 5,
        "name": "DE-SBC01",
        "fqdn": "DE-SBC01.lab.lan",
        "ip_address": "172.18.10.21",
        "carriers": ["CarrierEast"],
        "cac_profiles": [],
    },
    {
        "id": 8,
        "name": "IT-SBC02",
        "fqdn": "IT-SBC02.lab.lan",
        "ip_address": "172.19.4.12",
        "carriers": ["SIPTrunk"],
        "cac_profiles": ["CAC-50"],
    },
]


def _trunk(fqdn: str, number: int, *sbc_ids: int) -> dict[str, Any]:
    return {"fqdn": fqdn, "id": f"7b0e4c11-2d5a-4f83-9c6e-{number:012x}", "sbc_ids": list(sbc_ids)}


PROFILES: list[dict[str, Any]] = [
    {
        "id": "a4d1f7c2-3b6e-4e0a-8f59-1c7d2e9b6a01",
        "name": "Benelux calling",
        "trunks": [_trunk("oc1.sandbox2.audiocodes.be", 1, 2), _trunk("oc.sandbox1.audiocodes.be", 2, 2)],
    },
    {
        "id": "a4d1f7c2-3b6e-4e0a-8f59-1c7d2e9b6a02",
        "name": "Italy calling",
        "trunks": [_trunk("milano.sandbox3.audiocodes.be", 3, 8), _trunk("oc2.sandbox2.audiocodes.be", 4, 3)],
    },
    {
        "id": "a4d1f7c2-3b6e-4e0a-8f59-1c7d2e9b6a03",
        "name": "Germany calling",
        "carrier": "CarrierEast",
        "trunks": [_trunk("frankfurt.sandbox4.audiocodes.be", 5, 5), _trunk("spare.sandbox4.audiocodes.be", 6)],
    },
]

CHANNELS: list[dict[str, Any]] = [
    {"id": 1574, "name": "Rhine Partners", "ms_tenant_id": "6a1e09d4-7c35-4b28-a9f0-58d3c1b7e246"},
    {"id": 1580, "name": "Delta Resale"},
]
