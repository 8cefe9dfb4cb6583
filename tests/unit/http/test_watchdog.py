# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One thread ends what takes too long, however many tasks a process runs, and it goes when it has nothing to do."""

from __future__ import annotations

import os
import threading
import time

import pytest

from ansible_collections.audiocodes.live_platform.plugins.module_utils._http import sockets
from ansible_collections.audiocodes.live_platform.plugins.module_utils._http.transport import (
    Call,
    NoAnswer,
    RequestsTransport,
)


def _watching() -> int:
    return sum(thread.name == "answers-in-time" for thread in threading.enumerate())


def _ask(transport: RequestsTransport) -> NoAnswer:
    with pytest.raises(NoAnswer) as caught:
        transport.exchange(Call("GET", "http://127.0.0.1:1/"), 30.0)
    return caught.value


def test_a_loop_of_tasks_needs_one_thread_which_ends_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sockets, "_LONGEST_SLEEP", 0.3)
    for _item in range(30):
        _ask(RequestsTransport("test", True))
        assert _watching() <= 1
    end = time.monotonic() + 10
    while _watching() and time.monotonic() < end:
        time.sleep(0.05)
    assert _watching() == 0


def test_a_forked_process_has_a_watchdog_of_its_own() -> None:
    before = sockets.watchdog()
    assert sockets.watchdog() is before
    child = os.fork()
    if child == 0:
        os._exit(int(sockets.watchdog() is before))
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_where_no_thread_can_be_started_nothing_is_sent_and_the_next_exchange_is_watched(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    watchdog = sockets.Watchdog()
    monkeypatch.setattr(sockets, "_watchdogs", [watchdog])

    def fail(thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as patched:
        patched.setattr(threading.Thread, "start", fail)
        assert not _ask(RequestsTransport("test", True)).sent
        assert not watchdog._runs
    _ask(RequestsTransport("test", True))
    assert watchdog._runs
