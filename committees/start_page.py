"""What waits for representatives, for the officers of committees, and for the Secretariat."""

from typing import Any

from django.db.models import Count, Prefetch, Q
from django.utils import timezone

from committees.columns.applications import TONES
from committees.enums import ApplicationState
from committees.models import Application, Certificate, Committee, DuesCharge, Elector, Resignation, Seat
from committees.timeline import timelines
from committees.waiting import waiting_for
from members.models import Organisation
from temp_portal.accounts.enums import Role
from temp_portal.accounts.models import User
from temp_portal.accounts.permissions import holds
from temp_portal.accounts.start import block

SHOWN = 20
SHOWN_LATE = 8


@block("me/waiting.html", order=5)
def waiting(user: User) -> dict[str, Any] | None:
    """What the user's organisations have to do. One query for each kind of thing."""
    if not user.has_role(Role.REPRESENTATIVE):
        return None
    own = {each.pk: each for each in Organisation.objects.represented_by(user).select_related("merged_into")}
    return {"waiting": waiting_for(own)}


@block("me/enterprise.html", order=10)
def enterprise(user: User) -> dict[str, Any] | None:
    """The user's organisations, applications and seats. Everybody may apply, so only officers go without."""
    organisations = list(Organisation.objects.represented_by(user).order_by("legal_name", "pk"))
    if not organisations and user.live_grants:
        return None
    rows = Application.objects.of_representative(user).select_related("committee", "organisation")
    applications = list(rows.order_by("-updated_at", "-pk")[:SHOWN])
    events = timelines(applications, for_applicant=True)
    certificates = Prefetch("certificates", queryset=Certificate.objects.valid(), to_attr="valid_certificates")
    charges = Prefetch("dues_charges", queryset=DuesCharge.objects.live(), to_attr="live_charges")
    leaving = Prefetch("resignations", queryset=Resignation.objects.announced(), to_attr="announced")
    seats = Seat.objects.sitting().filter(organisation__in=organisations)
    return {
        "organisations": organisations,
        "applications": [(each, TONES[each.state], events[each.pk]) for each in applications],
        "seats": seats.prefetch_related(certificates, charges, leaving)
        .select_related("committee", "organisation")
        .order_by("organisation__legal_name", "committee__slug", "pk"),
        "certificates_of_past": Certificate.objects.valid()
        .filter(seat__organisation__in=organisations)
        .exclude(seat__in=Seat.objects.sitting())
        .select_related("seat__committee", "seat__organisation")
        .order_by("-seat__valid"),
    }


@block("me/ballots.html", order=15)
def ballots(user: User) -> dict[str, Any] | None:
    """Open votes of councils in which the user has not voted yet."""
    asked = Elector.objects.asked(user).select_related(
        "vote__application__committee", "vote__application__organisation"
    )
    electors = list(asked.order_by("pk")[:SHOWN])
    return {"electors": electors} if electors else None


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
