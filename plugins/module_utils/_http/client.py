# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The platform's HTTP: base URL, token, retries, and every bad answer turned into one :class:`ApiError`."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from math import inf
from typing import Any

from .._core.clock import Clock
from .._core.errors import ApiError, LivePlatformError, LoginError
from .._core.masking import Secrets, may_have_secret_keys
from .._core.text import within_limit
from .._core.version import USER_AGENT
from ._auth.client_credentials import NETWORK_HINT
from .answer_body import HINTS, OUTAGE_HINT, Complaint, read_complaint
from .connection import Connection
from .login import token_source
from .rate_limit import RateLimit
from .retry import (
    ONCE,
    READ,
    REFUSED_WITH_RETRY_AFTER,
    TRANSIENT_STATUSES,
    UNIFORM,
    RetryBudget,
    RetryRule,
    is_refusal,
    pause_before,
    read_retry_after,
)
from .transport import Answer, Call, NoAnswer, RequestsTransport, Transport

CHANNEL_HEADER = "X-Ovoc-Channel-Id"

_DOTS = frozenset({".", ".."})


@dataclass(frozen=True)
class _FailedTry:
    """A try that gave no result.

    :param again: another one is allowed.
    :param renew: with another token, at once.
    :param limits: a 429 holds for all requests to the platform.
    """

    error: ApiError
    again: bool
    renew: bool = False
    limits: bool = True


