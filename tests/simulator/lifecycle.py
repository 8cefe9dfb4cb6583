# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What changes with time: services come to be when their task ends, and the lists follow, perhaps late."""

import uuid

from simulator.agenda import Action
from simulator.creation import Creation
from simulator.records import Lead, Service, SiteLocation
from simulator.tasks import Message, Task
from simulator.world import World

DEFAULT_SCRIPT = "UMP OcEssential default SBC Onboarding script"


def start_task(
    world: World, task: Task, tenant_id: str | None = None, short_name: str | None = None, prefix: str = "tsk"
) -> Task:
    """Note a task and plan its end; ``fail_tasks`` and the task times of the switches are applied here."""
    settings = world.settings
    names = [name.lower() for name in (tenant_id, short_name) if name]
    names += [f"{name}:{task.kind}" for name in names]
    chosen = {key.lower(): seconds for key, seconds in settings.task_seconds_by_tenant.items()}
    task.id = f"tsk_{next(world.store.task_numbers)}" if prefix == "tsk" else f"{prefix}_{uuid.uuid4()}".lstrip("_")
    task.started = world.clock.now()
    task.created_at = world.clock.stamp()
    task.seconds = next((chosen[name] for name in names if name in chosen), settings.task_seconds)
    task.ms_tenant_id, task.short_name = tenant_id, short_name
    if any(name.lower() in names for name in settings.fail_tasks):
        fail(task, f"Execution of {task.kind} was stopped: the SBC refused the configuration.")
    elif settings.error_message_on_success:
        task.messages.append(Message(0.9, "Error", "A notification could not be sent."))
    world.store.tasks[task.id] = task
    schedule_end(world, task)
    return task


def new_task(kind: str) -> Task:
    """A task that :func:`start_task` fills in."""
    return Task(id="", kind=kind, started=0.0, seconds=0.0, created_at="")


def fail(task: Task, reason: str) -> None:
    """Let the task fail with this message."""
    task.succeeds = False
    task.messages = [each for each in task.messages if each.share < 0.5] + [Message(1.0, "Error", reason)]


def schedule_end(world: World, task: Task) -> None:
    """Have the task's consequences happen when it ends. May be called again when the end was moved."""

    def end(due: float) -> None:
        if task.completed_at is None and due >= task.ends and world.store.tasks.get(task.id) is task:
            task.completed_at = world.clock.stamp()
            if task.when_done is not None:
                task.when_done(task, due)

    world.agenda.at(task.ends, end)


def start_creation(world: World, wanted: Creation, lead: Lead, body: dict[str, object], doom: str | None) -> Task:
    """Begin to create a service. ``doom``: the reason why the task is going to fail, if it is."""
    store, settings = world.store, world.settings
    service = _service(world, wanted, lead, body)
    task = new_task("create")
    task.ump_customer_guid = service.ump_customer_guid
    task.details = ["Converted"]
    site = service.site_location[0]
    if wanted.by_ip_group:
        task.messages.append(Message(0.5, "Information", f"SBC sbc-onboarding done for site {site.name}."))
    task.messages.append(Message(0.8, "Information", "Site created in Ovoc"))
    early = settings.service_visible_before_done
    tenant_id = lead.tenant_id
    store.creating[tenant_id] += 1

    def done(task: Task, due: float) -> None:
        store.creating[tenant_id] -= 1
        if not task.succeeds:
            if early:
                store.drop_service(service.ump_customer_guid)
            return
        _deploy(world, service, site, due)
        if not early:
            store.add_service(service, listed=False)
            _list_later(world, service, due)
        _tell_lead(world, lead, service.ump_customer_guid, due)

    task.when_done = done
    start_task(world, task, tenant_id, wanted.short_name, prefix="wst")
    if doom is not None and task.succeeds:
        fail(task, doom)
    if early:
        site.state = "deploying"
        store.add_service(service, listed=False)
        _list_later(world, service, task.started)
    return task


