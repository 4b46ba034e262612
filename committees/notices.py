"""What people are told about applications for a seat, about certificates, and about the roles they get and lose."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committees.models import (
    AdmissionVote,
    Application,
    Certificate,
    Committee,
    Condition,
    ConfirmationRound,
    DuesCharge,
    DuesYear,
    ReElection,
    Resignation,
)
from members.enums import EventKind
from members.models import LegalEvent, Organisation
from temp_portal.notifications.kinds import Context, Kind, every_language, register, translations


def _facts(application: Application) -> Context:
    return {
        "number": application.number,
        "committee": translations(application.committee, "name"),
        "organisation": _names(application.organisation),
        "due_on": application.due_on,
        "effective_on": application.effective_on,
        "note": application.return_note,
        "reason": application.decision_reason,
    }


def _names(organisation: Organisation) -> dict[str, str]:
    """The organisation's names; the legal one where the language has none."""
    return {organisation.legal_name_language: organisation.legal_name} | translations(organisation, "name")


NUMBER = (_("Number"), "number")
COMMITTEE = (_("Committee"), "committee")
ORGANISATION = (_("Organisation"), "organisation")
DUE = (_("Decision due on"), "due_on")
REASON = (_("Reason"), "reason")

register(
    Kind(
        "application_submitted",
        label=_("An application has been submitted"),
        subject=_("%(organisation)s applies to %(committee)s"),
        body=_("A decision is due by %(due_on)s. Open the application to approve it, reject it or return it."),
        details=(NUMBER, ORGANISATION, COMMITTEE, DUE),
        context=_facts,
    ),
    Kind(
        "application_received",
        label=_("Your application has been received"),
        subject=_("Application %(number)s to %(committee)s has been received"),
        body=_(
            "The committee's secretariat decides by %(due_on)s. You will be told as soon as it has decided, or if "
            "anything is missing."
        ),
        details=(NUMBER, ORGANISATION, COMMITTEE, DUE),
        context=_facts,
    ),
    Kind(
        "application_returned",
        label=_("Your application has been returned for completion"),
        subject=_("Application %(number)s to %(committee)s needs completing"),
        body=_("Something is missing. Complete the application and submit it again; it keeps its number."),
        details=((_("What is missing"), "note"), NUMBER, ORGANISATION, COMMITTEE),
        context=_facts,
        switchable=False,
    ),
    Kind(
        "application_approved",
        label=_("Your application has been approved"),
        subject=_("%(organisation)s has been admitted to %(committee)s"),
        body=_("The application has been approved. The seat is held from %(effective_on)s."),
        details=(NUMBER, ORGANISATION, COMMITTEE, (_("Member from"), "effective_on"), REASON),
        context=_facts,
        switchable=False,
    ),
    Kind(
        "application_rejected",
        label=_("Your application has been rejected"),
        subject=_("Application %(number)s to %(committee)s has been rejected"),
        body=_("The committee has decided not to admit %(organisation)s. The reason is given below."),
        details=(REASON, NUMBER, ORGANISATION, COMMITTEE),
        context=_facts,
        switchable=False,
    ),
    Kind(
        "application_withdrawn",
        label=_("An application has been withdrawn"),
        subject=_("%(organisation)s has withdrawn its application to %(committee)s"),
        body=_("Nothing remains to be decided on application %(number)s."),
        details=(NUMBER, ORGANISATION, COMMITTEE),
        context=_facts,
    ),
)


register(
    Kind(
        "application_assigned",
        label=_("An application has been assigned to you"),
        subject=_("You are asked to deal with the application of %(organisation)s"),
        body=_("%(who)s has assigned it to you. A decision is due by %(due_on)s."),
        details=(NUMBER, ORGANISATION, COMMITTEE, DUE),
        context=_facts,
    ),
)


def _voted(vote: AdmissionVote) -> Context:
    return _facts(vote.application) | {"outcome": every_language(vote.get_outcome_display())}


def _voted_on(vote: AdmissionVote) -> str:
    """The page of the application, from which the secretary goes on."""
    return vote.application.get_absolute_url()


def _ballots(_vote: AdmissionVote) -> str:
    return reverse("committees:ballot-list")


register(
    Kind(
        "vote_opened",
        label=_("Your council votes on an application"),
        subject=_("%(committee)s: your vote on the application of %(organisation)s"),
        body=_("Open the vote to read the application and to say yes, no or abstain."),
        details=(NUMBER, ORGANISATION, COMMITTEE),
        context=_voted,
        link=_ballots,
        switchable=False,
    ),
    Kind(
        "vote_closed",
        label=_("A vote on an application has been closed"),
        subject=_("The council has voted on the application of %(organisation)s: %(outcome)s"),
        body=_("The application still has to be approved or rejected accordingly."),
        details=(NUMBER, ORGANISATION, COMMITTEE),
        context=_voted,
        link=_voted_on,
    ),
)


