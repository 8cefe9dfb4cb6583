# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Customers with a secret in every place that can hold one, and an Ansible that writes as much as it can."""

from typing import Any

from harness.fault_kinds import APPLICATION_PASSWORD, PASSWORD
from harness.playbooks import Ansible

VARIABLE = "planted-Variable~Zt5.q9K-w3"
"""A script variable whose name says nothing."""

NAMED = "planted-Named~Hs8\n  x2M-v7/Qk4\r\nw8F+tJ6~Gz3\n"
"""A script variable whose name says that it is one, in several lines as a key is."""

GIVEN = (PASSWORD, APPLICATION_PASSWORD, NAMED, VARIABLE)
"""All that are planted in a service."""

QUIET: dict[str, Any] = {
    "id": 31,
    "name": "sbc-with-secrets",
    "script_type": 1,
    "customer_variables": ["Host", "SIP-Password", "Pin"],
    "related": [700],
}


SECRETS = {
    "carrier_password": PASSWORD,
    "application_password": APPLICATION_PASSWORD,
    "sip_password": NAMED,
    "pin": VARIABLE,
}


def secretive(tenant: str, short_name: str, **more: Any) -> dict[str, Any]:
    """A service with a secret in every place that can hold one; the values come from the play's variables."""
    return {
        "ms_tenant_id": tenant,
        "short_name": short_name,
        "script_parameters": {
            "ProxySet": "SIPTrunk",
            "CarrierUserPassword": "{{ carrier_password }}",
            "CustomVar.Variable3": "{{ pin }}",
        },
        "secret_script_parameters": ["CustomVar.Variable3"],
        "teams_qos": {"application_id": "5d1c", "application_password": "{{ application_password }}"},
        **more,
    }


def by_name(tenant: str, short_name: str) -> dict[str, Any]:
    """The same for the roles, which turn the names of variables into numbers."""
    return {
        "ms_tenant_id": tenant,
        "short_name": short_name,
        "sbc": "NL-SBC05",
        "onboarding_script": "sbc-with-secrets",
        "online_pstn_gateway": "oc1.sandbox2.audiocodes.be",
        "script_variables": {"Host": "sip.example", "SIP-Password": NAMED, "Pin": VARIABLE},
        "script_parameters": {"CarrierUserPassword": PASSWORD},
        "secret_script_parameters": ["Pin"],
        "teams_qos": {"application_id": "5d1c", "application_password": APPLICATION_PASSWORD},
    }


def make_loud(ansible: Ansible) -> None:
    """Let it write to many places, in which secrets are looked for after each run."""
    ansible.environment |= {
        "ANSIBLE_LOG_PATH": str(ansible.home / "ansible.log"),
        "ANSIBLE_CACHE_PLUGIN": "ansible.builtin.jsonfile",
        "ANSIBLE_CACHE_PLUGIN_CONNECTION": str(ansible.home / "facts"),
        "ANSIBLE_PIPELINING": "false",
        "ANSIBLE_REMOTE_TMP": str(ansible.home / "remote"),
        "ANSIBLE_ASYNC_DIR": str(ansible.home / "async"),
        "ANSIBLE_CALLBACK_RESULT_FORMAT": "yaml",
    }
