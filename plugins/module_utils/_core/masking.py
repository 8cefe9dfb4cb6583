# Copyright (c) 2026, AudioCodes Live Platform collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Keeping secrets out of everything that leaves the engine.

Two ways together: by place (a value under a key that holds secrets is masked whatever it is) and by value (a known
secret is masked wherever it turns up, also inside a longer text, and in the forms that it may have taken on its way).
Values that cannot be told from ordinary words are masked by place only, so that masking never mangles innocent text.

A key tells by its name that what stands under it is a secret: password, PIN, auth key and their like, also with a typo.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from .secret_encodings import Decoded, encodings_of, has_escapes
from .text import fold, printable, squeeze

MASK = "********"

SHORTEST_SECRET = 6
"""Shorter values are masked by place, not by value."""

NAMING_KEY = "secret_script_parameters"
"""The option by which a mapping names further keys whose values, anywhere below it, are secret."""

_WORDS = """
    absent account active admin administrator adopted audiocodes carrier changed company completed connect created
    customer default deleted deployed details disabled enabled failed guest inactive information internal localhost
    message network operator optional password passwort platform present primary private provider public removed
    request running secret service session siptrunk skipped status string success support system telephony tenant
    unchanged unknown warning welcome
"""
_ORDINARY_WORDS = frozenset(_WORDS.split())
"""Words that the platform and the modules use themselves, and those that anybody takes: no secret by their value."""

_REMEMBERED = 4096
_LONGEST_REMEMBERED = 64
"""Number of strings, and of characters in them, up to which each is masked once: keys and names repeat."""

_FEW = 64
"""Number of beginnings up to which each is looked for alone; more of them by cutting the text into pieces."""

_ANY_CASE = 8
"""Characters from which on a form is looked for in any case."""

_LONGEST_NUMBER = 300
"""Digits; a longer one is no number that anybody compares with."""

_USER_IN_URL = re.compile(r"(?<=://)[^/\s@\"'<>:]*:[^/\s@\"'<>]+(?=@)")
"""A user name with a password, as in ``https://user:password@host``."""


def is_ordinary(value: str) -> bool:
    """Return whether a value cannot be told from ordinary text: too short, or a common word."""
    return len(value.strip()) < SHORTEST_SECRET or fold(value) in _ORDINARY_WORDS


