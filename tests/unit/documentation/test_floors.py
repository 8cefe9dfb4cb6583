# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine has floors, which are folders: imports only go down, and Ansible is known on the top floor alone."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

FLOORS = ("_core", "_http", "_api", "_tasks", "_reconcile", "_resources", "_input", "_report", "_module")
"""From the lowest to the highest."""

ON_THE_CONTROLLER = ("_action", "_inventory", "_resolve")
TOP = FLOORS[-1]
PREFIX = "ansible_collections.audiocodes.live_platform.plugins."


def _imports(root: Path, path: Path) -> Iterator[str]:
    """What a file imports, dotted: own files from ``plugins`` on, others by the name of their package."""
    package = path.relative_to(root).parent.parts
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.level:
            yield ".".join((*package[: len(package) - node.level + 1], node.module or ""))
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.py"))


def test_the_floors_are_folders_and_nothing_else_lies_beside_them(collection):
    engine = collection.root / "plugins/module_utils"
    assert {path.name for path in engine.iterdir()} - {"__pycache__"} == set(FLOORS)
    controller = collection.root / "plugins/plugin_utils"
    folders = {path.name for path in controller.iterdir() if path.is_dir()} - {"__pycache__"}
    assert folders == set(ON_THE_CONTROLLER)


@pytest.mark.parametrize("floor", FLOORS)
def test_imports_only_go_down(collection, floor):
    plugins = collection.root / "plugins"
    higher = FLOORS[FLOORS.index(floor) + 1 :]
    files = _files(plugins / "module_utils" / floor)
    assert len(files) > 1
    wrong = [
        f"{path.name} imports {imported}"
        for path in files
        for imported in _imports(plugins, path)
        if imported.startswith("plugin_utils")
        or imported.split(".")[:1] + imported.split(".")[1:2] in [["module_utils", name] for name in higher]
    ]
    assert wrong == []


def _circle(arrows: Mapping[str, set[str]]) -> list[str]:
    """Return names that lead from one to the next and back to the first; an empty list: there are none."""
    left = {name: set(others) - {name} for name, others in arrows.items()}
    while ends := [name for name, others in left.items() if not others & left.keys()]:
        for name in ends:
            del left[name]
    return sorted(left)


@pytest.mark.parametrize("floor", FLOORS)
def test_the_packages_of_a_floor_form_no_circle(collection, floor):
    """Nor do the files that lie beside them."""
    plugins = collection.root / "plugins"
    folder = plugins / "module_utils" / floor
    arrows: dict[str, set[str]] = {}
    for path in _files(folder):
        here = path.relative_to(folder).with_suffix("").parts[0]
        below = [name.split(".")[2:] for name in _imports(plugins, path) if name.startswith(f"module_utils.{floor}.")]
        arrows.setdefault(here, set()).update(parts[0] for parts in below)
    assert len(arrows) > 1
    assert _circle(arrows) == []


def test_a_circle_is_found():
    assert _circle({"a": {"b"}, "b": {"a", "c"}, "c": set()}) == ["a", "b"]


def test_resources_has_kinds_of_objects_and_nothing_else(collection):
    """Each file or folder of that floor has a resource of the kernel."""
    folder = collection.root / "plugins/module_utils/_resources"
    kinds = {path.relative_to(folder).with_suffix("").parts[0] for path in _files(folder)} - {"__init__"}
    with_resource = {
        path.relative_to(folder).with_suffix("").parts[0]
        for path in _files(folder)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ClassDef) and any(ast.unparse(base).startswith("Resource") for base in node.bases)
    }
    assert kinds == with_resource


def test_imports_within_the_collection_are_relative(collection):
    plugins = collection.root / "plugins"
    wrong = [
        str(path) for path in _files(plugins) for imported in _imports(plugins, path) if imported.startswith(PREFIX)
    ]
    assert wrong == []


def test_no_function_stands_on_one_line(collection):
    """The sanity test pep8 of ansible-core 2.16 refuses it; those of later versions, and ruff, do not."""
    found = [
        f"{path.name}:{node.lineno}"
        for path in _files(collection.root / "plugins")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and node.body[0].lineno == node.lineno
    ]
    assert found == []


def test_only_the_top_floor_knows_ansible(collection):
    plugins = collection.root / "plugins"
    for floor in FLOORS:
        for path in _files(plugins / "module_utils" / floor):
            packages = {imported.split(".")[0] for imported in _imports(plugins, path)}
            assert floor == TOP or not packages & {"ansible", "ansible_collections"}, path


def test_ansibles_own_module_is_imported_in_one_place(collection):
    plugins = collection.root / "plugins"
    importing = {path.name for path in _files(plugins) if "ansible.module_utils.basic" in _imports(plugins, path)}
    assert importing == {"sent.py"}


def test_every_module_has_the_one_action(collection):
    folder = collection.root / "plugins/action"
    assert {path.stem for path in folder.glob("*.py")} == set(collection.modules)
    assert not any(path.is_symlink() for path in folder.glob("*.py"))
    assert len({(folder / f"{name}.py").read_text() for name in collection.asking}) == 1


