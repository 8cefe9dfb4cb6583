# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ansible's own findings and the engine's, put together."""

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.audiocodes.live_platform.plugins.module_utils._module.arguments import (
    spell_out,
    texts_for_mappings,
)

SPEC = {
    "licensed_users": {"type": "int"},
    "state": {"type": "str", "choices": ["present", "absent"]},
    "ms_tenant_id": {"type": "str", "required": True},
    "site_location": {"type": "dict", "options": {"sbc_id": {"type": "int"}}},
}


def _errors(**values):
    given = {name: value for name, value in {"ms_tenant_id": "x", **values}.items() if value is not None}
    return ArgumentSpecValidator(SPEC).validate(given).errors


def test_an_unknown_option_has_its_nearest():
    assert spell_out(_errors(licenced_users=1), [], list(SPEC)) == [
        "unknown option 'licenced_users'; nearest: 'licensed_users'"
    ]


def test_an_unknown_option_inside_of_another_one_has_its_place():
    (text,) = spell_out(_errors(site_location={"sbcid": 1}), [], list(SPEC))
    assert text == "unknown option 'site_location.sbcid'; nearest: 'sbc_id'"


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"licensed_users": "many"}, "services[2]: licensed_users must be a whole number from 0, not 'many'"),
        ({"site_location": {"sbc_id": "x"}}, "site_location.sbc_id must be a whole number from 0, not 'x'"),
        ({"state": "gone"}, "services[0]: state must be one of 'present', 'absent'"),
        ({"ms_tenant_id": None}, "services[0]: ms_tenant_id is missing: the Microsoft tenant id of the lead"),
        ({"fullname": "x"}, "services[0]: unknown option 'fullname'; nearest: 'full_name'"),
    ],
)
def test_what_the_engine_says_with_its_place_is_not_said_again(values, problem):
    assert len(_errors(**values).messages) == 1
    assert spell_out(_errors(**values), [problem], list(SPEC)) == [problem]
    assert len(spell_out(_errors(**values), ["something else"], list(SPEC))) == 2


def test_a_text_for_a_mapping_is_named_by_its_place() -> None:
    inner = {"qos": {"type": "dict", "options": {"id": {"type": "str"}}}, "name": {"type": "str"}}
    spec = {**inner, "services": {"type": "list", "elements": "dict", "options": inner}}
    services = [{"qos": {"id": "x"}, "name": "a"}, {"qos": "id=x oops"}, "name=b oops", {"qos": None}]
    said = "must be a dictionary, and the string that was given is none"
    assert texts_for_mappings(spec, {"qos": "id=x", "name": "a text", "services": services}) == [
        f"qos {said}",
        f"services[1].qos {said}",
        f"services[2] {said}",
    ]
