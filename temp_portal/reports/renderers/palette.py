"""Colours of the printed files: the light values of the portal's tokens, read from the style sheet with them."""

import re
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings

_TOKENS: Final = Path("static", "css", "tokens.css")
_ROOT: Final = re.compile(r":root\s*\{(.*?)\}", re.DOTALL)
_COLOUR: Final = re.compile(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6});")


@cache
def palette() -> dict[str, str]:
    """Hex colours by the name of their token, "own-central", "ink-2"."""
    block = _ROOT.search((settings.BASE_DIR / _TOKENS).read_text(encoding="utf-8"))
    return dict(_COLOUR.findall(block.group(1))) if block else {}