def remove_service(world: World, service: Service) -> None:
    """Delete a service now; the list and the lead follow."""
    store, settings, now = world.store, world.settings, world.clock.now()
    guid = service.ump_customer_guid
    store.drop_service(guid, listed=False)

    def forget(_due: float) -> None:
        if guid not in store.services:
            store.listed.pop(guid, None)

    at_or_now(world, now + settings.service_list_lag_seconds, forget)
    for lead in store.leads_by_tenant.get(service.ms_tenant_id or "", ()):
        if lead.ump_customer_guid == guid:
            _forget_in_lead(world, lead, guid, now)


def touch(service: Service) -> None:
    """The service has changed: forget its encoded form."""
    service.encoded.clear()


def _service(world: World, wanted: Creation, lead: Lead, body: dict[str, object]) -> Service:
    store = world.store
    scripts = {template.name: template for template in store.templates.values()}
    default = scripts.get(DEFAULT_SCRIPT)
    onboarding = wanted.onboarding_script or (default.id if default else None)
    template = store.templates.get(onboarding or -1)
    gateway_sbc = store.sbc_by_trunk(wanted.parameters.get("OnlinePstnGateway", ""))
    first_sbc = gateway_sbc or next(iter(store.sbcs.values()), None)
    by_guid = world.settings.site_location_ids == "guid"
    site = SiteLocation(
        id=str(uuid.uuid4()) if by_guid else next(store.ids),
        name=wanted.site_name,
        sbc_id=wanted.sbc_id if wanted.sbc_id is not None else first_sbc.id if first_sbc else 0,
        onboarding_script=onboarding,
        cleanup_script=wanted.cleanup_script or (template.related[0] if template and template.related else None),
        upload_number_script=wanted.upload_number_script,
        release_number_script=wanted.release_number_script,
        parameters=wanted.parameters,
    )
    return Service(
        ump_customer_guid=str(uuid.uuid4()),
        customer_short_name=wanted.short_name,
        customer_full_name=wanted.full_name or wanted.short_name,
        license_type=wanted.license_type,
        licensed_users_count=wanted.licensed_users,
        ms_tenant_id=lead.tenant_id,
        active_user_count=0,
        site_location=[site],
        ms_default_domain=f"{wanted.short_name.lower()}.example",
        application_client_id=wanted.application_id,
        application_client_secret=wanted.application_password,
        channel_id=int(wanted.channel_id) if wanted.channel_id else lead.ovoc_channel_id,
        lc_customer_id=wanted.lc_customer_id,
        lead_id=lead.id,
        request=body,
    )


def _deploy(world: World, service: Service, site: SiteLocation, due: float) -> None:
    settings = world.settings
    names = {str(service.ms_tenant_id).lower(), service.customer_short_name.lower()}
    outcome = "failed" if names & {name.lower() for name in settings.deploy_fails} else "deployed"

    def ready(_due: float) -> None:
        site.state = outcome
        touch(service)

    site.state = "deploying"
    touch(service)
    at_or_now(world, due + settings.deploy_seconds, ready)


def _list_later(world: World, service: Service, due: float) -> None:
    store = world.store

    def show(_due: float) -> None:
        if store.services.get(service.ump_customer_guid) is service:
            store.listed[service.ump_customer_guid] = service

    at_or_now(world, due + world.settings.service_list_lag_seconds, show)


def _tell_lead(world: World, lead: Lead, guid: str, due: float) -> None:
    def follow(_due: float) -> None:
        if guid not in world.store.services:
            return  # deleted meanwhile
        lead.ump_customer_guid = guid
        channel = world.store.services[guid].channel_id
        if world.settings.lead_shows_channel and channel is not None:
            lead.channel_id, lead.ovoc_channel_id = None, channel
        lead.last_modified_on = world.clock.stamp()
        lead.encoded = None

    at_or_now(world, due + world.settings.lead_lag_seconds, follow)


def _forget_in_lead(world: World, lead: Lead, guid: str, due: float) -> None:
    def follow(_due: float) -> None:
        if lead.ump_customer_guid == guid:
            lead.ump_customer_guid = None
            lead.last_modified_on = world.clock.stamp()
            lead.encoded = None

    at_or_now(world, due + world.settings.lead_lag_seconds, follow)


def at_or_now(world: World, due: float, action: Action) -> None:
    """Have something happen at this moment, at once when it has passed."""
    if due <= world.clock.now():
        action(due)
    else:
        world.agenda.at(due, action)
