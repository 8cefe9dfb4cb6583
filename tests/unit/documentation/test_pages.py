# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the pages say in words and tables is what the code has."""

import ast
import importlib
import re
import subprocess
import sys

import pytest
import yaml
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.audiocodes.live_platform.plugins.plugin_utils._action.circumstances import (
    SWITCH_IN_ENVIRONMENT,
)

ENGINE = "ansible_collections.audiocodes.live_platform.plugins.module_utils"
CERTIFIED_HEADINGS = (
    *("Description", "Requirements", "Installation", "Use Cases", "Testing", "Contributing", "Support"),
    *("Release Notes and Roadmap", "Related Information", "License Information"),
)
"""The form that certified content has."""


def _pages(collection):
    """Every page that a person reads, by its name in the repository."""
    patterns = ("*.md", "docs/**/*.md", "roles/*/README.md", "tests/*/README.md")
    paths = sorted(path for pattern in patterns for path in collection.root.glob(pattern))
    return {str(path.relative_to(collection.root)): path.read_text() for path in paths}


def _page(collection, name):
    return _pages(collection)[name]


def _rows(text, heading):
    """The cells of the rows of the first table below a heading."""
    section = text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0] if heading else text
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def _engine(name):
    return importlib.import_module(f"{ENGINE}.{name}")


def _targets(collection):
    """The targets of the Makefile that `make help` lists."""
    return set(re.findall(r"^([a-z0-9]+):.*## ", (collection.root / "Makefile").read_text(), re.MULTILINE))


def test_every_link_to_a_file_leads_somewhere(collection):
    seen = 0
    for name, text in _pages(collection).items():
        for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", text):
            seen += 1
            assert (collection.root / name).parent.joinpath(target).exists(), f"{name}: {target}"
    assert seen > 10


def test_every_environment_variable_that_a_page_names_is_read(collection):
    options = {option.environment for option in _engine("_http.connection").CONNECTION_OPTIONS}
    options.add(SWITCH_IN_ENVIRONMENT)
    for name, text in _pages(collection).items():
        assert set(re.findall(r"LIVE_PLATFORM_[A-Z_]*[A-Z]", text)) <= options, name


def test_the_page_on_authentication_has_every_connection_option(collection):
    rows = _rows(_page(collection, "docs/authentication.md"), "")
    documented = [(option.strip("`"), variable.strip("`")) for option, variable, *_rest in rows]
    assert documented == [
        (option.name, option.environment) for option in _engine("_http.connection").CONNECTION_OPTIONS
    ]


def test_the_table_of_all_keys_is_that_of_the_roles(collection):
    code = "import item_table; print(item_table.table())"
    tools = str(collection.root / "tests/tools")
    made = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": tools}, capture_output=True, text=True, check=True
    )
    assert made.stdout.strip() in _page(collection, "docs/services.md"), "run tests/tools/item_table.py"


def test_the_page_of_the_playbooks_has_every_playbook_with_its_variables(collection):
    page = _page(collection, "docs/playbooks.md")
    roles = r"(lead_lookup|script_variables|sbc_onboarding|customer_numbers)"
    handed_on = re.compile(roles + r"_(services|service_defaults|leads|sbcs|problems\w*|on_problems|templates)")
    headings = re.findall("^## .+$", page, re.MULTILINE)
    for path in (collection.root / "playbooks").glob("*.yml"):
        heading = next(line for line in headings if path.stem in re.split(r"\W+", line))
        section = page.split(heading)[1].split("\n## ")[0] + page.split("\n## ")[0]
        for name in _variables_of(path):
            of_a_role = path.stem == "onboard_leads" and re.match(
                "script_variables_|sbc_onboarding_|customer_numbers_", name
            )
            assert f"`{name}`" in section or of_a_role or handed_on.fullmatch(name), f"{path.stem}: {name}"


def _variables_of(path):
    """The variables that a playbook takes, those of its roles among them."""
    specs = importlib.import_module(
        "ansible_collections.audiocodes.live_platform.plugins.plugin_utils._resolve.variable_specs"
    )
    return [] if path.stem == "configure_controller" else sorted(specs.of_playbook(path.stem).known)


def test_the_landing_page_names_every_module(collection):
    page = _page(collection, "docs/index.md")
    for module in collection.modules:
        assert f"`{module}`" in page, module
    assert "ansible-galaxy collection install audiocodes.live_platform" in page


