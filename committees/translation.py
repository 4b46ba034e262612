from modeltranslation.translator import TranslationOptions, register

from committees.models import CalendarDay, Committee, CompositionRule, DecisionReason, DuesTier, Position, Question
from temp_portal.audit.history import history_of


# The history of a row keeps its texts in every language.
@register([Committee, history_of(Committee)])
class CommitteeTranslation(TranslationOptions):
    fields = ("name", "mandate", "benefits")


@register(Position)
class PositionTranslation(TranslationOptions):
    fields = ("title",)


@register([DuesTier, history_of(DuesTier)])
class DuesTierTranslation(TranslationOptions):
    fields = ("name",)


@register(CompositionRule)
class CompositionRuleTranslation(TranslationOptions):
    fields = ("text",)


@register(Question)
class QuestionTranslation(TranslationOptions):
    fields = ("text", "help", "choices")


@register([CalendarDay, history_of(CalendarDay)])
class CalendarDayTranslation(TranslationOptions):
    fields = ("name",)


@register([DecisionReason, history_of(DecisionReason)])
class DecisionReasonTranslation(TranslationOptions):
    fields = ("text",)
