# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What must hold for the table of transitions as a whole, whatever the platform does."""

from pathlib import Path

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._reconcile.transitions import (
    FINAL,
    TRANSITIONS,
    Effect,
    Event,
    State,
    after,
    as_markdown,
)

ROOT = Path(__file__).resolve().parents[3]


def test_every_state_that_is_no_end_has_a_way_out_and_ends_have_none() -> None:
    leaving = {state for state, _event in TRANSITIONS}
    assert leaving == set(State) - FINAL


def test_every_state_can_be_reached() -> None:
    reached, waiting = {State.SENDING}, [State.SENDING]
    while waiting:
        state = waiting.pop()
        for (before, _event), step in TRANSITIONS.items():
            if before is state and step.state not in reached:
                reached.add(step.state)
                waiting.append(step.state)
    assert reached == set(State)


def test_every_event_happens_somewhere_and_an_interruption_in_every_state() -> None:
    assert {event for _state, event in TRANSITIONS} == set(Event)
    assert {state for state, event in TRANSITIONS if event is Event.INTERRUPTED} == set(State) - FINAL


def test_a_lost_answer_never_leads_to_another_request_in_the_same_run() -> None:
    reached, waiting = {State.UNANSWERED}, [State.UNANSWERED]
    while waiting:
        state = waiting.pop()
        for (before, _event), step in TRANSITIONS.items():
            if before is state and step.state not in reached:
                reached.add(step.state)
                waiting.append(step.state)
    assert State.VOID not in reached


def test_the_journal_forgets_only_what_cannot_come_to_be_any_more() -> None:
    forgetting = {key for key, step in TRANSITIONS.items() if step.effect is Effect.FORGET}
    assert forgetting == {
        (State.SENDING, Event.REFUSED),
        (State.RUNNING, Event.ENDED_BADLY),
        (State.UNREADABLE, Event.NEVER_LISTED),
        (State.SUCCEEDED, Event.NEVER_LISTED),
    }


def test_an_interruption_writes_nothing() -> None:
    assert {step.effect for (_state, event), step in TRANSITIONS.items() if event is Event.INTERRUPTED} == {Effect.NONE}


def test_what_cannot_happen_is_an_error() -> None:
    with pytest.raises(ValueError, match="A submission that is done cannot meet: the answer is lost"):
        after(State.DONE, Event.LOST)


def test_the_table_in_the_documentation_is_this_one() -> None:
    assert as_markdown() in (ROOT / "docs/reliability.md").read_text()
