from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from temp_portal.core.markup.names import LANGUAGES


@extend_schema_field({"type": "object", "additionalProperties": {"type": "string"}, "example": {"en": "…", "ru": "…"}})
class NamesField(serializers.Field[Any, Any, Any, Any]):
    """A text in the portal's languages as an object by language code; languages without a text are left out.

    prefix: name of the translated field, the field's own name if empty; source: path of the record that has it.
    """

    def __init__(self, prefix: str = "", **options: Any) -> None:
        self.prefix = prefix
        super().__init__(read_only=True, **({"source": "*"} | options))

    def bind(self, field_name: str, parent: Any) -> None:
        self.prefix = self.prefix or field_name
        super().bind(field_name, parent)

    def to_representation(self, value: Any) -> dict[str, str]:
        texts = {code: getattr(value, f"{self.prefix}_{suffix}") for code, suffix, _lang, _label in LANGUAGES}
        return {code: text for code, text in texts.items() if text}
