# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a module does around its work, the same wherever it runs."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._api.client import LivePlatformApi
from ansible_collections.audiocodes.live_platform.plugins.module_utils._core.errors import LookupFailed
from ansible_collections.audiocodes.live_platform.plugins.module_utils._module.definition import (
    Definition,
    ModuleCall,
)
from ansible_collections.audiocodes.live_platform.plugins.module_utils._module.module import LivePlatformModule
from ansible_collections.audiocodes.live_platform.plugins.module_utils._module.sent import SentModule
from ansible_collections.audiocodes.live_platform.plugins.plugin_utils._action.in_process import Conduct, run_in_process
from harness.fakes import OPTIONS
from harness.sent_module import run_as_sent

CLIENT_SECRET = "planted-client~secret.77"
SPEC = {"number": {"type": "int"}, "text": {"type": "str", "default": "here"}}


def _no_work(module: Any, api: Any) -> dict[str, Any]:
    return {"text": f"x {module.params['text']} y", "items": [1, (2, 3)]}


def _fails(module: Any, api: Any) -> dict[str, Any]:
    raise LookupFailed(f"There is nothing for {CLIENT_SECRET}")


def _is_defective(module: Any, api: Any) -> dict[str, Any]:
    raise ZeroDivisionError(CLIENT_SECRET)


def _warns(module: Any, api: Any) -> dict[str, Any]:
    module.report(f"beware of {CLIENT_SECRET}")
    module.report(f"beware of {CLIENT_SECRET}")
    return {"changed": True}


def _definition(work: Any, **more: Any) -> Definition:
    return Definition(SPEC, work, LivePlatformModule.carry_out, LivePlatformApi, **more)


@pytest.fixture(params=["sent", "in process"])
def run(request: Any, capsys: pytest.CaptureFixture[str]) -> Any:
    def sent(work: Any, **options: Any) -> Any:
        given = {**OPTIONS, "client_secret": CLIENT_SECRET, **options}
        run_as_sent(lambda: SentModule(_definition(work)).run(), given)
        return json.loads(capsys.readouterr().out)

    def here(work: Any, **options: Any) -> Any:
        given = {**OPTIONS, "client_secret": CLIENT_SECRET, **options}
        return json.loads(json.dumps(run_in_process(_definition(work), given, Conduct("x"))))

    return sent if request.param == "sent" else here


def test_defaults_are_there_and_values_are_returned(run: Any) -> None:
    result = run(_no_work)
    assert (result["changed"], result["text"], result["items"]) == (False, "x here y", [1, [2, 3]])
    assert result.get("failed", False) is False


def test_the_clients_own_secret_is_masked_everywhere(run: Any) -> None:
    result = run(_no_work, text=CLIENT_SECRET)
    assert result["text"] == "x ******** y"
    assert CLIENT_SECRET not in json.dumps(result)


def test_what_nobody_has_looked_for_is_masked_by_ansible() -> None:
    ended = _definition(_no_work).run(_call())
    assert ended.last_net == {CLIENT_SECRET}


def test_an_error_is_a_failure_with_all_its_facts(run: Any) -> None:
    result = run(_fails)
    assert result["failed"] is True
    assert result["msg"] == "There is nothing for ********."
    assert result["failure"]["hint"].startswith("correct the name")
    assert result["failure"]["elapsed"] >= 0
    assert "exception" not in result


def test_a_defect_is_one_sentence_without_its_text(run: Any) -> None:
    result = run(_is_defective)
    assert result["failed"] is True
    assert "Unexpected error in the collection (ZeroDivisionError in test_module_glue.py:" in result["msg"]
    assert CLIENT_SECRET not in json.dumps(result)


def test_every_wrong_option_is_named(run: Any) -> None:
    result = run(_no_work, number="many", txet="x")
    assert result["failed"] is True
    assert len(result["failure"]["problems"]) == 2
    assert "nearest: 'text'" in result["msg"]


def test_a_warning_is_said_once_and_masked(run: Any) -> None:
    result = run(_warns)
    assert result["changed"] is True
    (warning,) = result["warnings"]
    assert "beware of ********" in str(warning)


def test_a_result_that_cannot_be_cleared_is_hidden_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(secrets: Any, values: Any) -> Any:
        raise RuntimeError(CLIENT_SECRET)

    module = f"{LivePlatformModule.__module__}.Secrets"
    monkeypatch.setattr(f"{module}.mask", broken)
    ended = _definition(_no_work).run(_call())
    assert ended.values["failed"] is True
    assert ended.values["invocation"] == {"module_args": "hidden, since the result could not be cleared of secrets"}
    assert CLIENT_SECRET not in repr(ended.values)


def _call() -> Any:
    return ModuleCall({**OPTIONS, "client_secret": CLIENT_SECRET, "number": None, "text": "here"})
