# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What exists for a tenant, from the two sources that tell: the service list and the leads.

Either may lag behind the other (API notes, section 8, 'Does the service exist?'), so both are asked, each once for all
services of a run, and again when something has happened since.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ..._api.client import LivePlatformApi
from ..._api.leads import Lead
from ..._api.licenses import LICENSE_CODES, OPERATOR_CONNECT
from ..._api.services import Service
from ..._core.clock import Clock
from ..._core.text import fold, same_text

FEW = 3
"""Number of tenants up to which each is looked up alone; for more, all leads are read in large pages."""

_MOST_LEADS = 2000
"""Number of leads up to which all of them are read again for a submission; among more, those of the tenant alone."""

_SHARING = 50
"""Number of services from which on the service list is read only once in a second for what has ended meanwhile."""

_EVER = 0.0

_HOSTED = frozenset(LICENSE_CODES.values()) - frozenset(OPERATOR_CONNECT.values())


@dataclass(frozen=True)
class LookedUp:
    """Hold what was read before the run began, so that it is not asked for again while it is fresh.

    :param leads: of the tenants at least; ``None``: they were not read.
    :param services: of any licence, with their SIP connections if there are many; ``None``: they were not read.
    :param asked_at: when the first of them was asked for, on the clock.
    """

    leads: Sequence[Lead] | None = None
    services: Sequence[Service] | None = None
    asked_at: float = float("-inf")


@dataclass(frozen=True)
class Evidence:
    """Hold what is known about the one Operator Connect service of a tenant.

    :param service: the service, if there is one.
    :param leads: the tenant's leads.
    :param confirmed: the platform itself shows the service; otherwise only a lead speaks of it.
    :param others: further Operator Connect services of the tenant, of which it should have one.
    """

    service: Service | None
    leads: tuple[Lead, ...]
    confirmed: bool = True
    others: tuple[Service, ...] = ()

    @property
    def actual(self) -> Service | None:
        return self.service


