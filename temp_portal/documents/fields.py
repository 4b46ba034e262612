"""A form field for a document: one that the owner has already, or a file that is kept at once.

    self.fields["evidence"] = DocumentField(scope=Scope(ScopeKind.ORGANISATION, organisation.pk), by=user,
                                            kind="ownership", label=_("Evidence"))

The clean value is a Document (None where nothing was chosen and nothing is required). A file that passes is kept by
`clean` itself, before the other fields are judged: a mistake elsewhere in the form loses no upload, with JavaScript or
without. The app attaches the document with `workflows.attach` when it writes its row.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from temp_portal.documents import kinds, workflows
from temp_portal.documents.checks.formats import ACCEPT
from temp_portal.documents.checks.limits import LIMITS, MB
from temp_portal.documents.models import Document
from temp_portal.documents.scopes import Scope
from temp_portal.documents.storage import stream_of

if TYPE_CHECKING:
    from temp_portal.accounts.models import User

HINT = format_lazy(_("PDF, photo or Office file, at most {size} MB."), size=LIMITS.size // MB)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What came with the form: the id of a document, and a file."""

    document: str = ""
    file: "UploadedFile[Any] | None" = None


class DocumentWidget(forms.Widget):
    """A select with the owner's documents beside a file box; a script uploads the file at once, with a bar."""

    template_name = "documents/widget.html"
    needs_multipart_form = True

    def __init__(self, field: "DocumentField", attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.field = field

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_file"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Chosen:
        return Chosen(str(data.get(name) or ""), files.get(f"{name}_file"))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and f"{name}_file" not in files

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        field = self.field
        chosen = field.kept.pk if field.kept else _id_of(value)
        return context | {
            "documents": field.offered(),
            "chosen": chosen,
            "accept": ACCEPT,
            "upload_url": reverse("documents:upload"),
            "scope": field.scope,
            "kind": field.kind,
            "described_by": (attrs or {}).get("aria-describedby", ""),
        }


def _id_of(value: Any) -> int | None:
    """The id of the chosen document, of what a form holds at first or was sent."""
    if isinstance(value, Document):
        return value.pk
    typed = value.document if isinstance(value, Chosen) else str(value or "")
    return int(typed) if typed.isdecimal() else None


class DocumentField(forms.Field):
    """See the module. `scope` is the owner, `by` who fills the form in, `kind` what the document is evidence of."""

    default_error_messages = {
        "required": _("Choose one of your documents, or a file."),
        "gone": _("This document is no longer there. Choose another one."),
    }

    def __init__(self, *, scope: Scope, by: "User", kind: str = kinds.OTHER, **options: Any) -> None:
        options.setdefault("help_text", HINT)
        super().__init__(widget=DocumentWidget(self), **options)
        self.scope = scope
        self.by = by
        self.kind = kind
        self.kept: Document | None = None

    def __deepcopy__(self, memo: dict[int, Any]) -> "DocumentField":
        copied = super().__deepcopy__(memo)
        copied.widget.field = copied
        return copied

    def offered(self) -> "list[Document]":
        """The owner's documents to choose from, those of the asked kind first."""
        documents = list(Document.objects.of(self.scope).kept().newest().order_by("-id"))
        return sorted(documents, key=lambda document: document.kind != self.kind)

    def clean(self, value: Any) -> Document | None:
        """The document; a file that came along is kept. Raises ValidationError."""
        chosen = value if isinstance(value, Chosen) else Chosen(str(value or ""))
        if chosen.file is not None:
            return self._upload(chosen.file)
        if not chosen.document:
            if self.required:
                raise forms.ValidationError(self.error_messages["required"], code="required")
            return None
        return self._known(chosen.document)

    def _upload(self, file: "UploadedFile[Any]") -> Document:
        self.kept = workflows.upload(stream_of(file), file.name or "", scope=self.scope, by=self.by, kind=self.kind)
        return self.kept

    def _known(self, typed: str) -> Document:
        own = Document.objects.of(self.scope).kept()
        found = own.filter(pk=int(typed)).first() if typed.isdecimal() and len(typed) < 19 else None
        if found is None:
            raise forms.ValidationError(self.error_messages["gone"], code="gone")
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        return isinstance(data, Chosen) and (data.file is not None or _id_of(data) != _id_of(initial))
