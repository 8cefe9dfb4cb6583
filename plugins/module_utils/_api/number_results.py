# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the platform says about single numbers, in answers whose form is not documented (API notes, section 9)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from .._core.number_ranges import is_number
from .._core.text import shorten, squeeze
from .json_reader import Reader
from .numbers import phone_number
from .tasks import COMPLETED_PREFIX, TaskState, read_state

_IN_TEXT = re.compile(r"\+[1-9][0-9]{3,14}(?![0-9])")
_NUMBER = ("telephoneNumber", "phoneNumber", "number", "lineUri")
_VERDICT = ("validationResult", "result", "status", "state", "outcome")
_WORDS = ("message", "errorMessage", "reason", "error", "description", "detail", "details", "validationDetail")
_CODE = ("code", "errorCode")

_DEEPEST = 12
_LONGEST = 300


def words_per_number(content: Any, readable: Callable[[str], str] = str) -> dict[int, str]:
    """Return what was said against single numbers, wherever it stands in an answer.

    Only a verdict that is known to be bad, with words, speaks against a number: an upload that went well names its
    numbers too. A text says nothing of the kind.

    :param content: JSON.
    :param readable: makes what the platform says fit to be shown.
    """
    found: dict[int, str] = {}
    for number, words in _said(content, 0):
        if number not in found:
            found[number] = shorten(readable(words), _LONGEST)
    return found


def said_in_failure(text: str, readable: Callable[[str], str] = str) -> dict[int, str]:
    """Return what a message of a task that has failed says against the numbers in it."""
    found: dict[int, str] = {}
    for part in text.split(";"):
        numbers = [int(match.group()) for match in _IN_TEXT.finditer(part)]
        if numbers and _IN_TEXT.sub("", part).strip(" \t,.:[]\"'"):
            found |= dict.fromkeys(numbers, shorten(readable(part), _LONGEST))
    return found


def _said(content: Any, depth: int) -> Iterator[tuple[int, str]]:
    if isinstance(content, list) and depth < _DEEPEST:
        for value in content:
            yield from _said(value, depth + 1)
    elif isinstance(content, Mapping) and depth < _DEEPEST:
        yield from _of_object(content, depth)


def _of_object(content: Mapping[Any, Any], depth: int) -> Iterator[tuple[int, str]]:
    """An object about a number, or one whose keys are numbers, or one that holds such objects."""
    reader = Reader(content)
    number = phone_number(reader, *_NUMBER)
    if number is not None:
        if complaint := _complaint(reader):
            yield number, complaint
        return
    for key, value in content.items():
        if not is_number(key):
            yield from _said(value, depth + 1)
        elif complaint := _complaint(Reader(value)) if isinstance(value, Mapping) else _bad_words(_text_of(value)):
            yield int(key), complaint


def _complaint(reader: Reader) -> str | None:
    """Return what is said against the number of an object: the words beside a bad verdict."""
    if _bad_words(reader.text(*_VERDICT) or "") is None:
        return None
    parts = [_text_of(reader.raw(name)) for name in (*_CODE, *_WORDS)]
    return ": ".join(dict.fromkeys(part for part in parts if part)) or None


def _bad_words(text: str) -> str | None:
    """The text, if it is a bad verdict."""
    return text if read_state(text) is TaskState.FAILED and not squeeze(text).startswith(COMPLETED_PREFIX) else None


def _text_of(value: Any) -> str:
    """Any value as one text."""
    if isinstance(value, Mapping):
        return ": ".join(filter(None, (_text_of(each) for each in value.values())))
    if isinstance(value, list):
        return "; ".join(filter(None, map(_text_of, value)))
    return "" if value is None or isinstance(value, bool) else str(value).strip()


def read_validation(answer: Reader, readable: Callable[[str], str] = str) -> dict[int, str]:
    """Which numbers the platform does not accept, and why. Everything but success is a problem."""
    found: dict[int, str] = {}
    for item in answer.records("telephoneNumbers"):
        number, verdict = phone_number(item, "telephoneNumber"), item.text("validationResult")
        if number is None or squeeze(verdict or "") == "success":
            continue
        details = _text_of(item.raw("validationDetail")) or "it gives no reason"
        found[number] = shorten(readable(f"the platform answers '{verdict}': {details}"), _LONGEST)
    return found
