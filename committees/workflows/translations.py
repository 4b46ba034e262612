"""Translations that either side adds to free texts of an application, beside the original."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from committees.enums import TranslationOf
from committees.models import Application, TextTranslation
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.models import User
from temp_portal.notifications.dispatch import notify


@transaction.atomic
def translate(
    application: Application, of: TranslationOf, of_id: int, *, by: User, language: str, text: str
) -> TextTranslation:
    """Add a translation. Raises PermissionDenied, or ValidationError when there is no such text or it is in the
    language already.
    """
    if not by.has_perm("committees.translate_text", application):
        raise PermissionDenied
    original = original_of(application, of, of_id)
    if original is None:
        raise ValidationError(_("There is no such text."))
    if original[1] == language:
        raise ValidationError({"language": _("The original is in this language.")})
    if not text.strip():
        raise ValidationError({"text": _("Write the translation first.")})
    made: TextTranslation = TextTranslation.objects.create(
        application=application, of=of, of_id=of_id, language=language, text=text.strip(), by=by
    )
    notify("text_translated", application, recipients=_other_side(application, by))
    return made


def _other_side(application: Application, by: User) -> "QuerySet[User]":
    """Those for whom the translation was made: the enterprise, or the committee's secretaries."""
    if by.has_role_on(ScopeKind.ORGANISATION, application.organisation_id, Role.REPRESENTATIVE):
        return User.objects.with_role(Role.SECRETARY, ScopeKind.COMMITTEE, application.committee_id)
    return User.objects.with_role(Role.REPRESENTATIVE, ScopeKind.ORGANISATION, application.organisation_id)


def original_of(application: Application, of: TranslationOf, of_id: int) -> tuple[str, str] | None:
    """The text and its language; None for one that the application does not have."""
    if of == TranslationOf.MOTIVATION:
        said = application.motivation if of_id == application.pk else ""
        return (said, application.motivation_language) if said else None
    rows = {
        TranslationOf.LETTER: application.letters.exclude(text="").values_list("text", "text_language"),
        TranslationOf.REMARK: application.remarks.values_list("text", "language"),
        TranslationOf.CONDITION: application.conditions.values_list("text", "language"),
    }
    found: tuple[str, str] | None = rows[of].filter(pk=of_id).first()
    return found
