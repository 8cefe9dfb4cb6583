# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is left for Ansible's own masking, as a second net below the engine's."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ansible.module_utils import basic

from ansible_collections.audiocodes.live_platform.plugins.module_utils._module.module import LivePlatformModule
from harness.fakes import OPTIONS

CLIENT_SECRET = "planted-client~secret.77"


@pytest.fixture
def module(monkeypatch: pytest.MonkeyPatch) -> Any:
    options = {**OPTIONS, "client_secret": CLIENT_SECRET}
    monkeypatch.setattr(basic, "_ANSIBLE_ARGS", json.dumps({"ANSIBLE_MODULE_ARGS": options}).encode())
    monkeypatch.setattr(basic, "_ANSIBLE_PROFILE", "legacy", raising=False)
    return LivePlatformModule({})


def test_ansible_masks_the_clients_own_secret_too(module: Any) -> None:
    values = module._without_secrets({"text": f"x {CLIENT_SECRET} y"})
    assert values["text"] == "x ******** y"
    assert CLIENT_SECRET not in json.dumps(values)
    assert module.no_log_values == {CLIENT_SECRET}
