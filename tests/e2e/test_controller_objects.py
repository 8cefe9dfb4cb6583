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
from harness.playbooks import ROOT

ENGINE = "ansible_collections.audiocodes.live_platform.plugins.module_utils"
INPUTS = {"base_url": "https://lp.example/tenantui", "client_secret": "s3cret-of-the-test"}
EVERYTHING: dict[str, Any] = {
    "controller_content_credential_inputs": INPUTS,
    "controller_content_attached_credentials": ["Live Platform"],
    "controller_content_customer_passwords": {"Alder": {"CarrierUserPassword": "s3cret-of-Alder"}},
    "controller_content_instance_group": "One at a time",
    "controller_content_instance_group_settings": {"is_container_group": True},
    "controller_content_notifications": [
        {
            "name": "Night shift",
            "notification_type": "webhook",
            "notification_configuration": {"url": "https://hooks.example", "http_method": "POST", "headers": {}},
        }
    ],
    "controller_content_status_schedule": "DTSTART:20270104T060000Z RRULE:FREQ=DAILY;INTERVAL=1",
    "controller_content_teams": [{"name": "Voice operators", "approve": True}],
}
"""Variables with which each kind has an object."""

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
    return named("controller_credential_types", "AudioCodes Live Platform")


def specs_of(playbook: Path) -> dict[str, dict[str, Any]]:
    """Every variable that a playbook, or what it imports, documents with its type and choices."""
    found: dict[str, dict[str, Any]] = {}
    for play in yaml.safe_load(playbook.read_text()):
        if "ansible.builtin.import_playbook" in play:
            found |= specs_of(playbook.with_name(play["ansible.builtin.import_playbook"]))
        for task in _tasks(play.get("tasks", [])):
            checked = task.get("audiocodes.live_platform.check_variables", {}).get("playbook")
            if checked:
                specified = yaml.safe_load((ROOT / "playbooks/specs/variables.yml").read_text())["playbooks"]
                found |= specified[checked]["options"]
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
    names = [node["unified_job_template"] for node in item["simplified_workflow_nodes"] if "approval_node" not in node]
    return [ROOT / named("controller_templates", name)["playbook"] for name in names]


@pytest.mark.parametrize("kind", MODULES)
def test_every_object_fits_the_module_that_makes_it(kind: str) -> None:
    spec = argument_spec(MODULES[kind])
    found = objects(kind, **EVERYTHING)
    assert found
    for item in found:
        nodes = item.pop("simplified_workflow_nodes", [])
        assert ArgumentSpecValidator(spec).validate(item).error_messages == [], item
        node_spec = ArgumentSpecValidator(argument_spec("workflow_job_template_node"))
        for node in nodes:
            whole = {**node, "workflow_job_template": item["name"]}
            assert node_spec.validate(whole).error_messages == [], node
    broken = {**found[0], "colour": "blue"}
    assert "colour" in ArgumentSpecValidator(spec).validate(broken).error_messages[0]


@pytest.mark.parametrize("kind", MODULES)
def test_the_role_hands_on_everything_that_an_object_says(kind: str) -> None:
    handed_on = role_tasks()[MODULES[kind]]["args"]
    said = {key for item in objects(kind, **EVERYTHING) for key in item} - {"simplified_workflow_nodes"}
    assert said <= set(handed_on)
    assert set(handed_on) <= set(argument_spec(MODULES[kind]))
    for name, template in handed_on.items():
        assert f"item.{name} " in template or f"item.{name}}}" in template.replace(" }}", "}}"), name


def test_the_role_hands_on_everything_that_a_node_says() -> None:
    nodes = [node for item in objects("controller_workflows") for node in item["simplified_workflow_nodes"]]
    text = (ROOT / "roles/controller_content/tasks/present.yml").read_text()
    for name in {key for node in nodes for key in node}:
        assert f"item.1.{name} " in text, name


def test_all_objects_are_removed_but_teams_and_what_goes_with_others() -> None:
    gone = {"label", "inventory_source", "schedule", "team", "role"}
    assert set(role_tasks("absent")) == set(MODULES.values()) - gone
    for task in role_tasks("absent").values():
        assert task["args"]["state"] == "absent"


def test_there_is_one_file_per_kind_and_the_role_reads_all_in_order() -> None:
    variables = yaml.safe_load((ROOT / "roles/controller_content/vars/main.yml").read_text())
    assert variables["__controller_content_kinds"] == list(MODULES)
    assert sorted(path.stem for path in FOLDER.iterdir()) == sorted(MODULES)
    assert list(role_tasks()) == [
        *list(MODULES.values())[:-3],
        "workflow_job_template_node",
        *list(MODULES.values())[-3:],
        "inventory_source_update",
    ]
    for module in role_tasks():
        assert variables[f"__controller_content_{module}"] == f"{{{{ controller_content_collection }}}}.{module}"


