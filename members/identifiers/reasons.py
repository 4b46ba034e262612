"""Why a number was not accepted, in words for the person who typed it. Translated when shown, not when found."""

from collections.abc import Callable

from django.utils.functional import Promise, lazy
from django.utils.text import get_text_list
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

Text = str | Promise

# What a look-alike letter was probably meant to be.
_MEANT = {"O": "0", "Q": "0", "D": "0", "I": "1", "L": "1", "Z": "2", "S": "5", "B": "8", "О": "0", "З": "3"}


class Objection(Exception):
    """A number breaks a rule of its scheme. `reason` is lazy text for the user."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason)
        self.reason = reason


# Made once: `lazy` builds a class whenever it is called, and an import checks numbers by the hundred thousand.
_at_display: Callable[[Callable[[], str]], Text] = lazy(lambda compose: compose(), str)


def filled(message: Text, **values: object) -> Text:
    """The message with its named placeholders filled in at display time."""
    return _at_display(lambda: str(message) % values)


def wrong_length(expected: tuple[int, ...], found: int, *, zeros_get_lost: bool) -> Text:
    """`zeros_get_lost`: in numbers of digits only, a spreadsheet drops a zero at the beginning."""
    return _at_display(lambda: _length_sentences(expected, found, zeros_get_lost=zeros_get_lost))


def _length_sentences(expected: tuple[int, ...], found: int, *, zeros_get_lost: bool) -> str:
    message = ngettext(
        "This number has %(lengths)s characters, but %(count)d was entered.",
        "This number has %(lengths)s characters, but %(count)d were entered.",
        found,
    ) % {"lengths": get_text_list([str(length) for length in expected], gettext("or")), "count": found}
    if not (zeros_get_lost and found + 1 in expected):
        return message
    return message + " " + gettext("A spreadsheet may have dropped a zero at the beginning.")


def foreign_character(character: str, meant: str | None = None) -> Text:
    """`meant` overrides the usual guess of the intended digit."""
    guess = meant or _MEANT.get(character)
    if guess is None:
        return filled(_("“%(character)s” does not occur in this number."), character=character)
    return filled(
        _("“%(character)s” does not occur in this number. Is “%(guess)s” meant?"), character=character, guess=guess
    )


def wrong_last(expected: str) -> Text:
    return filled(
        _("The last character should be %(expected)s if the others are right. Please compare with the certificate."),
        expected=expected,
    )


EMPTY = _("Please enter the number.")
ZEROS = _("A number of zeros only is not issued.")
ROUNDED = _("A spreadsheet has rounded this number. Format the column as text and enter the number again.")
INCONSISTENT = _("The characters do not fit together: one was probably mistyped. Please compare with the certificate.")
NEVER_ISSUED = _("No number that begins like this is issued. Please compare with the certificate.")
