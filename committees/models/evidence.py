"""Documents of the organisation that an application rests on."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from committees.enums import EvidenceKind
from committees.models.application import Application
from committees.models.questions import Question
from temp_portal.core.db import ClockTimestamp
from temp_portal.documents.models import Document


class ApplicationDocument(models.Model):
    """A document attached to an application: as evidence of a kind, or as the answer to a question."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="attached")
    document = models.ForeignKey(Document, models.PROTECT, related_name="applications", verbose_name=_("document"))
    kind = models.CharField(_("what it shows"), max_length=20, choices=EvidenceKind)
    question = models.ForeignKey(
        Question, models.PROTECT, null=True, blank=True, related_name="documents", verbose_name=_("question")
    )
    attached_at = models.DateTimeField(_("attached at"), db_default=ClockTimestamp(), editable=False)
    attached_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    class Meta:
        verbose_name = _("document of an application")
        verbose_name_plural = _("documents of applications")
        ordering = ["application", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "document", "kind", "question"],
                nulls_distinct=False,
                name="applicationdocument_once",
                violation_error_message=_("This document is attached already."),
            ),
            models.CheckConstraint(
                condition=Q(kind=EvidenceKind.ANSWER, question__isnull=False)
                | (~Q(kind=EvidenceKind.ANSWER) & Q(question__isnull=True)),
                name="applicationdocument_question_by_kind",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="fits_its_question",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__question__isnull=False),
                func="""
                    IF NOT EXISTS (
                        SELECT FROM committees_question q JOIN committees_application a USING (question_set_id)
                         WHERE q.id = NEW.question_id AND a.id = NEW.application_id AND q.kind = 'file') THEN
                        RAISE EXCEPTION 'the application was not asked for this file' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return str(self.document)
