"""The notice that people are shown before they give data about themselves, and from where they may do so on their own.

Staff keep the texts by country (`PrivacyNotice`); until they have written one, the general text below stands. Which
version was shown, in which language, when and through which channel is a Consent with the purpose "notice".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from members.enums import ConsentPurpose
from members.models import Consent, Person, PrivacyNotice, SelfRegistration
from temp_portal.core.country_names import country_name

#: Countries where putting oneself on record is a decision of the platform's owner that has not been taken: their law
#: forbids collecting citizens' data straight into a database abroad (domain brief §9).
OFF_BY_DEFAULT: Final = frozenset({"RU"})
#: How the general notice is called in the version of a text.
GENERAL: Final = "general"
FIRST_TEXT: Final = gettext_noop(
    "The Secretariat of the platform keeps the name, organisation, post, work e-mail, work phone and languages of "
    "people who act for an organisation, in order to handle applications, seats and offices in the working committees. "
    "Only the Secretariat and the officers of the committees concerned read the contacts; every reading is recorded. "
    "A name is published only with a consent of its own. Contacts are erased six months after a person has left; "
    "offices held stay on record. Everybody may see, correct and take along the own data, object, and ask to be "
    "erased: on the page “My data”, or by a letter to the Secretariat."
)


@dataclass(frozen=True, slots=True)
class ShownNotice:
    """A notice as one reader sees it. `version` names country and number, `language` that of the text."""

    version: str
    language: str
    text: str


def notice_for(country: str) -> ShownNotice:
    """The notice in force for a country: its own, else the general one, in the reader's language where there is one."""
    found = in_force([country, ""])
    row = found.get(country) or found.get("")
    if row is None:
        return ShownNotice(f"{GENERAL}-0", get_language() or "en", _(FIRST_TEXT))
    language, text = _in_a_language(row)
    return ShownNotice(version_of(row), language, text)


def in_force(countries: Iterable[str] | None = None) -> dict[str, PrivacyNotice]:
    """The latest version by country; the general one under the empty code. One query."""
    rows = PrivacyNotice.objects.order_by("country", "-number").distinct("country")
    if countries is not None:
        rows = rows.filter(country__in=set(countries))
    return {str(row.country): row for row in rows}


def version_of(row: PrivacyNotice) -> str:
    """What a Consent says about the text: country and number."""
    return f"{row.country or GENERAL}-{row.number}"


def has_confirmed(person: Person, notice: ShownNotice) -> bool:
    """Whether the person is on record as having been shown this version."""
    shown = Consent.objects.filter(person=person.pk, purpose=ConsentPurpose.NOTICE, withdrawn_at__isnull=True)
    return shown.filter(text_version=notice.version).exists()


def may_register_oneself(country: str) -> bool:
    """Whether people of the country may put themselves on record."""
    row = SelfRegistration.objects.filter(country=country).only("state").first()
    return row.state == "on" if row else country not in OFF_BY_DEFAULT


def refuse_self_registration(country: str) -> None:
    """Raises ValidationError, with what to do instead, where people do not put themselves on record."""
    if not may_register_oneself(country):
        raise ValidationError(refusal(country), code="self_registration")


def refusal(country: str) -> str:
    """What the person who is refused reads."""
    return _(
        "People of organisations in this country (%(country)s) do not put themselves on record: their organisation "
        "enters them and shows them the notice on personal data. Ask a colleague who represents it in the portal, or "
        "the Secretariat, to do so. Nothing that you typed here was kept."
    ) % {"country": country_name(country)}


def _in_a_language(row: PrivacyNotice) -> tuple[str, str]:
    """The text in the reader's language, else in the next one that it has, with that language."""
    active = get_language() or settings.LANGUAGE_CODE
    fallbacks = settings.MODELTRANSLATION_FALLBACK_LANGUAGES
    order = (active, *fallbacks.get(active, ()), *fallbacks["default"])
    texts = ((code, getattr(row, f"text_{code.replace('-', '_')}", "")) for code in order)
    return next(((code, text) for code, text in texts if text), (active, row.text))
