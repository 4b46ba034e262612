"""Text that a spreadsheet would run as a formula, made harmless in CSV, and turned back when such a file is read.

An apostrophe goes in front of a text that begins like a formula, full-width signs included, and of one that begins with
apostrophes before such a sign. So the step can be undone exactly. Numbers are written as numbers and never come here.
"""

import re
from typing import Final

#: What begins a formula, or is dropped by programs that then see one. For a regular-expression class, in SQL too.
TRIGGERS: Final = "=+\\-@\t\r\n＝＋－＠"
#: First characters of the texts that PATTERN matches.
STARTS: Final = "'=+-@\t\r\n＝＋－＠"
PATTERN: Final = f"^'*[{TRIGGERS}]"
_FORMULA: Final = re.compile(PATTERN)
_NEUTRALISED: Final = re.compile(f"^'+[{TRIGGERS}]")


def neutralise(text: str) -> str:
    """`text` as it may stand in a CSV cell."""
    return f"'{text}" if _FORMULA.match(text) else text


def restore(text: str) -> str:
    """What `neutralise` was given."""
    return text[1:] if _NEUTRALISED.match(text) else text
