# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The entries of the journal: what they say, how they are written, and how old they are by clocks that may be wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from .._core.clock import Clock
from .._core.text import StringEnum


@dataclass(frozen=True)
class Kind:
    """A kind of objects.

    :param name: what users call one.
    :param owner: what its identity is that of.
    """

    name: str
    owner: str

    def of(self, identity: str) -> str:
        """Return what messages call the owner of one."""
        return f"{self.owner} {identity}"


FIRST_KIND = Kind("service", "tenant")
"""The kind of the entries of 1.0.0, which name none, since there was no other."""

_WRITTEN = {"identity": "ms_tenant_id", "name": "short_name", "object_id": "guid"}
"""What 1.0.0 called members of an entry, in whose files they keep these names."""


class SubmissionStage(StringEnum):
    """List how far a submission can be known to have come."""

    INTENT = "intent"
    """It may have been sent."""
    SUBMITTED = "submitted"
    """Its task is known."""
    DONE = "done"
    """It succeeded."""
    DELETED = "deleted"
    """The object was deleted, which lists may not show yet."""


KEPT = 7 * 24 * 3600.0
"""Seconds after which an entry no longer says anything about the platform, and is removed."""

LONGEST_ID = 1024
"""Characters of an id. What is longer is no id, and would not fit the journal."""

_LATEST = 1e12
"""Seconds since the epoch that no clock shows."""

_AGREED = 1.0
"""Seconds that two clocks may differ by without one of them having been set."""

_BOOT, _INTENDED, _CHANGED = "boot", "intended_up", "changed_up"


@dataclass(frozen=True)
class Entry:
    """One submission; times in seconds since the epoch, on the scale of the run that has read or made the entry.

    :param identity: what tells the object from others of its kind: of a service, its tenant.
    :param name: what users call it.
    :param object_id: the object that came of it, or that was deleted.
    :param gone: one that was deleted before, which lists and leads may still name.
    :param kind: of the object.
    :param about: what the request was about, where the identity does not say it.
    """

    platform: str
    identity: str
    name: str | None
    stage: SubmissionStage
    intended_at: float
    changed_at: float
    task_id: str | None = None
    object_id: str | None = None
    gone: str | None = None
    kind: str = FIRST_KIND.name
    about: str | None = None


@dataclass(frozen=True)
class Moment:
    """Now, by every clock there is.

    :param wall: seconds since the epoch.
    :param up: monotonic seconds of this start of the machine.
    :param boot: what tells this start from others.
    :param files: seconds since the epoch, by the file system's clock.
    """

    wall: float
    up: float
    boot: str
    files: float

    @classmethod
    def of(cls, clock: Clock, ahead: float) -> Moment:
        wall = clock.wall()
        return cls(wall, clock.now(), clock.boot(), wall + ahead)

    def age(self, written: float, files: float) -> float:
        """Seconds that have surely passed since another start of the machine, or another machine, has written this.

        Clocks are set, so the one that says the least is believed. The machine may have been started anew since then,
        but not before.

        :param written: by the writer's clock.
        :param files: by the file system's.
        """
        return max(0.0, min(self.wall - written, self.files - files, self.up))


def encode(entry: Entry, now: Moment) -> bytes:
    """Return what is written down. It holds no more than an entry can have, whatever the platform has said."""
    facts = vars(entry) | {name: None for name in ("task_id", "object_id", "gone") if not fits(getattr(entry, name))}
    if entry.name is not None:
        facts["name"] = entry.name[:LONGEST_ID]
    if entry.about is None:
        del facts["about"]
    record = {_WRITTEN.get(name, name): value for name, value in facts.items()}
    stamps = {
        _BOOT: now.boot,
        _INTENDED: now.up - (now.wall - entry.intended_at),
        _CHANGED: now.up - (now.wall - entry.changed_at),
    }
    return json.dumps(record | stamps).encode()


def fits(text: str | None) -> bool:
    """Return whether this can be an id that an entry holds."""
    return text is None or len(text) <= LONGEST_ID


def decode(content: bytes, written_at: float, now: Moment, kept: float = KEPT) -> tuple[Entry | None, bool]:
    """The entry with its times on the scale of now, or ``None``; and whether it is too old to say anything.

    :param written_at: by the file system's clock.
    """
    try:
        record = json.loads(content)
        # A later version may have written more; what this one knows must not be lost for that.
        members = {name: _WRITTEN.get(name, name) for name in Entry.__dataclass_fields__}
        known = {name: record[written] for name, written in members.items() if written in record}
        entry = Entry(**{**known, "stage": SubmissionStage(known["stage"])})
        if not _has_the_types(record):
            return None, False
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None, False
    intended, changed = _ages(entry, record, written_at, now)
    # One clock is not enough to forget what was submitted.
    expired = min(changed, now.wall - entry.changed_at) > kept
    at = (_at(entry.intended_at, intended, now), _at(entry.changed_at, changed, now))
    return replace(entry, intended_at=at[0], changed_at=at[1]), expired


def _at(written: float, age: float, now: Moment) -> float:
    """Return when that was, on the scale of now: as it was written, unless a clock was set."""
    return min(written if abs(now.wall - age - written) < _AGREED else now.wall - age, now.wall)


def _ages(entry: Entry, record: Mapping[str, Any], written_at: float, now: Moment) -> tuple[float, float]:
    """Return how long ago it was intended and changed."""
    if now.boot and record.get(_BOOT) == now.boot and all(_is_time(record.get(name)) for name in (_INTENDED, _CHANGED)):
        return max(0.0, now.up - record[_INTENDED]), max(0.0, now.up - record[_CHANGED])
    between = max(0.0, entry.changed_at - entry.intended_at)
    return now.age(entry.intended_at, written_at - between), now.age(entry.changed_at, written_at)


def _has_the_types(record: Mapping[str, Any]) -> bool:
    """Return whether the values are of an entry's types, whichever version has written them."""
    texts = (record.get(name) for name in ("short_name", "task_id", "guid", "gone", "kind", "about"))
    return (
        isinstance(record["ms_tenant_id"], str)
        and isinstance(record["platform"], str)
        and (record["stage"] != SubmissionStage.SUBMITTED or bool(record.get("task_id")))
        and all(text is None or isinstance(text, str) for text in texts)
        and all(_is_time(record[name]) for name in ("intended_at", "changed_at"))
    )


def _is_time(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and -_LATEST < value < _LATEST
