# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Creating an Operator Connect service from a lead."""

from fastapi import Request
from starlette.responses import Response

from simulator.answers import Refusal, answer, extended, no_lead, validation
from simulator.creation import Creation, read_creation
from simulator.lifecycle import start_creation
from simulator.reading import Body, read_json
from simulator.records import Lead
from simulator.routing import Routes
from simulator.world import World

_EXISTS = "This MsTenant already has an Operator Connect service!"


routes = Routes("services")


@routes.add("POST", "/api/v3/customer")
async def create(world: World, request: Request) -> Response:
    """Create a service; answers with the id of a task."""
    members = await read_json(request)
    if not isinstance(members, dict):
        return validation({"": ["An object is expected."]})
    wanted = read_creation(Body(members))
    lead = world.store.lead_for(wanted.ms_tenant_id, wanted.lead_id)
    if lead is None:
        return no_lead()
    doom = _obstacle(world, wanted, lead, request.url.path)
    task = start_creation(world, wanted, lead, members, doom)
    forms = {"object": {"jobId": task.id}, "capital": {"JobId": task.id}, "string": task.id}
    return answer(forms[world.settings.job_answer])


def _obstacle(world: World, wanted: Creation, lead: Lead, path: str) -> str | None:
    """Why the creation cannot succeed: raised when the platform says so at once, returned when the task will."""
    settings = world.settings
    if lead.status != "Active":
        text = f"The lead is not Active (status: {lead.status})."
        if settings.lead_not_active == "validation400":
            raise Refusal(validation({"MsTenantId": [text]}))
        return text
    if settings.existing_service != "accept" and _exists(world, lead):
        text = settings.existing_service_text or _EXISTS
        if settings.existing_service == "validation400":
            raise Refusal(validation({"MsTenantId": [text]}))
        if settings.existing_service == "conflict409":
            raise Refusal(extended(409, text, path, "CustomerAlreadyExists"))
        return text
    if _short_name_taken(world, wanted, lead):
        raise Refusal(validation({"CustomerShortName": [f"Short name '{wanted.short_name}' is already in use."]}))
    unknown = _unknown_ids(world, wanted)
    if unknown:
        if settings.unknown_ids == "validation400":
            raise Refusal(validation(unknown))
        return " ".join(text for texts in unknown.values() for text in texts)
    return _wrong_variables(world, wanted) if settings.variables_check == "task_fails" else None


def _exists(world: World, lead: Lead) -> bool:
    store = world.store
    return (
        store.operator_connect_service(lead.tenant_id) is not None
        or store.creating[lead.tenant_id] > 0
        or any(each.ump_customer_guid in store.services for each in store.leads_by_tenant[lead.tenant_id])
    )


def _short_name_taken(world: World, wanted: Creation, lead: Lead) -> bool:
    store = world.store
    whole = world.settings.short_name_scope == "platform"
    services = store.services.values() if whole else store.services_by_tenant.get(lead.tenant_id, ())
    if world.settings.existing_service == "accept":
        services = [each for each in services if not each.is_operator_connect]
    return any(each.customer_short_name.lower() == wanted.short_name.lower() for each in services)


def _unknown_ids(world: World, wanted: Creation) -> dict[str, list[str]]:
    store = world.store
    errors: dict[str, list[str]] = {}
    if wanted.sbc_id is not None and wanted.sbc_id not in store.sbcs:
        errors["SiteLocation.SbcId"] = [f"SBC {wanted.sbc_id} does not exist."]
    scripts = {
        "SiteLocation.SbcOnboardingScript": wanted.onboarding_script,
        "SiteLocation.SbcCleanupScript": wanted.cleanup_script,
        "SiteLocation.SbcOcUploadNumberScript": wanted.upload_number_script,
        "SiteLocation.SbcOcReleaseNumberScript": wanted.release_number_script,
    }
    for field, script in scripts.items():
        if script is not None and script not in store.templates:
            errors[field] = [f"Script {script} does not exist."]
    if wanted.channel_id is not None and int(wanted.channel_id) not in store.channels:
        errors["ChannelId"] = [f"Channel {wanted.channel_id} does not exist."]
    return errors


def _wrong_variables(world: World, wanted: Creation) -> str | None:
    template = world.store.templates.get(wanted.onboarding_script or -1)
    expected = list(range(1, len(template.customer_variables) + 1)) if template else []
    if wanted.variable_positions() != expected:
        return f"Custom variables {expected} are expected, {wanted.variable_positions()} were given."
    return None
