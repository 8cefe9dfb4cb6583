# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A channel: a reseller that customers are attached to (API notes, section 6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .json_reader import Reader


@dataclass(frozen=True)
class Channel:
    """A channel.

    :param id: as leads and services name it; a number, as a string.
    :param tenant_id: number of the OVOC tenant that it belongs to.
    """

    id: str | None
    name: str | None = None
    tenant_id: int | None = None
    ms_tenant_id: str | None = None

    @classmethod
    def from_wire(cls, item: Reader) -> Channel:
        return cls(
            id=item.text("id", "channelId"),
            name=item.text("name", "channelName"),
            tenant_id=item.integer("tenantId"),
            ms_tenant_id=item.guid("msTenantId"),
        )

    def to_dict(self) -> dict[str, Any]:
        return dict(vars(self))