def _conditional(condition: Condition) -> Context:
    return _facts(condition.application) | {"condition": condition.text, "condition_due": condition.due_on}


CONDITION = (_("Condition"), "condition")

register(
    Kind(
        "condition_due",
        label=_("A condition of your admission is due"),
        subject=_("%(committee)s: a condition of your admission is due on %(condition_due)s"),
        body=_("Tell the committee's office how it has been fulfilled."),
        details=(CONDITION, ORGANISATION, COMMITTEE),
        context=_conditional,
        switchable=False,
    ),
    Kind(
        "condition_fulfilled",
        label=_("A condition of your admission is fulfilled"),
        subject=_("%(committee)s: a condition of your admission is fulfilled"),
        body=_("The committee has recorded it. Nothing is left to be done about it."),
        details=(CONDITION, ORGANISATION, COMMITTEE),
        context=_conditional,
    ),
    Kind(
        "text_translated",
        label=_("A translation has been added to an application"),
        subject=_("Application %(number)s: a translation has been added"),
        body=_("It stands beside the original, which remains what counts."),
        details=(NUMBER, ORGANISATION, COMMITTEE),
        context=_facts,
    ),
)


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


def _start_page(_subject: object) -> str:
    return str(settings.LOGIN_REDIRECT_URL)


def _certified(certificate: Certificate) -> Context:
    return {
        "number": certificate.number,
        "committee": translations(certificate.seat.committee, "name"),
        "organisation": _names(certificate.seat.organisation),
    }


register(
    Kind(
        "certificate_issued",
        label=_("A certificate of membership has been issued"),
        subject=_("%(organisation)s has a certificate of %(committee)s"),
        body=_("You find it on your start page, as a sheet to be printed. Anybody can check it by the code on it."),
        details=(NUMBER, ORGANISATION, COMMITTEE),
        context=_certified,
        link=_start_page,
    )
)


def _membership(committee: Committee) -> Context:
    return {"committee": translations(committee, "name")}


def _resignation(resignation: Resignation) -> Context:
    return {
        "committee": translations(resignation.seat.committee, "name"),
        "organisation": _names(resignation.seat.organisation),
        "effective_on": resignation.effective_on,
        "reason": resignation.reason,
    }


def _seat_page(resignation: Resignation) -> str:
    return resignation.seat.get_absolute_url()


FROM_WHEN = (_("From when"), "effective_on")
DOCUMENT = (_("Decision document"), "document")

register(
    Kind(
        "membership_suspended",
        label=_("A membership has been suspended"),
        subject=_("Your membership in %(committee)s is suspended"),
        body=_("You keep the seat; its rights rest from %(effective_on)s. The reason is given below."),
        details=(ORGANISATION, COMMITTEE, FROM_WHEN, REASON, DOCUMENT),
        context=_membership,
        link=_start_page,
        switchable=False,
    ),
    Kind(
        "membership_resumed",
        label=_("A suspension has ended"),
        subject=_("You are a full member of %(committee)s again"),
        body=_("The rights of the seat hold again from %(effective_on)s."),
        details=(ORGANISATION, COMMITTEE, FROM_WHEN, REASON, DOCUMENT),
        context=_membership,
        link=_start_page,
    ),
    Kind(
        "membership_ended",
        label=_("A membership has ended"),
        subject=_("Your membership in %(committee)s has ended"),
        body=_("It ended on %(effective_on)s: %(how)s. Certificates show the end from that day on."),
        details=(ORGANISATION, COMMITTEE, FROM_WHEN, REASON, DOCUMENT, (_("How the member was heard"), "heard")),
        context=_membership,
        link=_start_page,
        switchable=False,
    ),
    Kind(
        "membership_taken_back",
        label=_("A change of a membership has been taken back"),
        subject=_("What was recorded of your membership in %(committee)s has been taken back"),
        body=_("It was recorded by mistake for %(effective_on)s. Your start page shows how the membership stands."),
        details=(ORGANISATION, COMMITTEE, REASON),
        context=_membership,
        link=_start_page,
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
        "organisation": _names(event.organisation),
        "what": every_language(EventKind(event.kind).label),
        "successor": _names(successor) if successor else "",
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
        link=_start_page,
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
        link=_start_page,
    ),
    Kind(
        "confirmation_reminder",
        label=_("Reminder: your organisation’s data wait to be confirmed"),
        subject=_("Reminder: please confirm your organisation’s data for %(year)s"),
        body=_("Your start page shows what the portal has on record. If it is right, one click is enough."),
        details=((_("Until"), "due_on"),),
        context=_confirmation,
        link=_start_page,
    ),
)