def test_requests_is_imported_in_one_place(collection):
    plugins = collection.root / "plugins"
    importing = {
        path.name
        for path in _files(plugins / "module_utils")
        if {imported.split(".")[0] for imported in _imports(plugins, path)} & {"requests", "urllib3"}
    }
    assert importing == {"transport.py"}


_OF_RESOURCES = re.compile(r"service|lead|tenant|sbc|sip_?connection|dial_?plan|telephone", re.IGNORECASE)
_FORMAT_OF_1_0_0 = {"FIRST_KIND", "_WRITTEN", "_has_the_types"}
"""Where the kernel reads what 1.0.0 has written, which knew one kind of objects."""


@pytest.mark.parametrize(
    "name",
    [
        "context",
        "deletion",
        "entries",
        "journal",
        "plan",
        "read_back",
        "refusals",
        "result",
        "run",
        "submission",
        "transitions",
    ],
)
def test_a_kernel_file_names_no_resource(collection, name):
    tree = ast.parse((collection.root / "plugins/module_utils/_reconcile" / f"{name}.py").read_text())
    named = set()
    for statement in tree.body:
        written = {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)} | {
            getattr(statement, "name", "")
        }
        if isinstance(statement, (ast.Assign, ast.FunctionDef)) and written & _FORMAT_OF_1_0_0:
            continue
        comments = {id(node.value) for node in ast.walk(statement) if isinstance(node, ast.Expr)}
        for node in ast.walk(statement):
            if id(node) in comments:
                continue
            words = [getattr(node, key, None) for key in ("id", "attr", "arg", "name", "value")]
            named |= {word for word in words if isinstance(word, str) and _OF_RESOURCES.search(word)}
    assert named == set()


LOADED_AT_MOST = 35
"""Files of the engine that a look-up loads. Each costs at the start of each task that Ansible sends."""


def _loaded(plugins: Path, path: Path) -> set[str]:
    """Return the files of the engine that a file imports, and those that they import, wherever in them."""
    found: set[Path] = set()
    waiting = [path]
    while waiting:
        here = waiting.pop()
        for imported in _imports(plugins, here):
            target = plugins / (imported.replace(".", "/") + ".py")
            if target.is_file() and target not in found:
                found.add(target)
                waiting.append(target)
    return {each.relative_to(plugins / "module_utils").as_posix() for each in found}


def test_a_look_up_loads_few_files_and_no_reconciler(collection):
    plugins = collection.root / "plugins"
    # oc_status_info also says what the runs of other modules have come to
    look_ups = [path for path in (plugins / "modules").glob("*_info.py") if path.stem != "oc_status_info"]
    assert len(look_ups) > 5
    for path in look_ups:
        loaded = _loaded(plugins, path)
        assert "_http/transport.py" in loaded
        assert [name for name in loaded if name.startswith(("_reconcile/", "_resources/"))] == [], path.stem
        assert len(loaded) <= LOADED_AT_MOST, (path.stem, sorted(loaded))


def test_what_the_controller_alone_needs_does_not_travel_with_a_module(collection):
    """Every file of the engine is loaded by a module, by way of others."""
    plugins = collection.root / "plugins"
    needed: set[Path] = set()
    waiting = _files(plugins / "modules")
    while waiting:
        for imported in _imports(plugins, waiting.pop()):
            path = plugins / (imported.replace(".", "/") + ".py")
            if path.is_file() and path not in needed:
                needed.add(path)
                waiting.append(path)
    left = {path for path in _files(plugins / "module_utils") if path.name != "__init__.py"} - needed
    assert left == set()


def test_no_two_classes_or_constants_have_one_name(collection):
    """One name, one meaning: of the public ones, wherever they stand."""
    places: dict[str, set[str]] = {}
    for folder in ("module_utils", "plugin_utils"):
        for path in _files(collection.root / "plugins" / folder):
            for node in ast.parse(path.read_text()).body:
                if isinstance(node, ast.ClassDef):
                    places.setdefault(node.name, set()).add(path.name)
                elif isinstance(node, ast.Assign):
                    names = [
                        name.id for target in node.targets for name in ast.walk(target) if isinstance(name, ast.Name)
                    ]
                    for name in names:
                        if name.isupper() and not name.startswith("_"):
                            places.setdefault(name, set()).add(path.name)
    assert len(places) > 100
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


def test_the_packages_of_the_tests_form_no_circle(collection):
    """Unit tests, end-to-end tests and fault tests share what lies in the harness, and nothing of one another."""
    tests = collection.root / "tests"
    for package in ("unit", "e2e", "faults"):
        others = {"unit", "e2e", "faults"} - {package}
        for path in _files(tests / package):
            imported = {name.split(".")[0] for name in _imports(tests, path)}
            assert not imported & others, path
    for path in _files(tests / "harness"):
        assert not {name.split(".")[0] for name in _imports(tests, path)} & {"unit", "e2e", "faults"}, path


def test_the_unit_tests_mirror_the_folders(collection):
    folders = {path.parent.name for path in (collection.root / "tests/unit").glob("*/test_*.py")}
    assert folders == {name.strip("_") for name in FLOORS} | {"controller", "documentation", "simulator"}
