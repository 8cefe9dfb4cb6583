# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Submissions that are on their way, written down: whatever happens to a run, the next one does not submit again.

One small file per platform and tenant: the intent is on the disk before the request is sent, the task id as soon as it
is known, the end when it is seen. It holds no secret.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from math import isfinite
from pathlib import Path
from typing import Any, Protocol

from ._clock import Clock
from ._private_files import UnsafePlace, locked, open_folder, read_private, remove, write_private
from ._text import fold

INTENT, SUBMITTED, DONE, DELETED = "intent", "submitted", "done", "deleted"

NOT_WRITTEN = (
    "The journal cannot be written ({reason}). Should this run be killed or stop waiting, the next one knows of "
    "its submissions only when the platform lists the services"
)

KEPT = 7 * 24 * 3600.0
"""Seconds after which an entry no longer says anything about the platform, and is removed."""


@dataclass(frozen=True)
class Entry:
    """One submission; times in seconds since the epoch.

    :param stage: ``intent`` (it may have been sent), ``submitted`` (the task is known), ``done`` (it succeeded),
        ``deleted`` (the service was deleted, which lists may not show yet).
    :param guid: the service that came of it, or that was deleted.
    :param gone: a service of the tenant that was deleted before, which lists and leads may still name.
    """

    platform: str
    ms_tenant_id: str
    short_name: str | None
    stage: str
    intended_at: float
    changed_at: float
    task_id: str | None = None
    guid: str | None = None
    gone: str | None = None


class Journal(Protocol):
    """Where submissions are written down. Safe to use from several threads and processes.

    :ivar remembers: the next run sees what this one writes down.
    """

    remembers: bool

    def hold(self, ms_tenant_id: str, timeout: float) -> AbstractContextManager[None]:
        """A context in which no other run looks up and submits for this tenant.

        :raises TimeoutError: another run does not let go.
        """

    def read(self, ms_tenant_id: str) -> Entry | None:
        """The latest submission for the tenant, unless it is too old to say anything."""

    def intend(self, ms_tenant_id: str, short_name: str | None) -> Entry:
        """Write down that a request is about to be sent."""

    def submitted(self, entry: Entry, task_id: str) -> Entry:
        """Write down the task of the submission."""

    def done(self, entry: Entry, guid: str | None) -> None:
        """Write down that it succeeded."""

    def deleted(self, ms_tenant_id: str, guid: str) -> None:
        """Write down that the tenant's service was deleted."""

    def forget(self, ms_tenant_id: str) -> None:
        """Nothing is on its way for the tenant (any more)."""


class FileJournal:
    """The journal in a private folder.

    :param platform: the base URL; entries of other platforms are not seen.
    :param report: told when an entry cannot be written; the work goes on, since a lost entry is not a lost service.
    :raises UnsafePlace: the folder cannot be used.
    """

    remembers = True

    def __init__(self, folder: Path, platform: str, clock: Clock, report: Callable[[str], None]) -> None:
        open_folder(folder, private=False)
        self._report = report
        self._folder = folder
        self._platform = platform
        self._clock = clock

    @contextmanager
    def hold(self, ms_tenant_id: str, timeout: float) -> Iterator[None]:
        with ExitStack() as held:
            try:
                held.enter_context(locked(self._path(ms_tenant_id).with_suffix(".lock"), self._clock, timeout))
            except TimeoutError:
                raise
            except OSError as error:
                self._report(NOT_WRITTEN.format(reason=error.strerror or type(error).__name__))
            yield

    def read(self, ms_tenant_id: str) -> Entry | None:
        entry, now = _decode(read_private(self._path(ms_tenant_id))), self._clock.wall()
        if entry is None or now - entry.changed_at > KEPT:
            return None
        # A clock that was wrong must not let anybody wait for a moment in the far future.
        entry = replace(entry, intended_at=min(entry.intended_at, now), changed_at=min(entry.changed_at, now))
        matches = entry.platform == self._platform and fold(entry.ms_tenant_id) == fold(ms_tenant_id)
        return entry if matches else None

    def intend(self, ms_tenant_id: str, short_name: str | None) -> Entry:
        now = self._clock.wall()
        before = self.read(ms_tenant_id)
        gone = before.gone if before is not None else None
        return self._write(Entry(self._platform, ms_tenant_id, short_name, INTENT, now, now, gone=gone))

    def submitted(self, entry: Entry, task_id: str) -> Entry:
        return self._write(replace(entry, stage=SUBMITTED, task_id=task_id, changed_at=self._clock.wall()))

    def done(self, entry: Entry, guid: str | None) -> None:
        self._write(replace(entry, stage=DONE, guid=guid, changed_at=self._clock.wall()))

    def deleted(self, ms_tenant_id: str, guid: str) -> None:
        now = self._clock.wall()
        self._write(Entry(self._platform, ms_tenant_id, None, DELETED, now, now, guid=guid, gone=guid))

    def forget(self, ms_tenant_id: str) -> None:
        entry = self.read(ms_tenant_id)
        if entry is None or entry.gone is None or entry.stage == DELETED:
            remove(self._path(ms_tenant_id))
        else:
            self.deleted(ms_tenant_id, entry.gone)

    def _write(self, entry: Entry) -> Entry:
        try:
            write_private(self._path(entry.ms_tenant_id), json.dumps(vars(entry)).encode())
        except OSError as error:
            self._report(NOT_WRITTEN.format(reason=error.strerror or type(error).__name__))
        return entry

    def _path(self, ms_tenant_id: str) -> Path:
        key = f"{self._platform}\n{fold(ms_tenant_id)}".encode()
        return self._folder / f"{hashlib.sha256(key).hexdigest()[:32]}.json"

    def clean(self) -> None:
        """Remove the files of entries that are too old, so that the folder does not grow for ever."""
        oldest = self._clock.wall() - 2 * KEPT
        for path in self._folder.iterdir():
            try:
                if path.suffix in (".json", ".lock") and path.stat().st_mtime < oldest:
                    remove(path)
            except OSError:
                continue


