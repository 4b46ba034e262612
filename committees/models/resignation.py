from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.enums import ResignationState
from committees.models.seat import Seat
from committees.querysets import ResignationQuerySet
from temp_portal.audit.models import Stateful


class Resignation(Stateful):
    """A member announces that it leaves: on the day, the membership ends; until then it may stay after all."""

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="resignations", verbose_name=_("seat"))
    effective_on = models.DateField(_("first day without the seat"))
    reason = models.TextField(_("reason"), blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=ResignationState, default=ResignationState.ANNOUNCED, editable=False
    )
    announced_at = models.DateTimeField(_("announced at"), default=timezone.now, editable=False)
    announced_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    objects = ResignationQuerySet.as_manager()

    class Meta:
        verbose_name = _("resignation")
        verbose_name_plural = _("resignations")
        constraints = [
            models.UniqueConstraint(
                fields=["seat"],
                condition=Q(state=ResignationState.ANNOUNCED),
                name="resignation_one_announced",
                violation_error_message=_("The resignation from this committee has been announced already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.seat}: {self.effective_on}"

    @property
    def committee_id(self) -> int:
        """The committee that is left."""
        return self.seat.committee_id

    @property
    def organisation_id(self) -> int:
        """Who leaves."""
        return self.seat.organisation_id