class Secrets:
    """The secrets of one run; safe to use from several threads.

    :param values: secrets.
    :param keys: further keys whose values are secret, in any spelling.
    :param names: values that are known to everybody, such as a customer's name; they are masked by place only.
    """

    def __init__(
        self, values: Iterable[str | None] = (), keys: Iterable[str] = (), names: Iterable[object] = ()
    ) -> None:
        self._lock = threading.Lock()
        self._values: tuple[str, ...] = ()
        self._forms: dict[str, tuple[str, ...]] = {}  # folded, by their first characters
        self._exact: set[str] = set()
        self._numbers: set[float] = set()
        self._masked: dict[str, str] = {}
        self._judgements: dict[str, tuple[str, bool]] = {}
        self._keys = frozenset(squeeze(key) for key in keys)
        self._names = frozenset(str(name) for name in names if name is not None)
        self.add(*values)

    def add(self, *values: str | None) -> None:
        """Learn secrets; those that look like ordinary text are left to masking by place."""
        with self._lock:
            fresh = {value for value in values if value and not is_ordinary(value) and value not in self._names}
            fresh -= set(self._values)
            if not fresh:
                return
            forms = dict(self._forms)
            for value in fresh:
                for form in encodings_of(value) | encodings_of(value.strip()):
                    if len(form) < SHORTEST_SECRET:
                        continue
                    small = form.casefold()
                    known = forms.get(small[:SHORTEST_SECRET], ())
                    if small not in known:
                        forms[small[:SHORTEST_SECRET]] = (*known, small)
                    self._exact.add(form)
                self._numbers |= _as_number(value)
            self._values = (*self._values, *sorted(fresh))
            self._forms = forms
            self._masked, self._judgements = {}, {}

    @property
    def values(self) -> tuple[str, ...]:
        """The secrets that are masked by their value."""
        return self._values

    def learn(self, value: Any, keys: frozenset[str] = frozenset()) -> None:
        """Learn every secret that stands in a structure by its place.

        :param keys: further keys, squeezed, whose values are secret.
        """
        self.add(*self._find(value, keys))

    def _find(self, value: Any, keys: frozenset[str]) -> list[str]:
        found: list[str] = []
        if isinstance(value, Mapping):
            keys = keys | _named_keys(value)
            for key, item in value.items():
                found += _leaves(item) if self._covers(key, keys) else self._find(item, keys)
        elif isinstance(value, (list, tuple)):
            for item in value:
                found += self._find(item, keys)
        return found

    def mask(self, value: Any) -> Any:
        """The same structure with every secret replaced; mappings and lists are copied, never changed.

        Every text in it may be shown, see :func:`printable`.
        """
        return self._mask(value, frozenset())

    def _mask(self, value: Any, keys: frozenset[str]) -> Any:
        if isinstance(value, str):
            return self.mask_text(value)
        if isinstance(value, (dict, Mapping)):  # dict alone is found much faster
            keys = keys | _named_keys(value) if NAMING_KEY in value else keys
            masked = {}
            for key, item in value.items():
                name, secret = self._judge(key, keys)
                masked[name] = self._hidden(item) if secret else self._mask(item, keys)
            return masked
        if isinstance(value, (list, tuple)):
            return [self._mask(item, keys) for item in value]
        if self._numbers and isinstance(value, (int, float)) and value in self._numbers:
            return MASK
        return value

    def _hidden(self, item: Any) -> Any:
        """Return what stands under a secret key, masked whatever it is; a flag or nothing is no secret."""
        if isinstance(item, Mapping):
            return {self.mask_text(str(key)): self._hidden(part) for key, part in item.items()}
        if isinstance(item, (list, tuple)):
            return [self._hidden(part) for part in item]
        return item if item is None or isinstance(item, bool) else MASK

    def _judge(self, key: Any, keys: frozenset[str]) -> tuple[Any, bool]:
        """A key without secrets, and whether what stands under it is one. The same keys come again and again."""
        if keys or not isinstance(key, str):
            return self._judged(key, keys)
        memory = self._judgements
        found = memory.get(key)
        if found is None:
            found = self._judged(key, keys)
            if len(memory) < _REMEMBERED:
                memory[key] = found
        return found

    def _judged(self, key: Any, keys: frozenset[str]) -> tuple[Any, bool]:
        return self.mask_text(key) if isinstance(key, str) else key, self._covers(key, keys)

    def mask_text(self, text: str) -> str:
        """The text with every known secret replaced, in whatever form it stands there, and printable."""
        if len(text) > _LONGEST_REMEMBERED:
            return self._cleared(text)
        memory = self._masked  # of the secrets that are known now; learning another one begins a new one
        masked = memory.get(text)
        if masked is None:
            masked = self._cleared(text)
            if len(memory) < _REMEMBERED:
                memory[text] = masked
        return masked

    def _cleared(self, text: str) -> str:
        if self._forms:
            text = _with_masks(text, sorted(self._places(text)))
        if "@" in text and "://" in text:
            text = _USER_IN_URL.sub(MASK, text)
        return printable(text)

    def _places(self, text: str) -> Iterator[tuple[int, int]]:
        """Return where secrets stand, whatever they are encoded by; places may overlap."""
        yield from self._search(text)
        breaks = "\n" in text or "\r" in text
        if not breaks and not has_escapes(text):
            return
        first, *further = Decoded(text).readings()
        for reading in further:
            yield from (reading.place(*found) for found in self._search(reading.text))
        for reading in (first, *further) if breaks or "\\" in text else ():
            joined = reading.joined()
            yield from (joined.place(*found) for found in self._search(joined.text))

    def _search(self, text: str) -> Iterator[tuple[int, int]]:
        """Return where forms stand in decoded text; one that the end of the text cuts off counts from eight characters
        on.
        """
        small = text.casefold()
        # Folding makes some characters longer
        origin = [at for at, sign in enumerate(text) for _part in sign.casefold()] if len(small) != len(text) else None
        for start in self._starts(small):
            place = small.find(start)
            while place >= 0:
                for form in self._forms[start]:
                    if small.startswith(form, place):
                        begin, end = place, place + len(form)
                        if origin is not None:
                            begin, end = origin[begin], origin[end - 1] + 1
                        if len(form) >= _ANY_CASE or text[begin:end] in self._exact:
                            yield begin, end
                    elif _ANY_CASE <= len(small) - place < len(form) and form.startswith(small[place:]):
                        yield (place if origin is None else origin[place]), len(text)
                place = small.find(start, place + 1)

    def _starts(self, text: str) -> list[str]:
        """The beginnings of forms that stand in the text."""
        forms = self._forms
        if len(forms) <= _FEW:
            return [start for start in forms if start in text]
        pieces = {text[place : place + SHORTEST_SECRET] for place in range(len(text) - SHORTEST_SECRET + 1)}
        return [piece for piece in pieces if piece in forms]

    def covers(self, key: object) -> bool:
        """Return whether a value under this key is masked whatever it is."""
        return self._covers(key, frozenset())

    def _covers(self, key: object, keys: frozenset[str]) -> bool:
        return is_secret_key(key) or bool((self._keys or keys) and squeeze(str(key)) in self._keys | keys)


