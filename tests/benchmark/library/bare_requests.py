#!/usr/bin/python
# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The least that a module with requests can be: one GET and nothing else. For the comparison of module starts."""

import requests
from ansible.module_utils.basic import AnsibleModule


def main() -> None:
    """Get the URL."""
    module = AnsibleModule({"url": {"type": "str"}, "token": {"type": "str", "no_log": True}})
    headers = {"Authorization": f"Bearer {module.params['token']}"}
    answer = requests.get(module.params["url"], headers=headers, timeout=30)
    answer.raise_for_status()
    module.exit_json(task=answer.json())


if __name__ == "__main__":
    main()
