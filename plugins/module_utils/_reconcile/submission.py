# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Submitting the request for one object, once: whatever broke before or breaks now.

The intent is written down before the request is sent, the task as soon as it is known. A request whose answer is lost
is never sent again: the platform's lists are asked for the truth, and what cannot be found out in time is left to the
next run, which the journal tells about it. What follows each event is the table of :mod:`.transitions`; this carries it
out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Generic

from .._api.tasks import Task, TaskState
from .._core.errors import ApiError, LivePlatformError, LookupFailed, UndecidedError
from .._tasks.poller import FRESH_TASK, OPERATION, TaskFailedError, TaskLost, WaitTimeoutError
from .._tasks.work_queue import Steps
from .context import LISTED_WITHIN, Context
from .entries import Entry, SubmissionStage
from .outcome import Outcome
from .read_back import read_back
from .refusals import may_exist, says_exists
from .resource import ActualT, WantedT
from .result import Result
from .transitions import FINAL, Effect, Event, State, after

FRESH = 2.0
"""Seconds for which what was read serves as evidence for a submission."""

EXISTS_PATIENCE = 15.0
"""Seconds to look for an object that the platform says exists already."""

GIVEN_TASK = 10.0
"""Seconds during which a task that the user names may not be found; it was submitted a while ago."""

LOST_FOR = 180.0
"""Seconds during which the platform has to say that it does not know a task, again and again, to be believed."""

SLOWLY = (1.0, 4.0)
"""Seconds between which a run pauses before each submission when it is not alone."""


@dataclass(frozen=True)
class Followed:
    """A submission whose task is to be followed.

    :param adopted: it is not this run's own.
    :param given: the user named its task.
    """

    entry: Entry
    adopted: bool
    given: bool = False

    @property
    def outcome(self) -> Outcome:
        return Outcome.ADOPTED if self.adopted else Outcome.CREATED


class _FoundError(Exception):
    """The object is there, so the request that was about to be sent is not."""


