from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.enums import STATE_TONES, CommitteeState, Sector, TitleSet
from committees.querysets import CommitteeQuerySet
from members.models import Organisation
from temp_portal.audit.history import tracked
from temp_portal.audit.models import Stateful
from temp_portal.core.search import search_key


@tracked()
class Committee(Stateful):
    """An industry working committee; its state changes only through `workflows.committees` (brief §1)."""

    name_en: str
    name_zh_hans: str
    name_ru: str

    slug = models.SlugField(_("address in the portal"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=200)
    mandate = models.TextField(_("mandate"), blank=True)
    sector = models.CharField(_("sector"), max_length=30, choices=Sector)
    industry_codes = models.JSONField(
        _("industry codes"), default=list, blank=True, help_text=_("List of {scheme, version, code}.")
    )
    title_set = models.CharField(_("titles of officers"), max_length=20, choices=TitleSet, default=TitleSet.DIRECTOR)
    state = models.CharField(
        _("state"), max_length=20, choices=CommitteeState, default=CommitteeState.PROPOSED, editable=False
    )
    initiator = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("initiator")
    )
    legal_host = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("legal host")
    )
    host_branch_name = models.CharField(_("name of the host's branch"), max_length=200, blank=True)
    host_branch_founded_on = models.DateField(_("host branch founded on"), null=True, blank=True)
    established_on = models.DateField(_("established on"), null=True, blank=True)
    rules_text = models.TextField(_("working rules"), blank=True)
    benefits = models.TextField(_("what members gain"), blank=True, db_default="")
    contact_email = models.EmailField(_("office e-mail"), blank=True)
    keeps_dues = models.BooleanField(_("collects dues"), default=False, db_default=False, editable=False)
    contact_phone = models.CharField(_("office telephone"), max_length=40, blank=True, db_default="")
    contact_address = models.CharField(_("office address"), max_length=300, blank=True, db_default="")
    contact_languages = ArrayField(
        models.CharField(max_length=10),
        verbose_name=_("languages in which the office answers"),
        default=list,
        db_default=Value([], output_field=ArrayField(models.CharField(max_length=10))),
        blank=True,
    )
    search_key = models.TextField(editable=False, blank=True, default="")
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = CommitteeQuerySet.as_manager()

    class Meta:
        verbose_name = _("committee")
        verbose_name_plural = _("committees")
        ordering = ["slug"]
        indexes = [
            GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name="committee_search"),
            models.Index(fields=["sector", "slug"], name="committee_sector"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, **options: Any) -> None:
        self.search_key = search_key(*filter(None, [self.name_en, self.name_zh_hans, self.name_ru]))
        fields = options.get("update_fields")
        if fields is not None:
            options["update_fields"] = {*fields, "search_key"}
        super().save(**options)

    def get_absolute_url(self) -> str:
        return reverse("committees:committee", args=[self.slug])

    @property
    def state_tone(self) -> str:
        """Tone of the status tag that shows the state."""
        return STATE_TONES[CommitteeState(self.state)]


class Filing(models.Model):
    """A filing for the record (备案) with one recipient; the committee works formally only after it (brief §1)."""

    committee = models.ForeignKey(Committee, models.CASCADE, related_name="filings")
    recipient = models.CharField(_("recipient"), max_length=200)
    filed_on = models.DateField(_("filed on"))
    document = models.CharField(_("document"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("filing")
        verbose_name_plural = _("filings")
        ordering = ["filed_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "recipient"],
                name="filing_unique",
                violation_error_message=_("A filing with this recipient is recorded already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.recipient}, {self.filed_on}"


class Term(models.Model):
    """A term of office (届) of a committee's organs."""

    committee = models.ForeignKey(Committee, models.CASCADE, related_name="terms")
    number = models.PositiveSmallIntegerField(_("number"))
    valid = DateRangeField(_("from, until"))

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "number"],
                name="term_number_unique",
                violation_error_message=_("This committee has a term of this number already."),
            ),
            models.CheckConstraint(
                condition=Q(valid__isempty=False, valid__startswith__isnull=False), name="term_valid_range"
            ),
            ExclusionConstraint(
                name="term_no_overlap",
                expressions=[("committee", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
                violation_error_message=_("Another term of this committee covers some of these days."),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Term %(number)s") % {"number": self.number})

    @property
    def last_day(self) -> date | None:
        """The last day of the term; None while its end is open."""
        return self.valid.upper - timedelta(days=1) if self.valid.upper else None
