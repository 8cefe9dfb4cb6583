# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An Operator Connect service, as the reconciliation sees it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..._api.field import Difference
from ..._api.fields import SERVICE_OPTIONS
from ..._api.services import Service
from ..._api.sip_connections import SipConnection
from ..._api.tasks import Task
from ..._core.errors import ApiError, ConflictError, LivePlatformError
from ..._core.text import fold, same_text
from ..._reconcile.context import Tools
from ..._reconcile.entries import FIRST_KIND
from ..._reconcile.resource import Observed, Resource, UpdateStep
from ..._reconcile.submission import FRESH
from ..._tasks.list_watcher import WatchedList
from .agreement import Refusals, refusal, refuse_several, several
from .changes import CHANNEL, LICENSE, change_body, changes, upgrades, users_after_upgrade
from .current_state import CurrentState, Evidence, LookedUp
from .differences import LISTED, find_differences, primary_site
from .lead_choice import choose_lead
from .license_upgrade import UPGRADING, LicenseUpgrade, WantedUpgrade
from .request import WantedService

_CHANGING = "PATCH /api/v3/customer/{guid}"
_ATTACHING, _DETACHING = "PUT /api/v3/ovoc/channel/action/assign", "PUT /api/v3/ovoc/channel/action/remove"


class OcService(Resource[WantedService, Service]):
    """The one Operator Connect service of a tenant.

    :param wanted: all services of the run.
    :param report: told what concerns the run as a whole.
    :param looked_up: what was read already.
    """

    kind = FIRST_KIND
    fields = SERVICE_OPTIONS
    creating = "POST /api/v3/customer"
    deleting = "DELETE /api/v2/customer/{guid}"
    places = "neither the service list nor the lead shows"
    identity_option = "ms_tenant_id"

    def __init__(
        self,
        tools: Tools,
        wanted: Sequence[WantedService],
        report: Callable[[str], None],
        looked_up: LookedUp | None = None,
    ) -> None:
        self._tools = tools
        self._api = tools.api
        self._report = report
        self._slow_down: Callable[[], None] = lambda: None
        tenants = [service.ms_tenant_id for service in wanted]
        self.current_state = CurrentState(
            tools.api, tenants, tools.clock, report, looked_up, on_others=self._others_appear
        )
        self._refusals = Refusals(tools.journal, self.current_state, wanted, tools.api)
        self._new: set[str] = set()

    def _others_appear(self) -> None:
        self._slow_down()

    def identity(self, wanted: WantedService) -> str:
        return wanted.ms_tenant_id

    def read(self, wanted: WantedService, gone: str | None = None, newer_than: float | None = None) -> Evidence:
        return refuse_several(wanted, self.current_state.evidence(wanted.ms_tenant_id, gone, newer_than))

    def create(self, wanted: WantedService, before_sending: Callable[[], None]) -> str:
        return self._api.create_service(wanted.body, before_sending)

    def delete(self, wanted: WantedService, actual: Service) -> bool | None:
        return self._api.delete_service(str(actual.ump_customer_guid))

    def name(self, wanted: WantedService) -> str | None:
        return wanted.short_name

    def id_of(self, actual: Service) -> str | None:
        return actual.ump_customer_guid

    def picture(self, actual: Service) -> Mapping[str, Any]:
        return actual.to_dict()

    def id_from(self, task: Task) -> str | None:
        return task.ump_customer_guid

    def owner(self, actual: Service) -> str:
        return f"tenant {actual.ms_tenant_id}"

    def half_made(self, actual: Service) -> str:
        return (
            f"the platform shows service {actual.ump_customer_guid}, but no deployed SIP connection; look at it in the "
            "portal: if it is half-made, delete it (state absent) and run again"
        )

    def refusal(self, wanted: WantedService, observed: Observed[Service]) -> LivePlatformError | None:
        return refusal(wanted, _evidence(observed))

    def refusals(self) -> Mapping[str, LivePlatformError]:
        return self._refusals.all()

    def allow_creation(self, wanted: WantedService, observed: Observed[Service]) -> None:
        choose_lead(wanted.ms_tenant_id, _evidence(observed).leads, wanted.options.get("lead_id"))

    def allow_deletion(self, wanted: WantedService, actual: Service) -> None:
        """Never delete a service that cannot be named."""
        if actual.ump_customer_guid is None:
            raise ConflictError(
                f"The service of tenant {wanted.ms_tenant_id} is listed without its guid, so it cannot be deleted",
                operation=self.deleting,
                hint="run again later; if it stays so, delete the service in the portal",
            )

    def find(self, wanted: WantedService) -> Service | None:
        return self.current_state.current_service(wanted.ms_tenant_id)

    def fetch(self, object_id: str) -> Service | None:
        return self._api.get_service(object_id)

    def compare(self, wanted: WantedService, actual: Service) -> tuple[Service, list[Difference]]:
        refused = refusal(wanted, Evidence(actual, self.current_state.leads_of(wanted.ms_tenant_id)))
        if refused is not None:
            raise refused
        service, connection = self._details(wanted, actual)

        def is_secret(parameter: str) -> bool:
            return self._tools.secrets.covers(parameter) or wanted.secrets.covers(parameter)

        if connection is not None:
            parameters = connection.script_parameters
            self._tools.secrets.add(*(value for key, value in parameters.items() if is_secret(key)))
        stays = find_differences(wanted.options, service, connection, is_secret, wanted.names)
        return service, [*stays, *self.changes(wanted, service)]

    def compare_made(self, wanted: WantedService, actual: Service) -> tuple[Service, list[Difference]]:
        """The license is read back, the channel of the lead too; the application is not part of the creation."""
        self._new.add(fold(wanted.ms_tenant_id))
        if wanted.options.get(CHANNEL):
            self.current_state.read_leads_again(wanted.ms_tenant_id)
        if wanted.options.get("application") and actual.ump_customer_guid:
            actual = self._api.get_service(actual.ump_customer_guid) or actual
        return actual, self.changes(wanted, actual)

    def changes(self, wanted: WantedService, actual: Service) -> list[Difference]:
        leads = self.current_state.known_leads(wanted.ms_tenant_id)
        return changes(wanted, actual, leads, wanted.names, new=fold(wanted.ms_tenant_id) in self._new)

    def next_step(self, wanted: WantedService, actual: Service, differences: Sequence[Difference]) -> UpdateStep:
        """In the vendor's order: the license, then all that goes into one request, then the channel."""
        guid, options = str(actual.ump_customer_guid), [str(each["option"]) for each in differences]
        if upgrades(differences, actual):
            self._new.add(fold(wanted.ms_tenant_id))
            license_type, users = str(wanted.options[LICENSE]), users_after_upgrade(wanted, actual)
            upgrade = WantedUpgrade(wanted.ms_tenant_id, wanted.short_name, guid, license_type, users)
            return UpdateStep(frozenset({LICENSE}), UPGRADING, submission=(LicenseUpgrade(self._api), upgrade))
        at_once = [option for option in options if option != CHANNEL]
        if at_once:
            body = change_body(wanted, at_once)
            return UpdateStep(frozenset(at_once), _CHANGING, lambda: self._api.change_service(guid, body))
        channel = str(wanted.options[CHANNEL])
        if not channel:
            return UpdateStep(frozenset({CHANNEL}), _DETACHING, lambda: self._api.remove_channel(wanted.ms_tenant_id))
        owner = {"umpCustomerGuid": guid}
        return UpdateStep(frozenset({CHANNEL}), _ATTACHING, lambda: self._api.assign_channel(owner, channel))

    def refreshed(self, wanted: WantedService, actual: Service, step: UpdateStep) -> Service | None:
        if step.options == {CHANNEL}:
            self.current_state.read_leads_again(wanted.ms_tenant_id)
            return actual
        return self._api.get_service(str(actual.ump_customer_guid))

    def _details(self, wanted: WantedService, service: Service) -> tuple[Service, SipConnection | None]:
        """The service with its SIP connections, and the one that the request speaks of."""
        options = wanted.options
        in_full, guid = self._tools.settings.compare_in_full, service.ump_customer_guid
        unseen = options.get("application") is not None and not service.tells_application
        if guid and (unseen or (in_full and not service.site_locations)):
            service = self._api.get_service(guid) or service
        if not in_full:
            return service, None
        site = primary_site(service, options)
        given = {name for name, value in (options.get("site_location") or {}).items() if value is not None}
        if (
            site is None
            or site.id is None
            or not (options.get("script_parameters") or given - {field.option for field in LISTED})
        ):
            return service, None
        return service, self._api.get_sip_connection(site.id, service.ump_customer_guid)

    def remarks(self, wanted: WantedService, actual: Service, confirmed: bool) -> list[str]:
        if not confirmed:
            return [
                f"The lead of tenant {wanted.ms_tenant_id} names service {actual.ump_customer_guid}, which the "
                "platform does not show. It counts as existing; if it was deleted, run again after the platform's "
                "sync job"
            ]
        idle = [site for site in actual.site_locations if site.deployed is False]
        states = ", ".join(f"{site.name} is '{site.deployment_state}'" for site in idle)
        return [f"The service exists, but a SIP connection is not deployed: {states}"] if idle else []

    def before_deletion(self, wanted: WantedService, actual: Service) -> tuple[Service, list[str]]:
        remarks = []
        if not actual.site_locations:
            try:
                actual = self._api.get_service(str(actual.ump_customer_guid)) or actual
            except ApiError as error:  # the deletion does not need them
                remarks.append(f"The SIP connections of the service cannot be read: {error.message}")
        numbers = self._api.count_numbers(wanted.ms_tenant_id)
        counts = ((actual.active_users, "active users"), (numbers, "numbers"))
        if held := [f"{count} {what}" for count, what in counts if count]:
            remarks.append(f"The service {actual.short_name} has {' and '.join(held)}; deleting it ends their service")
        return actual, remarks

    def is_whole(self, actual: Service) -> bool:
        return any(site.deployed for site in actual.site_locations)

    def belongs(self, wanted: WantedService, actual: Service) -> bool:
        return actual.ms_tenant_id is None or same_text(actual.ms_tenant_id, wanted.ms_tenant_id)

    def known(self, wanted: WantedService, object_id: str | None) -> Service | None:
        return self.current_state.shown(wanted.ms_tenant_id, object_id)

    def next_look(self, now: float) -> float:
        return self.current_state.next_look(now)

    def find_made(self, wanted: WantedService, object_id: str | None, newer_than: float, round_: int) -> Service | None:
        if object_id is not None:
            return self._api.get_service(object_id)
        state, tenant = self.current_state, wanted.ms_tenant_id
        listed = state.listed_service(tenant, newer_than)
        return state.service_of_lead(tenant) if listed is None and round_ % state.lead_rounds == 0 else listed

    @property
    def others_at_work(self) -> bool:
        return self.current_state.others_at_work

    @property
    def watched_list(self) -> WatchedList:
        return self.current_state

    def on_others(self, callback: Callable[[], None]) -> None:
        self._slow_down = callback

    def submitting(self, wanted: WantedService) -> None:
        self.current_state.submitting(wanted.ms_tenant_id)

    def dismiss(self, object_id: str) -> None:
        self.current_state.dismiss(object_id)

    def second_looks(self, wanted: Sequence[WantedService]) -> Mapping[str, LivePlatformError]:
        state = self.current_state
        made = [service for service in wanted if state.has_submitted(service.ms_tenant_id)]
        if not made:
            return {}
        try:
            # Reading back the last one may have shown all of them a moment ago.
            fresh = 0.0 if state.others_at_work else FRESH
            state.listed_services(made[0].ms_tenant_id, newer_than=self._tools.clock.now() - fresh)
        except LivePlatformError as error:
            self._report(f"Whether a tenant has two services now could not be seen at the end: {error.message}")
            return {}
        there = {service.ms_tenant_id: state.listed_services(service.ms_tenant_id) for service in made}
        return {
            fold(service.ms_tenant_id): several(service, there[service.ms_tenant_id])
            for service in made
            if len(there[service.ms_tenant_id]) > 1
        }


def _evidence(observed: Observed[Service]) -> Evidence:
    return observed if isinstance(observed, Evidence) else Evidence(observed.actual, (), observed.confirmed)
