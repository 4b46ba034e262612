"""Committees as the scope of a report."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from committees.models import Committee

if TYPE_CHECKING:
    from temp_portal.accounts.permissions import AnyUser


class CommitteeScope:
    """Answers `temp_portal.reports.scopes.ScopeProvider` for committees."""

    def choices(self, user: "AnyUser") -> Sequence[tuple[int, str]]:
        """Committees that the user keeps, by name."""
        kept = Committee.objects.kept_by(user)
        return sorted(((committee.pk, str(committee)) for committee in kept), key=lambda choice: choice[1])

    def names(self, ids: Iterable[int]) -> dict[int, str]:
        """Names in the active language by id."""
        return {committee.pk: str(committee) for committee in Committee.objects.filter(pk__in=ids)}

    def ids(self, slugs: Iterable[str]) -> list[int]:
        """Ids in the order of the slugs. Raises LookupError naming the first unknown one."""
        wanted = list(slugs)
        known = dict(Committee.objects.filter(slug__in=wanted).values_list("slug", "pk"))
        for slug in wanted:
            if slug not in known:
                raise LookupError(_("There is no committee with the address “%(slug)s”.") % {"slug": slug})
        return [known[slug] for slug in wanted]
