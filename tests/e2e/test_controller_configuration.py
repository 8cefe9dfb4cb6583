# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbook ``configure_controller`` with the real modules of ``awx.awx``, against a controller's API in memory."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from e2e.controller_api import ControllerApi
from e2e.controller_objects import CARRIED, objects
from harness.playbooks import COLLECTION, ROOT, Ansible, Run

TIMEOUT = 240
"""Seconds for one run, which starts some hundred modules."""

pytestmark = pytest.mark.timeout(3 * TIMEOUT)
"""Many starts of Ansible; a busy machine takes long for them."""

CONFIGURE = f"{COLLECTION}.configure_controller"
SECRET = "planted-Controller~pw.41"
TOKEN = "planted-Slack~token.42"
CREDENTIAL = {
    "base_url": "https://lp.example/tenantui",
    "auth_tenant_id": "directory",
    "client_id": "app",
    "client_secret": SECRET,
    "auth_scope": "api://app/.default",
    "skip_certificate_check": False,
}


@pytest.fixture
def api() -> Iterator[ControllerApi]:
    with ControllerApi() as started:
        yield started


def configure(ansible: Ansible, api: ControllerApi, playbook: str = CONFIGURE, **how: Any) -> Run:
    ansible.secrets.append(SECRET)
    path = f"{ansible.environment['ANSIBLE_COLLECTIONS_PATH']}:{CARRIED}"
    environment = {**dict.fromkeys(ansible.simulator.environment), **api.environment, "ANSIBLE_COLLECTIONS_PATH": path}
    return ansible.run(playbook, environment=environment, **{"timeout": TIMEOUT, **how})


@pytest.mark.long
def test_a_controller_gets_all_objects_once(ansible: Ansible, api: ControllerApi) -> None:
    variables = {
        "controller_content_credential_inputs": CREDENTIAL,
        "controller_content_project_settings": {"scm_branch": "1.0.0"},
    }
    run = configure(ansible, api, variables=variables)
    assert run.rc == 0, run.output
    assert api.refusals == []
    for meant in objects("controller_credential_types"):
        kept = api.named("credential_types", meant["name"])
        assert (kept["inputs"], kept["injectors"], kept["kind"]) == (meant["inputs"], meant["injectors"], "cloud")
    assert api.named("credentials", "Live Platform")["inputs"] == CREDENTIAL
    assert api.named("projects", "Live Platform")["scm_branch"] == "1.0.0"
    source = api.named("inventory_sources", "Leads")
    assert source["credential"] == api.named("credentials", "Live Platform")["id"]
    for item in objects("controller_templates"):
        template = api.named("job_templates", item["name"])
        assert template["playbook"] == item["playbook"]
        assert template.get("survey_spec") == item.get("survey_spec")
        assert api.linked("job_templates", item["name"], "credentials", "credentials") == ["Live Platform"]
    assert api.named("job_templates", "Submit services")["extra_vars"] == (
        '{"sbc_onboarding_journal_path": "", "sbc_onboarding_wait": false}'
    )
    assert links(api, "Onboard services (workflow)") == {
        "submit": (["wait"], ["explain"]),
        "wait": (["verify"], ["explain"]),
        "verify": (["report"], ["explain"]),
        "report": ([], []),
        "explain": ([], []),
    }
    assert links(api, "Onboard services with approval") == {
        "plan": (["approve"], ["explain"]),
        "approve": (["apply"], ["explain"]),
        "apply": (["report"], ["explain"]),
        "report": ([], []),
        "explain": ([], []),
    }
    # Up to ansible-core 2.18 a template gives a string, which a controller takes for a number.
    assert int(api.named("workflow_approval_templates", "Approve the plan")["timeout"]) == 86400

    assert source["status"] == "successful"  # read once, so that a sliced job finds its hosts

    # Again: what somebody has changed is put right, what somebody has attached stays, and nothing else is written.
    vault = api.create("credentials", {"name": "Vault", "credential_type": 1, "inputs": {}})
    api.attach("job_templates", "Service status", "credentials", vault)
    api.attach("job_templates", "Service status", "labels", api.create("labels", {"name": "Ours", "organization": 1}))
    api.writes.clear()
    api.named("job_templates", "Service status")["timeout"] = 1
    again = configure(ansible, api, variables=variables)
    assert again.rc == 0, again.output
    assert api.writes == ["PATCH job_templates"]
    assert again.recap["changed"] == 1
    assert set(api.linked("job_templates", "Service status", "credentials", "credentials")) == {
        "Live Platform",
        "Vault",
    }
    assert set(api.linked("job_templates", "Service status", "labels", "labels")) == {"Live Platform", "Ours"}