def _named_keys(value: Mapping[Any, Any]) -> frozenset[str]:
    named = value.get(NAMING_KEY)
    return frozenset(squeeze(str(key)) for key in named) if isinstance(named, (list, tuple)) else frozenset()


def _leaves(item: Any) -> list[str]:
    """Every string and number below a secret key; a secret of a wrong type is a secret all the same."""
    if isinstance(item, Mapping):
        return [leaf for part in item.values() for leaf in _leaves(part)]
    if isinstance(item, (list, tuple)):
        return [leaf for part in item for leaf in _leaves(part)]
    if isinstance(item, str) or (isinstance(item, (int, float)) and not isinstance(item, bool)):
        return [str(item)]
    return []


def _as_number(value: str) -> set[float]:
    """The number that a secret is, if it is one."""
    digits = value.strip()
    if len(digits) > _LONGEST_NUMBER:
        return set()
    try:
        return {int(digits)}
    except ValueError:
        return set()


def _with_masks(text: str, places: list[tuple[int, int]]) -> str:
    """The text with a mask in place of each run of places that overlap."""
    parts: list[str] = []
    done = 0
    for begin, end in places:
        if begin >= done:
            parts += [text[done:begin], MASK]
        done = max(done, end)
    return "".join([*parts, text[done:]])


_SECRET_WORDS = frozenset(
    {
        *("password", "passwd", "passphrase", "passcode", "passwort", "kennwort", "pwd", "pass", "pin", "psk"),
        *("secret", "token", "credential", "authorization"),
    }
)
"""A name whose last word is one of these is secret; numbers after it, and the words below, do not count."""

_KEYS = frozenset({"api", "auth", "private", "secret", "shared", "encryption", "access"})
"""``key`` after one of these is secret."""

_TRAILERS = frozenset({"hash", "value", "text", "string"})

_ENDINGS = (
    *("password", "passwd", "passphrase", "passcode", "passwort", "kennwort", "pwd", "secret", "credential"),
    *("apikey", "privatekey", "authkey", "sharedkey", "accesstoken", "authtoken"),
)
"""For names that are written in one word."""

_SETTINGS = frozenset({"update", "no", "use", "has", "hide", "show"})
"""A name that begins with one of these is a setting about a secret, not the secret."""

_TYPO = 0.85
"""Likeness from which on a word is taken for one of the above with a typo."""

_SHORTEST_TYPO = 5
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+|[^\W\d_]+")


@lru_cache(maxsize=4096)
def is_secret_key(key: object) -> bool:
    """Return whether a value under this key is a secret by its name (API notes, sections 3 and 8)."""
    words = [word.casefold() for word in _WORD.findall(str(key))]
    while len(words) > 1 and words[-1] in _TRAILERS:
        words.pop()
    if not words or words[0] in _SETTINGS:
        return False
    last = words[-1].rstrip("s") if words[-1] not in ("pass",) else words[-1]
    if last in _SECRET_WORDS or (last == "key" and len(words) > 1 and words[-2] in _KEYS):
        return True
    whole = squeeze(str(key)).rstrip("0123456789")
    if whole.endswith(_ENDINGS):
        return True
    return len(last) >= _SHORTEST_TYPO and bool(get_close_matches(last, _SECRET_WORDS, n=1, cutoff=_TYPO))


_IN_JSON = (b"pass", b"pwd", b"secr", b"token", b"credential", b"kennwort", b"authorization", b"psk", b"pin", b"key")
"""A text of JSON without any of these has no key whose value is a secret, but for one with a typo in these letters."""


def may_have_secret_keys(content: bytes) -> bool:
    """Return whether a text of JSON may have a key under which a secret stands; much cheaper than to read all keys."""
    small = content.lower()
    return any(word in small for word in _IN_JSON)
