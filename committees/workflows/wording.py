"""What a committee says when it gives back or rejects: reasons out of the list, and words of the secretary's own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from committees.enums import ReasonKind
from committees.models import DecisionReason


@dataclass(frozen=True, slots=True)
class Wording:
    """`text` is written in `language`; the reasons are there in every language."""

    reasons: Sequence[DecisionReason] = ()
    text: str = ""
    language: str = ""

    @classmethod
    def of(cls, kind: ReasonKind, codes: Iterable[str], text: str, language: str) -> Self:
        """Look the reasons up. Raises ValidationError for one that is not on offer."""
        wanted = set(codes)
        found = list(DecisionReason.objects.filter(kind=kind, code__in=wanted, active=True))
        if len(found) < len(wanted):
            raise ValidationError({"reasons": _("One of the reasons is no longer on offer: choose again.")})
        return cls(found, text.strip(), language)

    def __bool__(self) -> bool:
        return bool(self.reasons or self.text)

    def plain(self, language: str) -> str:
        """All of it as one text, the reasons in `language`, for notices and lists."""
        return "\n".join([*(in_language(each, language) for each in self.reasons), *filter(None, [self.text])])


def in_language(reason: DecisionReason, language: str) -> str:
    """The reason's words in a language, else in any."""
    suffix = language.replace("-", "_")
    found: str = getattr(reason, f"text_{suffix}", "") or reason.text_en or reason.text_zh_hans or reason.text_ru
    return found
