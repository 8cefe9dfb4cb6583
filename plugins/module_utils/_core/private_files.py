# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Small files for their owner alone, or for the group of a shared folder: written atomically, locked between processes.

The token cache and the journal keep their files with this.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from .clock import Clock
from .regular_files import UnusableFile, open_regular, read_bounded

LARGEST_FILE = 256 * 1024

PROBE = ".probe."
"""How the names of files begin that are there for a moment, to see what the folder does with them."""

_ABANDONED = 3600.0
"""Seconds after which a temporary file belongs to no running write."""

_TEMPORARY = re.compile(rf"{re.escape(PROBE)}.*|\.[0-9a-f]{{32}}\.(durations|json|token)\..*")

_TRIES = 100
"""Tries after which a file that others replace all the time is given up."""


class UnsafePlace(Exception):
    """The folder or file cannot be used safely; the text says why.

    :param full: there is no room; with more of it, the place would do.
    """

    def __init__(self, message: str, *, full: bool = False) -> None:
        super().__init__(message)
        self.full = full


class Unreadable(Exception):
    """There is a file, but its content cannot be had or trusted; the text says why."""


@dataclass(frozen=True)
class Access:
    """List who may read and write the files of a folder.

    :param group: the group they are given; ``None``: whatever the system gives them.
    """

    mode: int = 0o600
    group: int | None = None

    @property
    def shared(self) -> bool:
        return bool(self.mode & stat.S_IWGRP)


PRIVATE = Access()


def access_of(folder: Path) -> Access:
    """A folder that its group can write to is shared on purpose, and so are its files."""
    facts = folder.stat()
    return Access(0o660, facts.st_gid) if facts.st_mode & stat.S_IWGRP else PRIVATE


def is_full(error: OSError) -> bool:
    """Return whether there is no room: on the disk or in the user's share of it."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT)


def reason_of(error: OSError) -> str:
    """Return what the system says, without the path."""
    return error.strerror or type(error).__name__


def open_folder(folder: Path, *, private: bool) -> None:
    """Make the folder (0700) if it is missing, and see that it can be used.

    :param private: it must be ours and closed to everybody else, as a place for secrets; otherwise it is enough that
        not everybody can write to it.
    :raises UnsafePlace: it is not.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        link, facts = folder.lstat(), folder.stat()
    except OSError as error:
        raise UnsafePlace(f"{folder}: {reason_of(error)}", full=is_full(error)) from None
    if not stat.S_ISDIR(facts.st_mode):
        raise UnsafePlace(f"{folder} is not a folder")
    if stat.S_ISLNK(link.st_mode) and link.st_uid not in (os.geteuid(), 0):
        raise UnsafePlace(f"{folder} is a symbolic link of another user")
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
        descriptor = open_regular(path, os.O_RDONLY | os.O_NOFOLLOW)
    except (OSError, UnusableFile):
        return None
    try:
        facts = os.fstat(descriptor)
        if facts.st_uid != os.geteuid() or facts.st_mode & 0o077:
            return None
        content = read_bounded(descriptor, LARGEST_FILE)
    finally:
        os.close(descriptor)
    return content if len(content) <= LARGEST_FILE else None


def read_trusted(path: Path, access: Access = PRIVATE) -> tuple[bytes, float] | None:
    """The content and when it was written (by the file system's clock); ``None`` when there is no such file.

    The folder decides who can put files there, so another owner or a wider mode, as file systems without owners or
    modes give them, is no reason to disregard what a file says. One that everybody can write to is.

    :raises Unreadable: there is something, but not a file that can be read and trusted.
    """
    for _try in range(_TRIES):
        try:
            descriptor = open_regular(path, os.O_RDONLY | os.O_NOFOLLOW)
            try:
                facts = os.fstat(descriptor)
                content = read_bounded(descriptor, LARGEST_FILE)
            finally:
                os.close(descriptor)
            problem = _problem(facts, len(content), access)
            if problem:
                raise Unreadable(problem)
            return content, facts.st_mtime
        except FileNotFoundError:
            return None
        except UnusableFile as error:
            raise Unreadable(str(error)) from None
        except OSError as error:
            if error.errno != errno.ESTALE:  # that another machine has just replaced it is no reason to give up
                raise Unreadable("it is a symbolic link" if error.errno == errno.ELOOP else reason_of(error)) from None
    raise Unreadable("it is replaced all the time")