def links(api: ControllerApi, workflow: str) -> dict[str, tuple[list[str], list[str]]]:
    """The nodes of a workflow, each with those that follow on success and on failure."""
    kind = "workflow_job_template_nodes"
    number = api.named("workflow_job_templates", workflow)["id"]
    nodes = {key: item for key, item in api.objects[kind].items() if item["workflow_job_template"] == number}

    def following(key: int, relation: str) -> list[str]:
        return [nodes[each]["identifier"] for each in api.links.get(f"{kind}/{key}/{relation}", [])]

    return {
        item["identifier"]: (following(key, "success_nodes"), following(key, "failure_nodes"))
        for key, item in nodes.items()
    }


@pytest.mark.long
def test_what_is_asked_for_besides_is_made_once_and_all_of_it_is_removed(ansible: Ansible, api: ControllerApi) -> None:
    before = api.contents()
    ansible.secrets.append(TOKEN)
    variables = {
        "controller_content_credential_inputs": CREDENTIAL,
        "controller_content_customer_passwords": {"Alder": {"CarrierUserPassword": SECRET}},
        "controller_content_instance_group": "One at a time",
        "controller_content_instance_group_settings": {"is_container_group": True},
        "controller_content_notifications": [
            {
                "name": "Night shift",
                "notification_type": "slack",
                "notification_configuration": {"token": TOKEN, "channels": ["#voice"]},
            }
        ],
        "controller_content_notify_on": ["error", "approval"],
        "controller_content_status_schedule": "DTSTART:20270104T060000Z RRULE:FREQ=DAILY;INTERVAL=1",
        "controller_content_teams": [
            {"name": "Voice operators"},
            {"name": "Managers", "launch": False, "approve": True, "workflows": ["Onboard services with approval"]},
            {"name": "Helpdesk", "templates": ["Onboard one service"], "workflows": []},
        ],
        "controller_content_names": {"Onboard one service": "New customer"},
    }
    run = configure(ansible, api, variables=variables)
    assert run.rc == 0, run.output
    assert api.linked("job_templates", "New customer", "instance_groups", "instance_groups") == ["One at a time"]
    assert api.linked("job_templates", "Service status", "instance_groups", "instance_groups") == []
    assert api.named("instance_groups", "One at a time")["max_concurrent_jobs"] == 1
    attached = api.linked("job_templates", "Onboard services from a list", "credentials", "credentials")
    assert set(attached) == {"Live Platform", "Customer passwords"}
    kept = api.named("credentials", "Customer passwords")["inputs"]
    assert json.loads(kept["passwords"]) == {"Alder": {"CarrierUserPassword": SECRET}}
    for workflow in ("Onboard services (workflow)", "Onboard services with approval"):
        for relation in ("notification_templates_error", "notification_templates_approvals"):
            linked = api.linked("workflow_job_templates", workflow, relation, "notification_templates")
            assert linked == ["Night shift"]
    (schedule,) = api.objects["schedules"].values()
    assert schedule["unified_job_template"] == api.named("job_templates", "Service status")["id"]
    assert api.rights("Voice operators") == {"execute", "use"}
    assert api.rights("Managers") == {"approval", "read"}
    plan = api.named("job_templates", "Plan services")["object_roles"]["read_role"]["id"]
    assert api.links[f"roles/{plan}/teams"] == [api.named("teams", "Managers")["id"]]
    assert api.rights("Helpdesk") == {"execute", "use"}

    api.writes.clear()
    for check in (True, False):
        again = configure(ansible, api, variables=variables, check=check)
        assert again.rc == 0, again.output
        assert again.recap["changed"] == 0, again.output
    assert api.writes == []

    # A check of the removal announces it, the removal does it, and a second one finds nothing.
    gone = {**variables, "controller_content_state": "absent"}
    counts = [configure(ansible, api, variables=gone, check=check).recap["changed"] for check in (True, False, False)]
    assert counts[0] == counts[1] > 0
    assert counts[2] == 0
    # Teams may have been there before, and a controller drops labels by itself.
    left = {kind: names for kind, names in api.contents().items() if names != before[kind]}
    assert left.pop("inventory_updates")
    assert left == {"teams": {"Voice operators", "Managers", "Helpdesk"}, "labels": {"Live Platform"}}


