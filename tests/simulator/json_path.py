# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where in a JSON text a position lies, in the notation of the platform's error keys (``siteLocation.sbcId``)."""

from dataclasses import dataclass


@dataclass
class _Level:
    is_list: bool
    expects_key: bool
    key: str = ""
    index: int = 0


def path_at(text: str, position: int) -> str:
    """The path of the innermost member that the position belongs to; empty at the top level."""
    levels: list[_Level] = []
    at = 0
    end = min(position, len(text))
    while at < end:
        char = text[at]
        if char == '"':
            close = _closing_quote(text, at + 1)
            if levels and levels[-1].expects_key and close < end:
                levels[-1].key = text[at + 1 : close]
            at = close
        elif char in "{[":
            levels.append(_Level(is_list=char == "[", expects_key=char == "{"))
        elif levels:
            _step(levels, char)
        at += 1
    return _join(levels)


def _step(levels: list[_Level], char: str) -> None:
    if char in "}]":
        levels.pop()
    elif char == ":":
        levels[-1].expects_key = False
    elif char == ",":
        levels[-1].expects_key = not levels[-1].is_list
        levels[-1].index += 1


def _join(levels: list[_Level]) -> str:
    path = ""
    for level in levels:
        if level.is_list:
            path += f"[{level.index}]"
        elif level.key:
            path += f".{level.key}" if path else level.key
    return path


def _closing_quote(text: str, start: int) -> int:
    at = start
    while at < len(text) and text[at] != '"':
        at += 2 if text[at] == "\\" else 1
    return at
