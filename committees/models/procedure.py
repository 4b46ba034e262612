"""How a committee decides on applications: by whom, in which time, by which checklist, and for which reasons."""

from fractions import Fraction
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.enums import Decider, ReasonKind, VoteBase
from committees.models.committee import Committee
from committees.voting import Base, Procedure, Threshold
from temp_portal.audit.facts import append_only
from temp_portal.audit.history import tracked

DECISION_WORKING_DAYS = 20
MAX_WORKING_DAYS = 250


def _share(verbose_name: Any, default: int) -> Any:
    return models.PositiveSmallIntegerField(verbose_name, default=default, validators=[MinValueValidator(1)])


class Voting(models.Model):
    """Quorum and majority as stored: exact fractions, what they are taken of, and whether they must be exceeded."""

    quorum_numerator = _share(_("quorum, numerator"), 2)
    quorum_denominator = _share(_("quorum, denominator"), 3)
    quorum_strict = models.BooleanField(_("the quorum must be exceeded"), default=False)
    majority_numerator = _share(_("majority, numerator"), 2)
    majority_denominator = _share(_("majority, denominator"), 3)
    majority_strict = models.BooleanField(_("the majority must be exceeded"), default=False)
    majority_base = models.CharField(_("majority of"), max_length=10, choices=VoteBase, default=VoteBase.PRESENT)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(quorum_numerator__gt=0, majority_numerator__gt=0)
                & Q(quorum_numerator__lte=F("quorum_denominator"))
                & Q(majority_numerator__lte=F("majority_denominator")),
                name="%(class)s_fractions",
                violation_error_message=_("A share lies above nothing and is at most the whole."),
            )
        ]

    @property
    def procedure(self) -> Procedure:
        """The same for counting."""
        return Procedure(
            Threshold(Fraction(self.quorum_numerator, self.quorum_denominator), self.quorum_strict),
            Threshold(Fraction(self.majority_numerator, self.majority_denominator), self.majority_strict),
            Base(self.majority_base),
        )


@tracked()
class AdmissionProcedure(Voting):
    """What a committee has settled for admissions. A committee without a row goes by the defaults here."""

    committee = models.OneToOneField(Committee, models.CASCADE, related_name="admission_procedure")
    decider = models.CharField(_("decided by"), max_length=10, choices=Decider, default=Decider.SECRETARY)
    decision_days = models.PositiveSmallIntegerField(
        _("working days for a decision"),
        default=DECISION_WORKING_DAYS,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_WORKING_DAYS)],
    )

    class Meta(Voting.Meta):
        verbose_name = _("admission procedure")
        verbose_name_plural = _("admission procedures")

    def __str__(self) -> str:
        return f"{self.committee}: {self.get_decider_display()}"

    @classmethod
    def of(cls, committee: Committee) -> "AdmissionProcedure":
        """The committee's procedure; the defaults, unsaved, where it has settled nothing."""
        # By key: the defaults must not pass for the row when the committee is asked for it later.
        return cls.objects.filter(committee=committee).first() or cls(committee_id=committee.pk)


class ChecklistVersion(models.Model):
    """A committee's list of what is to be checked. A change writes the next version; an application keeps the one of
    the day on which it was handed in.

    `items`: a list of {"code", "en", "zh-hans", "ru"} in their order.
    """

    committee = models.ForeignKey(Committee, models.CASCADE, related_name="checklists")
    version = models.PositiveSmallIntegerField(_("version"))
    items = models.JSONField(_("items"))
    made_at = models.DateTimeField(_("made at"), default=timezone.now, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    class Meta:
        verbose_name = _("checklist")
        verbose_name_plural = _("checklists")
        ordering = ["committee", "version"]
        constraints = [models.UniqueConstraint(fields=["committee", "version"], name="checklistversion_unique")]
        triggers = [append_only(closing=False)]

    def __str__(self) -> str:
        return f"{self.committee}, {self.version}"


@tracked()
class DecisionReason(models.Model):
    """A reason for returning or rejecting, as the Secretariat words it in three languages."""

    text_en: str
    text_zh_hans: str
    text_ru: str

    kind = models.CharField(_("kind"), max_length=10, choices=ReasonKind)
    code = models.SlugField(_("code"), max_length=40)
    text = models.CharField(_("text"), max_length=400)
    active = models.BooleanField(_("on offer"), default=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("reason for a decision")
        verbose_name_plural = _("reasons for decisions")
        ordering = ["kind", "order", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "code"],
                name="decisionreason_unique",
                violation_error_message=_("There is a reason with this code already."),
            )
        ]

    def __str__(self) -> str:
        return self.text

    def edit_url(self) -> str:
        """Where it is changed."""
        return reverse("committees:decision-reason", args=[self.pk])
