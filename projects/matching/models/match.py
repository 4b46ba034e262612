from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.matching.enums import MatchState
from projects.matching.models.product import Capability, Demand
from projects.matching.querysets import MatchQuerySet
from projects.models import Project
from temp_portal.audit.history import tracked
from temp_portal.audit.models import Stateful


@tracked()
class Match(Stateful):
    """A demand and a capability that somebody has put together, on the way to a delivery (domain brief §6.10).

    `score` and `reasons` are those that were shown when it was suggested.
    """

    demand = models.ForeignKey(Demand, models.PROTECT, related_name="matches", verbose_name=_("demand"))
    capability = models.ForeignKey(Capability, models.PROTECT, related_name="matches", verbose_name=_("capability"))
    state = models.CharField(
        _("state"), max_length=12, choices=MatchState, default=MatchState.SUGGESTED, editable=False
    )
    score = models.PositiveSmallIntegerField(_("score"), default=0, editable=False)
    reasons = models.JSONField(_("reasons"), default=list, editable=False)
    quoted_price = models.DecimalField(
        _("quoted price per unit"), max_digits=18, decimal_places=4, null=True, blank=True, editable=False
    )
    quoted_currency = models.CharField(_("currency of the quotation"), max_length=3, blank=True, editable=False)
    contract_value = models.DecimalField(
        _("contract value"), max_digits=20, decimal_places=2, null=True, blank=True, editable=False
    )
    contract_currency = models.CharField(_("currency of the contract"), max_length=3, blank=True, editable=False)
    contract_document = models.CharField(_("contract"), max_length=300, blank=True, editable=False)
    project = models.OneToOneField(
        Project,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="match",
        verbose_name=_("project"),
    )
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    objects = MatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("match")
        verbose_name_plural = _("matches")
        indexes = [models.Index(fields=["state", "id"], name="match_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["demand", "capability"],
                name="match_once_a_pair",
                violation_error_message=_("Somebody has put these two together already."),
            ),
            models.CheckConstraint(
                condition=Q(quoted_price__isnull=True, quoted_currency="")
                | Q(quoted_price__gt=0, quoted_currency__regex="^[A-Z]{3}$"),
                name="match_quotation",
            ),
            models.CheckConstraint(
                condition=Q(contract_value__isnull=True, contract_currency="", contract_document="")
                | (Q(contract_value__gt=0, contract_currency__regex="^[A-Z]{3}$") & ~Q(contract_document="")),
                name="match_contract",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[MatchState.CONTRACTED, MatchState.DELIVERED])
                | Q(contract_value__isnull=False, project__isnull=False),
                name="match_contracted_is_a_project",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.demand} – {self.capability}"

    def get_absolute_url(self) -> str:
        return reverse("matching:match", args=[self.pk])
