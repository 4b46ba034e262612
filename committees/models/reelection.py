import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committees.enums import OPEN_RE_ELECTION_STATES, FunctionalRole, ReElectionState
from committees.models.committee import Committee, Term
from committees.models.position import Position
from committees.models.seat import Seat
from members.enums import OwnershipType
from members.models import Person
from temp_portal.audit.history import tracked
from temp_portal.audit.models import Stateful


@tracked()
class ReElection(Stateful):
    """The way to the next term (换届): announced, its slate drawn up, its result recorded (brief §1, terms)."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="re_elections", verbose_name=_("committee"))
    state = models.CharField(
        _("state"), max_length=12, choices=ReElectionState, default=ReElectionState.ANNOUNCED, editable=False
    )
    assembly_on = models.DateField(_("day of the assembly"))
    announced_on = models.DateField(_("decided on"))
    announcement = models.CharField(_("decision document"), max_length=300)
    elected_on = models.DateField(_("elected on"), null=True, blank=True)
    term_ends_on = models.DateField(_("last day of the new term"), null=True, blank=True)
    minutes = models.CharField(_("minutes of the election"), max_length=300, blank=True)
    term = models.OneToOneField(
        Term, models.PROTECT, null=True, blank=True, related_name="re_election", editable=False,
        verbose_name=_("term that it opened"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("re-election")
        verbose_name_plural = _("re-elections")
        constraints = [
            models.UniqueConstraint(
                fields=["committee"],
                condition=Q(state__in=OPEN_RE_ELECTION_STATES),
                name="reelection_one_open",
                violation_error_message=_("A re-election of this committee is under way already."),
            ),
            models.CheckConstraint(
                condition=~Q(state=ReElectionState.HELD)
                | (Q(term__isnull=False, elected_on__isnull=False, term_ends_on__isnull=False) & ~Q(minutes="")),
                name="reelection_held_with_result",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Re-election of %(committee)s") % {"committee": self.committee})

    def get_absolute_url(self) -> str:
        return reverse("committees:re-election", args=[self.committee.slug])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_RE_ELECTION_STATES


class Candidacy(models.Model):
    """A member stands for an office, through a person; `elected` once the result says so."""

    re_election = models.ForeignKey(ReElection, models.CASCADE, related_name="candidacies")
    position = models.ForeignKey(Position, models.PROTECT, related_name="candidacies", verbose_name=_("position"))
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="candidacies", verbose_name=_("member"))
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
    elected = models.BooleanField(pgettext_lazy("candidate", "elected"), default=False)

    class Meta:
        verbose_name = _("candidacy")
        verbose_name_plural = _("candidacies")
        constraints = [
            models.UniqueConstraint(
                fields=["re_election", "position", "seat"],
                name="candidacy_unique",
                violation_error_message=_("The member stands for this position already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.seat_id}"


class SeatTerm(models.Model):
    """A membership as it stood in a term that has ended: written when the next one opens, never changed.

    A seat runs on across terms, so that a renewal is neither a departure nor an admission (design: what is stored).
    """

    term = models.ForeignKey(Term, models.PROTECT, related_name="seat_terms")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="seat_terms")
    held = DateRangeField(_("member in the term from, until"))
    functional_role = models.CharField(_("functional role"), max_length=12, choices=FunctionalRole)
    chain_role = models.CharField(_("chain role"), max_length=30, blank=True)
    voting = models.BooleanField(_("voting"))
    suspended = models.BooleanField(_("suspended"))
    ownership_type = models.CharField(_("ownership"), max_length=20, choices=OwnershipType, blank=True)
    offices = ArrayField(models.CharField(max_length=30), verbose_name=_("offices held in the term"), default=list)
    representative = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("representative")
    )
    frozen_at = models.DateTimeField(_("frozen at"), auto_now_add=True)
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("membership in a term")
        verbose_name_plural = _("memberships in terms")
        constraints = [
            models.UniqueConstraint(fields=["term", "seat"], name="seatterm_unique"),
            models.CheckConstraint(condition=Q(held__isempty=False), name="seatterm_held_not_empty"),
        ]
        triggers = [pgtrigger.Protect(name="frozen", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.seat_id}, {self.term}"
