"""The portal's own icons: outlines on a 24 px grid, stroke 1.75, drawn in the text's colour."""

from typing import Final

from django.utils.html import format_html
from django.utils.safestring import SafeString

_PATHS: Final[dict[str, str]] = {
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m20 20-4.8-4.8"/>',
    "bell": '<path d="M6 16v-5a6 6 0 1 1 12 0v5l1.5 2h-15ZM10 21h4"/>',
    "moon": '<path d="M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5Z"/>',
    "sun": '<circle cx="12" cy="12" r="4"/><path d="M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4'
    'M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "user": '<circle cx="12" cy="8" r="4"/><path d="M4 20.5c1-4 4-6 8-6s7 2 8 6"/>',
    "check": '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
    "cross": '<path d="m6 6 12 12M18 6 6 18"/>',
    "dash": '<path d="M6 12h12"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "warning": '<path d="M12 4 2.8 20h18.4ZM12 10v4.5M12 17.2v.1"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7.5V12l3 2"/>',
    "info": '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5M12 8v.1"/>',
    "columns": '<path d="M4 5h16v14H4ZM10 5v14M15 5v14"/>',
    "download": '<path d="M12 4v11m-5-4.5 5 5 5-5M5 20h14"/>',
    "upload": '<path d="M12 16V5m-5 4.5 5-5 5 5M5 20h14"/>',
    "file": '<path d="M6 3h8l5 5v13H6ZM14 3v5h5"/>',
    "down": '<path d="m6 9.5 6 6 6-6"/>',
    "up": '<path d="m6 14.5 6-6 6 6"/>',
    "left": '<path d="m14.5 6-6 6 6 6"/>',
    "right": '<path d="m9.5 6 6 6-6 6"/>',
    "edit": '<path d="M4 20h4L19.5 8.5l-4-4L4 16ZM13 7l4 4"/>',
    "link": '<path d="M10 14a4 4 0 0 0 5.7 0l3.6-3.6a4 4 0 0 0-5.7-5.7L12.5 5.8M14 10a4 4 0 0 0-5.7 0l-3.6 3.6'
    'a4 4 0 0 0 5.7 5.7l1.1-1.1"/>',
    "lock": '<path d="M6 11h12v9.5H6ZM8.5 11V8a3.5 3.5 0 0 1 7 0v3"/>',
    "mail": '<path d="M3.5 6h17v12h-17ZM4 6.5l8 6.5 8-6.5"/>',
    "key": '<circle cx="8" cy="15" r="4"/><path d="m11 12 8.5-8.5M16 7l3 3"/>',
    "sign-out": '<path d="M10 4H5v16h5M15 8l4 4-4 4M19 12h-9"/>',
    "filter": '<path d="M4 6h16M7 12h10M10 18h4"/>',
    "trash": '<path d="M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13"/>',
    "refresh": '<path d="M19.5 12a7.5 7.5 0 1 1-2.2-5.3L19.5 9M19.5 4v5h-5"/>',
    "calendar": '<path d="M4 6h16v14H4ZM4 10h16M8.5 3.5v4M15.5 3.5v4"/>',
    "people": '<circle cx="9" cy="8.5" r="3.5"/><path d="M2.5 20c.6-3.6 3-5.5 6.5-5.5s5.9 1.9 6.5 5.5M15.5 5.2'
    'a3.5 3.5 0 0 1 0 6.6M18 15c2 .8 3.2 2.5 3.5 5"/>',
    "building": '<path d="M5 20.5V4h9v16.5M14 9.5h5v11M3 20.5h18M8 8h3M8 12h3M8 16h3"/>',
    "flag": '<path d="M5 21V4h13l-2.5 4.5L18 13H5"/>',
    "home": '<path d="M4 11.5 12 4l8 7.5M6 10v10h12V10"/>',
}

ICONS: Final[dict[str, SafeString]] = {
    # Constant markup from this file: nothing of a user's stands in it.
    name: SafeString(f'<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{path}</svg>')
    for name, path in _PATHS.items()
}


def icon(name: str, label: str = "") -> SafeString:
    """The icon called `name`; decorative unless a label is given, which is then read out. KeyError if there is none."""
    if not label:
        return ICONS[name]
    return format_html('{}<span class="visually-hidden">{}</span>', ICONS[name], label)
