"""Membership of an organisation in a committee.

`Seat` is the membership itself as it is known today and what lists read; `SeatPeriod` holds the facts from which every
roster and figure of the past is computed. `workflows.seats` writes both together.
"""

from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Abs
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.enums import ChainRole, FunctionalRole, SeatEntry, SeatExit
from committees.models.committee import Committee
from committees.querysets import SeatPeriodQuerySet, SeatQuerySet
from members.models import Organisation, Person
from temp_portal.audit.facts import Fact, append_only
from temp_portal.audit.history import tracked


@tracked()
class Seat(models.Model):
    """One unbroken membership. After leaving, an organisation that returns gets another seat.

    A seat whose admission was taken back was held on no day: its range is empty, and no question about days finds it.
    """

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="seats", verbose_name=_("committee"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="seats", verbose_name=_("organisation"))
    valid = DateRangeField(_("member from, until"))
    functional_role = models.CharField(_("functional role"), max_length=12, choices=FunctionalRole)
    chain_role = models.CharField(_("chain role"), max_length=30, choices=ChainRole, blank=True)
    voting = models.BooleanField(_("voting"), default=True)
    suspended = models.BooleanField(_("suspended"), default=False)
    ended_as = models.CharField(_("ended as"), max_length=12, choices=SeatExit, blank=True)
    representative = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="seats", verbose_name=_("representative")
    )
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        indexes = [
            models.Index(fields=["committee", "id"], name="seat_committee"),
            models.Index(fields=["organisation"], name="seat_organisation"),
            GistIndex(fields=["valid"], name="seat_valid"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid__isempty=True, ended_as="") | Q(valid__startswith__isnull=False),
                name="seat_valid_range",
            ),
            models.CheckConstraint(
                condition=Q(ended_as="", valid__endswith__isnull=True)
                | (Q(valid__endswith__isnull=False) & ~Q(ended_as__in=["", SeatExit.CHANGED])),
                name="seat_ended_with_reason",
            ),
            ExclusionConstraint(
                # abs() changes no id. It keeps the planner from looking up an organisation's seats in this index, which
                # is ordered by committee: measured at a million seats, 28 ms a lookup instead of 0.1.
                name="seat_no_overlap",
                expressions=[
                    ("committee", RangeOperators.EQUAL),
                    (Abs("organisation"), RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("The organisation has a seat in this committee on these days already."),
            ),
        ]
        # Frozen figures count the periods of a seat for its organisation and committee: these are what it is.
        triggers = [pgtrigger.ReadOnly(name="of_whom_and_where", fields=["committee", "organisation"])]

    def __str__(self) -> str:
        return f"{self.organisation} – {self.committee}"

    def get_absolute_url(self) -> str:
        return reverse("committees:seat", args=[self.committee.slug, self.pk])

    @property
    def has_ended(self) -> bool:
        """Whether the end of the membership is on record."""
        return bool(self.ended_as)

    @property
    def is_annulled(self) -> bool:
        """Whether the admission was taken back."""
        return bool(self.valid.isempty)


def country_of_organisation() -> pgtrigger.Trigger:
    """Trigger that copies the organisation's country to a new period.

    Migration 0013 has the one that follows a change: it hangs on the table of organisations, which knows no seats.
    """
    return pgtrigger.Trigger(
        name="country_of_organisation",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        condition=pgtrigger.Q(new__country=""),
        func="""
            SELECT organisation.country INTO NEW.country
              FROM committees_seat seat JOIN members_organisation organisation ON organisation.id = seat.organisation_id
             WHERE seat.id = NEW.seat_id
               FOR SHARE OF organisation;
            RETURN NEW;
        """,
    )


class SeatPeriod(Fact):
    """Days on which a seat was held with unchanged particulars. The periods of a seat follow each other without gap."""

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="periods")
    functional_role = models.CharField(_("functional role"), max_length=12, choices=FunctionalRole)
    chain_role = models.CharField(_("chain role"), max_length=30, choices=ChainRole, blank=True)
    voting = models.BooleanField(_("voting"), default=True)
    suspended = models.BooleanField(_("suspended"), default=False)
    representative = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("representative")
    )
    entry = models.CharField(_("began as"), max_length=12, choices=SeatEntry)
    exit = models.CharField(_("ended as"), max_length=12, choices=SeatExit, blank=True)
    document = models.CharField(_("decision document"), max_length=300, blank=True)
    # The organisation's country as it is now: a list of a million rows is narrowed by what stands on the rows.
    country = models.CharField(_("country"), max_length=2, editable=False, db_default="")

    objects = SeatPeriodQuerySet.as_manager()

    class Meta(Fact.Meta):
        verbose_name = _("period of a seat")
        verbose_name_plural = _("periods of seats")
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(exit="", valid__endswith__isnull=True) | (Q(valid__endswith__isnull=False) & ~Q(exit="")),
                name="seatperiod_ended_with_reason",
            ),
            ExclusionConstraint(
                # abs() keeps look-ups of a seat's periods to the index below, five times as fast.
                name="seatperiod_no_overlap",
                expressions=[(Abs("seat"), RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
                condition=Q(superseded_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["seat", "superseded_at"], name="seatperiod_seat"),
            models.Index(fields=["country", "id"], condition=Q(superseded_at__isnull=True), name="seatperiod_country"),
        ]
        triggers = [append_only(closing=True, derived=["country"]), country_of_organisation()]

    def __str__(self) -> str:
        return f"{self.seat_id}: {self.valid}"

    @property
    def organisation(self) -> Organisation:
        """Who holds the seat."""
        return self.seat.organisation

    @property
    def named(self) -> Any:
        """What bears the holder's name: that of a past day after `with_names_of`, else today's."""
        former = getattr(self.seat.organisation, "names_then", None)
        return former[0] if former else self.seat.organisation
