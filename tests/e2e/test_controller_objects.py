# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The objects for an automation controller fit the controller's rules, its modules, and the collection's own names."""

import importlib
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from e2e.controller import rendered
from e2e.controller_objects import FOLDER, MODULES, argument_spec, named, objects, role_tasks
from e2e.controller_rules import answer_problems, credential_type_problems, launch_problems, survey_problems
from e2e.playbooks import ROOT

ENGINE = "ansible_collections.audiocodes.live_platform.plugins.module_utils"
INPUTS = {"base_url": "https://lp.example/tenantui", "client_secret": "s3cret-of-the-test"}
ANSIBLE_TYPES = {
    "text": "str",
    "textarea": "str",
    "password": "str",
    "multiplechoice": "str",
    "integer": "int",
    "float": "float",
}
SURVEYS = [
    pytest.param(item, id=item["name"])
    for kind in ("controller_templates", "controller_workflows")
    for item in objects(kind)
    if item.get("survey_enabled")
]


def engine(name: str) -> Any:
    return importlib.import_module(f"{ENGINE}.{name}")


def credential_type() -> dict[str, Any]:
    (found,) = objects("controller_credential_types")
    return found


def specs_of(playbook: Path) -> dict[str, dict[str, Any]]:
    """Every variable that a playbook, or what it imports, documents with its type and choices."""
    found: dict[str, dict[str, Any]] = {}
    for play in yaml.safe_load(playbook.read_text()):
        if "ansible.builtin.import_playbook" in play:
            found |= specs_of(playbook.with_name(play["ansible.builtin.import_playbook"]))
        for task in _tasks(play.get("tasks", [])):
            spec = task.get("ansible.builtin.validate_argument_spec", {})
            found |= spec.get("argument_spec", {})
            role = task.get("ansible.builtin.import_role", {}).get("name")
            if role:
                path = ROOT / "roles" / role.rpartition(".")[2] / "meta/argument_specs.yml"
                found |= yaml.safe_load(path.read_text())["argument_specs"]["main"]["options"]
    return found