def test_the_coverage_page_lists_the_requests_that_the_engine_sends(collection):
    folder = collection.root / "plugins/module_utils/_api"
    source = "\n".join(path.read_text() for path in sorted(folder.glob("*.py")))
    sent = set(re.findall(r'"((?:GET|POST|PUT|PATCH|DELETE) /api/[^"\s]+)"', source))
    calls = re.findall(r'client\.request\(\s*"([A-Z]+)",\s+f?"(/api/[^"]+)"', source)
    sent |= {f"{method} {_route(path, source)}" for method, path in calls}
    sent |= {f"GET {path}" for path in re.findall(r'list_pages\(\s*self\.client,\s+"(/api/[^"]+)"', source)}
    sent.add(f"GET {_engine('_api.sbc_sources').DEFAULT_DEVICES_PATH}")
    rows = _rows(_page(collection, "docs/api_coverage.md"), "Requests that are sent")
    listed = {row[0].strip("`") for row in rows[1:]}
    assert listed == sent
    for request, modules, mark in rows:
        assert set(re.findall(r"`([a-z]\w+)`", modules)) - {"access_token", "source", "devices_path"} <= set(
            collection.modules
        ), request
        assert re.match("documented|varies|inferred|open", mark), request
    named = {name for _request, modules, _mark in rows for name in re.findall(r"`(\w+)`", modules)}
    assert set(collection.asking) <= named


def _route(path, source):
    """The path with the name of its parameter, as the documentation of the API has it."""
    path = path.rstrip("/")
    stem = path.partition("{")[0]
    if stem == path:
        return path
    if not path.endswith("}"):
        return re.sub(r"\{segment\((\w+)\)\}", r"{\1}", path)
    (route,) = {
        found for found in re.findall(r'"(/api/[^"]+\{\w+\})"', source) if found.startswith(stem) and "(" not in found
    }
    return route


def test_the_coverage_page_has_the_table_of_fields(collection):
    def rows(fields, option="", wire=""):
        for field in fields:
            yield [f"`{option}{field.option}`", f"`{wire}{field.wire}`"]
            yield from rows(field.children, f"{option}{field.option}.", f"{wire}{field.wire}.")

    documented = _rows(_page(collection, "docs/api_coverage.md"), "Options and fields of a creation")
    assert documented == list(rows(_engine("_api.fields").SERVICE_FIELDS))


def test_every_message_of_the_troubleshooting_page_can_be_said(collection):
    said = " ".join(_texts(path) for path in (collection.root / "plugins").rglob("*.py"))
    page = _page(collection, "docs/troubleshooting.md")
    messages = [
        message
        for heading in re.findall(r"^## (.+)$", page, re.MULTILINE)
        for row in _rows(page, heading)
        for message in re.findall(r"`([^`]+)`", row[0])
    ]
    assert len(messages) > 20
    for message in messages:
        # A status is put in by the code; what Microsoft says stands there whole
        words = message if message.startswith("AADSTS") else re.sub(r" \d{3}$", "", message)
        pieces = [piece.strip(" '") for piece in words.split("…")]
        assert any(pieces), message
        assert [piece for piece in pieces if piece not in said] == [], message


def _texts(path):
    """All texts of a file, those of f-strings without what is put in."""
    nodes = list(ast.walk(ast.parse(path.read_text())))
    plain = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    whole = [
        "".join(part.value if isinstance(part, ast.Constant) else _put_in(part) for part in node.values)
        for node in nodes
        if isinstance(node, ast.JoinedStr)
    ]
    return " ".join(plain + whole)


def _put_in(part):
    """What stands for a value: for what a resource says of itself, the words of a service."""
    code = ast.unparse(part.value)
    if code.endswith((".title", "kind.name")):
        return "service"
    return "tenant \0" if code.endswith(".subject") or ".of(" in code else "\0"


