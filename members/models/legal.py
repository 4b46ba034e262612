"""What happens to an organisation as a legal person: it is renamed, divided, taken over, dissolved, or changes hands.

Not to be confused with two records of one organisation that are merged (`members.models.merge`).
"""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.enums import EventKind, OwnershipType, StatementState
from members.models.organisation import Organisation
from members.querysets import LegalEventQuerySet, StatementQuerySet
from temp_portal.audit.facts import append_only
from temp_portal.audit.models import Stateful
from temp_portal.core.db import ClockTimestamp


class LegalEvent(models.Model):
    """A legal event from a day on, by a document. `successor` takes the seats over; `others` came of it as well."""

    kind = models.CharField(_("what happened"), max_length=10, choices=EventKind)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="legal_events", verbose_name=_("organisation")
    )
    successor = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="succeeded", verbose_name=_("successor")
    )
    others = models.ManyToManyField(Organisation, related_name="came_of", blank=True, verbose_name=_("others"))
    effective_on = models.DateField(_("from when"))
    document = models.CharField(_("document"), max_length=300)
    note = models.TextField(_("note"), blank=True)
    recorded_at = models.DateTimeField(_("recorded at"), db_default=ClockTimestamp(), editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    objects = LegalEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event of an organisation")
        verbose_name_plural = _("events of organisations")
        ordering = ["effective_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[EventKind.MERGED, EventKind.SPLIT], successor__isnull=False)
                | Q(kind__in=[EventKind.RENAMED, EventKind.DISSOLVED], successor__isnull=True),
                name="legalevent_successor",
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(kind=EventKind.MERGED) | ~Q(successor=F("organisation")),
                name="legalevent_not_into_itself",
            ),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(kind__in=[EventKind.MERGED, EventKind.DISSOLVED]),
                name="legalevent_one_end",
                violation_error_message=_("The end of this organisation is on record already."),
            ),
        ]
        triggers = [append_only(closing=False)]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.effective_on}"


class FormerName(models.Model):
    """The names that an organisation bore until it was renamed; without a first day, from its beginning."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="former_names")
    event = models.OneToOneField(LegalEvent, models.PROTECT, related_name="former_name")
    valid = DateRangeField(_("borne from, until"))
    legal_name = models.CharField(_("registered name"), max_length=300)
    legal_name_language = models.CharField(_("language of the registered name"), max_length=10, blank=True)
    name = models.CharField(_("name"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
        ordering = ["organisation", "valid"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid__isempty=False, valid__endswith__isnull=False), name="formername_valid_range"
            ),
            ExclusionConstraint(
                name="formername_no_overlap",
                expressions=[("organisation", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            ),
        ]
        triggers = [append_only(closing=False)]

    def __str__(self) -> str:
        return self.name or self.legal_name


class OwnershipStatement(Stateful):
    """What an organisation states about a change of hands, or newer evidence of its ownership; somebody else checks it.

    Nothing counts until it is accepted: the verified ownership is then reclassified, or its evidence renewed.
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="ownership_statements", verbose_name=_("organisation")
    )
    type = models.CharField(_("ownership"), max_length=20, choices=OwnershipType)
    controller = models.CharField(_("actual controller"), max_length=300)
    since = models.DateField(_("holds since"))
    evidence = models.CharField(_("evidence"), max_length=500)
    evidence_on = models.DateField(_("date of the evidence"))
    state = models.CharField(
        _("state"), max_length=10, choices=StatementState, default=StatementState.OPEN, editable=False
    )
    made_at = models.DateTimeField(_("made at"), default=timezone.now, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    decision_reason = models.TextField(_("reason"), blank=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement on ownership")
        verbose_name_plural = _("statements on ownership")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(state=StatementState.OPEN),
                name="ownershipstatement_one_open",
                violation_error_message=_("A statement on the ownership waits to be checked already."),
            ),
            models.CheckConstraint(
                condition=Q(state=StatementState.OPEN, decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state=StatementState.OPEN) & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="ownershipstatement_decided_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_type_display()}"

    def get_absolute_url(self) -> str:
        return reverse("members:statement", args=[self.pk])
