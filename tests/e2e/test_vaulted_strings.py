# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Inline vaulted values count as the strings that they hold, in filters, roles, modules and the connection."""

from ansible.parsing.vault import VaultLib, VaultSecret

from harness.cast import BRAD, CEDAR, POST
from harness.playbooks import COLLECTION, Ansible, task
from simulator.client import Simulator

WORD = "a password of a vault"


def vaulted(text: str, indent: int) -> str:
    """An inline value for a YAML file."""
    vault = VaultLib([("default", VaultSecret(WORD.encode()))])
    lines = vault.encrypt(text.encode()).decode().splitlines()
    return "!vault |\n" + "\n".join(" " * indent + line for line in lines)


def arguments(ansible: Ansible, variables: str) -> list[str]:
    path, word = ansible.folder / "vaulted.yml", ansible.file("word", None)
    path.write_text(variables)
    word.write_text(WORD)
    return ["-e", f"@{path}", "--vault-password-file", str(word)]


def test_a_list_of_services_may_hold_vaulted_values(ansible: Ansible, simulator: Simulator) -> None:
    password = ansible.secrets[0]
    run = ansible.run(
        f"{COLLECTION}.onboard_services",
        *arguments(
            ansible,
            f"""
live_platform_services:
  - company_name: Cedar Clinics
    short_name: Cedar
    script_variables:
      SIP-HostName: {vaulted("sip.cedar.example", 8)}
  - ms_tenant_id: {vaulted(BRAD, 6)}
    short_name: {vaulted("Brad", 6)}
    script_parameters:
      CarrierUserPassword: {vaulted(password, 8)}
live_platform_service_defaults:
  sbc: {vaulted("NL-SBC05", 4)}
  onboarding_script: {vaulted("sbc-scenario7", 4)}
  proxy_set: SIPTrunk
live_platform_connection:
  client_secret: {vaulted(simulator.environment["LIVE_PLATFORM_CLIENT_SECRET"], 4)}
""",
        ),
        environment={"LIVE_PLATFORM_CLIENT_SECRET": None},
    )
    assert run.rc == 0, run.output
    assert run.sent.count(POST) == 2
    created = {service["ms_tenant_id"]: service for service in simulator.state()["services"]}
    assert {created[BRAD]["customer_short_name"], created[CEDAR]["customer_short_name"]} == {"Brad", "Cedar"}
    (body,) = [entry["body"] for entry in run.log if entry["method"] == "POST" and BRAD in str(entry["body"])]
    assert body["scriptParameters"]["CarrierUserPassword"] == password
    assert body["siteLocation"]["sbcId"] == 2


def test_filters_and_modules_take_vaulted_values(ansible: Ansible, simulator: Simulator) -> None:
    variables = (
        f"host: {vaulted('sip.brad.example', 2)}\nparameters:\n  SIP-HostName: {vaulted('sip.brad.example', 4)}\n"
    )
    path = ansible.file("play.yml", None)
    mapped = "{{ parameters | audiocodes.live_platform.script_parameters(['SIP-HostName']) }}"
    options = {"ms_tenant_id": BRAD, "short_name": "Brad", "script_parameters": mapped}
    create = task("create", "oc_service", options)
    show = task(
        "show", "ansible.builtin.debug", {"msg": "{{ {'host': host} | audiocodes.live_platform.hide_secrets }}"}
    )
    listed = [{"ms_tenant_id": BRAD, "short_name": "Brad"}]
    read = task("read", "read_services", {"services": listed, "service_secrets": {"Brad": "{{ parameters }}"}})
    play = {"hosts": "localhost", "connection": "local", "gather_facts": False, "tasks": [create, show, read]}
    path = ansible.file("play.yml", [play])
    run = ansible.run(str(path), *arguments(ansible, variables))
    assert run.rc == 0, run.output
    assert run["create"]["request"]["scriptParameters"] == {"CustomVar.Variable1": "sip.brad.example"}
    assert run["show"]["msg"] == {"host": "sip.brad.example"}
    assert run["read"]["services"][0]["script_variables"] == {"SIP-HostName": "sip.brad.example"}
