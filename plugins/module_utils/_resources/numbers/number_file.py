# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A file of telephone numbers: one item a line, or CSV with a header."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from ..._core.errors import InputError
from ..._core.regular_files import UnusableFile, read_file
from ..._core.text import did_you_mean, printable, quoted

KEYS = ("number", "start", "end", "calling_profile", "usage", "additional_usage", "capabilities", "ignore")
"""Of an item, and the columns of a CSV file."""

LARGEST = 20_000_000
"""Bytes."""

_SEPARATORS = (";", "\t", ",")
_FLAGS = {"true": True, "yes": True, "1": True, "x": True, "false": False, "no": False, "0": False}

Placed = tuple[str, Any]


def read_items(path: str) -> list[Placed]:
    """The items of a file, each with its place. In CSV, the header is line 1.

    :raises InputError: the file cannot be read, or its header is wrong.
    """
    file = Path(path)
    try:
        text = read_file(file, LARGEST).decode("utf-8-sig")
    except (UnusableFile, UnicodeDecodeError) as error:
        reason = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else error
        raise InputError([f"numbers_file: {printable(path)} cannot be read: {reason}"]) from None
    lines = text.splitlines()
    first = next((line for line in lines if line.strip() and not line.lstrip().startswith("#")), "")
    separator = next((each for each in _SEPARATORS if each in first), ",")
    header = [_plain(cell) for cell in next(csv.reader([first], delimiter=separator), [])]
    if first and not first.lstrip().startswith(("+", "'", '"+')) and set(header) & {"number", "start", "end"}:
        return _rows(file.name, lines, lines.index(first), header, separator)
    return [
        (f"{file.name} line {number}", line.strip())
        for number, line in enumerate(lines, 1)
        if line.strip() and not line.lstrip().startswith("#")
    ]


def _rows(name: str, lines: list[str], start: int, header: list[str], separator: str) -> list[Placed]:
    problems = [
        f"{name} line {start + 1}: unknown column '{each}' ({did_you_mean(each, KEYS)})"
        for each in header
        if each not in KEYS
    ]
    twice = sorted({each for each in header if header.count(each) > 1})
    if twice:
        problems.append(f"{name} line {start + 1}: the column {quoted(twice)} is there twice")
    found: list[Placed] = []
    for number, line in enumerate(lines[start + 1 :], start + 2):
        cells = [cell.strip() for cell in next(csv.reader([line], delimiter=separator), [])]
        if not any(cells) or line.lstrip().startswith("#"):
            continue
        if len(cells) > len(header):
            problems.append(f"{name} line {number}: {len(cells)} cells, but the header has {len(header)} columns")
        row: dict[str, Any] = {key: cell for key, cell in zip(header, cells, strict=False) if cell}
        if "ignore" in row:
            row["ignore"] = _FLAGS.get(row["ignore"].casefold(), row["ignore"])
        found.append((f"{name} line {number}", row))
    if problems:
        raise InputError(problems)
    return found


def _plain(cell: str) -> str:
    return cell.strip().casefold().replace(" ", "_")
