# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The SBCs of the platform, put together from what tells of them (API notes, section 6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .calling_profiles import CallingProfile
from .sbcs import Sbc


def sbcs_of_profiles(profiles: Sequence[CallingProfile]) -> list[Sbc]:
    """Every SBC that a calling profile's trunks name, with all the trunks that it serves."""
    found: dict[int, Sbc] = {}
    for profile in profiles:
        for trunk in profile.trunks_enrolled:
            for sbc in trunk.sbcs:
                known = found.get(sbc.sbc_id, sbc)
                found[sbc.sbc_id] = replace(
                    known,
                    trunk_fqdns=_with(known.trunk_fqdns, trunk.trunk_fqdn),
                    calling_profiles=_with(known.calling_profiles, profile.name),
                )
    return [found[sbc_id] for sbc_id in sorted(found)]


def merge_devices(devices: Sequence[Sbc], served: Sequence[Sbc]) -> list[Sbc]:
    """The devices with the trunks that calling profiles know of, and the SBCs that only these know."""
    by_id = {sbc.sbc_id: sbc for sbc in served}
    merged = [_merge(device, by_id.pop(device.sbc_id, device)) for device in devices]
    return merged + list(by_id.values())


def _merge(device: Sbc, other: Sbc) -> Sbc:
    return replace(
        device,
        name=device.name or other.name,
        fqdn=device.fqdn or other.fqdn,
        ip_address=device.ip_address or other.ip_address,
        trunk_fqdns=other.trunk_fqdns,
        calling_profiles=other.calling_profiles,
    )


def _with(names: tuple[str, ...], name: str | None) -> tuple[str, ...]:
    return names if name is None or name in names else (*names, name)
