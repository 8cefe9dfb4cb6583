# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The inventory plugin, as ``ansible-inventory`` and a controller's inventory update run it."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from harness.cast import ALDER, BRAD, FJORD, GABLE, KESTREL, LEADS, NIMBUS, SERVICE_LIST, logins
from harness.playbooks import BIN, ROOT, Ansible, spelled
from simulator.client import Simulator

PLUGIN = "plugin: audiocodes.live_platform.oc_leads\n"


class Inventory:
    """Runs ``ansible-inventory`` with a file for the plugin."""

    def __init__(self, ansible: Ansible) -> None:
        self.ansible = ansible

    def run(
        self, text: str = "", *, name: str = "oc_leads.yml", **environment: str
    ) -> "subprocess.CompletedProcess[str]":
        path = self.ansible.folder / name
        path.write_text(PLUGIN + text)
        done = subprocess.run(
            [str(BIN / "ansible-inventory"), "-i", str(path), "--list", "--export"],
            env={**self.ansible.environment, "ANSIBLE_INVENTORY_UNPARSED_FAILED": "true", **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        for secret in self.ansible.secrets:
            assert secret not in done.stdout + done.stderr
        return done

    def read(self, text: str = "", **more: Any) -> dict[str, Any]:
        done = self.run(text, **more)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout, object_hook=_plain)

    def fail(self, text: str = "", **more: Any) -> str:
        done = self.run(text, **more)
        assert done.returncode != 0, done.stdout
        assert "Traceback" not in done.stderr
        return " ".join(done.stderr.split())


def _plain(value: dict[str, Any]) -> Any:
    """Ansible writes down which texts are not to be taken for templates."""
    return value["__ansible_unsafe"] if list(value) == ["__ansible_unsafe"] else value


@pytest.fixture
def inventory(ansible: Ansible) -> Inventory:
    return Inventory(ansible)


def test_every_tenant_is_one_host_with_the_lead_that_a_service_would_be_made_from(
    inventory: Inventory, simulator: Simulator
) -> None:
    found = inventory.read()
    hosts = found["_meta"]["hostvars"]
    assert len(hosts) == 17 < len(simulator.state()["leads"])
    assert hosts[KESTREL]["status"] == "Active"
    assert hosts[BRAD] | {"active": True, "has_service": False, "company_name": "Brad Telecom"} == hosts[BRAD]
    assert hosts[BRAD]["lead_id"] == "e17b3a52-60c4-4d9f-8a2e-000000000001"
    assert "contact_details" not in hosts[BRAD]
    assert {FJORD} < set(found["with_service"]["hosts"])
    assert {BRAD, NIMBUS} < set(found["without_service"]["hosts"])
    assert found["status_removed"]["hosts"] == [GABLE]
    sent = spelled(simulator.log())
    assert sent.count(SERVICE_LIST) == 1
    assert logins(sent) == 1
    # The token is kept, as between the tasks of a play.
    simulator.clear_log()
    few = inventory.read("status: [active]\nwithout_service: true\ncontacts: true\n")
    assert logins(spelled(simulator.log())) == 0
    assert len(few["_meta"]["hostvars"]) == len(found["status_active"]["hosts"]) - 2
    assert few["_meta"]["hostvars"][BRAD]["contact_details"]["company_name"] == "Brad Telecom"


def test_hosts_are_grouped_filtered_and_named_as_the_file_says(inventory: Inventory) -> None:
    found = inventory.read(
        """
hostname: company_name
strict: true
filters:
  - exclude: company_name is none
  - include: is_direct_lead or status == 'Suspended'
  - include: "'BE' in consented_countries"
  - exclude: true
compose:
  live_platform_service: "{'short_name': (company_name | regex_replace('[^A-Za-z0-9]', ''))[:15]}"
groups:
  consentless: is_direct_lead
keyed_groups:
  - {key: consented_countries, prefix: country}
"""
    )
    hosts = found["_meta"]["hostvars"]
    assert hosts["Alder_Logistics"]["live_platform_service"] == {"short_name": "AlderLogistics"}
    assert "Alder_Logistics" in found["country_BE"]["hosts"]
    assert set(found["consentless"]["hosts"]) < set(hosts)
    # Two tenants are called Maple Energy.
    assert not any(name.startswith("Maple") for name in hosts)
    assert sum(values["company_name"] == "Maple Energy" for values in hosts.values()) == 2
    loose = inventory.read("compose: {x: nothing_like_it.y}\nfilters: [{include: no_such_thing}, {exclude: false}]\n")
    assert len(loose["_meta"]["hostvars"]) == 17
    assert "no_such_thing" in inventory.fail("strict: true\nfilters: [{include: no_such_thing}]\n")


def test_what_the_platform_says_is_never_a_template(inventory: Inventory, simulator: Simulator) -> None:
    evil = "{{ lookup('ansible.builtin.pipe', 'echo pwned') }}"
    tenant = "deadbeef-5eed-4000-8000-000000000000"
    lead = {"id": "evil-1", "tenant_id": tenant, "company_name": evil, "status": evil, "comments": evil}
    simulator.seed(leads=[lead])
    text = """
contacts: true
compose: {copy: company_name, again: company_name ~ ''}
keyed_groups: [{key: company_name}]
"""
    host = inventory.read(text)["_meta"]["hostvars"][tenant]
    assert [host[name] for name in ("company_name", "status", "comments", "copy", "again")] == [evil] * 5
    found = inventory.read(text)
    assert all(name.replace("_", "").isalnum() for name in found)
    assert not {"pwned", "_pwned", "status_pwned"} & set(found)
    play = {
        "name": "Show the host",
        "hosts": tenant,
        "connection": "local",
        "gather_facts": False,
        "tasks": [{"name": "Show", "ansible.builtin.debug": {"msg": "{{ company_name }} {{ copy }} {{ comments }}"}}],
    }
    path = inventory.ansible.file("play.yml", [play])
    run = inventory.ansible.run(str(path), "-i", str(inventory.ansible.folder / "oc_leads.yml"))
    assert run.rc == 0, run.output
    assert run["Show"].message == f"{evil} {evil} {evil}"
    assert "pwned" not in run.text.replace("echo pwned", "")


def test_companies_that_are_called_as_something_else_are_named_after_their_tenant(
    inventory: Inventory, simulator: Simulator
) -> None:
    companies = ["all", "Ungrouped", "localhost", "country_BE", "consentless", "with service", "Free GmbH", "10.0.0.1"]
    tenants = {name: f"deadbeef-5eed-4000-8000-00000000000{number}" for number, name in enumerate(companies)}
    simulator.seed(
        leads=[
            {"id": f"odd-{name}", "tenant_id": tenant, "company_name": name, "status": "Active"}
            for name, tenant in tenants.items()
        ]
    )
    done = inventory.run(
        """
hostname: company_name
groups: {consentless: is_direct_lead}
keyed_groups: [{key: consented_countries, prefix: country}]
"""
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout, object_hook=_plain)
    hosts = found["_meta"]["hostvars"]
    assert len(hosts) == 17 + len(companies)
    assert {name for name in tenants if tenants[name] not in hosts} == {"Free GmbH"}
    assert hosts["Free_GmbH"]["company_name"] == "Free GmbH"
    assert not set(hosts) & {"all", "ungrouped", "Ungrouped", "country_BE", "consentless", "with_service"}
    warning = " ".join(done.stderr.split())
    assert "hosts are named after their tenant id" in warning
    assert "'country_BE'" in warning
    assert "same name" not in warning


def test_an_error_in_the_file_is_ansibles_own(inventory: Inventory) -> None:
    said = inventory.fail("strict: true\ncompose: {x: nosuch_var.attr}\n")
    assert "nosuch_var" in said
    assert "defect" not in said
    assert re.search("host [0-9a-f-]{36}", said), said
    said = inventory.fail('client_secret: "{{ nosuch_secret }}"\n')
    assert "client_secret: " in said
    assert "nosuch_secret" in said
    assert "defect" not in said


def test_a_damaged_cache_is_no_cache(inventory: Inventory, simulator: Simulator) -> None:
    folder = inventory.ansible.folder / "cache"
    text = f"cache: true\ncache_plugin: ansible.builtin.jsonfile\ncache_connection: {folder}\n"
    first = inventory.read(text)
    (path,) = folder.iterdir()
    other_records = path.read_text().replace("company_name", "name of the company")
    for content in ("", "{", "[]", '{"asked": 1}', other_records):
        path.write_text(content)
        simulator.clear_log()
        assert inventory.read(text) == first, content
        assert LEADS in spelled(simulator.log()), content


def test_a_cache_saves_requests_and_holds_no_secret(inventory: Inventory, simulator: Simulator) -> None:
    folder = inventory.ansible.folder / "cache"
    text = f"cache: true\ncache_plugin: ansible.builtin.jsonfile\ncache_connection: {folder}\n"
    first = inventory.read(text)
    simulator.clear_log()
    assert inventory.read(text) == first
    assert spelled(simulator.log()) == []
    # Which hosts, under which names, is decided anew; what was not asked for before is.
    named = inventory.read(f"{text}hostname: company_name\nstatus: [Active]\n")
    assert "Alder_Logistics" in named["_meta"]["hostvars"]
    assert spelled(simulator.log()) == []
    inventory.read(f"{text}contacts: true\n")
    assert LEADS in spelled(simulator.log())
    content = "".join(path.read_text() for path in folder.iterdir())
    assert ALDER in content
    for secret in inventory.ansible.secrets:
        assert secret not in content


def test_options_come_from_the_file_or_the_environment_and_all_problems_are_named(
    inventory: Inventory, simulator: Simulator
) -> None:
    connection = simulator.environment
    nothing = dict.fromkeys(connection, "")
    message = inventory.fail("request_timeout: 0\n", **nothing)
    for words in ("base_url is missing", "LIVE_PLATFORM_CLIENT_SECRET", "request_timeout must be more than 0"):
        assert words in message
    given = "".join(
        f"{name.removeprefix('LIVE_PLATFORM_').lower()}: \"{{{{ lookup('ansible.builtin.env', 'OWN_{name}') }}}}\"\n"
        for name in connection
    )
    own = {f"OWN_{name}": value for name, value in connection.items()}
    # A controller sets the variables of fields that were left empty; empty is neither false nor a number.
    empty = {"LIVE_PLATFORM_VALIDATE_CERTS": "", "LIVE_PLATFORM_OVOC_CHANNEL_ID": ""}
    found = inventory.read(given, name="live_platform.yaml", **{**nothing, **own, **empty})
    assert BRAD in found["_meta"]["hostvars"]
    message = inventory.fail("filter: []\nfilters: [{includes: x}]\n")
    assert "unknown option 'filter'; nearest: 'filters'" in message
    assert "filters[0] must have either include or exclude" in message
    wrong = inventory.fail("", LIVE_PLATFORM_CLIENT_SECRET="planted-Carrier~pw.23")
    assert "AADSTS" in wrong


def test_a_file_of_another_name_is_left_to_other_plugins(inventory: Inventory) -> None:
    message = inventory.fail("", name="leads.yml")
    assert "inventory config" in message or "could not be verified" in message


def test_the_inventory_file_for_a_controller_gives_hosts_that_can_be_onboarded(inventory: Inventory) -> None:
    text = (ROOT / "inventory/oc_leads.yml").read_text().removeprefix("---\n")
    hosts = inventory.read(text.replace(PLUGIN, ""))["_meta"]["hostvars"]
    assert hosts[BRAD]["live_platform_service"] == {"short_name": "BradTelecom", "full_name": "Brad Telecom"}
    # One that has its service stays, so that a second run on the same hosts finds it, and leaves it alone.
    assert (hosts[BRAD]["has_service"], hosts[FJORD]["has_service"]) == (False, True)
    assert GABLE not in hosts


@pytest.mark.long
def test_twenty_thousand_leads_take_seconds_and_little_memory(
    inventory: Inventory, simulator: Simulator, tmp_path: Path
) -> None:
    simulator.seed(generate={"leads": 20000})
    path = tmp_path / "oc_leads.yml"
    path.write_text(PLUGIN)
    code = f"""
import resource, time
from ansible.parsing.dataloader import DataLoader
from ansible.inventory.manager import InventoryManager
from ansible.plugins.loader import init_plugin_loader
init_plugin_loader()
started = time.process_time()
hosts = InventoryManager(loader=DataLoader(), sources=[{str(path)!r}]).hosts
print(len(hosts), time.process_time() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
    done = subprocess.run(
        [str(BIN / "python"), "-c", code],
        env=inventory.ansible.environment,
        capture_output=True,
        text=True,
        timeout=90,
        check=True,
    )
    hosts, seconds, megabytes = (float(word) for word in done.stdout.split())
    assert hosts == 20017
    # Some 6 s and 190 MB of one slow core; what Ansible itself takes per variable of a host is most of it.
    assert seconds < 20
    assert megabytes < 400
