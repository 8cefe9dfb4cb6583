# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What can go wrong, as exceptions that carry everything a user needs to know.

Every error ends in the ``failure`` return value of a module (``to_dict``): what was attempted, what the platform
said, how often it was tried, the task if there is one, and what to do next. No error ever holds a header or a request
body.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


class LivePlatformError(Exception):
    """Base of all errors of the engine.

    :param message: one sentence for the user.
    :param operation: verb and path of the request, without query and host, for example ``POST /api/v3/customer``.
    :param http_status: status of the answer, when there was one.
    :param error_code: the platform's or Entra's own code (``errorCode``, ``AADSTS…``).
    :param errors: messages per field of a validation answer (API notes, section 1, form 2).
    :param trace_id: ``traceId`` of a problem answer, or Entra's ``trace_id``.
    :param attempts: how often the request was sent.
    :param elapsed: seconds from the beginning of the work until it failed; set where the work ends.
    :param task: the task that this is about, as it is returned to the user.
    :param hint: what to do next.
    """

    default_hint = "see the message; running again is safe"
    """What to do next when nothing better is known. It stands in the failure, not in the sentence."""

    def __init__(
        self,
        message: str,
        *,
        operation: str | None = None,
        http_status: int | None = None,
        error_code: str | None = None,
        errors: Mapping[str, Sequence[str]] | None = None,
        trace_id: str | None = None,
        attempts: int = 0,
        task: Mapping[str, Any] | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.operation = operation
        self.http_status = http_status
        self.error_code = error_code
        self.errors = {key: list(value) for key, value in (errors or {}).items()}
        self.trace_id = trace_id
        self.attempts = attempts
        self.elapsed: float | None = None
        self.task = task
        self.hint = hint

    def sentence(self) -> str:
        """The message with what to do next."""
        message = self.message.rstrip(". ")
        hint = (self.hint or "").strip()
        if not hint:
            return f"{message}."
        if "_" not in hint.split()[0]:  # an option keeps its name
            hint = hint[:1].upper() + hint[1:]
        return f"{message}. {hint}."

    def to_dict(self) -> dict[str, Any]:
        """The ``failure`` return value."""
        return {
            "message": self.message,
            "operation": self.operation,
            "http_status": self.http_status,
            "error_code": self.error_code,
            "errors": self.errors,
            "trace_id": self.trace_id,
            "attempts": self.attempts,
            "elapsed": None if self.elapsed is None else round(self.elapsed, 3),
            "task": dict(self.task) if self.task else None,
            "hint": self.hint or self.default_hint,
        }


class InputError(LivePlatformError):
    """Say that the input cannot work, with every problem; nothing was sent that changes anything."""

    default_hint = "correct the input; nothing was sent that changes anything"

    def __init__(self, problems: Sequence[str], *, hint: str | None = None) -> None:
        self.problems = list(problems)
        count = len(self.problems)
        if count == 1:
            message = self.problems[0]
        else:
            message = f"{count} problems in the input: " + "; ".join(
                f"({number}) {problem}" for number, problem in enumerate(self.problems, 1)
            )
        super().__init__(message, hint=hint)

    def to_dict(self) -> dict[str, Any]:
        return {**super().to_dict(), "problems": self.problems}


class ApiError(LivePlatformError):
    """A request did not get the answer that it needed.

    One type for everything that an answer (or its absence) can be: problem objects, validation errors, bare strings,
    HTML, a cut body, no answer at all (API notes, section 1).

    :param text: what the platform said, in its own words, shortened.
    :param undecided: the request may have done its work although no proper answer came. Never send it again blindly.
    :param transient: the same request may well succeed later.
    :param retry_after: seconds that the platform asked to wait.
    :param in_json: the answer was JSON, as the platform's own errors are, and not the page of a proxy, or nothing.
    """

    def __init__(
        self,
        message: str,
        *,
        text: str = "",
        undecided: bool = False,
        transient: bool = False,
        retry_after: float | None = None,
        in_json: bool = False,
        **facts: Any,
    ) -> None:
        super().__init__(message, **facts)
        self.text = text
        self.in_json = in_json
        self.undecided = undecided
        self.transient = transient
        self.retry_after = retry_after


class LoginError(LivePlatformError):
    """No token could be had, or the platform does not accept the one that it was given."""

    default_hint = "check auth_tenant_id, client_id, client_secret, auth_scope and auth_url"


class LookupFailed(LivePlatformError):
    """Something that the request refers to does not exist, is ambiguous, or is not in the right state."""

    default_hint = "correct the name or the id; the info modules list what there is"


class ConflictError(LivePlatformError):
    """Say that the request contradicts what exists, and that nothing was changed."""

    default_hint = "nothing was changed; decide which of the two is right, then run again"


class UndecidedError(LivePlatformError):
    """A submission may have been taken, and the truth could not be found in time; a later run settles it."""


class InterruptedRun(LivePlatformError):
    """A signal has ended the run before its work was done."""


def unexpected_error(error: BaseException) -> LivePlatformError:
    """A defect of the collection, as an error for the user. Its text may hold anything, so it is not shown."""
    return LivePlatformError(
        f"Unexpected error in the collection ({type(error).__name__} in {_place(error)})",
        hint="please report this with the module, its version and the platform's version",
    )


def _place(error: BaseException) -> str:
    """File and line of an exception: enough for a report, and never secret."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "an unknown place"
    return f"{trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}"
