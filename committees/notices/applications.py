"""What people are told about applications for a seat, from handing in to the conditions of an approval."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from committees.models import (
    AdmissionVote,
    Application,
    Condition,
)
from committees.notices.common import COMMITTEE, DUE, NUMBER, ORGANISATION, REASON, names_of
from temp_portal.notifications.kinds import Context, Kind, every_language, register, translations


def _facts(application: Application) -> Context:
    return {
        "number": application.number,
        "committee": translations(application.committee, "name"),
        "organisation": names_of(application.organisation),
        "due_on": application.due_on,
        "effective_on": application.effective_on,
        "note": application.return_note,
        "reason": application.decision_reason,
    }


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
