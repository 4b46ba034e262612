from modeltranslation.translator import TranslationOptions, register

from projects.matching.models import Capability, Demand
from temp_portal.audit.history import history_of


# The history of a row keeps its texts in every language.
@register([Demand, history_of(Demand), Capability, history_of(Capability)])
class ProductTranslation(TranslationOptions):
    fields = ("product",)
