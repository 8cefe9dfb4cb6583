# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The body of an answer: read within bounds of size, of compression and of the number of its values.

What the platform says when it does not do what was asked has several forms (API notes, section 1, 'Error bodies').

Nothing is unpacked by ``urllib3``: before its version 2.6 it unpacks everything at once, also what was packed twice.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from .._core.text import shorten

LARGEST_ANSWER = 256 * 1024 * 1024
"""Bytes. 20,000 leads are some 30 MB; what is larger than this is not an answer."""

LARGEST_REFUSAL = 1024 * 1024
"""Bytes that are read of an answer that is no success; what follows is not looked at."""

MOST_RECORDS = 1_000_000
MOST_VALUES = 8_000_000
"""Objects and lists in an answer, and values in all. A record costs half a kilobyte, however short it is written;
20,000 leads with all their members are two million values.
"""

MOST_PACKED = 200
"""How many times its size an answer may unpack to, beyond the first MiB. Lists of alike records reach fifty."""

_CHUNK = 64 * 1024
_GZIP = 16 + zlib.MAX_WBITS

_HALF_PAIR = re.compile(
    r"\\(?:ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}|(ud[89a-f][0-9a-f]{2})|.)", re.IGNORECASE | re.DOTALL
)
"""An escape of JSON; the group is half of a character beyond the first plane, without its other half."""

_NOT_ACCEPTED_HINT = "the platform names what it does not accept; correct the input"
OUTAGE_HINT = "the platform, or a proxy in front of it, has a failure; running again later is safe"
HINTS: Mapping[int, str] = {
    400: _NOT_ACCEPTED_HINT,
    401: "check that auth_scope belongs to this platform and that the application may use its API",
    403: "the application lacks a permission for this request, or for this channel (ovoc_channel_id)",
    404: "check base_url (it ends with /tenantui) and the ids in the request",
    405: "this platform version may not know the request; check base_url (it ends with /tenantui)",
    409: "something with this identity exists or is being worked on",
    422: _NOT_ACCEPTED_HINT,
    429: "the platform limits the rate of requests; run again later or with less concurrency",
}
"""What to do about an answer with this status."""


class BadBody(Exception):
    """The body cannot be used.

    :param permanent: it will be no better next time.
    """

    def __init__(self, reason: str, *, permanent: bool) -> None:
        super().__init__(reason)
        self.permanent = permanent


def read_body(response: Any) -> bytes:
    """Read and unpack the body of an answer of ``requests`` that has not been touched yet.

    :raises BadBody: it is too much, or packed in a way that was not asked for.
    """
    if not 200 <= response.status_code < 300:
        return _beginning(response)
    parts: list[bytes] = []
    size = 0
    for part in _unpacked(response):
        size += len(part)
        if size > LARGEST_ANSWER:
            raise BadBody(f"the answer is larger than {LARGEST_ANSWER // 2**20} MiB", permanent=True)
        parts.append(part)
    body = b"".join(parts)
    records = body.count(b"{") + body.count(b"[")
    if records > MOST_RECORDS or records + body.count(b",") > MOST_VALUES:
        raise BadBody(f"the answer holds more than {MOST_RECORDS} records or {MOST_VALUES} values", permanent=True)
    return body


def _beginning(response: Any) -> bytes:
    """Return what there is to read of an answer that is no success; its status says the most."""
    body = b""
    with suppress(BadBody):
        for part in _unpacked(response):
            body += part
            if len(body) > LARGEST_REFUSAL:
                break
    return body[:LARGEST_REFUSAL]