class HttpClient:
    """Sends requests to the platform. Safe to use from several threads.

    :param connection: checked connection options.
    :param secrets: learns every token.
    :param transport: for tests; by default a ``requests`` session per thread.
    :param per_minute: requests to the platform in any minute, at the most.
    :param report: hears what the user should be warned of.
    :param whole_texts: long texts of the platform are not cut.
    :param read_only: nothing but GET and the login is sent; anything else is a defect of the program.
    :param limited: hears of every 429 that makes all requests wait, and how many seconds longer than they did already.
    """

    def __init__(
        self,
        connection: Connection,
        secrets: Secrets,
        *,
        transport: Transport | None = None,
        clock: Clock | None = None,
        budget: RetryBudget | None = None,
        uniform: Callable[[float, float], float] = UNIFORM,
        per_minute: int | None = None,
        limited: Callable[[float], None] = lambda seconds: None,
        report: Callable[[str], None] = lambda text: None,
        whole_texts: bool = False,
        read_only: bool = False,
    ) -> None:
        verify: bool | str = (connection.ca_path or True) if connection.validate_certs else False
        self._connection = connection
        self._secrets = secrets
        self.clock = self._clock = clock or Clock()
        self._transport: Transport = transport or RequestsTransport(USER_AGENT, verify)
        self._budget = budget or RetryBudget()
        self._uniform = uniform
        self._rate_limit = RateLimit(self._clock, per_minute)
        self._limited = limited
        self._whole_texts = whole_texts
        self._read_only = read_only
        self._lock = threading.Lock()
        self.requests: Counter[str] = Counter()
        self._tokens = token_source(connection, self._send_login, secrets, self._clock, report)

    @property
    def platform(self) -> str:
        """The base URL: what tells one platform from another."""
        return self._connection.base_url

    def readable(self, text: str) -> str:
        """A text of the platform as people may read it: without secrets, and of a reasonable length."""
        masked = self._secrets.mask_text(text)
        return masked if self._whole_texts else within_limit(masked)

    @property
    def logins(self) -> int:
        """Logins so far."""
        return self._tokens.logins

    def request(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, Any] | None = None,
        body: Any = None,
        route: str | None = None,
        attempts: int | None = None,
        before_sending: Callable[[], None] = lambda: None,
        rule: RetryRule | None = None,
        about: Callable[[Any], bool] = lambda content: True,
    ) -> Any:
        """Send a request and give back its JSON content.

        :param path: below the base URL, with a leading slash.
        :param route: the path with its ids replaced, under which the request is counted and named.
        :param attempts: sends at the most, when fewer than the budget allows.
        :param rule: whether it may be done twice; by default, only a GET may.
        :param about: whether the content is about the object that was asked for; if not, it is the answer to another
            request, and is not believed.
        :param before_sending: called once, when there is a token and the request may be sent at once; what it raises
            keeps the request from being sent.
        :raises ApiError: there is no usable answer; ``undecided`` is set when a write may have been done all the same.
        :raises LoginError: no token, or none that the platform accepts.
        """
        rule = rule or (READ if method == "GET" else ONCE)
        if self._read_only and not rule.reads:
            raise LivePlatformError(
                f"{method} {route or path} was about to be sent in check mode, which is a defect of the collection. "
                "Nothing was sent",
                operation=f"{method} {route or path}",
                hint="report it, with the task as it was written",
            )
        headers = {}
        if self._connection.ovoc_channel_id is not None:
            headers[CHANNEL_HEADER] = str(self._connection.ovoc_channel_id)
        url = self._connection.base_url + path
        operation = f"{method} {route or path}"
        if not _DOTS.isdisjoint(path.split("/")):  # it would name another object than the one that is meant
            raise ApiError(
                f"{operation}: an id of '.' or '..' names nothing",
                operation=operation,
                hint="check the ids in the request",
            )

        def send(bearer: str) -> Answer:
            return self._exchange(Call(method, url, params or {}, headers, body, bearer=bearer), operation)

        self._tokens.token()
        self._rate_limit.enter()
        before_sending()
        return self._persist(operation, rule, send, about, attempts or self._budget.attempts)

    def _persist(
        self,
        operation: str,
        rule: RetryRule,
        send: Callable[[str], Answer],
        about: Callable[[Any], bool],
        most: int,
    ) -> Any:
        """Send until there is an answer, the rule forbids another try, or the budget is used up."""
        bearer = self._tokens.token()
        renewed = False

        def once(attempt: int) -> Any:
            nonlocal renewed
            try:
                answer = send(bearer)
            except NoAnswer as failed:
                error = _unanswered(operation, rule, failed, attempt)
                return _FailedTry(error, again=not failed.permanent and (rule.repeatable or not failed.sent))
            if 200 <= answer.status < 300:
                with suppress(ValueError):
                    content = self._read(answer) if answer.body.strip() else None
                    if about(content):
                        return content
                    return _FailedTry(_astray(operation, rule, answer, attempt), again=rule.repeatable)
            error, again = self._judge(operation, rule, answer, attempt)
            if answer.status == 401 and not renewed:  # the platform has not worked on it
                renewed = True
                return _FailedTry(error, again=True, renew=True)
            return _FailedTry(error, again)

        def resume(failed: _FailedTry) -> None:
            nonlocal bearer
            if failed.renew:
                bearer = self._renewed(bearer, operation)
            self._rate_limit.enter()

        return self._retry(once, resume, most, self._budget.seconds)

    def _retry(
        self, once: Callable[[int], Any], resume: Callable[[_FailedTry], None], most: int, seconds: float
    ) -> Any:
        """Try until there is a result.

        :param once: one try, by its number; gives the result, or the try that has failed.
        :param resume: called after the pause, before the next try.
        :param most: tries at the most; one after which only the token is renewed does not count.
        :param seconds: for all of them.
        :raises ApiError: of the last try.
        """
        deadline = self._clock.now() + seconds
        attempt = 0
        while True:
            attempt += 1
            failed = once(attempt)
            if not isinstance(failed, _FailedTry):
                return failed
            error = failed.error
            attempt -= failed.renew
            pause = 0.0 if failed.renew else pause_before(attempt, error.retry_after, self._budget, self._uniform)
            if failed.limits and error.http_status == 429 and (longer := self._rate_limit.close(pause)) > 0:
                self._limited(longer)
            if not failed.again or attempt >= most or self._clock.now() + pause > deadline:
                raise error
            self._clock.sleep(pause)
            resume(failed)
            if self._clock.now() > deadline:
                raise error

    def _judge(self, operation: str, rule: RetryRule, answer: Answer, attempt: int) -> tuple[ApiError, bool]:
        """The error that an answer is, and whether the request may be sent again."""
        if 200 <= answer.status < 300:
            return _unreadable(operation, rule, answer, self._complaint(answer), attempt), rule.repeatable
        retry_after = read_retry_after(answer.headers.get("retry-after"), self._clock.wall())
        complaint = self._complaint(answer)
        error = _complaint(operation, rule, answer, complaint, attempts=attempt, retry_after=retry_after)
        stated = retry_after is not None and answer.status in REFUSED_WITH_RETRY_AFTER
        return error, stated or answer.status in rule.statuses

    def _renewed(self, rejected: str, operation: str) -> str:
        """Another token for one that the platform did not accept."""
        try:
            return self._tokens.renew(rejected)
        except LoginError as error:
            error.operation = error.operation or operation
            raise

    def _send_login(self, call: Call) -> Answer:
        """The login: any answer of the authority that is not an outage is given back as it is."""

        def once(attempt: int) -> Answer | _FailedTry:
            try:
                answer = self._exchange(call, "login")
            except NoAnswer as failed:
                return _FailedTry(_unanswered("login", READ, failed, attempt), again=not failed.permanent, limits=False)
            if answer.status not in READ.statuses:
                return answer
            retry_after = read_retry_after(answer.headers.get("retry-after"), self._clock.wall())
            complaint = self._complaint(answer)
            error = _complaint("login", READ, answer, complaint, attempts=attempt, retry_after=retry_after)
            return _FailedTry(error, again=True, limits=False)

        answer: Answer = self._retry(once, lambda failed: None, self._budget.attempts, inf)
        return answer

    def _complaint(self, answer: Answer) -> Complaint:
        with suppress(ValueError):
            self._read(answer)
        return read_complaint(answer.body, self._secrets.mask)

    def _read(self, answer: Answer) -> Any:
        """Return the content of an answer; the secrets in it are learned by their places."""
        content = answer.json()
        if may_have_secret_keys(answer.body):
            with suppress(RecursionError):
                self._secrets.learn(content)
        return content

    def _exchange(self, call: Call, operation: str) -> Answer:
        with self._lock:
            self.requests[operation] += 1
        try:
            return self._transport.exchange(call, self._connection.request_timeout)
        except NoAnswer:
            raise
        except Exception as error:  # nobody has proven that nothing was sent
            raise NoAnswer(f"the exchange failed ({type(error).__name__})", sent=True) from None