def _problem(facts: os.stat_result, size: int, access: Access) -> str:
    checks = (
        (bool(facts.st_mode & stat.S_IWOTH), "everybody can write to it"),
        (bool(facts.st_mode & stat.S_IWGRP) and not access.shared, "its group can write to it, but not to the folder"),
        (size > LARGEST_FILE, "it is too large"),
    )
    return next((problem for wrong, problem in checks if wrong), "")


def written_at(path: Path) -> float | None:
    """Return when the file was written, by the file system's clock, whether or not it can be read."""
    try:
        return path.lstat().st_mtime
    except OSError:
        return None


def write_private(path: Path, content: bytes, access: Access = PRIVATE) -> None:
    """Replace the file in one step, flushed to the disk before it takes its name.

    :raises OSError: the disk does not take it.
    """
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            with suppress(OSError):  # only so that no cleaning takes it for abandoned
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            grant(descriptor, access)
            file.write(content)
            file.flush()
            os.fsync(descriptor)
            os.replace(temporary, path)
    except BaseException:
        remove(Path(temporary))
        raise
    _flush_folder(path.parent)


def grant(descriptor: int, access: Access) -> None:
    """Give a file of ours to those who share the folder, whatever the umask says."""
    if not access.shared:
        return
    with suppress(OSError):  # what has come of it is read back when the folder is probed
        os.fchmod(descriptor, access.mode)
        if access.group is not None and os.fstat(descriptor).st_gid != access.group:
            os.fchown(descriptor, -1, access.group)


def remove(path: Path) -> None:
    """Delete the file if it is there."""
    path.unlink(missing_ok=True)


def sweep(folder: Path, now: float) -> None:
    """Remove what killed writes have left in the folder, and nothing that a running one needs.

    :param now: seconds since the epoch.
    """
    for path in _listed(folder):
        if _TEMPORARY.fullmatch(path.name):
            remove_unused(path, now - _ABANDONED)


def remove_unused(path: Path, oldest: float) -> None:
    """Remove a lock or temporary file that nobody holds and that is older than this."""
    try:
        if path.lstat().st_mtime >= oldest:
            return
        descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return
    try:
        with suppress(OSError):
            # Who has opened it before finds out by comparing, see :func:`locked`.
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_at(path, descriptor):
                remove(path)
    finally:
        os.close(descriptor)


_LOCK_PAUSE = 0.05
"""Seconds between two tries to get hold of a lock."""


@contextmanager
def locked(path: Path, clock: Clock, timeout: float, access: Access = PRIVATE) -> Iterator[None]:
    """Hold the lock file exclusively, against other processes and other threads.

    :param timeout: seconds to wait for its owner.
    :raises TimeoutError: it is still held.
    :raises OSError: it cannot be made or locked.
    """
    deadline = clock.now() + timeout
    for _try in range(_TRIES):
        descriptor = _open_lock(path, access)
        try:
            wait_until(partial(_grab, descriptor), path, clock, deadline)
            if _is_at(path, descriptor):  # otherwise it was removed before it could be locked, and protects nothing
                with suppress(OSError):
                    os.utime(descriptor)  # in use, so not to be cleaned up
                yield
                return
        finally:
            os.close(descriptor)
    raise OSError(errno.EBUSY, f"{path.name} is removed all the time")


def wait_until(grab: Callable[[], bool], path: Path, clock: Clock, deadline: float) -> None:
    """Try to get hold of a lock until it works.

    :param path: of the lock.
    :param deadline: on the clock; it is tried once at least.
    :raises TimeoutError: somebody else holds it.
    """
    while not grab():
        if clock.now() >= deadline:
            raise TimeoutError(f"another run holds {path.name}")
        clock.sleep(_LOCK_PAUSE)


def _open_lock(path: Path, access: Access) -> int:
    flags = os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    for _try in range(_TRIES):
        with suppress(FileExistsError):
            descriptor = os.open(path, flags | os.O_CREAT | os.O_EXCL, 0o600)
            grant(descriptor, access)
            return descriptor
        with suppress(FileNotFoundError):  # removed in between
            return os.open(path, flags)
    raise OSError(errno.EBUSY, f"{path.name} is removed all the time")


def _grab(descriptor: int) -> bool:
    """Return whether the lock could be had at once."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in (errno.EAGAIN, errno.EACCES):
            raise
        return False
    return True


def _is_at(path: Path, descriptor: int) -> bool:
    """Return whether the open file still has this name."""
    try:
        return os.path.samestat(path.lstat(), os.fstat(descriptor))
    except OSError:
        return False


def _listed(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.EBADF):  # not every file system can flush a folder
            raise
    finally:
        os.close(descriptor)
