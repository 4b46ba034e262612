"""What a committee asks of applicants beyond the parts that every application has, in versions."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from committees.enums import EvidenceKind, QuestionKind, QuestionSetState
from committees.models.committee import Committee
from committees.querysets import QuestionSetQuerySet
from temp_portal.audit.models import Stateful
from temp_portal.core.db import ClockTimestamp

DRAFTED = Q(state=QuestionSetState.DRAFT, opened_at__isnull=True, opened_by__isnull=True, closed_at__isnull=True)
WITH_CHOICES = (QuestionKind.CHOICE, QuestionKind.CHOICES)
OPENED = Q(opened_at__isnull=False, opened_by__isnull=False)


class QuestionSet(Stateful):
    """One version of a committee's questions and of the documents that it asks for.

    A draft is written by the secretary, published as a whole, and never changed afterwards: an application keeps the
    version with which it began.
    """

    committee = models.ForeignKey(Committee, models.CASCADE, related_name="question_sets", verbose_name=_("committee"))
    version = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(
        _("state"), max_length=10, choices=QuestionSetState, default=QuestionSetState.DRAFT, editable=False
    )
    evidence = ArrayField(
        models.CharField(max_length=20, choices=EvidenceKind),
        verbose_name=_("documents that are asked for"),
        default=list,
        blank=True,
    )
    created_at = models.DateTimeField(_("created at"), db_default=ClockTimestamp(), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    opened_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    closed_at = models.DateTimeField(_("replaced at"), null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = QuestionSetQuerySet.as_manager()

    class Meta:
        verbose_name = _("set of questions")
        verbose_name_plural = _("sets of questions")
        ordering = ["committee", "version"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "version"], name="questionset_version"),
            models.UniqueConstraint(
                fields=["committee", "state"],
                condition=Q(state__in=[QuestionSetState.DRAFT, QuestionSetState.OPEN]),
                name="questionset_one_draft_one_open",
            ),
            models.CheckConstraint(
                condition=DRAFTED
                | (OPENED & Q(state=QuestionSetState.OPEN, closed_at__isnull=True))
                | (OPENED & Q(state=QuestionSetState.CLOSED, closed_at__isnull=False, closed_by__isnull=False)),
                name="questionset_dated_by_state",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="kept_once_published",
                operation=pgtrigger.Delete,
                condition=~pgtrigger.Q(old__state=QuestionSetState.DRAFT),
            ),
            pgtrigger.ReadOnly(name="of_one_committee", fields=["committee", "version"]),
        ]

    def __str__(self) -> str:
        return _("Version %(version)s") % {"version": self.version}

    def evidence_labels(self) -> list[str]:
        """The documents that are asked for, in the reader's language."""
        return [str(EvidenceKind(kind).label) for kind in self.evidence]


class Question(models.Model):
    """One question in three languages. `number` stays the same in later versions, so that answers can be carried over.

    `choices` holds one choice a line, in the same order in each language; an answer names them by place, from 1.
    """

    text_en: str
    text_zh_hans: str
    text_ru: str
    choices_en: str
    choices_zh_hans: str
    choices_ru: str

    question_set = models.ForeignKey(
        QuestionSet, models.CASCADE, related_name="questions", verbose_name=_("set of questions")
    )
    number = models.PositiveIntegerField(_("number"), editable=False)
    place = models.PositiveSmallIntegerField(_("place"), editable=False)
    kind = models.CharField(_("kind of answer"), max_length=10, choices=QuestionKind, default=QuestionKind.TEXT)
    text = models.CharField(_("question"), max_length=500)
    help = models.CharField(_("hint"), max_length=500, blank=True)
    choices = models.TextField(_("choices, one a line"), max_length=4000, blank=True)
    choice_count = models.PositiveSmallIntegerField(_("number of choices"), default=0, editable=False)
    is_required = models.BooleanField(_("has to be answered"), default=True)
    minimum = models.DecimalField(_("smallest number"), max_digits=20, decimal_places=4, null=True, blank=True)
    maximum = models.DecimalField(_("largest number"), max_digits=20, decimal_places=4, null=True, blank=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["question_set", "place", "number"]
        constraints = [
            models.UniqueConstraint(fields=["question_set", "number"], name="question_number"),
            models.CheckConstraint(
                condition=Q(minimum__isnull=True) | Q(maximum__isnull=True) | Q(maximum__gte=F("minimum")),
                name="question_minimum_before_maximum",
            ),
            models.CheckConstraint(
                condition=Q(kind=QuestionKind.NUMBER) | Q(minimum__isnull=True, maximum__isnull=True),
                name="question_limits_of_numbers",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=WITH_CHOICES, choice_count__gte=2)
                | (~Q(kind__in=WITH_CHOICES) & Q(choice_count=0)),
                name="question_choices_by_kind",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="fixed_once_published",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("asked", "RECORD")],
                func="""
                    asked := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
                    IF EXISTS (SELECT FROM committees_questionset
                               WHERE id = asked.question_set_id AND state <> 'draft') THEN
                        RAISE EXCEPTION 'published questions do not change' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN asked;
                """,
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def committee_id(self) -> int:
        """The committee whose rules hold for it."""
        return self.question_set.committee_id

    @property
    def field(self) -> str:
        """Its name in the form, and in remarks."""
        return f"question_{self.pk}"

    @property
    def has_choices(self) -> bool:
        return self.kind in WITH_CHOICES
