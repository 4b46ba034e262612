"""Documents made as people make them: uploaded through the workflow."""

from io import BytesIO
from typing import Any

from django.db.models import Model
from PIL import Image

from temp_portal.accounts.enums import ScopeKind
from temp_portal.accounts.models import User
from temp_portal.documents import workflows
from temp_portal.documents.models import Document
from temp_portal.documents.scopes import Scope


def picture(seed: int = 0) -> BytesIO:
    """A small PNG; another seed gives another content."""
    file = BytesIO()
    Image.new("RGB", (40, 30), (seed % 256, seed // 256 % 256, 90)).save(file, "PNG")
    return file


def document_of(organisation: Model, *, by: User, seed: int = 0, **details: Any) -> Document:
    """A clean document of an organisation."""
    scope = Scope(ScopeKind.ORGANISATION, organisation.pk)
    return workflows.upload(picture(seed), "licence.png", scope=scope, by=by, **details)
