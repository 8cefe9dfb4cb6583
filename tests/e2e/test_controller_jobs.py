# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Job templates as an automation controller runs them: credential, survey, ansible-runner, events, artifacts."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import jq
import pytest
import yaml
from jinja2.sandbox import ImmutableSandboxedEnvironment

from e2e.awx_page import blocks
from e2e.controller import Controller, Job
from e2e.controller_objects import named, objects
from harness.cast import ALDER, BRAD, FJORD, POST, short_names, writes
from harness.playbooks import COLLECTION, ROOT, Ansible, spelled
from simulator.client import Simulator

pytestmark = pytest.mark.timeout(300)
"""Many starts of Ansible; a busy machine takes long for them."""

SECRET = "planted-Carrier~pw.23"
ONE = {
    "onboard_service_ms_tenant_id": BRAD,
    "onboard_service_short_name": "Bradx35340067",
    "onboard_service_full_name": "Brad {{ 'Tele' ~ 'com' }}",
    "onboard_service_sbc": "NL-SBC05",
    "onboard_service_onboarding_script": "sbc-scenario7",
    "onboard_service_proxy_set": "SIPTrunk",
    "onboard_service_online_pstn_gateway": "oc1",
    "onboard_service_script_variables": "# the PBX\nIPPBX-ProxyAddress = 10.1.1.5\n",
    "onboard_service_secret_script_variable": f"SIP-HostName={SECRET}\nCarrierUserPassword={SECRET}",
}


LIST = {
    "live_platform_services_text": f"""
- {{ms_tenant_id: {BRAD}, short_name: Brad, sbc: NL-SBC05}}
- {{ms_tenant_id: {ALDER}, short_name: Alder, sbc: NL-SBC05}}
""",
    "sbc_onboarding_max_concurrency": 2,
    "sbc_onboarding_on_error": "continue",
}


def service(simulator: Simulator, name: str) -> dict[str, Any]:
    (found,) = [each for each in simulator.state()["services"] if each["customer_short_name"] == name]
    return found


def counted(job: Job) -> list[Any]:
    """The nodes that a controller counts for a job, by the queries of the collection."""
    queries = yaml.safe_load((ROOT / "extensions/audit/event_query.yml").read_text())
    return [
        node
        for event in job.events
        if event["event"] == "runner_on_ok" and event["event_data"]["resolved_action"] in queries
        for node in jq.compile(queries[event["event_data"]["resolved_action"]]["query"]).input(
            event["event_data"]["res"]
        )
    ]


def test_nodes_are_counted_once_each_whatever_a_result_holds() -> None:
    queries = yaml.safe_load((ROOT / "extensions/audit/event_query.yml").read_text())
    modules = {f"{COLLECTION}.{path.stem}" for path in (ROOT / "plugins/modules").glob("*.py")}
    assert set(queries) == {name for name in modules if name.endswith((".oc_service", ".oc_services"))}
    one, many = (jq.compile(queries[f"{COLLECTION}.{name}"]["query"]) for name in ("oc_service", "oc_services"))
    service = {"site_locations": [{"sbc_id": 2}, {"sbc_id": 2}, {"sbc_id": None}, {"sbc_id": 8}]}
    where = {"platform": "https://lp.example/tenantui"}
    assert [node["name"] for node in one.input({**where, "service": service})] == ["SBC 2", "SBC 8"]
    assert one.input({"service": None}).all() == one.input({"msg": "failed"}).all() == []
    results = [{"service": service}, {"service": None}, {"service": {"site_locations": [{"sbc_id": 3}]}}]
    assert [node["name"] for node in many.input({**where, "results": results})] == ["SBC 2", "SBC 3", "SBC 8"]
    assert many.input({"msg": "failed"}).all() == []


@pytest.mark.long
def test_one_service_is_onboarded_from_the_answers_to_a_survey(controller: Controller, simulator: Simulator) -> None:
    job = controller.launch("Onboard one service", ONE)
    assert job.status == "successful", job.text
    # What is typed into a survey is text, never a template.
    assert service(simulator, "Bradx35340067")["customer_full_name"] == ONE["onboard_service_full_name"]
    (body,) = [entry["body"] for entry in simulator.log() if spelled([entry]) == [POST]]
    assert body["scriptParameters"]["CustomVar.Variable1"] == "10.1.1.5"
    # Its name says nothing, but it was typed where secrets are typed, so no byte of the job holds it.
    assert body["scriptParameters"]["CustomVar.Variable3"] == SECRET
    assert job.stats["changed"] == {"localhost": 1}
    (outcome,) = job.artifacts["live_platform_outcomes"]
    assert (outcome["ms_tenant_id"], outcome["outcome"], outcome["message"]) == (BRAD, "created", None)
    assert outcome["task_id"].startswith("wst_")
    (said,) = [block for block in blocks("text") if "Show the results" in block]
    assert job.shows(said)
    assert counted(job) == [
        {
            "name": "SBC 2",
            "canonical_facts": {"platform": simulator.base_url, "sbc_id": 2},
            "facts": {"device_type": "SBC"},
        }
    ]
    again = controller.launch("Onboard one service", ONE)
    assert again.status == "successful", again.text
    assert again.stats["changed"] == {}
    assert "unchanged" in again.text


