# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""SBCs put together from calling profiles and devices."""

from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.calling_profiles import CallingProfile
from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.json_reader import Reader
from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.sbc_sources import (
    merge_devices,
    sbcs_of_profiles,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.sbcs import Sbc


def _profile(name: str, trunk: str, *sbcs: int) -> CallingProfile:
    wire = {
        "name": name,
        "trunksEnrolled": [
            {"trunkFqdn": trunk, "matchingSbcList": [{"sbcId": sbc, "name": f"S{sbc}"} for sbc in sbcs]}
        ],
    }
    return CallingProfile.from_wire(Reader(wire))


def test_an_sbc_has_all_the_trunks_that_it_serves_once() -> None:
    sbcs = sbcs_of_profiles([_profile("P1", "t1", 2, 1), _profile("P2", "t2", 2), _profile("P3", "t1", 2)])
    assert [(sbc.sbc_id, sbc.trunk_fqdns, sbc.calling_profiles) for sbc in sbcs] == [
        (1, ("t1",), ("P1",)),
        (2, ("t1", "t2"), ("P1", "P2", "P3")),
    ]


def test_devices_are_joined_with_what_profiles_know() -> None:
    served = sbcs_of_profiles([_profile("P1", "t1", 1, 2)])
    merged = merge_devices([Sbc(1, fqdn="s1.example"), Sbc(3, name="S3")], served)
    assert [(sbc.sbc_id, sbc.name, sbc.fqdn, sbc.trunk_fqdns) for sbc in merged] == [
        (1, "S1", "s1.example", ("t1",)),
        (3, "S3", None, ()),
        (2, "S2", None, ("t1",)),
    ]
