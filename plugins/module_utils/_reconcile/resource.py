# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What one kind of object tells the reconciliation: no waiting, no check mode, no journal, no thread and no Ansible."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from .._api.field import Difference, Field
from .._api.tasks import Task
from .._core.errors import LivePlatformError
from .._core.text import StringEnum
from .._tasks.list_watcher import WatchedList
from .entries import Kind

PRESENT, ABSENT = "present", "absent"


class OnDifference(StringEnum):
    """List what can be done when an object exists and differs from what is wanted."""

    UPDATE = "update"
    """What can be changed is changed; of the rest the user is warned."""
    REPORT = "report"
    """Nothing is changed; the user is warned."""
    FAIL = "fail"
    """What can be changed is changed, unless something differs that cannot: that is an error, and nothing is sent."""


ActualRead_co = TypeVar("ActualRead_co", covariant=True)
ActualT = TypeVar("ActualT")


class Wanted(Protocol):
    """One object as it shall be."""

    @property
    def state(self) -> str:
        """``present`` or ``absent``."""

    @property
    def task_id(self) -> str | None:
        """A running task to adopt instead of submitting."""

    @property
    def body(self) -> dict[str, Any]:
        """The request that creates it."""

    @property
    def on_difference(self) -> OnDifference:
        """Return what is done when it exists and differs."""


WantedT = TypeVar("WantedT", bound=Wanted)


class Observed(Protocol[ActualRead_co]):
    """Hold what was read of one object."""

    @property
    def actual(self) -> ActualRead_co | None:
        """The object; ``None``: there is none."""

    @property
    def confirmed(self) -> bool:
        """Return whether the platform itself shows the object; otherwise only something else speaks of it."""


@dataclass(frozen=True)
class Seen(Generic[ActualT]):
    """An object that was read, with nothing else to say about it."""

    actual: ActualT | None
    confirmed: bool = True


@dataclass(frozen=True)
class UpdateStep:
    """One request that takes differences away.

    :param options: whose values are as they are wanted after it.
    :param operation: its verb and path.
    :param send: sends it, and gives the id of a task to follow, where one comes. Once or twice makes no difference.
    :param submission: in place of ``send``, what must be submitted once only: a resource, and what is wanted of it.
    """

    options: frozenset[str]
    operation: str
    send: Callable[[], str | None] | None = None
    submission: tuple[Resource[Any, Any], Any] | None = None


