"""What people are told about the roles they get and lose, and about elections."""

from django.utils.translation import gettext_lazy as _

from committees.models import (
    ReElection,
)
from committees.notices.common import COMMITTEE, REASON, start_page
from temp_portal.notifications.kinds import Context, Kind, register, translations

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
        link=start_page,
        switchable=False,
    ),
    Kind(
        "role_granted",
        label=_("You have a new role"),
        subject=_("You have a new role: %(role)s"),
        body=_("It holds from today. Your start page shows what waits for you."),
        details=(ROLE, SCOPE),
        link=start_page,
        switchable=False,
    ),
    Kind(
        "role_ended",
        label=_("A role of yours has ended"),
        subject=_("Your role ends: %(role)s"),
        body=_("From %(on)s on you no longer hold it. If you think that this is a mistake, write to the Secretariat."),
        details=(ROLE, SCOPE, REASON),
        link=start_page,
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
