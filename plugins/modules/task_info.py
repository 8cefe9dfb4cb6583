#!/usr/bin/python
# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ansible module: read tasks, or wait for them."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: task_info
short_description: Read tasks, or wait for their end
version_added: 1.0.0
description:
  - Returns the current state of tasks, or with O(wait=true) their state at the end.
  - A failed task is returned like any other task. The module itself fails only if a task cannot be read, or does not
    end in time.
author:
  - AudioCodes Live Platform collection contributors (@audiocodes)
extends_documentation_fragment:
  - audiocodes.live_platform.connection
  - audiocodes.live_platform.wait
  - audiocodes.live_platform.progress
  - audiocodes.live_platform.attributes
  - audiocodes.live_platform.attributes.info
options:
  task_ids:
    description: Ids of the tasks, with their prefix.
    type: list
    elements: str
    required: true
  wait:
    description: Whether to wait for the end of the tasks.
    type: bool
    default: false
seealso:
  - module: audiocodes.live_platform.oc_service
"""

EXAMPLES = r"""
- name: Wait for two tasks
  audiocodes.live_platform.task_info:
    task_ids:
      - wst_80b54f45-6643-4fdf-960a-638c18edb787
      - tsk_185510
    wait: true
  register: tasks

- name: Stop unless both have succeeded
  ansible.builtin.assert:
    that: tasks.tasks | rejectattr('state', 'equalto', 'succeeded') | length == 0
"""

RETURN = r"""
tasks:
  description: The tasks, in the order of O(task_ids).
  returned: success, and when a task does not end in time
  type: list
  elements: dict
  contains:
    id:
      description: Id of the task.
      type: str
      returned: always
    status:
      description: Status as the platform writes it; null when the platform does not know the task.
      type: str
      returned: always
    state:
      description:
        - What the status means, one of C(running), C(succeeded), C(failed) and C(unknown).
        - A status that is not known is never taken for success.
      type: str
      returned: always
    details:
      description: Details, such as C(Converted).
      type: list
      elements: str
      returned: always
    messages:
      description: Execution messages, each with C(level) and C(message).
      type: list
      elements: dict
      returned: always
    output_data:
      description: Output of the task.
      type: dict
      returned: always
    polls:
      description: How often the task was read.
      type: int
      returned: always
    duration:
      description: Seconds during which the task was followed.
      type: float
      returned: always
  sample:
    - id: wst_80b54f45-6643-4fdf-960a-638c18edb787
      status: CompletedSuccess
      state: succeeded
      details: [Converted]
      messages:
        - level: Information
          message: Site created in Ovoc
failure:
  description: What went wrong, and what to do next, see RV(audiocodes.live_platform.oc_service#module:failure).
  returned: failure
  type: dict
"""

from ..module_utils._api.tasks import TaskRequests
from ..module_utils._core.errors import InterruptedRun
from ..module_utils._module.definition import Definition
from ..module_utils._module.sent import SentModule
from ..module_utils._module.waiting_module import PROGRESS_SPEC, WAIT_SPEC, WaitingModule
from ..module_utils._tasks.poller import find_tasks

OPTIONS = {
    "task_ids": {"type": "list", "elements": "str", "required": True},
    **WAIT_SPEC,
    **PROGRESS_SPEC,
    "wait": {"type": "bool", "default": False},
}


def problems(params):
    """Say what is wrong with the options."""
    return [f"task_ids[{number}] is empty" for number, task_id in enumerate(params["task_ids"]) if not task_id.strip()]


def work(module, api):
    """Return the tasks; fail when one does not end in time."""
    tasks, late, signal = find_tasks(api, module.params["task_ids"], module.wait_tools())
    result = {"tasks": [task.to_dict() for task in tasks]}
    if signal:
        error = InterruptedRun(f"The wait was interrupted ({signal})", hint="the tasks go on; run again to wait on")
        result.update(failed=True, msg=error.sentence(), failure=error.to_dict())
    elif late:
        result.update(failed=True, msg=" ".join(f"{error.message}." for error in late), failure=late[0].to_dict())
    return result


MODULE = Definition(OPTIONS, work, WaitingModule.carry_out, TaskRequests, problems=problems)


def main():
    """Run the module."""
    SentModule(MODULE).run()


if __name__ == "__main__":
    main()
