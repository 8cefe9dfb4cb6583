# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Submissions that are on their way, written down: whatever happens to a run, the next one does not submit again.

One small file per platform and object: the intent is on the disk before the request is sent, the task id as soon as it
is known, the end when it is seen. It holds no secret. What is there and cannot be read counts as an intent.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from copy import copy
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from .._core.clock import Clock
from .._core.errors import LivePlatformError
from .._core.folder_probe import Folder, probe
from .._core.leases import Lease, Leases
from .._core.private_files import (
    Unreadable,
    UnsafePlace,
    access_of,
    locked,
    open_folder,
    read_trusted,
    reason_of,
    remove,
    remove_unused,
    sweep,
    write_private,
    written_at,
)
from .._core.text import fold
from .._http.connection import as_typed, platform_key
from .._tasks.poll_schedule import SUFFIX, KnownDurations
from .entries import FIRST_KIND, KEPT, Entry, Kind, Moment, SubmissionStage, decode, encode, fits

__all__ = [
    "KEPT",
    "Entry",
    "FileJournal",
    "IntentNotWritten",
    "Journal",
    "NoJournal",
    "SubmissionStage",
    "journal_folder",
    "open_journal",
]

NOT_WRITTEN = (
    "The journal cannot be written ({reason}). If this run is killed or stops waiting, the next one knows of "
    "its submissions only when the platform lists what they make"
)

NOT_LOCKED = (
    "The journal cannot be locked ({reason}). Another run that works on the same object at the same moment is not held "
    "back, and may submit too"
)

_LEASES = "leases-are-needed"
"""A file that tells the other machines that ``flock`` is not enough in this folder."""


class IntentNotWritten(LivePlatformError):
    """Nothing was submitted, since it could not be written down before."""


class Journal(Protocol):
    """Write submissions down, and read them. Safe to use from several threads and processes.

    :ivar remembers: the next run sees what this one writes down.
    """

    remembers: bool

    def hold(self, identity: str, timeout: float) -> AbstractContextManager[None]:
        """A context in which no other run looks up and submits the same object.

        :raises TimeoutError: another run does not let go.
        """

    def read(self, identity: str) -> Entry | None:
        """The latest submission of the object, unless it is too old to say anything.

        What is there and cannot be read is an intent of the time when it was written.
        """

    def intend(self, identity: str, name: str | None, *, sent: bool = False, about: str | None = None) -> Entry:
        """Write down that a request is about to be sent.

        :param about: what the next run has to know of it.
        :param sent: it was sent before, and is intended anew since nobody knows what came of it.
        :raises IntentNotWritten: it cannot be written down, and was not sent before.
        """

    def submitted(self, entry: Entry, task_id: str) -> Entry:
        """Write down the task of the submission."""

    def done(self, entry: Entry, object_id: str | None) -> None:
        """Write down that it succeeded."""

    def deleted(self, identity: str, object_id: str) -> None:
        """Write down that the object was deleted."""

    def forget(self, identity: str) -> None:
        """Nothing is on its way (any more)."""

    def for_kind(self, kind: Kind) -> Journal:
        """The same journal for another kind of objects."""

    @property
    def durations(self) -> KnownDurations:
        """Return how long the tasks of this kind of objects took, on this platform."""