def _tasks(tasks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [each for task in tasks for each in [task, *_tasks(task.get("block", [])), *_tasks(task.get("always", []))]]


def playbooks_of(item: dict[str, Any]) -> list[Path]:
    """The playbooks that read the survey of a job template or of a workflow."""
    if "playbook" in item:
        return [ROOT / item["playbook"]]
    names = [node["unified_job_template"]["name"] for node in item["workflow_nodes"]]
    return [ROOT / named("controller_templates", name)["playbook"] for name in names]


@pytest.mark.parametrize("kind", MODULES)
def test_every_object_fits_the_module_that_makes_it(kind: str) -> None:
    spec = argument_spec(MODULES[kind])
    found = objects(kind, controller_content_credential_inputs=INPUTS)
    assert found
    for item in found:
        assert ArgumentSpecValidator(spec).validate(item).error_messages == [], item["name"]
    broken = {**found[0], "colour": "blue"}
    assert "colour" in ArgumentSpecValidator(spec).validate(broken).error_messages[0]


@pytest.mark.parametrize("kind", MODULES)
def test_the_role_hands_on_everything_that_an_object_says(kind: str) -> None:
    handed_on = role_tasks()[MODULES[kind]]["args"]
    said = {key for item in objects(kind, controller_content_credential_inputs=INPUTS) for key in item}
    assert said <= set(handed_on)
    assert set(handed_on) <= set(argument_spec(MODULES[kind]))
    for name, template in handed_on.items():
        assert f"item.{name} " in template or f"item.{name}}}" in template.replace(" }}", "}}"), name


def test_there_is_one_file_per_kind_and_the_role_reads_all_in_order() -> None:
    variables = yaml.safe_load((ROOT / "roles/controller_content/vars/main.yml").read_text())
    assert variables["__controller_content_kinds"] == list(MODULES)
    assert sorted(path.stem for path in FOLDER.iterdir()) == sorted(MODULES)
    assert list(role_tasks()) == list(MODULES.values())
    for module in MODULES.values():
        assert variables[f"__controller_content_{module}"] == f"{{{{ controller_content_collection }}}}.{module}"


def test_a_controller_accepts_the_credential_type() -> None:
    assert credential_type_problems(credential_type()) == []


@pytest.mark.parametrize(
    ("place", "name", "template", "words"),
    [
        ("env", "ANSIBLE_HOST_KEY_CHECKING", "no", "not allowed"),
        ("env", "LIVE_PLATFORM_BASE_URL", "{{ base_ulr }}", "base_ulr"),
        ("env", "LIVE_PLATFORM_CA_PATH", "{{ tower.filename.bundle }}", "bundle"),
        ("file", "certificates", "{{ ca_bundle }}", "no label"),
        ("environment", "LIVE_PLATFORM_BASE_URL", "x", "no kind"),
    ],
)
def test_the_rules_refuse_injectors_that_a_controller_refuses(place: str, name: str, template: str, words: str) -> None:
    broken = credential_type()
    broken["injectors"] = {**broken["injectors"], place: {**broken["injectors"].get(place, {}), name: template}}
    assert any(words in problem for problem in credential_type_problems(broken))


def test_injectors_set_the_environment_that_the_modules_read_and_nothing_else(tmp_path: Path) -> None:
    options = {option.environment: option for option in engine("_connection").CONNECTION_OPTIONS}
    item = credential_type()
    names = item["injectors"]["env"]
    assert set(names) <= set(options)
    fields = {field["id"]: field for field in item["inputs"]["fields"]}
    # Two fields are given to the modules under other names.
    others = {"ca_bundle": "ca_path", "skip_certificate_check": "validate_certs"}
    assert {others.get(name, name) for name in fields} == {options[name].name for name in names}
    given = {option: name for name, option in others.items()}
    for name, template in names.items():
        assert given.get(options[name].name, options[name].name) in template, name
    for name, field in fields.items():
        option = options.get(f"LIVE_PLATFORM_{name.upper()}")
        assert field.get("secret", False) == (option is not None and option.secret), name
        assert (field["type"] == "boolean") == (name == "skip_certificate_check"), name
    assert fields["auth_url"]["default"] == engine("_connection").DEFAULT_AUTHORITY


@pytest.mark.parametrize(("typed", "said"), [(True, False), (False, True), (None, True)])
def test_a_rendered_credential_is_understood_by_the_modules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: bool | None, said: bool
) -> None:
    values = {"base_url": "https://lp.example/tenantui", "client_id": "app", "ca_bundle": "-----BEGIN", "auth_url": ""}
    box = {} if typed is None else {"skip_certificate_check": typed}
    # What an older credential still holds is not looked at.
    environment = rendered(credential_type(), {**values, **box, "validate_certs": False}, tmp_path)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    options = ArgumentSpecValidator(engine("_arguments").connection_spec()).validate({}).validated_parameters
    connection = engine("_connection").Connection.from_options(options)
    assert connection.validate_certs is said
    assert connection.base_url == values["base_url"]
    assert connection.auth_url == engine("_connection").DEFAULT_AUTHORITY
    assert Path(connection.ca_path).read_text() == "-----BEGIN"


def test_an_empty_field_for_certificates_means_the_publicly_known_ones(tmp_path: Path) -> None:
    environment = rendered(credential_type(), {"base_url": "https://lp.example/tenantui", "ca_bundle": ""}, tmp_path)
    assert environment["LIVE_PLATFORM_CA_PATH"] == ""
    (file,) = tmp_path.iterdir()
    assert file.read_text() == ""
    assert engine("_connection").Connection.from_options({"ca_path": str(file)}).ca_path is None


