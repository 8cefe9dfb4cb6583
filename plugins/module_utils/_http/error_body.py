# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reading what the platform says when it does not do what was asked (API notes, section 1, 'Error bodies')."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .._core.text import shorten

_LONGEST = 64 * 1024
"""Bytes of an error body that are looked at."""

_HTML_TITLE = re.compile(r"<(title|h1)[^<>]{0,200}>(.{0,500}?)</\1>", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Complaint:
    """What an error answer says, whatever its form.

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