class FileJournal:
    """The journal in a folder.

    :param platform: the base URL; entries of other platforms are not seen.
    :param report: told what does not hold, and which entries cannot be read or written.
    :param kind: of the objects; entries of other kinds are not seen.
    :param read_only: nothing will be written down, so the folder is not tried either.
    :raises UnsafePlace: the folder cannot be used.
    """

    remembers = True

    def __init__(
        self,
        folder: Path,
        platform: str,
        clock: Clock,
        report: Callable[[str], None],
        *,
        kind: Kind = FIRST_KIND,
        read_only: bool = False,
    ) -> None:
        self._kind = kind
        self._tell = report
        self._told: set[str] = set()
        self._clock = clock
        self._platform = platform_key(platform)
        self._typed = as_typed(platform)
        self._folder = _open(folder, clock, read_only)
        self._leases = Leases(clock, self._folder.access)
        self._held: dict[Path, Lease] = {}
        if self._folder.notes:
            self._report(f"The journal in {folder} does not protect as it should: {'; '.join(self._folder.notes)}")
        if self._folder.leases:
            with suppress(OSError):
                (folder / _LEASES).touch(0o600)

    @contextmanager
    def hold(self, identity: str, timeout: float) -> Iterator[None]:
        path, deadline = self._path(identity), self._clock.now() + timeout
        with ExitStack() as held:
            try:
                if self._folder.locks:
                    held.enter_context(locked(_beside(path, "lock"), self._clock, timeout, self._folder.access))
                leases = self._folder.leases or (self._folder.path / _LEASES).exists()
                if leases:
                    left = max(0.0, deadline - self._clock.now())
                    self._held[path] = held.enter_context(self._leases.hold(_beside(path, "lease"), left))
                    held.callback(self._held.pop, path)
                if leases or self._folder.remote:
                    self._look_anew()
            except TimeoutError:
                raise
            except OSError as error:
                self._report(NOT_LOCKED.format(reason=reason_of(error)))
            yield

    def read(self, identity: str) -> Entry | None:
        found = (self._read(path, identity) for path in self._paths(identity))
        return next((entry for entry in found if entry is not None), None)

    def intend(self, identity: str, name: str | None, *, sent: bool = False, about: str | None = None) -> Entry:
        now = self._clock.wall()
        before = self.read(identity)
        gone = before.gone if before is not None else None
        entry = replace(self._entry(identity, name, SubmissionStage.INTENT, now), gone=gone, about=about)
        lease = self._held.get(self._path(identity))
        if lease is not None and not sent and not lease.holds():
            raise IntentNotWritten(
                f"This run was stopped for a while, and another one has taken over the work on "
                f"{self._kind.of(identity)}. Nothing was submitted",
                hint="run again: the next run looks first and takes up what it finds",
            )
        try:
            return self._put(entry)
        except OSError as error:
            if sent:
                self._report(NOT_WRITTEN.format(reason=reason_of(error)))
                return entry
            raise IntentNotWritten(
                f"The submission for {self._kind.of(identity)} cannot be written to the journal in {self._folder.path} "
                f"({reason_of(error)}), so nothing was submitted",
                hint=(
                    "make room or correct the permissions there, or set journal_path to another folder; with journal: "
                    "false the request is sent without a record, and a run that is killed is not taken up by the next"
                ),
            ) from None

    def submitted(self, entry: Entry, task_id: str) -> Entry:
        known = replace(entry, stage=SubmissionStage.SUBMITTED, task_id=task_id, changed_at=self._clock.wall())
        if not fits(task_id):
            self._report(
                f"The platform named a task id of {len(task_id)} characters for {self._kind.of(entry.identity)}, which "
                f"is not written to the journal: the next run looks for the {self._kind.name} instead of the task"
            )
            return known
        return self._write(known)

    def done(self, entry: Entry, object_id: str | None) -> None:
        self._write(replace(entry, stage=SubmissionStage.DONE, object_id=object_id, changed_at=self._clock.wall()))

    def deleted(self, identity: str, object_id: str) -> None:
        now = self._clock.wall()
        entry = self._entry(identity, None, SubmissionStage.DELETED, now)
        self._write(replace(entry, object_id=object_id, gone=object_id))

    def forget(self, identity: str) -> None:
        entry = self.read(identity)
        if entry is not None and entry.gone is not None and entry.stage != SubmissionStage.DELETED:
            self.deleted(identity, entry.gone)
            return
        try:
            for path in reversed(self._paths(identity)):
                remove(path)
        except OSError as error:
            self._report(NOT_WRITTEN.format(reason=reason_of(error)))

    def for_kind(self, kind: Kind) -> FileJournal:
        other = copy(self)
        other._kind = kind
        return other

    @property
    def durations(self) -> KnownDurations:
        return KnownDurations(self._file(f"{self._platform}\n{self._kind.name}", SUFFIX), self._folder.access)

    def clean(self) -> None:
        """Remove what is too old, so that the folder does not grow for ever, and nothing that anybody uses."""
        now, oldest = self._now(), self._clock.wall() - 2 * KEPT
        with suppress(OSError):
            sweep(self._folder.path, now.wall)
            for path in self._folder.path.iterdir():
                if path.suffix == ".lock":
                    remove_unused(path, oldest)
                elif path.suffix in (".json", ".lease", SUFFIX) and (written_at(path) or now.wall) < oldest:
                    self._clean(path, now)

    def _clean(self, path: Path, now: Moment) -> None:
        """Remove an old lease or file of durations, or an entry that is old by more than one clock. What cannot be read
        stays.
        """
        with suppress(OSError, Unreadable):
            found = read_trusted(path, self._folder.access)
            if found is None:
                return
            content, written = found
            expired = now.files - written > 2 * KEPT
            if path.suffix == ".json":
                _entry, expired = decode(content, written, now, 2 * KEPT)
            if expired:
                remove(path)

    def _read(self, path: Path, identity: str) -> Entry | None:
        now = self._now()
        try:
            found = read_trusted(path, self._folder.access)
        except Unreadable as error:
            return self._suspect(path, identity, now, str(error))
        if found is None:
            return None
        entry, expired = decode(*found, now)
        if entry is None:
            return self._suspect(path, identity, now, "its content is damaged or of another version")
        expected = (self._platform, self._kind.name, fold(identity))
        if (platform_key(entry.platform), entry.kind, fold(entry.identity)) != expected:
            return self._suspect(path, identity, now, f"it speaks of another {self._kind.owner} or platform")
        return None if expired else entry

    def _entry(self, identity: str, name: str | None, stage: SubmissionStage, at: float) -> Entry:
        return Entry(self._platform, identity, name, stage, at, at, kind=self._kind.name)

    def _suspect(self, path: Path, identity: str, now: Moment, reason: str) -> Entry:
        """Something is written there, so something may have been submitted when it was."""
        written = written_at(path)
        age = 0.0 if written is None else now.age(written, written)
        self._report(
            f"The journal's file {path} cannot be used ({reason}). It counts as a submission for "
            f"{self._kind.of(identity)} of {age:.0f} seconds ago, whose answer was lost"
        )
        return self._entry(identity, None, SubmissionStage.INTENT, now.wall - age)

    def _write(self, entry: Entry) -> Entry:
        """Write it down; a lost entry is not a lost object, so the work goes on without."""
        try:
            return self._put(entry)
        except OSError as error:
            self._report(NOT_WRITTEN.format(reason=reason_of(error)))
            return entry

    def _put(self, entry: Entry) -> Entry:
        """Write it down, and see that it can be read back.

        :raises OSError: it cannot.
        """
        path, *older = self._paths(entry.identity)
        content = encode(replace(entry, platform=self._platform), self._now())
        self._folder.path.mkdir(0o700, parents=True, exist_ok=True)  # where there was no room before
        write_private(path, content, self._folder.access)
        try:
            found = read_trusted(path, self._folder.access)
        except Unreadable as error:
            raise OSError(errno.EIO, f"{path} cannot be read back: {error}") from None
        if found is None or found[0] != content:
            raise OSError(errno.EIO, f"{path}: what is read back is not what was written")
        for each in older:
            remove(each)
        return entry

    def _now(self) -> Moment:
        return Moment.of(self._clock, self._folder.ahead)

    def _look_anew(self) -> None:
        """Make a network file system ask its server what is in the folder: it does so when the folder has changed."""
        with suppress(UnsafePlace):
            self._folder = replace(self._folder, ahead=probe(self._folder.path, self._clock).ahead)

    def _report(self, message: str) -> None:
        if message not in self._told:
            self._told.add(message)
            self._tell(message)

    def _path(self, identity: str) -> Path:
        return self._paths(identity)[0]

    def _paths(self, identity: str) -> list[Path]:
        """Return where the entry is, and where 1.0.0 had it, which knew one kind, and took base_url as it was typed."""
        if self._kind.name == FIRST_KIND.name:
            keys = [f"{platform}\n{fold(identity)}" for platform in dict.fromkeys((self._platform, self._typed))]
        else:
            keys = [f"{self._platform}\n{self._kind.name}\n{fold(identity)}"]
        return [self._file(key, ".json") for key in keys]

    def _file(self, key: str, suffix: str) -> Path:
        return self._folder.path / f"{hashlib.sha256(key.encode()).hexdigest()[:32]}{suffix}"