@pytest.mark.parametrize("item", SURVEYS)
def test_a_controller_accepts_every_survey(item: dict[str, Any]) -> None:
    assert survey_problems(item["survey_spec"]) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"type": "string"}, "no type"),
        ({"default": 3}, "wrong type"),
        ({"min": "3"}, "whole number"),
        ({"type": "multiplechoice"}, "nothing to choose"),
        ({"required": "yes"}, "'required'"),
        ({"required": False, "min": 3}, "empty answer"),
        ({"placeholder": "x"}, "placeholder"),
    ],
)
def test_the_rules_refuse_questions_that_a_controller_refuses(change: dict[str, Any], words: str) -> None:
    question = {"variable": "name", "question_name": "Name", "type": "text", "required": True, "min": 3, "max": 15}
    assert survey_problems({"name": "x", "description": "", "spec": [question]}) == []
    assert any(
        words in problem for problem in survey_problems({"name": "", "description": "", "spec": [question | change]})
    )


@pytest.mark.parametrize("item", SURVEYS)
def test_every_question_is_a_documented_variable_of_the_playbook(item: dict[str, Any]) -> None:
    known: dict[str, dict[str, Any]] = {}
    for path in playbooks_of(item):
        known |= specs_of(path)
    for question in item["survey_spec"]["spec"]:
        option = known[question["variable"]]
        expected = ANSIBLE_TYPES[question["type"]]
        assert option["type"] == expected or (expected, option["type"]) == ("int", "float"), question["variable"]
        assert option.get("choices") == question.get("choices"), question["variable"]
        if option.get("required"):
            assert question["required"], question["variable"]
        assert (question["type"] == "password") == bool(option.get("no_log")), question["variable"]
        if "default" in question and "default" in option:
            assert question["default"] == option["default"], question["variable"]


@pytest.mark.parametrize("item", SURVEYS)
def test_every_variable_that_a_playbook_made_for_a_survey_documents_is_asked_for(item: dict[str, Any]) -> None:
    asked = {question["variable"] for question in item["survey_spec"]["spec"]}
    for path in playbooks_of(item):
        own = {name for name in specs_of(path) if name.startswith((f"{path.stem}_", "offboard_service_"))}
        if path.stem in ("onboard_service", "offboard_service", "onboard_leads", "service_status"):
            assert own == asked, path.stem


def test_limits_of_answers_are_those_of_the_platform() -> None:
    request = engine("_request")
    surveys = [item.values[0]["survey_spec"]["spec"] for item in SURVEYS]
    questions = {question["variable"]: question for spec in surveys for question in spec}
    for option in ("short_name", "full_name"):
        most = questions[f"onboard_service_{option}"]["max"]
        base = {"ms_tenant_id": "f9f53ee0-56e1-43f6-8fe3-5fb322986657", "short_name": "Brad"}
        for length, accepted in ((most, True), (most + 1, False)):
            wanted = request.WantedService.from_options({**base, option: "a" * length})
            assert (request.check_all([wanted]) == []) is accepted, option
    tenant = questions["onboard_service_ms_tenant_id"]
    assert tenant["min"] == tenant["max"] == len("f9f53ee0-56e1-43f6-8fe3-5fb322986657")
    assert questions["onboard_service_short_name"]["min"] == 3


def test_what_writes_does_not_run_twice_at_once_and_everything_ends() -> None:
    for item in objects("controller_templates"):
        assert (ROOT / item["playbook"]).is_file(), item["name"]
        assert 0 < item["timeout"] <= 14400, item["name"]
        writes = any(word in item["playbook"] for word in ("onboard_", "offboard_"))
        assert item["allow_simultaneous"] is not writes, item["name"]
        # A dry run is offered wherever a person launches something that writes.
        assert item.get("ask_job_type_on_launch", False) is (writes and "survey_spec" in item), item["name"]
        assert item["verbosity"] == 0
    sliced = named("controller_templates", "Onboard leads (sliced)")
    assert sliced["job_slice_count"] > 1
    assert sliced["ask_job_slice_count_on_launch"]
    assert sliced["inventory"] == objects("controller_inventory_sources")[0]["inventory"]


