# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The SBCs of the platform, put together from what tells of them (API notes, section 6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from .._core.errors import LookupFailed
from .._core.look_alikes import NamesOf, nothing_found
from .calling_profiles import CallingProfile, CallingProfileRequests
from .json_reader import read_list
from .sbcs import Sbc, is_sbc

DEFAULT_DEVICES_PATH = "/api/v2/sbcdevices"
"""A guess: the documentation names the request but not its path (section 6)."""

SOURCE_AUTO, DEVICES, CALLING_PROFILES = "auto", "devices", "calling_profiles"


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


class SbcRequests(CallingProfileRequests):
    """The requests that tell of SBCs (API notes, section 6)."""

    def list_sbc_devices(self, path: str) -> list[Sbc]:
        """The SBC devices, from a path that the documentation leaves open (section 6)."""
        content = self.client.request("GET", "/" + path.lstrip("/"))
        items = read_list(content, f"GET {path}", "sbcs", "devices", "sbcDevices")
        return [sbc for item in items if (sbc := Sbc.from_wire(item)) is not None]


def find_sbcs(
    api: SbcRequests,
    *,
    sbc_id: int | None = None,
    name: str | None = None,
    source: str = SOURCE_AUTO,
    devices_path: str | None = None,
) -> list[Sbc]:
    """The SBCs that fit, with the trunks that they serve.

    :param source: ``auto`` reads the device list only when its path is given, since that path is not documented.
    """
    sbcs = sbcs_of_profiles(api.list_calling_profiles())
    if source == DEVICES or (source == SOURCE_AUTO and devices_path):
        sbcs = merge_devices(api.list_sbc_devices(devices_path or DEFAULT_DEVICES_PATH), sbcs)
    return [sbc for sbc in sbcs if (sbc_id is None or sbc.sbc_id == sbc_id) and (name is None or is_sbc(sbc, name))]


def required_sbcs(api: SbcRequests, params: Mapping[str, Any]) -> LookupFailed:
    """Return why no SBC was found."""
    names: NamesOf = {"sbc_id": lambda sbc: [sbc.sbc_id], "name": lambda sbc: [*sbc.names, sbc.sbc_id]}
    sbcs = find_sbcs(api, source=params["source"], devices_path=params["devices_path"])
    return nothing_found("SBC", params, names, sbcs)
