"""Titles of reference data in the three languages, which belong to the data, not to the catalogues; and labels."""

from dataclasses import dataclass

from django.utils.functional import Promise, lazy
from django.utils.translation import get_language
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Titles:
    """One title in English, Chinese (simplified) and Russian; as text it is the title in the active language."""

    en: str
    zh_hans: str
    ru: str

    def in_language(self, language: str | None) -> str:
        """`language` as Django names it (zh-hans, ru, en-gb); anything else, or None, gives English."""
        main = (language or "en").lower().partition("-")[0]
        return {"zh": self.zh_hans, "ru": self.ru}.get(main, self.en)

    def __str__(self) -> str:
        return self.in_language(get_language())

    def lazy(self) -> str | Promise:
        """For choices and settings: text that follows the language of whoever looks at it."""
        return lazy(self.__str__, str)()

    def all(self) -> tuple[str, str, str]:
        return (self.en, self.zh_hans, self.ru)


def labelled(label: object, value: object) -> str:
    """A value behind its label, with the colon of the active language."""
    return _("%(label)s: %(value)s") % {"label": label, "value": value}
