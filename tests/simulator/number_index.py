# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All telephone numbers: as they are in truth, and as the lists show them, which may be later. Both by tenant."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from simulator.records import Number


class Numbers:
    """The numbers of all tenants. A tenant's list is put in order when it is asked for after a change."""

    def __init__(self) -> None:
        self._known: dict[str, Number] = {}
        self._owned: dict[str, dict[str, Number]] = defaultdict(dict)
        self._listed: dict[str, dict[str, Number]] = defaultdict(dict)
        self._in_order: dict[str, list[Number]] = {}

    def __len__(self) -> int:
        return len(self._known)

    def get(self, telephone_number: str) -> Number | None:
        """A number as it is in truth."""
        return self._known.get(telephone_number)

    def put(self, number: Number, listed: bool = True) -> None:
        """Add a number, or replace the one that is there; without ``listed``, the lists do not know yet."""
        key = number.telephone_number
        self.drop(key, listed)
        number.tenant_id = number.tenant_id.lower()
        self._known[key] = self._owned[number.tenant_id][key] = number
        if listed:
            self.follow(number.tenant_id, [key])

    def drop(self, telephone_number: str, listed: bool = True) -> None:
        """Remove a number, if it is there; without ``listed``, the lists do not know yet."""
        number = self._known.pop(telephone_number, None)
        if number is not None:
            del self._owned[number.tenant_id][telephone_number]
            if listed:
                self.follow(number.tenant_id, [telephone_number])

    def follow(self, tenant_id: str, telephone_numbers: Iterable[str]) -> None:
        """Let the tenant's list show these numbers as they are in truth."""
        owned, listed = self._owned[tenant_id], self._listed[tenant_id]
        for each in telephone_numbers:
            if each in owned:
                listed[each] = owned[each]
            else:
                listed.pop(each, None)
        self._in_order.pop(tenant_id, None)

    def owned(self, tenant_id: str) -> Mapping[str, Number]:
        """The numbers of a tenant as they are in truth."""
        return self._owned.get(tenant_id, {})

    def listed(self, tenant_id: str) -> list[Number]:
        """The numbers of a tenant as its list shows them, in order."""
        if tenant_id not in self._in_order:
            shown = self._listed.get(tenant_id, {}).values()
            self._in_order[tenant_id] = sorted(shown, key=lambda each: int(each.telephone_number))
        return self._in_order[tenant_id]

    def by_tenant(self) -> Mapping[str, Mapping[str, Number]]:
        """All numbers as they are in truth."""
        return self._owned

    def clear(self) -> None:
        """Forget all of them."""
        for each in (self._known, self._owned, self._listed, self._in_order):
            each.clear()
