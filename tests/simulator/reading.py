# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading requests as the platform does: names without regard to case, types with regard."""

import json
import re
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from starlette.requests import Request

from simulator.answers import Refusal, validation
from simulator.json_path import path_at

Kind = TypeVar("Kind")
GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def is_guid(text: str) -> bool:
    """Whether the text has the form of a GUID."""
    return GUID.fullmatch(text) is not None


class Query:
    """The query string."""

    def __init__(self, request: Request) -> None:
        pairs = parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True)
        self._values = {name.lower(): value for name, value in pairs}

    def text(self, name: str) -> str | None:
        """The value, or None when it is absent or empty."""
        return self._values.get(name.lower()) or None

    def integer(self, name: str) -> int | None:
        """The value as an integer; 400 when it is none."""
        value = self.text(name)
        if value is None:
            return None
        try:
            return int(value)
        except ValueError:
            raise Refusal(validation({name: [f"The value '{value}' is not valid."]})) from None

    def flag(self, name: str) -> bool:
        """The value as a boolean, false when absent; 400 when it is none."""
        value = (self.text(name) or "false").lower()
        if value not in ("true", "false"):
            raise Refusal(validation({name: [f"The value '{value}' is not valid."]}))
        return value == "true"


class Body:
    """One JSON object. Wrong types are collected and answered together by :meth:`check`."""

    def __init__(self, members: dict[str, Any], path: str = "", errors: dict[str, list[str]] | None = None) -> None:
        self._members = {name.lower(): (name, value) for name, value in members.items()}
        self._path = path
        self.errors: dict[str, list[str]] = {} if errors is None else errors

    def given(self, name: str) -> bool:
        """Whether there is a value that is not null."""
        return self._members.get(name.lower(), ("", None))[1] is not None

    def text(self, name: str) -> str | None:
        """A string."""
        return self._typed(name, str, "a string")

    def integer(self, name: str) -> int | None:
        """An integer; a boolean or a number with a point is none."""
        return self._typed(name, int, "an integer")

    def flag(self, name: str) -> bool | None:
        """A boolean."""
        return self._typed(name, bool, "a boolean")

    def guid(self, name: str) -> str | None:
        """A string in GUID form, in lower case."""
        value = self.text(name)
        if value is not None and not is_guid(value):
            self.wrong(name, f"Error converting value \"{value}\" to type 'System.Guid'. Path '{self._where(name)}'.")
            return None
        return value.lower() if value else None

    def object(self, name: str) -> "Body | None":
        """A nested object."""
        value = self._typed(name, dict, "an object")
        return None if value is None else Body(value, self._where(name), self.errors)

    def strings(self, name: str) -> dict[str, str]:
        """An object of which all values are strings. Its own keys keep their case."""
        value: dict[str, Any] = self._typed(name, dict, "an object") or {}
        for key, item in value.items():
            if not isinstance(item, str):
                self.errors.setdefault(f"{self._where(name)}.{key}", []).append(
                    f"Unexpected value {json.dumps(item)}: a string is expected."
                )
        return {key: item for key, item in value.items() if isinstance(item, str)}

    def texts(self, name: str) -> "list[str]":
        """Strings; one may stand without an array."""
        value = self._members.get(name.lower(), ("", None))[1]
        items = [value] if isinstance(value, str) else value or []
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            self.wrong(name, "A string, or an array of strings, is expected.")
            return []
        return [item for item in items if item]

    def list(self, name: str) -> list[Any] | None:
        """An array."""
        return self._typed(name, list, "an array")

    def wrong(self, name: str, message: str) -> None:
        """Note an error for a member."""
        self.errors.setdefault(self._where(name), []).append(message)

    def check(self) -> None:
        """End the request with 400 when anything was noted."""
        if self.errors:
            raise Refusal(validation(self.errors))

    def _where(self, name: str) -> str:
        sent = self._members.get(name.lower(), (name, None))[0]
        return f"{self._path}.{sent}" if self._path else sent

    def _typed(self, name: str, wanted: type[Kind], words: str) -> Kind | None:
        value = self._members.get(name.lower(), ("", None))[1]
        if value is None:
            return None
        if not isinstance(value, wanted) or (isinstance(value, bool) and wanted is not bool):
            self.wrong(name, f"Unexpected value {json.dumps(value)}: {words} is expected.")
            return None
        return value


async def read_json(request: Request) -> Any:
    """The body's JSON; 400 with the place of the error as key when there is none."""
    content = await request.body()
    if not content:
        raise Refusal(validation({"": ["A non-empty request body is required."]}))
    try:
        text = content.decode()
    except UnicodeDecodeError:
        raise Refusal(validation({"": ["The body is not UTF-8."]})) from None
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        message = f"{error.msg}. Line {error.lineno}, position {error.colno}."
        raise Refusal(validation({path_at(text, error.pos): [message]})) from None


async def read_object(request: Request) -> Body:
    """The body as an object; 400 when it is something else."""
    value = await read_json(request)
    if not isinstance(value, dict):
        raise Refusal(validation({"": [f"Unexpected {type(value).__name__}: an object is expected."]}))
    return Body(value)
