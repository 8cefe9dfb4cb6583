# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a folder does with files and locks, found out by trying: network file systems do not keep all promises."""

from __future__ import annotations

import errno
import fcntl
import os
import re
import stat
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from .clock import Clock
from .private_files import PRIVATE, PROBE, Access, UnsafePlace, access_of, grant, is_full, reason_of, remove

_MOUNTS = Path("/proc/self/mountinfo")

_REMOTE = (
    (re.compile(r"nfs\d?"), re.compile(r"nolock|local_lock=(all|flock)")),
    (re.compile(r"cifs|smb3"), re.compile(r"nobrl|nolinux")),
    (re.compile(r"fuse\..*|fuse|9p|vboxsf|prl_fs|vmhgfs|virtiofs|afs|ncpfs"), re.compile("")),
)
"""Kinds of file systems that machines share, and options of theirs with which ``flock`` holds on one machine only."""


@dataclass(frozen=True)
class Folder:
    """A folder as it proved to be.

    :param locks: ``flock`` holds between two handles.
    :param leases: other machines do not see it, so leases are needed.
    :param remote: others may change the folder from other machines, and what was seen of it is kept for a while.
    :param ahead: seconds that the file system's clock is ahead of ours.
    :param notes: what does not hold, for the user.
    """

    path: Path
    access: Access = PRIVATE
    locks: bool = True
    leases: bool = False
    remote: bool = False
    ahead: float = 0.0
    notes: tuple[str, ...] = ()


def probe(path: Path, clock: Clock) -> Folder:
    """Try what the folder does.

    :raises UnsafePlace: what is written there does not stay as it was written, or everybody can change it.
    """
    access = access_of(path)
    try:
        return _probe(path, access, clock)
    except OSError as error:
        raise UnsafePlace(f"{path}: {reason_of(error)}", full=is_full(error)) from None


def _probe(path: Path, access: Access, clock: Clock) -> Folder:
    descriptor, name = tempfile.mkstemp(dir=path, prefix=PROBE)
    content = os.path.basename(name).encode()
    second = -1
    try:
        grant(descriptor, access)
        os.write(descriptor, content)
        os.fsync(descriptor)
        second = os.open(name, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
        facts, now = os.fstat(second), clock.wall()
        if os.read(second, 2 * len(content)) != content:
            raise UnsafePlace(f"{path}: what is written is not what is read back")
        if facts.st_mode & stat.S_IWOTH:
            raise UnsafePlace(f"{path}: everybody can write to the files that are made there")
        locks = _excludes(descriptor, second)
        exclusive = locks or _refuses(name)
    finally:
        os.close(descriptor)
        if second >= 0:
            os.close(second)
        with suppress(OSError):
            remove(Path(name))
    notes = [*_notes(facts, access), *([] if exclusive else [_NO_LOCKS])]
    remote, local_locks = _judge(*_mount(path))
    leases = exclusive and (not locks or local_locks)
    return Folder(path, access, locks, leases, remote, facts.st_mtime - now, tuple(notes))


_NO_LOCKS = "neither flock nor the exclusive creation of a file holds, so two runs at the same moment may submit twice"


def _excludes(one: int, other: int) -> bool:
    """Return whether a lock on one handle keeps the other from it."""
    try:
        fcntl.flock(one, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    try:
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno in (errno.EAGAIN, errno.EACCES)
    return False


def _refuses(name: str) -> bool:
    """Return whether a file that is there cannot be created."""
    try:
        os.close(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    except FileExistsError:
        return True
    return False


def _notes(facts: os.stat_result, access: Access) -> list[str]:
    mode = stat.S_IMODE(facts.st_mode)
    checks = (
        (
            facts.st_uid != os.geteuid(),
            f"files get another owner (uid {facts.st_uid}) than this user, so entries of users of this folder cannot "
            "be told from each other; they are believed",
        ),
        (
            mode != access.mode,
            f"files get the mode {mode:04o} instead of {access.mode:04o}, so other users may read entries (they hold "
            "no secrets)",
        ),
        (
            access.group is not None and facts.st_gid != access.group,
            f"files do not get the group of the folder (gid {access.group}), so its other users may not read them and "
            "then wait for nothing: set the setgid bit of the folder",
        ),
    )
    return [text for wrong, text in checks if wrong]


def _judge(kind: str, options: str) -> tuple[bool, bool]:
    """Return whether other machines may use such a file system too, and whether locks are then not seen by them."""
    found = [local.search(options) for kinds, local in _REMOTE if kinds.fullmatch(kind)]
    return bool(found), any(found)


def _mount(path: Path) -> tuple[str, str]:
    """The kind of file system that holds the folder, and its options; empty when the system does not say."""
    try:
        device = path.stat().st_dev
        lines = _MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return "", ""
    number = f"{os.major(device)}:{os.minor(device)}"
    for line in lines:
        left, _dash, right = line.partition(" - ")
        fields, kinds = left.split(), right.split()
        if len(fields) > 5 and fields[2] == number and len(kinds) > 2:
            return kinds[0], f"{fields[5]},{kinds[2]}"
    return "", ""