class Resource(Generic[WantedT, ActualT]):
    """One kind of object. What is defined here fits an object that is created and deleted by one request, without a
    task; a resource says what is different.

    :cvar kind: what users call it; names its entries in the journal.
    :cvar fields: its options.
    :cvar creating: verb and path of the request that creates one.
    :cvar deleting: and of the one that deletes one.
    :cvar places: the beginning of a sentence about an object that cannot be found: where it is not shown.
    :cvar identity_option: the option that says which one is meant.
    """

    kind: ClassVar[Kind]
    fields: ClassVar[tuple[Field, ...]]
    creating: ClassVar[str]
    deleting: ClassVar[str]
    places: ClassVar[str]
    identity_option: ClassVar[str]

    def identity(self, wanted: WantedT) -> str:
        """Return what tells the object from others of its kind: for the lock and the entry in the journal."""
        raise NotImplementedError

    def read(self, wanted: WantedT, gone: str | None = None, newer_than: float | None = None) -> Observed[ActualT]:
        """The object as the platform shows it.

        :param gone: id of one that was deleted a while ago, which the platform may still show.
        :param newer_than: on the clock; what was read before is read again.
        :raises LivePlatformError: it cannot be read, or there are several.
        """
        raise NotImplementedError

    def create(self, wanted: WantedT, before_sending: Callable[[], None]) -> str | None:
        """Send the request.

        :param before_sending: called right before it is sent; what it raises keeps it from being sent.
        :returns: the id of the task to follow; ``None``: it is done.
        :raises ApiError: with ``undecided`` set when the object may come to be all the same.
        """
        raise NotImplementedError

    def delete(self, wanted: WantedT, actual: ActualT) -> bool | None:
        """Delete it.

        :returns: whether it was there; ``None``: the answer does not tell whether it is gone.
        """
        raise NotImplementedError

    # What is said of it

    def name(self, wanted: WantedT) -> str | None:
        """Return what users call this one, when they gave it a name."""
        return None

    def about(self, wanted: WantedT) -> str | None:
        """Return what the journal keeps of it for the next run, where the identity does not say it."""
        return None

    def subject(self, wanted: WantedT) -> str:
        """Return what an error calls it."""
        return self.kind.of(self.identity(wanted))

    @property
    def title(self) -> str:
        """Return what users call one."""
        return self.kind.name

    def id_of(self, actual: ActualT) -> str | None:
        """The platform's id of it."""
        return None

    def picture(self, actual: ActualT) -> Mapping[str, Any]:
        """The object for diff mode."""
        raise NotImplementedError

    def id_from(self, task: Task) -> str | None:
        """The platform's id of what a task has made, where the task tells it."""
        return None

    def owner(self, actual: ActualT) -> str:
        """Return whose it is, in words."""
        return "somebody else"

    def half_made(self, actual: ActualT) -> str:
        """Return what to do about one that a failed task has left."""
        return "look at it in the portal"

    # What may be done

    def refusal(self, wanted: WantedT, observed: Observed[ActualT]) -> LivePlatformError | None:
        """Return why what is wanted contradicts what exists."""
        return None

    def refusals(self) -> Mapping[str, LivePlatformError]:
        """Which of all wanted objects of the run are refused, by their keys; found before the first write."""
        return {}

    def allow_creation(self, wanted: WantedT, observed: Observed[ActualT]) -> None:
        """:raises LivePlatformError: it cannot be created."""

    def allow_deletion(self, wanted: WantedT, actual: ActualT) -> None:
        """:raises LivePlatformError: it must not be deleted."""

    # Looking at it

    def find(self, wanted: WantedT) -> ActualT | None:
        """The object as it is shown now, wherever that is."""
        return self.read(wanted, newer_than=float("inf")).actual

    def fetch(self, object_id: str) -> ActualT | None:
        """The object with this id."""
        return None

    def compare(self, wanted: WantedT, actual: ActualT) -> tuple[ActualT, list[Difference]]:
        """The object with its details, and how it differs from what is wanted.

        :raises ConflictError: it is another one than what is asked for.
        """
        return actual, self.changes(wanted, actual)

    def compare_made(self, wanted: WantedT, actual: ActualT) -> tuple[ActualT, list[Difference]]:
        """One that this run has created, with its details, and what is still to be changed about it."""
        return actual, []

    def changes(self, wanted: WantedT, actual: ActualT) -> list[Difference]:
        """Return how an object differs in what can be changed, as far as it was read; nothing is asked for."""
        return []

    def next_step(self, wanted: WantedT, actual: ActualT, differences: Sequence[Difference]) -> UpdateStep:
        """The first request towards what is wanted.

        :param differences: that are to be taken away; at least one.
        """
        raise NotImplementedError

    def refreshed(self, wanted: WantedT, actual: ActualT, step: UpdateStep) -> ActualT | None:
        """The object as it is shown now, after a step; ``None``: it is not there any more."""
        return self.find(wanted)

    def remarks(self, wanted: WantedT, actual: ActualT, confirmed: bool) -> list[str]:
        """Return what the user should know about one that is left as it is."""
        return []

    def before_deletion(self, wanted: WantedT, actual: ActualT) -> tuple[ActualT, list[str]]:
        """The object with what goes with it, and what the user should know before."""
        return actual, []

    def is_whole(self, actual: ActualT) -> bool:
        """Return whether it is more than what a failed task has left."""
        return True

    def belongs(self, wanted: WantedT, actual: ActualT) -> bool:
        """Return whether it is the one that is wanted, and not that of somebody else."""
        return True

    # Reading back what a task has made

    def known(self, wanted: WantedT, object_id: str | None) -> ActualT | None:
        """The object, if what was read last shows it whole: nothing is asked for."""
        return None

    def next_look(self, now: float) -> float:
        """Return when to look for it next, on the clock, so that many share one look."""
        return now

    def find_made(self, wanted: WantedT, object_id: str | None, newer_than: float, round_: int) -> ActualT | None:
        """Return what a task has made.

        :param round_: of the search, from 0: not every place need be asked each time.
        """
        return self.find(wanted)

    # What a run with many has in common

    @property
    def others_at_work(self) -> bool:
        """Return whether objects appear that this run did not make."""
        return False

    @property
    def watched_list(self) -> WatchedList | None:
        """A list that shows the ends of many tasks at once."""
        return None

    def on_others(self, callback: Callable[[], None]) -> None:
        """Call this once, when objects appear that this run did not make."""

    def submitting(self, wanted: WantedT) -> None:
        """Take what appears from now on for what may be this run's own."""

    def dismiss(self, object_id: str) -> None:
        """This one was deleted, however long lists still name it."""

    def second_looks(self, wanted: Sequence[WantedT]) -> Mapping[str, LivePlatformError]:
        """At the end of the run: those that others have made as well meanwhile, by their keys."""
        return {}
