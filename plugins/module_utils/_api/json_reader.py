# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reading the platform's JSON without trusting it: any case of the keys, any member missing, null or of another type.

What is not there or cannot be what it should be reads as ``None`` (or an empty list). Only a whole answer of the wrong
shape is an error: an answer that cannot be understood must never look like an empty list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from .._core.errors import ApiError
from .._core.text import squeeze
from .._http.client import HttpClient

NO_DATE = "0001-01-01"

_FAILED = frozenset({"false", "failed", "failure", "error"})

_GUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_IS_GUID = re.compile(_GUID)
_TASK_ID = re.compile(rf"([a-z]{{2,10}}_){{0,2}}{_GUID}|([a-z]{{2,10}}_){{1,2}}[0-9]{{1,20}}", re.IGNORECASE)
"""``wst_<guid>``, ``tsk_<number>``, ``tsk_msjob_<guid>``, a bare guid; a sentence is no task id (section 4)."""

_NO_TASK = re.compile(r"[a-z_]+0+", re.IGNORECASE)
"""``tsk_0``"""


_GUID_DIGITS = re.compile(r"[0-9A-Fa-f]{32}")


class Reader:
    """One JSON object, read case-insensitively (API notes, section 1)."""

    def __init__(self, content: Mapping[Any, Any]) -> None:
        self._content = {str(key).casefold(): value for key, value in content.items()}

    def fingerprint(self) -> str:
        """Return what tells this object from others when it has no id: all that it says."""
        return repr(self._content)

    def has(self, name: str) -> bool:
        """Return whether this member is there, be it null."""
        return name.casefold() in self._content

    def raw(self, *names: str) -> Any:
        """The first of these members that is there and not null."""
        for name in names:
            value = self._content.get(name.casefold())
            if value is not None:
                return value
        return None

    def text(self, *names: str) -> str | None:
        """A non-empty string; a number is given back as its digits."""
        value = self.raw(*names)
        if isinstance(value, str):
            return value if value.strip() else None
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return str(value)
        return None

    def guid(self, *names: str) -> str | None:
        """Return a guid in the form with dashes, whichever form of .NET it comes in.

        The one of nothing but zeros, which .NET writes where there is none, is ``None``.
        """
        value = self.text(*names)
        if value is None or not value.strip("{}()-0 "):
            return None
        digits = value.strip(" {}()").replace("-", "")
        if not _GUID_DIGITS.fullmatch(digits):
            return value
        return "-".join(digits[start:end] for start, end in ((0, 8), (8, 12), (12, 16), (16, 20), (20, 32)))

    def integer(self, *names: str) -> int | None:
        """An integer, also when it comes as a string or as a float without fraction."""
        value = self.raw(*names)
        if isinstance(value, bool):
            return None
        if isinstance(value, float):
            return int(value) if value.is_integer() else None
        try:
            return int(value)
        except (TypeError, ValueError):
            return None

    def flag(self, *names: str) -> bool | None:
        """A boolean, also as the words true and false."""
        value = self.raw(*names)
        if isinstance(value, str):
            return {"true": True, "false": False}.get(value.strip().casefold())
        return value if isinstance(value, bool) else None

    def moment(self, *names: str) -> str | None:
        """A time as the platform writes it; its 'no date' is ``None``."""
        value = self.text(*names)
        return None if value is None or value.startswith(NO_DATE) else value

    def items(self, *names: str) -> list[Any]:
        """A list; a single value in its place is a list of one."""
        value = self.raw(*names)
        if value is None:
            return []
        return list(value) if isinstance(value, list) else [value]

    def texts(self, *names: str) -> list[str]:
        """The non-empty strings of a list."""
        return [str(item) for item in self.items(*names) if isinstance(item, (str, int)) and str(item).strip()]

    def records(self, *names: str) -> list[Reader]:
        """The objects of a list."""
        return [Reader(item) for item in self.items(*names) if isinstance(item, Mapping)]

    def record(self, *names: str) -> Reader:
        """An object; an empty one when it is missing."""
        value = self.raw(*names)
        return Reader(value if isinstance(value, Mapping) else {})

    def mapping(self, *names: str) -> dict[str, Any]:
        """An object with its own keys as they are."""
        value = self.raw(*names)
        return {str(key): item for key, item in value.items()} if isinstance(value, Mapping) else {}


