from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from temp_portal.core.markup.ownership import COUNTED
from temp_portal.core.markup.ownership import OwnershipGroup as OwnershipGroup


class OrganisationKind(TextChoices):
    ENTERPRISE = "enterprise", _("enterprise")
    LOCAL_GOVERNMENT = "local_government", _("local government")
    FINANCIAL_INSTITUTION = "financial_institution", _("financial institution")
    UNIVERSITY = "university", _("university")
    THINK_TANK = "think_tank", _("think tank")
    ASSOCIATION = "association", _("association")
    OVERSEAS_NODE = "overseas_node", _("overseas node")
    OTHER = "other", _("other organisation")


class OrganisationStatus(TextChoices):
    ACTIVE = "active", _("active")
    INACTIVE = "inactive", _("inactive")
    DISSOLVED = "dissolved", _("dissolved")


class OwnershipType(TextChoices):
    """Domain brief §2. The unified social credit code does not encode it; it is a dated, evidenced, reviewed fact."""

    CENTRAL_SOE = "central_soe", _("central state-owned enterprise")
    LOCAL_SOE = "local_soe", _("local state-owned enterprise")
    PRIVATE = "private", _("private enterprise")
    HMT = "hmt", _("Hong Kong, Macao, Taiwan capital")
    FOREIGN = "foreign", _("foreign-funded enterprise")
    OVERSEAS = "overseas", _("registered abroad")
    COLLECTIVE = "collective", _("collective enterprise")
    NON_ENTERPRISE = "non_enterprise", _("not an enterprise")


GROUP_OF_TYPE = {
    OwnershipType.CENTRAL_SOE: OwnershipGroup.CENTRAL,
    OwnershipType.LOCAL_SOE: OwnershipGroup.LOCAL,
    OwnershipType.PRIVATE: OwnershipGroup.PRIVATE,
    OwnershipType.HMT: OwnershipGroup.FOREIGN,
    OwnershipType.FOREIGN: OwnershipGroup.FOREIGN,
    OwnershipType.OVERSEAS: OwnershipGroup.FOREIGN,
    OwnershipType.COLLECTIVE: OwnershipGroup.COLLECTIVE,
    OwnershipType.NON_ENTERPRISE: OwnershipGroup.NON_ENTERPRISE,
}

# The four groups of the percentages; the rest of OwnershipGroup stands outside them.
COUNTED_GROUPS = COUNTED


class CountryStanding(TextChoices):
    """Standing of a country towards the SCO; the two historical ones ended with the Tianjin summit (brief §4)."""

    MEMBER = "member", _("member state")
    PARTNER = "partner", _("SCO partner")
    OBSERVER = "observer", _("observer state (until 2025)")
    DIALOGUE_PARTNER = "dialogue_partner", _("dialogue partner (until 2025)")


class ConsentPurpose(TextChoices):
    """What a person is asked for, each by itself; and the notice that the person was shown, which is no question."""

    NOTICE = "notice", _("notice on personal data")
    REPRESENTATION = "representation", _("entering my contact data as representative")
    PUBLICATION = "publication", _("publishing my name")
    CROSS_BORDER = "cross_border", _("handing my data over abroad")


#: What a person agrees to or not. A notice is only shown: nobody withdraws having read it.
ASKED_PURPOSES = (ConsentPurpose.REPRESENTATION, ConsentPurpose.PUBLICATION, ConsentPurpose.CROSS_BORDER)


class ConsentChannel(TextChoices):
    """Where a person agreed or withdrew."""

    PORTAL = "portal", _("in the portal")
    PAPER = "paper", _("on paper, signed")
    EMAIL = "email", _("by e-mail")
    MEETING = "meeting", _("in person, noted")
    ORGANISATION = "organisation", _("told by who entered the person")


class ClaimState(TextChoices):
    """What became of a person's wish to represent an organisation of the register."""

    OPEN = "open", _("waiting for an answer")
    CONFIRMED = "confirmed", _("confirmed")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


# Five working days, whichever weekday a claim was made on.
CLAIM_ANSWERED_WITHIN = timedelta(days=7)


class InvitationState(TextChoices):
    """What became of a letter that asks somebody to represent an organisation."""

    OPEN = "open", _("waiting for an answer")
    ACCEPTED = "accepted", _("accepted")
    REVOKED = "revoked", _("taken back")


class EventKind(TextChoices):
    """What can happen to an organisation as a legal person."""

    RENAMED = "renamed", pgettext_lazy("organisation", "renamed")
    MERGED = "merged", pgettext_lazy("organisation", "taken over")
    SPLIT = "split", pgettext_lazy("organisation", "divided")
    DISSOLVED = "dissolved", pgettext_lazy("organisation", "dissolved")


class StatementState(TextChoices):
    """What became of a statement on ownership."""

    OPEN = "open", pgettext_lazy("statement", "to be checked")
    ACCEPTED = "accepted", pgettext_lazy("statement", "accepted")
    REFUSED = "refused", pgettext_lazy("statement", "refused")


class DismissalState(TextChoices):
    """Whether two records that look like one are known not to be."""

    DISMISSED = "dismissed", _("not the same")
    REOPENED = "reopened", _("suspected again")


class MergeState(TextChoices):
    """Whether two records count as one."""

    MERGED = "merged", _("merged")
    UNDONE = "undone", _("undone")