@pytest.mark.long
def test_what_the_data_does_not_name_any_more_goes_on_request(ansible: Ansible, api: ControllerApi) -> None:
    variables: dict[str, Any] = {"controller_content_credential_inputs": CREDENTIAL}
    run = configure(ansible, api, variables=variables)
    assert run.rc == 0, run.output
    made = links(api, "Onboard services (workflow)")
    kind = "workflow_job_template_nodes"
    workflow = api.named("workflow_job_templates", "Onboard services (workflow)")["id"]
    old = api.create(kind, {"identifier": "audit", "workflow_job_template": workflow})
    (report,) = [
        key
        for key, item in api.objects[kind].items()
        if (item["identifier"], item["workflow_job_template"]) == ("report", workflow)
    ]
    api.links[f"{kind}/{report}/always_nodes"] = [old["id"]]
    vault = api.create("credentials", {"name": "Vault", "credential_type": 1, "inputs": {}})
    api.attach("job_templates", "Service status", "credentials", vault)
    template = api.named("job_templates", "Service status")
    template["ask_limit_on_launch"] = True
    template["ask_forks_on_launch"] = True
    for prune in (False, True):
        api.writes.clear()
        again = configure(ansible, api, variables={**variables, "controller_content_prune": prune})
        assert again.rc == 0, again.output
        assert bool(api.writes) is prune
    assert links(api, "Onboard services (workflow)") == made
    assert api.links.get(f"{kind}/{report}/always_nodes", []) == []
    assert api.linked("job_templates", "Service status", "credentials", "credentials") == ["Live Platform"]
    assert (template["ask_limit_on_launch"], template["ask_forks_on_launch"]) == (False, False)
    again = configure(ansible, api, variables={**variables, "controller_content_prune": True})
    assert again.recap["changed"] == 0


def test_a_dry_run_writes_nothing_and_wrong_input_is_named(ansible: Ansible, api: ControllerApi) -> None:
    # The example of the role's README
    (text,) = re.findall(r"```yaml\n(.*?)```", (ROOT / "roles/controller_content/README.md").read_text(), re.DOTALL)
    path = ansible.folder / "example.yml"
    path.write_text(text)
    check = configure(ansible, api, playbook=str(path), variables={"controller_content_labels": []}, check=True)
    assert check["Create the credential types"].changed
    assert "controller_content_journal_path is empty" in check.text
    assert api.writes == []
    missing = configure(ansible, api)
    assert missing.rc != 0
    assert "a workflow and an inventory source cannot ask for a credential at launch" in missing.text
    renamed = configure(ansible, api, variables={"controller_content_names": {"Onboard a service": "New customer"}})
    assert "controller_content_names: there is no object 'Onboard a service'" in renamed.text
    team = {"name": "Helpdesk", "templates": ["Service state"], "workflows": []}
    unknown = configure(ansible, api, variables={"controller_content_teams": [team]})
    assert "team 'Helpdesk' names 'Service state', which is no template and no workflow of the role" in unknown.text
    wrong = configure(ansible, api, variables={"controller_content_collection": "awx.awxkit"})
    assert wrong.rc != 0
    assert "ansible.controller" in wrong.text
    misspelt = configure(ansible, api, variables={"controller_content_organisation": "Default"})
    assert (
        "unknown variable 'controller_content_organisation'; nearest: 'controller_content_organization'"
        in misspelt.text
    )
    assert api.writes == []


