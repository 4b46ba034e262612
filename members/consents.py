"""The texts that people consent to. A change of meaning gets a new version; what was agreed to stays on record.

Each purpose is asked for by itself (domain brief §9: separate consent to publish a person, and to hand data abroad).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from members.enums import ConsentPurpose

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class ConsentText:
    """The wording of one purpose. `version` is the day on which the wording came into force."""

    purpose: ConsentPurpose
    version: str
    text: "StrOrPromise"
    compulsory: bool


CONSENT_TEXTS: Final = {
    ConsentPurpose.REPRESENTATION: ConsentText(
        ConsentPurpose.REPRESENTATION,
        "2026-11-01",
        _(
            "I agree that the platform keeps my name, post, work e-mail, work phone and languages in order to work "
            "with me as the representative of my organisation. Only the Secretariat and the officers of the committees "
            "concerned see them. I can withdraw this consent at any time."
        ),
        compulsory=True,
    ),
    ConsentPurpose.PUBLICATION: ConsentText(
        ConsentPurpose.PUBLICATION,
        "2026-11-01",
        _(
            "I agree that my name is shown on the public pages of the committee beside my organisation. My contact "
            "data are never published."
        ),
        compulsory=False,
    ),
    ConsentPurpose.CROSS_BORDER: ConsentText(
        ConsentPurpose.CROSS_BORDER,
        "2026-11-01",
        _(
            "I agree that my name, post and work contacts may be read by the committee's officers in other countries "
            "of the SCO."
        ),
        compulsory=False,
    ),
}
