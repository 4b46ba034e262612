"""What people are told about the wish to represent an organisation, and about ownership to be verified."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models import Claim, Invitation, Organisation, Ownership, OwnershipStatement
from temp_portal.notifications.kinds import Context, Kind, register, translations


def _names(organisation: Organisation) -> dict[str, str]:
    """The organisation's names; the registered one where a language has none."""
    return {organisation.legal_name_language or "en": organisation.legal_name} | translations(organisation, "name")


def _claim(claim: Claim) -> Context:
    return {
        "organisation": _names(claim.organisation),
        "who": str(claim.user),
        "post": claim.post,
        "reason": claim.decision_reason,
    }


def _invitation(invitation: Invitation) -> Context:
    return {
        "organisation": _names(invitation.organisation),
        "by": str(invitation.created_by),
        "who": str(invitation.user),
        "post": invitation.post,
        "until": timezone.localdate(invitation.expires_at),
    }


def _organisation(organisation: Organisation) -> Context:
    return {"organisation": _names(organisation)}


def _ownership(ownership: Ownership) -> Context:
    return {
        "organisation": _names(ownership.organisation),
        "controller": ownership.controller,
        "evidence": ownership.evidence,
    }


def _statement(statement: OwnershipStatement) -> Context:
    return {
        "organisation": _names(statement.organisation),
        "controller": statement.controller,
        "evidence": statement.evidence,
        "reason": statement.decision_reason,
    }


def _start_page(_subject: object) -> str:
    return str(settings.LOGIN_REDIRECT_URL)


def _own_claims(_claim: Claim) -> str:
    return reverse("members:own-claims")


ORGANISATION = (_("Organisation"), "organisation")
WHO = (_("Person"), "who")
POST = (_("Post"), "post")
REASON = (_("Reason"), "reason")

register(
    Kind(
        "claim_made",
        label=_("Somebody asks to represent an organisation"),
        subject=_("%(who)s asks to represent %(organisation)s"),
        body=_("The organisation is in the register already. Check that the person may speak for it and decide."),
        details=(WHO, POST, ORGANISATION),
        context=_claim,
    ),
    Kind(
        "claim_made_on_yours",
        label=_("Somebody asks to represent your organisation"),
        subject=_("%(who)s asks to represent %(organisation)s beside you"),
        body=_(
            "You decide, as one who represents it. If you do not know this person, refuse. Whatever stays unanswered "
            "for a week is answered by the Secretariat."
        ),
        details=(WHO, POST, ORGANISATION),
        context=_claim,
        switchable=False,
    ),
    Kind(
        "claim_overdue",
        label=_("A wish to represent an organisation was left unanswered"),
        subject=_("%(who)s has waited for a week to represent %(organisation)s"),
        body=_("Its own representatives have not answered. Check that the person may speak for it and decide."),
        details=(WHO, POST, ORGANISATION),
        context=_claim,
    ),
    Kind(
        "claim_confirmed",
        label=_("You represent an organisation"),
        subject=_("You now represent %(organisation)s"),
        body=_("It has been confirmed. You can apply for a seat in a committee and follow the application."),
        details=(ORGANISATION, POST),
        context=_claim,
        link=_start_page,
        switchable=False,
    ),
    Kind(
        "claim_refused",
        label=_("Your wish to represent an organisation was refused"),
        subject=_("It could not be confirmed that you represent %(organisation)s"),
        body=_("The reason is given below. You may ask again with further evidence."),
        details=(REASON, ORGANISATION),
        context=_claim,
        link=_own_claims,
        switchable=False,
    ),
    Kind(
        "representative_invited",
        label=_("You are asked to represent an organisation"),
        subject=_("%(by)s asks you to represent %(organisation)s in the SCO TEMP portal"),
        body=_("Open the address below to accept. It works once, for this address of yours alone, until %(until)s."),
        details=((_("Your personal address"), "address"), ORGANISATION, POST),
        context=_invitation,
        link=_start_page,
        switchable=False,
    ),
    Kind(
        "representative_joined",
        label=_("Somebody has accepted your invitation"),
        subject=_("%(who)s now represents %(organisation)s beside you"),
        body=_("The invitation that you wrote has been accepted."),
        details=(WHO, POST, ORGANISATION),
        context=_invitation,
    ),
    Kind(
        "representation_ended",
        label=_("You represent an organisation no longer"),
        subject=_("You no longer represent %(organisation)s"),
        body=_("A colleague has ended your access. If you think that this is a mistake, write to the Secretariat."),
        details=(REASON, ORGANISATION),
        context=_organisation,
        link=_start_page,
        switchable=False,
    ),
    Kind(
        "nobody_represents",
        label=_("Nobody represents an organisation any more"),
        subject=_("Nobody represents %(organisation)s any more"),
        body=_("The last person who could act for it in the portal has left. Claims to represent it now come to you."),
        details=(WHO, REASON, ORGANISATION),
        context=_organisation,
    ),
    Kind(
        "ownership_stated",
        label=_("A statement on ownership waits to be checked"),
        subject=_("%(organisation)s states a change of ownership or newer evidence"),
        body=_("The verified ownership stands until a second person has checked the evidence."),
        details=(ORGANISATION, (_("Actual controller"), "controller"), (_("Evidence"), "evidence")),
        context=_statement,
    ),
    Kind(
        "ownership_statement_accepted",
        label=_("Your statement on ownership has been accepted"),
        subject=_("The ownership of %(organisation)s has been verified as stated"),
        body=_("Rosters and reports count it from the stated day."),
        details=(ORGANISATION, (_("Actual controller"), "controller")),
        context=_statement,
        link=_start_page,
    ),
    Kind(
        "ownership_statement_refused",
        label=_("Your statement on ownership has been refused"),
        subject=_("The statement on the ownership of %(organisation)s has been refused"),
        body=_("The reason is given below. You may hand in another one with further evidence."),
        details=(REASON, ORGANISATION),
        context=_statement,
        link=_start_page,
        switchable=False,
    ),
    Kind(
        "ownership_declared",
        label=_("An ownership waits to be verified"),
        subject=_("Ownership of %(organisation)s to be verified"),
        body=_("The organisation has declared its ownership. It counts as unverified until a second person checks it."),
        details=(ORGANISATION, (_("Actual controller"), "controller"), (_("Evidence"), "evidence")),
        context=_ownership,
    ),
    Kind(
        "ownerships_declared",
        label=_("Ownerships from a list wait to be verified"),
        subject=_("Ownerships to be verified: %(count)s"),
        body=_("A list tells who owns organisations. They count as unverified until a second person checks."),
        details=((_("Number"), "count"), (_("Evidence"), "evidence")),
        context=lambda _first: {},
        link=lambda _first: reverse("members:ownerships"),
    ),
)
