"""What a report may be limited to. The platform knows ids only; the app that owns the records provides the rest."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, Protocol

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from temp_portal.accounts.permissions import AnyUser

#: Names that a heading carries before it counts them instead.
NAMED: Final = 3


class ScopeProvider(Protocol):
    """Committees, as the reports see them."""

    def choices(self, user: "AnyUser") -> Sequence[tuple[int, str]]:
        """Ids and names of those that the user may build a report about."""

    def names(self, ids: Iterable[int]) -> dict[int, str]:
        """Names in the active language by id; ids that are gone are left out."""

    def ids(self, slugs: Iterable[str]) -> list[int]:
        """Ids of these slugs, in their order. Raises LookupError with a message that names the unknown one."""


class _Registry:
    provider: ScopeProvider | None = None


_registry: Final = _Registry()


def provide(provider: ScopeProvider) -> None:
    """Name the provider; called once, from an app's `report_sections`."""
    _registry.provider = provider


def provider() -> ScopeProvider:
    """The provider. Raises ImproperlyConfigured when no app named one."""
    if _registry.provider is None:
        raise ImproperlyConfigured("No app's report_sections provides the scope of reports.")
    return _registry.provider


def label(scope: Sequence[int] | None) -> str:
    """The scope for a heading: up to three names, else how many committees; None is all of them."""
    return labels([scope])[0]


def labels(scopes: Sequence[Sequence[int] | None]) -> list[str]:
    """The same for many reports at once."""
    wanted = {pk for scope in scopes if scope and len(scope) <= NAMED for pk in scope}
    names = provider().names(wanted) if wanted else {}
    return [_label(scope, names) for scope in scopes]


def _label(scope: Sequence[int] | None, names: Mapping[int, str]) -> str:
    if scope is None:
        return _("All committees")
    if len(scope) > NAMED:
        return ngettext("%(count)d committee", "%(count)d committees", len(scope)) % {"count": len(scope)}
    return " · ".join(names.get(pk, f"#{pk}") for pk in scope)
