# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A channel: a reseller that customers are attached to (API notes, section 6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .._core.errors import ApiError, LookupFailed
from .._core.look_alikes import NamesOf, nothing_found
from .._core.text import same_text
from .._http.retry import SET
from .json_reader import Reader, Requests, about, read_known, read_list, segment, succeeded


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


class ChannelRequests(Requests):
    """The requests about channels (API notes, sections 5 and 6)."""

    def list_channels(self) -> list[Channel]:
        """The channels (section 6)."""
        content = self.client.request("GET", "/api/ovoc/v1/topology/channels")
        items = read_list(content, "GET /api/ovoc/v1/topology/channels", "channels")
        return [Channel.from_wire(item) for item in items]

    def get_channel(self, channel_id: str) -> Channel | None:
        """One channel (section 6); ``None`` when the platform knows none with this id."""
        route = "/api/ovoc/v1/topology/channels/{id}"
        found = read_known(
            lambda: self.client.request(
                "GET",
                f"/api/ovoc/v1/topology/channels/{segment(channel_id)}",
                route=route,
                about=about(channel_id, "id", "channelId"),
            ),
            f"GET {route}",
        )
        return None if found is None else Channel.from_wire(found)

    def assign_channel(self, owner: Mapping[str, str], channel_id: str) -> None:
        """Attach a lead or a service to a channel (section 5).

        :param owner: exactly one of ``leadMsTenantId``, ``leadId`` and ``umpCustomerGuid``.
        """
        number: int | str = int(channel_id) if channel_id.isdecimal() else channel_id
        body = {**owner, "channelId": number}
        content = self.client.request("PUT", "/api/v3/ovoc/channel/action/assign", body=body, rule=SET)
        succeeded(content, "PUT /api/v3/ovoc/channel/action/assign")

    def remove_channel(self, ms_tenant_id: str) -> None:
        """Detach the lead of a tenant, and its service, from their channel (section 5)."""
        content = self.client.request(
            "PUT",
            "/api/v3/ovoc/channel/action/remove/",
            params={"msTenantId": ms_tenant_id},
            route="/api/v3/ovoc/channel/action/remove",
            rule=SET,
        )
        succeeded(content, "PUT /api/v3/ovoc/channel/action/remove")


def find_channels(api: ChannelRequests, *, channel_id: str | None = None) -> list[Channel]:
    """The channel with this id, or all channels."""
    if channel_id is None:
        return api.list_channels()
    channel = api.get_channel(channel_id)
    if channel is not None:
        return [channel]
    try:
        return [each for each in api.list_channels() if same_text(each.id, channel_id)]
    except ApiError:  # that there is a list is not documented
        return []


def required_channels(api: ChannelRequests, params: Mapping[str, Any]) -> LookupFailed:
    """Return why no channel was found."""
    names: NamesOf = {"channel_id": lambda channel: [channel.id]}
    return nothing_found("channel", params, names, find_channels(api))
