"""What the pages about a roster file share: who may see them, the way to them, and the course from file to roster."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from committees.enums import SynchronisationState as State
from committees.models import Synchronisation
from committees.views.places import InCommittee
from temp_portal.core.views import Crumb

TONES = {
    State.UPLOADED: "wait",
    State.COMPARING: "info",
    State.COMPARED: "wait",
    State.APPLYING: "info",
    State.APPLIED: "ok",
    State.FAILED: "bad",
    State.TAKEN_BACK: "",
}
_REACHED = {State.UPLOADED: 1, State.COMPARING: 2, State.COMPARED: 2, State.FAILED: 2, State.APPLYING: 3}


class Synchronising(InCommittee):
    """A page for those who keep the roster."""

    for_officers = True
    login_required = True
    rule = "committees.keep_roster"
    place = "roster"

    def crumbs_to(self, *rest: Crumb) -> Sequence[Crumb]:
        """The way from the committees to a page about a file."""
        return [
            Crumb(_("Committees"), reverse("committees:catalogue")),
            Crumb(str(self.committee), self.committee.get_absolute_url()),
            Crumb(_("Roster"), reverse("committees:roster", args=[self.committee.slug])),
            *rest,
        ]

    @property
    def start_url(self) -> str:
        """Where a file is uploaded."""
        return reverse("committees:synchronise", args=[self.committee.slug])


class OfFile(Synchronising):
    """A page about one file of the committee."""

    object: Synchronisation

    def get_queryset(self) -> QuerySet[Synchronisation]:
        rows: QuerySet[Synchronisation] = Synchronisation.objects.filter(committee=self.committee)
        return rows.select_related("committee", "created_by", "applied_by", "job", "recording")

    def get_crumbs(self) -> Sequence[Crumb]:
        return self.crumbs_to(Crumb(_("Synchronise"), self.start_url), Crumb(self.object.name))


def url_of(name: str, synchronisation: Synchronisation) -> str:
    return reverse(f"committees:{name}", args=[synchronisation.committee.slug, synchronisation.pk])


def steps(state: State, reached: int | None = None) -> list[dict[str, Any]]:
    """The course from file to roster, for `components/stages.html`."""
    now = _REACHED.get(state, 4) if reached is None else reached
    labels = [_("Upload"), _("Columns"), _("Comparison"), pgettext("import", "Apply")]
    return [
        {"label": label, "state": "done" if number < now else "now" if number == now else ""}
        for number, label in enumerate(labels)
    ]
