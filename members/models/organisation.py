"""Organisations, what identifies them, and where a row came from."""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from members.enums import OrganisationKind, OrganisationStatus
from members.identifiers import get_scheme
from members.models.mergeable import Mergeable
from members.querysets import OrganisationQuerySet
from temp_portal.audit.history import tracked
from temp_portal.core.search import search_key


@tracked()
class Organisation(Mergeable):
    """A legal person: its registered name in the original script, its names in the three languages, and aliases.

    `search_key` holds the four searchable forms of all names (design: search) and is written by `save()` and by
    every bulk writer.
    """

    name_en: str
    name_zh_hans: str
    name_ru: str

    kind = models.CharField(_("kind"), max_length=30, choices=OrganisationKind, default=OrganisationKind.ENTERPRISE)
    legal_name = models.CharField(_("registered name"), max_length=300, help_text=_("In the script of the register."))
    legal_name_language = models.CharField(_("language of the registered name"), max_length=10, blank=True)
    name = models.CharField(_("name"), max_length=300, blank=True)
    aliases = ArrayField(models.CharField(max_length=300), verbose_name=_("other names"), default=list, blank=True)
    country = CountryField(_("country of registration"), blank=True)
    region = models.CharField(_("province or region"), max_length=120, blank=True)
    city = models.CharField(_("city"), max_length=120, blank=True)
    website = models.URLField(_("website"), max_length=500, blank=True)
    industry_codes = models.JSONField(
        _("industry codes"), default=list, blank=True, help_text=_("List of {scheme, version, code}.")
    )
    business_scope = models.TextField(_("business scope"), blank=True)
    registered_on = models.DateField(_("registered on"), null=True, blank=True)
    registered_capital = models.DecimalField(
        _("registered capital"), max_digits=20, decimal_places=2, null=True, blank=True
    )
    capital_currency = models.CharField(_("currency of the capital"), max_length=3, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=OrganisationStatus, default=OrganisationStatus.ACTIVE)
    parent = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="subsidiaries", verbose_name=_("parent")
    )
    search_key = models.TextField(editable=False, blank=True, default="")
    #: When the list that had put it into the register was taken back. Its facts of the past still point to it.
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = OrganisationQuerySet.as_manager()

    class Meta(Mergeable.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        indexes = [
            *Mergeable.Meta.indexes,
            GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name="organisation_search"),
            models.Index(fields=["legal_name", "id"], name="organisation_name"),
            models.Index(fields=["country", "legal_name", "id"], name="organisation_country"),
        ]
        constraints = [
            *Mergeable.Meta.constraints,
            models.CheckConstraint(condition=~Q(legal_name=""), name="organisation_has_name"),
        ]

    def __str__(self) -> str:
        return self.remaining.own_name

    def save(self, **options: Any) -> None:
        self.search_key = search_key(*self.names_to_find())
        fields = options.get("update_fields")
        if fields is not None:
            options["update_fields"] = {*fields, "search_key"}
        super().save(**options)

    def get_absolute_url(self) -> str:
        return reverse("members:organisation", args=[self.remaining_id])

    @property
    def own_name(self) -> str:
        return self.name or self.legal_name

    def named_on(self, day: date) -> Any:
        """What bore the names of a day: the FormerName of then, else the organisation itself. One query."""
        return self.former_names.filter(valid__contains=day).first() or self

    def all_names(self) -> list[str]:
        """Every name that the record itself bears."""
        names = [self.legal_name, self.name_en, self.name_zh_hans, self.name_ru, *self.aliases]
        return [name for name in names if name]


class EnterpriseManager(models.Manager[Any]):
    def get_queryset(self) -> OrganisationQuerySet:
        return OrganisationQuerySet(self.model, using=self._db).filter(kind=OrganisationKind.ENTERPRISE)


class Enterprise(Organisation):
    """An organisation of kind enterprise."""

    objects: ClassVar[Any] = EnterpriseManager()

    class Meta:
        proxy = True
        verbose_name = _("enterprise")
        verbose_name_plural = _("enterprises")


@tracked()
class Identifier(models.Model):
    """A number under which a register knows the organisation. Always a string (brief §3).

    `format_ok` says that the check algorithm agrees (None: no algorithm is known); it does not say that the number
    exists, which is what `verified_at` and `verified_source` record.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="identifiers")
    scheme = models.CharField(_("kind of number"), max_length=30)
    value = models.CharField(_("number"), max_length=60)
    is_primary = models.BooleanField(_("main number"), default=False)
    format_ok = models.BooleanField(_("check passed"), null=True, blank=True)
    verified_at = models.DateTimeField(_("verified at"), null=True, blank=True)
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    verified_source = models.CharField(_("verified with"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("identifier")
        verbose_name_plural = _("identifiers")
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "value"],
                name="identifier_unique",
                violation_error_message=_("Another organisation has this number already."),
            ),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(is_primary=True), name="identifier_one_primary"
            ),
            models.CheckConstraint(
                condition=Q(verified_at__isnull=True, verified_by__isnull=True) | Q(verified_at__isnull=False),
                name="identifier_verified_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"

    @property
    def scheme_label(self) -> str:
        """What the number is called; the bare code of a scheme that is not known."""
        try:
            return str(get_scheme(self.scheme).label)
        except KeyError:
            return self.scheme


class ExternalReference(models.Model):
    """The id that a source gave to the organisation; a second import of the same id updates (design: import)."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="references")
    source = models.CharField(_("source"), max_length=60)
    source_id = models.CharField(_("id in the source"), max_length=200)
    fingerprint = models.CharField(_("content at the last import"), max_length=64, blank=True)
    imported_at = models.DateTimeField(_("last imported at"), default=timezone.now)

    class Meta:
        verbose_name = _("external reference")
        verbose_name_plural = _("external references")
        constraints = [models.UniqueConstraint(fields=["source", "source_id"], name="externalreference_unique")]
        indexes = [models.Index(fields=["organisation"], name="externalreference_org")]

    def __str__(self) -> str:
        return f"{self.source}: {self.source_id}"
