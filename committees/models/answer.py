"""Answers to a committee's questions, who saved which part of an application, and what the committee asks about it."""

import pgtrigger
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from committees.enums import ApplicationSection
from committees.models.application import Application
from committees.models.questions import Question
from committees.querysets import RemarkQuerySet
from temp_portal.audit.history import tracked
from temp_portal.core.db import ClockTimestamp

# The answer belongs to the version that the application keeps, and is one that the question allows.
FITS_ITS_QUESTION = """
    SELECT * INTO question FROM committees_question WHERE id = NEW.question_id;
    IF NOT EXISTS (SELECT FROM committees_application a
                   WHERE a.id = NEW.application_id AND a.question_set_id = question.question_set_id) THEN
        RAISE EXCEPTION 'the application was not asked this question' USING ERRCODE = 'check_violation';
    END IF;
    fits := CASE question.kind
        WHEN 'text' THEN jsonb_typeof(NEW.value) = 'string' AND length(NEW.value #>> '{}') BETWEEN 1 AND 4000
        WHEN 'number' THEN jsonb_typeof(NEW.value) = 'string' AND (NEW.value #>> '{}')::numeric
            BETWEEN COALESCE(question.minimum, '-Infinity') AND COALESCE(question.maximum, 'Infinity')
        WHEN 'choice' THEN jsonb_typeof(NEW.value) = 'number'
            AND (NEW.value #>> '{}')::numeric BETWEEN 1 AND question.choice_count
        WHEN 'choices' THEN jsonb_typeof(NEW.value) = 'array' AND NEW.value <> '[]' AND NOT EXISTS (
            SELECT FROM jsonb_array_elements_text(NEW.value) chosen
             WHERE chosen::numeric NOT BETWEEN 1 AND question.choice_count)
        ELSE FALSE
    END;
    IF fits IS NOT TRUE THEN
        RAISE EXCEPTION 'the answer does not fit the question' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


@tracked()
class Answer(models.Model):
    """What an application says to one question: a text; a number as its digits; the place of a choice, or a list of
    places. A question that is answered by a file has documents instead.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="given_answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers", verbose_name=_("question"))
    value = models.JSONField(_("answer"), encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [models.UniqueConstraint(fields=["application", "question"], name="answer_one_each")]
        triggers = [
            pgtrigger.Trigger(
                name="fits_its_question",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("question", "RECORD"), ("fits", "BOOLEAN")],
                func=FITS_ITS_QUESTION,
            )
        ]

    def __str__(self) -> str:
        return str(self.value)


class SavedPart(models.Model):
    """How often a part of an application was saved, last when and by whom.

    `changes` names for each field the version in which it was changed last and by whom, so that of two people who
    write at once each is told of exactly what the other has changed: {field: {"version": 3, "by": 12}}.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="saved_parts")
    part = models.CharField(_("part"), max_length=20, choices=ApplicationSection)
    version = models.PositiveIntegerField(_("version"), default=0)
    changes = models.JSONField(_("last changes"), default=dict)
    saved_at = models.DateTimeField(_("last saved at"), db_default=ClockTimestamp())
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("saved part")
        verbose_name_plural = _("saved parts")
        constraints = [models.UniqueConstraint(fields=["application", "part"], name="savedpart_one_each")]

    def __str__(self) -> str:
        return f"{self.get_part_display()}, {self.version}"


class Remark(models.Model):
    """What the committee asks about one field of an application that it gives back; stands beside that field.

    `field` is the name of the form's field (of a question: `Question.field`), empty for a part as a whole. `round`
    counts how often the application was given back. Open until the committee is satisfied.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="remarks")
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    part = models.CharField(_("part"), max_length=20, choices=ApplicationSection)
    field = models.CharField(_("field"), max_length=60, blank=True)
    text = models.TextField(_("what is asked"), max_length=2000)
    language = models.CharField(_("language of the text"), max_length=10, choices=settings.LANGUAGES)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made at"), db_default=ClockTimestamp(), editable=False)
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["application", "round", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(round__gte=1), name="remark_round_from_one"),
            models.CheckConstraint(condition=~Q(text=""), name="remark_says_something"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True) | Q(settled_at__gte=models.F("made_at")),
                name="remark_settled_later",
            ),
        ]

    def __str__(self) -> str:
        return self.text
