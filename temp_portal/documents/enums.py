from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DocumentState(TextChoices):
    """pending → clean or refused; pending and clean → withdrawn."""

    PENDING = "pending", _("being checked")
    CLEAN = "clean", _("checked")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


KEPT_STATES: Final = (DocumentState.PENDING, DocumentState.CLEAN)


class Validity(TextChoices):
    """How a document stands to its last day."""

    VALID = "valid", _("valid")
    SOON = "soon", _("expires soon")
    EXPIRED = "expired", _("expired")


class ReadingWay(TextChoices):
    """How a document was read."""

    PREVIEW = "preview", _("preview")
    DOWNLOAD = "download", _("download")
    API = "api", _("download over the API")
