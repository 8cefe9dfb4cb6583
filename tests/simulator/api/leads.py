# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Leads: list, create, delete, and their channel."""

import uuid

from fastapi import Request
from starlette.responses import Response

from simulator.answers import Refusal, answer, no_customer, no_lead, raw, sentence, validation
from simulator.api.login import directory_exists
from simulator.paging import page_of
from simulator.reading import Query, is_guid, read_object
from simulator.records import Lead
from simulator.routing import Routes
from simulator.world import World

routes = Routes("leads")


@routes.add("GET", "/api/v2/oc/lead")
async def list_leads(world: World, request: Request) -> Response:
    """Leads, by page."""
    query, settings = Query(request), world.settings
    page = page_of(
        _matching(world, query, request.headers.get("x-ovoc-channel-id")),
        query,
        base=settings.lead_page_base,
        default_size=settings.lead_page_default_size,
        largest=settings.lead_page_max,
        reject_zero=settings.lead_page_zero == "reject",
    )
    body = b"[" + b",".join([lead.json() for lead in page]) + b"]"
    return raw(b"[" + body + b"]" if settings.lead_double_bracket else body)


@routes.add("POST", "/api/v2/oc/lead")
async def create_lead(world: World, request: Request) -> Response:
    """Create a consentless lead."""
    body = await read_object(request)
    tenant_id, company = body.text("tenantId"), body.text("companyName")
    if not company:
        body.wrong("companyName", "The CompanyName field is required.")
    if not tenant_id or not is_guid(tenant_id):
        body.wrong("tenantId", "A tenant id in GUID form is required.")
    body.check()
    assert tenant_id is not None
    assert company is not None
    errors = _taken(world, tenant_id, company)
    if errors:
        return validation(errors)
    if not directory_exists(world, tenant_id):
        return no_lead()
    stamp = world.clock.stamp()
    lead = Lead(
        id=str(uuid.uuid4()),
        tenant_id=tenant_id,
        company_name=company,
        is_direct_lead=True,
        consented_on="0001-01-01T00:00:00",
        last_modified_on=stamp,
    )
    world.store.add_lead(lead)
    return raw(lead.json())


@routes.add("DELETE", "/api/v2/oc/lead")
async def delete_lead(world: World, request: Request) -> Response:
    """Delete a consentless lead."""
    tenant_id = (Query(request).text("msTenantId") or "").lower()
    leads = world.store.leads_by_tenant.get(tenant_id, [])
    consentless = next((lead for lead in leads if lead.is_direct_lead), None)
    if not leads:
        return no_lead()
    if consentless is None:
        return validation({"MsTenantId": ["Only a consentless lead can be deleted."]})
    if consentless.ump_customer_guid:
        return validation({"MsTenantId": ["The lead has a service."]})
    world.store.drop_lead(consentless.id)
    return answer(1)


@routes.add("PUT", "/api/v3/ovoc/channel/action/assign")
async def assign(world: World, request: Request) -> Response:
    """Attach a lead, or the service made from it, to a channel."""
    body = await read_object(request)
    named = {name: body.text(name) for name in ("leadMsTenantId", "leadId", "umpCustomerGuid") if body.given(name)}
    channel = body.integer("channelId")
    if len(named) != 1:
        body.wrong("leadMsTenantId", "Exactly one of leadMsTenantId, leadId, umpCustomerGuid is required.")
    if channel is None or channel not in world.store.channels:
        body.wrong("channelId", f"Channel {channel} does not exist.")
    body.check()
    ((name, value),) = named.items()
    lead = _named_lead(world, name, value or "")
    if lead.status != "Active":
        return sentence(400, "Lead is not Active")
    lead.channel_id, lead.ovoc_channel_id, lead.encoded = None, channel, None
    service = world.store.services.get(lead.ump_customer_guid or "")
    if service is not None:
        service.channel_id = channel
    if world.settings.channel_answer == "old":
        return answer({"status": True, "data": f"new lead ovocChannelId: {channel}"})
    return answer({"status": "success", "succeeded": True, "message": f"Channel {channel} was assigned."})


@routes.add("PUT", "/api/v3/ovoc/channel/action/remove")
async def remove(world: World, request: Request) -> Response:
    """Detach a lead from its channel."""
    lead = _named_lead(world, "leadMsTenantId", Query(request).text("msTenantId") or "")
    channel = lead.ovoc_channel_id or lead.channel_id
    lead.channel_id, lead.ovoc_channel_id, lead.encoded = None, None, None
    service = world.store.services.get(lead.ump_customer_guid or "")
    if service is not None:
        service.channel_id = None
    return answer({"status": True, "data": f"Removed channel {channel}"})


def _matching(world: World, query: Query, channel: str | None) -> list[Lead]:
    tenant_id, online = query.text("msTenantId"), query.flag("checkOnline")
    if tenant_id is None:
        found = [lead for lead in world.store.leads.values() if not lead.online_only]
    else:
        of_tenant = world.store.leads_by_tenant.get(tenant_id.lower(), [])
        found = [lead for lead in of_tenant if not lead.online_only] or (list(of_tenant) if online else [])
    if channel is not None:
        found = [lead for lead in found if str(lead.ovoc_channel_id) == channel]
    return found


def _named_lead(world: World, name: str, value: str) -> Lead:
    store = world.store
    if name == "umpCustomerGuid":
        service = store.services.get(value.lower())
        if service is None:
            raise Refusal(no_customer(value))
        lead = store.lead_for(service.ms_tenant_id, None)
    else:
        lead = store.leads.get(value) if name == "leadId" else store.lead_for(value.lower(), None)
    if lead is None:
        raise Refusal(no_lead())
    return lead


def _taken(world: World, tenant_id: str, company: str) -> dict[str, list[str]]:
    errors: dict[str, list[str]] = {}
    if any(not each.online_only for each in world.store.leads_by_tenant.get(tenant_id.lower(), ())):
        errors["TenantId"] = ["This MsTenant already exists as an UMP lead!"]
    if any(each.company_name == company for each in world.store.leads.values()):
        errors["CompanyName"] = ["Company name is already used for an UMP lead."]
    return errors