def _dues_of_year(dues_year: DuesYear) -> Context:
    return {"committee": translations(dues_year.committee, "name"), "year": dues_year.year}


def _dues(charge: DuesCharge) -> Context:
    return {
        "committee": translations(charge.seat.committee, "name"),
        "organisation": _names(charge.seat.organisation),
        "year": charge.dues_year.year,
        "due_on": charge.due_on,
    }


YEAR = (_("Year"), "year")
DUE_ON = (_("Due on"), "due_on")

register(
    Kind(
        "dues_drawn_up",
        label=_("Dues of a year are due"),
        subject=_("Dues for %(year)s to %(committee)s"),
        body=_("The dues are to be paid by %(due_on)s. Your start page shows the amount and has the statement."),
        details=(COMMITTEE, YEAR, DUE_ON),
        context=_dues_of_year,
        link=_start_page,
    ),
    Kind(
        "dues_reminder",
        label=_("Dues are overdue"),
        subject=_("Reminder: dues of %(organisation)s for %(year)s"),
        body=_("%(open)s is still open; it was due on %(due_on)s. Your start page has the statement."),
        details=(ORGANISATION, COMMITTEE, YEAR, DUE_ON, (pgettext_lazy("dues", "Open"), "open")),
        context=_dues,
        link=_start_page,
        switchable=False,
    ),
)

ROLE = (_("Role"), "role")
SCOPE = (_("Where"), "scope")

register(
    Kind(
        "role_invited",
        label=_("You are invited to the portal"),
        subject=_("You are invited to the SCO TEMP portal as %(role)s"),
        body=_(
            "Open the address below and choose a password. It is valid for fourteen days; then ask the Secretariat "
            "for a new one."
        ),
        details=((_("Your personal address"), "address"), ROLE, SCOPE),
        link=_start_page,
        switchable=False,
    ),
    Kind(
        "role_granted",
        label=_("You have a new role"),
        subject=_("You have a new role: %(role)s"),
        body=_("It holds from today. Your start page shows what waits for you."),
        details=(ROLE, SCOPE),
        link=_start_page,
        switchable=False,
    ),
    Kind(
        "role_ended",
        label=_("A role of yours has ended"),
        subject=_("Your role ends: %(role)s"),
        body=_("From %(on)s on you no longer hold it. If you think that this is a mistake, write to the Secretariat."),
        details=(ROLE, SCOPE, REASON),
        link=_start_page,
        switchable=False,
    ),
)


def _election(re_election: ReElection) -> Context:
    return {
        "committee": translations(re_election.committee, "name"),
        "announced_on": re_election.announced_on,
        "announcement": re_election.announcement,
        "assembly_on": re_election.assembly_on,
        "elected_on": re_election.elected_on,
        "minutes": re_election.minutes,
        "term_ends_on": re_election.term_ends_on,
    }


def _committee_page(re_election: ReElection) -> str:
    """The public page: the guided pages of a re-election are for officers."""
    return re_election.committee.get_absolute_url()


ASSEMBLY = (_("Assembly on"), "assembly_on")

register(
    Kind(
        "re_election_announced",
        label=_("A re-election has been announced"),
        subject=_("%(committee)s elects its officers on %(assembly_on)s"),
        body=_("The re-election was decided on %(announced_on)s. The committee's office draws up the slate."),
        details=(COMMITTEE, ASSEMBLY, (_("Decision"), "announcement")),
        context=_election,
        link=_committee_page,
    ),
    Kind(
        "re_election_held",
        label=_("A committee has elected its officers"),
        subject=_("%(committee)s has elected its officers"),
        body=_("The new term begins on %(elected_on)s. The committee's page names the officers."),
        details=(COMMITTEE, (_("Term ends on"), "term_ends_on"), (_("Minutes"), "minutes")),
        context=_election,
        link=_committee_page,
    ),
    Kind(
        "re_election_called_off",
        label=_("A re-election has been called off"),
        subject=_("%(committee)s does not hold the re-election announced for %(assembly_on)s"),
        body=_("The reason is given below. You will be told when it is announced again."),
        details=(REASON, COMMITTEE),
        context=_election,
        link=_committee_page,
    ),
)
