# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The documented requests, one small typed method each. Sections refer to docs/api_notes.md."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote

from .._core.errors import ApiError
from .._core.text import squeeze
from .._http.client import HttpClient
from .._http.rate_limit import RateLimit
from .._http.retry import READ, SET
from .json_reader import Reader, read_list, read_object, unexpected
from .services import Service
from .tasks import Task

if TYPE_CHECKING:  # each module needs few of the records, so each is imported where it is read
    from .calling_profiles import CallingProfile
    from .channels import Channel
    from .leads import Lead
    from .numbers import NumberRecord
    from .sbcs import Sbc
    from .script_templates import ScriptTemplate
    from .sip_connections import SipConnection

Item = TypeVar("Item")

LEAD_PAGE_SIZE = 20000
"""The largest page that the newest documentation allows."""

SCRIPT_PAGE_SIZE = 1000

NUMBER_PAGE_SIZES = (1000, 200)
"""What is asked for first, and the documented size, for a platform that does not take the first."""

RELEASES = (10, 10.0)
"""Releases of numbers at the most, and the seconds in which (section 9)."""

_TOO_LARGE = (200, 400, 422)
"""Answers to a page size that the platform does not take; some take it and do not give the whole list."""

DEFAULT_DEVICES_PATH = "/api/v2/sbcdevices"
"""A guess: the documentation names the request but not its path (section 6)."""

_DONE = (1, True)
_FAILED = frozenset({"false", "failed", "failure", "error"})

_GUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_IS_GUID = re.compile(_GUID)
_TASK_ID = re.compile(rf"([a-z]{{2,10}}_){{0,2}}{_GUID}|([a-z]{{2,10}}_){{1,2}}[0-9]{{1,20}}", re.IGNORECASE)
"""``wst_<guid>``, ``tsk_<number>``, ``tsk_msjob_<guid>``, a bare guid; a sentence is no task id (section 4)."""

_NO_TASK = re.compile(r"[a-z_]+0+", re.IGNORECASE)
"""``tsk_0``"""


