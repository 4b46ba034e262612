from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """Design: who may do what."""

    LEADER = "leader", _("Leader (Director-General)")
    CHAIR = "chair", _("Committee chair")
    SECRETARY = "secretary", _("Committee secretary")
    STAFF = "staff", _("Secretariat staff")
    DISTRICT_OFFICER = "district_officer", _("District officer")
    REPRESENTATIVE = "representative", _("Enterprise representative")
    REVIEWER = "reviewer", _("Reviewer")
    ADMINISTRATOR = "administrator", _("Administrator")


class ScopeKind(TextChoices):
    """What a grant is limited to. The id is that of the named record; the platform does not know the table."""

    PLATFORM = "platform", _("whole platform")
    COMMITTEE = "committee", _("committee")
    ORGANISATION = "organisation", _("organisation")
    DISTRICT = "district", _("district")


SCOPE_OF_ROLE = {
    Role.LEADER: ScopeKind.PLATFORM,
    Role.CHAIR: ScopeKind.COMMITTEE,
    Role.SECRETARY: ScopeKind.COMMITTEE,
    Role.STAFF: ScopeKind.PLATFORM,
    Role.DISTRICT_OFFICER: ScopeKind.DISTRICT,
    Role.REPRESENTATIVE: ScopeKind.ORGANISATION,
    Role.REVIEWER: ScopeKind.PLATFORM,
    Role.ADMINISTRATOR: ScopeKind.PLATFORM,
}