def _open(path: Path, clock: Clock, read_only: bool) -> Folder:
    """The folder as it is. One on a full disk is opened, and refuses what should be written, unless there is room then.

    :raises UnsafePlace: it cannot be used.
    """
    if read_only:
        return Folder(path, access_of(path))
    try:
        open_folder(path, private=False)
        return probe(path, clock)
    except UnsafePlace as error:
        if not error.full:
            raise
    return Folder(path, access_of(path) if path.is_dir() else Folder.access)


def _beside(path: Path, suffix: str) -> Path:
    return path.with_suffix(f".{suffix}")


class NoJournal:
    """The journal when there is none: nothing is remembered beyond this run."""

    remembers = False

    def __init__(self, platform: str, clock: Clock) -> None:
        self._platform = platform
        self._clock = clock

    @contextmanager
    def hold(self, identity: str, timeout: float) -> Iterator[None]:
        yield

    def read(self, identity: str) -> Entry | None:
        return None

    def intend(self, identity: str, name: str | None, *, sent: bool = False, about: str | None = None) -> Entry:
        now = self._clock.wall()
        return Entry(self._platform, identity, name, SubmissionStage.INTENT, now, now, about=about)

    def submitted(self, entry: Entry, task_id: str) -> Entry:
        return replace(entry, stage=SubmissionStage.SUBMITTED, task_id=task_id)

    def done(self, entry: Entry, object_id: str | None) -> None:
        return None

    def deleted(self, identity: str, object_id: str) -> None:
        return None

    def forget(self, identity: str) -> None:
        return None

    def for_kind(self, kind: Kind) -> NoJournal:
        return self

    @property
    def durations(self) -> KnownDurations:
        return KnownDurations()


