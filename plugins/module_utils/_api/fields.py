# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The fields of the request 'create OC Essential service from lead with IP Group': the one table of them.

Each row connects the option, the field on the wire, the type, the secrecy and the rule (API notes, section 3).
The argument specs, the payload, the validation and the masking are made from it, and the documentation and the API
notes are compared with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .._core.masking import MASK
from .._core.text import is_guid
from .licenses import OPERATOR_CONNECT

Rule = Callable[[Any], "str | None"]
"""Gives what would be right when the value is not, else ``None``."""

_SHORT_NAME = re.compile(r"[A-Za-z0-9_]{3,15}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


def _is_short_name(value: Any) -> str | None:
    return None if _SHORT_NAME.fullmatch(str(value)) else "3 to 15 letters, digits or underscores"


def _is_guid(value: Any) -> str | None:
    return None if is_guid(value) else "a GUID such as f9f53ee0-56e1-43f6-8fe3-5fb322986657"


def _is_email(value: Any) -> str | None:
    return None if _EMAIL.fullmatch(str(value)) else "an e-mail address such as admin@customer.example"


def _not_empty(value: Any) -> str | None:
    return None if str(value).strip() else "a string that is not empty"


def _unmasked(value: Any) -> str | None:
    return "the secret itself, not what is shown for it" if value == MASK else _not_empty(value)


def _at_most(limit: int) -> Rule:
    def rule(value: Any) -> str | None:
        return None if str(value).strip() and len(str(value)) <= limit else f"1 to {limit} characters"

    return rule


def _from(least: int) -> Rule:
    def rule(value: Any) -> str | None:
        # Ansible turns digits into a number, so before it has, they are as good.
        digits = isinstance(value, str) and value.strip().isdecimal()
        whole = int(value) if digits else value
        right = isinstance(whole, int) and not isinstance(whole, bool) and whole >= least
        return None if right else f"a whole number from {least}"

    return rule


@dataclass(frozen=True)
class Field:
    """One field of the request.

    :param option: the Ansible option; inside its group for a child.
    :param wire: the JSON name, in the case of the example bodies.
    :param type: ``str``, ``int``, ``dict`` (a group of ``children``) or ``map`` (text to text).
    :param choices: option value to wire value, where the two differ.
    :param secret: the value must never be shown.
    :param rule: what a value has to look like.
    """

    option: str
    wire: str
    type: str = "str"
    choices: Mapping[str, str | int] | None = None
    default: str | None = None
    secret: bool = False
    rule: Rule | None = None
    children: tuple[Field, ...] = ()


SERVICE_FIELDS = (
    Field(
        "configuration",
        "configurationName",
        choices={"ip_group": "OcEssential_IPGROUP_TYPE", "tenant": "OcEssential_TENANT_TYPE"},
        default="ip_group",
    ),
    Field("ms_tenant_id", "msTenantId", rule=_is_guid),
    Field("lead_id", "leadId", rule=_not_empty),
    Field("short_name", "customerShortName", rule=_is_short_name),
    Field("full_name", "customerFullName", rule=_at_most(200)),
    Field(
        "site_location",
        "siteLocation",
        type="dict",
        children=(
            Field("name", "siteLocationName", rule=_not_empty),
            Field("sbc_id", "sbcId", type="int", rule=_from(0)),
            Field("onboarding_script", "sbcOnboardingScript", type="int", rule=_from(0)),
            Field("cleanup_script", "sbcCleanupScript", type="int", rule=_from(0)),
            Field("upload_number_script", "sbcOcUploadNumberScript", type="int", rule=_from(0)),
            Field("release_number_script", "sbcOcReleaseNumberScript", type="int", rule=_from(0)),
        ),
    ),
    Field("customer_type", "ovocCustomerType", choices={"ip_group": "IPGROUP_TYPE", "tenant": "TENANT_TYPE"}),
    Field("channel_id", "channelId", rule=_not_empty),
    Field("lc_customer_id", "lcCustomerId", rule=_not_empty),
    Field("invitation_email", "invitationEmail", rule=_is_email),
    Field("license_type", "licenseType", choices=OPERATOR_CONNECT, default="oc_essential"),
    Field("licensed_users", "licensedUsersCount", type="int", rule=_from(0)),
    Field("ump_customer_guid", "umpCustomerGuid", rule=_is_guid),
    Field(
        "teams_qos",
        "teamsQos",
        type="dict",
        children=(
            Field("application_id", "applicationID", rule=_not_empty),
            Field("application_password", "applicationPassword", secret=True, rule=_unmasked),
        ),
    ),
    Field("script_parameters", "scriptParameters", type="map"),
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
    Field("calling_profile_template_id", "callingProfileConfigurationTemplateId", type="int", rule=_from(0)),
)

PREDEFINED_PARAMETERS: Mapping[str, str] = {
    "ProxySet": "proxy_set",
    "OnlinePstnGateway": "online_pstn_gateway",
    "CacProfile": "cac_profile",
    "CarrierUserName": "carrier_user_name",
    "CarrierUserPassword": "",
    "CarrierMailLine": "carrier_main_line",
    "CarrierHostName": "carrier_host_name",
}
"""Script parameters with a meaning of their own, and under which name a SIP connection reads them back, if it does."""

EXTRA_PARAMETERS = "extra_script_parameters"
"""The option that names script parameters which are not in this table."""

PARAMETER_LIMITS: Mapping[str, int] = {"CarrierUserName": 60}
"""Characters at the most."""

CUSTOM_VARIABLE = re.compile(r"CustomVar\.Variable[1-9][0-9]*")


def custom_variable(position: int) -> str:
    """The script parameter of the variable at this position (from 1) of the script's 'Customer variables' column."""
    return f"CustomVar.Variable{position}"


def payload(values: Mapping[str, Any], fields: tuple[Field, ...] = SERVICE_FIELDS) -> dict[str, Any]:
    """The request body: every field that is given, none that is not, in the table's order.

    :param values: option values; ``None`` means not given.
    """
    body: dict[str, Any] = {}
    for field in fields:
        value = values.get(field.option)
        if value is None:
            continue
        if field.type == "dict":
            value = payload(value, field.children)
        elif field.choices is not None:
            value = field.choices[value]
        elif field.type == "map":
            value = dict(value)
        body[field.wire] = value
    return body


def secret_values(values: Mapping[str, Any], fields: tuple[Field, ...] = SERVICE_FIELDS) -> list[str]:
    """The values of the fields that the table marks secret."""
    found: list[str] = []
    for field in fields:
        value = values.get(field.option)
        if isinstance(value, Mapping) and field.children:
            found += secret_values(value, field.children)
        elif field.secret and isinstance(value, str):
            found.append(value)
    return found