class Submission(Generic[WantedT, ActualT]):
    """The submission for one object.

    :param existed: the object was there before; what is followed then changes nothing.
    """

    def __init__(self, context: Context[WantedT, ActualT], existed: bool) -> None:
        self._context = context
        self._resource = context.resource
        self._wanted = context.wanted
        self._existed = existed
        self._said_lost = False
        self._void_task: str | None = None  # whatever the journal still says of it
        self._journal = context.tools.journal
        self._clock = context.tools.clock
        self._settings = context.tools.settings
        self._state: State | None = None  # nothing was sent, and nothing is under way
        self._entry: Entry | None = None
        self._effects: Mapping[Effect, Callable[[Entry, Any], Entry]] = {
            Effect.NONE: lambda entry, fact: entry,
            Effect.INTEND_AGAIN: self._intend_again,
            Effect.NOTE_TASK: self._journal.submitted,
            Effect.NOTE_DONE: self._note_done,
            Effect.FORGET: self._forget,
        }

    def run(self) -> Steps[Result[WantedT, ActualT]]:
        """Submit, or take up what is under way, and follow it to the end."""
        try:
            while True:
                with (yield from self._context.hold()):
                    step = yield from self._submit()
                result = (yield from self.follow(step)) if isinstance(step, Followed) else step
                if result is not None:
                    return self._ended(result)
                self._expect({State.VOID})
                self._void_task = self._entry.task_id if self._entry is not None else None
                self._state = None
        except BaseException:
            self._stop()
            raise

    def adopt(self, task_id: str) -> Steps[Result[WantedT, ActualT]]:
        """Follow the task that the user names."""
        now, context = self._clock.wall(), self._context
        platform = context.tools.api.client.platform
        name = self._resource.name(self._wanted)
        entry = Entry(platform, context.identity, name, SubmissionStage.SUBMITTED, now, now, task_id)
        self._state, self._entry = State.RUNNING, entry
        try:
            result = yield from self.follow(Followed(entry, adopted=True, given=True))
        except BaseException:
            self._stop()
            raise
        if result is None:
            raise LookupFailed(
                f"Task {task_id} has created nothing",
                operation=OPERATION,
                hint=f"without task_id, the {self._resource.title} is created",
            )
        return self._ended(result)

    def _ended(self, result: Result[WantedT, ActualT]) -> Result[WantedT, ActualT]:
        """The result, when the submission is at an end, or when there was none."""
        self._expect({None, *FINAL} - {State.VOID})
        return result

    def _move(self, event: Event, entry: Entry, fact: Any = None) -> Entry:
        """An event has happened: write down what the table says.

        :param fact: the task id or the object's id, where the event brings one.
        :returns: the entry as it is now.
        """
        if self._state is None:
            raise ValueError(f"There is no submission for the event: {event}")
        step = after(self._state, event)
        self._state = step.state
        self._entry = self._effects[step.effect](entry, fact)
        return self._entry

    def _expect(self, states: Collection[State | None]) -> None:
        """:raises AssertionError: the table and this file do not agree, which is a defect."""
        if self._state not in states:
            raise AssertionError(f"a submission is {self._state}, where it should be one of {sorted(map(str, states))}")

    def _stop(self) -> None:
        """This run does nothing more: it is interrupted, or cannot ask the platform any more."""
        if self._state is not None and self._state not in FINAL and self._entry is not None:
            self._move(Event.INTERRUPTED, self._entry)

    def _over(self, event: Event, entry: Entry, error: LivePlatformError) -> LivePlatformError:
        """The error to raise, with which the submission is at an end for this run."""
        self._move(event, entry)
        self._expect({State.FAILED, State.OPEN})
        return error

    def _submit(self) -> Steps[Result[WantedT, ActualT] | Followed | None]:
        """Return what is to be done now, with nobody else on this machine at work on the object."""
        context, resource = self._context, self._resource
        entry = self._journal.read(context.identity)
        if entry is not None and entry.gone is not None:
            resource.dismiss(entry.gone)
        if entry is not None and entry.about not in (None, resource.about(self._wanted)):
            context.report(
                f"The last {resource.title} of {context.subject} was one to '{entry.about}'; its end comes first"
            )
        if entry is not None and entry.stage == SubmissionStage.SUBMITTED and entry.task_id != self._void_task:
            self._state, self._entry = State.RUNNING, entry
            return Followed(entry, adopted=True)
        known = yield from self._known(entry)
        if known is not None:
            return known
        if resource.others_at_work:
            yield context.tools.uniform(*SLOWLY)
        return (yield from self._send(entry))

    def _send(self, entry: Entry | None) -> Steps[Result[WantedT, ActualT] | Followed | None]:
        """Send the request, unless a last look finds the object."""
        written: list[Entry] = []
        found: list[Result[WantedT, ActualT]] = []

        def before_sending() -> None:
            # The next run takes the time of the intent for that of the request, so nothing long comes between them.
            there = self._look_again(entry)
            if there is not None:
                found.append(there)
                raise _FoundError
            self._resource.submitting(self._wanted)
            name, about = self._resource.name(self._wanted), self._resource.about(self._wanted)
            written.append(self._journal.intend(self._context.identity, name, about=about))
            self._state, self._entry = State.SENDING, written[0]

        try:
            task_id = self._resource.create(self._wanted, before_sending)
        except _FoundError:
            return found[0]
        except LivePlatformError as error:
            if not written:  # nothing was sent
                raise
            return (yield from self._after_error(written[0], error))
        if task_id is not None:
            return Followed(self._move(Event.TASK_KNOWN, written[0], task_id), adopted=False)
        done = Followed(self._move(Event.ENDED_WELL, written[0]), adopted=False)
        return (yield from self._after_success(done, None, 0.0))

    def _known(self, entry: Entry | None) -> Steps[Result[WantedT, ActualT] | None]:
        """The object of an earlier submission that has ended, or whose end nobody knows."""
        made = yield from self._context.seek_promised(entry)
        if made is not None:
            return self._context.keep(made)
        if entry is not None and entry.stage == SubmissionStage.INTENT:
            self._state, self._entry = State.UNANSWERED, entry
            actual = yield from self._context.seek(entry.intended_at + self._settings.patience)
            if actual is not None:
                return self._settled(entry, actual, own=False)
            self._state = None
        return None

    def _look_again(self, entry: Entry | None) -> Result[WantedT, ActualT] | None:
        """An object that somebody else has made since this run has looked, right before the submission.

        :raises LivePlatformError: it cannot be created any more, or it cannot be seen, so nothing is submitted.
        """
        context, resource = self._context, self._resource
        gone = entry.gone if entry is not None else None
        newer_than = self._clock.now() - (0.0 if resource.others_at_work else FRESH)
        observed = resource.read(self._wanted, gone, newer_than)
        if observed.actual is None:
            resource.allow_creation(self._wanted, observed)
            return None
        context.report(f"The {resource.title} of {context.subject} was made by somebody else since this run has begun")
        return context.keep(observed.actual, observed.confirmed)

    def _after_error(self, entry: Entry, error: LivePlatformError) -> Steps[Result[WantedT, ActualT]]:
        """The request got no good answer: find out what it came to."""
        context, resource = self._context, self._resource
        if isinstance(error, ApiError) and error.undecided:
            # It may have been sent later than it was intended, after pauses that the platform had asked for.
            entry = self._move(Event.LOST, entry)
            actual = yield from self._found(entry.intended_at + self._settings.search)
            if actual is not None:
                return self._settled(entry, actual)
            undecided = UndecidedError(
                f"{error.message}. Whether the platform took the request could not be found out within "
                f"{self._settings.search:g} seconds: {resource.places} the {resource.title}",
                operation=error.operation,
                http_status=error.http_status,
                attempts=error.attempts,
                trace_id=error.trace_id,
                hint="run again: the next run looks first, takes up what it finds, and submits only what is not there",
            )
            raise self._over(Event.NOT_LISTED, entry, undecided)
        self._move(Event.REFUSED, entry)
        if isinstance(error, ApiError) and may_exist(error):
            exists = error.http_status == 409 or says_exists(error.text)
            actual = yield from self._found(self._clock.wall() + (EXISTS_PATIENCE if exists else 0.0))
            if actual is not None:
                self._move(Event.LISTED, entry)
                context.report(
                    f"The platform refused the request, since the {resource.title} is there. {error.message}"
                )
                return context.keep(actual)
            if exists:
                error.hint = self._not_shown
        raise self._over(Event.NOT_LISTED, entry, error)

    @property
    def _not_shown(self) -> str:
        return (
            f"the platform says that it exists, but {self._resource.places} it yet: run again in a few minutes, and if "
            f"it stays so, look for the {self._resource.kind.owner} in the portal"
        )

    def _found(self, until: float) -> Steps[ActualT | None]:
        """The object, if it can be found; what hinders the search matters less than what it is made for."""
        try:
            return (yield from self._context.seek(until))
        except LivePlatformError:
            return None

    def _settled(self, entry: Entry, actual: ActualT, own: bool = True) -> Result[WantedT, ActualT]:
        """A request without an answer turned out to have been taken.

        :param own: it is this run's request, so that this run has changed the platform.
        """
        self._move(Event.LISTED, entry, self._resource.id_of(actual))
        self._context.report(
            f"The answer to the submission for {self._context.subject} was lost; the {self._resource.title} was found "
            "and adopted"
        )
        return self._made(Outcome.ADOPTED, actual, None, own)

    def follow(self, followed: Followed) -> Steps[Result[WantedT, ActualT] | None]:
        """Follow a submission to its end; ``None`` when it came to nothing long ago and can be made anew."""
        entry, since = followed.entry, self._clock.now()
        self._resource.submitting(self._wanted)
        age = max(0.0, self._clock.wall() - entry.intended_at)
        try:
            task = yield from self._watch(followed, since, age)
            while isinstance(task, TaskLost):
                self._move(Event.FORGOTTEN, entry)
                result = yield from self._while_unreadable(followed, task, since)
                if self._state is not State.RUNNING:
                    return result
                task = yield from self._watch(followed, since, age, again=True)
        except TaskFailedError as error:
            return (yield from self._after_failure(followed, error))
        except WaitTimeoutError as error:
            raise self._over(Event.TIMED_OUT, entry, error) from None
        if task.state in (TaskState.RUNNING, TaskState.UNKNOWN):
            return self._still_running(followed, task)
        self._move(Event.ENDED_WELL, entry)
        return (yield from self._after_success(followed, task, age))

    def _still_running(self, followed: Followed, task: Task) -> Result[WantedT, ActualT]:
        self._move(Event.TIMED_OUT, followed.entry)
        changed = not followed.adopted and not self._existed
        return self._context.creation(followed.outcome, changed=changed, task=task)

    def _after_failure(self, followed: Followed, error: TaskFailedError) -> Steps[Result[WantedT, ActualT] | None]:
        """Return what remains when a task has failed: the object all the same, a new submission, or the error."""
        entry = self._move(Event.ENDED_BADLY, followed.entry)
        result = yield from self._after_failed_task(entry, error)
        if result is not None:
            return result
        if not followed.adopted or followed.given or error.attempts > 1:
            raise self._over(Event.NOT_LISTED, entry, error)
        actual = self._resource.find(self._wanted)
        if actual is not None:
            self._move(Event.LISTED, entry)
            return self._context.keep(actual)
        self._move(Event.NEVER_LISTED, entry)
        self._context.report(f"The submission of an earlier run had failed, so a new one is made. {error.message}")
        return None

    def _after_success(
        self, followed: Followed, task: Task | None, age: float
    ) -> Steps[Result[WantedT, ActualT] | None]:
        """A success is read back.

        :param task: that has succeeded; ``None``: there was none.
        :param age: of the submission when its task was first looked at, seconds.
        """
        context, entry = self._context, followed.entry
        context.step_aside()
        actual = yield from read_back(context, task, self._existed)
        if followed.given and task is not None:
            self._check_owner(task, actual)
        elif followed.adopted and actual is None and age >= self._settings.patience + LISTED_WITHIN:
            self._move(Event.NEVER_LISTED, entry)
            what = f"task {task.id}" if task is not None else "an earlier run"
            context.report(
                f"The {self._resource.title} that {what} has made is not there any more, so a new one is made"
            )
            return None
        if actual is None:
            self._move(Event.NOT_LISTED, entry, self._resource.id_from(task) if task is not None else None)
        else:
            self._move(Event.LISTED, entry, self._resource.id_of(actual))
        return self._made(followed.outcome, actual, task, own=not followed.adopted)

    def _after_failed_task(self, entry: Entry, error: TaskFailedError) -> Steps[Result[WantedT, ActualT] | None]:
        """A task may fail because the object is there already. One that it has left half-made does not count."""
        resource = self._resource
        said = [*error.seen.errors, *(message.message for message in error.seen.messages), *error.seen.details]
        if not any(says_exists(text) for text in said):
            return None
        actual = yield from self._found(self._clock.wall() + EXISTS_PATIENCE)
        if actual is None:
            error.hint = self._not_shown
        elif resource.is_whole(actual):
            self._move(Event.LISTED, entry)
            self._context.report(
                f"The task of the submission failed, since the {resource.title} is there. {error.message}"
            )
            return self._context.keep(actual)
        else:
            error.hint = resource.half_made(actual)
        return None

    def _made(self, outcome: Outcome, actual: ActualT | None, task: Task | None, own: bool) -> Result[WantedT, ActualT]:
        """The object is there.

        :param own: this run has submitted it; what an earlier run has submitted is that run's change.
        """
        changed = own and not self._existed
        return self._context.creation(outcome, changed=changed, actual=actual, task=task)

    def _watch(self, followed: Followed, since: float, age: float, *, again: bool = False) -> Steps[Task | TaskLost]:
        """The task at its end; without waiting, as it is now (a fresh one is not even asked for).

        :param age: of the submission at that moment, seconds.
        :param again: the task could not be read for a while.
        """
        context, task_id = self._context, followed.entry.task_id or ""
        try:
            if not self._settings.wait.wait:
                return context.watcher().look(task_id, age) if followed.adopted else Task(task_id)
            grace = GIVEN_TASK if followed.given else FRESH_TASK
            context.tools.progress.saw(context.key, Task(task_id))
            fresh = not followed.adopted and not again
            return (yield from context.watcher().watch(task_id, age, grace, key=context.key, fresh=fresh, since=since))
        except TaskLost as error:
            return error

    def _while_unreadable(
        self, followed: Followed, error: TaskLost, since: float
    ) -> Steps[Result[WantedT, ActualT] | None]:
        """The platform says that it does not know the task: look for the object, and for the task too.

        One such answer proves nothing. That the submission has failed is believed when the platform itself has said so
        for :data:`LOST_FOR` seconds without a break, the object is not there, and no creation takes so long.

        :returns: the result; ``None`` when the task is there again, or when it failed long ago: the state tells which.
        """
        entry, settings, pause = followed.entry, self._settings, 1.0
        lost_at = self._clock.now() if error.in_json else None
        last = since + max(settings.wait.timeout, 1.5 * LOST_FOR)
        while True:
            actual = yield from self._found(0.0)
            if actual is not None:
                return self._ended_unseen(followed, error, actual)
            if followed.given:
                self._check_owner(error.seen, None, f"{error.message.rstrip('.')}, and there is none")
            now, long_ago = self._clock.now(), self._clock.wall() - entry.intended_at >= settings.patience
            if not long_ago and not settings.wait.wait:
                return self._still_running(followed, error.seen)
            if followed.adopted and long_ago and lost_at is not None and now - lost_at >= LOST_FOR:
                self._move(Event.NEVER_LISTED, entry)
                self._context.report(
                    f"{error.message}, and there is no {self._resource.title}, so a new submission is made"
                )
                return None
            if now >= last:
                raise self._over(Event.TIMED_OUT, entry, self._never_seen(error))
            yield min(pause, max(0.0, last - now))
            pause = min(1.5 * pause, settings.wait.longest_pause)
            if self._is_readable(entry):
                self._move(Event.TASK_KNOWN, entry)
                return None
            lost_at = (lost_at or self._clock.now()) if self._said_lost else None

    def _is_readable(self, entry: Entry) -> bool:
        """Return whether the task can be read again. If not, whether the platform says that it does not know it is
        kept.
        """
        try:
            self._context.tools.api.get_task(entry.task_id or "")
        except ApiError as refusal:
            self._said_lost = refusal.http_status == 404 and refusal.in_json
            return False
        return True

    def _ended_unseen(self, followed: Followed, error: TaskLost, actual: ActualT) -> Result[WantedT, ActualT]:
        """The object is there, so its task has ended, although nobody has seen that."""
        if followed.given:
            self._check_owner(error.seen, actual)
        self._context.report(f"{error.message}; the {self._resource.title} is there, so the task has ended")
        self._move(Event.LISTED, followed.entry, self._resource.id_of(actual))
        return self._made(followed.outcome, actual, None, own=not followed.adopted)

    def _check_owner(self, task: Task, actual: ActualT | None, unseen: str = "") -> None:
        """A task that the user names may be anybody's, so what it makes has to be what is wanted.

        :param unseen: why it is not seen what the task makes.
        :raises LookupFailed: it is not, or nobody can tell.
        """
        other = unseen or f"it shows no {self._resource.title}"
        if actual is not None:
            if self._resource.belongs(self._wanted, actual):
                return
            other = f"its {self._resource.title} is that of {self._resource.owner(actual)}"
        raise LookupFailed(
            f"Task {task.id} cannot be the one that creates the {self._resource.title} of {self._context.subject}: "
            f"{other}",
            operation=OPERATION,
            task=task.to_dict(),
            hint=f"check task_id and {self._resource.identity_option}; without task_id, the {self._resource.title} is "
            "looked up and created if need be",
        )

    def _intend_again(self, entry: Entry, fact: Any) -> Entry:
        return self._journal.intend(entry.identity, entry.name, sent=True, about=entry.about)

    def _note_done(self, entry: Entry, object_id: str | None) -> Entry:
        self._journal.done(entry, object_id)
        return entry

    def _forget(self, entry: Entry, fact: Any) -> Entry:
        """The journal no longer speaks of this submission, unless it speaks of another one by now."""
        current = self._journal.read(entry.identity)
        if current is not None and current.task_id == entry.task_id:
            self._journal.forget(entry.identity)
        return entry

    def _never_seen(self, error: TaskLost) -> UndecidedError:
        return UndecidedError(
            f"{error.message}, and the {self._resource.title} is not there",
            operation=error.operation,
            http_status=error.http_status,
            task=error.task,
            hint="run again: the next run looks first and submits only if the "
            f"{self._resource.title} is still not there",
        )
