# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Leads and services: an invented cast, with one member for each case that a client has to get right."""

from typing import Any

FJORD_SERVICE = "2c9a6f40-8d13-4e7b-b5c1-09e4d7a3f601"
OPAL_SERVICE = "2c9a6f40-8d13-4e7b-b5c1-09e4d7a3f602"
NIMBUS_SERVICE = "2c9a6f40-8d13-4e7b-b5c1-09e4d7a3f603"
QUARTZ_SERVICE = "2c9a6f40-8d13-4e7b-b5c1-09e4d7a3f604"


def _lead(number: int, tenant_id: str, company: str | None, person: str | None = None, **more: Any) -> dict[str, Any]:
    domain = (company or "nobody").lower().replace(" ", "-") + ".example"
    return {
        "id": f"e17b3a52-60c4-4d9f-8a2e-{number:012x}",
        "tenant_id": tenant_id,
        "company_name": company,
        "tenant_origin": "Consent",
        "consented_countries": ["NL", "BE"],
        "full_name": person,
        "email": f"{person.split()[0].lower()}@{domain}" if person else None,
        "phone_number": f"+3120555{number:04d}" if person else None,
        "company_size": "51-200" if person else None,
        **more,
    }


def _direct(number: int, tenant_id: str, company: str | None, **more: Any) -> dict[str, Any]:
    """A consentless lead, which knows no contact."""
    nothing = {"is_direct_lead": True, "tenant_origin": "Direct", "consented_on": "0001-01-01T00:00:00"}
    return _lead(number, tenant_id, company, **{**nothing, "consented_countries": None, **more})


_KESTREL = "b85d1c37-42ea-4f96-8037-d1a6e9c5f20b"
_LOTUS = "c96e2d48-53fb-4a07-9148-e2b7fad6031c"
_FJORD = "76190d8f-5c2b-4e74-b815-bf84c7a3de06"
_OPAL = "fac1607b-862e-4d3a-8c7b-15eadd093642"
_NIMBUS = "eb4f5f6a-751d-4c29-9b6a-04d9cce82531"

LEADS: list[dict[str, Any]] = [
    # Active, without any service.
    _lead(1, "f9f53ee0-56e1-43f6-8fe3-5fb322986657", "Brad Telecom", "Brad Porter", channel_id="1574"),
    _lead(2, "21c4b83a-07d6-4f2f-9360-6a3f725e89b1", "Alder Logistics", "Ada Holm", ovoc_channel_id=1574),
    _lead(3, "32d5c94b-18e7-4a30-8471-7b40836f9ac2", "Birch Insurance", "Bo Lund"),
    _direct(4, "43e6da5c-29f8-4b41-9582-8c519470abd3", "Cedar Clinics"),
    _lead(5, "54f7eb6d-3a09-4c52-a693-9d62a581bce4", "Dune Hotels", "Dina Vos", ovoc_channel_id=1580),
    _lead(6, "6508fc7e-4b1a-4d63-a7a4-ae73b692cdf5", "Elm Foods", "Eli Maes", comments="Asks for a pilot first"),
    # Active, with a service.
    _lead(7, _FJORD, "Fjord Shipping", "Finn Berg", ump_customer_guid=FJORD_SERVICE),
    _lead(8, _OPAL, "Opal Travel", "Olga Stein", ump_customer_guid=OPAL_SERVICE),
    # Not fit for a service.
    _direct(9, "8730fea1-6d3c-4f85-8926-c095d8b4ef17", "Gable Homes", status="Removed"),
    _lead(10, "98410fb2-7e4d-4a96-9a37-d1a6e9c5f028", "Harbour Bank", status="Suspended", is_not_active=True),
    _lead(11, "a95210c3-8f5e-4ba7-8b48-e2b7fad60139", "Ivory Labs", "Ivo Kok", status="Not Active", is_not_active=True),
    # One tenant, two leads: the removed consentless one first, the active one after it.
    _direct(12, _KESTREL, "Kestrel Air", status="Removed", is_not_active=True),
    _lead(13, _KESTREL, "Kestrel Air", "Kim de Wit"),
    # One tenant, two active leads.
    _direct(14, _LOTUS, "Lotus Media"),
    _lead(15, _LOTUS, "Lotus Media", "Lea Braun"),
    # Two tenants, one company name.
    _lead(16, "d07f3e59-640c-4b18-a259-f3c80be7142d", "Maple Energy", "Max Prins"),
    _lead(17, "e1804f6a-751d-4c29-b36a-04d91cf8253e", "Maple Energy", "Mia Prins"),
    # Active, with a Hosted service but no Operator Connect service.
    _lead(18, _NIMBUS, "Nimbus Cars", "Nora Peeters"),
    # Almost everything is null.
    _lead(
        19,
        "0bd2718c-973f-4e4b-9d8c-26fbee1a4753",
        None,
        without_contact=True,
        operator_id=None,
        tenant_origin=None,
        consented_on=None,
        last_modified_on=None,
        consented_countries=None,
    ),
    # Known to Microsoft only.
    _lead(20, "1ce3829d-a840-4f5c-8e9d-370cff2b5864", "Reed Robotics", "Rik Bos", online_only=True),
]

