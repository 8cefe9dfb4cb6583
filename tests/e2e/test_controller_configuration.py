# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbook ``configure_controller`` with the real modules of ``awx.awx``, against a controller's API in memory."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from e2e.controller_api import ControllerApi
from e2e.controller_objects import AWX, objects
from e2e.playbooks import COLLECTION, ROOT, Ansible, Run

pytestmark = pytest.mark.timeout(300)
"""Many starts of Ansible; a busy machine takes long for them."""

CONFIGURE = f"{COLLECTION}.configure_controller"
SECRET = "planted-Controller~pw.41"
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
    path = f"{ansible.environment['ANSIBLE_COLLECTIONS_PATH']}:{AWX}"
    environment = {**dict.fromkeys(ansible.simulator.environment), **api.environment, "ANSIBLE_COLLECTIONS_PATH": path}
    return ansible.run(playbook, environment=environment, **how)


@pytest.mark.long
def test_a_controller_gets_all_objects_once(ansible: Ansible, api: ControllerApi) -> None:
    variables = {
        "controller_content_credential_inputs": CREDENTIAL,
        "controller_content_project_settings": {"scm_branch": "1.0.0"},
    }
    run = configure(ansible, api, variables=variables)
    assert run.rc == 0, run.output
    assert api.refusals == []
    (kept,) = api.objects["credential_types"].values()
    (meant,) = objects("controller_credential_types")
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
    nodes = {"submit": ["wait"], "wait": ["verify"], "verify": ["report"]}
    for node, following in nodes.items():
        kind = "workflow_job_template_nodes"
        assert api.linked(kind, node, "success_nodes", kind) == following
        assert api.linked(kind, node, "failure_nodes", kind) == ["explain"]

    # Again: what somebody has changed is put right, and nothing else is written.
    api.writes.clear()
    api.named("job_templates", "Service status")["timeout"] = 1
    again = configure(ansible, api, variables=variables)
    assert again.rc == 0, again.output
    assert api.writes == ["PATCH job_templates"]
    assert again.recap["changed"] == 1


def test_a_dry_run_writes_nothing_and_wrong_input_is_named(ansible: Ansible, api: ControllerApi) -> None:
    # The example of the role's README
    (text,) = re.findall(r"```yaml\n(.*?)```", (ROOT / "roles/controller_content/README.md").read_text(), re.DOTALL)
    path = ansible.folder / "example.yml"
    path.write_text(text)
    check = configure(ansible, api, playbook=str(path), check=True)
    assert check["Make the credential type"].changed
    assert api.writes == []
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
    run = configure(ansible, api)
    assert run.rc == 0, run.output
    update = api.create("project_updates", {"job_explanation": "authentication failed for the repository"})
    api.named("projects", "Live Platform").update(
        status="failed", summary_fields={"last_job": {"id": update["id"], "status": "failed"}}
    )
    for _time in range(2):
        again = configure(ansible, api)
        assert again.rc != 0
        assert "project 'Live Platform': its last update on the controller ended with 'failed'" in again.text
        assert f"authentication failed for the repository (job {update['id']})" in again.text


@pytest.mark.long
def test_two_platforms_have_their_objects_side_by_side(ansible: Ansible, api: ControllerApi) -> None:
    platforms = [
        {"controller_content_credential_inputs": CREDENTIAL, "controller_content_prefix": prefix}
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
