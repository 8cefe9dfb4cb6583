# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers that Microsoft no longer has: what was taken counts as changed, whatever is seen of it afterwards."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.numbers import NumberRecord
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.errors import ApiError
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.numbers import removal
from ansible_collections.audiocodes.live_platform.plugins.module_utils._resources.numbers.removal import (
    Removal,
    settle_removal,
)

FIRST, SECOND = 31201000000, 31201000001


def _marked(*numbers: int) -> dict[int, NumberRecord]:
    return {number: NumberRecord(number, status="MarkedForRemoval") for number in numbers}


class _Api:
    """A platform with two numbers that are marked; what it lists comes from the test, one answer after the other."""

    def __init__(self, *lists: Any, refused: Sequence[str] = ()) -> None:
        self._lists, self._refused = iter(lists), refused
        self.sent: list[list[str]] = []

    def list_numbers(self, tenant: str) -> Mapping[int, NumberRecord]:
        found = next(self._lists)
        if isinstance(found, Exception):
            raise found
        return dict(found)

    def confirm_removal(self, numbers: Sequence[str]) -> None:
        self.sent.append(list(numbers))
        if set(numbers) & set(self._refused):
            raise ApiError("refused")


@pytest.mark.parametrize(
    ("after", "refused", "changed", "reasons"),
    [
        ({}, (), True, [None, None]),
        (_marked(FIRST, SECOND), (), True, ["the request was taken, and the number is still 'MarkedForRemoval'"] * 2),
        (ApiError("no answer"), (), True, ["the request was taken, and the list cannot be read: no answer"] * 2),
        (
            ApiError("no answer"),
            ("+31201000001",),
            True,
            ["the request was taken, and the list cannot be read: no answer", "refused"],
        ),
        (ApiError("no answer"), ("+31201000000", "+31201000001"), False, ["refused", "refused"]),
    ],
)
def test_what_was_taken_is_changed(
    monkeypatch: pytest.MonkeyPatch, after: Any, refused: Sequence[str], changed: bool, reasons: list[str | None]
) -> None:
    monkeypatch.setattr(removal, "BATCH", 1)
    api: Any = _Api(_marked(FIRST, SECOND), _marked(FIRST, SECOND), after, refused=refused)
    values = settle_removal(api, "tenant", [FIRST, SECOND], Removal.CONFIRMED, check=False)
    assert values["changed"] is changed
    assert [each["reason"] for each in values["results"]] == reasons
    assert ("failure" in values) is any(reasons)


@pytest.mark.parametrize(
    ("seen", "second"),
    [
        ({SECOND: NumberRecord(SECOND, status="Active")}, "its status is 'Active', not marked"),
        ({SECOND: NumberRecord(SECOND, status="ReadyForRemoval")}, None),
        ({}, None),
        (ApiError("no answer"), "not sent, since the list cannot be read: no answer"),
    ],
)
def test_what_is_final_is_looked_at_right_before_each_batch(
    monkeypatch: pytest.MonkeyPatch, seen: Any, second: str | None
) -> None:
    monkeypatch.setattr(removal, "BATCH", 1)
    api: Any = _Api(_marked(FIRST, SECOND), seen, {})
    values = settle_removal(api, "tenant", [FIRST, SECOND], Removal.CONFIRMED, check=False)
    assert api.sent == [["+31201000000"]], "the second one is not marked any more"
    assert values["changed"]
    assert [(each["outcome"], each["reason"]) for each in values["results"]] == [
        ("confirmed", None),
        ("failed" if second else "unchanged", second),
    ]