def test_a_controller_accepts_the_credential_types() -> None:
    for item in objects("controller_credential_types"):
        assert credential_type_problems(item) == []


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
    options = {option.environment: option for option in engine("_http.connection").CONNECTION_OPTIONS}
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
    assert fields["auth_url"]["default"] == engine("_http.connection").DEFAULT_AUTHORITY


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
    options = ArgumentSpecValidator(engine("_module.arguments").connection_spec()).validate({}).validated_parameters
    connection = engine("_http.connection").Connection.from_options(options)
    assert connection.validate_certs is said
    assert connection.base_url == values["base_url"]
    assert connection.auth_url == engine("_http.connection").DEFAULT_AUTHORITY
    assert Path(connection.ca_path).read_text() == "-----BEGIN"


def test_fields_that_were_never_filled_in_are_the_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As of a credential that was made over the controller's API with what is required, and nothing else."""
    item = credential_type()
    values = {name: f"{name}-value" for name in item["inputs"]["required"]}
    environment = rendered(item, {**values, "base_url": "https://lp.example/tenantui", "client_secret": "x"}, tmp_path)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    options = ArgumentSpecValidator(engine("_module.arguments").connection_spec()).validate({}).validated_parameters
    connection = engine("_http.connection").Connection.from_options(options)
    assert connection.auth_url == engine("_http.connection").DEFAULT_AUTHORITY
    assert (connection.ca_path, connection.ovoc_channel_id) == (None, None)
    assert connection.request_timeout == engine("_http.connection").Connection().request_timeout
    assert connection.validate_certs is True
    assert connection.certificate is None
    assert [problem for problem in connection.problems() if "is missing" in problem] == []


def test_an_empty_field_for_certificates_means_the_publicly_known_ones(tmp_path: Path) -> None:
    environment = rendered(credential_type(), {"base_url": "https://lp.example/tenantui", "ca_bundle": ""}, tmp_path)
    assert environment["LIVE_PLATFORM_CA_PATH"] == ""
    (file,) = tmp_path.iterdir()
    assert file.read_text() == ""
    assert engine("_http.connection").Connection.from_options({"ca_path": str(file)}).ca_path is None


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
            assert own <= asked, path.stem


def test_limits_of_answers_are_those_of_the_platform() -> None:
    request = engine("_resources.oc_service.request")
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
        writes = any(word in item["playbook"] for word in ("onboard_", "offboard_", "apply_"))
        writes = writes and item["job_type"] == "run"
        assert ("instance_groups" in item) is writes, item["name"]
        assert item["allow_simultaneous"] is not writes, item["name"]
        # A dry run is offered wherever a person launches something that writes.
        assert item.get("ask_job_type_on_launch", False) is (writes and "survey_spec" in item), item["name"]
        assert item["verbosity"] == 0
    sliced = named("controller_templates", "Onboard leads (sliced)")
    assert sliced["job_slice_count"] > 1
    assert sliced["ask_job_slice_count_on_launch"]
    assert sliced["inventory"] == objects("controller_inventory_sources")[0]["inventory"]


def test_objects_refer_to_objects_that_exist() -> None:
    names = {kind: {item.get("name") for item in objects(kind, **EVERYTHING)} for kind in MODULES}
    attached = EVERYTHING
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
    for credential in objects("controller_credentials", **EVERYTHING):
        assert credential["credential_type"] in names["controller_credential_types"]
    for workflow in objects("controller_workflows"):
        nodes = {node["identifier"]: node for node in workflow["simplified_workflow_nodes"]}
        assert len(nodes) == len(workflow["simplified_workflow_nodes"])
        for node in nodes.values():
            assert "approval_node" in node or node["unified_job_template"] in names["controller_templates"]
            assert {*node.get("success_nodes", []), *node.get("failure_nodes", [])} <= set(nodes)
            if node["identifier"] not in ("explain", "report"):
                assert node["failure_nodes"] == ["explain"]
        # Nothing is written before the approval.
        if "approve" in nodes:
            before = [node for node in nodes.values() if "approve" in node.get("success_nodes", [])]
            assert [named("controller_templates", node["unified_job_template"])["job_type"] for node in before] == [
                "check"
            ]
            assert nodes["approve"]["success_nodes"] == ["apply"]
    (schedule,) = objects("controller_schedules", **EVERYTHING)
    assert schedule["unified_job_template"] in names["controller_templates"]
    execute, use, approval, read = objects("controller_roles", **EVERYTHING)
    assert set(read["job_templates"]) <= names["controller_templates"]
    assert "Plan services" in read["job_templates"]
    assert set(execute["job_templates"]) == names["controller_templates"]
    assert set(execute["workflows"]) == set(approval["workflows"]) == names["controller_workflows"]
    assert use["credentials"] == ["Live Platform"]


