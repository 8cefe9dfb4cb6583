# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The least that an upload of numbers can be: batches that are submitted one after the other, polled, and read back."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

import requests

PAUSE = 0.3


def main(path: str) -> None:
    """Upload the numbers that a file of variables asks for."""
    wanted = json.loads(Path(path).read_text(encoding="utf-8"))
    base, numbers = os.environ["LIVE_PLATFORM_BASE_URL"], "/api/v3/oc/numbers"
    with requests.Session() as session:
        session.trust_env = False
        session.headers["Authorization"] = f"Bearer {_log_in(session)}"
        tenant = {"msTenantId": wanted["tenant"]}
        tasks = []
        for start in range(wanted["first"], wanted["first"] + wanted["count"], wanted["batch"]):
            body = {
                "usage": "CallingUserAssignment",
                "phoneNumbersList": [f"+{number}" for number in range(start, start + wanted["batch"])],
            }
            answer = session.post(f"{base}/api/v2/oc/numbers/action/upload", params=tenant, json=body, timeout=30)
            answer.raise_for_status()
            tasks.append(answer.json())
        for task in tasks:
            while session.get(f"{base}/api/v2/task/{task}", timeout=30).json()["status"] != "CompletedSuccess":
                time.sleep(PAUSE)
        there = 0
        for page in range(1, wanted["count"] // wanted["page"] + 1):
            paging = {**tenant, "PageNumber": page, "PageSize": wanted["page"]}
            there += len(session.get(f"{base}{numbers}", params=paging, timeout=30).json()["data"])
    if there != wanted["count"]:
        sys.exit(f"{there} numbers are there")


def _log_in(session: requests.Session) -> str:
    environment = os.environ
    answer = session.post(
        f"{environment['LIVE_PLATFORM_AUTH_URL']}/{environment['LIVE_PLATFORM_AUTH_TENANT_ID']}/oauth2/v2.0/token",
        data={
            "grant_type": "client_credentials",
            "client_id": environment["LIVE_PLATFORM_CLIENT_ID"],
            "client_secret": environment["LIVE_PLATFORM_CLIENT_SECRET"],
            "scope": environment["LIVE_PLATFORM_AUTH_SCOPE"],
        },
        timeout=30,
    )
    answer.raise_for_status()
    return str(answer.json()["access_token"])


if __name__ == "__main__":
    main(sys.argv[1])
