# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Open only regular files, without waiting, and read no more of them than a limit.

A pipe, a device or a socket has no end, or waits for somebody at its other end. The size that a system tells of a file
need not be the size that is read. Every file that an option names is opened here.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from typing import Union

AnyPath = Union[str, "os.PathLike[str]"]

_KINDS: tuple[tuple[Callable[[int], bool], str], ...] = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISREG, "a file"),
)

LARGEST_PEM = 10_000_000
"""Bytes of certificates or keys."""

_KINDS_REFUSED = (errno.ENXIO, errno.ENODEV, errno.EISDIR)
"""Errors that say that this kind of file cannot be opened in this way, such as a pipe that no process reads."""

_NO_PATH = "it holds a character that no path may hold"
_CHUNK = 1024 * 1024


class UnusableFile(Exception):
    """The file cannot be used; the text says why, without the path."""


def open_regular(path: AnyPath, flags: int) -> int:
    """Return a descriptor of a regular file, without waiting for anything.

    :param flags: as for :func:`os.open`.
    :raises UnusableFile: it is not a regular file.
    :raises OSError: the system does not open it.
    """
    try:
        descriptor = os.open(path, flags | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC, 0o666)
    except ValueError:
        raise UnusableFile(_NO_PATH) from None
    except OSError as error:
        if error.errno in (
            errno.ENXIO,
            errno.ENODEV,
            errno.EISDIR,
        ):  # not even opened, without somebody at the other end
            raise UnusableFile(_not_regular(os.stat(path).st_mode)) from None
        raise
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        raise UnusableFile(_not_regular(mode))
    return descriptor


def read_bounded(descriptor: int, most: int) -> bytes:
    """Return what the open file holds, and no more than one byte above the limit."""
    parts: list[bytes] = []
    left = most + 1
    while left > 0 and (part := os.read(descriptor, min(left, _CHUNK))):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def read_file(path: AnyPath, most: int) -> bytes:
    """Return the content of a regular file.

    :param most: bytes.
    :raises UnusableFile: it cannot be read, or holds more.
    """
    try:
        descriptor = open_regular(os.path.expanduser(path), os.O_RDONLY)
        try:
            content = read_bounded(descriptor, most)
        finally:
            os.close(descriptor)
    except (OSError, ValueError) as error:
        raise UnusableFile(_reason(error)) from None
    if len(content) > most:
        raise UnusableFile(f"it has more than {most:,} bytes")
    return content


def append_to_file(path: AnyPath, content: bytes) -> None:
    """Append to a regular file, which is made if it is missing.

    :raises UnusableFile: it cannot be written to.
    """
    try:
        descriptor = open_regular(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        try:
            os.write(descriptor, content)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise UnusableFile(_reason(error)) from None


def opening_problem(path: AnyPath) -> str:
    """Return why lines cannot be appended to what is there now; an empty text: they can, or the system says so later.

    Nothing is made or changed.
    """
    try:
        os.close(open_regular(path, os.O_WRONLY | os.O_APPEND))
    except UnusableFile as error:
        return str(error)
    except OSError:
        return ""
    return ""


def folder_problem(path: AnyPath) -> str:
    """Return why this can never be a folder: it is something else, or nothing can have this name.

    An empty text: it is a folder, or missing, or out of reach; the code that opens it reports that.
    """
    try:
        mode = os.stat(os.path.expanduser(path)).st_mode
    except ValueError:
        return _NO_PATH
    except OSError:
        return ""
    return "" if stat.S_ISDIR(mode) else _not_regular(mode, "it is not a folder")


def _not_regular(mode: int, otherwise: str = "it is not a regular file") -> str:
    """Return what it is instead."""
    kind = next((name for holds, name in _KINDS if holds(mode)), "")
    return f"{otherwise}, but {kind}" if kind else otherwise


def _reason(error: Exception) -> str:
    return _NO_PATH if isinstance(error, ValueError) else getattr(error, "strerror", None) or type(error).__name__