class CurrentState:
    """The service list and the leads of one run. Safe to use from several threads.

    :param tenants: the tenants that will be asked for.
    :param looked_up: what was read already.
    :param report: told what the user should know.
    :param on_others: called once, when services appear that this run did not make.
    """

    def __init__(
        self,
        api: LivePlatformApi,
        tenants: Sequence[str],
        clock: Clock,
        report: Callable[[str], None],
        looked_up: LookedUp | None = None,
        *,
        on_others: Callable[[], None] = lambda: None,
    ) -> None:
        self._api = api
        self._on_others = on_others
        self._clock = clock
        self._report = report
        self._few = len(tenants) <= FEW
        self._lock = threading.Lock()
        self._many = len(tenants)
        self._services: dict[str, list[Service]] = {}
        self._tenants = frozenset(fold(tenant) for tenant in tenants)
        self.listed_at = float("-inf")
        self.cost = 0.0
        """Seconds that reading the service list took the last time."""
        known = looked_up or LookedUp()
        self._leads = _by_tenant(known.leads) if known.leads is not None else None
        self._leads_at = known.asked_at
        self._read_at: dict[str, float] = dict.fromkeys(self._leads or (), known.asked_at)
        self._dismissed: set[str] = set()
        self._submitted: set[str] = set()
        self.others_at_work = False
        """Services have appeared that this run did not make: somebody else is working on the same tenants."""
        if known.services is not None:
            self._services, self.listed_at = self._of_tenants(known.services), known.asked_at

    def has_submitted(self, ms_tenant_id: str) -> bool:
        """Return whether this run has sent or taken up a submission for the tenant."""
        with self._lock:
            return fold(ms_tenant_id) in self._submitted

    def submitting(self, ms_tenant_id: str) -> None:
        """Return what appears for this tenant from now on may be this run's own, sent or taken up by it."""
        with self._lock:
            self._submitted.add(fold(ms_tenant_id))

    def dismiss(self, guid: str) -> None:
        """This service was deleted: it is not what is looked for, however long lists and leads still name it."""
        with self._lock:
            self._dismissed.add(fold(guid))

    def evidence(self, ms_tenant_id: str, deleted_guid: str | None = None, newer_than: float | None = None) -> Evidence:
        """Return whether the tenant has an Operator Connect service.

        :param deleted_guid: a service that was deleted a while ago; lists that still name it are checked.
        :param newer_than: on the clock; what was read before is read again. Those that ask together share the requests.
        """
        leads = self.leads_of(ms_tenant_id, newer_than)
        listed = self.listed_services(ms_tenant_id, newer_than)
        there = [each for each in listed if not self._is_gone(each.ump_customer_guid, deleted_guid)]
        if there:
            return Evidence(there[0], leads, others=tuple(there[1:]))
        for guid in {fold(lead.ump_customer_guid): lead.ump_customer_guid for lead in leads if lead.ump_customer_guid}:
            if self._is_gone(guid, deleted_guid):
                continue
            service = self._api.get_service(guid)
            if service is None:
                return Evidence(Service(ump_customer_guid=guid, ms_tenant_id=ms_tenant_id), leads, confirmed=False)
            if may_be_operator_connect(service):
                return Evidence(service, leads)
        return Evidence(None, leads)

    def listed_service(self, ms_tenant_id: str, newer_than: float | None = None) -> Service | None:
        """The tenant's service in the service list.

        :param newer_than: on the clock; an older list is read again. Threads that ask together share one request.
        """
        return next(iter(self.listed_services(ms_tenant_id, newer_than)), None)

    def listed_services(self, ms_tenant_id: str, newer_than: float | None = None) -> list[Service]:
        """The tenant's services in the service list; there should be one at the most."""
        with self._lock:
            if self.listed_at < (_EVER if newer_than is None else newer_than):
                self._read(all_details=not self._few or newer_than is not None)
            listed = self._services.get(fold(ms_tenant_id), [])
            return [service for service in listed if fold(service.ump_customer_guid or "") not in self._dismissed]

    def look(self) -> None:
        """Read the service list.

        :raises ApiError: it cannot be read.
        """
        with self._lock:
            self._read(all_details=True)

    @property
    def keys(self) -> frozenset[str]:
        """The tenants whose service the list has shown when it was read last, by whomever."""
        return frozenset(self._services)

    def shown(self, ms_tenant_id: str, guid: str | None) -> Service | None:
        """A service that came to be in this run, if the list as it was read last has all of it: nothing to ask for.

        :param guid: of the service, if that is known.
        """
        with self._lock:
            listed = self._services.get(fold(ms_tenant_id), [])
        whole = [each for each in listed if each.site_locations and all(site.deployed for site in each.site_locations)]
        if len(listed) != 1 or not whole or fold(whole[0].ump_customer_guid or "") in self._dismissed:
            return None
        return whole[0] if guid is None or same_text(guid, whole[0].ump_customer_guid) else None

    @property
    def lead_rounds(self) -> int:
        """The lead, which is asked for one by one, is looked at in one of this number of rounds of a search."""
        return 1 if self._few else 4

    def next_look(self, now: float) -> float:
        """Return when the service list should be read next, so that many share one look."""
        return max(now, self.listed_at + min(1.0, self._many / _SHARING) + 2 * self.cost) if not self._few else now

    def _read(self, all_details: bool) -> None:
        asked_at = self._clock.now()
        found = self._of_tenants(self._api.list_services(all_details))
        if self.listed_at > float("-inf") and not self.others_at_work:
            strange = found.keys() - self._services.keys() - self._submitted
            if strange:
                self.others_at_work = True
                self._on_others()
                tenants = ", ".join(sorted(found[key][0].ms_tenant_id or key for key in strange))
                self._report(
                    f"Services appear that this run did not make (tenants: {tenants}): another run or somebody in the "
                    "portal is working on the same customers. This run goes on slowly, and looks again before each "
                    "submission. Runs on several machines need one shared journal_path to be kept apart"
                )
        self._services, self.listed_at = found, asked_at
        self.cost = self._clock.now() - asked_at

    def _of_tenants(self, services: Iterable[Service]) -> dict[str, list[Service]]:
        found: dict[str, list[Service]] = {}
        for service in services:
            key = fold(service.ms_tenant_id or "")
            if key in self._tenants and may_be_operator_connect(service):
                found.setdefault(key, []).append(service)
        return found

    def leads_of(self, ms_tenant_id: str, newer_than: float | None = None) -> tuple[Lead, ...]:
        """The tenant's leads as they were when they were read last.

        :param newer_than: on the clock; what was read before is read again.
        """
        key = fold(ms_tenant_id)
        with self._lock:
            if self._few:
                return self._leads_of_few(ms_tenant_id, key, newer_than)
            old = newer_than is not None and self._leads_at < newer_than
            if self._leads is None or (old and sum(map(len, self._leads.values())) <= _MOST_LEADS):
                asked_at = self._clock.now()
                self._leads, self._leads_at = _by_tenant(self._api.list_leads()), asked_at
                old = False
            return self.current_leads(ms_tenant_id) if old else self._leads.get(key, ())

    def _leads_of_few(self, ms_tenant_id: str, key: str, newer_than: float | None) -> tuple[Lead, ...]:
        """Each tenant is asked for on its own."""
        self._leads = {} if self._leads is None else self._leads
        read_at = self._read_at.get(key, float("-inf"))
        if key not in self._leads or (newer_than is not None and read_at < newer_than):
            asked_at = self._clock.now()
            self._leads[key], self._read_at[key] = self.current_leads(ms_tenant_id), asked_at
        return self._leads[key]

    def known_leads(self, ms_tenant_id: str) -> tuple[Lead, ...]:
        """The tenant's leads as far as they were read; nothing is asked for."""
        with self._lock:
            return (self._leads or {}).get(fold(ms_tenant_id), ())

    def read_leads_again(self, ms_tenant_id: str) -> None:
        """Read the leads of one tenant anew."""
        asked_at = self._clock.now()
        leads = self.current_leads(ms_tenant_id)
        with self._lock:
            self._leads = {} if self._leads is None else self._leads
            self._leads[fold(ms_tenant_id)] = leads
            self._read_at[fold(ms_tenant_id)] = asked_at

    def current_leads(self, ms_tenant_id: str) -> tuple[Lead, ...]:
        """The tenant's leads as they are now."""
        leads = self._api.list_leads(ms_tenant_id)
        return tuple(lead for lead in leads if same_text(lead.ms_tenant_id, ms_tenant_id))

    def current_service(self, ms_tenant_id: str) -> Service | None:
        """The tenant's service as either source shows it now, with its SIP connections."""
        service = self.listed_service(ms_tenant_id, newer_than=self._clock.now())
        return service or self.service_of_lead(ms_tenant_id)

    def service_of_lead(self, ms_tenant_id: str) -> Service | None:
        """The tenant's service as its leads name it now."""
        for lead in self.current_leads(ms_tenant_id):
            if lead.ump_customer_guid and fold(lead.ump_customer_guid) not in self._dismissed:
                service = self._api.get_service(lead.ump_customer_guid)
                if service is not None and may_be_operator_connect(service):
                    return service
        return None

    def _is_gone(self, guid: str | None, deleted_guid: str | None) -> bool:
        return guid is not None and same_text(guid, deleted_guid) and self._api.get_service(guid) is None


def may_be_operator_connect(service: Service) -> bool:
    """Return whether this can be the tenant's one OC service. A license that cannot be read counts as one."""
    return service.license_code not in _HOSTED


def _by_tenant(leads: Sequence[Lead]) -> dict[str, tuple[Lead, ...]]:
    found: dict[str, tuple[Lead, ...]] = {}
    for lead in leads:
        if lead.ms_tenant_id:
            key = fold(lead.ms_tenant_id)
            found[key] = (*found.get(key, ()), lead)
    return found
