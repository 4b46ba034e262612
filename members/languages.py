"""Languages in which organisations are registered and people write, besides the portal's own three."""

from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext

if TYPE_CHECKING:
    from members.models import Organisation

#: The portal's languages first, then those of the member states and partners.
CODES: Final = (
    *("zh-hans", "ru", "en"),
    *("kk", "ky", "tg", "uz", "be", "hi", "ur", "fa"),
    *("hy", "az", "mn", "tr", "ar", "my", "km", "ne"),
)


def language_choices() -> list[tuple[str, str]]:
    """(code, name) pairs for a form, named in the active language."""
    return [(code, gettext(LANG_INFO[code]["name"])) for code in CODES]


def language_of(organisation: "Organisation") -> str:
    """The language of the portal in which one writes to an organisation: that of its registered name, else of its
    country, else English.
    """
    own = organisation.legal_name_language
    spoken = dict.fromkeys(("RU", "BY", "KZ", "KG", "TJ", "UZ"), "ru") | {"CN": "zh-hans"}
    if own in dict(settings.LANGUAGES):
        return own
    return spoken.get(str(organisation.country.code), "en")
