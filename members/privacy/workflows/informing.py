"""Staff write the notices on personal data, and decide where people put themselves on record."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from members.informing import may_register_oneself
from members.models import PrivacyNotice, SelfRegistration
from temp_portal.audit.workflow import record

if TYPE_CHECKING:
    from temp_portal.accounts.models import User

RIGHT = "privacy.keep_notices"


@transaction.atomic
def write_notice(country: str, *, by: "User", **texts: str) -> PrivacyNotice:
    """Bring a new version of a country's notice into force ("" for the general one); earlier ones stay on record.

    `texts`: text_en, text_zh_hans, text_ru, at least one of them. Raises PermissionDenied, ValidationError.
    """
    if not by.has_perm(RIGHT):
        raise PermissionDenied
    if not any(text.strip() for text in texts.values()):
        raise ValidationError(_("Write the notice in at least one language."))
    last = PrivacyNotice.objects.filter(country=country).order_by("-number").first()
    if last is not None and all(getattr(last, name) == text for name, text in texts.items()):
        return last
    number = last.number + 1 if last else 1
    try:
        with transaction.atomic():
            return PrivacyNotice.objects.create(country=country, number=number, created_by=by, **texts)
    except IntegrityError:
        raise ValidationError(_("Somebody else has just written a new version. Read it first.")) from None


@transaction.atomic
def set_self_registration(country: str, *, allowed: bool, by: "User", reason: str) -> SelfRegistration:
    """Allow or end that people of a country put themselves on record, with the reason. Raises PermissionDenied.

    ValidationError when it is so already.
    """
    if not by.has_perm(RIGHT):
        raise PermissionDenied
    default = "on" if may_register_oneself(country) else "off"
    made, _new = SelfRegistration.objects.get_or_create(country=country, defaults={"state": default, "reason": reason})
    row = SelfRegistration.objects.select_for_update(of=("self",)).get(pk=made.pk)
    before, after = row.state, "on" if allowed else "off"
    if before == after:
        raise ValidationError(_("This is so already: somebody else has decided it meanwhile."))
    row.state, row.reason = after, reason
    row.save(update_fields=["state", "reason"])
    record(row, move="allow" if allowed else "end", source=before, by=by, reason=reason)
    return row


def fields_of_text() -> list[str]:
    """Columns of the text in each language."""
    return [f"text_{code.replace('-', '_')}" for code, _name in settings.LANGUAGES]
