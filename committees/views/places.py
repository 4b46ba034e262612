"""What all pages of one committee share: the committee itself, who may be here, and the places beside."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import Model
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.as_of import AsOf
from committees.enums import ApplicationState
from committees.models import Application, Committee, SeatPeriod
from temp_portal.core.views import Crumb, PageMixin, Place


class InCommittee(PageMixin):
    """A page about the committee named in the address. `rule` is checked on it.

    for_officers: only for those who keep or lead the committee and for the Secretariat; others get 404, whoever is not
    signed in is asked to.
    place: key of the sub-navigation's entry that is open.
    """

    for_officers = False
    place = ""
    kwargs: dict[str, Any]

    @cached_property
    def committee(self) -> Committee:
        """The committee, or 404 for whoever does not see it."""
        user = self.request.user
        rows = Committee.objects.kept_by(user) if self.for_officers else Committee.objects.visible_to(user)
        found: Committee = get_object_or_404(rows.select_related("initiator", "legal_host"), slug=self.kwargs["slug"])
        return found

    @cached_property
    def as_of(self) -> AsOf:
        """The day that the page shows."""
        return AsOf.parse(self.request.GET)

    def check(self, rule: str, target: Model | None = None) -> None:
        super().check(rule, target or self.committee)

    def get_crumbs(self) -> Sequence[Crumb]:
        return [Crumb(_("Committees"), reverse("committees:catalogue")), Crumb(str(self.committee))]

    def get_places(self) -> Sequence[Place]:
        return places(self.committee, self.request.user, current=self.place)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = {"committee": self.committee, "as_of": self.as_of, "has_errors": bool(self.as_of.error)}
        return super().get_context_data(**page | kwargs)


def places(committee: Committee, user: Any, *, current: str) -> list[Place]:
    """The committee's sub-navigation; a visitor, who has the overview only, gets none."""
    if not Committee.objects.kept_by(user).filter(pk=committee.pk).exists():
        return []
    waiting = Application.objects.for_officers(user).filter(committee=committee, state=ApplicationState.SUBMITTED)
    sitting = SeatPeriod.objects.of(committee).on(timezone.localdate())
    entries = [
        ("overview", _("Overview"), "committees:committee", None),
        ("roster", _("Roster"), "committees:roster", sitting.count()),
        ("movements", _("What changed"), "committees:movements", None),
        ("applications", _("Applications"), "committees:queue", waiting.count()),
        ("composition", _("Composition"), "committees:composition", None),
        ("dues", _("Dues"), "committees:dues", None),
    ]
    if user.has_perm("committees.view_settings", committee):
        entries.append(("re-election", _("Re-election"), "committees:re-election", None))
        entries.append(("settings", _("Settings"), "committees:settings", None))
    return [
        Place(label, reverse(url, args=[committee.slug]), current=key == current, count=count)
        for key, label, url, count in entries
    ]
