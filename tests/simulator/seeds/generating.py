# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many leads and services at once, for measuring. The same numbers always give the same ids."""

from simulator.records import Lead, Service, SiteLocation
from simulator.store import Store


def tenant_id(number: int) -> str:
    """The tenant of the generated lead with this number, counted from 0."""
    return f"{number:08x}-5eed-4000-8000-{number:012x}"


def generate(store: Store, leads: int = 0, services: int = 0) -> None:
    """Leads without services; and services, each with a lead of its own that knows it, numbered after those."""
    for number in range(leads + services):
        store.add_lead(
            Lead(
                id=f"{number:08x}-1ead-4000-8000-{number:012x}",
                tenant_id=tenant_id(number),
                company_name=f"Generated {number}",
                tenant_origin="Consent",
                full_name=f"Person {number}",
                email=f"person{number}@generated.example",
                ump_customer_guid=_guid(number) if number >= leads else None,
            )
        )
    sbc_ids = list(store.sbcs) or [0]
    for number in range(leads, leads + services):
        site = SiteLocation(
            id=100_000 + number,
            name=f"gen{number}",
            sbc_id=sbc_ids[number % len(sbc_ids)],
            onboarding_script=7,
            cleanup_script=700,
            parameters={"ProxySet": "SIPTrunk", "OnlinePstnGateway": "oc1.sandbox2.audiocodes.be"},
        )
        store.add_service(
            Service(
                ump_customer_guid=_guid(number),
                customer_short_name=f"gen{number}",
                customer_full_name=f"Generated {number}",
                license_type=3,
                licensed_users_count=10,
                ms_tenant_id=tenant_id(number),
                active_user_count=0,
                site_location=[site],
            )
        )


def _guid(number: int) -> str:
    return f"{number:08x}-5e71-4000-8000-{number:012x}"
