"""Sizes of files as people read them."""

from typing import Final

from django.utils.translation import gettext as _

from temp_portal.core.markup.figures import number

_KILO: Final = 1024


def size_text(size: int) -> str:
    """ "340 KB", "2.4 MB": bytes are never shown, since nobody counts in them."""
    if size < _KILO * _KILO:
        return _("%(size)s KB") % {"size": number(max(1, round(size / _KILO)))}
    return _("%(size)s MB") % {"size": number(size / _KILO / _KILO, 1)}
