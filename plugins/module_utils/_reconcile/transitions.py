# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What follows each event in each state of a submission: a table, without any request or file.

The table in the documentation (docs/reliability.md) is made from this one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .._core.text import StringEnum


class State(StringEnum):
    """List the states of a submission."""

    SENDING = "sending"
    """Its intent is written down, and the request is on its way."""
    UNANSWERED = "unanswered"
    """The answer was lost, so the object may come to be."""
    REFUSED = "refused"
    """The platform has refused the request."""
    RUNNING = "running"
    """Its task is known."""
    UNREADABLE = "unreadable"
    """The platform says that it does not know the task."""
    BROKEN = "broken"
    """Its task has ended without success."""
    SUCCEEDED = "succeeded"
    """It has ended well, and the object is read back."""

    DONE = "done"
    """The object is there because of it."""
    EXISTS = "exists"
    """The object is there, and not because of it."""
    FAILED = "failed"
    """There is no object, and an error says why."""
    OPEN = "open"
    """This run cannot tell; the next one takes it up."""
    VOID = "void"
    """Nothing came of it, so the request may be sent again."""


class Event(StringEnum):
    """List what can happen to a submission."""

    REFUSED = "the request is refused"
    LOST = "the answer is lost"
    TASK_KNOWN = "the task is known"
    ENDED_WELL = "the task ends well"
    ENDED_BADLY = "the task ends badly"
    FORGOTTEN = "the task is not known to the platform"
    TIMED_OUT = "the time is over"
    LISTED = "the object is listed"
    NOT_LISTED = "the object is not listed in time"
    NEVER_LISTED = "the object is not listed, and the submission is an old one"
    INTERRUPTED = "the run stops"
    """It is interrupted, or cannot ask the platform any more."""


class Effect(StringEnum):
    """List what can be written to the journal."""

    NONE = "nothing"
    INTEND_AGAIN = "the intent, with the time of now"
    NOTE_TASK = "the task"
    NOTE_DONE = "the success"
    FORGET = "nothing is under way"


@dataclass(frozen=True)
class Transition:
    """Say what an event leads to.

    :param then: what the run does next, for the documentation.
    """

    state: State
    effect: Effect
    then: str


FINAL = frozenset({State.DONE, State.EXISTS, State.FAILED, State.OPEN, State.VOID})
"""States in which this run does nothing more."""

_LEFT = Transition(State.OPEN, Effect.NONE, "stop; the next run takes it up")

TRANSITIONS: Mapping[tuple[State, Event], Transition] = {
    (State.SENDING, Event.TASK_KNOWN): Transition(State.RUNNING, Effect.NOTE_TASK, "follow the task"),
    (State.SENDING, Event.ENDED_WELL): Transition(State.SUCCEEDED, Effect.NONE, "read the object back"),
    (State.SENDING, Event.REFUSED): Transition(
        State.REFUSED, Effect.FORGET, "look whether the object is the reason for it"
    ),
    (State.SENDING, Event.LOST): Transition(State.UNANSWERED, Effect.INTEND_AGAIN, "look for the object"),
    (State.SENDING, Event.INTERRUPTED): _LEFT,
    (State.UNANSWERED, Event.LISTED): Transition(State.DONE, Effect.NOTE_DONE, "adopt the object"),
    (State.UNANSWERED, Event.NOT_LISTED): Transition(
        State.OPEN, Effect.NONE, "fail; the next run looks again, and sends only what is not there"
    ),
    (State.UNANSWERED, Event.INTERRUPTED): _LEFT,
    (State.REFUSED, Event.LISTED): Transition(State.EXISTS, Effect.NONE, "leave the object unchanged"),
    (State.REFUSED, Event.NOT_LISTED): Transition(State.FAILED, Effect.NONE, "fail with the platform's words"),
    (State.REFUSED, Event.INTERRUPTED): Transition(State.FAILED, Effect.NONE, "stop; nothing is under way"),
    (State.RUNNING, Event.ENDED_WELL): Transition(State.SUCCEEDED, Effect.NONE, "read the object back"),
    (State.RUNNING, Event.ENDED_BADLY): Transition(
        State.BROKEN, Effect.FORGET, "look whether the object is the reason for it"
    ),
    (State.RUNNING, Event.FORGOTTEN): Transition(
        State.UNREADABLE, Effect.NONE, "look for the object, and for the task again"
    ),
    (State.RUNNING, Event.TIMED_OUT): Transition(State.OPEN, Effect.NONE, "the next run takes it up"),
    (State.RUNNING, Event.INTERRUPTED): _LEFT,
    (State.UNREADABLE, Event.LISTED): Transition(State.DONE, Effect.NOTE_DONE, "the task has ended unseen"),
    (State.UNREADABLE, Event.TASK_KNOWN): Transition(State.RUNNING, Effect.NONE, "follow the task again"),
    (State.UNREADABLE, Event.NEVER_LISTED): Transition(State.VOID, Effect.FORGET, "send the request again"),
    (State.UNREADABLE, Event.TIMED_OUT): Transition(State.OPEN, Effect.NONE, "the next run takes it up"),
    (State.UNREADABLE, Event.INTERRUPTED): _LEFT,
    (State.BROKEN, Event.LISTED): Transition(State.EXISTS, Effect.NONE, "leave the object unchanged"),
    (State.BROKEN, Event.NOT_LISTED): Transition(State.FAILED, Effect.NONE, "fail with the task's words"),
    (State.BROKEN, Event.NEVER_LISTED): Transition(State.VOID, Effect.NONE, "send the request again"),
    (State.BROKEN, Event.INTERRUPTED): Transition(State.FAILED, Effect.NONE, "stop; nothing is under way"),
    (State.SUCCEEDED, Event.LISTED): Transition(State.DONE, Effect.NOTE_DONE, "report the object"),
    (State.SUCCEEDED, Event.NOT_LISTED): Transition(
        State.DONE, Effect.NOTE_DONE, "report the success, with a warning that the object is not shown yet"
    ),
    (State.SUCCEEDED, Event.NEVER_LISTED): Transition(
        State.VOID, Effect.FORGET, "the object was deleted since: send the request again"
    ),
    (State.SUCCEEDED, Event.INTERRUPTED): _LEFT,
}
"""Only these can happen; what is not here is a defect of the program."""


def after(state: State, event: Event) -> Transition:
    """Return what an event leads to.

    :raises ValueError: it cannot happen in this state.
    """
    try:
        return TRANSITIONS[state, event]
    except KeyError:
        raise ValueError(f"A submission that is {state} cannot meet: {event}") from None


def as_markdown() -> str:
    """The table for the documentation."""
    rows = ["| state | event | written down | then |", "|---|---|---|---|"]
    rows += [f"| {state} | {event} | {step.effect} | {step.then} |" for (state, event), step in TRANSITIONS.items()]
    return "\n".join(rows) + "\n"
