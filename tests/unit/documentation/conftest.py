# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The collection's files as the documentation tests read them."""

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[3]
NAME = "audiocodes.live_platform"
PLUGINS = f"ansible_collections.{NAME}.plugins"


class Collection:
    """What the collection consists of, read from its files."""

    root = ROOT

    @property
    def modules(self) -> list[str]:
        return sorted(path.stem for path in (ROOT / "plugins/modules").glob("*.py"))

    @property
    def helpers(self) -> list[str]:
        """Modules that are actions alone, and ask no platform."""
        return [name for name in self.modules if "MODULE" not in vars(self._file("modules", name))]

    @property
    def asking(self) -> list[str]:
        """Modules that ask the platform."""
        return [name for name in self.modules if name not in self.helpers]

    @staticmethod
    def _file(kind: str, name: str) -> Any:
        return importlib.import_module(f"{PLUGINS}.{kind}.{name}")

    @property
    def filters(self) -> list[str]:
        return sorted(path.stem for path in (ROOT / "plugins/filter").glob("*.py"))

    @property
    def roles(self) -> list[str]:
        return sorted(path.name for path in (ROOT / "roles").iterdir())

    def constants(self, path: Path) -> dict[str, str]:
        """The text constants of a Python file: DOCUMENTATION, EXAMPLES, RETURN."""
        return {
            target.id: node.value.value
            for node in ast.parse(path.read_text()).body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name) and isinstance(node.value.value, str)
        }

    def documentation(self, kind: str, name: str) -> dict[str, Any]:
        return yaml.safe_load(self.constants(ROOT / "plugins" / kind / f"{name}.py")["DOCUMENTATION"])

    def argument_spec(self, module: str) -> dict[str, Any]:
        """All options of a module, the connection options among them."""
        if module in self.helpers:
            return dict(self._file("action", module).ActionModule.options)
        own = self._file("modules", module)
        arguments = importlib.import_module(f"{PLUGINS}.module_utils._module.arguments")
        return {**arguments.connection_spec(), **getattr(own, "OPTIONS", {})}

    def role_spec(self, role: str) -> dict[str, Any]:
        content = yaml.safe_load((ROOT / "roles" / role / "meta/argument_specs.yml").read_text())
        return content["argument_specs"]["main"]["options"]

    def yaml_texts(self) -> Iterator[tuple[str, str]]:
        """Every piece of YAML that a user may copy, or that the collection runs, with its place."""
        for kind in ("modules", "filter"):
            for path in sorted((ROOT / "plugins" / kind).glob("*.py")):
                yield f"{kind}/{path.stem}", self.constants(path)["EXAMPLES"]
        for path in (
            ROOT / "README.md",
            *sorted((ROOT / "docs").glob("*.md")),
            *sorted((ROOT / "roles").glob("*/README.md")),
        ):
            for number, block in enumerate(re.findall(r"```yaml\n(.*?)```", path.read_text(), re.DOTALL)):
                yield f"{path.relative_to(ROOT)}#{number}", block
        for pattern in ("roles/*/tasks/*.yml", "playbooks/*.yml"):
            for path in sorted(ROOT.glob(pattern)):
                yield str(path.relative_to(ROOT)), path.read_text()

    def tasks(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Every use of a module of the collection: place, module, options."""
        for place, text in self.yaml_texts():
            for node in _mappings(yaml.safe_load(text)):
                for key, value in node.items():
                    if not isinstance(value, (dict, type(None))):
                        continue
                    module = str(key).removeprefix(f"{NAME}.")
                    if module != key:
                        yield place, module, value or {}


def _mappings(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from _mappings(value)
    elif isinstance(node, list):
        for value in node:
            yield from _mappings(value)


@pytest.fixture(scope="session")
def collection() -> Collection:
    return Collection()