def test_answers_that_are_wrong_are_named_before_anything_is_sent(controller: Controller, simulator: Simulator) -> None:
    lines = "IPPBX-ProxyAddress 10.1.1.5\nSIP-HostName=a\nsip-hostname=b\nCarrierUserPassword=not-to-be-shown"
    simulator.clear_log()
    job = controller.launch("Onboard one service", {**ONE, "onboard_service_script_variables": lines})
    assert job.status == "failed"
    for words in ("line 1: has no '='", "line 3: 'sip-hostname' is there already, in line 2", "looks like a secret"):
        assert words in job.text
    assert "not-to-be-shown" not in job.text
    assert spelled(simulator.log()) == []
    job = controller.launch("Onboard services from a list", {**LIST, "live_platform_services_text": "- a: [1\nb"})
    assert job.status == "failed"
    assert "live_platform_services_text, line" in job.text
    assert spelled(simulator.log()) == []


def test_a_service_is_offboarded_only_when_its_name_is_repeated(controller: Controller, simulator: Simulator) -> None:
    answers = {"offboard_service_ms_tenant_id": FJORD, "offboard_service_short_name": "FjordShip"}
    job = controller.launch("Offboard service", {**answers, "offboard_service_confirmation": "Fjordship"})
    assert job.status == "failed"
    assert "nothing is deleted" in job.text
    assert writes(spelled(simulator.log())) == []
    confirmed = {**answers, "offboard_service_confirmation": "FjordShip"}
    job = controller.launch("Offboard service", confirmed)
    assert job.status == "failed"
    assert "offboard_numbers=release" in job.text
    assert writes(spelled(simulator.log())) == []
    job = controller.launch("Offboard service", {**confirmed, "offboard_numbers": "keep"})
    assert job.status == "successful", job.text
    assert "FjordShip" not in short_names(simulator.state())


def test_the_status_is_shown_of_the_customers_that_were_typed(controller: Controller) -> None:
    job = controller.launch("Service status", {"service_status_customers": f"Opal Travel\n\n{BRAD}\nOpel"})
    assert job.status == "successful", job.text
    records = job.result("Set the status records")["ansible_facts"]["service_status_records"]
    assert [record["state"] for record in records] == ["deployed", "no_service", "unknown"]


def test_a_list_is_onboarded_on_an_execution_node_with_certificates_of_ones_own(
    make_ansible: Callable[[Simulator], Ansible], tls_simulator: Simulator, tmp_path: Path
) -> None:
    ansible = make_ansible(tls_simulator)
    controller = Controller(tmp_path, tls_simulator, ansible.environment, ansible.secrets)
    job = controller.run_elsewhere("onboard_services", controller.credential(), answers=LIST)
    assert job.status == "successful", job.text
    assert job.stats["changed"] == {"localhost": 1}
    assert [each["outcome"] for each in job.artifacts["live_platform_outcomes"]] == ["created", "created"]
    assert {"Alder", "Brad"} <= set(short_names(tls_simulator.state()))
    untrusted = controller.launch("Service status", {}, environment=controller.credential(ca_bundle=""))
    assert untrusted.status == "failed"
    assert "certificate" in untrusted.text


def test_passwords_of_a_list_stand_in_a_field_that_nobody_sees(controller: Controller, simulator: Simulator) -> None:
    simulator.clear_log()
    clear = LIST["live_platform_services_text"].replace(
        "short_name: Brad", f"short_name: Brad, script_variables: {{PIN: {SECRET}}}"
    )
    job = controller.launch("Onboard services from a list", {**LIST, "live_platform_services_text": clear})
    assert job.status == "failed"
    assert "live_platform_services_text[0] (Brad): script_variables: 'PIN' looks like a secret" in job.text
    assert "AudioCodes Live Platform customer passwords" in job.text
    assert spelled(simulator.log()) == []

    # One was typed, the other one comes from a credential that holds the passwords of many customers.
    extra = {
        "live_platform_service_secrets": f"Alder: {{CarrierUserPassword: {SECRET}}}\nSomebody else: {{PIN: {SECRET}}}"
    }
    typed = {"live_platform_service_secrets_text": f"{{Brad: {{SIP-HostName: {SECRET}}}}}"}
    text = LIST["live_platform_services_text"].replace("sbc:", "onboarding_script: sbc-scenario7, sbc:")
    answers = {**LIST, "live_platform_services_text": text, **typed}
    job = controller.launch("Onboard services from a list", answers, artifacts=extra)
    assert job.status == "successful", job.text
    bodies = {
        entry["body"]["customerShortName"]: entry["body"] for entry in simulator.log() if spelled([entry]) == [POST]
    }
    assert bodies["Brad"]["scriptParameters"]["CustomVar.Variable3"] == SECRET
    assert bodies["Alder"]["scriptParameters"]["CarrierUserPassword"] == SECRET
    assert "provided hosts list is empty" not in job.output


def test_the_credential_type_hands_the_passwords_to_the_playbook() -> None:
    item = named("controller_credential_types", "AudioCodes Live Platform customer passwords")
    ((variable, template),) = item["injectors"]["extra_vars"].items()
    specified = yaml.safe_load((ROOT / "playbooks/specs/variables.yml").read_text())["playbooks"]
    assert variable in specified["onboard_services"]["options"]
    (credential,) = [
        each
        for each in objects(
            "controller_credentials", controller_content_customer_passwords={"Alder": {"CarrierUserPassword": "x"}}
        )
        if each["inputs"]
    ]
    text = ImmutableSandboxedEnvironment().from_string(template).render(credential["inputs"])
    assert yaml.safe_load(text) == {"Alder": {"CarrierUserPassword": "x"}}
