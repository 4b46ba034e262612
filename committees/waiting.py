"""What waits for a representative, of all organisations that one acts for, the most pressing first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.enums import ApplicationState, DuesStanding
from committees.models import Application, Condition, Confirmation, DuesCharge, Resignation
from members.models import Organisation, Ownership, OwnershipStatement
from temp_portal.core.markup.figures import money

#: Tones in the order in which they press.
ORDER: Final = ("bad", "warn", "wait", "info")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A line: what it is, of which organisation, until when, where one settles it, and how it presses (a tone)."""

    title: str
    organisation: Organisation
    url: str
    tone: str
    until: date | None = None
    detail: str = ""

    @property
    def line(self) -> str:
        """Of which organisation, and what more there is to say."""
        return " · ".join(filter(None, [str(self.organisation), self.detail]))


def waiting_for(organisations: dict[int, Organisation]) -> list[Waiting]:
    """Everything that these organisations have to do. One query for each kind of thing."""
    if not organisations:
        return []
    found = [
        *_applications(organisations),
        *_conditions(organisations),
        *_dues(organisations),
        *_confirmations(organisations),
        *_evidence(organisations),
        *_resignations(organisations),
    ]
    return sorted(found, key=lambda each: (ORDER.index(each.tone), each.until or date.max))


def _applications(organisations: dict[int, Organisation]) -> Iterator[Waiting]:
    rows = Application.objects.filter(organisation__in=organisations, state=ApplicationState.RETURNED)
    for each in rows.select_related("committee").order_by("pk"):
        title = _("Complete the application to %(committee)s") % {"committee": each.committee}
        url = reverse("committees:apply-application", args=[each.pk])
        yield Waiting(title, organisations[each.organisation_id], url, "warn", detail=each.number)


def _conditions(organisations: dict[int, Organisation]) -> Iterator[Waiting]:
    rows = Condition.objects.filter(application__organisation__in=organisations, fulfilled_at__isnull=True)
    today = timezone.localdate()
    for each in rows.select_related("application__committee"):
        title = _("Condition of %(committee)s") % {"committee": each.application.committee}
        url = reverse("committees:apply-application", args=[each.application_id])
        tone = "bad" if each.due_on < today else "wait"
        yield Waiting(title, organisations[each.application.organisation_id], url, tone, each.due_on, each.text)


def _dues(organisations: dict[int, Organisation]) -> Iterator[Waiting]:
    rows = DuesCharge.objects.live().filter(seat__organisation__in=organisations).with_standing()
    owed = rows.exclude(standing__in=[DuesStanding.PAID, DuesStanding.WAIVED])
    for each in owed.select_related("seat__committee", "dues_year").order_by("due_on", "pk"):
        told = {"year": each.dues_year, "committee": each.seat.committee}
        url = reverse("committees:dues-statement", args=[each.seat_id])
        tone = "bad" if each.standing == DuesStanding.ARREARS else "wait"
        organisation = organisations[each.seat.organisation_id]
        title = _("Dues for %(year)s to %(committee)s") % told
        yield Waiting(title, organisation, url, tone, each.due_on, money(each.open, each.currency))


def _confirmations(organisations: dict[int, Organisation]) -> Iterator[Waiting]:
    rows = Confirmation.objects.waiting().filter(organisation__in=organisations).select_related("round")
    today = timezone.localdate()
    for each in rows.order_by("-round__year")[: len(organisations)]:
        url = reverse("committees:confirm", args=[each.pk])
        tone = "warn" if each.round.due_on < today else "wait"
        yield Waiting(_("Is this still right?"), organisations[each.organisation_id], url, tone, each.round.due_on)


def _evidence(organisations: dict[int, Organisation]) -> Iterator[Waiting]:
    handed_in = OwnershipStatement.objects.waiting().values("organisation")
    old = Ownership.objects.with_old_evidence(timezone.localdate()).filter(organisation__in=organisations)
    for each in old.exclude(organisation__in=handed_in).order_by("organisation"):
        url = reverse("members:ownership-state", args=[each.organisation_id])
        title = _("Hand in newer evidence of the ownership")
        yield Waiting(title, organisations[each.organisation_id], url, "warn", detail=each.evidence)


def _resignations(organisations: dict[int, Organisation]) -> Iterator[Waiting]:
    rows: Any = Resignation.objects.announced().filter(seat__organisation__in=organisations)
    for each in rows.select_related("seat__committee"):
        url = reverse("committees:leave-not", args=[each.pk])
        title = _("You leave %(committee)s") % {"committee": each.seat.committee}
        yield Waiting(title, organisations[each.seat.organisation_id], url, "info", each.effective_on)
