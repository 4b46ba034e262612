"""Numbers of SCO partners that have a known check, and of Taiwan, China (domain brief §3)."""

from django.utils.translation import gettext_lazy as _
from stdnum.az import voen
from stdnum.tr import vkn

from members.identifiers.scheme import Scheme, consistent, digits, last_character, pattern
from members.identifiers.text import bare_digits

_UBN_WEIGHTS = (1, 2, 1, 2, 1, 2, 4, 1)


def ubn_is_consistent(number: str) -> bool:
    """Taiwan's uniform number: the digit sum of the weighted digits is divisible by 5, since April 2023 (10 before).

    A 7 in the seventh place counts 10, that is 1 or 0 at choice. The stdnum package still asks for 10.
    """
    products = (int(digit) * weight for digit, weight in zip(number, _UBN_WEIGHTS, strict=True))
    total = sum(product // 10 + product % 10 for product in products)
    return total % 5 == 0 or (number[6] == "7" and (total + 1) % 5 == 0)


def _ten_digits(value: str) -> str:
    """Leading zeros of a VÖEN are often left out."""
    bare = bare_digits(value)
    return f"0{bare}" if len(bare) == 9 else bare


VOEN = Scheme(
    code="AZ-VOEN",
    country="AZ",
    label=_("VÖEN, taxpayer number (Azerbaijan)"),
    hint=_("10 digits, the last is 1 or 2"),
    example="3100073821",
    org_id_prefix="AZ-IVI",
    labels=("VÖEN", "VOEN"),
    bare=_ten_digits,
    shape=(*digits(10), pattern(".{9}[12]", _("The last digit is 1 for an organisation or 2 for a person."))),
    check_characters=consistent(voen.is_valid),
)

EG_TN = Scheme(
    code="EG-TN",
    country="EG",
    label=_("Tax registration number (Egypt)"),
    hint=_("9 digits"),
    example="100531385",
    shape=digits(9),
)

VKN = Scheme(
    code="TR-VKN",
    country="TR",
    label=_("VKN, tax identification number (Türkiye)"),
    hint=_("10 digits"),
    example="4540536920",
    org_id_prefix="TR-VKN",
    labels=("VKN",),
    shape=digits(10),
    check_characters=last_character(vkn.calc_check_digit),
)

UBN = Scheme(
    code="TW-UBN",
    country="TW",
    label=_("Uniform number of enterprises (Taiwan, China)"),
    hint=_("8 digits"),
    example="00501503",
    labels=("統一編號", "统一编号", "UBN"),
    shape=digits(8),
    check_characters=consistent(ubn_is_consistent),
)

SCHEMES = (VOEN, EG_TN, VKN, UBN)
