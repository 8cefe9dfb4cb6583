# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The fields of the requests that create something: one table for each.

Each row connects the option, the field on the wire, the type, the secrecy and the rule ('Create OC Essential service
from lead with IP Group' and 'Create lead' of the vendor's documentation, see docs/api_notes.md). The argument specs,
the payload, the validation, the comparison and the masking are made from it, and the documentation is compared with it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .._core.text import fold, kind_of, same_text
from .._core.typed_values import is_placeholder
from .._core.yaml_values import string_problem
from .field import IMMUTABLE, SECRET_ITSELF, UPDATE, Field, at_most, from_, guid, not_empty, unmasked
from .licenses import OPERATOR_CONNECT
from .script_parameters import CUSTOM_VARIABLE, PREDEFINED_PARAMETERS

_SHORT_NAME = re.compile(r"[A-Za-z0-9_]{3,15}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


def _is_short_name(value: Any) -> str | None:
    return None if _SHORT_NAME.fullmatch(str(value)) else "3 to 15 letters, digits or underscores"


def _is_email(value: Any) -> str | None:
    return None if _EMAIL.fullmatch(str(value)) else "an e-mail address such as admin@customer.example"


def _is_channel(value: Any) -> str | None:
    right = value == "" or str(value).strip()
    return None if right else "the id of a channel such as 1574, or an empty string for none"


EXTRA_PARAMETERS = "extra_script_parameters"
"""The option that names script parameters which are not in this table."""

PARAMETER_LIMITS: Mapping[str, int] = {"CarrierUserName": 60}
"""Characters at the most."""


def parameter_problems(value: Any, name: str = "script_parameters") -> list[str]:
    """Return what is wrong with script parameters: keys and values are texts, and values are never quoted."""
    if not isinstance(value, Mapping):
        return [f"{name} must be a dictionary of strings"]
    found: list[str] = []
    for key, item in value.items():
        if not isinstance(key, str) or not key.strip():
            found.append(f"{name}: every key must be a string, not {kind_of(key)}")
        elif problem := string_problem(item, f"{name}.{key}", option="", shown=False):
            found.append(problem)
        elif is_placeholder(item):
            found.append(f"{name}.{key} must be {SECRET_ITSELF}")
        elif item is not None:
            found += key_problems(key, item, name)
    return found


def key_problems(key: str, item: str, name: str) -> list[str]:
    """Return what is wrong with a script parameter whose key and value are strings."""
    limit = PARAMETER_LIMITS.get(key)
    if limit is not None and len(item) > limit:
        return [f"{name}.{key} must have at most {limit} characters"]
    if fold(key).startswith("customvar") and not CUSTOM_VARIABLE.fullmatch(key):
        return [f"{name}: '{key}' must be CustomVar.Variable<N> with N from 1"]
    twin = next((known for known in PREDEFINED_PARAMETERS if same_text(known, key) and known != key), None)
    if twin:
        return [f"{name}: '{key}' must be written '{twin}'"]
    return []


SERVICE_OPTIONS = (
    Field(
        "configuration",
        "configurationName",
        choices={"ip_group": "OcEssential_IPGROUP_TYPE", "tenant": "OcEssential_TENANT_TYPE"},
        default="ip_group",
    ),
    Field("ms_tenant_id", "msTenantId", rule=guid, public=True, required=True, identity=True),
    Field("lead_id", "leadId", rule=not_empty),
    Field(
        "short_name",
        "customerShortName",
        rule=_is_short_name,
        public=True,
        read_as="short_name",
        on_difference=IMMUTABLE,
    ),
    Field("full_name", "customerFullName", rule=at_most(200), public=True, read_as="full_name", on_difference=UPDATE),
    Field(
        "site_location",
        "siteLocation",
        type="dict",
        children=(
            Field("name", "siteLocationName", rule=not_empty, read_as="name", on_difference=IMMUTABLE),
            Field("sbc_id", "sbcId", type="int", rule=from_(0), read_as="sbc_id", on_difference=IMMUTABLE),
            Field(
                "onboarding_script",
                "sbcOnboardingScript",
                type="int",
                rule=from_(0),
                read_as="onboarding_script",
                on_difference=IMMUTABLE,
            ),
            Field(
                "cleanup_script",
                "sbcCleanupScript",
                type="int",
                rule=from_(0),
                read_as="cleanup_script",
                on_difference=IMMUTABLE,
            ),
            Field("upload_number_script", "sbcOcUploadNumberScript", type="int", rule=from_(0)),
            Field("release_number_script", "sbcOcReleaseNumberScript", type="int", rule=from_(0)),
        ),
    ),
    Field("customer_type", "ovocCustomerType", choices={"ip_group": "IPGROUP_TYPE", "tenant": "TENANT_TYPE"}),
    Field("channel_id", "channelId", rule=_is_channel, empties=True, on_difference=UPDATE),
    Field("lc_customer_id", "lcCustomerId", rule=not_empty),
    Field("invitation_email", "invitationEmail", rule=_is_email),
    Field(
        "license_type",
        "licenseType",
        choices=OPERATOR_CONNECT,
        created_as="oc_essential",
        read_as="license_type",
        on_difference=UPDATE,
    ),
    Field(
        "licensed_users",
        "licensedUsersCount",
        type="int",
        rule=from_(0),
        read_as="licensed_users",
        on_difference=UPDATE,
    ),
    Field(
        "application",
        "",
        type="dict",
        created=False,
        on_difference=UPDATE,
        children=(
            Field("client_id", "applicationClientId", rule=not_empty, needs=("client_secret",), on_difference=UPDATE),
            Field(
                "client_secret",
                "applicationClientSecret",
                secret=True,
                rule=unmasked,
                needs=("client_id",),
                on_difference=UPDATE,
            ),
        ),
    ),
    Field("ump_customer_guid", "umpCustomerGuid", rule=guid),
    Field(
        "teams_qos",
        "teamsQos",
        type="dict",
        children=(
            Field("application_id", "applicationID", rule=not_empty, needs=("application_password",)),
            Field(
                "application_password",
                "applicationPassword",
                secret=True,
                rule=unmasked,
                needs=("application_id",),
            ),
        ),
    ),
    Field("script_parameters", "scriptParameters", type="map", entries=parameter_problems, on_difference=IMMUTABLE),
    Field(
        "webhooks",
        "webhooks",
        type="dict",
        children=(
            Field("invitation_is_pending", "invitationIsPending"),
            Field("customer_created", "customerCreated"),
            Field("did_change", "didChange"),
        ),
    ),
    Field("calling_profile_template_id", "callingProfileConfigurationTemplateId", type="int", rule=from_(0)),
)
"""Everything that can be said of a service."""

SERVICE_FIELDS = tuple(row for row in SERVICE_OPTIONS if row.created)
"""What the request that creates a service says."""

LEAD_FIELDS = (
    Field("ms_tenant_id", "tenantId", rule=guid, public=True, required=True, identity=True),
    Field(
        "company_name", "companyName", rule=at_most(200), public=True, read_as="company_name", on_difference=IMMUTABLE
    ),
    Field("channel_id", "channelId", rule=_is_channel, created=False, empties=True, on_difference=UPDATE),
)
