# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The glue between Ansible's modules and the engine: options in, result out, nothing secret on the way.

This is the one file of the engine that knows ``AnsibleModule``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NoReturn

from ansible.module_utils.ansible_release import __version__ as ansible_version
from ansible.module_utils.basic import AnsibleModule

from .._api.client import LivePlatformApi
from .._api.field import Field, groups_with_secrets, public_values, secret_values
from .._core.clock import Clock
from .._core.errors import InputError, LivePlatformError, unforeseen
from .._core.masking import NAMING_KEY, Secrets, is_ordinary
from .._core.requirements import unmet
from .._core.typed_values import bare_token, without_surroundings, words_of
from .._http.client import HttpClient
from .._http.connection import CONNECTION_OPTIONS, Connection, secrets_in_url
from .._http.rate_limit_notice import RateLimitNotice
from .arguments import connection_spec
from .spec_errors import spell_out, texts_for_mappings

Problems = Callable[[Mapping[str, Any]], list[str]]

_VERBOSE = 3
"""-vvv"""

_CREDENTIALS = tuple(option.name for option in CONNECTION_OPTIONS if option.secret)


class LivePlatformModule(AnsibleModule):  # type: ignore[misc]
    """An Ansible module whose bad input is one error that names every problem, and whose output holds no secret.

    :param options: the module's own options.
    :param problems: finds what is wrong with their values; it must cope with values of any type.
    :param fields: the table of those that are sent in a request, which tells what is secret.
    :param items: the option that holds a list of dictionaries with such fields, if there is one.
    """

    def __init__(
        self,
        options: Mapping[str, Any],
        *,
        problems: Problems = lambda params: [],
        fields: Sequence[Field] = (),
        items: str = "",
        **rules: Any,
    ) -> None:
        self.secrets = Secrets()
        self._fields = fields
        self._items = items
        self._find_problems = problems
        self._reported: list[str] = []
        self.clock = Clock()
        self._started = self.clock.now()
        defect: ValueError | None = None
        try:
            super().__init__(argument_spec={**connection_spec(), **options}, supports_check_mode=True, **rules)
        except ValueError as error:
            # How older versions of ansible-core end on a text that is half a mapping, in their search for secrets.
            defect = error
        missing = unmet(ansible_version)
        if missing:
            self.fail(LivePlatformError("; ".join(missing), hint="nothing was sent"))
        if defect is not None:  # not while it is handled, or Ansible would show where it comes from
            self._learn_secrets()
            texts = texts_for_mappings(self.argument_spec, self.params)
            self.fail(InputError(texts) if texts else unforeseen(defect))
        try:
            self._learn_secrets()
            self.connection = Connection.from_options(self.params)
            found = [*self._value_problems(), *self.connection.problems()]
        except Exception as error:
            self.fail(unforeseen(error))
        self.secrets.add(*self.connection.secrets)
        if found:
            self.fail(InputError(found))

    def run(self, work: Callable[[LivePlatformModule, LivePlatformApi], Mapping[str, Any]]) -> NoReturn:
        """Do the work and end the module with its result, or with its error.

        :param work: gives the module's return values; with ``failed`` and ``msg`` among them, the module fails.
        """
        if not self.connection.validate_certs:
            self.report("TLS certificates are not verified, since validate_certs is false; that is for tests only")
        limit = RateLimitNotice(self.say)
        client = HttpClient(
            self.connection,
            self.secrets,
            clock=self.clock,
            per_minute=self.params.get("max_requests_per_minute"),
            limited=limit,
            report=self.report,
            whole_texts=int(self._verbosity) >= _VERBOSE,
            read_only=self.check_mode,
        )
        api = LivePlatformApi(client, self.report)
        try:
            result = dict(work(self, api))
        except LivePlatformError as error:
            self._report_limit(limit)
            self.fail(error)
        except Exception as error:
            self.fail(unforeseen(error))
        self._report_limit(limit)
        message = result.pop("msg", None)
        if result.pop("failed", False):
            self.fail_json(message, **result)
        self.exit_json(**{"changed": False, **result})

    def say(self, line: str) -> None:
        """Tell how it goes, where somebody listens while the module runs."""

    def _report_limit(self, limit: RateLimitNotice) -> None:
        if limit.warning is not None:
            self.report(limit.warning)

    def report(self, message: str) -> None:
        """Warn the user, once for the same thing."""
        if message not in self._reported:
            self._reported.append(message)
            self.warn(self.secrets.mask_text(message))

    def fail(self, error: LivePlatformError, **values: Any) -> NoReturn:
        """End the module with an error."""
        self.fail_json(error.sentence(), failure=error.to_dict(), **values)

    def exit_json(self, **kwargs: Any) -> NoReturn:
        try:
            values = self._without_secrets(kwargs)
        except Exception as error:
            self._fail_bare(error)
        super().exit_json(**values)
        raise AssertionError("exit_json does not return")

    def fail_json(self, msg: str | None, **kwargs: Any) -> NoReturn:
        try:
            errors = getattr(getattr(self, "validation_result", None), "errors", None)
            if errors and "failure" not in kwargs:
                # Ansible itself found the options wrong and would only show the first thing.
                self._learn_secrets()
                found = InputError(spell_out(errors, self._value_problems(), list(self.argument_spec)))
                msg, kwargs["failure"] = found.sentence(), found.to_dict()
            elif "failure" not in kwargs:
                kwargs["failure"] = LivePlatformError(str(msg)).to_dict()
            if kwargs["failure"]["elapsed"] is None:
                kwargs["failure"]["elapsed"] = round(self.clock.now() - self._started, 3)
            text, values = self.secrets.mask_text(str(msg)), self._without_secrets(kwargs)
        except Exception as error:
            self._fail_bare(error)
        super().fail_json(text, **values)
        raise AssertionError("fail_json does not return")

    def _fail_bare(self, error: Exception) -> NoReturn:
        """Not even the result can be made ready: say that and nothing else, since anything else may be secret."""
        defect = unforeseen(error)
        self.no_log_values.clear()
        hidden = {"module_args": "hidden, since the result could not be cleared of secrets"}
        super().fail_json(defect.sentence(), failure=defect.to_dict(), invocation=hidden)
        raise AssertionError("fail_json does not return")

    def _log_invocation(self) -> None:
        """The entry in the system log: names of options only, since script parameters may hold passwords."""
        given = sorted(name for name, value in self.params.items() if value is not None)
        self.log(f"Invoked with the options {', '.join(given)}")

    def _value_problems(self) -> list[str]:
        try:
            return self._find_problems(self.params)
        except (KeyError, TypeError, ValueError, AttributeError):
            return []  # only when Ansible has already found values of a wrong type, which it names

    def _learn_secrets(self) -> None:
        """Learn every secret among the options, also those of services in a list."""
        params = self.params
        extra = params.get(NAMING_KEY) or []
        listed = params.get(self._items)
        items = [item for item in (params, *(listed if isinstance(listed, list) else [])) if isinstance(item, Mapping)]
        secrets = Secrets(
            keys=[str(key) for key in extra] if isinstance(extra, list) else [],
            names=[value for item in items for value in public_values(item, self._fields)],
        )
        secrets.learn(params)
        known = [value for item in items for value in secret_values(item, self._fields)]
        groups = groups_with_secrets(self._fields)
        # A group that was given as a text cannot be told apart into secret and other.
        known += [item[name] for item in items for name in groups if isinstance(item.get(name), str)]
        own = [str(params[name]) for name in _CREDENTIALS if params.get(name) is not None]
        # What was pasted may be more than the secret, which must not show either.
        secrets.add(*known, *own, *map(without_surroundings, own), *map(bare_token, own), *_tokens_in(own))
        for name in ("base_url", "auth_url"):
            secrets.add(*secrets_in_url(params.get(name)))
        self.secrets = secrets

    def _without_secrets(self, values: dict[str, Any]) -> dict[str, Any]:
        """The return values without any secret; the invocation too."""
        # Ansible would mask its own list in every text, a password 'on' in every 'connection' too; ours is the better
        # one. What is left for it is what must not get out even if it stands where nobody has looked.
        self.no_log_values.clear()
        own = [self.params.get(name) for name in _CREDENTIALS]
        self.no_log_values.update(value for value in own if isinstance(value, str) and not is_ordinary(value))
        values.setdefault("invocation", {"module_args": _given(self.params, self._items)})
        cleaned: dict[str, Any] = self.secrets.mask(values)
        for value in values.values():
            if isinstance(value, list):
                value.clear()  # what a thousand services returned must not stand beside the copies that Ansible makes
        return cleaned


def _tokens_in(values: Sequence[str]) -> list[str]:
    return [word for value in values for word in words_of(value)]


def _given(params: Mapping[str, Any], items: str) -> dict[str, Any]:
    """The options, without those that the items of a list do not have; they may have some twenty each."""
    listed = params.get(items)
    if not isinstance(listed, list):
        return dict(params)
    return {**params, items: [_without_nulls(item) for item in listed]}


def _without_nulls(item: Any) -> Any:
    if not isinstance(item, Mapping):
        return item
    return {name: value for name, value in item.items() if value is not None}
