"""What waits for representatives, for the officers of committees, and for the Secretariat."""

from typing import Any

from django.db.models import Count, Prefetch, Q
from django.utils import timezone

from committees.columns.applications import TONES
from committees.enums import ApplicationState
from committees.models import Application, Certificate, Committee, Seat
from members.models import Organisation
from temp_portal.accounts.enums import Role
from temp_portal.accounts.models import User
from temp_portal.accounts.permissions import holds
from temp_portal.accounts.start import block

SHOWN = 20
SHOWN_LATE = 8


@block("me/enterprise.html", order=10)
def enterprise(user: User) -> dict[str, Any] | None:
    """The user's organisations, applications and seats. Everybody may apply, so only officers go without."""
    organisations = list(Organisation.objects.represented_by(user).order_by("legal_name", "pk"))
    if not organisations and user.live_grants:
        return None
    applications = Application.objects.of_representative(user).select_related("committee", "organisation")
    certificates = Prefetch("certificates", queryset=Certificate.objects.valid(), to_attr="valid_certificates")
    seats = Seat.objects.sitting().filter(organisation__in=organisations).prefetch_related(certificates)
    return {
        "organisations": organisations,
        "applications": [(each, TONES[each.state]) for each in applications.order_by("-updated_at", "-pk")[:SHOWN]],
        "seats": seats.select_related("committee", "organisation").order_by("committee__slug", "pk"),
    }


@block("me/officer.html", order=20)
def officer(user: User) -> dict[str, Any] | None:
    """The committees that the user keeps or leads, with what waits in each. One query."""
    if not holds(user, Role.SECRETARY, Role.CHAIR):
        return None
    waiting = Q(applications__state=ApplicationState.SUBMITTED)
    overdue = waiting & Q(applications__due_on__lt=timezone.localdate())
    committees = Committee.objects.officers_own(user).annotate(
        waiting=Count("applications", filter=waiting), overdue=Count("applications", filter=overdue)
    )
    return {"committees": committees.order_by("-overdue", "-waiting", "slug")}


@block("me/secretariat.html", order=40)
def secretariat(user: User) -> dict[str, Any] | None:
    """For the Secretariat and its leader: applications over all committees, and the ways to its work."""
    if not holds(user, Role.STAFF, Role.ADMINISTRATOR, Role.LEADER):
        return None
    submitted = Application.objects.for_officers(user).filter(state=ApplicationState.SUBMITTED)
    late = submitted.overdue().select_related("committee", "organisation").order_by("due_on", "pk")
    return {
        "waiting": submitted.count(),
        "overdue": late.count(),
        "late": late[:SHOWN_LATE],
        "manages_roles": user.has_perm("accounts.manage_roles"),
    }