def open_journal(
    wanted: bool,
    path: str | None,
    platform: str,
    clock: Clock,
    report: Callable[[str], None],
    *,
    kind: Kind = FIRST_KIND,
    read_only: bool = False,
) -> Journal:
    """The journal; the user is told when there can be none.

    :param path: the folder; by default below the user's state directory.
    :param read_only: nothing will be written down, so a folder that is not there need not be made.
    """
    try:
        folder = Path(path).expanduser() if path else journal_folder()
        if not wanted or (read_only and not folder.is_dir()):
            return NoJournal(platform, clock)
        journal = FileJournal(folder, platform, clock, report, kind=kind, read_only=read_only)
        if not read_only:
            journal.clean()
        return journal
    except (UnsafePlace, OSError, RuntimeError) as error:
        report(
            f"No journal can be kept ({error}). Without one, a run that is killed or stops waiting is not taken up by "
            f"the next run until the platform lists the {kind.name}; set journal_path to a folder that only this user "
            "or its group can write to"
        )
        return NoJournal(platform, clock)


def journal_folder() -> Path:
    """``$XDG_STATE_HOME/audiocodes.live_platform/journal``, by default below ``~/.local/state``."""
    base = os.environ.get("XDG_STATE_HOME") or "~/.local/state"
    return Path(base).expanduser() / "audiocodes.live_platform" / "journal"
