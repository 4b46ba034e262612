"""Typed reading of environment variables.

A wrong value stops the program with the variable's name and what was expected, before anything is served.
"""

import builtins
import os
from collections.abc import Collection, Mapping
from typing import Final, TypeVar, overload
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE: Final = frozenset({"1", "true", "yes", "on"})
FALSE: Final = frozenset({"0", "false", "no", "off"})

T = TypeVar("T")


class Required:
    """Marks a variable without default: its absence is an error."""


REQUIRED: Final = Required()


class Env:
    """Readers over one mapping of variables.

    Every reader takes the variable's name and an optional default, returned untouched when the variable is unset or
    empty. Without a default the variable is required. All raise ``ImproperlyConfigured`` naming the variable.
    """

    def __init__(self, variables: Mapping[builtins.str, builtins.str]) -> None:
        self.variables = variables

    def _raw(self, name: builtins.str) -> builtins.str:
        return self.variables.get(name, "").strip()

    @overload
    def str(self, name: builtins.str) -> builtins.str: ...
    @overload
    def str(self, name: builtins.str, default: T) -> builtins.str | T: ...
    def str(self, name: builtins.str, default: object = REQUIRED) -> object:
        """Return the text of a variable."""
        return self._raw(name) or _fallback(name, default, "a text")

    @overload
    def bool(self, name: builtins.str) -> builtins.bool: ...
    @overload
    def bool(self, name: builtins.str, default: T) -> builtins.bool | T: ...
    def bool(self, name: builtins.str, default: object = REQUIRED) -> object:
        """Return a switch: 1/true/yes/on or 0/false/no/off, in any case."""
        value = self._raw(name).lower()
        if not value:
            return _fallback(name, default, "1 or 0")
        if value not in TRUE | FALSE:
            raise _wrong(name, value, "1 or 0")
        return value in TRUE

    @overload
    def int(self, name: builtins.str, *, minimum: builtins.int | None = None) -> builtins.int: ...
    @overload
    def int(self, name: builtins.str, default: T, *, minimum: builtins.int | None = None) -> builtins.int | T: ...
    def int(self, name: builtins.str, default: object = REQUIRED, *, minimum: builtins.int | None = None) -> object:
        """Return a whole number, not below ``minimum`` where one is given."""
        value = self._raw(name)
        expected = "a whole number" if minimum is None else f"a whole number of at least {minimum}"
        if not value:
            return _fallback(name, default, expected)
        try:
            number = builtins.int(value)
        except ValueError:
            raise _wrong(name, value, expected) from None
        if minimum is not None and number < minimum:
            raise _wrong(name, value, expected)
        return number

    @overload
    def list(self, name: builtins.str) -> builtins.list[builtins.str]: ...
    @overload
    def list(self, name: builtins.str, default: T) -> builtins.list[builtins.str] | T: ...
    def list(self, name: builtins.str, default: object = REQUIRED) -> object:
        """Return the comma-separated parts of a variable, stripped, without empty ones."""
        value = self._raw(name)
        if not value:
            return _fallback(name, default, "values separated by commas")
        return [part for part in map(builtins.str.strip, value.split(",")) if part]

    @overload
    def url(self, name: builtins.str, *, schemes: Collection[builtins.str]) -> SplitResult: ...
    @overload
    def url(self, name: builtins.str, default: T, *, schemes: Collection[builtins.str]) -> SplitResult | T: ...
    def url(self, name: builtins.str, default: object = REQUIRED, *, schemes: Collection[builtins.str]) -> object:
        """Return an address, split; its scheme is one of ``schemes``. Errors never echo it: it may hold a password."""
        value = self._raw(name)
        expected = "an address beginning with " + " or ".join(f"{scheme}://" for scheme in schemes)
        if not value:
            return _fallback(name, default, expected)
        parts = _split(value)
        if parts is None or parts.scheme not in schemes:
            raise ImproperlyConfigured(f"The environment variable {name} is not valid: give it {expected}.")
        return parts


def _split(value: str) -> SplitResult | None:
    """Return the parts of an address, or None when its port or brackets are malformed."""
    try:
        parts = urlsplit(value)
        return parts if parts.port != 0 else None
    except ValueError:
        return None


def _fallback(name: str, default: object, expected: str) -> object:
    if isinstance(default, Required):
        raise ImproperlyConfigured(f"The environment variable {name} is not set: give it {expected}.")
    return default


def _wrong(name: str, value: str, expected: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"The environment variable {name} has the value {value!r}: give it {expected}.")


env: Final = Env(os.environ)
