# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Small files that only their owner may read: written atomically, locked between processes.

The token cache and the journal keep their files with this.
"""

from __future__ import annotations

import errno
import fcntl
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ._clock import Clock

LARGEST_FILE = 256 * 1024


class UnsafePlace(Exception):
    """The folder or file cannot be used safely; the text says why."""


def open_folder(folder: Path, *, private: bool) -> None:
    """Make the folder (0700) if it is missing, and see that it can be used.

    :param private: it must be ours and closed to everybody else, as a place for secrets; otherwise it is enough that
        not everybody can write to it.
    :raises UnsafePlace: it is not.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        facts = folder.stat()
    except OSError as error:
        raise UnsafePlace(f"{folder}: {error.strerror or type(error).__name__}") from None
    if not stat.S_ISDIR(facts.st_mode):
        raise UnsafePlace(f"{folder} is not a folder")
    if private and facts.st_uid != os.geteuid():
        raise UnsafePlace(f"{folder} belongs to another user")
    if private and facts.st_mode & 0o077:
        raise UnsafePlace(f"{folder} is open to other users; its mode should be 0700")
    if facts.st_mode & stat.S_IWOTH:
        raise UnsafePlace(f"{folder} can be written to by everybody")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise UnsafePlace(f"{folder} is not writable")


def read_private(path: Path) -> bytes | None:
    """The content, or ``None`` when there is no such file or it is not a private file of ours."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return None
    facts = os.fstat(descriptor)
    private = stat.S_ISREG(facts.st_mode) and facts.st_uid == os.geteuid() and not facts.st_mode & 0o077
    if not private or facts.st_size > LARGEST_FILE:
        os.close(descriptor)
        return None
    with os.fdopen(descriptor, "rb") as file:
        return file.read()


def write_private(path: Path, content: bytes) -> None:
    """Replace the file in one step (0600), flushed to the disk before it takes its name.

    :raises OSError: the disk does not take it.
    """
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        remove(Path(temporary))
        raise
    _flush_folder(path.parent)


def remove(path: Path) -> None:
    """Delete the file if it is there."""
    path.unlink(missing_ok=True)


@contextmanager
def locked(path: Path, clock: Clock, timeout: float) -> Iterator[None]:
    """Hold the lock file exclusively, against other processes and other threads.

    :param timeout: seconds to wait for whoever holds it.
    :raises TimeoutError: it is still held.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        deadline = clock.now() + timeout
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError as error:
                if error.errno not in (errno.EAGAIN, errno.EACCES):
                    raise
            if clock.now() >= deadline:
                raise TimeoutError(f"another run holds {path.name}")
            clock.sleep(0.05)
        os.utime(descriptor)  # in use, so not to be cleaned up
        yield
    finally:
        os.close(descriptor)


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
