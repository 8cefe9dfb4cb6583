# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A telephone number of a tenant (API notes, section 9). There may be thousands, so a record is small."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from sys import intern
from typing import Any, NamedTuple

from .._core.number_ranges import written
from .._core.string_enum import StringEnum
from .._core.text import same_text, squeeze
from .json_reader import Reader


class NumberStatus(StringEnum):
    """What the platform says of a number that it lists."""

    ACTIVE = "active"
    RELEASE_REQUESTED = "release_requested"
    MARKED = "marked_for_removal"
    READY = "ready_for_removal"
    UNKNOWN = "unknown"


_STATUSES: Mapping[str, NumberStatus] = {
    "": NumberStatus.ACTIVE,
    "active": NumberStatus.ACTIVE,
    "releaserequested": NumberStatus.RELEASE_REQUESTED,
    "markedforremoval": NumberStatus.MARKED,
    "2": NumberStatus.MARKED,
    "readyforremoval": NumberStatus.READY,
    "3": NumberStatus.READY,
}
"""Squeezed words. A number without a status is listed all the same."""

UNASSIGNED = "unassigned"


class Source(StringEnum):
    """Where a number came from."""

    WEBAPI = "webapi"
    WEBUI = "webui"
    OCSYNC = "ocsync"
    """A synchronisation with Microsoft, which is not always named."""


class NumberRecord(NamedTuple):
    """One number. Words are as the platform writes them."""

    number: int
    status: str | None = None
    assignment: str | None = None
    source: str | None = None
    calling_profile_id: str | None = None
    tenant_calling_profile_id: str | None = None
    capabilities: tuple[str, ...] = ()
    country: str | None = None
    acquired_on: str | None = None
    sip_connection: str | None = None
    ump_customer_guid: str | None = None
    customer: str | None = None

    @classmethod
    def from_wire(cls, item: Reader) -> NumberRecord | None:
        """``None`` when it has no number in E.164 form."""
        number = item.phone_number("telephoneNumber", "number")
        if number is None:
            return None

        def word(*names: str) -> str | None:
            text = item.text(*names)
            return None if text is None else intern(text)  # thousands of numbers share these

        return cls(
            number=number,
            status=word("acquiredNumberStatus"),
            assignment=word("assignmentStatus"),
            source=word("source"),
            calling_profile_id=word("callingProfileId"),
            tenant_calling_profile_id=word("tenantCallingProfileId"),
            capabilities=_shared(tuple(item.texts("acquiredCapabilities"))),
            country=word("isoCountryCode"),
            acquired_on=item.moment("acquiredOn"),
            sip_connection=word("ocSipConnectionName"),
            ump_customer_guid=word("umpCustomerGuid"),
            customer=word("umpCustomerFullName", "msCompanyName"),
        )

    @property
    def state(self) -> NumberStatus:
        """What its status means."""
        return _STATUSES.get(squeeze(self.status or ""), NumberStatus.UNKNOWN)

    @property
    def assigned(self) -> bool:
        """Return whether somebody may use it. Without a word, or with one that is not known, it counts as used."""
        return squeeze(self.assignment or "") != UNASSIGNED

    @property
    def origin(self) -> str:
        """Its source, one of :class:`Source` where the platform's word is known."""
        return squeeze(self.source) if self.source else str(Source.OCSYNC)

    def has_profile(self, profile_id: str) -> bool | None:
        """Whether it has this calling profile; ``None`` when the platform does not show one."""
        shown = [each for each in (self.calling_profile_id, self.tenant_calling_profile_id) if each is not None]
        return any(same_text(each, profile_id) for each in shown) if shown else None

    def to_dict(self) -> dict[str, Any]:
        return {**self._asdict(), "number": written(self.number), "capabilities": list(self.capabilities)}


_CAPABILITIES: dict[tuple[str, ...], tuple[str, ...]] = {}
_MOST_SHARED = 1000


def _shared(words: tuple[str, ...]) -> tuple[str, ...]:
    """One object for the same words."""
    if len(_CAPABILITIES) >= _MOST_SHARED:
        _CAPABILITIES.clear()
    return _CAPABILITIES.setdefault(words, words)


Listed = tuple["str | None", "NumberRecord | None"]
"""What a list says of a number: the tenant, where it names one, and the number, where it is one in E.164 form."""


def read_listed(item: Reader) -> tuple[str, Listed]:
    """What tells a number of a list from others, and what the list says of it."""
    key = item.text("telephoneNumber") or item.fingerprint()
    return key, (item.guid("tenantId", "msTenantId"), NumberRecord.from_wire(item))


def numbers_of(listed: Sequence[Listed], ms_tenant_id: str) -> dict[int, NumberRecord]:
    """The numbers of a tenant.

    A list that names another tenant was not narrowed to this one, so a number that names none may be anybody's.
    """
    narrowed = all(owner is None or same_text(owner, ms_tenant_id) for owner, _record in listed)
    return {
        record.number: record
        for owner, record in listed
        if record is not None and (narrowed if owner is None else same_text(owner, ms_tenant_id))
    }
