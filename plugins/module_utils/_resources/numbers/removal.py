# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Numbers that Microsoft no longer has: confirming that they are removed, or keeping them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..._api.client import LivePlatformApi
from ..._api.numbers import NumberRecord, NumberStatus
from ..._core.errors import ApiError, LivePlatformError
from ..._core.number_ranges import in_words, pieces, written
from ..._core.text import StringEnum
from .plan import READING

BATCH = 500
"""Numbers in one request at the most (API notes, section 9)."""


class Removal(StringEnum):
    """List what can be decided about a number that is marked for removal."""

    CONFIRMED = "confirmed"
    CLEARED = "cleared"


_REACHED: Mapping[Removal, NumberStatus] = {
    Removal.CONFIRMED: NumberStatus.READY,
    Removal.CLEARED: NumberStatus.ACTIVE,
}

Results = dict[int, "tuple[str, str | None]"]
"""Number to outcome and reason."""


def settle_removal(
    api: LivePlatformApi, ms_tenant_id: str, numbers: Sequence[int], state: Removal, check: bool
) -> dict[str, Any]:
    """The return values of ``oc_number_removal``. Both requests say what shall be, so that a repetition does no harm.

    A confirmation is final, so each batch is looked at right before it is sent.

    :raises ApiError: the list cannot be read.
    """
    results: Results = {}
    existing = api.list_numbers(ms_tenant_id)
    pending = [number for number in numbers if _decide(number, existing.get(number), state, results)]
    done = f"would_be_{state}" if check else str(state)
    if check or not pending:
        results |= dict.fromkeys(pending, (done, None))
        return _values(results, state)
    request = api.confirm_removal if state is Removal.CONFIRMED else api.clear_removal
    said: dict[int, str] = {}
    for index, batch in enumerate(pieces(pending, BATCH)):
        try:
            existing = api.list_numbers(ms_tenant_id) if index else existing
        except ApiError as error:
            reason = f"not sent, since the list cannot be read: {error.message}"
            results |= dict.fromkeys(batch, ("failed", reason))
            continue
        said |= _send(request, [number for number in batch if _decide(number, existing.get(number), state, results)])
    pending = [number for number in pending if number not in results]
    taken = [number for number in pending if number not in said]
    try:
        after = api.list_numbers(ms_tenant_id)
    except ApiError as error:
        unseen = f"the request was taken, and the list cannot be read: {error.message}"
        results |= {number: ("failed", said.get(number, unseen)) for number in pending}
        return _values(results, state, taken)
    for number in pending:
        record = after.get(number)
        reached = record is not None and record.state is _REACHED[state]
        if reached or (record is None and state is Removal.CONFIRMED):
            results[number] = (done, None)
        else:
            shown = "not listed any more" if record is None else f"still '{record.status}'"
            results[number] = ("failed", said.get(number) or f"the request was taken, and the number is {shown}")
    return _values(results, state, taken)


def _decide(number: int, record: NumberRecord | None, state: Removal, results: Results) -> bool:
    """Return whether a request is needed for the number; otherwise its result is noted."""
    if record is None:
        there = state is Removal.CONFIRMED
        results[number] = ("unchanged", None) if there else ("failed", "the tenant has no such number")
    elif record.state is _REACHED[state]:
        results[number] = ("unchanged", None)
    elif record.state is not NumberStatus.MARKED:
        final = "its removal was confirmed, which is final"
        reason = final if record.state is NumberStatus.READY else f"its status is '{record.status}', not marked"
        results[number] = ("failed", reason)
    else:
        return True
    return False


def _send(request: Callable[[Sequence[str]], None], numbers: Sequence[int]) -> dict[int, str]:
    """Send a batch; what was said against its numbers. The list tells what was done all the same."""
    try:
        if numbers:
            request([written(number) for number in numbers])
    except ApiError as error:
        return dict.fromkeys(numbers, error.message)
    return {}


def _values(results: Results, state: Removal, taken: Sequence[int] = ()) -> dict[str, Any]:
    """Return the return values.

    :param taken: numbers whose request the platform has taken: they count as changed, whatever the list shows.
    """
    outcomes = [outcome for outcome, _reason in results.values()]
    failed = [number for number, (outcome, _reason) in sorted(results.items()) if outcome == "failed"]
    changed = sum(outcome not in ("failed", "unchanged") for outcome in outcomes)
    values: dict[str, Any] = {
        "changed": changed > 0 or bool(taken),
        "results": [
            {"number": written(number), "outcome": outcome, "reason": reason}
            for number, (outcome, reason) in sorted(results.items())
        ],
        "summary": {
            "requested": len(results),
            str(state): changed,
            "unchanged": outcomes.count("unchanged"),
            "failed": len(failed),
        },
    }
    if failed:
        error = LivePlatformError(
            f"{len(failed):,} of {len(results):,} numbers could not be {state}: {in_words(failed)}: "
            f"{results[failed[0]][1]}",
            operation=READING,
            hint="results names the reason of each; run again: what is done is left as it is",
        )
        values |= {"failed": True, "msg": error.sentence(), "failure": error.to_dict()}
    return values
