from modeltranslation.translator import TranslationOptions, register

from committees.models import Committee, Position


@register(Committee)
class CommitteeTranslation(TranslationOptions):
    fields = ("name", "mandate")


@register(Position)
class PositionTranslation(TranslationOptions):
    fields = ("title",)
