import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from committees.enums import PositionCode
from committees.models.committee import Committee, Term
from committees.models.seat import Seat
from committees.querysets import AppointmentQuerySet, PositionQuerySet
from members.models import Person
from temp_portal.audit.facts import Fact


class Position(models.Model):
    """An office of a committee, with its title in three languages and how many may hold it."""

    title_zh_hans: str

    committee = models.ForeignKey(Committee, models.CASCADE, related_name="positions")
    code = models.CharField(_("position"), max_length=30, choices=PositionCode)
    title = models.CharField(_("title"), max_length=120)
    holders_min = models.PositiveSmallIntegerField(_("holders, at least"), default=0)
    holders_max = models.PositiveSmallIntegerField(_("holders, at most"), null=True, blank=True)
    voting = models.BooleanField(_("voting"), default=True)
    elected = models.BooleanField(_("elected"), default=True)
    rank = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = PositionQuerySet.as_manager()

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        ordering = ["committee", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "code"], name="position_unique"),
            models.CheckConstraint(
                condition=Q(holders_max__isnull=True) | Q(holders_max__gte=F("holders_min")),
                name="position_holders_range",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def single_holder(self) -> bool:
        return self.holders_max == 1


class Appointment(Fact):
    """A seat's organisation holds a position on certain days, through a person."""

    position = models.ForeignKey(Position, models.PROTECT, related_name="appointments")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="appointments")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="appointments")
    term = models.ForeignKey(Term, models.PROTECT, null=True, blank=True, related_name="appointments")
    exclusive = models.BooleanField(
        _("only holder"), default=False, editable=False, help_text=_("Copied from the position: one holder at a time.")
    )

    objects = AppointmentQuerySet.as_manager()

    class Meta(Fact.Meta):
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        constraints = [
            *Fact.Meta.constraints,
            ExclusionConstraint(
                name="appointment_single_holder",
                expressions=[("position", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
                condition=Q(superseded_at__isnull=True, exclusive=True),
                violation_error_message=_("Somebody else holds this position on these days."),
            ),
            ExclusionConstraint(
                name="appointment_no_overlap",
                expressions=[
                    ("position", RangeOperators.EQUAL),
                    ("seat", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                condition=Q(superseded_at__isnull=True),
                violation_error_message=_("The member holds this position on these days already."),
            ),
        ]
        indexes = [models.Index(fields=["seat", "superseded_at"], name="appointment_seat")]
        # Whoever writes the row, the position alone says whether it has a single holder.
        triggers = [
            *Fact.Meta.triggers,
            pgtrigger.Trigger(
                name="exclusive_as_position",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    NEW.exclusive := EXISTS (
                        SELECT FROM committees_position WHERE id = NEW.position_id AND holders_max = 1
                    );
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.seat_id}"
