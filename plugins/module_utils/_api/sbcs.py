# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An SBC device (API notes, section 6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from .._core.text import same_text
from .json_reader import Reader


@dataclass(frozen=True)
class Sbc:
    """An SBC device and the trunks that it serves (API notes, section 6)."""

    sbc_id: int
    name: str | None = None
    fqdn: str | None = None
    ip_address: str | None = None
    trunk_fqdns: tuple[str, ...] = ()
    calling_profiles: tuple[str, ...] = ()

    @classmethod
    def from_wire(cls, item: Reader) -> Sbc | None:
        """``None`` when the item has no id."""
        sbc_id = item.integer("sbcId", "id")
        if sbc_id is None:
            return None
        return cls(
            sbc_id=sbc_id,
            name=item.text("name", "sbcName"),
            fqdn=item.text("fqdn", "sbcFqdn"),
            ip_address=item.text("ipAddress", "ip"),
        )

    @property
    def names(self) -> tuple[str, ...]:
        """Return what a user may call it by."""
        return tuple(name for name in (self.name, self.fqdn, self.ip_address) if name)

    def to_dict(self) -> dict[str, Any]:
        return {**asdict(self), "trunk_fqdns": list(self.trunk_fqdns), "calling_profiles": list(self.calling_profiles)}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Sbc:
        """From what ``to_dict`` gave."""
        return cls(
            sbc_id=int(values["sbc_id"]),
            name=values.get("name"),
            fqdn=values.get("fqdn"),
            ip_address=values.get("ip_address"),
            trunk_fqdns=tuple(values.get("trunk_fqdns") or ()),
            calling_profiles=tuple(values.get("calling_profiles") or ()),
        )


def is_sbc(sbc: Sbc, name: object) -> bool:
    """Return whether a user may mean this SBC by the name: its name, FQDN, IP address or id; a number is an id."""
    if isinstance(name, int):
        return sbc.sbc_id == name
    return str(sbc.sbc_id) == str(name).strip() or any(same_text(own, str(name)) for own in sbc.names)