class LivePlatformApi:
    """The platform, as requests. Every method may raise :class:`ApiError` or :class:`LoginError`.

    :param client: sends the requests.
    :param report: told what the user should know although nothing failed.
    """

    def __init__(self, client: HttpClient, report: Callable[[str], None] = lambda message: None) -> None:
        self.client = client
        self._report = report
        self._releases = RateLimit(client.clock, *RELEASES)

    def create_service(self, body: Mapping[str, Any], before_sending: Callable[[], None] = lambda: None) -> str:
        """Create a service from a lead (section 3).

        :param before_sending: called right before the request is sent; what it raises keeps it from being sent.
        :returns: the id of the task to poll.
        :raises ApiError: with ``undecided`` set when the service may be on its way all the same.
        """
        content = self.client.request("POST", "/api/v3/customer", body=dict(body), before_sending=before_sending)
        return _task_in(content, "POST /api/v3/customer")

    def get_task(self, task_id: str) -> Task:
        """The task as it is now (section 4). Sent once; a wait for the task asks again anyway."""
        content = self.client.request(
            "GET",
            f"/api/v2/task/{_segment(task_id)}",
            route="/api/v2/task/{taskId}",
            attempts=1,
            about=_about(task_id, "id", same=_same_task),
        )
        return Task.from_wire(read_object(content, "GET /api/v2/task/{taskId}"), task_id, self.client.readable)

    def list_leads(self, ms_tenant_id: str | None = None, check_online: bool | None = None) -> list[Lead]:
        """All leads, or those of one tenant (section 5)."""
        from .leads import Lead

        params: dict[str, Any] = {}
        if ms_tenant_id is not None:
            params["msTenantId"] = ms_tenant_id
        if check_online is not None:
            params["checkOnline"] = str(check_online).lower()
        try:
            items = self._pages("/api/v2/oc/lead", params, LEAD_PAGE_SIZE, ["leads"], _by("id", "leadId"))
        except ApiError as error:
            # 'Invalild lead' (sic) is a way of saying that the tenant has none.
            if ms_tenant_id is not None and error.http_status == 404 and "lead" in error.text.casefold():
                return []
            raise
        return [Lead.from_wire(item) for item in items]

    def create_lead(self, body: Mapping[str, Any], before_sending: Callable[[], None] = lambda: None) -> None:
        """Create a consentless lead (section 5).

        :param before_sending: called right before the request is sent; what it raises keeps it from being sent.
        :raises ApiError: with ``undecided`` set when the lead may be there all the same.
        """
        self.client.request("POST", "/api/v2/oc/lead", body=dict(body), before_sending=before_sending)

    def delete_lead(self, ms_tenant_id: str) -> bool | None:
        """Delete the consentless lead of a tenant (section 5).

        :returns: whether it was there; ``False`` when the platform knows none, ``None`` when nobody can tell.
        """
        taken, _content = _taken(
            lambda: self.client.request("DELETE", "/api/v2/oc/lead", params={"msTenantID": ms_tenant_id}, rule=SET)
        )
        return taken

    def list_services(self, all_details: bool = False) -> list[Service]:
        """All services of every licence type (section 8); with details, their SIP connections too."""
        params = {"allDetails": str(all_details).lower()}
        items = self._pages("/api/v3/customer", params, None, ["customers", "services"], _by(), bare_is_whole=True)
        return [Service.from_wire(item) for item in items]

    def get_service(self, guid: str) -> Service | None:
        """One service with its SIP connections (section 8); ``None`` when the platform knows none with this guid."""
        route = "/api/v3/customer/{guid}"
        found = _read_known(
            lambda: self.client.request(
                "GET",
                f"/api/v3/customer/{_segment(guid)}",
                params={"allDetails": "true"},
                route=route,
                about=_about(guid, "umpCustomerGuid", "id"),
            ),
            f"GET {route}",
        )
        return None if found is None else Service.from_wire(found)

    def delete_service(self, guid: str) -> bool | None:
        """Delete a service with its SIP connections (section 8).

        :returns: whether it was there; ``False`` when the platform knows none with this guid, ``None`` when nobody can
            tell.
        """
        taken, content = _taken(
            lambda: self.client.request(
                "DELETE", f"/api/v2/customer/{_segment(guid)}", route="/api/v2/customer/{guid}", rule=SET
            )
        )
        return None if taken and content not in _DONE else taken

    def change_service(self, guid: str, body: Mapping[str, Any]) -> str | None:
        """Change parts of a service (section 8). The platform may answer well and change nothing.

        :param body: the parts alone.
        :returns: the id of a task to follow, where one comes.
        """
        route = "/api/v3/customer/{guid}"
        content = self.client.request(
            "PATCH", f"/api/v3/customer/{_segment(guid)}", body=dict(body), route=route, rule=SET
        )
        return read_task_id(content)

    def upgrade_service(
        self, guid: str, body: Mapping[str, Any], before_sending: Callable[[], None] = lambda: None
    ) -> str:
        """Move an OC Essential service to a larger license (section 8).

        :param before_sending: called right before the request is sent; what it raises keeps it from being sent.
        :returns: the id of the task to poll.
        :raises ApiError: with ``undecided`` set when the upgrade may be on its way all the same.
        """
        route = "/api/v2/customer/{guid}/action/upgrade"
        content = self.client.request(
            "POST",
            f"/api/v2/customer/{_segment(guid)}/action/upgrade",
            body=dict(body),
            route=route,
            before_sending=before_sending,
        )
        return _task_in(content, f"POST {route}")

    def list_channels(self) -> list[Channel]:
        """The channels (section 6)."""
        from .channels import Channel

        content = self.client.request("GET", "/api/ovoc/v1/topology/channels")
        items = read_list(content, "GET /api/ovoc/v1/topology/channels", "channels")
        return [Channel.from_wire(item) for item in items]

    def get_channel(self, channel_id: str) -> Channel | None:
        """One channel (section 6); ``None`` when the platform knows none with this id."""
        from .channels import Channel

        route = "/api/ovoc/v1/topology/channels/{id}"
        found = _read_known(
            lambda: self.client.request(
                "GET",
                f"/api/ovoc/v1/topology/channels/{_segment(channel_id)}",
                route=route,
                about=_about(channel_id, "id", "channelId"),
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
        _succeeded(content, "PUT /api/v3/ovoc/channel/action/assign")

    def remove_channel(self, ms_tenant_id: str) -> None:
        """Detach the lead of a tenant, and its service, from their channel (section 5)."""
        content = self.client.request(
            "PUT",
            "/api/v3/ovoc/channel/action/remove/",
            params={"msTenantId": ms_tenant_id},
            route="/api/v3/ovoc/channel/action/remove",
            rule=SET,
        )
        _succeeded(content, "PUT /api/v3/ovoc/channel/action/remove")

    def count_numbers(self, ms_tenant_id: str) -> int | None:
        """How many telephone numbers a tenant has (section 9), by a page of one number.

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
        from .numbers import numbers_of, read_listed

        def read(size: int) -> dict[int, NumberRecord]:
            params = {"msTenantId": ms_tenant_id}
            listed = self._pages("/api/v3/oc/numbers", params, size, ["numbers"], read_listed, bare_is_whole=True)
            return numbers_of(listed, ms_tenant_id)

        try:
            return read(NUMBER_PAGE_SIZES[0])
        except ApiError as error:
            if error.http_status not in _TOO_LARGE:
                raise
        return read(NUMBER_PAGE_SIZES[1])

    def validate_numbers(self, ms_tenant_id: str, numbers: Sequence[str]) -> dict[int, str]:
        """Which numbers the platform does not accept, and why (section 9). It writes nothing."""
        from .number_results import read_validation

        operation = "POST /api/v2/oc/numbers/action/number-status"
        body = {"telephoneNumbers": list(numbers), "msTenantId": ms_tenant_id}
        content = self.client.request("POST", "/api/v2/oc/numbers/action/number-status", body=body, rule=READ)
        return read_validation(read_object(content, operation), self.client.readable)

    def upload_numbers(
        self, ms_tenant_id: str, body: Mapping[str, Any], before_sending: Callable[[], None] = lambda: None
    ) -> str:
        """Give numbers to a tenant (section 9). Some may fail although the task succeeds.

        :param before_sending: called right before the request is sent; what it raises keeps it from being sent.
        :returns: the id of the task to poll.
        :raises ApiError: with ``undecided`` set when the numbers may be on their way all the same.
        """
        content = self.client.request(
            "POST",
            "/api/v2/oc/numbers/action/upload",
            params={"msTenantId": ms_tenant_id},
            body=dict(body),
            before_sending=before_sending,
        )
        return _task_in(content, "POST /api/v2/oc/numbers/action/upload")

    def release_numbers(
        self, ms_tenant_id: str, numbers: Sequence[str], before_sending: Callable[[], None] = lambda: None
    ) -> str:
        """Take numbers from a tenant (section 9); as :meth:`upload_numbers`, and no faster than is documented."""

        def at_last() -> None:
            before_sending()  # it may take a while, so the pace is kept after it
            self._releases.enter()

        content = self.client.request(
            "POST",
            "/api/v2/oc/numbers/action/release",
            params={"msTenantId": ms_tenant_id},
            body=list(numbers),
            before_sending=at_last,
        )
        return _task_in(content, "POST /api/v2/oc/numbers/action/release")

    def unassign_numbers(
        self, ms_tenant_id: str, numbers: Sequence[str], before_sending: Callable[[], None] = lambda: None
    ) -> str:
        """Take numbers from their users in Teams (section 9); as :meth:`upload_numbers`."""
        content = self.client.request(
            "POST",
            "/api/v2/oc/numbers/action/unassign",
            params={"msTenantId": ms_tenant_id},
            body={"telephoneNumbers": list(numbers)},
            before_sending=before_sending,
        )
        return _task_in(content, "POST /api/v2/oc/numbers/action/unassign")

    def confirm_removal(self, numbers: Sequence[str]) -> None:
        """Confirm that numbers which Microsoft no longer has are removed (section 9). Part of it may be done."""
        body = {"telephoneNumbers": list(numbers)}
        content = self.client.request("POST", "/api/v3/oc/numbers/action/ready-for-removal", body=body, rule=SET)
        _succeeded(content, "POST /api/v3/oc/numbers/action/ready-for-removal")

    def clear_removal(self, numbers: Sequence[str]) -> None:
        """Keep numbers which are marked for removal (section 9). Part of it may be done."""
        body = {"telephoneNumbers": list(numbers)}
        content = self.client.request("POST", "/api/v3/oc/action/clear-removal-status", body=body, rule=SET)
        _succeeded(content, "POST /api/v3/oc/action/clear-removal-status")

    def get_sip_connection(self, site_location_id: str, guid: str | None = None) -> SipConnection | None:
        """One SIP connection read back (section 8); ``None`` when there is none with this id. Holds secrets."""
        from .sip_connections import SipConnection

        route = "/api/v2/sitelocation/{id}"
        found = _read_known(
            lambda: self.client.request(
                "GET",
                f"/api/v2/sitelocation/{_segment(site_location_id)}",
                route=route,
                about=_about(site_location_id, "id", "siteLocationId"),
            ),
            f"GET {route}",
        )
        return None if found is None else SipConnection.from_wire(found, site_location_id, guid)

    def list_script_templates(self, script_type: str = "Any", all_details: bool = False) -> list[ScriptTemplate]:
        """The script templates (section 7).

        :param script_type: ``Any``, ``SBC`` or ``M365``.
        """
        from .script_templates import ScriptTemplate

        params = {"scriptType": script_type, "allDetails": str(all_details).lower()}
        items = self._pages("/api/v2/scripttemplates", params, SCRIPT_PAGE_SIZE, ["scriptTemplates"], _by("id", "name"))
        return [ScriptTemplate.from_wire(item) for item in items]

    def list_calling_profiles(self) -> list[CallingProfile]:
        """The calling profiles with their enrolled trunks (section 6)."""
        from .calling_profiles import CallingProfile

        content = self.client.request("GET", "/api/v2/oc/callingprofile")
        items = read_list(content, "GET /api/v2/oc/callingprofile", "callingProfiles")
        return [CallingProfile.from_wire(item) for item in items]

    def list_sbc_devices(self, path: str) -> list[Sbc]:
        """The SBC devices, from a path that the documentation leaves open (section 6)."""
        from .sbcs import Sbc

        content = self.client.request("GET", "/" + path.lstrip("/"))
        items = read_list(content, f"GET {path}", "sbcs", "devices", "sbcDevices")
        return [sbc for item in items if (sbc := Sbc.from_wire(item)) is not None]

    def _pages(
        self,
        path: str,
        params: Mapping[str, Any],
        size: int | None,
        wrappers: Sequence[str],
        of: Callable[[Reader], tuple[Hashable, Item]],
        *,
        bare_is_whole: bool = False,
    ) -> list[Item]:
        """All records of a list that comes in pages.

        :param size: records to ask for on a page; ``None``: the platform decides.
        :param of: what tells a record from others, and what is read of it.
        :param bare_is_whole: a list without an envelope does not come in pages.
        :raises ApiError: nobody can tell what else there is.
        """
        from .paging import Page, page_of, read_pages

        operation = f"GET {path}"

        def fetch(number: int | None) -> Page[tuple[Hashable, Item]]:
            page = {"PageNumber": number, "PageSize": size}
            asked = {name: value for name, value in page.items() if value is not None}
            content = self.client.request("GET", path, params={**params, **asked})
            return page_of(content, [of(item) for item in read_list(content, operation, *wrappers)], bare_is_whole)

        items, whole = read_pages(fetch, lambda item: item[0], size, self.client.clock.sleep)
        if not whole:
            raise ApiError(
                f"{operation}: {len(items):,} records were read, and there may be more: the list has changed whenever "
                "it was read, or the platform does not give all that it announces",
                operation=operation,
                http_status=200,
                transient=True,
                hint="run again when nobody changes what is listed",
            )
        return [item for _key, item in items]


def _by(*names: str) -> Callable[[Reader], tuple[Hashable, Reader]]:
    """Records that are told apart by these members, or else by all that they say."""
    return lambda item: ((item.text(*names) if names else None) or item.fingerprint(), item)


def read_task_id(content: Any) -> str | None:
    """The task id in the first answer of a long-running request, in any of its forms (section 1)."""
    if isinstance(content, Mapping):
        content = Reader(content).raw("jobId", "taskId", "id")
    text = content.strip().strip('"') if isinstance(content, str) else ""
    return text if _TASK_ID.fullmatch(text) and not _NO_TASK.fullmatch(text) else None


def _segment(named: str) -> str:
    """An id as part of a path. Half a character, which no id holds, becomes another that names nothing."""
    return quote(named, safe="", errors="replace")


def _same_id(named: str, asked: str) -> bool:
    """Whether both are the same id; ids of two kinds, such as a guid and a number, may be of one object."""
    first, second = named.strip(" {}").casefold(), asked.strip(" {}").casefold()
    return first == second or bool(_IS_GUID.fullmatch(first)) != bool(_IS_GUID.fullmatch(second))


def _about(asked: str, *names: str, same: Callable[[str, str], bool] = _same_id) -> Callable[[Any], bool]:
    """Whether an answer is about the object with this id.

    :param names: members that hold the id. An answer without them is believed.
    """

    def is_about(content: Any) -> bool:
        content = content[0] if isinstance(content, list) and len(content) == 1 else content
        named = Reader(content).text(*names) if isinstance(content, Mapping) else None
        return named is None or same(named, asked)

    return is_about


def _read_known(request: Callable[[], Any], operation: str) -> Reader | None:
    """The object in the answer; ``None`` when the platform knows none."""
    try:
        content = request()
    except ApiError as error:
        if error.http_status == 404:
            return None
        raise
    return read_object(content, operation)


def _taken(delete: Callable[[], Any]) -> tuple[bool | None, Any]:
    """Whether a deletion found something to delete, and the answer.

    Not found on a second try may mean that the first one, whose answer was lost, has done it, or that it never arrived.
    """
    try:
        return True, delete()
    except ApiError as error:
        if error.http_status != 404:
            raise
        return (None if error.attempts > 1 else False), None


def _task_in(content: Any, operation: str) -> str:
    """The task id in the answer to a submission.

    :raises ApiError: there is none, so what was submitted may be on its way all the same.
    """
    task_id = read_task_id(content)
    if task_id is None:
        raise unexpected(operation, "a task id", content, undecided=True)
    return task_id


def _succeeded(content: Any, operation: str) -> None:
    """:raises ApiError: the answer itself says that it has failed, in either of its forms."""
    if not isinstance(content, Mapping):  # reading back tells what came of it
        return
    answer = Reader(content)
    said = answer.raw("succeeded")
    said = answer.raw("status") if said is None else said
    if said is False or (isinstance(said, str) and squeeze(said) in _FAILED):
        words = answer.text("message", "data", "msg") or "it gives no reason"
        raise ApiError(
            f"{operation}: the platform answered that it failed: {words}",
            operation=operation,
            http_status=200,
            text=words,
            hint="correct what the platform names, then run again",
        )


def _same_task(named: str, task_id: str) -> bool:
    """Whether an answer is about this task; the platform may leave the prefix of an id out."""
    first, second = named.strip().casefold(), task_id.strip().casefold()
    return first == second or first.endswith(f"_{second}") or second.endswith(f"_{first}")
