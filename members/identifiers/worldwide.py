"""The legal entity identifier, and for countries without a scheme of their own the number in their register."""

from functools import lru_cache

from django.utils.translation import gettext_lazy as _
from stdnum.iso7064 import mod_97_10

from members.identifiers import text
from members.identifiers.reasons import Objection, filled
from members.identifiers.scheme import CAPITALS, DIGITS, Scheme, consistent, made_of, of_length, pattern

LEI = Scheme(
    code="LEI",
    country="",
    label=_("LEI, legal entity identifier"),
    hint=_("20 digits and capital letters"),
    example="724500PMK2A2M1SQQ228",
    org_id_prefix="XI-LEI",
    labels=("LEI",),
    bare=text.bare_code,
    shape=(
        made_of(DIGITS + CAPITALS),
        of_length(20),
        pattern(r".{18}\d\d", _("The last two characters are digits.")),
    ),
    check_characters=consistent(mod_97_10.is_valid),
)

LONGEST_FOREIGN_NUMBER = 40


def _some_number(value: str) -> None:
    if len(value) > LONGEST_FOREIGN_NUMBER:
        raise Objection(
            filled(_("A registration number has at most %(limit)d characters."), limit=LONGEST_FOREIGN_NUMBER)
        )
    if not any(character.isdigit() for character in value):
        raise Objection(_("A registration number contains digits."))


@lru_cache(maxsize=300)
def foreign_register(country: str) -> Scheme:
    """The scheme for the company register of a country that has none of its own here; nothing but presence is checked.

    The country is part of the code, so equal numbers in two registers stay two numbers.
    """
    return Scheme(
        code=f"{country}-REG",
        country=country,
        label=_("Registration number abroad"),
        hint=_("As printed on the extract from the company register"),
        example="CN-1234567",
        bare=text.unspaced,
        shape=(_some_number,),
    )
