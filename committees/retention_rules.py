"""How long applications and contacts are kept (domain brief §9, retention)."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.enums import ApplicationState
from committees.models import Application, Appointment, Seat, Synchronisation
from members.models import Person, Representative
from temp_portal.audit.history import empty_columns
from temp_portal.audit.retention import HALF_A_YEAR, YEAR, rule

ANSWERS = {
    "controller": "",
    "ownership_evidence": "",
    "motivation": "",
    "return_note": "",
    "representative": None,
}
CONTACTS: dict[str, Any] = {"email": "", "phone": "", "languages": []}
READ: dict[str, Any] = {"sample": [], "rows": [], "roster": {}, "choices": {}, "refusals": {}}


def empty_applications(rows: "QuerySet[Any]") -> int:
    """Take out what was answered. Number, organisation, committee, decision and its reason stay for the figures."""
    keys = list(rows.values_list("pk", flat=True))
    for application in Application.objects.filter(pk__in=keys):
        application.given_answers.all().delete()
    return empty_columns(Application.objects.filter(pk__in=keys), ANSWERS)


@rule(
    "applications",
    label=_("Answers in applications that were rejected or withdrawn"),
    kept=YEAR,
    source=_("Twelve months after the decision."),
    action=empty_applications,
)
def applications(before: datetime) -> "QuerySet[Any]":
    ended = Application.objects.filter(state__in=[ApplicationState.REJECTED, ApplicationState.WITHDRAWN])
    is_empty = Q(representative__isnull=True) & Q(
        **{name: value for name, value in ANSWERS.items() if value is not None}
    )
    return ended.filter(Q(decided_at__lt=before) | Q(decided_at=None, updated_at__lt=before)).exclude(is_empty)


def empty_contacts(rows: "QuerySet[Any]") -> int:
    """Take out address, telephone and languages; the name stays with the offices held."""
    return empty_columns(rows, CONTACTS)


@rule(
    "contacts",
    label=_("Contacts of representatives who have left"),
    kept=HALF_A_YEAR,
    source=_("Six months after leaving."),
    action=empty_contacts,
)
def contacts(before: datetime) -> "QuerySet[Any]":
    """People whose last representation ended before, without a seat to represent or an office to hold today."""
    day, today = timezone.localdate(before), timezone.localdate()
    own = Representative.objects.filter(person=OuterRef("pk"))
    going_on = own.filter(Q(valid__endswith__isnull=True) | Q(valid__endswith__gt=day))
    represents = Seat.objects.sitting().filter(representative=OuterRef("pk"))
    holds = Appointment.objects.current().on(today).filter(person=OuterRef("pk"))
    left = Person.objects.filter(Exists(own), ~Exists(going_on), ~Exists(represents), ~Exists(holds))
    return left.filter(erased_at__isnull=True).exclude(email="", phone="", languages=[])


def empty_files(rows: "QuerySet[Any]") -> int:
    """Take out what the files said; that they were there, and what was written, stay."""
    return rows.update(**READ)


@rule(
    "roster-files",
    label=_("Rows of roster files"),
    kept=YEAR,
    source=_("Logs: twelve months."),
    action=empty_files,
)
def roster_files(before: datetime) -> "QuerySet[Any]":
    return Synchronisation.objects.filter(created_at__lt=before).exclude(**READ)
