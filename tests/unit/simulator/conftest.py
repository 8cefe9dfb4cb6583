# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulator as a real process, and an HTTP client that is logged in."""

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from simulator.client import Simulator
from simulator.pytest_plugin import simulator, simulator_process

__all__ = ["simulator", "simulator_process"]

BRAD = "f9f53ee0-56e1-43f6-8fe3-5fb322986657"


class Platform:
    """Requests to the platform with a valid token."""

    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {simulator.token()}"

    def ask(self, method: str, path: str, body: Any = None, **more: Any) -> requests.Response:
        """Any request below the base URL."""
        return self.session.request(method, self.simulator.base_url + path, json=body, timeout=10, **more)

    def get(self, path: str, **query: Any) -> Any:
        """The JSON of a GET that has to succeed."""
        response = self.ask("GET", path, params=query)
        assert response.status_code == 200, response.text
        return response.json()

    def create(self, tenant_id: str = BRAD, short_name: str = "Brad01", **more: Any) -> requests.Response:
        """Ask for a service."""
        body = {
            "configurationName": "OcEssential_IPGROUP_TYPE",
            "msTenantId": tenant_id,
            "customerShortName": short_name,
            "scriptParameters": {"ProxySet": "SIPTrunk", "OnlinePstnGateway": "oc1.sandbox2.audiocodes.be"},
            **more,
        }
        return self.ask("POST", "/api/v3/customer", body)

    def created(self, *names: str, **more: Any) -> str:
        """Ask for a service that has to be accepted; the task's id."""
        response = self.create(*names, **more)
        assert response.status_code == 200, response.text
        return str(response.json()["jobId"])

    def task(self, task_id: str) -> Any:
        """A task."""
        return self.get(f"/api/v2/task/{task_id}")

    def service(self, tenant_id: str = BRAD) -> Any:
        """The tenant's OC service as the list shows it, or None."""
        services = self.get("/api/v3/customer", allDetails="true")
        return next((each for each in services if each["MsTenantId"] == tenant_id and each["LicenseType"] > 2), None)

    def lead(self, tenant_id: str = BRAD) -> Any:
        """The tenant's first lead."""
        return self.get("/api/v2/oc/lead", msTenantId=tenant_id)[0]


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever proxy the environment names: the simulator is on this machine."""
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture
def platform(simulator: Simulator) -> Iterator[Platform]:
    """A client of the simulator."""
    client = Platform(simulator)
    yield client
    client.session.close()
