from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReportState(TextChoices):
    """Domain brief §8."""

    DRAFT = "draft", _("draft")
    DATA_FROZEN = "data_frozen", _("figures frozen")
    REVIEWED = "reviewed", _("reviewed")
    SIGNED = "signed", _("signed")
    PUBLISHED = "published", _("published")
    CORRECTED = "corrected", _("corrected")


class FileFormat(TextChoices):
    XLSX = "xlsx", "XLSX"
    PDF = "pdf", "PDF"
    CSV = "csv", "CSV"
    JSON = "json", "JSON"


#: Content types of the files.
CONTENT_TYPES = {
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileFormat.PDF: "application/pdf",
    FileFormat.CSV: "text/csv; charset=utf-8",
    FileFormat.JSON: "application/json",
}
