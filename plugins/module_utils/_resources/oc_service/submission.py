# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Submitting the request for one service, once: whatever broke before or breaks now.

The intent is written down before the request is sent, the task as soon as it is known. A request whose answer is lost
is never sent again: the service list and the leads are asked for the truth, and what cannot be found out in time is
left to the next run, which the journal tells about it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Any

from ..._api.services import Service
from ..._api.tasks import Task, TaskState
from ..._core.errors import ApiError, ConflictError, LivePlatformError, LookupFailed, UndecidedError
from ..._core.text import same_text, squeeze
from ..._reconcile.journal import Entry, SubmissionStage
from ..._reconcile.outcome import Outcome
from ..._tasks.poller import FRESH_TASK, OPERATION, TaskFailedError, TaskLost
from ..._tasks.work_queue import Steps
from .agreement import refuse_several
from .context import Context
from .current_state import FRESH
from .existing import compare, keep
from .lead_choice import choose_lead
from .result import Result

READ_BACK_PATIENCE = 30.0
"""Seconds to wait for a service that was just created to be listed."""

EXISTS_PATIENCE = 15.0
"""Seconds to look for a service that the platform says exists already."""

GIVEN_TASK = 10.0
"""Seconds during which a task that the user names may not be found; it was submitted a while ago."""

_ALREADY = re.compile(
    r"already|(?<!n.t)(?<!non)exist|inprogress|(?<!not)running|duplicate|inuse|notunique|beunique|istaken"
)
"""Wordings that say it exists or is being made; not 'does not exist', which says the opposite of something else."""

_LOOK_AFTER = frozenset({400, 404, 409, 422})
"""Refusals that the service's existence may explain, whatever their words."""

_NOT_SHOWN = (
    "the platform says that it exists, but neither the service list nor the lead shows it yet: run again in a few "
    "minutes, and if it stays so, look for the tenant in the portal"
)


LISTED_WITHIN = 600.0
"""Seconds after the success of a task, within which the platform lists the service."""

LOST_FOR = 180.0
"""Seconds during which the platform has to say that it does not know a task, again and again, to be believed."""

SLOWLY = (1.0, 4.0)
"""Seconds between which a run pauses before each submission when it is not alone."""


class Readable(Enum):
    """A task that could not be read can be read again."""

    AGAIN = "again"


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
    def kind(self) -> Outcome:
        return Outcome.ADOPTED if self.adopted else Outcome.CREATED


