from typing import Any

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models import Organisation, Person
from projects.introductions.enums import Criterion, Score
from projects.introductions.querysets import AssessmentQuerySet, EntrepreneurQuerySet
from temp_portal.audit.facts import append_only
from temp_portal.audit.history import tracked
from temp_portal.core.db import ClockTimestamp
from temp_portal.core.search import search_key


@tracked()
class Entrepreneur(models.Model):
    """Somebody who may bring a project: a person or an organisation of the registry where known, else a name.

    Private: only those who work on an introduction of the entrepreneur see it (brief §9).
    """

    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="entrepreneurs", verbose_name=_("person")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="entrepreneurs", verbose_name=_("enterprise")
    )
    name = models.CharField(
        _("name"), max_length=200, blank=True, help_text=_("As the person writes it; empty for one of the registry.")
    )
    field_of_work = models.CharField(_("field of work"), max_length=200, blank=True)
    search_key = models.TextField(editable=False, blank=True, default="")
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    objects = EntrepreneurQuerySet.as_manager()

    class Meta:
        verbose_name = _("entrepreneur")
        verbose_name_plural = _("entrepreneurs")
        indexes = [GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name="entrepreneur_search")]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(organisation__isnull=False) | ~Q(name=""),
                name="entrepreneur_is_somebody",
                violation_error_message=_("Choose a person or an enterprise of the registry, or write a name."),
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(person__isnull=False),
                name="entrepreneur_once_a_person",
                violation_error_message=_("This person is on record as an entrepreneur already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.person or self.organisation)

    def save(self, **options: Any) -> None:
        self.search_key = search_key(*self.names_to_find())
        fields = options.get("update_fields")
        if fields is not None:
            options["update_fields"] = {*fields, "search_key"}
        super().save(**options)

    def get_absolute_url(self) -> str:
        return reverse("introductions:entrepreneur", args=[self.pk])

    def names_to_find(self) -> list[str]:
        """Every name under which one might look for the entrepreneur."""
        known = [record.all_names() for record in (self.person, self.organisation) if record]
        return [name for name in (self.name, *(name for names in known for name in names)) if name]


class Assessment(models.Model):
    """How somebody judged an entrepreneur by a criterion on a day. Append-only: the last one of a criterion counts."""

    entrepreneur = models.ForeignKey(Entrepreneur, models.PROTECT, related_name="assessments")
    criterion = models.CharField(_("criterion"), max_length=12, choices=Criterion)
    score = models.PositiveSmallIntegerField(_("score"), choices=Score)
    evidence = models.TextField(_("evidence"), max_length=2000)
    assessed_on = models.DateField(_("assessed on"))
    recorded_at = models.DateTimeField(_("recorded at"), db_default=ClockTimestamp(), editable=False)
    assessed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("assessed by")
    )

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["-assessed_on", "-id"]
        indexes = [
            models.Index(fields=["entrepreneur", "criterion", "-assessed_on", "-id"], name="assessment_latest"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(score__gte=1, score__lte=5), name="assessment_score_range"),
            models.CheckConstraint(condition=~Q(evidence=""), name="assessment_has_evidence"),
        ]
        triggers = [append_only(closing=False)]

    def __str__(self) -> str:
        return f"{self.get_criterion_display()} {self.score}"
