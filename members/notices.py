"""What people are told about the wish to represent an organisation, and about ownership to be verified."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from members.models import Claim, Organisation, Ownership
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


def _ownership(ownership: Ownership) -> Context:
    return {
        "organisation": _names(ownership.organisation),
        "controller": ownership.controller,
        "evidence": ownership.evidence,
    }


def _start_page(_subject: object) -> str:
    return str(settings.LOGIN_REDIRECT_URL)


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
        body=_("The Secretariat decides. If you do not know this person, tell the Secretariat at once."),
        details=(WHO, POST, ORGANISATION),
        context=_claim,
        link=lambda claim: claim.organisation.get_absolute_url(),
        switchable=False,
    ),
    Kind(
        "claim_confirmed",
        label=_("You represent an organisation"),
        subject=_("You now represent %(organisation)s"),
        body=_("The Secretariat has confirmed it. You can apply for a seat in a committee and follow the application."),
        details=(ORGANISATION, POST),
        context=_claim,
        link=_start_page,
        switchable=False,
    ),
    Kind(
        "claim_refused",
        label=_("Your wish to represent an organisation was refused"),
        subject=_("The Secretariat could not confirm that you represent %(organisation)s"),
        body=_("The reason is given below. You may ask again with further evidence."),
        details=(REASON, ORGANISATION),
        context=_claim,
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
)