class NoJournal:
    """The journal when there is none: nothing is remembered beyond this run."""

    remembers = False

    def __init__(self, platform: str, clock: Clock) -> None:
        self._platform = platform
        self._clock = clock

    @contextmanager
    def hold(self, ms_tenant_id: str, timeout: float) -> Iterator[None]:
        yield

    def read(self, ms_tenant_id: str) -> Entry | None:
        return None

    def intend(self, ms_tenant_id: str, short_name: str | None) -> Entry:
        now = self._clock.wall()
        return Entry(self._platform, ms_tenant_id, short_name, INTENT, now, now)

    def submitted(self, entry: Entry, task_id: str) -> Entry:
        return replace(entry, stage=SUBMITTED, task_id=task_id)

    def done(self, entry: Entry, guid: str | None) -> None:
        return None

    def deleted(self, ms_tenant_id: str, guid: str) -> None:
        return None

    def forget(self, ms_tenant_id: str) -> None:
        return None


def open_journal(
    wanted: bool,
    path: str | None,
    platform: str,
    clock: Clock,
    report: Callable[[str], None],
    *,
    read_only: bool = False,
) -> Journal:
    """The journal; the user is told when there can be none.

    :param path: the folder; by default below the user's state directory.
    :param read_only: nothing will be written down, so a folder that is not there need not be made.
    """
    try:
        folder = Path(path).expanduser() if path else default_folder()
        if not wanted or (read_only and not folder.is_dir()):
            return NoJournal(platform, clock)
        journal = FileJournal(folder, platform, clock, report)
        if not read_only:
            journal.clean()
        return journal
    except (UnsafePlace, OSError, RuntimeError) as error:
        report(
            f"No journal can be kept ({error}). Without one, a run that is killed or stops waiting is not taken up by "
            "the next run until the platform lists the service; set journal_path to a folder that only this user can "
            "write to"
        )
        return NoJournal(platform, clock)


def default_folder() -> Path:
    """``$XDG_STATE_HOME/audiocodes.live_platform/journal``, by default below ``~/.local/state``."""
    base = os.environ.get("XDG_STATE_HOME") or "~/.local/state"
    return Path(base).expanduser() / "audiocodes.live_platform" / "journal"


def _decode(content: bytes | None) -> Entry | None:
    if not content:
        return None
    try:
        record = json.loads(content)
        # A later version may have written more; what this one knows must not be lost for that.
        entry = Entry(**{name: record[name] for name in record if name in Entry.__dataclass_fields__})
    except (ValueError, TypeError, RecursionError):
        return None
    return entry if entry.stage in (INTENT, SUBMITTED, DONE, DELETED) and _fits(record) else None


def _fits(record: Mapping[str, Any]) -> bool:
    """Whether the values are of an entry's types, whoever has written them."""
    texts = (record.get(name) for name in ("short_name", "task_id", "guid", "gone"))
    return (
        isinstance(record["ms_tenant_id"], str)
        and all(text is None or isinstance(text, str) for text in texts)
        and all(
            isinstance(record[name], (int, float)) and isfinite(record[name]) for name in ("intended_at", "changed_at")
        )
    )
