"""People, minimised: name, post, work contacts, languages (brief §9). Nothing else about a person is kept."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _translate
from django.utils.translation import gettext_lazy as _

from members.enums import ConsentPurpose
from members.models.mergeable import Mergeable
from members.models.organisation import Organisation
from members.querysets import PersonQuerySet, RepresentativeQuerySet
from temp_portal.audit.history import tracked
from temp_portal.core.search import search_key


@tracked()
class Person(Mergeable):
    """A person. Every form of the name is one text, in the order in which the person writes it: which part is the
    family's is not asked, and no form is made from another.
    """

    name = models.CharField(_("name"), max_length=200, help_text=_("As the person writes it."))
    name_latin = models.CharField(_("name in Latin letters"), max_length=200, blank=True)
    name_zh = models.CharField(_("name in Chinese"), max_length=200, blank=True, default="", db_default="")
    name_ru = models.CharField(_("name in Russian"), max_length=200, blank=True, default="", db_default="")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="person", verbose_name=_("user")
    )
    email = models.EmailField(_("work e-mail"), blank=True)
    phone = models.CharField(_("work phone"), max_length=40, blank=True)
    languages = ArrayField(models.CharField(max_length=10), verbose_name=_("languages"), default=list, blank=True)
    search_key = models.TextField(editable=False, blank=True, default="", db_default="")
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True, editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta(Mergeable.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes = [
            *Mergeable.Meta.indexes,
            GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name="person_search"),
        ]
        constraints = [
            *Mergeable.Meta.constraints,
            models.CheckConstraint(condition=~Q(name=""), name="person_has_name"),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | Q(name_latin="", name_zh="", name_ru="", email="", phone="", search_key="", user__isnull=True),
                name="person_erased_is_empty",
            ),
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
        return reverse("committees:person", args=[self.remaining_id])

    @property
    def own_name(self) -> str:
        if self.erased_at is not None:
            return _translate("Person no. %(number)s (name erased)") % {"number": self.pk}
        return self.name

    def all_names(self) -> list[str]:
        """Every form of the name that the record itself has."""
        return [name for name in (self.name, self.name_latin, self.name_zh, self.name_ru) if name]


@tracked()
class Representative(models.Model):
    """A person who speaks for an organisation on certain days. Access of the person's user follows its RoleGrant."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="representations")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="representatives")
    post = models.CharField(_("post"), max_length=200, blank=True)
    valid = DateRangeField(_("valid"))
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)

    objects = RepresentativeQuerySet.as_manager()

    class Meta:
        verbose_name = _("representative")
        verbose_name_plural = _("representatives")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid__isempty=False, valid__startswith__isnull=False), name="representative_valid_range"
            ),
            ExclusionConstraint(
                name="representative_no_overlap",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.organisation})"


class Consent(models.Model):
    """What a person agreed to, in which words, when, through which channel, and when it was withdrawn (brief §9)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=20, choices=ConsentPurpose)
    text_version = models.CharField(_("version of the text"), max_length=20)
    language = models.CharField(_("language of the text"), max_length=10)
    channel = models.CharField(_("channel"), max_length=40, default="portal")
    given_at = models.DateTimeField(_("given at"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")),
                name="consent_withdrawn_after_given",
            ),
            models.UniqueConstraint(
                fields=["person", "purpose"], condition=Q(withdrawn_at__isnull=True), name="consent_one_live"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_purpose_display()}"
