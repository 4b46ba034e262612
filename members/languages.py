"""Languages in which organisations are registered and people write, besides the portal's own three."""

from typing import Final

from django.conf.locale import LANG_INFO
from django.utils.translation import gettext

#: The portal's languages first, then those of the member states and partners.
CODES: Final = (
    *("zh-hans", "ru", "en"),
    *("kk", "ky", "tg", "uz", "be", "hi", "ur", "fa"),
    *("hy", "az", "mn", "tr", "ar", "my", "km", "ne"),
)


def language_choices() -> list[tuple[str, str]]:
    """(code, name) pairs for a form, named in the active language."""
    return [(code, gettext(LANG_INFO[code]["name"])) for code in CODES]