def test_every_list_of_variables_holds_what_the_roles_and_playbooks_take(collection):
    inputs = {name: option for role in collection.roles for name, option in collection.role_spec(role).items()}
    inputs |= {
        name: {}
        for path in (collection.root / "playbooks").glob("*.yml")
        for name in _variables_of(path)
        if name not in inputs
    }
    service = inputs["live_platform_services"]["options"]
    connection = _engine("_module.arguments").connection_spec()
    sections = {
        name for name, _title in yaml.safe_load((collection.root / "changelogs/config.yaml").read_text())["sections"]
    }
    seen = 0
    for place, text in collection.yaml_texts():
        content = yaml.safe_load(text)
        if ".md" not in place or not isinstance(content, dict) or set(content) <= sections:
            continue
        if "plugin" in content:  # an inventory source, which the tests of the plugin read
            continue
        seen += 1
        given = {name: content.pop(name, {}) for name in ("live_platform_service_defaults", "live_platform_connection")}
        assert set(given["live_platform_service_defaults"]) <= set(service), place
        assert set(given["live_platform_connection"]) <= set(connection), place
        assert set(content) <= set(inputs), place
        spec = {name: inputs[name] for name in content}
        assert ArgumentSpecValidator(spec).validate(content).error_messages == [], place
    assert seen >= 4


def test_every_playbook_that_a_command_names_exists(collection):
    named = {
        playbook
        for text in _pages(collection).values()
        for playbook in re.findall(r"^ansible-playbook audiocodes\.live_platform\.(\w+)", text, re.MULTILINE)
    }
    assert named
    assert named <= {path.stem for path in (collection.root / "playbooks").glob("*.yml")}


def test_every_target_that_a_page_names_exists(collection):
    for name, text in _pages(collection).items():
        for words in re.findall(r"(?:`|^)make ((?:[a-z]+\b ?)+)", text, re.MULTILINE):
            assert set(words.split()) <= _targets(collection), f"{name}: make {words}"


def test_the_readme_names_every_target_for_contributors(collection):
    text = _page(collection, "README.md")
    for target in _targets(collection) - {"clean", "distclean"}:
        assert re.search(rf"(`|^)make [^`#\n]*\b{target}\b", text, re.MULTILINE), target


def test_the_readme_has_the_headings_of_certified_content(collection):
    headings = re.findall(r"^## (.+)$", _page(collection, "README.md"), re.MULTILINE)
    assert [heading for heading in headings if heading in CERTIFIED_HEADINGS] == list(CERTIFIED_HEADINGS)


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "CODE_OF_CONDUCT.md", "SECURITY.md"])
def test_the_files_of_the_community_are_there_and_linked(collection, name):
    pages = _pages(collection)
    assert pages[name].startswith("# ")
    assert any(f"({name})" in text for other, text in pages.items() if other != name)


def test_every_role_has_the_description_that_galaxy_shows(collection):
    for role in collection.roles:
        folder = collection.root / "roles" / role / "meta"
        shown = yaml.safe_load((folder / "main.yml").read_text())["galaxy_info"]["description"]
        spec = yaml.safe_load((folder / "argument_specs.yml").read_text())["argument_specs"]["main"]
        assert shown == spec["short_description"], role


def test_every_section_of_the_api_notes_that_the_code_names_is_there(collection):
    page = _page(collection, "docs/api_notes.md")
    headings = re.findall(r"^#{2,3} (.+)$", page, re.MULTILINE)
    numbers = {heading.split(".")[0] for heading in headings if heading[0].isdigit()}
    code = " ".join(path.read_text() for path in (collection.root / "plugins").rglob("*.py"))
    named = re.findall(r"API notes, section (\d+)(?:, '([^']+)')?|\(section (\d+)", code)
    assert len(named) > 40
    for number, subheading, short in named:
        assert (number or short) in numbers
        assert not subheading or subheading in headings, subheading


def test_the_readme_repeats_the_figures_of_the_benchmark(collection):
    """The short table of README, row by row, against those of the page that `make bench` writes."""
    page = (collection.root / "docs/benchmark.md").read_text()
    measured = dict(re.findall(r"^\| (.+?) +\| <= \S+(?: \w+)? +\| (\S+)", page, re.MULTILINE))
    readme = (collection.root / "README.md").read_text()
    for words, *measures in (
        ("look-up in a loop", "a look-up in a loop, empty play subtracted: CPU against uri"),
        (
            "one customer",
            "the main playbook, by names, one service, task 5 s: wall against (a)",
            "the same: CPU against (a)",
        ),
        ("20 customers", "the main playbook, 20 services, 10 at a time: wall against (a)"),
    ):
        (shown,) = re.findall(rf"^\| [^|]*{words}[^|]* \| ([^|]*) \|$", readme, re.MULTILINE)
        assert shown.split(", ") == [measured[each] for each in measures]
