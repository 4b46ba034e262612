"""A council votes on an application: who was eligible when it was opened, what each of them said, and what came out."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.enums import BallotChoice, VoteOutcome, VoteState
from committees.models.application import Application
from committees.models.procedure import Voting
from committees.models.seat import Seat
from committees.querysets import ElectorQuerySet
from committees.voting import Tally
from members.models import Person
from temp_portal.audit.history import tracked
from temp_portal.audit.models import Stateful


@tracked()
class AdmissionVote(Stateful, Voting):
    """One vote on one application. The rules for counting are frozen with it."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="votes")
    state = models.CharField(_("state"), max_length=12, choices=VoteState, default=VoteState.OPEN, editable=False)
    opened_at = models.DateTimeField(_("opened at"), default=timezone.now, editable=False)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=VoteOutcome, blank=True, editable=False)
    document = models.CharField(_("minutes"), max_length=300, blank=True)

    class Meta(Voting.Meta):
        verbose_name = _("vote on an application")
        verbose_name_plural = _("votes on applications")
        ordering = ["id"]
        constraints = [
            *Voting.Meta.constraints,
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state=VoteState.OPEN),
                name="admissionvote_one_open",
                violation_error_message=_("A vote on this application is open already."),
            ),
            models.CheckConstraint(
                condition=Q(state=VoteState.OPEN, closed_at__isnull=True, closed_by__isnull=True, outcome="")
                | Q(state=VoteState.CALLED_OFF, closed_at__isnull=False, outcome="")
                | (Q(state=VoteState.CLOSED, closed_at__isnull=False, closed_by__isnull=False) & ~Q(outcome="")),
                name="admissionvote_closed_with_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.get_state_display()}"

    def get_absolute_url(self) -> str:
        return reverse("committees:vote", args=[self.pk])

    @property
    def committee_id(self) -> int:
        """The committee whose rules hold for it."""
        return self.application.committee_id

    def tally(self) -> Tally:
        """The ballots counted, as they stand."""
        said = list(self.electors.values_list("ballot__choice", flat=True))
        return Tally.of(len(said), [choice for choice in said if choice])


class Elector(models.Model):
    """One who may vote: a seat of the council on the day of opening, and the person who speaks for it."""

    vote = models.ForeignKey(AdmissionVote, models.CASCADE, related_name="electors")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    office = models.CharField(_("office"), max_length=30)

    objects = ElectorQuerySet.as_manager()

    class Meta:
        verbose_name = _("elector")
        verbose_name_plural = _("electors")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["vote", "seat"], name="elector_once")]

    def __str__(self) -> str:
        return str(self.seat.organisation)

    def get_absolute_url(self) -> str:
        return reverse("committees:ballot", args=[self.pk])


@tracked()
class Ballot(models.Model):
    """What one elector said; until the vote is closed it may be changed. `document`: the minutes it was taken from."""

    elector = models.OneToOneField(Elector, models.CASCADE, related_name="ballot")
    choice = models.CharField(_("vote"), max_length=10, choices=BallotChoice)
    document = models.CharField(_("minutes"), max_length=300, blank=True)
    cast_at = models.DateTimeField(_("cast at"), default=timezone.now, editable=False)
    cast_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")

    def __str__(self) -> str:
        return self.get_choice_display()
