# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page for administrators of a controller. What it shows of jobs is compared where the jobs run."""

import importlib
import json
import re
import subprocess
from typing import Any

import yaml
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from e2e.awx_page import PAGE, blocks
from e2e.controller_objects import CARRIED, MODULES, objects
from harness.cast import BRAD
from harness.playbooks import BIN, COLLECTION, ROOT, Ansible

PLUGINS = "ansible_collections.audiocodes.live_platform.plugins"
ENGINE = f"{PLUGINS}.module_utils"


def variables() -> list[dict[str, Any]]:
    """The blocks that hold variables."""
    return [content for text in blocks("yaml") if isinstance(content := yaml.safe_load(text), dict)]


def test_the_table_names_the_job_templates_with_their_surveys() -> None:
    surveyed = {
        item["name"]: item["playbook"] for item in objects("controller_templates") if item.get("survey_enabled")
    }
    rows = re.findall(r"^\| ([A-Z][^|]*) \| [^|]* \| `(\w+)` \|$", PAGE, re.MULTILINE)
    assert {name: f"playbooks/{playbook}.yml" for name, playbook in rows} == surveyed
    for workflow in objects("controller_workflows"):
        assert f"'{workflow['name']}'" in PAGE
    for kind in ("controller_inventories",):
        assert any(f"'{item['name']}'" in PAGE for item in objects(kind))


def test_variables_of_the_role_are_named_and_typed_rightly() -> None:
    spec = yaml.safe_load((ROOT / "roles/controller_content/meta/argument_specs.yml").read_text())
    options = spec["argument_specs"]["main"]["options"]
    found = [content for content in variables() if any(name.startswith("controller_content_") for name in content)]
    assert len(found) == 2
    for content in found:
        assert ArgumentSpecValidator(options).validate(content).error_messages == []
    credential = objects("controller_credential_types")[0]
    fields = {field["id"] for field in credential["inputs"]["fields"]}
    assert set(found[0]["controller_content_credential_inputs"]) <= fields
    assert set(options["controller_content_credential_inputs"]["options"]) == fields
    for name in re.findall(r"`(controller_content_\w+)(?:: \w+)?`", PAGE):
        assert name in options or name == "controller_content_attached_credentials", name


def test_commands_and_their_settings_exist() -> None:
    text = "\n".join(blocks("console"))
    for playbook in re.findall(rf"ansible-playbook {COLLECTION}\.(\w+)", text):
        assert (ROOT / f"playbooks/{playbook}.yml").is_file(), playbook
    makefile = (ROOT / "Makefile").read_text()
    for target in re.findall(r"^make (\w+)", text, re.MULTILINE):
        assert f"\n{target}:" in makefile, target
    code = (CARRIED / "ansible_collections/awx/awx/plugins/module_utils/controller_api.py").read_text()
    for name in re.findall(r"^export (\w+)", text, re.MULTILINE):
        assert f"'{name}'" in code, name
    run = subprocess.run([str(BIN / "ansible-builder"), "build", "--help"], capture_output=True, text=True, check=True)
    assert "--tag" in run.stdout


def test_links_lead_somewhere() -> None:
    for link in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", PAGE):
        assert link.startswith("https://") or (ROOT / "docs" / link).exists(), link


def test_the_list_and_the_script_variables_can_be_read() -> None:
    (listed,) = [content for content in variables() if "live_platform_services" in content]
    found, problems = importlib.import_module(f"{ENGINE}._input.service_list").read_items(
        listed["live_platform_services"]
    )
    assert (len(found), problems) == (1, [])
    (typed,) = [text for text in blocks("text") if not text.startswith(("TASK", "what was planned"))]
    assert len(importlib.import_module(f"{PLUGINS}.plugin_utils._resolve.text_input").read_variables(typed)) == 2


def test_the_inventory_file_is_read_as_it_stands_there(ansible: Ansible) -> None:
    (text,) = [text for text in blocks("yaml") if text.startswith("plugin:")]
    path = ansible.folder / "oc_leads.yml"
    path.write_text(text)
    done = subprocess.run(
        [str(BIN / "ansible-inventory"), "-i", str(path), "--list"],
        env={**ansible.environment, "ANSIBLE_INVENTORY_UNPARSED_FAILED": "true"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert BRAD in json.loads(done.stdout)["_meta"]["hostvars"]


def test_the_play_that_loads_the_objects_runs_as_it_stands_there(ansible: Ansible) -> None:
    (text,) = [text for text in blocks("yaml") if isinstance(yaml.safe_load(text), list)]
    path = ansible.folder / "configure.yml"
    path.write_text(text)
    inputs = {"controller_content_credential_inputs": {"base_url": "https://lp.example/tenantui"}}
    run = ansible.run(str(path), environment={"COLLECTION": str(ROOT)}, variables=inputs)
    assert run.rc == 0, run.output
    names = run["Show what there is"]["msg"]
    assert names == [item["name"] for item in objects("controller_templates")]
    read = [result["ansible_included_var_files"] for result in run["Read the objects"]["results"]]
    assert len(read) == len(MODULES)
