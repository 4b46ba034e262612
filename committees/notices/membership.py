"""What members are told by their committee, and of their membership: certificate, rest, end, events, confirmations."""

from django.utils.translation import gettext_lazy as _

from committees.models import (
    Certificate,
    Committee,
    ConfirmationRound,
    Resignation,
)
from committees.notices.common import COMMITTEE, FROM_WHEN, NUMBER, ORGANISATION, REASON, names_of, start_page
from members.enums import EventKind
from members.models import LegalEvent
from temp_portal.notifications.kinds import Context, Kind, every_language, register, translations

register(
    Kind(
        "committee_message",
        label=_("A committee writes to its members"),
        subject=_("%(committee)s: %(title)s"),
        body="%(text)s",
        details=((_("From"), "sender"), COMMITTEE),
        context=lambda committee: {"committee": translations(committee, "name")},
    )
)


def _certified(certificate: Certificate) -> Context:
    return {
        "number": certificate.number,
        "committee": translations(certificate.seat.committee, "name"),
        "organisation": names_of(certificate.seat.organisation),
    }


register(
    Kind(
        "certificate_issued",
        label=_("A certificate of membership has been issued"),
        subject=_("%(organisation)s has a certificate of %(committee)s"),
        body=_("You find it on your start page, as a sheet to be printed. Anybody can check it by the code on it."),
        details=(NUMBER, ORGANISATION, COMMITTEE),
        context=_certified,
        link=start_page,
    )
)


def _membership(committee: Committee) -> Context:
    return {"committee": translations(committee, "name")}


def _resignation(resignation: Resignation) -> Context:
    return {
        "committee": translations(resignation.seat.committee, "name"),
        "organisation": names_of(resignation.seat.organisation),
        "effective_on": resignation.effective_on,
        "reason": resignation.reason,
    }


def _seat_page(resignation: Resignation) -> str:
    return resignation.seat.get_absolute_url()


DOCUMENT = (_("Decision document"), "document")

register(
    Kind(
        "membership_suspended",
        label=_("A membership has been suspended"),
        subject=_("Your membership in %(committee)s is suspended"),
        body=_("You keep the seat; its rights rest from %(effective_on)s. The reason is given below."),
        details=(ORGANISATION, COMMITTEE, FROM_WHEN, REASON, DOCUMENT),
        context=_membership,
        link=start_page,
        switchable=False,
    ),
    Kind(
        "membership_resumed",
        label=_("A suspension has ended"),
        subject=_("You are a full member of %(committee)s again"),
        body=_("The rights of the seat hold again from %(effective_on)s."),
        details=(ORGANISATION, COMMITTEE, FROM_WHEN, REASON, DOCUMENT),
        context=_membership,
        link=start_page,
    ),
    Kind(
        "membership_ended",
        label=_("A membership has ended"),
        subject=_("Your membership in %(committee)s has ended"),
        body=_("It ended on %(effective_on)s: %(how)s. Certificates show the end from that day on."),
        details=(ORGANISATION, COMMITTEE, FROM_WHEN, REASON, DOCUMENT, (_("How the member was heard"), "heard")),
        context=_membership,
        link=start_page,
        switchable=False,
    ),
    Kind(
        "membership_taken_back",
        label=_("A change of a membership has been taken back"),
        subject=_("What was recorded of your membership in %(committee)s has been taken back"),
        body=_("It was recorded by mistake for %(effective_on)s. Your start page shows how the membership stands."),
        details=(ORGANISATION, COMMITTEE, REASON),
        context=_membership,
        link=start_page,
        switchable=False,
    ),
    Kind(
        "resignation_announced",
        label=_("A member leaves"),
        subject=_("%(organisation)s leaves %(committee)s on %(effective_on)s"),
        body=_("The member has announced it itself. On the day the membership ends without further doing."),
        details=(ORGANISATION, COMMITTEE, FROM_WHEN, REASON),
        context=_resignation,
        link=_seat_page,
    ),
    Kind(
        "resignation_withdrawn",
        label=_("A member stays after all"),
        subject=_("%(organisation)s stays in %(committee)s"),
        body=_("The member has taken its resignation back."),
        details=(ORGANISATION, COMMITTEE),
        context=_resignation,
        link=_seat_page,
    ),
)


def _legal_event(event: LegalEvent) -> Context:
    successor = event.successor if event.successor_id != event.organisation_id else None
    return {
        "organisation": names_of(event.organisation),
        "what": every_language(EventKind(event.kind).label),
        "successor": names_of(successor) if successor else "",
        "effective_on": event.effective_on,
        "document": event.document,
    }


register(
    Kind(
        "legal_event",
        label=_("Something happened to your organisation as a legal person"),
        subject=_("%(organisation)s: %(what)s from %(effective_on)s"),
        body=_("The Secretariat has recorded it, and what becomes of the seats. Your start page shows them."),
        details=(ORGANISATION, (_("Successor"), "successor"), FROM_WHEN, (_("Document"), "document")),
        context=_legal_event,
        link=start_page,
        switchable=False,
    )
)


def _confirmation(asked: ConfirmationRound) -> Context:
    return {"year": asked.year, "due_on": asked.due_on}


register(
    Kind(
        "confirmation_asked",
        label=_("Once a year: are your organisation’s data still right?"),
        subject=_("Please confirm your organisation’s data for %(year)s"),
        body=_("Your start page shows what the portal has on record. If it is right, one click is enough."),
        details=((_("Until"), "due_on"),),
        context=_confirmation,
        link=start_page,
    ),
    Kind(
        "confirmation_reminder",
        label=_("Reminder: your organisation’s data wait to be confirmed"),
        subject=_("Reminder: please confirm your organisation’s data for %(year)s"),
        body=_("Your start page shows what the portal has on record. If it is right, one click is enough."),
        details=((_("Until"), "due_on"),),
        context=_confirmation,
        link=start_page,
    ),
)
