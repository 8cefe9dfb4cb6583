# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Examples are right: each names modules and options that exist, with values that they take."""

from typing import Any

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

SAMPLES: dict[str, Any] = {
    "raw": {},
    "int": 1,
    "float": 1.0,
    "bool": True,
    "list": [],
    "dict": {},
    "str": "text",
    "path": "/text",
}


def _without_templates(values: dict[str, Any], spec: dict[str, Any]) -> dict[str, Any]:
    """The same options with a sample of the right type, or of the right choice, for every template."""
    return {name: _sample(value, spec.get(name, {})) for name, value in values.items()}


def _sample(value: Any, option: dict[str, Any]) -> Any:
    if isinstance(value, str) and "{{" in value:
        return option.get("choices", [SAMPLES[option.get("type", "str")]])[0]
    if isinstance(value, dict) and "options" in option:
        return _without_templates(value, option["options"])
    if isinstance(value, list) and "options" in option:
        return [_without_templates(item, option["options"]) for item in value]
    return value


def test_every_example_uses_modules_and_options_that_exist(collection):
    seen = set()
    wrong = []
    for place, module, values in collection.tasks():
        if module not in collection.modules:
            wrong.append(f"{place}: no module {module}")
            continue
        seen.add(module)
        spec = collection.argument_spec(module)
        found = ArgumentSpecValidator(spec).validate(_without_templates(values, spec)).error_messages
        wrong += [f"{place}: {module}: {message}" for message in found]
    assert wrong == []
    assert seen == set(collection.modules), "a module without an example"


def test_the_check_sees_a_wrong_option(collection):
    spec = collection.argument_spec("oc_service")
    values = {"ms_tenant_id": "{{ tenant }}", "site_location": {"sbc": 2}}
    found = ArgumentSpecValidator(spec).validate(_without_templates(values, spec)).error_messages
    assert "site_location.sbc" in found[0]


@pytest.mark.parametrize("kind", ["modules", "filter"])
def test_every_plugin_has_documentation_examples_and_return_values(collection, kind):
    for path in sorted((collection.root / "plugins" / kind).glob("*.py")):
        assert {"DOCUMENTATION", "EXAMPLES", "RETURN"} <= set(collection.constants(path)), path.stem


def test_every_filter_that_an_example_uses_exists(collection):
    for place, text in collection.yaml_texts():
        for part in text.split("| audiocodes.live_platform.")[1:]:
            name = part.split("(")[0].split()[0].split(")")[0].rstrip("}\"'")
            assert name in collection.filters, f"{place}: {name}"
