from modeltranslation.translator import TranslationOptions, register

from projects.models import Project
from temp_portal.audit.history import history_of


# The history of a row keeps its texts in every language.
@register([Project, history_of(Project)])
class ProjectTranslation(TranslationOptions):
    fields = ("title", "summary")