def test_objects_refer_to_objects_that_exist() -> None:
    names = {
        kind: {item["name"] for item in objects(kind, controller_content_credential_inputs={})} for kind in MODULES
    }
    attached = {"controller_content_attached_credentials": ["Live Platform"]}
    for item in objects("controller_templates", **attached):
        assert item["project"] in names["controller_projects"]
        assert item["inventory"] in names["controller_inventories"]
        assert item["execution_environment"] in names["controller_execution_environments"]
        assert set(item["credentials"]) <= names["controller_credentials"]
    (source,) = objects("controller_inventory_sources", **attached)
    assert source["inventory"] in names["controller_inventories"]
    assert source["source_project"] in names["controller_projects"]
    assert source["credential"] in names["controller_credentials"]
    assert (ROOT / source["source_path"]).is_file()
    (credential,) = objects("controller_credentials", controller_content_credential_inputs=INPUTS)
    assert credential["credential_type"] in names["controller_credential_types"]
    for workflow in objects("controller_workflows"):
        nodes = {node["identifier"]: node for node in workflow["workflow_nodes"]}
        assert len(nodes) == len(workflow["workflow_nodes"])
        for node in nodes.values():
            assert node["unified_job_template"]["name"] in names["controller_templates"]
            links = node.get("related", {})
            assert {each["identifier"] for targets in links.values() for each in targets} <= set(nodes)
            if node["identifier"] not in ("explain", "report"):
                assert links["failure_nodes"] == [{"identifier": "explain"}]


def test_a_prefix_is_in_every_name_and_every_reference() -> None:
    given = {"controller_content_credential_inputs": INPUTS}
    plain = {kind: objects(kind, **given) for kind in MODULES}
    prefixed = {kind: objects(kind, **given, controller_content_prefix="Laboratory ") for kind in MODULES}
    references = ("name", "project", "inventory", "execution_environment", "source_project", "default_environment")
    for kind, items in plain.items():
        for item, other in zip(items, prefixed[kind], strict=True):
            for member in references:
                own = kind == "controller_credential_types"
                if item.get(member):
                    assert other[member] == ("" if own else "Laboratory ") + item[member], (kind, member)
            nodes = [node["unified_job_template"]["name"] for node in other.get("workflow_nodes", [])]
            assert all(name.startswith("Laboratory ") for name in nodes)


def test_the_role_knows_its_variables() -> None:
    options = yaml.safe_load((ROOT / "roles/controller_content/meta/argument_specs.yml").read_text())
    known = yaml.safe_load((ROOT / "roles/controller_content/vars/main.yml").read_text())["__controller_content_known"]
    assert set(known) == {*options["argument_specs"]["main"]["options"], "controller_content_attached_credentials"}


def test_without_a_credential_nothing_is_said_about_credentials_so_that_those_attached_by_hand_stay() -> None:
    assert all(item["credentials"] == [] for item in objects("controller_templates"))
    assert objects("controller_inventory_sources")[0]["credential"] == ""
    for module, option in (("job_template", "credentials"), ("inventory_source", "credential")):
        assert role_tasks()[module]["args"][option] == f"{{{{ item.{option} | default(omit, true) }}}}"
    assert "controller_content_credential_inputs | length > 0" in role_tasks()["credential"]["when"]


def test_the_answers_that_a_survey_takes_are_those_that_are_right() -> None:
    template = named("controller_templates", "Onboard one service")
    good = {
        "onboard_service_ms_tenant_id": "f9f53ee0-56e1-43f6-8fe3-5fb322986657",
        "onboard_service_short_name": "Brad",
    }
    assert launch_problems(template, good) == []
    assert answer_problems(template["survey_spec"], {**good, "onboard_service_short_name": "Br"}) != []
    assert answer_problems(template["survey_spec"], {"onboard_service_short_name": "Brad"}) != []
    assert launch_problems(template, {**good, "sbc_onboarding_wait": False}) != []
    listed = named("controller_templates", "Onboard services from a list")
    more = {"live_platform_services_text": "[]", "sbc_onboarding_max_concurrency": 4, "sbc_onboarding_on_error": "stop"}
    assert launch_problems(listed, {**more, "live_platform_service_defaults": {"sbc": "NL-SBC05"}}) == []
    assert launch_problems(listed, {**more, "sbc_onboarding_on_error": "perhaps"}) != []
