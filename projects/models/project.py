from typing import TYPE_CHECKING, Any, ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from committees.models import Committee
from members.models import Organisation
from projects.enums import DatePrecision, ParticipantRole, Stage, Visibility
from projects.models.guards import (
    consortium_guards_of_participant,
    consortium_guards_of_project,
    one_level_of_parts,
    shares_within_the_whole,
    starts_before_it_ends,
)
from projects.querysets import ProjectQuerySet
from temp_portal.audit.history import tracked
from temp_portal.audit.models import Stateful
from temp_portal.core.db import ClockTimestamp
from temp_portal.core.search import search_key

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def _date(label: "StrOrPromise") -> "models.DateField[Any, Any]":
    return models.DateField(label, null=True, blank=True)


def _precision() -> "models.CharField[Any, Any]":
    return models.CharField(_("precision"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY)


@tracked()
class Project(Stateful):
    """A cross-border industrial project (brief §7). The stage changes only through `workflows`."""

    state_field: ClassVar[str] = "stage"

    title_en: str
    title_zh_hans: str
    title_ru: str

    code = models.CharField(_("code"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=500)
    summary = models.TextField(_("summary"), blank=True)
    stage = models.CharField(_("stage"), max_length=3, choices=Stage, default=Stage.S0, editable=False)
    sector_scheme = models.CharField(_("sector scheme"), max_length=20, blank=True)
    sector_code = models.CharField(_("sector code"), max_length=10, blank=True)
    sector_name = models.CharField(_("sector"), max_length=200, blank=True)
    lead = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lead enterprise")
    )
    committees = models.ManyToManyField(
        Committee, through="Sponsorship", related_name="projects", verbose_name=_("sponsor committees")
    )
    visibility = models.CharField(_("visible to"), max_length=12, choices=Visibility, default=Visibility.PUBLIC)
    start_planned = _date(_("planned start"))
    start_planned_precision = _precision()
    start_actual = _date(_("actual start"))
    start_actual_precision = _precision()
    end_planned = _date(_("planned end"))
    end_planned_precision = _precision()
    end_actual = _date(_("actual end"))
    end_actual_precision = _precision()
    is_consortium = models.BooleanField(
        _("consortium"),
        db_default=False,
        default=False,
        help_text=_("One lead and its partners, two enterprises or more, whose shares make 100 %."),
    )
    in_totals = models.BooleanField(
        _("counted in totals"), default=True, help_text=_("Umbrella and unreliable records are kept but not added up.")
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("part of")
    )
    source = models.CharField(_("source"), max_length=60, blank=True)
    source_id = models.CharField(_("id in the source"), max_length=200, blank=True)
    source_fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    search_key = models.TextField(editable=False, blank=True, default="")
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(_("changed at"), null=True, blank=True, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        indexes = [
            GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name="project_search"),
            models.Index(fields=["stage", "id"], name="project_stage"),
            models.Index(fields=["sector_scheme", "sector_code"], name="project_sector"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_id"], condition=~Q(source_id=""), name="project_source_unique"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="project_has_title"),
            models.CheckConstraint(condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="project_not_own_part"),
            *(starts_before_it_ends(kind) for kind in ("planned", "actual")),
            models.CheckConstraint(
                condition=Q(changed_at__isnull=True, changed_by__isnull=True)
                | Q(changed_at__isnull=False, changed_by__isnull=False),
                name="project_changed_pair",
            ),
        ]
        triggers = [one_level_of_parts(), *consortium_guards_of_project()]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def save(self, **options: Any) -> None:
        self.search_key = search_key(*self.all_titles())
        fields = options.get("update_fields")
        if fields is not None:
            options["update_fields"] = {*fields, "search_key"}
        super().save(**options)

    def get_absolute_url(self) -> str:
        return reverse("projects:project", args=[self.code])

    def all_titles(self) -> list[str]:
        """Every title and the code, for the search key."""
        return [text for text in (self.title_en, self.title_zh_hans, self.title_ru, self.code) if text]


class ProjectCountry(models.Model):
    """A host country; with several, the share of the project in percent where it is known."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="countries")
    country = CountryField(_("country"))
    share = models.DecimalField(_("share, %"), max_digits=5, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = _("host country")
        verbose_name_plural = _("host countries")
        constraints = [
            models.UniqueConstraint(fields=["project", "country"], name="projectcountry_unique"),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__gt=0, share__lte=100), name="projectcountry_share_range"
            ),
        ]
        indexes = [models.Index(fields=["country", "project"], name="projectcountry_country")]
        triggers = [shares_within_the_whole()]

    def __str__(self) -> str:
        return str(self.country.name)


@tracked()
class Sponsorship(models.Model):
    """A committee that stands behind a project. Never changed: it is added and removed, and its history is kept."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="sponsorships")
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="sponsorships")
    since = models.DateField(_("since"), default=timezone.localdate)
    recorded_at = models.DateTimeField(_("recorded at"), db_default=ClockTimestamp(), editable=False)

    class Meta:
        verbose_name = _("sponsorship")
        verbose_name_plural = _("sponsorships")
        constraints = [models.UniqueConstraint(fields=["project", "committee"], name="sponsorship_unique")]
        triggers = [pgtrigger.ReadOnly(name="added_and_removed")]

    def __str__(self) -> str:
        return f"{self.committee}: {self.project}"


class Participant(models.Model):
    """Who takes part, as an organisation of the registry or, unmatched, as the source names it."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="participants")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="participations")
    name = models.CharField(_("name in the source"), max_length=300, blank=True)
    source_type = models.CharField(_("type in the source"), max_length=120, blank=True)
    role = models.CharField(_("role"), max_length=12, choices=ParticipantRole)
    share = models.DecimalField(_("share, %"), max_digits=5, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        constraints = [
            models.UniqueConstraint(
                fields=["project", "role", "organisation"],
                condition=Q(organisation__isnull=False),
                name="participant_unique_organisation",
            ),
            models.UniqueConstraint(
                fields=["project", "role", "name"],
                condition=Q(organisation__isnull=True),
                name="participant_unique_name",
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | ~Q(name=""), name="participant_organisation_or_name"
            ),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__gt=0, share__lte=100), name="participant_share_range"
            ),
            models.UniqueConstraint(
                fields=["project"], condition=Q(role=ParticipantRole.LEAD), name="participant_one_lead"
            ),
        ]
        triggers = consortium_guards_of_participant()

    def __str__(self) -> str:
        return str(self.organisation or self.name)
