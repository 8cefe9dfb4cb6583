# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Facts that stand in two places stand there alike."""

import importlib
import re

import yaml

PLUGINS = "ansible_collections.audiocodes.live_platform.plugins"
ENGINE = "ansible_collections.audiocodes.live_platform.plugins.module_utils"
CHECK = "audiocodes.live_platform.check_variables"


def test_the_action_group_holds_every_module(collection):
    runtime = yaml.safe_load((collection.root / "meta/runtime.yml").read_text())
    assert sorted(runtime["action_groups"]["all"]) == collection.asking


def test_the_user_agent_has_the_version_of_the_collection(collection):
    galaxy = yaml.safe_load((collection.root / "galaxy.yml").read_text())
    version = importlib.import_module(f"{ENGINE}._core.version")
    assert f"{galaxy['namespace']}.{galaxy['name']}/{galaxy['version']}" == version.USER_AGENT


def test_everything_stands_in_the_changelog_of_the_version_that_it_came_with(collection):
    version = yaml.safe_load((collection.root / "galaxy.yml").read_text())["version"]
    releases = yaml.safe_load((collection.root / "changelogs/changelog.yaml").read_text())["releases"]
    making = list((collection.root / "changelogs/fragments").glob("*.yml"))
    assert version in releases or making
    for kind, names in (("modules", collection.modules), ("filter", collection.filters), ("inventory", ["oc_leads"])):
        for name in names:
            added = collection.documentation(kind, name)["version_added"]
            if added in releases or not making:  # a version in the making has no list yet
                release = releases[added]
                listed = release["modules"] if kind == "modules" else release["plugins"][kind]
                assert name in [entry["name"] for entry in listed], (added, name)
    for role in collection.roles:
        specs = yaml.safe_load((collection.root / "roles" / role / "meta/argument_specs.yml").read_text())
        added = specs["argument_specs"]["main"]["version_added"]
        assert added in (version, *releases) or making, role


def test_a_service_in_a_list_has_the_same_options_as_one_alone(collection):
    names = importlib.import_module(f"{ENGINE}._input.by_name").NAME_OPTIONS
    options = collection.documentation("modules", "oc_service")["options"]
    assert set(names) <= set(options)
    one = {name: option for name, option in options.items() if name not in names}
    many = collection.documentation("modules", "oc_services")["options"]["services"]["suboptions"]
    assert list(one) == list(many)
    for name, option in one.items():
        assert many[name]["type"] == option["type"], name
        assert many[name].get("choices") == option.get("choices"), name
        assert list(many[name].get("suboptions", {})) == list(option.get("suboptions", {})), name


def test_every_connection_option_documents_its_environment_variable(collection):
    connection = importlib.import_module(f"{ENGINE}._http.connection")
    text = collection.constants(collection.root / "plugins/doc_fragments/connection.py")
    source = (collection.root / "plugins/doc_fragments/connection.py").read_text() + str(text)
    documented = set(re.findall(r"E\((\w+)\)", source))
    assert documented == {option.environment for option in connection.CONNECTION_OPTIONS}


def test_the_inventory_plugin_has_the_connection_options_of_the_modules(collection):
    table = importlib.import_module(f"{ENGINE}._http.connection").CONNECTION_OPTIONS
    fragments = importlib.import_module(f"{PLUGINS}.doc_fragments.connection").ModuleDocFragment
    module, plugin = (yaml.safe_load(text)["options"] for text in (fragments.DOCUMENTATION, fragments.PLUGIN))
    assert list(plugin) == list(module) == [option.name for option in table]
    for option in table:
        documented = plugin[option.name]
        assert documented.pop("env") == [{"name": option.environment}], option.name
        assert documented == module[option.name], option.name
        assert (documented["type"], documented.get("default")) == (option.type, option.default), option.name
    own = collection.documentation("inventory", "oc_leads")
    assert "audiocodes.live_platform.connection.plugin" in own["extends_documentation_fragment"]
    assert not set(own["options"]) & set(module)


def test_the_inventory_plugin_documents_the_names_that_it_uses(collection):
    plugin = importlib.import_module(f"{PLUGINS}.inventory.oc_leads")
    hosts = importlib.import_module(f"{PLUGINS}.plugin_utils._inventory.lead_hosts")
    own = collection.documentation("inventory", "oc_leads")
    assert own["options"]["plugin"]["choices"] == [plugin.InventoryModule.NAME]
    assert tuple(own["options"]["hostname"]["choices"]) == hosts.HOST_NAMES
    for ending in plugin.ENDINGS:
        assert f"C({ending})" in " ".join(own["description"]), ending
    text = collection.constants(collection.root / "plugins/inventory/oc_leads.py")["EXAMPLES"]
    fragments = importlib.import_module(f"{PLUGINS}.doc_fragments.connection").ModuleDocFragment
    known = {
        *own["options"],
        *yaml.safe_load(fragments.PLUGIN)["options"],
        "compose",
        "groups",
        "keyed_groups",
        "strict",
    }
    examples = [*yaml.safe_load_all(text), yaml.safe_load((collection.root / "inventory/oc_leads.yml").read_text())]
    for example in examples:
        assert set(example) <= known


