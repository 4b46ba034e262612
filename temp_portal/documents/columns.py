"""What the list of documents shows."""

from typing import Any, Final

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from temp_portal.core.db import label_of
from temp_portal.core.lists import Column, cells
from temp_portal.core.markup import status_tag
from temp_portal.core.markup.sizes import size_text
from temp_portal.documents import kinds
from temp_portal.documents.checks.formats import BY_MEDIA_TYPE
from temp_portal.documents.enums import DocumentState, Validity
from temp_portal.documents.models import Document

TONES: Final[dict[str, str]] = {
    DocumentState.PENDING: "wait",
    DocumentState.CLEAN: "ok",
    DocumentState.REFUSED: "bad",
    DocumentState.WITHDRAWN: "",
}
VALIDITY_TONES: Final[dict[str, str]] = {Validity.SOON: "warn", Validity.EXPIRED: "bad"}


def _title(document: Document) -> Any:
    return format_html(
        '<a href="{}">{}</a><span class="sub">{}</span>', document.get_absolute_url(), document.title, document.name
    )


def expiry(document: Document) -> Any:
    """The last day, marked when it is near or past; None without one."""
    if document.expires_on is None:
        return None
    day = cells.date("expires_on")(document)
    validity = document.validity
    if validity not in VALIDITY_TONES:
        return day
    return format_html("{} {}", day, status_tag(VALIDITY_TONES[validity], validity.label))


def format_label(document: Document) -> str:
    """ "PDF", "DOCX" …"""
    found = BY_MEDIA_TYPE.get(document.media_type)
    return found.label if found else document.media_type


def document_columns(*, of_several: bool) -> list[Column]:
    """The columns; whose a document is only where those of several owners are shown."""
    kind = label_of("kind", kinds.choices())
    columns = [
        Column("title", _("Document"), _title, sort=("title",), row_header=True),
        Column("kind", _("Kind"), cells.text("kind_label"), sort=("kind",), export=kind),
        Column("state", _("State"), cells.status("state", TONES), sort=("state",)),
        Column("expires", _("Valid until"), expiry, sort=("expires_on",)),
        Column("issued", _("Issued on"), cells.date("issued_on"), sort=("issued_on",), default=False),
        Column("format", _("Format"), format_label, sort=("media_type",), width="w-fit"),
        Column("size", _("Size"), lambda row: size_text(row.size), sort=("size",), numeric=True, width="w-fit"),
        Column("pages", _("Number of pages"), cells.number("pages"), sort=("pages",), numeric=True, default=False),
        Column("uploaded", _("Uploaded at"), cells.date("uploaded_at"), sort=("id",), export="uploaded_at"),
        Column("uploaded_by", _("Uploaded by"), cells.text("uploaded_by"), export="uploaded_by__email", default=False),
    ]
    if of_several:
        columns.insert(1, Column("owner", _("Owner"), cells.text("owner_name")))
    return columns
