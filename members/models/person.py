"""People, minimised: name, post, work contacts, languages (brief §9). Nothing else about a person is kept."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.enums import ConsentPurpose
from members.models.organisation import Organisation
from members.querysets import PersonQuerySet, RepresentativeQuerySet
from temp_portal.audit.history import tracked


@tracked()
class Person(models.Model):
    name = models.CharField(_("name"), max_length=200, help_text=_("As the person writes it."))
    name_latin = models.CharField(_("name in Latin letters"), max_length=200, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="person", verbose_name=_("user")
    )
    email = models.EmailField(_("work e-mail"), blank=True)
    phone = models.CharField(_("work phone"), max_length=40, blank=True)
    languages = ArrayField(models.CharField(max_length=10), verbose_name=_("languages"), default=list, blank=True)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="person_has_name")]

    def __str__(self) -> str:
        return self.name


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