def test_a_team_gets_the_nodes_of_its_workflows_and_nothing_else_that_it_was_not_given() -> None:
    team = {"name": "Helpdesk", "templates": ["Service status"], "workflows": ["Onboard services (workflow)"]}
    execute, _use = objects("controller_roles", **{**EVERYTHING, "controller_content_teams": [team]})
    nodes = {"Submit services", "Wait for services", "Verify services", "Report services", "Explain failure"}
    assert set(execute["job_templates"]) == {"Service status"} | nodes
    assert execute["workflows"] == ["Onboard services (workflow)"]


def test_messages_go_where_people_look_and_when_they_ask_for_them() -> None:
    for when, option in (("started", "started"), ("success", "success"), ("error", "error"), ("approval", "approvals")):
        found = [
            item
            for kind in ("controller_templates", "controller_workflows")
            for item in objects(kind, **EVERYTHING, controller_content_notify_on=[when])
        ]
        name = f"notification_templates_{option}"
        named_there = {item["name"] for item in found if item.get(name) == ["Night shift"]}
        launched = {item["name"] for item in found if "survey_spec" in item}
        workflows = {item["name"] for item in objects("controller_workflows")}
        assert named_there == (workflows if when == "approval" else launched)
        others = {key for item in found for key, value in item.items() if key.startswith("notification_") and value}
        assert others == {name}


def test_a_prefix_is_in_every_name_and_every_reference() -> None:
    given = {**EVERYTHING, "controller_content_attached_credentials": []}
    plain = {kind: objects(kind, **given) for kind in MODULES}
    prefixed = {kind: objects(kind, **given, controller_content_prefix="Laboratory ") for kind in MODULES}
    references = ("name", "project", "inventory", "execution_environment", "source_project", "default_environment")
    others = ("credential_types", "labels", "notifications", "instance_groups", "aap_teams", "roles")
    for kind, items in plain.items():
        for item, other in zip(items, prefixed[kind], strict=True):
            for member in references:
                own = kind.removeprefix("controller_") in others
                if item.get(member):
                    assert other[member] == ("" if own else "Laboratory ") + item[member], (kind, member)
            for node in other.get("simplified_workflow_nodes", []):
                name = node["unified_job_template"] if "approval_node" not in node else node["approval_node"]["name"]
                assert name.startswith("Laboratory ")
    assert prefixed["controller_schedules"][0]["unified_job_template"] == "Laboratory Service status"


def test_names_of_ones_own_are_in_every_reference() -> None:
    variables = yaml.safe_load((ROOT / "roles/controller_content/vars/main.yml").read_text())
    own = variables["__controller_content_own_names"]
    names = {name: f"{name} of ours" for name in own}
    plain = {kind: objects(kind, **EVERYTHING) for kind in MODULES}
    renamed = {kind: objects(kind, **EVERYTHING, controller_content_names=names) for kind in MODULES}
    # Whatever is called by one of the names is called by the new one: as text, the two differ in nothing else.
    kinds = [kind for kind in MODULES if kind not in ("controller_credential_types", "controller_labels")]
    seen: set[str] = set()

    def swapped(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: swapped(item) for key, item in value.items()}
        if isinstance(value, list):
            return [swapped(item) for item in value]
        if value in names:
            seen.add(value)
            return names[value]
        return value

    kept = ("credentials", "labels", "credential", "survey_spec", "inputs")
    for kind in kinds:
        for item, other in zip(plain[kind], renamed[kind], strict=True):
            if kind == "controller_credentials" and item["name"] == "Live Platform":
                continue  # named by a variable of its own
            for key in item:
                if key not in kept:
                    assert other[key] == swapped(item[key]), (kind, key)
    assert seen == set(own)


def test_without_a_credential_nothing_is_said_about_credentials_so_that_those_attached_by_hand_stay() -> None:
    assert all(item["credentials"] == [] for item in objects("controller_templates"))
    assert objects("controller_inventory_sources")[0]["credential"] == ""
    assert role_tasks()["job_template"]["args"]["credentials"].endswith("| default(omit, true) }}")
    assert "controller_content_attached_credentials" in role_tasks()["inventory_source"]["when"]
    assert role_tasks()["credential"]["when"] == "item.inputs | length > 0"


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
    # What has a default need not be answered, also over the API.
    assert launch_problems(listed, {"live_platform_services_text": "[]"}) == []
    more = {"live_platform_services_text": "[]", "sbc_onboarding_max_concurrency": 4, "sbc_onboarding_on_error": "stop"}
    assert launch_problems(listed, {**more, "live_platform_service_defaults": {"sbc": "NL-SBC05"}}) == []
    assert launch_problems(listed, {**more, "sbc_onboarding_on_error": "perhaps"}) != []
