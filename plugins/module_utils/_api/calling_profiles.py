# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A calling profile with its trunks (API notes, section 6)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from .json_reader import Reader, Requests, read_list
from .sbcs import Sbc


@dataclass(frozen=True)
class Trunk:
    """A trunk that is enrolled at Microsoft, with the SBCs that serve it."""

    trunk_fqdn: str | None
    trunk_id: str | None
    sbcs: tuple[Sbc, ...]

    @classmethod
    def from_wire(cls, item: Reader) -> Trunk:
        sbcs = (Sbc.from_wire(sbc) for sbc in item.records("matchingSbcList"))
        return cls(
            trunk_fqdn=item.text("trunkFqdn"),
            trunk_id=item.text("trunkId"),
            sbcs=tuple(sbc for sbc in sbcs if sbc is not None),
        )


@dataclass(frozen=True)
class CallingProfile:
    """A calling profile: the documented source of SBC ids and gateways (API notes, section 6)."""

    calling_profile_id: str | None
    name: str | None
    region: str | None
    carrier: str | None
    is_emergency_profile: bool | None
    emergency_profile_id: str | None
    emergency_dial_strings: list[str]
    offer_types: list[str]
    trunks_enrolled: tuple[Trunk, ...]

    @classmethod
    def from_wire(cls, item: Reader) -> CallingProfile:
        return cls(
            calling_profile_id=item.text("callingProfileId", "id"),
            name=item.text("name"),
            region=item.text("region"),
            carrier=item.text("carrier"),
            is_emergency_profile=item.flag("isEmergencyProfile"),
            emergency_profile_id=item.text("emergencyProfileId"),
            emergency_dial_strings=item.texts("emergencyDialStrings"),
            offer_types=[name for offer in item.records("offerTypes") if (name := offer.text("offerTypeName"))],
            trunks_enrolled=tuple(Trunk.from_wire(trunk) for trunk in item.records("trunksEnrolled")),
        )

    def to_dict(self) -> dict[str, Any]:
        trunks = [
            {
                "trunk_fqdn": trunk.trunk_fqdn,
                "trunk_id": trunk.trunk_id,
                "sbcs": [
                    {"sbc_id": sbc.sbc_id, "name": sbc.name, "fqdn": sbc.fqdn, "ip_address": sbc.ip_address}
                    for sbc in trunk.sbcs
                ],
            }
            for trunk in self.trunks_enrolled
        ]
        return {**asdict(self), "trunks_enrolled": trunks}


class CallingProfileRequests(Requests):
    """The requests about calling profiles (API notes, section 6)."""

    def list_calling_profiles(self) -> list[CallingProfile]:
        """The calling profiles with their enrolled trunks (section 6)."""
        content = self.client.request("GET", "/api/v2/oc/callingprofile")
        items = read_list(content, "GET /api/v2/oc/callingprofile", "callingProfiles")
        return [CallingProfile.from_wire(item) for item in items]
