# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The matrix, the workflows and the commit hooks speak of the same versions, targets and tools."""

import ast
import re

import yaml


def _cells(collection):
    """Every ansible-core of the matrix and its Python."""
    for node in ast.parse((collection.root / "noxfile.py").read_text()).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "CELLS":
            return ast.literal_eval(node.value)
    raise AssertionError("noxfile.py has no CELLS")


def _number(version):
    return tuple(int(part) for part in version.split("."))


def _workflows(collection):
    return {path.name: path.read_text() for path in (collection.root / ".github/workflows").glob("*.yml")}


def _steps(collection):
    for name, text in _workflows(collection).items():
        for job in yaml.safe_load(text)["jobs"].values():
            for step in job["steps"]:
                yield name, step


def _targets(collection):
    return set(re.findall(r"^([a-z0-9]+):.*## ", (collection.root / "Makefile").read_text(), re.MULTILINE))


def test_the_matrix_begins_with_the_oldest_ansible_core_that_is_supported(collection):
    runtime = yaml.safe_load((collection.root / "meta/runtime.yml").read_text())
    oldest = min(_cells(collection), key=_number)
    assert runtime["requires_ansible"] == f">={oldest}.0"
    text = (collection.root / "README.md").read_text()
    assert f"ansible-core {oldest} or newer" in text
    newest = max(_cells(collection), key=_number)
    assert f"{oldest} to {newest}" in text


def test_the_matrix_leaves_no_ansible_core_out(collection):
    minors = sorted(_number(core)[1] for core in _cells(collection))
    assert minors == list(range(minors[0], minors[-1] + 1))


def test_the_matrix_begins_with_the_oldest_python_that_is_supported(collection):
    oldest = min(_cells(collection).values(), key=_number)
    config = yaml.safe_load((collection.root / "tests/config.yml").read_text())
    assert config["modules"]["python_requires"] == f">={oldest}"
    assert f"Python {oldest} or newer" in (collection.root / "README.md").read_text()
    assert f'python_version = "{oldest}"' in (collection.root / "pyproject.toml").read_text()


def test_the_workflow_has_a_job_for_each_cell(collection):
    jobs = yaml.safe_load(_workflows(collection)["checks.yml"])["jobs"]
    cells = {cell["core"]: cell["python"] for cell in jobs["matrix"]["strategy"]["matrix"]["include"]}
    assert cells == _cells(collection)


def test_workflows_run_make_targets_and_nothing_else(collection):
    commands = [step["run"] for _name, step in _steps(collection) if "run" in step]
    named = {command.split()[1] for command in commands} - {"${{"}
    assert named == {"test", "long", "matrix", "artefact", "docs", "soak", "publish"}
    for command in commands:
        assert re.fullmatch(r'make ([a-z]+|\$\{\{ matrix\.target \}\})( [A-Z]+="[^"]*")?', command), command
    assert named <= _targets(collection)


def test_workflows_may_read_only_and_know_no_secret(collection):
    for name, text in _workflows(collection).items():
        assert yaml.safe_load(text)["permissions"] == {"contents": "read"}, name
        assert ("secrets." in text) == (name == "release.yml"), name


def test_a_release_is_published_after_its_checks_alone(collection):
    jobs = yaml.safe_load(_workflows(collection)["release.yml"])["jobs"]
    checks, publish = jobs["checks"], jobs["publish"]
    assert set(checks["strategy"]["matrix"]["target"]) == {"test", "artefact", "docs", "soak"} <= _targets(collection)
    assert publish["needs"] == "checks"
    assert publish["environment"] == "release"
    assert "secrets." not in str(checks)


def test_every_requirements_file_is_kept_up_to_date(collection):
    updates = yaml.safe_load((collection.root / ".github/dependabot.yml").read_text())["updates"]
    pip = next(update for update in updates if update["package-ecosystem"] == "pip")
    folders = {
        f"/{path.parent.relative_to(collection.root)}"
        for pattern in ("tests/**/*requirements.txt", "docs/**/*requirements.txt")
        for path in collection.root.glob(pattern)
    }
    assert set(pip["directories"]) == folders


def test_commit_hooks_run_what_make_installs(collection):
    content = yaml.safe_load((collection.root / ".pre-commit-config.yaml").read_text())
    makefile = (collection.root / "Makefile").read_text()
    hooks = [hook for repository in content["repos"] for hook in repository["hooks"]]
    assert [repository["repo"] for repository in content["repos"]] == ["local"]
    for hook in hooks:
        program, *arguments = hook["entry"].split()
        if program == "make":
            assert set(arguments) <= _targets(collection), hook["id"]
        else:
            assert f"$(BIN)/{program.removeprefix('.venv/bin/')}" in makefile, hook["id"]


def test_every_module_has_an_integration_target(collection):
    targets = collection.root / "tests/integration/targets"
    assert sorted(path.name for path in targets.iterdir()) == collection.asking
    for module in collection.asking:
        text = (targets / module / "tasks/main.yml").read_text()
        assert f"audiocodes.live_platform.{module}:" in text
        assert "ansible.builtin.assert:" in text
        assert (targets / module / "aliases").exists()


def test_integration_targets_get_the_packages_that_users_need(collection):
    def packages(path):
        lines = (collection.root / path).read_text().splitlines()
        return [line for line in lines if not line.startswith("#")]

    assert packages("tests/integration/requirements.txt") == packages("requirements.txt")


def test_no_sanity_test_is_ignored(collection):
    assert list((collection.root / "tests").glob("sanity/ignore*")) == []