def _unanswered(operation: str, rule: RetryRule, failed: NoAnswer, attempts: int) -> ApiError:
    undecided = failed.sent and not rule.repeatable
    return ApiError(
        f"{operation}: {failed.reason}{_tries(attempts)}",
        operation=operation,
        attempts=attempts,
        undecided=undecided,
        transient=not failed.permanent,
        hint=failed.advice or _advice_without_answer(operation, failed),
    )


def _advice_without_answer(operation: str, failed: NoAnswer) -> str:
    if operation == "login":
        return NETWORK_HINT
    if failed.permanent or not failed.sent:
        return "check base_url, the network and, for TLS, ca_path"
    return OUTAGE_HINT


def _astray(operation: str, rule: RetryRule, answer: Answer, attempts: int) -> ApiError:
    """The answer is about something else than what was asked for."""
    return ApiError(
        f"{operation}: the answer names another object than the one that was asked for{_tries(attempts)}",
        operation=operation,
        http_status=answer.status,
        attempts=attempts,
        text="another object",
        undecided=not rule.repeatable,
        transient=True,
        hint="run again; if it stays so, something between here and the platform mixes answers up, such as a proxy",
    )


def _unreadable(operation: str, rule: RetryRule, answer: Answer, complaint: Complaint, attempts: int) -> ApiError:
    text = complaint.text
    return ApiError(
        f"{operation}: the platform answered {answer.status} with something that is not JSON: {text}{_tries(attempts)}",
        operation=operation,
        http_status=answer.status,
        attempts=attempts,
        text=text,
        undecided=not rule.repeatable,
        transient=True,
        hint="check base_url, and whether a proxy stands between here and the platform",
    )


def _complaint(
    operation: str, rule: RetryRule, answer: Answer, complaint: Complaint, *, attempts: int, retry_after: float | None
) -> ApiError:
    status = answer.status
    if 300 <= status < 400:
        return ApiError(
            f"{operation}: the platform redirects elsewhere ({status}), which is not followed",
            operation=operation,
            http_status=status,
            attempts=attempts,
            text="redirect",
            # Some servers redirect to the result of what they have done.
            undecided=not rule.repeatable,
            hint="check base_url: scheme, host and the path /tenantui",
        )
    return ApiError(
        f"{operation}: the platform answered {status}: {complaint.text}{_tries(attempts)}",
        operation=operation,
        http_status=status,
        error_code=complaint.code,
        errors=complaint.errors,
        trace_id=complaint.trace_id,
        attempts=attempts,
        text=complaint.text,
        undecided=not (rule.repeatable or is_refusal(status, retry_after)),
        transient=status in TRANSIENT_STATUSES,
        retry_after=retry_after,
        in_json=_is_json(answer),
        hint=HINTS.get(status, OUTAGE_HINT),
    )


def _is_json(answer: Answer) -> bool:
    """Return whether there is JSON, and something in it."""
    try:
        return bool(answer.json())
    except ValueError:
        return False


def _tries(attempts: int) -> str:
    return f" (tried {attempts} times)" if attempts > 1 else ""