def test_the_names_in_the_readme_are_environment_variables_that_are_read(collection):
    connection = importlib.import_module(f"{ENGINE}._http.connection")
    used = set(re.findall(r"LIVE_PLATFORM_\w+", (collection.root / "README.md").read_text()))
    assert used
    assert used <= {option.environment for option in connection.CONNECTION_OPTIONS}


def test_the_roles_take_the_same_description_of_a_service(collection):
    items = [
        next(iter(collection.role_spec(role).values()))["options"]
        for role in ("lead_lookup", "script_variables", "sbc_onboarding")
    ]
    for item in items[1:]:
        assert {name: _shape(option) for name, option in item.items()} == {
            name: _shape(option) for name, option in items[0].items()
        }


def test_a_service_of_the_roles_can_say_everything_that_the_module_takes(collection):
    item = collection.role_spec("lead_lookup")["live_platform_services"]["options"]
    module = collection.documentation("modules", "oc_service")["options"]
    assert set(module) - set(item) == {"state"}
    for name in set(module) & set(item):
        assert item[name].get("choices") == module[name].get("choices"), name


def test_role_defaults_are_the_documented_ones(collection):
    for role in collection.roles:
        defaults = yaml.safe_load((collection.root / "roles" / role / "defaults/main.yml").read_text())
        spec = collection.role_spec(role)
        assert set(defaults) <= set(spec), role
        for name, value in defaults.items():
            if not (isinstance(value, str) and "{{" in value):
                assert spec[name]["default"] == value, f"{role}: {name}"


def test_role_readmes_name_every_input(collection):
    for role in collection.roles:
        text = (collection.root / "roles" / role / "README.md").read_text()
        for name in collection.role_spec(role):
            short = name.replace("sbc_onboarding", "…", 1)
            assert f"`{name}`" in text or f"`{short}`" in text, f"{role}: {name}"


def test_the_readme_names_every_module_role_filter_and_playbook(collection):
    text = (collection.root / "README.md").read_text()
    playbooks = [path.stem for path in (collection.root / "playbooks").glob("*.yml")]
    for name in (*collection.modules, *collection.roles, *collection.filters):
        assert f"`{name}`" in text, name
    for name in (*playbooks, *(path.stem for path in (collection.root / "plugins/inventory").glob("*.py"))):
        assert f"`{name}`" in text, name


def test_each_playbook_has_its_variables_specified_and_checks_them(collection):
    specified = yaml.safe_load((collection.root / "playbooks/specs/variables.yml").read_text())["playbooks"]
    paths = {path.stem: path for path in (collection.root / "playbooks").glob("*.yml")}
    assert set(specified) == set(paths) - {"configure_controller"}
    for name in specified:
        first = yaml.safe_load(paths[name].read_text())[0]
        checked = [task[CHECK] for task in first["tasks"] if CHECK in task]
        assert checked[0]["playbook"] == name


def test_a_playbook_takes_the_variables_of_the_roles_that_it_runs(collection):
    specs = importlib.import_module(f"{PLUGINS}.plugin_utils._resolve.variable_specs")
    for path in (collection.root / "playbooks").glob("*.yml"):
        run = set(re.findall(r"name: audiocodes\.live_platform\.(\w+)", path.read_text()))
        if path.stem != "configure_controller":
            known = specs.of_playbook(path.stem).known
            inputs = {name for role in run for name in collection.role_spec(role)}
            assert inputs - known <= {"live_platform_services"}, path.stem


def test_every_variable_of_a_playbook_is_one_that_it_looks_at(collection):
    specs = importlib.import_module(f"{PLUGINS}.plugin_utils._resolve.variable_specs")
    specified = yaml.safe_load((collection.root / "playbooks/specs/variables.yml").read_text())["playbooks"]
    for name in specified:
        spec = specs.of_playbook(name)
        own = {each for each in spec.options if not each.startswith(("live_platform_", *spec.prefixes))}
        assert own <= {f"{name}_{each.removeprefix(f'{name}_')}" for each in own}, name
        assert set(spec.looked_at(spec.known)) >= {each for each in spec.known if each.startswith("live_platform_")}


def test_answers_about_one_service_are_keys_of_an_item(collection):
    keys = importlib.import_module(f"{ENGINE}._input.service_list").SERVICE_KEYS
    specs = importlib.import_module(f"{PLUGINS}.plugin_utils._resolve.variable_specs")
    answers = {name.removeprefix("onboard_service_") for name in specs.of_playbook("onboard_service").known}
    assert answers - set(keys) == {"secret_script_variable"}
    first, _second = yaml.safe_load((collection.root / "playbooks/onboard_service.yml").read_text())
    assert set(first["vars"]["__onboard_service_answers"]) == answers


def test_an_item_of_the_list_may_have_the_keys_that_the_roles_document(collection):
    keys = importlib.import_module(f"{ENGINE}._input.service_list").SERVICE_KEYS
    assert sorted(keys) == sorted(collection.role_spec("lead_lookup")["live_platform_services"]["options"])


def _shape(option):
    return {
        "type": option["type"],
        "choices": option.get("choices"),
        "options": {name: _shape(child) for name, child in option.get("options", {}).items()},
    }
