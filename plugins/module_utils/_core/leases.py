# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Locks for folders where ``flock`` does not hold between machines: a file that only one can create, with a lease.

Its owner changes the file all the time. One that has not changed for the length of a lease, on the waiter's own
monotonic clock, has lost its holder; nobody's wall clock is asked. A process of this machine that has ended is seen at
once. A holder that was stopped for longer than its lease finds out by asking :meth:`Lease.holds` before it acts.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from .clock import Clock
from .private_files import Access, grant, remove, wait_until

LEASE = 60.0
"""Seconds without a sign of life after which the holder counts as gone."""

_RENEWED_EVERY = 10.0
_LARGEST = 512


class Lease:
    """One lease that is held.

    :param content: what the file says while it is ours, but for the count.
    """

    def __init__(self, path: Path, descriptor: int, content: str) -> None:
        self._path = path
        self._descriptor = descriptor
        self._content = content
        self._count = 0
        self._ended = threading.Event()

    def holds(self) -> bool:
        """Return whether it is still ours."""
        return _read(self._path).startswith(self._content)

    def renew(self) -> None:
        """Show that its holder lives."""
        self._count += 1
        os.pwrite(self._descriptor, f"{self._content}{self._count:012d}\n".encode(), 0)
        os.fsync(self._descriptor)

    def keep(self) -> None:
        """Renew it until it is let go."""
        while not self._ended.wait(_RENEWED_EVERY):
            with suppress(OSError):
                self.renew()

    def let_go(self) -> None:
        """End it. What somebody else has taken over meanwhile stays."""
        self._ended.set()
        if self.holds():
            remove(self._path)
        os.close(self._descriptor)


class Leases:
    """The leases of one run. Safe to use from several threads."""

    def __init__(self, clock: Clock, access: Access) -> None:
        self._clock = clock
        self._access = access
        self._guard = threading.Lock()
        self._seen: dict[Path, tuple[str, float]] = {}

    @contextmanager
    def hold(self, path: Path, timeout: float) -> Iterator[Lease]:
        """Hold the lease, and renew it meanwhile.

        :param timeout: seconds to wait for its owner.
        :raises TimeoutError: somebody else holds it.
        :raises OSError: it cannot be made.
        """
        taken: list[Lease] = []

        def grab() -> bool:
            lease = self._take(path)
            while lease is None and self._break(path):
                lease = self._take(path)
            taken.extend([lease] if lease is not None else [])
            return lease is not None

        wait_until(grab, path, self._clock, self._clock.now() + timeout)
        (lease,) = taken
        keeper = threading.Thread(target=lease.keep, daemon=True)
        try:
            keeper.start()
            yield lease
        finally:
            lease.let_go()

    def _take(self, path: Path) -> Lease | None:
        """The lease, if nobody has it and nobody is about to break it."""
        content = f"{uuid4().hex} {self._clock.boot()} {_process_space()} {os.getpid()} "
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        except FileExistsError:
            return None
        lease = Lease(path, descriptor, content)
        try:
            grant(descriptor, self._access)
            lease.renew()
        except BaseException:
            os.close(descriptor)
            remove(path)
            raise
        if _breaker(path).exists():  # it may take ours for the one that it has looked at
            lease.let_go()
            return None
        return lease

    def _break(self, path: Path) -> bool:
        """Return whether the lease of a holder that is gone was removed, or there was none any more."""
        found = self._abandoned(path)
        if found is None:
            return not path.exists() and not self._blocked(path)
        try:
            os.close(os.open(_breaker(path), os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
        except FileExistsError:
            return self._unblock(path)
        try:
            if _signature(path) == found:
                remove(path)
        finally:
            remove(_breaker(path))
        return True

    def _blocked(self, path: Path) -> bool:
        """Return whether somebody is about to break the lease."""
        return _breaker(path).exists() and not self._unblock(path)

    def _unblock(self, path: Path) -> bool:
        """Return whether one who was killed while breaking a lease is out of the way."""
        breaker = _breaker(path)
        if self._unchanged(breaker) is None:
            return False
        remove(breaker)
        return True

    def _abandoned(self, path: Path) -> str | None:
        """Return what a lease without a holder looks like; ``None`` when it may have one."""
        words = _read(path).split()
        if len(words) == 5 and words[1:3] == [self._clock.boot(), _process_space()] and not _lives(words[3]):
            return _signature(path)
        return self._unchanged(path)

    def _unchanged(self, path: Path) -> str | None:
        """Return what the file looks like, if it has done so for the length of a lease."""
        signature, now = _signature(path), self._clock.now()
        with self._guard:
            seen, since = self._seen.get(path, ("", now))
            if not signature or signature != seen:
                self._seen[path] = (signature, now)
                return None
        return signature if now - since >= LEASE else None


def _breaker(path: Path) -> Path:
    return path.with_name(f"{path.name}-broken")


def _read(path: Path) -> str:
    """Return what the file says now; opened anew, since a network file system looks at the server only then."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return ""
    try:
        return os.read(descriptor, _LARGEST).decode("ascii", "replace")
    except OSError:
        return ""
    finally:
        os.close(descriptor)


def _signature(path: Path) -> str:
    """Return what changes with every renewal, also for those who may not read the file; empty when there is none."""
    content = _read(path)
    try:
        facts = path.lstat()
    except OSError:
        return ""
    return f"{facts.st_ino} {facts.st_mtime_ns} {content}"


def _process_space() -> str:
    """Return where a process id means something: containers of one machine do not see each other's."""
    try:
        return os.readlink("/proc/self/ns/pid")
    except OSError:
        return "-"


def _lives(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except (OSError, ValueError, OverflowError):
        return True
    return True
