from modeltranslation.translator import TranslationOptions, register

from members.models import FormerName, Organisation, PrivacyNotice
from temp_portal.audit.history import history_of


# The history of a row keeps its texts in every language.
@register([Organisation, history_of(Organisation), FormerName])
class OrganisationTranslation(TranslationOptions):
    fields = ("name",)


@register(PrivacyNotice)
class PrivacyNoticeTranslation(TranslationOptions):
    fields = ("text",)
