"""Status: an icon and a word on a soft ground; colour is the third signal."""

from typing import Final

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from temp_portal.core.markup.icons import ICONS

#: Tone → icon drawn unless another one is named.
TONES: Final[dict[str, str]] = {
    "ok": "check",
    "warn": "warning",
    "bad": "cross",
    "wait": "clock",
    "info": "info",
    "": "dash",
}


def status_tag(tone: str, word: str | Promise, icon: str = "") -> SafeString:
    """A status, its word capitalised (markup is left as it is).

    tone: "ok", "warn", "bad", "wait" (somebody's turn), "info" or "" (neutral).
    """
    shown = word if isinstance(word, SafeString) else capfirst(str(word))
    return format_html('<span class="st {}">{}{}</span>', tone, ICONS[icon or TONES[tone]], shown)
