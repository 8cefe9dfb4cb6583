# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Results of ``oc_services`` and what is in them, as the module returns them."""

from __future__ import annotations

from typing import Any

TENANT = "f9f53ee0-56e1-43f6-8fe3-5fb322986657"


def site(**more: Any) -> dict[str, Any]:
    """A SIP connection, deployed unless it is said otherwise."""
    return {"name": "Brad01", "sbc_id": 2, "deployment_state": "Deployed", "deployed": True, **more}


def service_of(*sites: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A service with SIP connections."""
    base = {"ms_tenant_id": TENANT, "short_name": "Brad01", "license_type": "oc_essential"}
    return {**base, "site_locations": list(sites), **more}


def result_of(outcome: str = "created", service: Any = None, **more: Any) -> dict[str, Any]:
    """What became of a service."""
    base = {"ms_tenant_id": TENANT, "short_name": "Brad01", "outcome": outcome, "changed": True, "service": service}
    request = {"siteLocation": {"siteLocationName": "Brad01", "sbcId": 2}}
    return {**base, "request": request, "task": None, "differences": [], "failure": None, **more}
