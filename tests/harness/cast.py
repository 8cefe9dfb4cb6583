# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulator's cast, as far as the tests speak of it (see ``simulator/seeds``)."""

from typing import Any

BRAD = "f9f53ee0-56e1-43f6-8fe3-5fb322986657"
ALDER = "21c4b83a-07d6-4f2f-9360-6a3f725e89b1"
BIRCH = "32d5c94b-18e7-4a30-8471-7b40836f9ac2"
CEDAR = "43e6da5c-29f8-4b41-9582-8c519470abd3"
DUNE = "54f7eb6d-3a09-4c52-a693-9d62a581bce4"
ELM = "6508fc7e-4b1a-4d63-a7a4-ae73b692cdf5"
FJORD = "76190d8f-5c2b-4e74-b815-bf84c7a3de06"
"""Has a service, FjordShip."""
OPAL = "fac1607b-862e-4d3a-8c7b-15eadd093642"
"""Has a service, Opal_Travel."""
GABLE = "8730fea1-6d3c-4f85-8926-c095d8b4ef17"
"""Its lead is removed."""
HARBOUR = "98410fb2-7e4d-4a96-9a37-d1a6e9c5f028"
"""Its lead is suspended."""
KESTREL = "b85d1c37-42ea-4f96-8037-d1a6e9c5f20b"
"""Has two leads, of which one is removed."""
NIMBUS = "eb4f5f6a-751d-4c29-9b6a-04d9cce82531"
"""Has a Hosted service only."""
NOBODY = "00000000-1111-4222-8333-444444444444"
"""Has no lead."""

FJORD_SERVICE = "2c9a6f40-8d13-4e7b-b5c1-09e4d7a3f601"

FIVE: list[dict[str, Any]] = [
    {"ms_tenant_id": BRAD, "short_name": "Bradx35340067", "full_name": "Brad Telecom"},
    {"ms_tenant_id": ALDER, "short_name": "Alder", "full_name": "Alder Logistics"},
    {"ms_tenant_id": BIRCH, "short_name": "Birch", "full_name": "Birch Insurance"},
    {"ms_tenant_id": CEDAR, "short_name": "Cedar", "full_name": "Cedar Clinics"},
    {"ms_tenant_id": ELM, "short_name": "ElmFoods", "full_name": "Elm Foods"},
]
"""Five customers that can have a service."""

POST = "POST /api/v3/customer"
SERVICE_LIST = "GET /api/v3/customer"
LEADS = "GET /api/v2/oc/lead"


def logins(sent: list[str]) -> int:
    """How many of the requests are logins."""
    return sum(request.endswith("/oauth2/v2.0/token") for request in sent)


def writes(sent: list[str]) -> list[str]:
    """Requests that are neither reading nor a login."""
    return [request for request in sent if not request.startswith("GET ") and not logins([request])]


def short_names(state: dict[str, Any]) -> list[str]:
    """Short names of the services that exist on the platform, whatever its lists show."""
    return sorted(service["customer_short_name"] for service in state["services"])


def by_names(password: str = "not-a-secret") -> list[dict[str, Any]]:
    """Three customers as a voice engineer writes them down, for the roles and playbooks."""
    return [
        {
            "ms_tenant_id": BRAD,
            "short_name": "Bradx35340067",
            "full_name": "Brad Telecom",
            "sbc": "NL-SBC05",
            "onboarding_script": "sbc-scenario7",
            "proxy_set": "SIPTrunk",
            "online_pstn_gateway": "oc1.sandbox2.audiocodes.be",
            "script_variables": {"IPPBX-ProxyAddress": "10.1.1.5", "SIP-HostName": "sip.brad.example"},
        },
        {
            "company_name": "Kestrel Air",
            "short_name": "Kestrel_Air",
            "sbc": "172.18.10.21",
            "onboarding_script": 3,
            "online_pstn_gateway": "frankfurt",
            "script_variables": {"ippbx-proxyaddress": "10.4.1.5"},
            "script_parameters": {"CarrierUserPassword": password},
        },
        {
            "ms_tenant_id": FJORD.upper(),
            "short_name": "FjordShip",
            "full_name": "Fjord Shipping",
            "sbc": 2,
            "onboarding_script": "sbc-scenario7",
            "online_pstn_gateway": "oc.sandbox1.audiocodes.be",
        },
    ]
