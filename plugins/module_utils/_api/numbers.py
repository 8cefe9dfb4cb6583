# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A telephone number of a tenant (API notes, section 9). There may be thousands, so a record is small."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from sys import intern
from typing import Any, NamedTuple

from .._core.errors import ApiError, LookupFailed
from .._core.look_alikes import as_asked
from .._core.number_ranges import is_number, numbers_in, read_ranges, written
from .._core.text import StringEnum, same_text, squeeze
from .json_reader import Reader, Requests, read_object
from .paging import list_pages

NUMBER_PAGE_SIZES = (1000, 200)
"""What is asked for first, and the documented size, for a platform that does not take the first."""

_TOO_LARGE = (200, 400, 422)
"""Answers to a page size that the platform does not take; some take it and do not give the whole list."""


class NumberStatus(StringEnum):
    """List the statuses of numbers as the platform writes them."""

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
    """List where a number can come from."""

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
        number = phone_number(item, "telephoneNumber", "number")
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
        """Return what its status means."""
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
        """Return whether it has this calling profile; ``None`` when the platform does not show one."""
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
    """Return what tells a number of a list from others, and what the list says of it."""
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


def phone_number(item: Reader, *names: str) -> int | None:
    """Return the telephone number in E.164 form, also without its +, that one of these members holds."""
    value = item.text(*names)
    value = value if value is None or value.startswith("+") else f"+{value}"
    return int(value) if is_number(value) else None


class NumberRequests(Requests):
    """The requests that look at the telephone numbers of a tenant (API notes, section 9)."""

    def count_numbers(self, ms_tenant_id: str) -> int | None:
        """Return how many telephone numbers a tenant has (section 9), by a page of one number.

        It is asked for once, since it is for a warning.

        :returns: ``None`` when the platform does not tell.
        """
        params = {"msTenantId": ms_tenant_id, "PageNumber": 1, "PageSize": 1}
        try:
            content = self.client.request("GET", "/api/v3/oc/numbers", params=params, attempts=1)
            return read_object(content, "GET /api/v3/oc/numbers").integer("totalRecords")
        except ApiError:
            return None

    def list_numbers(self, ms_tenant_id: str) -> dict[int, NumberRecord]:
        """All telephone numbers of a tenant (section 9).

        :raises ApiError: a part is missing, so nobody can tell which numbers are not there.
        """

        def read(size: int) -> dict[int, NumberRecord]:
            params = {"msTenantId": ms_tenant_id}
            listed = list_pages(
                self.client, "/api/v3/oc/numbers", params, size, ["numbers"], of=read_listed, bare_is_whole=True
            )
            return numbers_of(listed, ms_tenant_id)

        try:
            return read(NUMBER_PAGE_SIZES[0])
        except ApiError as error:
            if error.http_status not in _TOO_LARGE:
                raise
        return read(NUMBER_PAGE_SIZES[1])


def find_numbers(
    api: NumberRequests,
    ms_tenant_id: str,
    *,
    numbers: Sequence[Any] | None = None,
    statuses: Collection[str] | None = None,
    assignments: Collection[str] | None = None,
    sources: Collection[str] | None = None,
) -> list[NumberRecord]:
    """The telephone numbers of a tenant that fit all that is given.

    :param numbers: numbers and ranges.
    """
    wanted = set(numbers_in(read_ranges(numbers, "numbers"))) if numbers else None
    by_word: tuple[tuple[Collection[str] | None, Callable[[NumberRecord], str]], ...] = (
        (statuses, lambda record: record.status or "active"),
        (assignments, lambda record: record.assignment or ""),
        (sources, lambda record: record.origin),
    )
    given = [({squeeze(word) for word in words}, read) for words, read in by_word if words]
    return [
        record
        for number, record in api.list_numbers(ms_tenant_id).items()
        if (wanted is None or number in wanted) and all(squeeze(read(record)) in words for words, read in given)
    ]


def required_numbers(ms_tenant_id: str, params: Mapping[str, Any]) -> LookupFailed:
    """Return why no telephone number was found."""
    asked = " and ".join(f"{option} {as_asked(value)}" for option, value in params.items() if value)
    return LookupFailed(
        f"no telephone number of tenant {ms_tenant_id} was found{f' with {asked}' if asked else ''}",
        operation="GET /api/v3/oc/numbers",
        hint="without these options, all numbers of the tenant are returned",
    )
