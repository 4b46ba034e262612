"""What the notices of this folder share: lines under a text, names, the start page."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from members.models import Organisation
from temp_portal.notifications.kinds import translations


def names_of(organisation: Organisation) -> dict[str, str]:
    """The organisation's names; the legal one where the language has none."""
    return {organisation.legal_name_language: organisation.legal_name} | translations(organisation, "name")


NUMBER = (_("Number"), "number")
COMMITTEE = (_("Committee"), "committee")
ORGANISATION = (_("Organisation"), "organisation")
DUE = (_("Decision due on"), "due_on")
REASON = (_("Reason"), "reason")
FROM_WHEN = (_("From when"), "effective_on")


def start_page(_subject: object) -> str:
    return str(settings.LOGIN_REDIRECT_URL)
