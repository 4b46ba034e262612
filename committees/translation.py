from modeltranslation.translator import TranslationOptions, register

from committees.models import Committee, Position
from temp_portal.audit.history import history_of


# The history of a row keeps its texts in every language.
@register([Committee, history_of(Committee)])
class CommitteeTranslation(TranslationOptions):
    fields = ("name", "mandate")


@register(Position)
class PositionTranslation(TranslationOptions):
    fields = ("title",)
