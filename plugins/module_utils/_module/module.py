# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The glue between Ansible's options and results and the engine: options in, result out, nothing secret on the way.

Nothing in it depends on where the module runs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ansible.module_utils.ansible_release import __version__ as ansible_version

from .._core.clock import Clock
from .._core.errors import InputError, LivePlatformError, unexpected_error
from .._core.masking import MASK, NAMING_KEY, Secrets, is_ordinary
from .._core.typed_values import bare_token, without_surroundings, words_of
from .._core.version import unmet
from .._http.connection import CONNECTION_OPTIONS, secrets_in_url
from .._http.platform import open_platform
from .arguments import spell_out, split_as_mapping, texts_for_mappings
from .definition import INVOCATION, Definition, Ended, ModuleCall, bare_failure

_VERBOSE = 3
"""-vvv"""

_CREDENTIALS = tuple(option.name for option in CONNECTION_OPTIONS if option.secret)


class LivePlatformModule:
    """A call of a module whose bad input is one error that names every problem, and whose result holds no secret."""

    def __init__(self, definition: Definition, call: ModuleCall) -> None:
        self.secrets = Secrets()
        self.params = call.params
        self.check_mode = call.check
        self.clock = Clock()
        self._call = call
        self._definition = definition
        self._reported: list[str] = []
        self._knows_secrets = False
        self._started = self.clock.now()

    @classmethod
    def carry_out(cls, definition: Definition, call: ModuleCall) -> Ended:
        """See :class:`Definition`."""
        module = cls(definition, call)
        try:
            values = module._result()
        except LivePlatformError as error:
            values = module._failure(error)
        except Exception as error:
            if not module._knows_secrets:
                return bare_failure(unexpected_error(error))
            values = module._failure(unexpected_error(error))
        try:
            return module._ended(values)
        except Exception as error:
            # Not even the result can be made ready: say that and nothing else, since anything else may be secret.
            return bare_failure(unexpected_error(error))

    def problems(self) -> list[str]:
        """Return what is wrong with the values of the options."""
        return list(dict.fromkeys([*self._call.wrong_types, *self._definition.problems(self.params)]))

    def say(self, line: str) -> None:
        """Tell how it goes, where somebody listens while the module runs."""

    def report(self, message: str) -> None:
        """Warn the user, once for the same thing."""
        if message not in self._reported:
            self._reported.append(message)

    def _result(self) -> dict[str, Any]:
        """Return what the module returns.

        :raises LivePlatformError: it fails.
        """
        self._check_call()
        platform = open_platform(
            self.params,
            self.secrets,
            self.report,
            problems=self.problems,
            say=self.say,
            clock=self.clock,
            whole_texts=self._call.verbosity >= _VERBOSE,
            read_only=self.check_mode,
        )
        self.connection = platform.connection
        if not self.connection.validate_certs:
            self.report("TLS certificates are not verified, since validate_certs is false; that is for tests only")
        try:
            return {"changed": False, **self._definition.work(self, self._definition.api(platform.client))}
        finally:
            if platform.limit.warning is not None:
                self.report(platform.limit.warning)

    def _check_call(self) -> None:
        """Learn the secrets, and check what Ansible has found.

        :raises LivePlatformError: it has found something, or what the collection needs is not there.
        """
        self._learn_secrets()
        missing = () if self._call.wrong_types else unmet(ansible_version)  # what is refused needs nothing
        if missing:
            raise LivePlatformError("; ".join(missing), hint="nothing was sent")
        spec, call = self._definition.argument_spec, self._call
        if call.defect is not None:
            texts = texts_for_mappings(spec, self.params)
            raise InputError(texts) if texts else unexpected_error(call.defect)
        if call.errors:
            # Ansible itself would only show the first thing.
            raise InputError(spell_out(call.errors, self._problems_in_spite_of_errors(), list(spec)))

    def _problems_in_spite_of_errors(self) -> list[str]:
        try:
            return self.problems()
        except (KeyError, TypeError, ValueError, AttributeError):
            return list(self._call.wrong_types)  # Ansible has found other values of a wrong type, which it names

    def _failure(self, error: LivePlatformError) -> dict[str, Any]:
        return {"failed": True, "msg": error.sentence(), "failure": error.to_dict()}

    def _ended(self, values: dict[str, Any]) -> Ended:
        if values.get("failed") and values["failure"]["elapsed"] is None:
            values["failure"]["elapsed"] = round(self.clock.now() - self._started, 3)
        own = [self.params.get(name) for name in _CREDENTIALS]
        last_net = frozenset(value for value in own if isinstance(value, str) and not is_ordinary(value))
        values = {INVOCATION: {"module_args": _given(self.params, self._definition)}, **values}
        cleaned: dict[str, Any] = self.secrets.mask(values)
        for value in values.values():
            if isinstance(value, list):
                value.clear()  # what a thousand services returned must not stand beside the copies that Ansible makes
        return Ended(cleaned, [self.secrets.mask_text(message) for message in self._reported], last_net)

    def _learn_secrets(self) -> None:
        """Learn every secret among the options, also those of services in a list."""
        params = self.params
        extra = params.get(NAMING_KEY) or []
        listed = params.get(self._definition.items)
        items = [item for item in (params, *(listed if isinstance(listed, list) else [])) if isinstance(item, Mapping)]
        secrets = Secrets(
            keys=[*map(str, extra if isinstance(extra, list) else ()), *self._definition.secret_names(params)],
            names=[value for item in items for value in self._definition.public_and_secret(item)[0]],
        )
        secrets.learn(params)
        known = [value for item in items for value in self._definition.public_and_secret(item)[1]]
        known += [piece for text in self._call.unsplit for piece in (text, *split_as_mapping(text))]
        own = [str(params[name]) for name in _CREDENTIALS if params.get(name) is not None]
        # What was pasted may be more than the secret, which must not show either.
        secrets.add(*known, *own, *map(without_surroundings, own), *map(bare_token, own), *_tokens_in(own))
        for name in ("base_url", "auth_url"):
            secrets.add(*secrets_in_url(params.get(name)))
        self.secrets, self._knows_secrets = secrets, True


def _tokens_in(values: Sequence[str]) -> list[str]:
    return [word for value in values for word in words_of(value)]


def _given(params: Mapping[str, Any], definition: Definition) -> dict[str, Any]:
    """The options, without those that the items of a list do not have; they may have some twenty each."""
    items, keys = definition.items, definition.item_keys
    listed = params.get(items)
    if not isinstance(listed, list):
        return dict(params)
    return {**params, items: [_repeated(item, keys) for item in listed]}


def _repeated(item: Any, keys: Sequence[str]) -> Any:
    """Return what the result repeats of an item.

    :param keys: these only; an empty one: all.
    """
    if not isinstance(item, Mapping):
        return MASK if keys else item
    return {name: value for name, value in item.items() if value is not None and (not keys or name in keys)}
