import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.enums import (
    DECIDED_APPLICATION_STATES,
    OPEN_APPLICATION_STATES,
    ApplicationState,
    ChainRole,
)
from committees.models.committee import Committee
from committees.models.questions import QuestionSet
from committees.models.seat import Seat
from committees.querysets import ApplicationQuerySet
from members.enums import OwnershipType
from members.models import Organisation, Person
from temp_portal.audit.history import tracked
from temp_portal.audit.models import Stateful
from temp_portal.core.db import ClockTimestamp


class Bundle(models.Model):
    """Applications of one organisation to several committees that were begun together: while they are drafts, what
    they have in common is written once. Each is decided by itself.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation"))
    created_at = models.DateTimeField(_("created at"), db_default=ClockTimestamp(), editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("applications begun together")
        verbose_name_plural = _("applications begun together")

    def __str__(self) -> str:
        return str(self.organisation)


@tracked()
class Application(Stateful):
    """An organisation asks for a seat in a committee. Decided once: by whom, when, why (brief §1, membership)."""

    number = models.CharField(_("number"), max_length=20, unique=True, null=True, editable=False)
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="applications", verbose_name=_("committee"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="applications", verbose_name=_("organisation")
    )
    state = models.CharField(
        _("state"), max_length=12, choices=ApplicationState, default=ApplicationState.DRAFT, editable=False
    )
    ownership_type = models.CharField(_("declared ownership"), max_length=20, choices=OwnershipType, blank=True)
    controller = models.CharField(_("actual controller"), max_length=300, blank=True)
    ownership_since = models.DateField(_("ownership holds since"), null=True, blank=True)
    ownership_evidence = models.CharField(_("evidence of the ownership"), max_length=500, blank=True)
    industry_codes = models.JSONField(
        _("industry codes"),
        default=list,
        db_default=Value([], output_field=models.JSONField()),
        blank=True,
        help_text=_("List of {scheme, version, code}."),
    )
    chain_role = models.CharField(_("chain role"), max_length=30, choices=ChainRole, blank=True)
    target_countries = ArrayField(
        models.CharField(max_length=2), verbose_name=_("target countries"), default=list, blank=True
    )
    motivation = models.TextField(_("why this committee"), blank=True)
    motivation_language = models.CharField(_("language of the text"), max_length=10, blank=True)
    representative = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("representative")
    )
    question_set = models.ForeignKey(
        QuestionSet,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="applications",
        editable=False,
        verbose_name=_("version of the questions"),
    )
    bundle = models.ForeignKey(
        Bundle,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="applications",
        editable=False,
        verbose_name=_("begun together with"),
    )
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    due_on = models.DateField(_("decision due on"), null=True, blank=True, editable=False)
    clock_days = models.PositiveSmallIntegerField(_("working days for the decision"), null=True, editable=False)
    days_left = models.PositiveSmallIntegerField(
        _("working days left when the clock stopped"), null=True, editable=False
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("assigned to"),
    )
    return_note = models.TextField(_("what is missing"), blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    decision_reason = models.TextField(_("reason of the decision"), blank=True)
    effective_on = models.DateField(_("effective on"), null=True, blank=True)
    seat = models.OneToOneField(
        Seat, models.PROTECT, null=True, blank=True, related_name="application", editable=False, verbose_name=_("seat")
    )
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    updated_at = models.DateTimeField(_("last saved at"), auto_now=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        indexes = [
            models.Index(fields=["committee", "state", "due_on", "id"], name="application_queue"),
            models.Index(fields=["organisation"], name="application_organisation"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "organisation"],
                condition=Q(state__in=OPEN_APPLICATION_STATES),
                name="application_one_open",
                violation_error_message=_("An application of this organisation to this committee is already open."),
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, submitted_by__isnull=True)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="application_submitted_pair",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="application_decided_pair",
            ),
            models.CheckConstraint(
                condition=Q(state__in=DECIDED_APPLICATION_STATES, decided_at__isnull=False)
                | (~Q(state__in=DECIDED_APPLICATION_STATES) & Q(decided_at__isnull=True)),
                name="application_decided_when_decided",
            ),
            models.CheckConstraint(
                condition=~Q(state=ApplicationState.REJECTED) | ~Q(decision_reason=""),
                name="application_rejected_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=ApplicationState.DRAFT) | Q(number__isnull=False), name="application_numbered"
            ),
        ]
        # Frozen figures count applications for their organisation and committee, from the moment they are handed in.
        triggers = [
            pgtrigger.ReadOnly(name="of_whom_and_where", fields=["committee", "organisation"]),
            pgtrigger.Protect(
                name="kept_once_numbered", operation=pgtrigger.Delete, condition=pgtrigger.Q(old__number__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(_("Draft"))

    def get_absolute_url(self) -> str:
        return reverse("committees:application", args=[self.pk])
