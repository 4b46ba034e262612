from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.reverse import reverse

from temp_portal.accounts.enums import ScopeKind
from temp_portal.documents import kinds
from temp_portal.documents.forms import EXPIRES_BEFORE_ISSUE
from temp_portal.documents.models import Document

NO_OWNER: Final = _("Name the record that owns the document; the platform has none.")


class DocumentSerializer(serializers.ModelSerializer[Document]):
    """`replaces` is the older version; `file` is there as soon as the checks are over."""

    owner_kind = serializers.ChoiceField(source="scope_kind", choices=ScopeKind.choices)
    owner_id = serializers.IntegerField(source="scope_id", allow_null=True)
    file = serializers.SerializerMethodField()

    class Meta:
        model = Document
        fields = [
            "id",
            "owner_kind",
            "owner_id",
            "kind",
            "title",
            "name",
            "media_type",
            "size",
            "sha256",
            "pages",
            "language",
            "issued_on",
            "expires_on",
            "state",
            "refusal",
            "replaces",
            "uploaded_at",
            "file",
        ]

    def get_file(self, document: Document) -> str:
        return reverse("api:document-file", args=[document.pk], request=self.context.get("request"))


class NewDocumentSerializer(serializers.Serializer[Any]):
    """A form (multipart/form-data). `owner_id` is left out for the platform's own documents."""

    file = serializers.FileField(allow_empty_file=True, max_length=255)
    owner_kind = serializers.ChoiceField(choices=ScopeKind.choices)
    owner_id = serializers.IntegerField(required=False, default=None, min_value=1, max_value=2**63 - 1)
    kind = serializers.CharField(required=False, default=kinds.OTHER)
    title = serializers.CharField(required=False, default="", max_length=200)
    language = serializers.ChoiceField(choices=settings.LANGUAGES, required=False, default="")
    issued_on = serializers.DateField(required=False, default=None)
    expires_on = serializers.DateField(required=False, default=None)

    def validate_kind(self, kind: str) -> str:
        if kind not in dict(kinds.choices()):
            raise serializers.ValidationError(", ".join(dict(kinds.choices())))
        return kind

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        issued, expires = values["issued_on"], values["expires_on"]
        if issued and expires and expires < issued:
            raise serializers.ValidationError({"expires_on": EXPIRES_BEFORE_ISSUE})
        if (values["owner_kind"] == ScopeKind.PLATFORM) != (values["owner_id"] is None):
            raise serializers.ValidationError({"owner_id": NO_OWNER})
        return values
