# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine is a house with floors: imports go down only, and Ansible is known on the top floor alone."""

import ast

FLOORS = (
    # words, time, files
    {
        "_version",
        "_requirements",
        "_long_texts",
        "_clock",
        "_flow",
        "_errors",
        *("_text", "_typed_values"),
        "_decoded_text",
        "_disguises",
        "_secret_keys",
        "_secrets",
        "_private_files",
        "_folder_probe",
        "_leases",
    },
    # HTTP and authentication
    {"_sockets"},
    {
        "_network_words",
        "_client_certificate",
        "_connection",
        "_transport",
        "_retry",
        "_answers",
        "_token_cache",
        "_auth",
        "_gate",
        "_rate_limit",
        "_http",
    },
    # the API: requests and records
    {
        *("_wire", "_licenses", "_lead", "_service", "_sip_connection", "_sbc", "_calling_profile"),
        *("_script_template", "_task", "_paging", "_fields", "_secret_names", "_api"),
    },
    # many at once, waiting, progress and journal
    {"_crew", "_scheduler", "_pace", "_waiting", "_progress", "_entries", "_journal"},
    # reconciliation, look-ups, names
    {
        *("_request", "_service_list", "_resolution", "_script_variables", "_lead_choice", "_sbc_sources"),
        *("_lead_names", "_script_names", "_sbc_names", "_census", "_differences", "_existing", "_job", "_outcome"),
        *("_lookout", "_plan", "_removal", "_submission", "_reconcile", "_results", "_queries", "_task_query"),
        *("_overview", "_sip_variables", "_agreement", "_display_names", "_required", "_input_list", "_merged"),
        *("_script_types", "_look_alikes"),
        *("_short_names", "_lead_hosts", "_text_input", "_handover"),
    },
    # the glue to Ansible
    {
        "_arguments",
        "_wait_arguments",
        "_service_arguments",
        "_spec_errors",
        "_progress_file",
        "_module",
        "_waiting_module",
    },
)
FLOOR = {name: number for number, names in enumerate(FLOORS) for name in names}
GLUE = len(FLOORS) - 1


def _imports(path):
    """The engine's own files that a file imports, and the other packages."""
    own, other = set(), set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.level:
            own.add(node.module)
        elif isinstance(node, ast.ImportFrom):
            other.add(node.module.split(".")[0])
        elif isinstance(node, ast.Import):
            other |= {name.name.split(".")[0] for name in node.names}
    return own, other


def test_every_file_of_the_engine_has_its_floor(collection):
    files = {path.stem for path in (collection.root / "plugins/module_utils").glob("*.py")}
    assert files == set(FLOOR)


def test_imports_go_down_only(collection):
    wrong = []
    for name, floor in FLOOR.items():
        own, _other = _imports(collection.root / "plugins/module_utils" / f"{name}.py")
        wrong += [f"{name} imports {lower}" for lower in own if FLOOR[lower] > floor]
    assert wrong == []


def test_only_the_glue_knows_ansible(collection):
    for name, floor in FLOOR.items():
        _own, other = _imports(collection.root / "plugins/module_utils" / f"{name}.py")
        assert floor == GLUE or not other & {"ansible", "ansible_collections"}, name


def test_requests_is_imported_in_one_place(collection):
    for name in FLOOR:
        _own, other = _imports(collection.root / "plugins/module_utils" / f"{name}.py")
        assert name == "_transport" or not other & {"requests", "urllib3"}, name
