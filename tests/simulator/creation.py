# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading a request to create a service: its fields, their types, and the rules that hold for them alone."""

import re
from dataclasses import dataclass

from simulator.reading import Body, is_guid
from simulator.records import OC_LICENSES

IP_GROUP = "OcEssential_IPGROUP_TYPE"
TENANT = "OcEssential_TENANT_TYPE"
CUSTOMER_TYPES = {IP_GROUP: "IPGROUP_TYPE", TENANT: "TENANT_TYPE"}
SHORT_NAME = re.compile(r"[A-Za-z0-9_]{3,15}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_CUSTOM_VARIABLE = re.compile(r"CustomVar\.Variable(\d+)", re.IGNORECASE)


@dataclass
class Creation:
    """A creation as it was asked for. None stands for everything that was left out."""

    configuration: str
    short_name: str
    full_name: str | None
    ms_tenant_id: str | None
    lead_id: str | None
    license_type: int
    licensed_users: int
    customer_type: str
    channel_id: str | None
    lc_customer_id: int | None
    site_name: str
    sbc_id: int | None
    onboarding_script: int | None
    cleanup_script: int | None
    upload_number_script: int | None
    release_number_script: int | None
    parameters: dict[str, str]
    application_id: str | None
    application_password: str | None

    @property
    def by_ip_group(self) -> bool:
        """Whether it makes IP Groups on the SBC."""
        return self.configuration == IP_GROUP

    def variable_positions(self) -> list[int]:
        """Which custom variables have a value, by position."""
        found = (_CUSTOM_VARIABLE.fullmatch(key) for key in self.parameters)
        return sorted(int(each.group(1)) for each in found if each)


def read_creation(body: Body) -> Creation:
    """Check types and rules, all at once; 400 with messages per field when something is wrong."""
    configuration = body.text("configurationName")
    short_name = body.text("customerShortName")
    full_name = body.text("customerFullName")
    tenant_id = body.text("msTenantId")
    lead_id = body.text("leadId")
    customer_type = body.text("ovocCustomerType")
    license_type = body.integer("licenseType")
    users = body.integer("licensedUsersCount")
    email = body.text("invitationEmail")
    lc_customer_id = body.text("lcCustomerId")
    channel_id = body.text("channelId")
    body.guid("umpCustomerGuid")
    body.integer("callingProfileConfigurationTemplateId")
    site = body.object("siteLocation") or Body({}, "siteLocation", body.errors)
    qos = body.object("teamsQos") or Body({}, "teamsQos", body.errors)
    webhooks = body.object("webhooks") or Body({}, "webhooks", body.errors)
    for event in ("invitationIsPending", "customerCreated", "didChange"):
        webhooks.text(event)
    parameters = body.strings("scriptParameters")

    creation = Creation(
        configuration=configuration or IP_GROUP,
        short_name=short_name or "",
        full_name=full_name,
        ms_tenant_id=tenant_id.lower() if tenant_id else None,
        lead_id=lead_id,
        license_type=3 if license_type is None else license_type,
        licensed_users=users or 0,
        customer_type=customer_type or CUSTOMER_TYPES.get(configuration or "", "IPGROUP_TYPE"),
        channel_id=channel_id,
        lc_customer_id=int(lc_customer_id) if lc_customer_id and _is_number(lc_customer_id) else None,
        site_name=site.text("siteLocationName") or short_name or "",
        sbc_id=site.integer("sbcId"),
        onboarding_script=site.integer("sbcOnboardingScript"),
        cleanup_script=site.integer("sbcCleanupScript"),
        upload_number_script=site.integer("sbcOcUploadNumberScript"),
        release_number_script=site.integer("sbcOcReleaseNumberScript"),
        parameters=parameters,
        application_id=qos.text("applicationID"),
        application_password=qos.text("applicationPassword"),
    )
    for field, broken, message in (
        ("configurationName", configuration not in CUSTOMER_TYPES, f"'{configuration}' is not a known configuration."),
        ("customerShortName", not SHORT_NAME.fullmatch(short_name or ""), "3 to 15 letters, digits or underscores."),
        ("customerFullName", len(full_name or "") > 200, "At most 200 characters are allowed."),
        ("msTenantId", not tenant_id and not lead_id, "A tenant or a lead is required."),
        ("msTenantId", bool(tenant_id) and not is_guid(tenant_id or ""), f"'{tenant_id}' is not a GUID."),
        ("ovocCustomerType", customer_type not in (None, *CUSTOMER_TYPES.values()), f"'{customer_type}' is unknown."),
        (
            "licenseType",
            license_type not in (None, *OC_LICENSES),
            f"{license_type} is not an Operator Connect license.",
        ),
        ("licensedUsersCount", (users or 0) < 0, "A negative count is not allowed."),
        ("invitationEmail", email is not None and not _EMAIL.fullmatch(email), f"'{email}' is not an e-mail address."),
        ("lcCustomerId", not _is_number(lc_customer_id or "0"), f"'{lc_customer_id}' is not a customer's id."),
        ("channelId", not _is_number(channel_id or "0"), f"'{channel_id}' is not a channel's id."),
        (
            "scriptParameters",
            len(parameters.get("CarrierUserName", "")) > 60,
            "CarrierUserName: at most 60 characters.",
        ),
    ):
        if broken:
            body.wrong(field, message)
    body.check()
    return creation


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()