SERVICES: list[dict[str, Any]] = [
    {
        "ump_customer_guid": FJORD_SERVICE,
        "customer_short_name": "FjordShip",
        "customer_full_name": "Fjord Shipping",
        "license_type": 3,
        "licensed_users_count": 40,
        "ms_tenant_id": _FJORD,
        "active_user_count": 31,
        "ms_default_domain": "fjord-shipping.example",
        "lc_customer_id": 1317092,
        "ovoc_id": 2201,
        "site_location": [
            {
                "id": 4001,
                "name": "FjordShip",
                "sbc_id": 2,
                "onboarding_script": 7,
                "cleanup_script": 700,
                "parameters": {
                    "ProxySet": "SIPTrunk",
                    "OnlinePstnGateway": "oc.sandbox1.audiocodes.be",
                    "CarrierUserName": "fjord-trunk",
                    "CarrierUserPassword": "simcarrier-3Vq9~Xr7.Pm2",
                    "CustomVar.Variable1": "10.40.1.5",
                    "CustomVar.Variable2": "5061",
                    "CustomVar.Variable3": "sip.fjord-shipping.example",
                },
            }
        ],
    },
    {
        "ump_customer_guid": OPAL_SERVICE,
        "customer_short_name": "Opal_Travel",
        "customer_full_name": "Opal Travel",
        "license_type": 5,
        "licensed_users_count": 120,
        "ms_tenant_id": _OPAL,
        "active_user_count": 97,
        "live_hub_active_users_count": 12,
        "live_hub_simple_users_count": 3,
        "ms_default_domain": "opal-travel.example",
        "application_client_id": "9f3c7d15-b2e8-4a60-8d47-c1f5a9e3b720",
        "application_client_secret": "simapp-Jt5~w8.Kz4Rv2~Bq",
        "client_secret_expiration_date": "2/18/2027 8:39:26 AM",
        "channel_id": 1574,
        "ovoc_id": 2202,
        "site_location": [
            {
                "id": 4002,
                "name": "Opal_Travel",
                "sbc_id": 5,
                "onboarding_script": 1,
                "cleanup_script": 100,
                "parameters": {"ProxySet": "CarrierEast", "OnlinePstnGateway": "frankfurt.sandbox4.audiocodes.be"},
            }
        ],
    },
    {
        "ump_customer_guid": NIMBUS_SERVICE,
        "customer_short_name": "NimbusHosted",
        "customer_full_name": "Nimbus Cars",
        "license_type": 0,
        "licensed_users_count": 15,
        "ms_tenant_id": _NIMBUS,
        "ovoc_id": 2203,
        "site_location": [
            {"id": 4003, "name": "NimbusHosted", "sbc_id": 3, "configuration_type": "Byoc", "onboarding_script": 2}
        ],
    },
    {
        "ump_customer_guid": QUARTZ_SERVICE,
        "customer_short_name": "QuartzLab",
        "customer_full_name": "Quartz Laboratories",
        "license_type": 2,
        "licensed_users_count": None,
        "ms_tenant_id": None,
        "ovoc_id": 2204,
    },
]


def _number(telephone_number: str, assignment: str) -> dict[str, Any]:
    return {
        "telephone_number": telephone_number,
        "tenant_id": _FJORD,
        "calling_profile_id": "a4d1f7c2-3b6e-4e0a-8f59-1c7d2e9b6a01",
        "assignment_status": assignment,
        "source": "webui",
    }


NUMBERS: list[dict[str, Any]] = [
    _number("+31205550101", "UserAssigned"),
    _number("+31205550102", "Unassigned"),
    _number("+31205550103", "UserAssigned"),
]