def read_json(body: bytes) -> Any:
    """Return the content. Half a character, which no text may hold, becomes the replacement character.

    :raises ValueError: the body is empty, cut, or not JSON.
    """
    text = body.decode(json.detect_encoding(body))
    if "\\ud" in text or "\\uD" in text:
        text = _HALF_PAIR.sub(lambda found: "\\ufffd" if found[1] else found[0], text)
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _unpacked(response: Any) -> Iterator[bytes]:
    """The content in pieces, none of them large."""
    coding = response.headers.get("content-encoding", "").strip().casefold()
    if coding in ("", "identity"):
        yield from _pieces(response)
        return
    if coding not in ("gzip", "x-gzip"):
        raise BadBody("the answer is packed in a way that was not asked for", permanent=True)
    packed = unpacked = 0
    unpacker = zlib.decompressobj(_GZIP)
    for piece in _pieces(response):
        packed += len(piece)
        rest = piece
        while rest and not unpacker.eof:
            try:
                part = unpacker.decompress(rest, _CHUNK)
            except zlib.error:
                raise BadBody("the answer cannot be unpacked", permanent=False) from None
            unpacked += len(part)
            yield part
            if unpacked > max(LARGEST_REFUSAL, MOST_PACKED * packed):
                raise BadBody(f"the answer unpacks to more than {MOST_PACKED} times its size", permanent=True)
            rest = unpacker.unconsumed_tail
    if packed and not unpacker.eof:
        raise BadBody("the answer broke off", permanent=False)


def _pieces(response: Any) -> Iterator[bytes]:
    """The body as it arrives. urllib3 1 has no ``read1`` and hands out a piece only when it is full."""
    read1 = getattr(response.raw, "read1", None)
    if read1 is None:
        yield from response.raw.stream(_CHUNK, decode_content=False)
        return
    while piece := read1(_CHUNK, decode_content=False):
        yield piece


_LONGEST = 64 * 1024
"""Bytes of an error body that are looked at."""

_HTML_TITLE = re.compile(r"<(title|h1)[^<>]{0,200}>(.{0,500}?)</\1>", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Complaint:
    """Hold what an error answer says, whatever its form.

    :param text: in the platform's own words, one line.
    :param errors: messages per field.
    """

    text: str
    code: str | None = None
    errors: Mapping[str, list[str]] = field(default_factory=dict)
    trace_id: str | None = None


def read_complaint(body: bytes, mask: Callable[[Any], Any]) -> Complaint:
    """Understand an error body. Never raises: a body that fits no form is shown shortened.

    :param mask: takes the secrets out; before anything is shortened, since half a secret could not be told any more.
    """
    text = mask(body[:_LONGEST].decode("utf-8", errors="replace").strip())
    if not text:
        return Complaint("an empty answer")
    try:
        content = mask(json.loads(text))
    except (ValueError, RecursionError):
        return Complaint(_page_title(text))
    if isinstance(content, Mapping):
        return _read_problem(content)
    if isinstance(content, str) and content.strip():
        return Complaint(shorten(content))
    return Complaint(shorten(text))


def _read_problem(content: Mapping[Any, Any]) -> Complaint:
    """Problem objects (forms 1 to 3), and Entra's ``error``/``error_description``."""
    parts = {str(key).casefold(): value for key, value in content.items()}
    errors = _field_errors(parts.get("errors"))
    said = [_line(parts.get(key)) for key in ("title", "detail", "error_description", "message", "msg", "error")]
    words = [word for number, word in enumerate(said) if word and word not in said[:number]][:2]
    words += [f"{name}: {' '.join(messages)}" if name else " ".join(messages) for name, messages in errors.items()]
    ticket = _line(parts.get("errorticket"))
    if ticket:
        words.append(f"error ticket {ticket}")
    return Complaint(
        text=shorten(". ".join(word.rstrip(". ") for word in words), 600) or shorten(json.dumps(content)),
        code=_line(parts.get("errorcode")) or None,
        errors=errors,
        trace_id=_line(parts.get("traceid")) or _line(parts.get("trace_id")) or None,
    )


def _field_errors(value: Any) -> dict[str, list[str]]:
    if isinstance(value, Mapping):
        return {
            str(name): [_line(item) for item in messages] if isinstance(messages, list) else [_line(messages)]
            for name, messages in value.items()
        }
    if isinstance(value, list):
        return {"": [_line(item) for item in value]} if value else {}
    return {}


def _line(value: Any) -> str:
    if value is None or isinstance(value, (Mapping, list)):
        return ""
    return shorten(str(value))


def _page_title(text: str) -> str:
    """HTML from a proxy is told by its title; anything else is shown as it is."""
    if "<html" not in text[:1000].lower() and "<!doctype" not in text[:1000].lower():
        return shorten(text)
    title = _HTML_TITLE.search(text)
    words = shorten(re.sub(r"<[^<>]+>", " ", title.group(2)), 100) if title else ""
    return f"an HTML page '{words}', probably from a proxy in between" if words else "an HTML page, not the API"
