"""Imports of tables through the pages: the file, how its columns are read, and what came of it."""

import hashlib
from collections.abc import Iterable

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from temp_portal.audit.models import Stateful
from temp_portal.core.tabular.cells import header_key
from temp_portal.core.tabular.kinds import all_kinds
from temp_portal.imports.enums import ImportState
from temp_portal.imports.querysets import RowProblemQuerySet, TableImportQuerySet
from temp_portal.jobs.models import Job


def kind_label(kind: str) -> str:
    """What the rows of a kind are, in the reader's language; its key when no app offers it any more."""
    return next((str(known.label) for known in all_kinds() if known.name == kind), kind)


def headers_fingerprint(headers: Iterable[str]) -> str:
    """Hash under which a mapping of these column names is remembered; their order, case and width do not count."""
    return hashlib.sha256("\n".join(sorted(map(header_key, headers))).encode()).hexdigest()


class TableImport(Stateful):
    """One file on its way in: uploaded → mapped → checked → applying → applied, or failed.

    `headers` and `sample` (the first rows, as text) are read once, so that the page of the columns need not open the
    file again. The counts are those of the last check, or of the import once it is applied; NULL before the first.
    `changes` holds the first rows that are written: row, action, title, and field → [before, after].
    """

    kind = models.CharField(_("kind"), max_length=60)
    name = models.CharField(_("file"), max_length=200)
    file = models.FileField(_("stored file"), max_length=200, editable=False)
    size = models.PositiveBigIntegerField(_("size"), default=0, editable=False)
    headers = models.JSONField(_("columns of the file"), default=list, editable=False)
    sample = models.JSONField(_("first rows"), default=list, editable=False)
    mapping = models.JSONField(_("mapping"), null=True, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=ImportState, default=ImportState.UPLOADED, editable=False
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    all_or_nothing = models.BooleanField(_("all rows or none"), default=False)
    rows = models.PositiveIntegerField(_("rows"), null=True, editable=False)
    created = models.PositiveIntegerField(_("created"), null=True, editable=False)
    updated = models.PositiveIntegerField(_("updated"), null=True, editable=False)
    unchanged = models.PositiveIntegerField(_("unchanged"), null=True, editable=False)
    rejected = models.PositiveIntegerField(_("rejected"), null=True, editable=False)
    changes = models.JSONField(_("changes"), default=list, editable=False, encoder=DjangoJSONEncoder)
    failure = models.TextField(_("why it failed"), blank=True, editable=False)
    job = models.ForeignKey(
        Job, models.SET_NULL, null=True, blank=True, related_name="+", editable=False, verbose_name=_("job")
    )
    created_at = models.DateTimeField(_("uploaded at"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("uploaded by")
    )
    applied_at = models.DateTimeField(_("applied at"), null=True, blank=True, editable=False)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = TableImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ImportState.UPLOADED) | Q(mapping__isnull=False), name="import_mapped_with_mapping"
            ),
            models.CheckConstraint(
                condition=Q(rows__isnull=True) | Q(rows=F("created") + F("updated") + F("unchanged") + F("rejected")),
                name="import_rows_accounted_for",
            ),
            models.CheckConstraint(
                condition=Q(state=ImportState.APPLIED, applied_at__isnull=False, applied_by__isnull=False)
                | (~Q(state=ImportState.APPLIED) & Q(applied_at__isnull=True, applied_by__isnull=True)),
                name="import_applied_with_stamp",
            ),
            models.CheckConstraint(
                condition=~Q(state=ImportState.FAILED) | ~Q(failure=""), name="import_failed_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind_label}: {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("imports:import", args=[self.pk])

    @property
    def columns_url(self) -> str:
        """Where one says which column holds what."""
        return reverse("imports:columns", args=[self.pk])

    @property
    def kind_label(self) -> str:
        """What the rows are."""
        return kind_label(self.kind)

    @property
    def to_write(self) -> int:
        """Rows that applying creates or updates."""
        return (self.created or 0) + (self.updated or 0)


class RowProblem(models.Model):
    """Why a row was not taken: one error of one cell, or of the whole row. `row` and `column` are those of the file."""

    table_import = models.ForeignKey(TableImport, models.CASCADE, related_name="problems", verbose_name=_("import"))
    row = models.PositiveIntegerField(_("row"))
    column = models.TextField(_("column"), blank=True)
    value = models.TextField(_("value"), blank=True)
    reason = models.TextField(_("reason"))

    objects = RowProblemQuerySet.as_manager()

    class Meta:
        verbose_name = _("error in a row")
        verbose_name_plural = _("errors in rows")
        indexes = [models.Index(fields=["table_import", "row", "id"], name="import_problem_row")]

    def __str__(self) -> str:
        return f"{self.row}: {self.reason}"


class SavedMapping(models.Model):
    """How the columns of files with these names were last read, for the next file of the same making."""

    kind = models.CharField(_("kind"), max_length=60)
    fingerprint = models.CharField(_("fingerprint of the columns"), max_length=64)
    mapping = models.JSONField(_("mapping"))
    saved_at = models.DateTimeField(_("saved at"), auto_now=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("saved by"))

    class Meta:
        verbose_name = _("remembered mapping")
        verbose_name_plural = _("remembered mappings")
        constraints = [models.UniqueConstraint(fields=["kind", "fingerprint"], name="import_one_mapping")]

    def __str__(self) -> str:
        return f"{kind_label(self.kind)}: {self.fingerprint[:8]}"