@pytest.mark.long
def test_a_project_that_was_not_updated_is_a_failure_each_time(ansible: Ansible, api: ControllerApi) -> None:
    variables = {"controller_content_credential_inputs": CREDENTIAL}
    run = configure(ansible, api, variables=variables)
    assert run.rc == 0, run.output
    update = api.create("project_updates", {"job_explanation": "authentication failed for the repository"})
    api.named("projects", "Live Platform").update(
        status="failed", summary_fields={"last_job": {"id": update["id"], "status": "failed"}}
    )
    for _time in range(2):
        again = configure(ansible, api, variables=variables)
        assert again.rc != 0
        assert "project 'Live Platform': its last update on the controller ended with 'failed'" in again.text
        assert f"authentication failed for the repository (job {update['id']})" in again.text
    # What is to be corrected is still shown with its failure, which says nothing of the project as it would be.
    corrected = {**variables, "controller_content_project_settings": {"scm_branch": "1.0.0"}}
    assert configure(ansible, api, variables=corrected, check=True).rc == 0


@pytest.mark.long
def test_an_inventory_that_cannot_be_read_is_a_failure_after_all_objects_exist(
    ansible: Ansible, api: ControllerApi
) -> None:
    api.inventory_update = "failed"
    variables = {
        "controller_content_credential_inputs": CREDENTIAL,
        "controller_content_teams": [{"name": "Managers"}],
        "controller_content_teams_exist": True,
    }
    missing = configure(ansible, api, variables=variables)
    assert missing.rc != 0  # the gateway has not made the team
    assert api.objects["teams"] == {}
    api.create("teams", {"name": "Managers", "organization": 1})
    run = configure(ansible, api, variables=variables)
    assert run.rc != 0
    assert "inventory_source_update - Leads, failed" in run.text.replace(
        "The inventory source update", "inventory_source_update"
    )
    assert api.rights("Managers") == {"execute", "use"}
    assert len(api.objects["job_templates"]) == len(objects("controller_templates"))


@pytest.mark.long
def test_two_platforms_have_their_objects_side_by_side(ansible: Ansible, api: ControllerApi) -> None:
    platforms = [
        {
            "controller_content_credential_inputs": CREDENTIAL,
            "controller_content_prefix": prefix,
            "controller_content_teams": [{"name": f"{prefix}Team", "templates": ["Service status"], "workflows": []}],
        }
        for prefix in ("", "Laboratory ")
    ]
    for variables in platforms:
        run = configure(ansible, api, variables=variables)
        assert run.rc == 0, run.output
    assert api.linked("job_templates", "Laboratory Service status", "credentials", "credentials") == [
        "Laboratory Live Platform"
    ]
    api.writes.clear()
    for variables in platforms:
        for check in (True, False):
            again = configure(ansible, api, variables=variables, check=check)
            assert again.rc == 0, again.output
            assert again.recap["changed"] == 0, (check, variables["controller_content_prefix"])
    assert api.writes == []

    # One goes, with everything of its own; what the other one needs stays, also the credential types.
    gone = configure(ansible, api, variables={**platforms[1], "controller_content_state": "absent"})
    assert gone.rc == 0, gone.output
    left = {name for names in api.contents().values() for name in names}
    assert not [name for name in left if name.startswith("Laboratory ")]
    assert {"AudioCodes Live Platform", "Onboard one service", "Live Platform leads"} <= left
    api.writes.clear()
    again = configure(ansible, api, variables=platforms[0])
    assert again.recap["changed"] == 0
    assert api.writes == []


@pytest.mark.long
def test_without_a_credential_only_what_can_ask_for_one_is_made(ansible: Ansible, api: ControllerApi) -> None:
    run = configure(ansible, api, variables={"controller_content_credential_at_launch": True})
    assert run.rc == 0, run.output
    assert len(api.objects["job_templates"]) == len(objects("controller_templates"))
    for kind in ("workflow_job_templates", "inventory_sources", "credentials"):
        assert api.objects[kind] == {}