class Submission:
    """The submission for one service.

    :param existed: the service was there before; what is followed then changes nothing.
    """

    def __init__(self, context: Context, existed: bool) -> None:
        self._context = context
        self._existed = existed
        self._said_lost = False
        self._journal = context.tools.journal
        self._clock = context.tools.clock
        self._settings = context.tools.settings

    def run(self) -> Steps[Result]:
        """Submit, or take up what is under way, and follow it to the end."""
        while True:
            with (yield from self._context.hold()):
                step = yield from self._submit()
            outcome = step if isinstance(step, Result) else (yield from self.follow(step))
            if outcome is not None:
                return outcome

    def adopt(self, task_id: str) -> Steps[Result]:
        """Follow the task that the user names."""
        now = self._clock.wall()
        platform = self._context.tools.api.client.platform
        entry = Entry(
            platform,
            self._context.tenant,
            self._context.wanted.short_name,
            SubmissionStage.SUBMITTED,
            now,
            now,
            task_id,
        )
        outcome = yield from self.follow(Followed(entry, adopted=True, given=True))
        if outcome is None:
            raise LookupFailed(
                f"Task {task_id} has come to nothing",
                operation=OPERATION,
                hint="without task_id, the service is created",
            )
        return outcome

    def _submit(self) -> Steps[Result | Followed]:
        """What is to be done now, with nobody else on this machine at work on the tenant."""
        context, tenant = self._context, self._context.tenant
        entry = self._journal.read(tenant)
        if entry is not None and entry.gone is not None:
            context.current_state.dismiss(entry.gone)
        if entry is not None and entry.stage == SubmissionStage.SUBMITTED:
            return Followed(entry, adopted=True)
        known = yield from self._known(entry)
        if known is not None:
            return known
        if context.current_state.company:
            yield context.tools.uniform(*SLOWLY)
        # The next run takes the time of the intent for the time of the request, so whatever may take long comes first.
        context.tools.api.client.await_turn()
        found = self._look_again(entry)
        if found is not None:
            return found
        context.current_state.submitting(tenant)
        entry = self._journal.intend(tenant, context.wanted.short_name)
        try:
            task_id = context.tools.api.create_service(context.wanted.body)
        except ApiError as error:
            return (yield from self._after_refusal(entry, error))
        except LivePlatformError:
            self._journal.forget(tenant)
            raise
        return Followed(self._journal.submitted(entry, task_id), adopted=False)

    def _known(self, entry: Entry | None) -> Steps[Result | None]:
        """The service of an earlier submission that has ended, or whose end nobody knows."""
        if entry is not None and entry.stage == SubmissionStage.DONE:
            # Without its guid it was not listed yet when its task had succeeded.
            until = entry.changed_at + min(LISTED_WITHIN, self._settings.patience)
            service = (
                self._context.tools.api.get_service(entry.guid)
                if entry.guid
                else (yield from self._context.seek(until))
            )
            if service is not None:
                return keep(self._context, service)
        if entry is not None and entry.stage == SubmissionStage.INTENT:
            service = yield from self._context.seek(entry.intended_at + self._settings.patience)
            if service is not None:
                return self._settled(entry, service, own=False)
        return None

    def _look_again(self, entry: Entry | None) -> Result | None:
        """A service that somebody else has made since this run has looked, right before the submission.

        :raises LookupFailed: the tenant's lead does not allow a service any more.
        :raises ApiError: it cannot be seen, so nothing is submitted.
        """
        context = self._context
        gone = entry.gone if entry is not None else None
        newer_than = self._clock.now() - (0.0 if context.current_state.company else FRESH)
        evidence = refuse_several(context.wanted, context.current_state.evidence(context.tenant, gone, newer_than))
        if evidence.service is None:
            choose_lead(context.tenant, evidence.leads, context.wanted.options.get("lead_id"))
            return None
        context.report(f"The service of tenant {context.tenant} was made by somebody else since this run has begun")
        return keep(context, evidence.service, evidence.confirmed)

    def _after_refusal(self, entry: Entry, error: ApiError) -> Steps[Result]:
        """The request got no good answer: find out what it came to."""
        if error.undecided:
            # It may have been sent later than it was intended, after pauses that the platform had asked for.
            entry = self._journal.intend(self._context.tenant, self._context.wanted.short_name, sent=True)
            service = yield from self._found(entry.intended_at + self._settings.search)
            if service is not None:
                return self._settled(entry, service)
            raise UndecidedError(
                f"{error.message}. Whether the platform took the request could not be found out within "
                f"{self._settings.search:g} seconds: neither the service list nor the lead shows the service",
                operation=error.operation,
                http_status=error.http_status,
                attempts=error.attempts,
                trace_id=error.trace_id,
                hint="run again: the next run looks first, takes up what it finds, and submits only what is not there",
            )
        self._journal.forget(self._context.tenant)
        if error.http_status in _LOOK_AFTER:
            exists = error.http_status == 409 or _says_exists(error.text)
            service = yield from self._found(self._clock.wall() + (EXISTS_PATIENCE if exists else 0.0))
            if service is not None:
                self._context.report(f"The platform refused the request, since the service is there. {error.message}")
                return keep(self._context, service)
            if exists:
                error.hint = _NOT_SHOWN
        raise error

    def _found(self, until: float) -> Steps[Service | None]:
        """The service, if it can be found; what hinders the search matters less than what it is made for."""
        try:
            return (yield from self._context.seek(until))
        except LivePlatformError:
            return None

    def _settled(self, entry: Entry, service: Service, own: bool = True) -> Result:
        """A request without an answer turned out to have been taken.

        :param own: it is this run's request, so that this run has changed the platform.
        """
        self._journal.done(entry, service.ump_customer_guid)
        self._context.report(
            f"The answer to the submission for tenant {self._context.tenant} was lost; the service was found and "
            "adopted"
        )
        return self._made(Outcome.ADOPTED, service, None, own)

    def follow(self, underway: Followed) -> Steps[Result | None]:
        """Follow a submission to its end; ``None`` when it came to nothing long ago and can be made anew."""
        entry, since = underway.entry, self._clock.now()
        self._context.current_state.submitting(self._context.tenant)
        age = max(0.0, self._clock.wall() - entry.intended_at)
        try:
            task = yield from self._watch(underway, since, age)
            while isinstance(task, TaskLost):
                outcome = yield from self._while_unreadable(underway, task, since)
                if not isinstance(outcome, Readable):
                    return outcome
                task = yield from self._watch(underway, since, age, again=True)
        except TaskFailedError as error:
            return (yield from self._after_failure(underway, error))
        if task.state in (TaskState.RUNNING, TaskState.UNKNOWN):
            return self._still_running(underway, task)
        return (yield from self._after_success(underway, task, age))

    def _still_running(self, underway: Followed, task: Task) -> Result:
        changed = not underway.adopted and not self._existed
        return self._context.creation(underway.kind, changed=changed, task=task)

    def _after_failure(self, underway: Followed, error: TaskFailedError) -> Steps[Result | None]:
        """What remains when a task has failed: the service all the same, a new submission, or the error."""
        self._forget(underway.entry)
        outcome = yield from self._after_failed_task(error)
        if outcome is not None:
            return outcome
        if not underway.adopted or underway.given or error.attempts > 1:
            raise error
        service = self._context.current_state.current_service(self._context.tenant)
        if service is not None:
            return keep(self._context, service)
        self._context.report(f"The submission of an earlier run had failed, so a new one is made. {error.message}")
        return None

    def _after_success(self, underway: Followed, task: Task, age: float) -> Steps[Result | None]:
        """A success is read back.

        :param age: of the submission when its task was first looked at, seconds.
        """
        self._context.step_aside()
        service = yield from self._read_back(task)
        if underway.given:
            self._check_owner(task, service)
        elif underway.adopted and service is None and age >= self._settings.patience:
            self._forget(underway.entry)
            self._context.report(
                f"The service that task {task.id} has made is not there any more, so a new one is made"
            )
            return None
        self._journal.done(underway.entry, service.ump_customer_guid if service else None)
        return self._made(underway.kind, service, task, own=not underway.adopted)

    def _after_failed_task(self, error: TaskFailedError) -> Steps[Result | None]:
        """A task may fail because the service is there already. One that it has left half-made does not count."""
        said = [*error.seen.errors, *(message.message for message in error.seen.messages), *error.seen.details]
        if not any(_says_exists(text) for text in said):
            return None
        service = yield from self._found(self._clock.wall() + EXISTS_PATIENCE)
        if service is None:
            error.hint = _NOT_SHOWN
        elif any(site.deployed for site in service.site_locations):
            self._context.report(f"The task of the submission failed, since the service is there. {error.message}")
            return keep(self._context, service)
        else:
            error.hint = (
                f"the platform shows service {service.ump_customer_guid}, but no deployed SIP connection; look at it "
                "in the portal: if it is half-made, delete it (state absent) and run again"
            )
        return None

    def _made(self, kind: Outcome, service: Service | None, task: Task | None, own: bool) -> Result:
        """The service is there. What was adopted may have been asked for otherwise, so it is compared.

        :param own: this run has submitted it; what an earlier run has submitted is that run's change.
        """
        differences: list[dict[str, Any]] = []
        if kind == Outcome.ADOPTED and service is not None:
            try:
                service, differences = compare(self._context, service)
            except ConflictError:
                raise
            except LivePlatformError as error:
                self._context.report(f"The service cannot be compared with the request: {error.message}")
        changed = own and not self._existed
        return self._context.creation(kind, changed=changed, service=service, task=task, differences=differences)

    def _watch(self, underway: Followed, since: float, age: float, *, again: bool = False) -> Steps[Task | TaskLost]:
        """The task at its end; without waiting, as it is now (a fresh one is not even asked for).

        :param age: of the submission at that moment, seconds.
        :param again: the task could not be read for a while.
        """
        context, task_id = self._context, underway.entry.task_id or ""
        try:
            if not self._settings.wait.wait:
                return context.watcher().look(task_id, age) if underway.adopted else Task(task_id)
            grace = GIVEN_TASK if underway.given else FRESH_TASK
            context.tools.progress.saw(context.key, Task(task_id))
            fresh = not underway.adopted and not again
            return (yield from context.watcher().watch(task_id, age, grace, key=context.key, fresh=fresh, since=since))
        except TaskLost as error:
            return error

    def _while_unreadable(self, underway: Followed, error: TaskLost, since: float) -> Steps[Result | Readable | None]:
        """The platform says that it does not know the task: look for the service, and for the task too.

        One such answer proves nothing. That the submission has failed is believed when the platform itself has said so
        for :data:`LOST_FOR` seconds without a break, the service is not there, and no creation takes so long.

        :returns: ``Readable`` when the task is there again; ``None`` when it failed long ago and can be made anew.
        """
        entry, settings, pause = underway.entry, self._settings, 1.0
        lost_at = self._clock.now() if error.in_json else None
        last = since + max(settings.wait.timeout, 1.5 * LOST_FOR)
        while True:
            service = yield from self._found(0.0)
            if service is not None:
                return self._ended_unseen(underway, error, service)
            if underway.given:
                self._check_owner(error.seen, None)
            now, long_ago = self._clock.now(), self._clock.wall() - entry.intended_at >= settings.patience
            if not long_ago and not settings.wait.wait:
                return self._still_running(underway, error.seen)
            if underway.adopted and long_ago and lost_at is not None and now - lost_at >= LOST_FOR:
                self._forget(entry)
                self._context.report(f"{error.message}, and there is no service, so a new submission is made")
                return None
            if now >= last:
                raise _never_seen(error)
            yield min(pause, max(0.0, last - now))
            pause = min(1.5 * pause, settings.wait.longest_pause)
            if self._is_readable(entry):
                return Readable.AGAIN
            lost_at = (lost_at or self._clock.now()) if self._said_lost else None

    def _is_readable(self, entry: Entry) -> bool:
        """Whether the task can be read again. If not, whether the platform says that it does not know it is kept."""
        try:
            self._context.tools.api.get_task(entry.task_id or "")
        except ApiError as refusal:
            self._said_lost = refusal.http_status == 404 and refusal.in_json
            return False
        return True

    def _ended_unseen(self, underway: Followed, error: TaskLost, service: Service) -> Result:
        """The service is there, so its task has ended, although nobody has seen that."""
        if underway.given:
            self._check_owner(error.seen, service)
        self._context.report(f"{error.message}; the service is there, so the task has ended")
        self._journal.done(underway.entry, service.ump_customer_guid)
        return self._made(underway.kind, service, None, own=not underway.adopted)

    def _check_owner(self, task: Task, service: Service | None) -> None:
        """A task that the user names may be anybody's, so its service has to be the tenant's.

        :raises LookupFailed: it is not, or nobody can tell.
        """
        tenant = self._context.tenant
        if service is not None and (service.ms_tenant_id is None or same_text(service.ms_tenant_id, tenant)):
            return
        other = "it shows no service" if service is None else f"its service is that of tenant {service.ms_tenant_id}"
        raise LookupFailed(
            f"Task {task.id} cannot be the one that creates the service of tenant {tenant}: {other}",
            operation=OPERATION,
            task=task.to_dict(),
            hint="check task_id and ms_tenant_id; without task_id, the service is looked up and created if need be",
        )

    def _forget(self, entry: Entry) -> None:
        """The journal no longer speaks of this submission, unless it speaks of another one by now."""
        current = self._journal.read(self._context.tenant)
        if current is not None and current.task_id == entry.task_id:
            self._journal.forget(self._context.tenant)

    def _read_back(self, task: Task) -> Steps[Service | None]:
        """The service that a task has made, wherever its guid is to be found."""
        context, ended, pause, rounds = self._context, self._clock.now(), 0.5, 0
        newer_than = ended
        if (
            not self._existed
            and (shown := context.current_state.shown(context.tenant, task.ump_customer_guid)) is not None
        ):
            return shown
        if task.ump_customer_guid is None:
            # Others will want to read the list too: so they read it together.
            yield context.current_state.next_look(ended) - ended
        while True:
            try:
                service = self._find_made(task, newer_than, ask_lead=rounds % context.current_state.lead_rounds == 0)
            except LivePlatformError as error:
                context.report(f"The service was created, but cannot be read back: {error.message}")
                return None
            if service is not None:
                return service
            if self._clock.now() - ended >= READ_BACK_PATIENCE:
                context.report(
                    f"The service of tenant {context.tenant} was created, but the platform does not list it yet"
                )
                return None
            yield pause
            # A list that others have read a moment ago is new enough, since the last look was before that.
            newer_than = self._clock.now() - pause / 2
            pause, rounds = min(2 * pause, 5.0), rounds + 1

    def _find_made(self, task: Task, newer_than: float, ask_lead: bool) -> Service | None:
        context = self._context
        if task.ump_customer_guid is not None:
            return context.tools.api.get_service(task.ump_customer_guid)
        listed = context.current_state.listed_service(context.tenant, newer_than)
        return context.current_state.service_of_lead(context.tenant) if listed is None and ask_lead else listed


def _never_seen(error: TaskLost) -> UndecidedError:
    return UndecidedError(
        f"{error.message}, and the service is not there",
        operation=error.operation,
        http_status=error.http_status,
        task=error.task,
        hint="run again: the next run looks first and submits only if the service is still not there",
    )


def _says_exists(text: str) -> bool:
    """Whether this says, in any of its plausible wordings, that the service is there or on its way."""
    return _ALREADY.search(squeeze(text)) is not None