def read_list(content: Any, operation: str, *wrappers: str) -> list[Reader]:
    """The objects of a list answer: bare, in a second bracket, or wrapped in a named key (API notes, section 1).

    :raises ApiError: the answer is no such list.
    """
    if isinstance(content, Mapping):
        wrapped = Reader(content).raw(*wrappers, "data")
        if not isinstance(wrapped, list):
            raise unexpected(operation, "a list", content)
        content = wrapped
    if not isinstance(content, list):
        raise unexpected(operation, "a list", content)
    if len(content) == 1 and isinstance(content[0], list):
        content = content[0]
    if not all(isinstance(item, Mapping) for item in content):
        raise unexpected(operation, "a list of objects", content)
    return [Reader(item) for item in content]


def read_object(content: Any, operation: str) -> Reader:
    """The object of an answer, also when it comes as a list of one.

    :raises ApiError: the answer is no object.
    """
    if isinstance(content, list) and len(content) == 1:
        content = content[0]
    if not isinstance(content, Mapping):
        raise unexpected(operation, "an object", content)
    return Reader(content)


def unexpected(operation: str, wanted: str, content: Any, *, undecided: bool = False) -> ApiError:
    """The answer is JSON, but not what the request answers with."""
    names = {type(None): "nothing", dict: "an object", list: "a list", str: "a string", bool: "a boolean"}
    got = names.get(type(content), "a number")
    if got == wanted:
        got += " of another kind"
    return ApiError(
        f"{operation}: the platform answered with {got} where {wanted} is expected",
        operation=operation,
        http_status=200,
        text=got,
        undecided=undecided,
        transient=True,
        hint="check base_url, and whether a proxy or another version of the platform answers there",
    )


class Requests:
    """The requests about one kind of objects. Every method may raise :class:`ApiError` or :class:`LoginError`.

    :param client: sends the requests.
    """

    def __init__(self, client: HttpClient) -> None:
        self.client = client


def segment(named: str) -> str:
    """An id as part of a path. Half a character, which no id holds, becomes another that names nothing."""
    return quote(named, safe="", errors="replace")


def _same_id(named: str, asked: str) -> bool:
    """Return whether both are the same id; ids of two kinds, such as a guid and a number, may be of one object."""
    first, second = named.strip(" {}").casefold(), asked.strip(" {}").casefold()
    return first == second or bool(_IS_GUID.fullmatch(first)) != bool(_IS_GUID.fullmatch(second))


def about(asked: str, *names: str, same: Callable[[str, str], bool] = _same_id) -> Callable[[Any], bool]:
    """Return whether an answer is about the object with this id.

    :param names: members that hold the id. An answer without them is believed.
    """

    def is_about(content: Any) -> bool:
        content = content[0] if isinstance(content, list) and len(content) == 1 else content
        named = Reader(content).text(*names) if isinstance(content, Mapping) else None
        return named is None or same(named, asked)

    return is_about


def read_known(request: Callable[[], Any], operation: str) -> Reader | None:
    """The object in the answer; ``None`` when the platform knows none."""
    try:
        content = request()
    except ApiError as error:
        if error.http_status == 404:
            return None
        raise
    return read_object(content, operation)


def read_task_id(content: Any) -> str | None:
    """The task id in the first answer of a long-running request, in any of its forms (section 1)."""
    if isinstance(content, Mapping):
        content = Reader(content).raw("jobId", "taskId", "id")
    text = content.strip().strip('"') if isinstance(content, str) else ""
    return text if _TASK_ID.fullmatch(text) and not _NO_TASK.fullmatch(text) else None


def taken_by(delete: Callable[[], Any]) -> tuple[bool | None, Any]:
    """Return whether a deletion found something to delete, and the answer.

    Not found on a second try may mean that the first one, whose answer was lost, has done it, or that it never arrived.
    """
    try:
        return True, delete()
    except ApiError as error:
        if error.http_status != 404:
            raise
        return (None if error.attempts > 1 else False), None


def task_in(content: Any, operation: str) -> str:
    """The task id in the answer to a submission.

    :raises ApiError: there is none, so what was submitted may be on its way all the same.
    """
    task_id = read_task_id(content)
    if task_id is None:
        raise unexpected(operation, "a task id", content, undecided=True)
    return task_id


def succeeded(content: Any, operation: str) -> None:
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
